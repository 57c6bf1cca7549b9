"""Pages of every shape: what is kept is the page's own words, and what is not kept is shown before it is lost."""

import re

import pytest
from django.conf import settings

from profiles.editorial.extraction.apart import read_apart
from profiles.editorial.extraction.found import Unreadable
from profiles.editorial.extraction.letters import encoding_named, letters_of_page, letters_of_text
from profiles.editorial.extraction.page import read_page
from tests.editorial.extraction.shapes import ARABIC, LONG, SHAPES, article, p

by_name = {shape.name: shape for shape in SHAPES}


def lines(found):
    return [" ".join(line.split()) for line in found.text.splitlines()]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_what_is_lost_can_be_seen_before_it_is_kept(shape):
    found = read_page(shape.page.encode(), "utf-8")
    assert [words for words in shape.kept if words not in lines(found)] == []
    told = {(lost.kind, lost.words) for lost in found.lost}
    assert set(shape.lost) - told == set()
    assert [begun for begun in shape.warned if not any(w.startswith(begun) for w in found.warnings)] == []
    assert {name: found.proposed.get(name) for name in shape.proposed} == shape.proposed


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_word_of_a_page_is_kept_or_told_as_lost(shape):
    """Nothing falls between: the words of the page are those of its text and of what is shown as lost."""
    found = read_page(shape.page.encode(), "utf-8")
    page = re.sub(r"<script.*?</script>|<title>.*?</title>", " ", shape.page, flags=re.DOTALL)
    words = set(re.sub(r"<[^>]*>", " ", page).replace("&amp;", "&").split())
    there = set(" ".join([found.text, *(lost.words for lost in found.lost)]).split())
    assert words - there == set()


def test_a_good_page_is_warned_of_nothing():
    assert read_page(by_name["plain"].page.encode()).warnings == []


def test_a_table_that_was_not_read_is_not_told_as_read():
    assert read_page(by_name["table beside"].page.encode()).warnings == []


def test_a_page_without_words_does_not_send_anybody_to_look_for_them():
    told = "No article was found on this page, nor any words: paste or type what is to be kept."
    assert read_page(b"<html><body><div></div></body></html>").warnings == [told]


@pytest.mark.parametrize(
    ("data", "told", "text", "warnings"),
    [
        ("لواء".encode(), "", "لواء", []),
        ("لواء".encode("cp1256"), "windows-1256", "لواء", []),
        (b"\xff\xfe" + "لواء".encode("utf-16-le"), "utf-8", "لواء", []),
        (b'<meta charset="windows-1256">' + "لواء".encode("cp1256"), "", '<meta charset="windows-1256">لواء', []),
        # Their server says one thing and the page another: what fits is taken, and it is said.
        (
            b'<meta charset="windows-1256">' + "لواء".encode("cp1256"),
            "utf-8",
            '<meta charset="windows-1256">لواء',
            ["It says that its letters are utf-8, but they are cp1256."],
        ),
        (b"caf\xe9 \x93x\x94", "iso-8859-1", "café “x”", []),
        # Many servers say Latin of every page; the page knows better, where its letters bear it out.
        (
            '<meta charset="utf-8">لواء é'.encode(),
            "ISO-8859-1",
            '<meta charset="utf-8">لواء é',
            ["It says that its letters are cp1252, but they are utf-8."],
        ),
        (b'<meta charset="utf-8">a', "iso-8859-1", '<meta charset="utf-8">a', []),
        (b'<meta charset="utf-8">caf\xe9', "windows-1252", '<meta charset="utf-8">café', []),
        ("é".encode(), "iso-8859-1", "Ã©", []),
        ("é".encode(), "x-unheard", "é", ["The encoding 'x-unheard' that it names is not known."]),
        # A page cannot say in one-byte letters that it has two-byte ones.
        (b'<meta charset="utf-16">a', "", '<meta charset="utf-16">a', []),
        (
            b"a" * 5000 + b"\xe9",
            "utf-8",
            "a" * 5000 + "\N{REPLACEMENT CHARACTER}",
            ["1 of its letters are broken, and stand as \N{REPLACEMENT CHARACTER}."],
        ),
    ],
)
def test_letters_are_read_by_what_the_page_carries_and_says(data, told, text, warnings):
    assert letters_of_page(data, told) == (text, warnings)


def test_a_page_in_no_encoding_that_it_names_is_refused():
    with pytest.raises(Unreadable, match=r"^Its letters are in none of the encodings that it may have: utf-8\.$"):
        letters_of_page("لواء حراس النهر".encode("cp1256"), "utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "zlib", "zip", "bz2", "hex", "base64", "rot13", "idna", "punycode", "utf-7", "unicode_escape",
        "raw_unicode_escape", "undefined", "mbcs", "", "\x00", "a" * 500,
    ],
)  # fmt: skip
def test_what_is_no_encoding_of_pages_is_none(name):
    assert encoding_named(name) == ""


def test_plain_text_is_read_as_it_says_and_never_guessed():
    assert letters_of_text(b"\xff\xfea\x00") == "\ufeffa"
    with pytest.raises(Unreadable, match=r"^Line 2: byte 0xE9 is not UTF-8: save the text as UTF-8\.$"):
        letters_of_text(b"a\n\xe9")


def test_markup_never_becomes_words():
    found = read_page(article(p(*LONG) + "<p>&lt;script&gt;alert(1)&lt;/script&gt; is what they wrote.</p>").encode())
    assert "<script>alert(1)</script> is what they wrote." in lines(found)
    evil = (
        article(p(*LONG)).replace("<h1>", "<h1><script>alert(2)</script>").replace("<p>", '<p onclick="alert(3)">', 1)
    )
    assert "alert" not in read_page(evil.encode()).text


def test_a_page_that_opens_no_body_hides_nothing():
    page = "<title>A page</title><script>x()</script>" + article(
        p(*LONG) + "<figure><img src=a><figcaption>Men of the group at the bridge.</figcaption></figure>"
    )
    assert [(one.kind, one.words) for one in read_page(page.encode()).lost] == [
        ("caption", "Men of the group at the bridge.")
    ]


def test_a_date_line_that_is_none_is_not_proposed():
    head = '<meta property="article:published_time" content="last Tuesday"><meta name="date" content="2024-05-03">'
    page = f"<html><head>{head}</head><body>{article(p(*LONG))}</body></html>"
    assert read_page(page.encode()).proposed.get("stamp") == "2024-05-03"


def test_the_copy_of_an_archive_is_proposed_as_such():
    url = "https://web.archive.org/web/2024/https://courier.example/a"
    assert read_page(article(p(*LONG)).encode(), url=url).proposed.get("archive_url") == url


def test_a_script_for_an_address_is_not_proposed():
    head = '<link rel="canonical" href="javascript:alert(1)">'
    page = f"<html><head>{head}</head><body>{article(p(*LONG))}</body></html>"
    assert "javascript" not in read_page(page.encode(), url="https://courier.example/").proposed.get("url", "")


# Pages made to burst: read apart, refused with a reason, and this process goes on.


def apart(data, way="page"):
    return read_apart(way, data, folder=str(settings.BASE_DIR))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<p>" * 1_000_000, "This page has 1,000,000 tags; at most 200,000 are read."),
        (b"\x00" * 1000, "It has NUL bytes"),
        (b"", "This is not a page that can be read."),
        (b"<div>" * 100_000 + b"words" + b"</div>" * 90_000, None),
        (b"<a b='" + b"x" * 1_000_000 + b"'>", None),
        (b"&#x0;&#xD800;&#1114112;" * 1000, "3000 of its letters are broken"),
        (b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><p>&c;</p>', None),
    ],
)
def test_a_page_made_to_burst_is_refused_or_clean(data, reason):
    try:
        found = apart(data)
    except Unreadable as error:
        assert reason is None or str(error).startswith(reason)
    else:
        assert reason is None or any(warning.startswith(reason) for warning in found.warnings)
        assert len(found.text) <= 3000


def test_arabic_comes_through_the_process_apart_unharmed():
    assert ARABIC[0] in lines(apart(article(p(*ARABIC)).encode()))
