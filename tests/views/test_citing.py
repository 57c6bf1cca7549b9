"""What a page says of how it is cited: in words, in each form, and in its head."""

import html
import re

import pytest

from tests import factory
from tests.reading.formats import consumers
from tests.world import world

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def metas(text):
    return {name: html.unescape(value) for name, value in re.findall(r'<meta name="([^"]+)" content="([^"]*)">', text)}


def copied(text):
    return [html.unescape(found) for found in re.findall(r'<pre tabindex="0" dir="auto">(.*?)</pre>', text, re.DOTALL)]


@pytest.mark.parametrize("path", ["/groups/river-guards/", "/groups/river-guards/editions/1/", "/claims/rg-0004/"])
def test_each_form_that_is_printed_is_read_by_its_program(client, path):
    factory.publish(*world())
    bib, ris, csl = copied(page(client, path))
    key, entry = next(iter(consumers.bib(bib.encode()).items()))
    (record,) = consumers.ris(ris.encode())
    (item,) = consumers.csl(csl.encode())
    assert {key, record["id"], item["id"]} == {item["id"]}
    assert {entry.fields["url"], record["urls"][0], item["URL"]} == {metas(page(client, path))["citation_public_url"]}
    assert {entry.fields["note"], record["notes"][0]} == {item["note"]}


def test_a_profile_is_cited_as_the_edition_that_is_read(client):
    factory.publish(*world())
    text = page(client, "/groups/river-guards/")
    sha = client.get("/groups/river-guards.json").json()["edition"]["sha256"]
    found = metas(text)
    permalink = f"{HOST}/groups/river-guards/editions/1/"
    assert (found["citation_title"], found["DC.title"]) == ("River Guards", "River Guards")
    assert (found["citation_public_url"], found["DC.identifier"]) == (permalink, permalink)
    assert f". {permalink} (SHA-256 {sha})" in text
    assert f'<link rel="canonical" href="{HOST}/groups/river-guards/">' in text
    assert f'<meta property="og:url" content="{HOST}/groups/river-guards/">' in text
    assert '<meta property="og:title" content="River Guards · MilitiaDB">' in text
    assert re.findall(r'<link rel="alternate" type[^>]* href="([^"]+)"', text) == [
        "/changes.atom",
        "/groups/river-guards/changes.atom",
    ] + [
        f"/groups/river-guards.{ending}" for ending in ("json", "csv", "ftm.jsonl", "jsonld", "bib", "ris", "csl.json")
    ]


def test_an_edition_leads_to_its_own_files(client):
    factory.publish(*world())
    text = page(client, "/groups/river-guards/editions/1/")
    assert f'<link rel="canonical" href="{HOST}/groups/river-guards/">' in text
    for href in re.findall(r'<link rel="alternate" type[^>]* href="([^"]+[^m])"', text):
        assert href.startswith("/groups/river-guards/editions/1.")
        assert client.get(href).status_code == 200


def test_a_claim_is_never_cited_without_who_says_it(client):
    factory.publish(*world())
    said = "attributed: two officials"
    text = page(client, "/claims/rg-0004/")
    assert f"[{said}] " in text
    for form in ("bib", "ris", "csl.json"):
        response = client.get(f"/claims/rg-0004.{form}")
        assert f"Claim rg-0004 ({said}), publication 1." in response.content.decode()
        assert consumers.claims_in(form, response.content) == {"rg-0004"}
    assert client.get("/claims/rg-9999.bib").status_code == 404


def test_a_claim_is_cited_by_its_place_in_the_edition_that_first_had_the_wording(client):
    factory.publish(*world())
    later = factory.make_claim("rg-0099", "An article says something else of the River Guards.")
    factory.publish(later, kind="update")
    for uid, number in (("rg-0004", 1), ("rg-0099", 2)):
        permalink = f"{HOST}/groups/river-guards/editions/{number}/#{uid}"
        text = page(client, f"/claims/{uid}/")
        found = metas(text)
        assert (found["citation_public_url"], found["DC.identifier"]) == (permalink, permalink)
        assert f'<link rel="canonical" href="{HOST}/claims/{uid}/">' in text
        assert f'id="{uid}"' in page(client, permalink.removeprefix(HOST).partition("#")[0])
        assert (
            consumers.bib(client.get(f"/claims/{uid}.bib").content)[f"militiadb-claim-{uid}"].fields["url"] == permalink
        )
