"""Capturing on the screen: what was read is looked at before it is kept, and what fails says why and keeps nothing."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from profiles.editorial import intake as taking_in
from profiles.editorial import working
from profiles.editorial.edit import Refused
from profiles.editorial.fetch import Fetched, FetchError
from profiles.editorial.keep import Wanted, free_slug, keep_intake
from profiles.models import Capture, Intake, Revision, Source, SourceVersion
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import served
from tests.editorial.extraction.pdfs import ARABIC, make_pdf
from tests.editorial.extraction.shapes import LONG, SHAPES, article, p

pytestmark = pytest.mark.django_db

ADD = "/admin/profiles/intake/add/"
PAGE = next(shape for shape in SHAPES if shape.name == "told by its head").page
CAPTION = next(shape for shape in SHAPES if shape.name == "caption").page
PNG = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"


def page_of(pk, act="change"):
    return reverse(f"admin:profiles_intake_{act}", args=[pk])


def words(response):
    """The page's text, one space between words."""
    body = response.content.decode()
    main = re.sub(r"<(script|style|textarea).*?</\1>", " ", body[body.index("<body") :], flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def typed(**values):
    return {"url": "", "text": "", "transcript": "", **values}


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
    """A test is one transaction: the worker must not take that for a connection left open."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def web(monkeypatch):
    """Addresses that answer, and what they answer with."""
    pages = {"https://courier.example/river-guards": PAGE.encode()}

    def answer(url):
        if url not in pages:
            raise FetchError(f"{url} answered 404 Not Found")
        return Fetched(url, pages[url], "text/html", "utf-8", {"ETag": '"1"', "Server": "a\x00b"})

    monkeypatch.setattr(taking_in, "fetch", answer)
    return pages


def captured(desk, **values):
    """Give something to capture, let the worker read it, and be at its page."""
    response = desk.post(ADD + values.pop("query", ""), typed(**values))
    assert response.status_code == 302, words(response)
    call_command("work", once=True)
    return Intake.objects.first()


def test_an_address_becomes_a_source_with_a_version(desk, web):
    response = desk.post(ADD, typed(url="https://courier.example/river-guards"))
    made = Intake.objects.get()
    assert (response.status_code, response["Location"], made.state) == (302, page_of(made.pk), "waiting")
    assert "is being fetched and read" in words(desk.get(page_of(made.pk)))
    assert desk.get(page_of(made.pk, "state")).json() == {"state": "waiting"}
    call_command("work", once=True)
    assert desk.get(page_of(made.pk, "state")).json() == {"state": "ready"}
    # Nothing is kept before the editor has seen it.
    assert (Source.objects.count(), SourceVersion.objects.count(), Capture.objects.count()) == (0, 0, 0)
    form = served(desk, page_of(made.pk))
    proposed = {name: form[name] for name in ("title", "publisher", "author", "language", "stamp", "stamp_zone", "url")}
    assert proposed == {
        "title": "Who are the River Guards?", "publisher": "Marwa Courier", "author": "Jane Example", "language": "en",
        "stamp": "2024-05-03T10:15", "stamp_zone": "UTC", "url": "https://courier.example/river-guards",
    }  # fmt: skip
    response = desk.post(
        page_of(made.pk, "keep"), {**form, "kind": "news_article", "author": "J. Example"}, follow=True
    )
    assert response.redirect_chain == [(reverse("admin:profiles_sourceversion_change", args=["src-0001-v1"]), 302)]
    source, version, capture = Source.objects.get(), SourceVersion.objects.get(), Capture.objects.get()
    assert (source.slug, source.author, source.kind) == ("who-are-the-river-guards", "J. Example", "news_article")
    assert (version.method, version.fidelity, version.media_type) == ("url", "", "text/html")
    assert capture.text.splitlines() == ["Who are the River Guards?", *LONG]
    assert bytes(capture.raw) == PAGE.encode()
    assert capture.headers == {
        "url": "https://courier.example/river-guards", "ETag": '"1"', "Server": "a\N{REPLACEMENT CHARACTER}b",
    }  # fmt: skip
    assert not Intake.objects.exists()
    revision = Revision.objects.get(act="capture")
    assert sorted(entry.uid for entry in revision.entries.all()) == ["src-0001", "src-0001-v1"]
    assert revision.by == cast.editor()


def test_the_page_is_shown_with_its_paragraphs_numbered_and_what_was_lost(desk, web):
    web["https://courier.example/bridge"] = CAPTION.encode()
    made = captured(desk, url="https://courier.example/bridge")
    response = desk.get(page_of(made.pk))
    page = response.content.decode()
    assert f'<li value="1" dir="auto">{html.escape(LONG[0])}</li>' in page
    assert "Left out: 1 caption, 1 description of a picture." in words(response)
    assert "Caption 1 Men of the group at the north bridge, May 2024." in words(response)


def test_the_same_text_makes_no_new_version_and_is_told(ground, desk):
    made = captured(desk, query="?source=src-0001", text=factory.ARTICLE)
    page = words(desk.get(page_of(made.pk)))
    assert "This is the very text of src-0001-v1" in page
    assert "Unless you correct the text, date line, archived copy and note below are not kept." in page
    form = served(desk, page_of(made.pk))
    assert "title" not in form
    response = desk.post(page_of(made.pk, "keep"), form, follow=True)
    assert "No new version: src-0001-v1 has the very same text." in words(response)
    assert (SourceVersion.objects.count(), Intake.objects.count()) == (1, 0)


def test_a_new_version_of_a_source_keeps_its_header(ground, desk, web):
    made = captured(desk, query="?source=src-0001", url="https://courier.example/river-guards")
    assert "The page says otherwise than its source" in words(desk.get(page_of(made.pk)))
    before = docs.digest(docs_of("src-0001"))
    desk.post(page_of(made.pk, "keep"), served(desk, page_of(made.pk)))
    assert SourceVersion.objects.filter(pk="src-0001-v2", stamp="2024-05-03T10:15").exists()
    assert docs.digest(docs_of("src-0001")) == before


def docs_of(uid):
    from profiles.editorial.mapping import read_rows

    return read_rows([uid])[uid]


def test_corrected_words_are_a_transcript_and_marked_so(desk, web):
    made = captured(desk, url="https://courier.example/river-guards")
    form = served(desk, page_of(made.pk))
    # A browser sends a carriage return at each line's end: that alone is no correction.
    unchanged = form["text"].replace("\n", "\r\n")
    corrected = unchanged.replace("north bridge", "northern bridge")
    desk.post(page_of(made.pk, "keep"), {**form, "kind": "report", "text": corrected})
    version = SourceVersion.objects.get()
    assert (version.fidelity, version.method) == ("transcript", "url")
    assert "northern bridge" in Capture.objects.get().text
    assert version.raw_sha256 == docs.sha256(PAGE.encode())
    again = captured(desk, query="?source=src-0001", url="https://courier.example/river-guards")
    form = served(desk, page_of(again.pk))
    desk.post(page_of(again.pk, "keep"), {**form, "text": unchanged})
    assert SourceVersion.objects.get(pk="src-0001-v2").fidelity == ""


def test_arabic_of_a_pdf_is_marked_as_not_exact_and_stays_so(desk):
    file = SimpleUploadedFile("statement.pdf", make_pdf("abcd abcd", to_unicode=ARABIC))
    made = captured(desk, file=file)
    assert "they are no exact quote" in words(desk.get(page_of(made.pk)))
    form = served(desk, page_of(made.pk))
    response = desk.post(page_of(made.pk, "keep"), {**form, "title": "Statement", "kind": "statement"}, follow=True)
    assert SourceVersion.objects.get().fidelity == "inexact"
    assert "some may be wrong or out of order" in words(response)


def test_a_corrected_word_makes_the_others_of_a_pdf_no_more_exact(desk):
    made = captured(desk, file=SimpleUploadedFile("statement.pdf", make_pdf("abcd abcd", to_unicode=ARABIC)))
    assert "It stays marked as inexact, whatever is corrected." in words(desk.get(page_of(made.pk)))
    form = {**served(desk, page_of(made.pk)), "title": "Statement", "kind": "statement"}
    desk.post(page_of(made.pk, "keep"), {**form, "text": form["text"] + " حراس"})
    version = SourceVersion.objects.get()
    assert (version.fidelity, Capture.objects.get().text) == ("inexact", form["text"] + " حراس")


def test_a_picture_comes_with_its_words_typed_and_is_only_kept(desk):
    file = SimpleUploadedFile("leaflet.png", PNG)
    response = desk.post(ADD, typed(file=file))
    assert "The words of a picture are not read: type them as its transcript." in words(response)
    made = captured(desk, file=SimpleUploadedFile("leaflet.png", PNG), transcript="We hold the bridge.\n\nFor good.")
    form = served(desk, page_of(made.pk))
    desk.post(page_of(made.pk, "keep"), {**form, "title": "Leaflet", "kind": "statement"})
    version = SourceVersion.objects.get()
    assert (version.media_type, version.fidelity, version.text_length) == ("image/png", "transcript", 29)
    assert bytes(Capture.objects.get().raw) == PNG


def test_a_pasted_text_is_there_at_once(desk):
    response = desk.post(ADD, typed(text="لواء النهر\r\n\r\nSecond line.", url="https://courier.example/x"))
    made = Intake.objects.get()
    assert (made.state, made.method, made.text) == ("ready", "text", "لواء النهر\nSecond line.")
    assert response["Location"] == page_of(made.pk)
    assert not DBTaskResult.objects.exists()
    assert served(desk, page_of(made.pk))["url"] == "https://courier.example/x"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "Give an address, a file or a text."),
        ({"text": "a\x07b"}, "This is not a text: line 1: U+0007 is no character of a text"),
        ({"text": " \n\u3000 "}, "Give an address, a file or a text."),
        ({"transcript": "words"}, "Give the picture too, or paste these words as a text."),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04"), "url": "x"}, "A .docx file is not read"),
        ({"file": SimpleUploadedFile("a.png", b"<svg/>")}, "This is no picture of the kind that its name says."),
        ({"file": SimpleUploadedFile("a.txt", b"words"), "text": "words"}, "Give a file or a text, not both."),
    ],
)
def test_what_cannot_be_captured_is_told_on_the_form(desk, values, reason):
    response = desk.post(ADD, typed(**values))
    assert response.status_code == 200
    assert reason in words(response)
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://courier.example/gone", "https://courier.example/gone answered 404 Not Found"),
        ("http://127.0.0.1:8000/admin/", None),
        ("file:///etc/passwd", None),
    ],
)
def test_what_fails_in_the_background_says_why_and_keeps_nothing(desk, web, url, reason, monkeypatch):
    if reason is None:
        from profiles.editorial.fetch import fetch

        monkeypatch.setattr(taking_in, "fetch", fetch)
        reason = {
            "http": "127.0.0.1 is not a public address",
            "file": "file:///etc/passwd: only http and https addresses are fetched",
        }[url[:4]]
    made = captured(desk, url=url)
    assert (made.state, made.problem, made.raw, made.text) == ("failed", reason, None, "")
    response = desk.get(page_of(made.pk))
    assert reason in words(response)
    assert not SourceVersion.objects.exists()
    web[url] = PAGE.encode()
    assert desk.post(page_of(made.pk, "again")).status_code == 302
    assert Intake.objects.get().state == "waiting"


def test_an_error_of_ours_is_logged_and_the_worker_goes_on(desk, web, monkeypatch, caplog):
    real = taking_in.read

    def fail(raw, url):
        if url.endswith("/evil"):
            raise RuntimeError("of ours")
        return real(raw, url)

    web["https://courier.example/evil"] = b"<p>x</p>"
    monkeypatch.setattr(taking_in, "read", fail)
    desk.post(ADD, typed(url="https://courier.example/evil"))
    desk.post(ADD, typed(url="https://courier.example/river-guards"))
    call_command("work", once=True)
    assert list(Intake.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "ready"]
    assert Intake.objects.last().problem == "It could not be read: an error of ours, which the log tells of."
    assert [record.getMessage().partition(" ")[2] for record in caplog.records if record.exc_info] == [
        f"{Intake.objects.last().pk} could not be read"
    ]


def test_a_page_without_an_article_can_be_typed(desk, web):
    web["https://courier.example/scan"] = next(s for s in SHAPES if s.name == "picture alone").page.encode()
    made = captured(desk, url="https://courier.example/scan")
    response = desk.get(page_of(made.pk))
    assert "No article was found on this page" in words(response)
    form = {**served(desk, page_of(made.pk)), "title": "Statement", "kind": "statement"}
    refused = desk.post(page_of(made.pk, "keep"), form)
    assert (refused.status_code, "There is no text in it." in words(refused)) == (409, True)
    desk.post(page_of(made.pk, "keep"), {**form, "text": "We hold the bridge."})
    assert SourceVersion.objects.get().fidelity == "transcript"


def test_what_is_typed_wrong_is_told_and_nothing_kept(desk, web):
    factory.load(factory.make_source())
    made = captured(desk, url="https://courier.example/river-guards")
    form = served(desk, page_of(made.pk))
    slug = Source.objects.get().slug
    response = desk.post(page_of(made.pk, "keep"), {**form, "title": "", "stamp": "last week", "slug": slug})
    told = words(response)
    assert "Write it like 2025-04-07T17:22, 2025-04-07 or 2025-04." in told
    assert f"Another source has this slug already: {slug}-2 is free." in told
    assert told.count("This field is required.") == 2
    assert not SourceVersion.objects.exists()


def test_a_source_that_has_the_address_is_named(desk, web):
    factory.load(factory.make_source(url="https://courier.example/river-guards"))
    made = captured(desk, url="https://courier.example/river-guards")
    assert "has this address already" in words(desk.get(page_of(made.pk)))


def test_two_who_keep_the_same_capture_make_one_version(desk, web):
    made = captured(desk, url="https://courier.example/river-guards")
    wanted = Wanted(source={"title": "Who?", "kind": "report"})
    keep_intake(made, wanted, by=cast.editor())
    with pytest.raises(Refused, match=r"^Somebody has kept or dropped this meanwhile\.$"):
        keep_intake(made, wanted, by=cast.editor())
    assert (Source.objects.count(), SourceVersion.objects.count()) == (1, 1)
    assert desk.get(page_of(made.pk)).status_code == 404


def test_dropping_keeps_nothing(desk, web):
    made = captured(desk, url="https://courier.example/river-guards")
    assert desk.get(page_of(made.pk, "drop")).status_code == 405
    response = desk.post(page_of(made.pk, "drop"), follow=True)
    assert "Nothing of it was kept." in words(response)
    assert not Intake.objects.exists()


def test_slugs_are_free():
    assert [free_slug("Who are they?"), free_slug("من هم؟")] == ["who-are-they", "source"]
    for slug in ("who", "who-2"):
        factory.load(factory.make_source(f"src-000{len(slug)}", slug=slug))
    assert free_slug("Who?") == "who-3"


# What was fetched, as a file.


def test_the_bytes_are_an_attachment_that_no_browser_runs(desk, web):
    evil = article(p(*LONG) + "<script>alert(document.domain)</script>")
    web["https://courier.example/evil"] = evil.encode()
    made = captured(desk, url="https://courier.example/evil")
    desk.post(page_of(made.pk, "keep"), {**served(desk, page_of(made.pk)), "kind": "report"})
    addresses = [reverse("admin:profiles_sourceversion_raw", args=["src-0001-v1"])]
    desk.post(ADD, typed(text="Words.", url=""))
    addresses.append(page_of(Intake.objects.get().pk, "raw"))
    for address in addresses:
        response = desk.get(address)
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith('attachment; filename="')
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
    assert desk.get(addresses[0]).content == evil.encode()
    assert desk.get(addresses[0])["Content-Disposition"] == 'attachment; filename="src-0001-v1.html.txt"'


def test_where_there_are_no_bytes_there_is_no_file(ground, desk):
    assert desk.get(reverse("admin:profiles_sourceversion_raw", args=["src-0001-v1"])).status_code == 404
    assert desk.get(page_of(4711, "raw")).status_code == 404


# Who may.


@pytest.mark.parametrize(
    ("role", "may"), [("contributor", True), ("editor", True), ("reviewer", False), ("administrator", False)]
)
def test_only_who_writes_captures(role, may, ground):
    from profiles.editorial.intake import ask_for_text

    made = ask_for_text("Words.", by=cast.editor())
    user = signed_in(cast.make_user("mina", role))
    pages = [ADD, "/admin/profiles/intake/", page_of(made.pk), page_of(made.pk, "state"), page_of(made.pk, "raw")]
    assert {user.get(page).status_code for page in pages} == {200 if may else 403}
    acts = [user.post(page_of(made.pk, act)).status_code for act in ("again", "keep", "drop")]
    assert acts == ([302, 200, 302] if may else [403] * 3)
    assert Intake.objects.exists() is not may
    button = "Capture a new version" in user.get("/admin/profiles/source/src-0001/change/").content.decode()
    assert button is may
    seen = user.get(reverse("admin:profiles_sourceversion_raw", args=["src-0001-v1"])).status_code
    assert seen == (403 if role == "administrator" else 404)


# The worker.


def test_what_a_dead_worker_left_is_taken_up_again(desk, web):
    desk.post(ADD, typed(url="https://courier.example/river-guards"))
    # It had claimed the task, begun, and was killed.
    long_ago = timezone.now() - timedelta(minutes=6)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    Intake.objects.update(tries=1, begun_at=long_ago)
    assert working.look_after() == 1
    call_command("work", once=True)
    made = Intake.objects.get()
    assert (made.state, made.tries) == ("ready", 2)
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]


def test_what_is_just_being_read_is_left_to_its_worker(desk, web):
    desk.post(ADD, typed(url="https://courier.example/river-guards"))
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
    Intake.objects.update(tries=1, begun_at=timezone.now())
    assert working.look_after() == 0
    assert DBTaskResult.objects.count() == 1


def test_what_killed_three_workers_is_given_up(desk, web):
    desk.post(ADD, typed(url="https://courier.example/river-guards"))
    Intake.objects.update(tries=3, begun_at=timezone.now() - timedelta(minutes=6))
    assert working.look_after() == 0
    made = Intake.objects.get()
    assert (made.state, made.problem) == ("failed", "It was tried 3 times, and ended its reader each time.")


def test_what_nobody_came_back_for_goes_after_a_fortnight(desk):
    desk.post(ADD, typed(text="Words."))
    Intake.objects.update(at=timezone.now() - timedelta(days=13))
    working.look_after()
    assert Intake.objects.exists()
    Intake.objects.update(at=timezone.now() - timedelta(days=15))
    working.look_after()
    assert not Intake.objects.exists()


def test_the_list_asks_as_often_for_many_as_for_one(desk, django_assert_num_queries):
    from profiles.editorial.intake import ask_for_text

    for number in range(3):
        ask_for_text(f"Words {number}.", by=cast.editor())
    desk.get("/admin/profiles/intake/")
    with django_assert_num_queries(LIST_QUERIES):
        desk.get("/admin/profiles/intake/")
    for number in range(40):
        ask_for_text(f"Words {number}.", by=cast.editor())
    with django_assert_num_queries(LIST_QUERIES):
        desk.get("/admin/profiles/intake/")


LIST_QUERIES = 6
