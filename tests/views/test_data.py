"""All data to take away: every public claim once, with who says it; digests that hold; a dictionary that is whole."""

import hashlib
import json
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.editions import head
from profiles.models.published import Entry, PublishedClaim, PublishedSource
from profiles.reading.formats.bulk import FILES
from profiles.values import documents as docs
from tests import factory
from tests.reading.formats import consumers
from tests.views.test_profiles import many
from tests.world import world

pytestmark = pytest.mark.django_db


def fetch(client, name):
    response = client.get(f"/data/{name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def lines(client, name):
    return [json.loads(line) for line in fetch(client, name).splitlines()]


def public():
    return set(PublishedClaim.objects.filter(to_publication=None).values_list("uid", flat=True))


def test_every_public_claim_stands_once_in_each_file_that_has_claims(client):
    factory.publish(*world())
    for name in ("claims.jsonl", "documents.jsonl", "entities.ftm.jsonl"):
        uids = [line.get("uid") or line["id"] for line in lines(client, name)]
        assert len(uids) == len(set(uids))
        assert {uid for uid in uids if consumers.CLAIM.fullmatch(uid)} - {"src-0001"} == public()
    rows = consumers.sheet(fetch(client, "claims.csv"))
    assert {row["uid"] for row in rows if row["record"] == "claim"} == public()
    assert {row["claim"] for row in lines(client, "citations.jsonl")} == public()
    assert {row["uid"] for row in lines(client, "profiles.jsonl")} == set(Entry.objects.values_list("uid", flat=True))
    assert [row["uid"] for row in lines(client, "sources.jsonl")] == list(
        PublishedSource.objects.values_list("uid", flat=True)
    )
    assert {row["kind"] for row in lines(client, "designations.jsonl")} == {"designation", "step"}
    assert [row["uid"] for row in lines(client, "silences.jsonl")] == ["rg-s01"]


def test_each_claim_has_its_voice_and_speakers_and_its_own_digest(client):
    factory.publish(*world())
    (one,) = [line for line in lines(client, "claims.jsonl") if line["uid"] == "rg-0004"]
    assert (one["voice"], one["attributed_to"]) == ("attributed", ["two officials"])
    exact = {docs.sha256(line) for line in fetch(client, "documents.jsonl").splitlines()}
    assert {line["sha256"] for line in lines(client, "claims.jsonl")} <= exact


def test_the_manifest_has_the_digest_of_each_file_and_the_head(client):
    factory.publish(*world())
    made = client.get("/data/manifest.json").json()
    assert made["head"]["sha256"] == head().sha256
    assert [file["name"] for file in made["files"]] == list(FILES)
    for file in made["files"]:
        body = fetch(client, file["name"])
        assert (file["sha256"], file["bytes"]) == (hashlib.sha256(body).hexdigest(), len(body))
    assert client.get("/data/nothing.jsonl").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["profiles.jsonl", "claims.jsonl", "documents.jsonl"])
def test_a_file_is_of_the_head_that_it_names_whatever_is_published_meanwhile(client, monkeypatch, name):
    monkeypatch.setattr("profiles.reading.formats.bulk.PROFILES", 1)
    factory.publish(*world())
    whole, before = fetch(client, name), head().sha256
    response = client.get(f"/data/{name}")
    lines = iter(response.streaming_content)
    begun = next(lines)
    elsewhere(factory.publish, factory.make_person("zz", "Zaki Zand"), factory.make_name("zz-0001", "Zaki Zand"))
    assert (response["X-Chain-Head"], begun + b"".join(lines)) == (before, whole)
    response.close()
    assert head().sha256 != before
    assert fetch(client, name) != whole


def elsewhere(act, *given, **named):
    """Act over another connection, as another process would."""
    raised = []

    def run():
        try:
            act(*given, **named)
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_not_read_to_its_end_holds_nothing(client):
    factory.publish(*world())
    response = client.get("/data/claims.jsonl")
    next(iter(response.streaming_content))
    response.close()
    factory.publish(factory.make_person("zz", "Zaki Zand"), factory.make_name("zz-0001", "Zaki Zand"))
    assert client.head("/data/claims.jsonl")["X-Chain-Head"] == head().sha256


def test_what_is_a_draft_is_in_no_file(client):
    factory.publish(*world())
    factory.load(factory.make_claim("rg-0099", "A draft that nobody has approved."))
    assert [name for name in FILES if b"nobody has approved" in fetch(client, name)] == []
    assert [name for name in FILES if b"two officials" in fetch(client, name)] == [
        "claims.jsonl", "citations.jsonl", "claims.csv", "entities.ftm.jsonl",
    ]  # fmt: skip


def test_the_dictionary_explains_every_field_of_the_documents(client):
    page = client.get("/data/dictionary/").content.decode()
    made = client.get("/data/dictionary.json").json()
    fields = {field["name"] for document in made["documents"] for field in document["fields"]}
    assert {f'id="{name}"' in page for name in fields} == {True}
    claim = next(document for document in made["documents"] if document["name"] == "claim")
    assert {field["name"] for field in claim["fields"]} == {"model", *docs.Claim.__struct_fields__}
    assert {word["value"] for found in made["lists"] if found["name"] == "voice" for word in found["words"]} == {
        "stated", "attributed", "reported", "claimed", "alleged", "assessed",
    }  # fmt: skip


@pytest.mark.parametrize("count", [3, 45])
def test_a_file_is_read_in_batches(client, count):
    factory.publish(*factory.make_ground(), *many(count), pages=False)
    with CaptureQueriesContext(connection) as queries:
        fetch(client, "claims.jsonl")
    assert len(queries) == 9


@pytest.mark.parametrize("path", ["/schemas/", "/data/dictionary/"])
def test_names_of_fields_stand_as_names_in_sentences(client, path):
    factory.publish(*factory.make_ground(), pages=False)
    page = client.get(path).content.decode()
    assert "below <code>salt</code> belong to kinds" in page
    assert "`" not in page
