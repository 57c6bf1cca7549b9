"""Redacted words are nowhere: tried with data that leaks them in every place where somebody could write them."""

import json
import re
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from profiles.editorial.edit import bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review, send_back
from profiles.editorial.take_down import redact, repeating, withdraw
from profiles.editorial.verify import verify_publications
from profiles.exchange.lines import write_lines
from profiles.exchange.staging import stage
from profiles.models import Address, Decision, Publication, Reanchoring, Report, Review, Revision, SecondLook, Stage
from profiles.reading.pages import project
from tests import cast, factory
from tests.again import standing
from tests.editorial.test_take_down import everything_stored
from tests.world import PAGES, world

pytestmark = pytest.mark.django_db
WORD = "marmalade"
SECRET = f"An article says that the Guards keep a {WORD} ledger."
LATER = f"An article says that the Guards keep two {WORD} ledgers."


def said():
    """The claim that leaks: in its sentence, its note, the note of its citation, its words to print."""
    cited = factory.make_citation("rg-0012", note=f"Of the {WORD} ledger.")
    return factory.make_claim("rg-0012", SECRET, citations=(cited,), scope=f"the {WORD} trade")


@pytest.fixture
@standing
def leaking():
    """Published, corrected, decided on with comments, sent back, staged again, reported, logged, and edited since."""
    factory.publish(*world(), said())
    later = msgspec.structs.replace(said(), statement=LATER, salt="1" * 32)
    bring_in([later], by=cast.editor(), reason=f"Two {WORD} ledgers, not one.")
    review = open_review(["rg-0012"], by=cast.editor(), kind="correction", note="Counted again.",
                         remark=f"Guards keep two {WORD} ledgers, see the text.")  # fmt: skip
    Decision.objects.create(
        review=review, uid="rg-0012", sha256=review.entries.get().after, verdict="does_not",
        comment=f"Where is the {WORD}?", by=cast.reviewer(),
    )  # fmt: skip
    send_back(review, by=cast.reviewer(), note=f"The Guards keep a {WORD} ledger: which passage?")
    factory.publish(kind="correction", note="Counted again.")
    draft = msgspec.structs.replace(read_rows(["rg-0012"])["rg-0012"], scope=f"the old {WORD} trade", salt="2" * 32)
    bring_in([draft, factory.make_claim("rg-0013", "Another.")], by=cast.editor(), reason="Both at once.")
    again = msgspec.structs.replace(draft, scope=f"a {WORD} shop", salt="3" * 32)
    stage([("again.jsonl", BytesIO(b"".join(write_lines([again]))))], by=cast.editor())
    ask_again(later)
    Report.objects.create(
        kind="correction", claim="rg-0012", sha256="a" * 64, text=f"What {WORD}?", evidence=f"No {WORD}.", once="1"
    )
    LogEntry.objects.create(user=cast.editor(), object_id="rg-0012", object_repr=SECRET, action_flag=2)


def ask_again(claim):
    """A later version of its source, and the claim changed over its passage: both decided on, with notes that leak."""
    cited = claim.citations[0]
    at = timezone.now()
    decided = {
        "decided_by": cast.editor(),
        "decided_at": at,
        "at": at,
        "note": f"The {WORD} ledger stands there still.",
    }
    Reanchoring.objects.create(
        citation=cited.uid, claim=claim.uid, pinned=cited.version, version="src-0001-v2", state="gone", sure=False,
        evidence={"told": "gone"}, decision="kept", **decided,
    )  # fmt: skip
    SecondLook.objects.create(claim=claim.uid, before="1" * 64, after="2" * 64, decision="supports", **decided)


def pages(client):
    paths = {*PAGES, *Address.objects.values_list("path", flat=True), "/claims/rg-0012/", "/claims/rg-0012.json"}
    paths |= {f"/publications/{number}/" for number in Publication.objects.values_list("number", flat=True)}
    paths |= {f"/groups/river-guards/editions/{n}{end}" for n in (1, 2, 3) for end in ("/", ".json")}
    return {path: client.get(path) for path in sorted(paths)}


def files(folder):
    """Every file that the exports write, and every file beside the database."""
    call_command("write_fixtures", to=folder, verbosity=0)
    kept = [folder, settings.BASE_DIR / "var" / "media"]
    return [path for root in kept for path in Path(root).rglob("*") if path.is_file()]


def redacted():
    return redact("rg-0012", by=cast.editor(), reason="It named a witness.", project=project)


def test_the_search_would_find_them_everywhere(leaking, client):
    assert everything_stored().count(WORD) >= 20
    found = {path for path, answer in pages(client).items() if WORD in answer.content.decode()}
    assert {"/groups/river-guards/", "/corrections/", "/corrections.json", "/claims/rg-0012/", "/publications/2/",
            "/groups/river-guards/editions/1.json"} <= found  # fmt: skip


def test_redacted_words_are_in_no_table_no_page_and_no_file(leaking, client, tmp_path):
    assert [path for path in files(tmp_path / "before") if WORD.encode() in path.read_bytes()] != []
    redacted()
    assert everything_stored().count(WORD) == 0
    assert list(Reanchoring.objects.values_list("decision", "note")) == [("kept", "")]
    assert set(SecondLook.objects.values_list("decision", "note")) == {("supports", ""), ("", "")}
    assert [path for path, answer in pages(client).items() if WORD in answer.content.decode()] == []
    assert [path for path in files(tmp_path / "after") if WORD.encode() in path.read_bytes()] == []
    assert verify_publications().problems == []


def test_redacted_words_are_on_no_page_of_the_desk(leaking):
    from tests.admin.conftest import signed_in

    redacted()
    desk = signed_in(cast.superuser())
    paths = ["/admin/", "/admin/profiles/claim/rg-0012/history/", "/admin/profiles/group/rg/history/",
             "/admin/profiles/group/rg/change/", f"/admin/profiles/stage/{Stage.objects.get().pk}/change/",
             "/admin/profiles/report/", "/admin/profiles/claim/rg-0012/provenance/"]  # fmt: skip
    for table, name in ((Revision, "revision"), (Review, "review"), (Publication, "publication")):
        paths += [f"/admin/profiles/{name}/{pk}/change/" for pk in table.objects.values_list("pk", flat=True)]
        paths.append(f"/admin/profiles/{name}/")
    assert [path for path in paths if WORD in desk.get(path, follow=True).content.decode()] == []
    assert "Its words are redacted." in re.sub(
        r"<[^>]+>", "", desk.get("/admin/profiles/claim/rg-0012/history/").content.decode()
    )


def test_what_the_desk_wrote_of_other_things_stays(leaking):
    bring_in([factory.make_claim("rg-0014", "One more.")], by=cast.editor(), reason="A new one.")
    redacted()
    reasons = set(Revision.objects.values_list("reason", flat=True))
    assert {"Both at once.", "A new one.", "It named a witness."} <= reasons
    assert set(Publication.objects.values_list("note", flat=True)) == {"", "Counted again.", "It named a witness."}


def test_a_public_note_that_repeats_the_words_is_told_of_before(leaking):
    assert repeating("rg-0012") == []
    changed = msgspec.structs.replace(read_rows(["rg-0012"])["rg-0012"], scope="", salt="5" * 32)
    factory.publish(changed, kind="correction", note=f"They keep two {WORD} ledgers.")
    assert repeating("rg-0012") == [(3, f"They keep two {WORD} ledgers.")]


def test_withdrawn_words_are_on_no_page(client):
    factory.publish(*world())
    before = {path for path, answer in pages(client).items() if "Salim" in answer.content.decode()}
    assert {"/people/salim-nasser/", "/events/shelling-of-marwa/", "/claims/"} <= before
    withdraw("sn", by=cast.editor(), reason="Taken for another.", project=project)
    after = pages(client)
    assert [path for path, answer in after.items() if "Salim Nasser" in answer.content.decode()] == []
    assert json.loads(after["/corrections.json"].content)["corrections"][0]["withdrawn"] == ["sn"]
