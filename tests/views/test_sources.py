"""The list of sources: narrowed by kind, publisher, language and origin, with counts, in a chosen order."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.counts import SOURCE, FacetCount
from profiles.reading import source_filter
from tests import factory

pytestmark = pytest.mark.django_db


def source(number, title, **values):
    uid = f"src-{number:04}"
    return [factory.make_source(uid, title, slug=f"work-{number}", **values), factory.make_version(f"{uid}-v1")]


@pytest.fixture
def published():
    factory.publish(
        factory.make_group(),
        factory.make_name("rg-0001", "River Guards"),
        *source(1, "Who are the River Guards?", publisher="River News"),
        *source(2, "Bridges of Marwa", publisher="Delta Post"),
        *source(3, "A second look", publisher="river news", derives_from="src-0001"),
        *source(4, "An unsigned leaflet"),
        factory.make_claim(
            "rg-0002", "Works tell of the River Guards.",
            citations=tuple(
                factory.make_citation("rg-0002", number=n, version=f"src-{n:04}-v1") for n in range(1, 5)
            ),
        ),
    )  # fmt: skip


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def titles(page):
    return re.findall(r'class="entry-name"><a href="/sources/work-(\d)/"', page)


def counts(page, name):
    return re.findall(rf'name="{name}" value="([^"]*)"(?: checked)?> <bdi>([^<]*)</bdi> <span class="count">(\d)', page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["3", "4", "2", "1"]),
        ("?order=publisher", ["2", "3", "1", "4"]),
        ("?order=number", ["1", "2", "3", "4"]),
        ("?publisher=river-news", ["3", "1"]),
        ("?publisher=not-known", ["4"]),
        ("?publisher=river-news&publisher=delta-post&order=number", ["1", "2", "3"]),
        ("?origin=src-0001", ["3"]),
        ("?origin=none&publisher=river-news", ["1"]),
        ("?kind=news_article&language=en", ["3", "4", "2", "1"]),
        ("?language=ar", []),
    ],
)
def test_the_list_is_narrowed_and_ordered(client, published, query, expected):
    assert titles(text(client, f"/sources/{query}")) == expected
    items = json.loads(b"".join(client.get(f"/sources.json{query}").streaming_content))["items"]
    assert [item["slug"].removeprefix("work-") for item in items] == expected


def test_choices_say_how_many_they_find_under_the_other_filters(client, published):
    page = text(client, "/sources/")
    assert sorted(counts(page, "publisher")) == [
        ("delta-post", "Delta Post", "1"), ("not-known", "not known", "1"), ("river-news", "river news", "2"),
    ]  # fmt: skip
    assert counts(page, "origin") == [("none", "no other work", "3"), ("src-0001", "Who are the River Guards?", "1")]
    assert counts(page, "language") == [("en", "English", "4")]
    assert '<a href="/sources/work-1/">' in page.split("Derives from</dt>")[1]
    assert ">4 sources.<" in page
    narrowed = text(client, "/sources/?publisher=river-news")
    assert counts(narrowed, "origin") == [
        ("none", "no other work", "1"), ("src-0001", "Who are the River Guards?", "1"),
    ]  # fmt: skip
    assert len(counts(narrowed, "publisher")) == 3
    assert ">2 sources found.<" in narrowed
    assert "No source matches all of these choices." in text(client, "/sources/?language=ar")


def test_of_very_many_there_is_no_number(client, published, monkeypatch):
    monkeypatch.setattr(source_filter, "MOST", 1)
    page = text(client, "/sources/?publisher=river-news")
    assert (counts(page, "origin"), len(counts(page, "publisher"))) == ([], 3)


@pytest.mark.parametrize("name", ["kind", "publisher", "language", "origin", "order"])
def test_what_cannot_be_read_is_refused(client, published, name):
    for value in ("a\x00b", "x" * 65):
        text(client, f"/sources/?{name}={value}", 400)


def test_a_source_that_changes_is_counted_once(client, published):
    factory.publish(*source(4, "A signed leaflet", publisher="Delta Post"), kind="update")
    found = FacetCount.objects.filter(model=SOURCE, facet="publisher").values_list("value", "number")
    assert sorted(found) == [("delta-post", 2), ("river-news", 2)]
    assert titles(text(client, "/sources/")) == ["3", "4", "2", "1"]


def test_the_list_costs_what_its_filters_do(client, published):
    asked = []
    for query in ("", "?order=publisher", "?publisher=river-news"):
        with CaptureQueriesContext(connection) as queries:
            text(client, f"/sources/{query}")
        asked.append(len(queries))
    assert asked == [14, 14, 12]
