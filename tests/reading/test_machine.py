"""The JSON of an edition: its keys, and the exact documents."""

import json

import pytest

from profiles.values import documents as docs
from tests import factory
from tests.reading.test_profile import strength

pytestmark = pytest.mark.django_db


def edition(client):
    factory.publish(*factory.make_ground(), factory.make_speaker(), strength(), factory.make_silence())
    answer = client.get("/groups/river-guards.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(answer.content)


def test_the_keys_are_those_that_are_promised(client):
    data = edition(client)
    assert list(data) == [
        "profile",
        "edition",
        "claims",
        "silences",
        "pictures",
        "redacted",
        "corrections",
        "documents",
    ]
    assert list(data["profile"]) == ["uid", "slug", "name", "kind", "model", "url", "permalink"]
    assert list(data["edition"]) == ["number", "sha256", "published_at", "review", "publication"]
    claim = data["claims"][1]
    assert {**claim, "citations": None} == {
        "uid": "rg-0003",
        "kind": "strength",
        "topic": "strength",
        "aspect": "fighters",
        "statement": "Two officials have put the strength of the River Guards at about 2,000 fighters.",
        "when": "",
        "sense": "as_of",
        "voice": "attributed",
        "attributed_to": ["two officials"],
        "standing": "stands",
        "negated": False,
        "reach": "named",
        "subject": "river-guards",
        "about": None,
        "citations": None,
        "precision": "about",
        "low": 2000,
        "counted": "fighters",
    }
    start = factory.ARTICLE.index("have about 2,000 fighters")
    end = start + len("have about 2,000 fighters, two officials said")
    assert claim["citations"] == [
        {
            "uid": "rg-0003-c1",
            "source": "river-guards",
            "version": "src-0001-v1",
            "bearing": "supports",
            "voice": "attributed",
            "locator": {"paragraph": 2, "start": start, "end": end},
            "passage_sha256": docs.sha256(factory.ARTICLE[start:end].encode()),
            "speakers": [["two officials"]],
        }
    ]
    assert data["silences"] == [
        {
            "uid": "rg-s01",
            "topic": "leadership",
            "aspect": "deputies",
            "state": "not_stated",
            "searched": ["src-0001-v1"],
        }
    ]


def test_the_documents_are_exact_and_give_the_digest(client):
    data = edition(client)
    header, *others = data["documents"]
    assert [document["uid"] for document in data["documents"]] == ["rg", "rg-0001", "rg-0003", "rg-s01"]
    pairs = [(d["uid"], docs.sha256(docs.canonical(d))) for d in others]
    assert docs.dossier_digest(docs.sha256(docs.canonical(header)), pairs) == data["edition"]["sha256"]


def test_a_demonstration_says_so(client):
    from tests import cast

    cast.make_user("edith", "editor", demonstration=True)
    data = edition(client)
    assert data["edition"]["review"] == "demonstration"
    assert data["edition"]["note"] == "Approved automatically for demonstration. No person has checked it."
    assert "No person has checked it." in client.get("/groups/river-guards/").content.decode()
    assert "No person has checked it." in client.get("/groups/river-guards/editions/1/").content.decode()
