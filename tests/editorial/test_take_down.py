"""Take back in public: at once, by one person, with a reason; and putting back takes two."""

import json
import sqlite3
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review
from profiles.editorial.take_down import redact, retract, withdraw
from profiles.editorial.verify import verify_publications
from profiles.exchange.lines import write_lines
from profiles.exchange.release import release
from profiles.exchange.staging import stage
from profiles.models import Claim, Document, Edition, Publication, Revision
from profiles.reading.pages import project
from tests import cast, factory

SECRET = "The Guards keep a marmalade ledger."


def down(act, uid, reason="Wrong man.", by=None):
    return act(uid, by=by or cast.editor(), reason=reason, project=project)


@pytest.fixture
def public(db):
    harbour = [factory.make_group("hb", "Harbour Brigade"), factory.make_name("hb-0001", "Harbour Brigade")]
    claims = [
        factory.make_claim("rg-0002", SECRET),
        factory.make_claim("rg-0003", "The Guards share a quay.", topic="allies", aspect="rivals", about="hb"),
        factory.make_claim("rg-0004", "It is otherwise.", conflicts_with=("rg-0005",)),
        factory.make_claim("rg-0005", "It is so.", conflicts_with=("rg-0004",)),
    ]
    factory.publish(*factory.make_ground(), *harbour, *claims, factory.make_silence())


def test_a_retraction_is_public_at_once_with_its_reason(public, client):
    made = down(retract, "rg-0002")
    page = client.get("/groups/river-guards/").content.decode()
    assert (made.kind, made.number, made.reviewed) == ("retraction", 2, "one_person")
    assert "Wrong man." in page
    assert json.loads(client.get("/groups/river-guards.json").content)["edition"]["number"] == 2
    assert read_rows(["rg-0002"])["rg-0002"].standing == "retracted"
    assert verify_publications().problems == []


def test_a_retraction_leaves_other_edits_in_the_draft(public):
    edited = msgspec.structs.replace(read_rows(["rg-0002"])["rg-0002"], scope="in Marwa", salt="3" * 32)
    bring_in([edited], by=cast.editor())
    down(retract, "rg-0002")
    draft = read_rows(["rg-0002"])["rg-0002"]
    assert (draft.standing, draft.scope) == ("retracted", "in Marwa")


def test_a_retracted_claim_is_not_retracted_again(public):
    down(retract, "rg-0002")
    with pytest.raises(Refused, match="rg-0002 is retracted already"):
        down(retract, "rg-0002")


def test_a_withdrawn_profile_answers_410_and_touches_nobody_elses_page(public, client):
    down(withdraw, "hb")
    assert [client.get(p).status_code for p in ("/groups/harbour-brigade/", "/groups/harbour-brigade.json")] == [
        410,
        410,
    ]
    assert client.get("/groups/").content.count(b"Harbour Brigade") == 0
    assert "rg-0003" not in Edition.objects.get(profile="rg", number=2).contents()[1]
    assert b"share a quay" not in client.get("/groups/river-guards/").content
    assert verify_publications().problems == []


def test_putting_a_withdrawn_profile_back_takes_two(public, client):
    down(withdraw, "hb")
    factory.publish(kind="update")
    assert client.get("/groups/harbour-brigade/").status_code == 200
    assert Edition.objects.filter(profile="hb").count() == 2
    assert verify_publications().problems == []


def test_what_was_taken_down_comes_back_as_far_as_a_review_puts_it_back(public, client):
    """The claim about the Harbour Brigade and its name left with it: nobody has looked at them again."""
    down(withdraw, "hb")
    release(open_review(["hb", "hb-0001"], by=cast.editor()), by=cast.reviewer())
    assert list(Edition.objects.get(profile="hb", number=2).contents()[1]) == ["hb-0001"]
    assert [
        b"share a quay" in client.get(f"/groups/{slug}/").content for slug in ("harbour-brigade", "river-guards")
    ] == [
        False,
        False,
    ]
    assert client.get("/claims/rg-0003/").status_code == 410
    assert verify_publications().problems == []
    factory.publish(kind="update")
    assert b"share a quay" in client.get("/groups/harbour-brigade/").content


def test_a_redaction_deletes_the_words_and_keeps_the_proof(public, client):
    LogEntry.objects.create(user=cast.editor(), object_id="rg-0002", object_repr=SECRET, action_flag=2)
    again = write_lines([msgspec.structs.replace(read_rows(["rg-0002"])["rg-0002"], scope="in Marwa")])
    stage([("again.jsonl", BytesIO(b"".join(again)))], by=cast.editor())
    before = Edition.objects.get(profile="rg", number=1).sha256
    made = down(redact, "rg-0002")
    assert made.facts()["redacted"] == list(Document.objects.filter(uid="rg-0002").values_list("sha256", flat=True))
    report = verify_publications()
    assert (report.problems, report.redacted) == ([], 1)
    assert Edition.objects.get(profile="rg", number=1).sha256 == before
    pages = ["/groups/river-guards/", "/groups/river-guards.json", "/groups/river-guards/editions/1/", "/claims/"]
    assert [b"marmalade" in client.get(page).content for page in pages] == [False] * 4
    assert client.get("/claims/rg-0002/").status_code in (404, 410)
    assert everything_stored().count("marmalade") == 0


def everything_stored():
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_search_for_redacted_words_would_find_them(public):
    assert everything_stored().count("marmalade") >= 3


def test_a_redaction_takes_the_claim_out_of_what_names_it(public):
    down(redact, "rg-0005")
    assert read_rows(["rg-0004"])["rg-0004"].conflicts_with == ()
    assert not Claim.objects.filter(pk="rg-0005").exists()
    assert Revision.objects.first().act == "redact"


def test_a_redacted_designation_goes_with_its_steps(public):
    listing = {"kind": "designation", "as_stated": "marmalade", "evidence": "secondary"}
    where = {"topic": "designations", "aspect": "listings"}
    step = {"kind": "step", "designation": "rg-0010", "step": "listed"}
    factory.publish(
        factory.make_claim("rg-0010", **listing, **where), factory.make_claim("rg-0011", **step, **where), kind="update"
    )
    down(redact, "rg-0010")
    assert not Claim.objects.filter(pk__in=["rg-0010", "rg-0011"]).exists()
    assert verify_publications().problems == []


def test_a_silence_is_redacted_too(public):
    down(redact, "rg-s01")
    assert verify_publications().problems == []


@pytest.mark.parametrize("act", [retract, withdraw, redact])
def test_a_take_down_needs_a_reason_and_the_right(public, act):
    uid = "hb" if act is withdraw else "rg-0002"
    with pytest.raises(Refused, match="Give the reason"):
        down(act, uid, reason=" ")
    with pytest.raises(Refused, match="You may not take down"):
        down(act, uid, by=cast.make_user("reader"))
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("sqlite")
def test_redacted_words_are_not_left_in_the_database_file(public):
    down(redact, "rg-0002")
    path = connection.settings_dict["NAME"]
    files = [Path(path), Path(f"{path}-wal")]
    held = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"marmalade" not in held
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
