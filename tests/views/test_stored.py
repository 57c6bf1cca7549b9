"""Stored pages over HTTP: bytes, encodings, conditions, methods, few queries."""

import gzip

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from profiles.models.projection import Page, write_pages
from profiles.models.published import Address
from profiles.views import stored
from profiles.views.stored import Bodies, answer, matches, takes_gzip
from tests import factory

pytestmark = pytest.mark.django_db
PATH = "/groups/river-guards/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture(autouse=True)
def forget():
    stored.bodies.clear()


def put(body=b"<p>The page</p>", status=200, path=PATH):
    page = Page(path, status, HTML, body)
    write_pages([page])
    return page.etag


def test_gzip_goes_out_as_it_is_stored_and_identity_is_the_same_page():
    etag = put()
    zipped = answer(PATH, "GET", {"Accept-Encoding": "gzip, br"})
    plain = answer(PATH, "GET", {})
    assert (zipped.status, gzip.decompress(zipped.body), zipped.headers["Content-Encoding"]) == (
        200,
        b"<p>The page</p>",
        "gzip",
    )
    assert plain.body == b"<p>The page</p>"
    assert plain.headers == {
        **HTML,
        "ETag": f'"{etag}"',
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Content-Length": "15",
    }


def test_head_has_the_headers_of_get_and_no_body():
    put()
    assert answer(PATH, "HEAD", {}).headers == answer(PATH, "GET", {}).headers
    assert answer(PATH, "HEAD", {}).body == b""


def test_an_etag_that_matches_is_answered_304_without_a_body():
    etag = put()
    for condition in (f'"{etag}"', f'W/"{etag}.gz"', f'"other", "{etag}.gz"', "*"):
        made = answer(PATH, "GET", {"If-None-Match": condition})
        assert (made.status, made.body) == (304, b"")
    assert answer(PATH, "GET", {"If-None-Match": '"other"'}).status == 200


def test_other_methods_are_refused_where_a_page_stands():
    put()
    made = answer(PATH, "POST", {})
    assert (made.status, made.headers["Allow"]) == (405, "GET, HEAD")
    assert answer("/groups/nobody/", "POST", {}) is None


def test_a_tombstone_is_410_whatever_the_condition():
    etag = put(b"taken down", 410)
    made = answer(PATH, "GET", {"If-None-Match": f'"{etag}"'})
    assert (made.status, made.body) == (410, b"taken down")


def test_nothing_stored_is_no_answer():
    assert answer("/groups/nobody/", "GET", {}) is None


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=nonsense", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_taken(accepted, taken):
    assert takes_gzip(accepted) is taken


def test_an_etag_inside_another_does_not_match():
    assert not matches('"abcdef"', "abc")


def test_bodies_kept_in_memory_stay_within_their_bound():
    write_pages([Page(f"/p{n}/", 200, HTML, bytes([n]) * 50) for n in range(5)])
    kept = Bodies(limit=100)
    for n in range(5):
        kept.get(Page(f"/p{n}/", 200, HTML, bytes([n]) * 50).etag)
    assert 0 < kept.size <= 100


def test_a_republished_page_is_served_at_once():
    put(b"old")
    assert answer(PATH, "GET", {}).body == b"old"
    put(b"new")
    assert answer(PATH, "GET", {}).body == b"new"


def test_a_stored_page_costs_two_queries_then_one_and_sets_no_cookie(client):
    factory.publish(*factory.make_ground())
    stored.bodies.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(PATH)
        counts.append(len(asked))
    assert (response.status_code, counts, response.cookies) == (200, [2, 1], {})
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.only_on("postgresql")
def test_what_each_reader_asks_is_prepared_once(client):
    put(b"old")
    told = [Address.find(PATH), Address.find("/nowhere/")]
    with CaptureQueriesContext(connection):
        assert [Address.find(PATH), Address.find("/nowhere/")] == told
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%etag%'")
        assert cursor.fetchall() == [(2,)]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_meanwhile_is_replaced_and_one_that_lives_is_not_asked(client, monkeypatch):
    put()
    asked = []
    monkeypatch.setattr(connections["default"], "is_usable", lambda: asked.append(1) or True)
    # As at the beginning of a request on the site.
    connection.health_check_enabled, connection.health_check_done = True, False
    assert client.get(PATH).content == b"<p>The page</p>"
    assert asked == []
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    assert client.get(PATH).content == b"<p>The page</p>"
