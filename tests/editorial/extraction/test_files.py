"""Uploaded documents: each is read as what it is, or refused with a reason; none harms the process that asks."""

import pytest
from django.conf import settings

from profiles.editorial.capture import raw_file, read, text_of
from profiles.editorial.edit import Refused
from profiles.editorial.extraction import apart
from profiles.editorial.extraction.found import Unreadable
from profiles.editorial.extraction.pdf import read_pdf
from tests.bombs import packed
from tests.editorial.extraction.pdfs import ARABIC, make_pdf, stream
from tests.editorial.extraction.shapes import LONG, article, p

TEXT = """Who are the River Guards?
The River Guards were formed in around 2013 in the town of Marwa, accord-
ing to two officials who spoke in May. They hold the north bridge.
A well-known ferry lands there, and the well-
known ferry is theirs.
- It holds the ferry."""


def test_the_lines_of_a_pdf_become_paragraphs():
    found = read_pdf(
        make_pdf(TEXT, compress=True, info=b"/Title(Who are they?)/Author(J. Example)/CreationDate(D:20240503101500Z)")
    )
    assert found.text.splitlines() == [
        "Who are the River Guards?",
        "The River Guards were formed in around 2013 in the town of Marwa, according to two officials who spoke in "
        "May. They hold the north bridge. A well-known ferry lands there, and the well-known ferry is theirs.",
        "- It holds the ferry.",
    ]
    assert found.proposed == {"title": "Who are they?", "author": "J. Example", "stamp": "2024-05-03"}
    assert (found.fidelity, len(found.warnings)) == ("", 1)


def test_arabic_in_a_pdf_is_marked_as_not_exact():
    found = read_pdf(make_pdf("abcd abcd", to_unicode=ARABIC))
    # Its letters come in the order in which they are drawn.
    assert found.text == "ءاول ءاول"
    assert found.fidelity == "inexact"
    assert found.warnings[-1].startswith("Its Arabic or other right-to-left letters may be wrong")


def test_a_scan_says_that_it_has_no_text():
    assert read_pdf(make_pdf(b"q Q")).warnings == ["This PDF has no text layer: it is a scan. Type what is to be kept."]
    assert read_pdf(make_pdf(TEXT, b"q Q")).warnings == ["No text on page 2: pictures of text are not read."]


LOCKED = b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"


def burst():
    """Two hundred kilobytes that unpack into two hundred megabytes."""
    pdf = make_pdf(b"PLACE")
    bomb = packed(b"\x00", 200)
    return pdf.replace(
        stream(b"PLACE"), b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    )


def round_pages():
    """A tree of pages that has itself for a branch."""
    return make_pdf(TEXT).replace(b"/Kids[10 0 R]", b"/Kids[2 0 R ]")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (make_pdf(TEXT)[:300], "cut.pdf", "This PDF is broken or cut off: "),
        (make_pdf(TEXT, encrypt=LOCKED), "locked.pdf", "This PDF is locked with a password"),
        (b"%PDF-1.7\n" + b"\x00" * 5000, "empty.pdf", "This PDF is broken or cut off: "),
        (make_pdf(*["x"] * 501), "long.pdf", "This PDF has 501 pages; at most 500 are read."),
        (b"GIF89a" + make_pdf(TEXT), "both.gif", "This is no PDF, whatever its name says."),
        (article(p(*LONG)).encode() + b"%PDF-", "page.pdf", "This is no PDF, whatever its name says."),
        (b"MZ\x90\x00", "program.pdf", "This is no PDF, whatever its name says."),
        (
            b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
            "a.avif",
            "Films and pictures of this kind (AVIF, HEIC) are not taken: give PNG, JPEG, GIF, WebP or TIFF.",
        ),
        (b"PK\x03\x04", "text.docx", "A .docx file is not read: give a page, a PDF, a picture or plain text."),
        (b"<svg onload='alert(1)'/>", "emblem.svg", "A .svg file is not read"),
        (b"<svg onload='alert(1)'/>", "emblem.png", "This is no picture of the kind that its name says."),
        (b"a\x00b", "nul.txt", "This is not a text: line 1: U+0000 is no character of a text"),
        (b"\x7fELF\x02\x01\x01\x00", "tool", "This is not a text: line 1: U+007F is no character of a text"),
        ("a".encode("utf-16-le"), "wide.txt", "This is not a text: line 1: U+0000 is no character of a text"),
        (b"", "empty.txt", "There is no text in it."),
        (b"\xff\xfe\x00", "odd.txt", "Line 1: byte 0x00 is not UTF-16-LE: save the text as UTF-8."),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_with_a_reason(data, name, reason):
    with pytest.raises(Refused) as refused:
        text_of(raw_file(data, name))
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize("make", [burst, round_pages])
def test_a_pdf_made_to_burst_gives_nothing_and_harms_nothing(make):
    try:
        found = read(raw_file(make(), "bomb.pdf"))
    except Refused as error:
        assert str(error).startswith(("This PDF unpacks into more", "This PDF is broken", "It takes"))
    else:
        assert len(found.text) < 100


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (article(p(*LONG)).encode(), "page.html", "text/html"),
        (b"<!DOCTYPE html><title>x</title>", "page", "text/html"),
        (b"words", "words.txt", "text/plain"),
        (b"words", "words", "text/plain"),
        (b"\x89PNG\r\n\x1a\nrest", "scan.jpg", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "scan", "image/webp"),
        (make_pdf("x"), "page.html", "application/pdf"),
    ],
)
def test_a_file_is_called_by_its_bytes_and_then_by_its_name(data, name, media_type):
    assert raw_file(data, name).media_type == media_type


def test_wide_letters_with_their_mark_are_read():
    assert text_of(raw_file("\ufeffلواء الحراس".encode("utf-16-le"), "wide.txt")) == "لواء الحراس"


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(Unreadable, match=r"^It takes too long to read"):
        apart.read_apart("page", b"<p>x</p>", folder=str(settings.BASE_DIR))


def test_the_process_apart_is_told_nothing_of_this_one():
    assert sorted(apart.environment("/x")) == ["LC_ALL", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH"]
