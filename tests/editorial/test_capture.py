"""Capturing, attaching and checking: a text is pinned once, and every citation is held against it."""

import pytest
from django.core.management import CommandError, call_command

from profiles.editorial import capture as capturing
from profiles.editorial.capture import Raw, attach_text, capture, raw_file, text_of
from profiles.editorial.edit import Refused
from profiles.editorial.fetch import Fetched
from profiles.management.commands import capture_source
from profiles.models import Capture, Revision, Source, SourceVersion
from profiles.values import anchors
from profiles.values import documents as docs
from tests import cast, factory
from tests.exchange.files import ARTICLE, fixture_files

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html><head><title>Who are the Lamp Brigade? | The Daily Marwa</title>
<meta property="og:title" content="Who are the Lamp Brigade?"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Who are the Lamp Brigade?</h1>
<p>The Lamp Brigade was founded in around 2013 in the town of Marwa, according to two officials who spoke in May.</p>
<script>alert("not text")</script>
<p>لواء المصباح جماعة مسلحة تأسست عام 2013 في بلدة مروة، وفق مسؤولين اثنين تحدثا في شهر مايو من العام نفسه.</p>
</article><footer>Cookies and more</footer></body></html>"""

BRIDGES = """<!doctype html><html><head><title>River units return | The Daily Marwa</title>
<meta name="author" content="Jane Example"><meta property="og:title" content="River units return">
<meta property="article:published_time" content="2019-05-06T10:00:00Z">
<meta name="description" content="In short"></head>
<body><header><h1>River units  return</h1><nav><a href="/">Home</a></nav></header><main><article>HEADLINE
<p>The unit was formed around 2013 in the north,
a <b>spokesman</b> said on <a href="/monday">Monday</a>, in a long statement.</p>
<p>تأسست الوحدة في عام ٢٠١٣ في شمال البلاد وفق ما قاله الناطق باسمها.</p>
<figure><img src="bridge.jpg" alt="A bridge"><figcaption>Men of the unit at the bridge.</figcaption></figure>
<table><caption>Strength by year</caption><tr><th>Year</th><th>Men</th></tr><tr><td>2013</td><td>400</td></tr></table>
<ul><li>It holds the north bridge.</li><li>It holds the <em>old</em> bridge.</li></ul>
<p>It later moved to the south bank of the river,<br>where it holds three bridges &amp; a ferry.</p></article></main>
<footer>Copyright 2024</footer></body></html>"""


def text(words="One sentence. And another."):
    return Raw(words.encode(), "text/plain", "text")


@pytest.fixture
def source():
    factory.load(factory.make_source())
    return Source.objects.get()


@pytest.fixture
def loaded():
    from profiles.exchange.incoming import bring_in_files

    bring_in_files(fixture_files().items())
    return Source.objects.get()


# Capturing


def test_a_capture_pins_text_and_bytes_as_the_next_version(source):
    made = capture(source, text("  One\u00a0sentence.\r\n\r\nAnd another. "), by=cast.editor(), stamp="2024-05-03")
    version = made.version
    assert (made.new, made.attached, version.pk) == (True, True, "src-0001-v1")
    assert (version.text_length, version.paragraphs, version.stamp, version.method) == (26, 2, "2024-05-03", "text")
    assert version.text_sha256 == anchors.digest("One sentence.\nAnd another.")
    assert version.raw_sha256 == docs.sha256("  One\u00a0sentence.\r\n\r\nAnd another. ".encode())
    assert Capture.objects.get().text == "One sentence.\nAnd another."
    revision = Revision.objects.get(act="capture")
    assert (revision.by, [entry.uid for entry in revision.entries.all()]) == (cast.editor(), ["src-0001-v1"])
    assert capture(source, text("Another text.")).version.pk == "src-0001-v2"


def test_the_same_text_makes_no_new_version(source):
    first = capture(source, text())
    again = capture(source, text(" One sentence.   And another.\n"))
    assert (again.version, again.new, again.attached) == (first.version, False, False)
    assert (SourceVersion.objects.count(), Revision.objects.filter(act="capture").count()) == (1, 1)


def test_an_older_text_makes_a_version_and_once_attached_is_at_hand_for_both(source):
    made = [capture(source, text(words)) for words in ("One sentence.", "Another.", "One sentence.", "One sentence.")]
    assert [(one.version.pk, one.new) for one in made] == [
        ("src-0001-v1", True), ("src-0001-v2", True), ("src-0001-v3", True), ("src-0001-v3", False),
    ]  # fmt: skip
    Capture.objects.all().delete()
    attached = attach_text(source, text("One sentence."))
    assert (attached.version.pk, attached.attached) == ("src-0001-v3", True)
    assert list(Capture.objects.order_by("pk").values_list("pk", flat=True)) == ["src-0001-v1", "src-0001-v3"]


def test_the_same_text_is_attached_where_it_was_not_at_hand(loaded):
    made = capture(loaded, raw_file(ARTICLE.read_bytes(), ARTICLE.name))
    assert (made.version.pk, made.new, made.attached) == ("src-0001-v1", False, True)


def test_a_page_is_captured_as_its_article_alone(source):
    found = text_of(raw_file(PAGE.encode(), "page.HTML"))
    assert found.split("\n")[0] == "Who are the Lamp Brigade?"
    assert "founded in around 2013" in found and "لواء المصباح" in found
    assert "alert" not in found and "Home" not in found and "<" not in found
    assert capture(source, raw_file(PAGE.encode(), "page.html")).version.media_type == "text/html"


@pytest.mark.parametrize("headline", ["", "<h1>River units return</h1>"])
def test_the_text_of_a_page_has_its_own_words_alone(headline):
    page = BRIDGES.replace("HEADLINE", headline)
    assert text_of(raw_file(page.encode(), "page.html")).split("\n") == [
        "River units return",
        "The unit was formed around 2013 in the north, a spokesman said on Monday, in a long statement.",
        "تأسست الوحدة في عام ٢٠١٣ في شمال البلاد وفق ما قاله الناطق باسمها.",
        "Strength by year",
        "Year Men",
        "2013 400",
        "It holds the north bridge.",
        "It holds the old bridge.",
        "It later moved to the south bank of the river,",
        "where it holds three bridges & a ferry.",
    ]


def test_a_title_that_the_page_does_not_show_is_not_in_its_text():
    page = BRIDGES.replace("HEADLINE", "").replace("<h1>River units  return</h1>", "")
    assert text_of(raw_file(page.encode(), "page.html")).startswith("The unit was formed around 2013")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (text(" \n "), "There is no text in it."),
        (Raw(b"a\nb\xe9", "text/plain", "file"), "Line 2: byte 0xE9 is not UTF-8: save the text as UTF-8."),
        (Raw(b"a", "text/plain", "url", "x-unheard"), "The encoding x-unheard is not known."),
        (Raw(b"%PDF-1.7", "application/pdf", "file"), "This PDF is broken or cut off: Stream has ended unexpectedly."),
        (
            text("a\x00b"),
            "This is not a text: line 1: U+0000 is no character of a text: were the bytes decoded rightly?.",
        ),
        (Raw(b"<html><body></body></html>", "text/html", "file"), "There is no text in it."),
    ],
)
def test_what_is_no_text_is_not_captured(source, raw, reason):
    with pytest.raises(Refused) as refused:
        capture(source, raw)
    assert str(refused.value) == reason
    assert not SourceVersion.objects.exists()


def test_a_wrong_stamp_is_refused_and_nothing_is_kept(source):
    with pytest.raises(Refused, match=r"^stamp: "):
        capture(source, text(), stamp="yesterday")
    assert not SourceVersion.objects.exists() and not Capture.objects.exists()


def test_a_failure_half_way_leaves_nothing(source, monkeypatch):
    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(capturing, "_attach", fail)
    with pytest.raises(OSError, match="disk full"):
        capture(source, text())
    assert not SourceVersion.objects.exists() and not Revision.objects.filter(act="capture").exists()


# Attaching


def test_a_text_is_attached_to_the_version_that_has_its_digest(loaded):
    data = ARTICLE.read_bytes()
    assert attach_text(loaded, raw_file(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n\r\n"), "a.txt")).attached
    kept = Capture.objects.get()
    assert kept.text == factory.ARTICLE
    # The bytes are not those that were captured once, so they are not kept as such.
    assert kept.raw is None
    assert not attach_text(loaded, raw_file(data, "a.txt")).attached


def test_a_text_that_fits_no_version_is_told_which_digests_were_looked_for(loaded):
    with pytest.raises(Refused) as refused:
        attach_text(loaded, text("Other words."))
    assert str(refused.value) == (
        f"The digest of this text is {anchors.digest('Other words.')}; "
        f"river-guards has {anchors.digest(factory.ARTICLE)} (src-0001-v1)."
    )


def test_the_commands_say_what_was_done(loaded, tmp_path, capsys):
    (tmp_path / "new.txt").write_text("A new text.")
    call_command("attach_text", "river-guards", ARTICLE)
    call_command("attach_text", "river-guards", ARTICLE)
    call_command("capture_source", "river-guards", text=ARTICLE)
    call_command("capture_source", "river-guards", file=tmp_path / "new.txt", retrieved="2024-06-09")
    digests = anchors.digest(factory.ARTICLE), anchors.digest("A new text.")
    assert capsys.readouterr().out.splitlines() == [
        "src-0001-v1 has its text now.",
        "src-0001-v1 had its text already.",
        "No new version: src-0001-v1 has this text already "
        f"(383 code points in 7 paragraphs, text {digests[0]}); nothing was changed.",
        f"src-0001-v2 is new: 11 code points in 1 paragraphs, text {digests[1]}.",
    ]
    assert str(SourceVersion.objects.get(pk="src-0001-v2").retrieved) == "2024-06-09"


def test_an_address_is_captured_with_where_it_came_from(source, monkeypatch):
    page = Fetched("https://example.org/b", PAGE.encode(), "text/html", "utf-8", {"ETag": '"1"'})
    monkeypatch.setattr(capture_source, "fetch", lambda url: page)
    call_command("capture_source", source.slug, url="https://example.org/a", stamp="2024-05", verbosity=0)
    version = SourceVersion.objects.get()
    assert (version.method, version.media_type, version.stamp) == ("url", "text/html", "2024-05")
    assert Capture.objects.get().headers == {"url": "https://example.org/b", "ETag": '"1"'}


def test_an_address_inside_the_house_is_not_captured(source):
    with pytest.raises(CommandError, match=r"^127\.0\.0\.1 is not a public address$"):
        call_command("capture_source", source.slug, url="http://127.0.0.1:8000/admin/")
    assert not SourceVersion.objects.exists()


@pytest.mark.parametrize("command", ["attach_text", "capture_source"])
def test_an_unknown_slug_or_file_is_told(command, loaded, tmp_path):
    given = [tmp_path / "none.txt"] if command == "attach_text" else []
    values = {} if given else {"text": tmp_path / "none.txt"}
    with pytest.raises(CommandError, match=r"^There is no source with the slug other\.$"):
        call_command(command, "other", *given, **values)
    with pytest.raises(CommandError, match=r"none.txt: No such file or directory$"):
        call_command(command, "river-guards", *given, **values)


# Checking


def check(capsys, words=None, tmp_path=None):
    """Exit message, if any, and the lines printed."""
    pairs = []
    if words is not None:
        (tmp_path / "copy.txt").write_text(words)
        pairs = [f"river-guards={tmp_path / 'copy.txt'}"]
    try:
        call_command("check_citations", text=pairs)
        failure = ""
    except CommandError as error:
        failure = str(error)
    return failure, capsys.readouterr().out.splitlines()


def test_without_a_text_the_citations_are_named_as_unchecked(loaded, capsys):
    failure, lines = check(capsys)
    assert failure == ""
    assert lines[0] == "river-guards, src-0001-v1: its text is not at hand, so these are unchecked:"
    assert lines[1].split() == [
        f"{uid}-c1," for uid in ["rg-0001", "rg-0002", "rg-0003", "rg-0004", "rg-0005"]
    ] + ["rg-0005-c2,"] + [
        f"{uid}-c1," for uid in ["rg-0006", "rg-0007", "rg-0008", "sm-0001", "sn-0001"]
    ] + ["sn-0002-c1"]  # fmt: skip
    assert lines[2] == "0 citations verified, 12 unchecked for want of a text."


def test_with_its_own_text_all_are_verified_and_the_uncited_rest_is_told(loaded, capsys, tmp_path):
    expected = [
        "river-guards, src-0001-v1, against its own text:",
        "  12 citations: 12 verified",
        "  98.6% of the text is cited (291 of 295 code points); not cited:",
        "  paragraph 2, 137 to 142: , and",
        "12 citations verified, 0 unchecked for want of a text.",
    ]
    failure, lines = check(capsys, factory.ARTICLE, tmp_path)
    assert (failure, lines) == ("", expected)
    attach_text(loaded, raw_file(ARTICLE.read_bytes(), "a.txt"))
    assert check(capsys) == (failure, lines)


def test_one_changed_word_names_exactly_the_claims_whose_passage_changed(loaded, capsys, tmp_path):
    failure, lines = check(capsys, factory.ARTICLE.replace("harbour", "port"), tmp_path)
    assert failure == ("Claims whose passage is changed: rg-0006, rg-0007.\n3 claims have a passage that only moved.")
    assert lines[0] == "river-guards, src-0001-v1, against another text than the one that was pinned:"
    assert lines[1] == "  12 citations: 7 verified, 3 moved, 2 changed"
    assert "  rg-0005-c2 moved: paragraph 6, 357 to 383, now paragraph 6, 354 to 380" in lines
    assert lines[-1] == "7 citations verified, 0 unchecked for want of a text."


def test_a_word_of_the_same_length_moves_nothing(loaded, capsys, tmp_path):
    failure, _ = check(capsys, factory.ARTICLE.replace("harbour", "Harbour"), tmp_path)
    assert failure == "Claims whose passage is changed: rg-0006, rg-0007."


def test_the_given_text_is_compared_though_another_is_at_hand(loaded, capsys, tmp_path):
    attach_text(loaded, raw_file(ARTICLE.read_bytes(), "a.txt"))
    failure, _ = check(capsys, factory.ARTICLE.replace("harbour", "Harbour"), tmp_path)
    assert failure == "Claims whose passage is changed: rg-0006, rg-0007."


def test_a_passage_of_two_sentences_is_malformed(capsys, tmp_path):
    factory.load(*factory.make_ground())
    two = factory.make_citation("rg-0002")
    words = factory.ARTICLE[26:189]
    wide = docs.Citation(**{
        **{name: getattr(two, name) for name in two.__struct_fields__},
        "paragraph": 1, "start": 26, "end": 26 + len(words), "passage_sha256": anchors.digest(words),
    })  # fmt: skip
    factory.load(factory.make_claim("rg-0002", citations=(wide,)))
    failure, lines = check(capsys, factory.ARTICLE, tmp_path)
    assert failure == "Claims whose passage is malformed: rg-0002."
    assert "  rg-0002-c1 malformed: 26 to 189 crosses from one paragraph into the next at 108" in lines


def test_a_wrong_option_is_told(loaded, tmp_path):
    with pytest.raises(CommandError, match=r"^--text is SLUG=FILE, not 'river-guards'\.$"):
        call_command("check_citations", text=["river-guards"])
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(CommandError, match=r"^There is no source with the slug other\.$"):
        call_command("check_citations", text=[f"other={tmp_path / 'a.txt'}"])
