"""Pages made on request are made once a publication."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.published import Entry
from profiles.views import kept
from tests import factory

pytestmark = pytest.mark.django_db


def asked(client, path):
    with CaptureQueriesContext(connection) as queries:
        return client.get(path), len(queries)


def test_a_page_is_made_once_and_then_costs_one_query(client):
    factory.publish(*factory.make_ground())
    first, _ = asked(client, "/groups/?kind=armed_group")
    again, queries = asked(client, "/groups/?kind=armed_group")
    assert (again.content, queries) == (first.content, 1)
    assert again.headers["Content-Type"] == first.headers["Content-Type"]


def test_a_publication_makes_it_new(client):
    factory.publish(*factory.make_ground())
    assert "Fleet" not in client.get("/groups/").text
    factory.publish(factory.make_group("fl", "Fleet"), factory.make_name("fl-0001", "Fleet"))
    assert "Fleet" in client.get("/groups/").text


def test_what_is_not_found_or_refused_is_not_kept(client):
    factory.publish(*factory.make_ground())
    kept.pages.clear()
    assert client.get("/sources/nowhere/").status_code == 404
    assert client.get("/groups/?since=x").status_code == 400
    assert client.head("/groups/").status_code == 200
    assert client.get("/groups/?nothing=" + "x" * 3000).status_code == 200
    assert kept.pages.size == 0


def test_nothing_is_kept_before_anything_is_published(client):
    assert "River" not in client.get("/groups/").text
    factory.publish(*factory.make_ground())
    assert "River" in client.get("/groups/").text


def test_memory_is_bounded(client, monkeypatch):
    factory.publish(*factory.make_ground())
    kept.pages.clear()
    length = len(client.get("/groups/").content)
    monkeypatch.setattr(kept.pages, "limit", 2 * length)
    for n in range(6):
        client.get(f"/groups/?nothing={n}")
    assert kept.pages.size <= 2 * length
    assert Entry.objects.count() == 1
