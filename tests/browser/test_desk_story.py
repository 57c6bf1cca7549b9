"""The desk's story in Chromium, through its screens only: a table staged, mended, decided on, corrected, redacted."""

import csv
import gzip
import io
import json
import os
import re
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from profiles.editorial import publication
from profiles.editorial.verify import verify_publications
from tests import cast, factory
from tests.editorial.test_take_down import everything_stored

from .acts import decide, enter, open_review, press, tab_to

ARTICLE = """Who are the River Guards?

The River Guards, known in Arabic as حراس النهر, were founded in around 2013 in the river town of Marwa.
They are led by Salim Nasser, a former ferryman.
The group has about 2,000 fighters, two officials said.
It guards the ferries and the locks of the Upper Reach.
Officials accuse the River Guards of shelling Marwa in 2016.
The harbour authority listed the River Guards in 2019.
A witness saw the Guards take tolls from boats at night.
They took over the lock at Sefrin in 2017, and left it in 2018.
Updated: 3 May 2024, 10:00"""
SECRET = "Tel Amar"
REASON = "Twelve claims of the article of May 2024."
UIDS = [*(f"g0001-{n:04d}" for n in range(1, 11)), "p0001-0001", "p0001-0002"]
WRONG = "An article of May 2024 puts the founding of the River Guards at around 2010."
CORRECTED = WRONG.replace("2010", "2013")
NOTE = "The article says 2013; we had taken down another year."
ROWS = [
    {"subject": "river-guards", "kind": "name", "name": "River Guards", "name_sort": "primary",
     "aspect": "names.names",
     "statement": "The group is known as the River Guards.",
     "quote": "The River Guards, known in Arabic as حراس النهر"},
    {"subject": "river-guards", "kind": "name", "name": "حراس النهر", "name_sort": "original_script", "language": "ar",
     "aspect": "names.names", "statement": "In Arabic the group is known as حراس النهر.",
     "quote": "known in Arabic as حراس النهر"},
    {"subject": "river-guards", "aspect": "origins.founded", "when": "around 2013", "sense": "happened",
     "statement": WRONG,
     "quote": "were founded in around 2013"},
    {"subject": "river-guards", "aspect": "origins.place",
     "statement": "An article of May 2024 says that the River Guards were founded in Marwa.",
     "quote": "were founded in around 2013 in the river town of Marwa"},
    {"subject": "salim-nasser", "kind": "name", "name": "Salim Nasser", "name_sort": "primary",
     "aspect": "names.names", "statement": "He is named as Salim Nasser.", "quote": "Salim Nasser"},
    {"subject": "salim-nasser", "kind": "membership", "about": "river-guards", "role": "leader",
     "aspect": "roles.leads",
     "statement": "Salim Nasser leads the River Guards, according to an article of May 2024.",
     "quote": "They are led by Salim Nasser"},
    {"subject": "river-guards", "kind": "strength", "aspect": "strength.fighters", "number": "about 2,000",
     "counted": "fighters", "voice": "attributed", "citation_voice": "attributed", "speakers": "two officials",
     "statement": "Two officials have put the strength of the River Guards at 2,000 fighters.",
     "quote": "The group has about 2,000 fighters, two officials said"},
    {"subject": "river-guards", "aspect": "origins.purpose",
     "statement": "The River Guards control the ferries and the locks of the Upper Reach.",
     "quote": "It guards the ferries and the locks of the Upper Reach"},
    {"subject": "river-guards", "aspect": "conduct.accusations", "when": "2016", "sense": "happened",
     "voice": "alleged", "citation_voice": "alleged", "speakers": "officials", "response": "not_sought",
     "outcome": "The article gives none.",
     "statement": "Officials accuse the River Guards of having shelled Marwa in 2016.",
     "quote": "Officials accuse the River Guards of shelling Marwa in 2016"},
    {"subject": "river-guards", "kind": "designation", "row": "listing", "aspect": "designations.listings",
     "authority": "Harbour Authority", "as_stated": "listed", "evidence": "secondary",
     "statement": "The harbour authority is said to have listed the River Guards.",
     "quote": "The harbour authority listed the River Guards in 2019"},
    {"subject": "river-guards", "kind": "step", "designation": "listing", "step": "listed", "when": "2019",
     "sense": "happened", "aspect": "designations.listings", "statement": "The listing dates from 2019.",
     "quote": "The harbour authority listed the River Guards in 2019"},
    {"subject": "river-guards", "aspect": "money.income",
     "statement": f"A witness saw the River Guards take tolls from boats at night, by the mill at {SECRET}.",
     "quote": "A witness saw the Guards take tolls from boats at night"},
]  # fmt: skip
HANDBOOK = {
    name: f"desk-{name}"
    for name in ("front", "stage-report", "stage-diff", "to-decide", "sent-back", "to-mend", "correct-claim", "redact")
}
REFUSED = {"g0001-0005": "The officials said “about”.", "g0001-0006": "It guards them; nobody says “control”."}
MENDED = {
    "g0001-0005": "Two officials have put the strength of the River Guards at about 2,000 fighters.",
    "g0001-0006": "The River Guards guard the ferries and locks of the Upper Reach, an article of May 2024 says.",
}
STRENGTH = {
    "kind": "strength", "topic": "strength", "aspect": "fighters", "precision": "about", "low": 2000,
    "counted": "fighters", "voice": "attributed",
    "citations": (
        factory.make_citation("rg-0002", "have about 2,000 fighters, two officials said", voice="attributed",
                              speakers=(("spk-0001",),)),
    ),
}  # fmt: skip
DEFAULTS = {"kind": "statement", "sense": "as_of", "voice": "stated", "version": "src-0001", "bearing": "supports",
            "citation_voice": "stated"}  # fmt: skip


def table(rows):
    """The rows as the bytes of a CSV file."""
    rows = [{**DEFAULTS, **row} for row in rows]
    text = io.StringIO()
    writer = csv.DictWriter(text, sorted({column for row in rows for column in row}), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return {"name": "claims.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


@pytest.fixture
def later(monkeypatch):
    """Set the clock on: later(days=7)."""
    real, ahead = timezone.now, timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + ahead

    def set_on(**by):
        nonlocal ahead
        ahead += timedelta(**by)

    monkeypatch.setattr(timezone, "now", lambda: real() + ahead)
    monkeypatch.setattr(publication, "datetime", Clock)
    return set_on


def lay_ground(page, look):
    """Two profiles, a captured article, and who is heard and who lists in it."""
    made = (
        ("group", {"label": "River Guards", "kind": "armed_group"}),
        ("person", {"label": "Salim Nasser"}),
        ("speaker", {"label": "two officials", "kind": "official"}),
        ("speaker", {"label": "officials", "kind": "official"}),
        ("authority", {"label": "Harbour Authority"}),
    )
    for model, values in made:
        page.goto(f"/admin/profiles/{model}/add/")
        for name, value in values.items():
            field = page.locator(f"#id_{name}")
            field.select_option(value) if name == "kind" else field.press_sequentially(value)
        press(page, "Save")
    page.goto("/admin/profiles/intake/add/")
    page.fill("#id_text", ARTICLE)
    press(page, "Read it")
    look(page, "captured")
    page.fill("#id_title", "Who are the River Guards?")
    page.select_option("#id_kind", "news_article")
    page.fill("#id_publisher", "Marwa Courier")
    page.fill("#id_stamp", "2024-05-03T10:00")
    press(page, "Keep as a version")
    assert page.url.endswith("/sourceversion/src-0001-v1/change/")


def stage(page, look):
    """A table with two rows wrong is refused whole; mended, it is looked at and accepted into a review."""
    page.goto("/admin/profiles/stage/add/")
    wrong = [dict(row) for row in ROWS]
    wrong[3]["aspect"] = "origins.town"
    wrong[7]["quote"] = "It guards the ferries of the Upper Reach"
    page.set_input_files("#id_files", table(wrong))
    page.fill("#id_reason", REASON)
    look(page, "stage-upload")
    press(page, "Read the files")
    look(page, "stage-report")
    told = [" | ".join(row.locator("td").all_inner_texts()) for row in page.locator("#content-main tbody tr").all()]
    assert told == [
        "claims.csv | 5 | aspect | g0001-0004 | 'town' is not one of origins's aspects: "
        "founded, founder, place, parent, purpose, re_formed, renamed",
        "claims.csv | 9 | quote | g0001-0006 | these words are not in the text",
    ]
    page.click("text=Upload the mended file")
    page.set_input_files("#id_files", table(ROWS))
    assert page.input_value("#id_reason") == REASON
    press(page, "Read the files")
    page.wait_for_selector("text=12 new, 0 as the drafts have them")
    look(page, "stage-diff")
    page.check("input[name=review]")
    press(page, "Accept what is ticked")
    look(page, "put-up")
    press(page, "Put up for review")
    page.wait_for_selector("text=Review 1 is open")


def send_two_back(page, look):
    """Every claim decided on by itself, two refused; what is refused cannot be approved."""
    open_review(page, 1)
    page.click("text=Next to decide")
    look(page, "to-decide")
    for uid in UIDS:
        decide(page, uid, "does_not" if uid in REFUSED else "supports", REFUSED.get(uid, ""))
    look(page, "decided")
    assert "4 of 4 decided, 2 refused" in page.inner_text("#review-bar")
    assert page.is_disabled("input[value='Approve and publish']")
    page.click("text=At a set time, or send back")
    page.fill("#id_note", "Two of them say more than the article.")
    press(page, "Send back")
    page.wait_for_selector("text=This review is sent back")


def mend(page, look):
    """From the desk to each refused claim, which says what the reviewer said; then frozen again in one act."""
    page.goto("/admin/")
    look(page, "front")
    for uid, words in MENDED.items():
        open_review(page, 1)
        look(page, "sent-back")
        assert page.locator(".review-refused li").count() == 2
        page.click(f".review-refused a:has-text('{uid}')")
        page.wait_for_selector(f".desk-checks q:text-is('{REFUSED[uid]}')")
        look(page, "to-mend")
        page.fill("#id_statement", words)
        press(page, "Save")
    open_review(page, 1)
    press(page, "Freeze again")
    page.goto("/admin/")
    assert page.locator("a:has-text('Review 1')").count() == 0


def approve(page, look):
    """Only what was mended is decided on again."""
    open_review(page, 2)
    look(page, "second-review")
    assert "3 of 4 decided" in page.inner_text("#review-bar")
    for uid in MENDED:
        decide(page, uid, "supports")
    press(page, "Approve and publish")
    page.wait_for_selector("text=Published: publication 1.")


def read(page, look, path):
    page.goto(path)
    look(page, "public" + path.rstrip("/").replace("/", "-").replace("...", "-to-"))
    return page.inner_text("main")


def correct(page, other, look):
    """Three screens: the claim, its review, approved."""
    page.goto("/admin/profiles/claim/g0001-0003/change/")
    page.fill("#id_statement", CORRECTED)
    page.click("#correct > summary")
    page.fill("#id_correction_note", NOTE)
    page.locator("#correct").scroll_into_view_if_needed()
    look(page, "correct-claim")
    press(page, "Save and put up for review")
    open_review(other, 3)
    look(other, "correct-review")
    press(other, "Approve and publish")
    look(other, "correct-approved")
    other.wait_for_selector("text=Published: publication 2.")


def told_of_the_correction(page, look):
    """The ledger, the claim, the profile, the older edition, what changed between the two, and the JSON."""
    for path in ("/corrections/", "/claims/g0001-0003/", "/groups/river-guards/editions/1/"):
        assert NOTE in read(page, look, path), path
    assert "Corrected once, on " in read(page, look, "/groups/river-guards/")
    ledger = page.request.get("/corrections/").text()
    assert [words in re.sub("<[^>]+>", "", ledger) for words in (WRONG, CORRECTED)] == [True, True]
    assert "2010" in read(page, look, "/groups/river-guards/editions/1...2/")
    one = page.request.get("/groups/river-guards/editions/1.json").json()
    (entry,) = page.request.get("/corrections.json").json()["corrections"]
    assert (entry["note"], entry["kind"]) == (NOTE, "correction")
    assert NOTE in json.dumps(one)
    assert NOTE in page.request.get("/claims/g0001-0003.json").text()


def linked(client, start, within):
    """Path -> body of every page that can be reached by links from `start`, forms and sign-out left alone."""
    waiting, found = [start], {}
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[path] = body.decode("utf-8", "replace")
        if "html" in answer.headers.get("Content-Type", ""):
            links = re.findall(r'(?:href|src)="(/[^"#]*)', found[path])
            waiting += [one.replace("&amp;", "&") for one in links if re.match(within, one) and one not in found]
    return found


def everywhere(folder, desk=r"/admin/(?!logout|jsi18n|password|account)[^?]*$"):
    """Where the words stand that are to go: tables, readers' pages, the desk's pages, exports, files, database file."""
    editor = Client()
    editor.force_login(cast.superuser())
    pages = {**linked(Client(), "/", r"/(?!admin/|static/)[^?]*$"), **linked(editor, "/admin/", desk)}
    assert len(pages) > 100
    found = {path for path, body in pages.items() if SECRET in body}
    call_command("write_fixtures", to=folder / "fixtures", verbosity=0)
    call_command("backup", to=folder / "backup", verbosity=0)
    kept = [folder, settings.BASE_DIR / "var" / "media"]
    for path in (path for root in kept for path in root.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                content = b"".join(archive.extractfile(one).read() for one in archive if one.isfile())
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        found |= {path.name} if SECRET.encode() in content else set()
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        files = [Path(f"{name}{end}") for end in ("", "-wal")]
        found |= {f"database{path.suffix}" for path in files if path.exists() and SECRET.encode() in path.read_bytes()}
    return found | ({"tables"} if SECRET in everything_stored() else set())


def redact(page, look):
    page.goto("/admin/profiles/claim/g0001-0010/change/")
    page.click("a:text-is('Redact')")
    page.fill("#id_reason", "It told where a witness can be found.")
    page.fill("#id_confirm", "g0001-0010")
    look(page, "redact")
    press(page, "Delete the words for good")
    page.wait_for_selector("text=Done, and public: publication 3.")


def test_twelve_claims_from_a_table_to_a_redaction(people, new_page, look, later, tmp_path):
    page, other, reader = people(cast.editor()), people(cast.reviewer()), new_page()
    look(page, "empty-desk")
    lay_ground(page, look)
    stage(page, look)
    send_two_back(other, look)
    mend(page, look)
    approve(other, look)
    shown = read(reader, look, "/groups/river-guards/")
    assert [words in shown for words in (*MENDED.values(), WRONG, SECRET)] == [True] * 4
    later(days=7)
    dark = not os.environ.get("HANDBOOK")
    page, other = people(cast.editor(), dark=dark), people(cast.reviewer(), dark=dark)
    correct(page, other, look)
    told_of_the_correction(reader, look)
    # That the words are found where they stand, a part of the desk proves; that they are gone, all of it.
    before = everywhere(tmp_path / "before", desk=r"/admin/profiles/(claim|group)/[^?]*$")
    assert {"tables", "/groups/river-guards/", "/groups/river-guards/editions/1/", "/claims/g0001-0010/",
            "/admin/profiles/claim/g0001-0010/history/", "/admin/profiles/group/g0001/change/"} <= before  # fmt: skip
    redact(page, look)
    assert everywhere(tmp_path / "after") == set()
    read(reader, look, "/groups/river-guards/")
    read(reader, look, "/corrections/")
    found = verify_publications()
    assert (found.problems, found.redacted) == ([], 1)


def correct_and_redact_by_keys(page, other):
    """From the profile's page to the correction, and to the words' end, hardly a Tab between."""
    page.goto("/admin/profiles/group/rg/change/")
    page.keyboard.press("j")
    page.wait_for_selector("#rg-0001:focus")
    page.keyboard.press("j")
    page.wait_for_selector("#rg-0002:focus")
    enter(page, "e")
    page.keyboard.press("e")
    page.wait_for_selector("#id_statement:focus")
    page.keyboard.press("Control+A")
    page.keyboard.type("Two officials put the Guards at about 2,000 men.")
    page.keyboard.press("Alt+c")
    page.wait_for_selector("#id_correction_note:focus")
    page.keyboard.type("The officials spoke of men.")
    tab_to(page, "input[name='_correct']", most=2)
    enter(page)
    page.wait_for_selector("text=Review 2 is open")
    other.goto("/admin/")
    other.keyboard.press("j")
    enter(other, "o")
    enter(other, "s")
    enter(other, "Alt+p")
    other.wait_for_selector("text=Published: publication 2.")
    page.goto("/admin/profiles/claim/rg-0002/change/")
    enter(page, "x")
    page.wait_for_selector("#id_reason:focus")
    page.keyboard.type("It told too much.")
    page.keyboard.press("Tab")
    page.keyboard.type("rg-0002")
    enter(page)
    page.wait_for_selector("text=Done, and public: publication 3.")


def test_mended_put_up_decided_and_approved_by_keyboard_alone(people):
    two_thousand = factory.make_claim("rg-0002", "Two officials put the Guards at 2,000 fighters.", **STRENGTH)
    factory.load(*factory.make_ground(), factory.make_speaker(), two_thousand, by=cast.editor())
    page, other = people(cast.editor()), people(cast.reviewer())
    for address in ("/admin/profiles/group/", "/admin/profiles/group/rg/change/"):
        tab_to(page, f"a[href='{address}']")
        enter(page)
    tab_to(page, "a[href$='/claim/rg-0002/change/']")
    enter(page)
    tab_to(page, "#id_statement")
    page.keyboard.press("Control+A")
    page.keyboard.type("Two officials put the Guards at about 2,000 fighters.")
    enter(page, "Control+Enter")
    enter(page, "r")
    enter(page, "Control+Enter")
    page.wait_for_selector("text=Review 1 is open")
    other.reload()
    enter(other, "o")
    enter(other, "n")
    other.keyboard.press("c")
    other.keyboard.type("Which officials?")
    enter(other, "Control+Enter")
    other.wait_for_selector("#review-bar:has-text('1 refused')")
    assert other.is_disabled("input[value='Approve and publish']")
    # It was plain from the passage: taken back, and decided the other way.
    tab_to(other, "#rg-0002 button[value='supports']")
    enter(other)
    enter(other, "Alt+p")
    other.wait_for_selector("text=Published: publication 1.")
    assert other.request.get("/claims/rg-0002/").status == 200
    correct_and_redact_by_keys(page, other)
    assert [one.request.get("/claims/rg-0002/").status for one in (page, other)] == [410, 410]
