"""Feeds as a feed reader reads them, the sitemap as its schema has it."""

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from profiles.models import Edition, Publication
from profiles.reading import feeds
from tests import cast, factory
from tests.world import world

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"
# The sitemap protocol 0.9, as far as it binds: locations first, each with at most one date.
SITEMAP = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <xs:complexType name="place"><xs:all>
    <xs:element name="loc" type="xs:anyURI"/>
    <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
      <xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>
    </xs:element>
  </xs:all></xs:complexType>
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" type="place" maxOccurs="50000"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="sitemapindex"><xs:complexType><xs:sequence>
    <xs:element name="sitemap" type="place" maxOccurs="50000"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def feed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo
    return found


def two_publications():
    factory.publish(*world())
    factory.publish(
        factory.make_claim("rg-0003", "An article puts the founding at “around 2013”.", topic="origins",
                           aspect="founded", when="2013~", sense="happened"),
        kind="correction", note="The words <were> & are.",
    )  # fmt: skip
    return Publication.objects.get(pk=2)


def test_the_feed_of_all_changes_has_each_publication_and_the_head(client):
    head = two_publications()
    found = feed(client, "/changes.atom")
    assert [entry.title for entry in found.entries] == ["Publication 2: correction", "Publication 1: new"]
    assert [entry.link for entry in found.entries] == [f"{HOST}/publications/2/", f"{HOST}/publications/1/"]
    assert found.entries[0].summary.startswith("<p>The words &lt;were&gt; &amp; are.</p><p>River Guards</p>")
    assert f'<mdb:head publication="2">{head.sha256}</mdb:head>' in client.get("/changes.atom").content.decode()
    assert found.entries[0].mdb_sha256 == head.sha256
    assert found.feed.updated == found.entries[0].updated


def test_the_feed_of_a_profile_has_its_editions(client):
    two_publications()
    found = feed(client, "/groups/river-guards/changes.atom")
    assert [(entry.title, entry.link) for entry in found.entries] == [
        ("River Guards, edition 2: correction", f"{HOST}/groups/river-guards/editions/2/"),
        ("River Guards, edition 1: new", f"{HOST}/groups/river-guards/editions/1/"),
    ]
    assert len(feed(client, "/people/salim-nasser/changes.atom").entries) == 1
    assert client.get("/groups/nobody/changes.atom").status_code == 404


def test_the_feed_of_corrections_has_old_and_new_words(client):
    two_publications()
    (entry,) = feed(client, "/corrections/changes.atom").entries
    assert "Was: An article of May 2024 puts the founding of the River Guards at around 2013." in entry.summary
    assert "Is: An article puts the founding at “around 2013”." in entry.summary


def test_no_feed_names_an_editor_or_changes_while_nothing_is_published(client):
    two_publications()
    for path in ("/changes.atom", "/groups/river-guards/changes.atom", "/corrections/changes.atom"):
        body = client.get(path).content
        assert body == client.get(path).content
        assert [user for user in (cast.editor(), cast.reviewer()) if user.username.encode() in body] == []


def test_a_publication_of_many_names_some_and_says_how_many_more(client, monkeypatch):
    monkeypatch.setattr(feeds, "PROFILES", 2)
    two_publications()
    made = Edition.objects.filter(publication=1).count()
    summaries = [entry.summary for entry in feed(client, "/changes.atom").entries]
    assert "<p>River Guards</p>" in summaries[0]
    assert f"; and {made - 2} more</p>" in summaries[1]


def test_an_empty_site_has_empty_feeds(client):
    assert feed(client, "/changes.atom").entries == []
    assert feed(client, "/corrections/changes.atom").entries == []


def test_the_sitemap_is_valid_and_leads_to_every_public_page(client):
    factory.publish(*world())
    schema = etree.XMLSchema(etree.fromstring(SITEMAP))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = etree.fromstring(client.get("/sitemap.xml").content)
    schema.assertValid(index)
    places = set()
    for part in index.xpath("//s:loc/text()", namespaces=space):
        found = etree.fromstring(client.get(part.replace("http://testserver", "")).content)
        if len(found):
            schema.assertValid(found)
        places.update(found.xpath("//s:loc/text()", namespaces=space))
    assert {place.partition(HOST)[0] for place in places} == {""}
    paths = {place.removeprefix(HOST) for place in places}
    assert {"/groups/river-guards/", "/people/salim-nasser/", "/claims/rg-0004/", "/sources/river-guards/"} <= paths
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_robots_are_told_of_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert text.splitlines()[-1] == f"Sitemap: {HOST}/sitemap.xml"


@pytest.mark.parametrize("count", [3, 12])
def test_a_feed_costs_the_same_whatever_it_holds(client, count):
    factory.publish(*factory.make_ground())
    for number in range(2, count + 2):
        factory.publish(
            factory.make_claim(f"rg-{number:04}", f"An article calls them a group, {number}."),
            kind="update",
            pages=False,
        )
    asked = {}
    for path in ("/changes.atom", "/groups/river-guards/changes.atom", "/corrections/changes.atom"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked[path] = len(queries)
    assert asked == {"/changes.atom": 6, "/groups/river-guards/changes.atom": 3, "/corrections/changes.atom": 3}
