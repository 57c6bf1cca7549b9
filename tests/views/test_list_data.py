"""Each list as a file: the same rows as its pages, all of them, read by what reads CSV and JSON."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.editions import head
from profiles.models.published import Entry, Listing, PublishedClaim, PublishedSource
from profiles.reading import list_data
from profiles.views.list_data import NAMES
from tests import factory
from tests.views.test_lists import GROUND, WORLD, group
from tests.world import world

pytestmark = pytest.mark.django_db


def fetch(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response, b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def rows(client, path):
    return list(csv.DictReader(io.StringIO(fetch(client, path)[1])))


def items(client, path):
    return json.loads(fetch(client, path)[1])["items"]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_all_of_its_rows_in_both_forms(client, name):
    factory.publish(*world())
    wanted = {
        "claims": PublishedClaim.objects.filter(to_publication=None),
        "designations": Listing.objects.all(),
        "sources": PublishedSource.objects.all(),
    }.get(name)
    if wanted is None:
        wanted = Entry.objects.filter(model={"groups": "group", "people": "person", "events": "event"}[name])
    uids = sorted(wanted.values_list("uid", flat=True))
    assert uids != []
    assert sorted(row["uid"] for row in rows(client, f"/{name}.csv")) == uids
    assert sorted(item["uid"] for item in items(client, f"/{name}.json")) == uids


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["aa", "bb", "cc", "uu"]),
        ("?kind=umbrella", ["uu"]),
        ("?umbrella=uu&since=2012", ["bb"]),
        ("?on=2013&then=possibly&then=undated", ["bb", "cc", "uu"]),
    ],
)
def test_a_list_is_narrowed_as_its_page_is(client, query, expected):
    factory.publish(*WORLD)
    assert [row["uid"] for row in rows(client, f"/groups.csv{query}")] == expected
    assert [item["uid"] for item in items(client, f"/groups.json{query}")] == expected
    page = client.get(f"/groups/{query}").content.decode()
    shown = query.replace("&", "&amp;")
    assert f'<a href="/groups.csv{shown}">CSV</a> · <a href="/groups.json{shown}">JSON</a>' in page


def test_claims_run_in_the_order_of_their_page_over_every_batch(client, monkeypatch):
    factory.publish(*world(), pages=False)
    page = client.get("/claims/?order=date").content.decode()
    by_date = re.findall(r'<a [^>]*href="/claims/([a-z0-9-]+)/"', page)
    by_date = list(dict.fromkeys(by_date))
    monkeypatch.setattr(list_data, "BATCH", 2)
    assert len(by_date) == PublishedClaim.objects.filter(to_publication=None).count()
    assert [row["uid"] for row in rows(client, "/claims.csv?order=date")] == by_date
    assert [item["uid"] for item in items(client, "/claims.json?order=date")] == by_date
    by_number = [item["uid"] for item in items(client, "/claims.json?order=number")]
    assert by_number == sorted(by_date) != by_date


def test_a_row_says_what_its_page_says(client):
    factory.publish(*WORLD)
    (row,) = rows(client, "/groups.csv?designated_by=auth-0001&on=2013")
    assert row == {
        "uid": "aa", "model": "group", "kind": "armed_group", "name": "Alder Guards", "slug": "alder-guards",
        "when": "2005", "answer": "certainly", "umbrella": "Union of Rivers", "designated_by": "Harbour Authority",
        "led_by": "", "edition": "1", "publication": "1", "published_at": row["published_at"],
        "url": "http://127.0.0.1:8000/groups/alder-guards/",
        "permalink": "http://127.0.0.1:8000/groups/alder-guards/editions/1/",
    }  # fmt: skip


def test_a_claim_has_its_voice_and_speakers_in_both_forms(client):
    factory.publish(*world())
    (row,) = [row for row in rows(client, "/claims.csv") if row["uid"] == "rg-0004"]
    (item,) = [item for item in items(client, "/claims.json?voice=attributed") if item["uid"] == "rg-0004"]
    assert (row["voice"], row["attributed_to"], row["subject_label"]) == ("attributed", "two officials", "River Guards")
    assert (item["voice"], item["attributed_to"]) == ("attributed", ["two officials"])
    assert [citation["uid"] for citation in item["citations"]] == ["rg-0004-c1"]
    assert {item["answer"] for item in items(client, "/claims.json?on=2016")} <= {
        "certainly", "possibly", "undated", "before", "after",
    }  # fmt: skip


def test_a_listing_has_its_authority_evidence_times_and_answer(client):
    factory.publish(*WORLD)
    found = {row["uid"]: row for row in rows(client, "/designations.csv?on=2020")}
    assert (found["aa-0004"]["authority_label"], found["aa-0004"]["evidence"]) == ("Harbour Authority", "secondary")
    assert (found["aa-0004"]["answer"], found["aa-0004"]["personal"]) == ("possibly", "false")
    assert found["aa-0004"]["intervals"] == "0001-01-01 9999-12-31 0001-01-01 9999-12-31"


def test_a_file_names_its_head_and_sets_no_cookie(client):
    factory.publish(*WORLD)
    for method in (client.get, client.head):
        response = method("/groups.json")
        assert (response["X-Chain-Head"], response["X-Robots-Tag"]) == (head().sha256, "noindex")
        assert response.cookies == {}
    assert json.loads(fetch(client, "/groups.json?kind=party")[1]) == {
        "list": "groups", "asked": {"kind": ["party"]}, "head": head().sha256, "items": [],
    }  # fmt: skip
    assert client.post("/groups.json").status_code == 405


def test_an_empty_site_has_empty_lists(client):
    for name in NAMES:
        assert rows(client, f"/{name}.csv") == []
        assert items(client, f"/{name}.json") == []


@pytest.mark.parametrize(
    "path",
    [
        "/groups.csv?since=soon", "/groups.json?on=2013~", "/claims.csv?voice=loud", "/designations.json?on=%00",
        "/claims.json?origins=-1", "/groups.csv?kind=%00", "/designations.csv?since=2020&on=2020~",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(client, path):
    response, told = fetch(client, path, 400)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert ": " in told


@pytest.mark.parametrize("count", [3, 300])
def test_a_file_is_read_in_batches(client, count):
    factory.publish(*GROUND, *[d for n in range(count) for d in group(f"g{n:03}", f"Guard {n:03}")])
    asked = []
    for path in ("/groups.csv", "/claims.json"):
        with CaptureQueriesContext(connection) as queries:
            fetch(client, path)
        asked.append(len(queries))
    assert asked == ([4, 9] if count == 3 else [6, 16])
