"""What a publication renders: the pages of its editions, and of those that print what it changes."""

import pytest
from django.core.management import call_command

from profiles.models import Address, Body, Entry, Facet, Mention, OldSlug, PublishedCitation, PublishedClaim, Spelling
from tests import factory

pytestmark = pytest.mark.django_db


def etags():
    return dict(Address.objects.values_list("path", "etag"))


def ties():
    """The River Guards, and Salim Nasser who leads them."""
    return [
        *factory.make_ground(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002",
            "An article of May 2024 says that Salim Nasser leads the River Guards.",
            kind="membership",
            topic="roles",
            aspect="leads",
            about="rg",
            role="leader",
            quote="They are led by Salim Nasser",
        ),
    ]


def rename(label="Guards of the River", slug="guards-of-the-river"):
    return [
        factory.make_group("rg", label, slug),
        factory.make_name("rg-0001", label, quote="The River Guards"),
    ]


def test_a_profile_is_stored_as_html_and_json():
    factory.publish(*ties())
    assert sorted(etags()) == [
        "/groups/river-guards.json",
        "/groups/river-guards/",
        "/people/salim-nasser.json",
        "/people/salim-nasser/",
    ]


def test_a_rename_makes_the_pages_that_print_the_name_again(client):
    factory.publish(*ties())
    before = etags()
    factory.publish(*rename(), kind="update")
    after = etags()
    changed = sorted(path for path in after if after[path] != before.get(path))
    assert changed == [
        "/groups/guards-of-the-river.json",
        "/groups/guards-of-the-river/",
        "/groups/river-guards.json",
        "/groups/river-guards/",
        "/people/salim-nasser.json",
        "/people/salim-nasser/",
    ]
    assert b"Guards of the River" in client.get("/people/salim-nasser/").content
    moved = client.get("/groups/river-guards/")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/guards-of-the-river/")
    moved = client.get("/groups/river-guards.json")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/guards-of-the-river.json")
    moved = client.get("/groups/river-guards/editions/1/")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/guards-of-the-river/editions/1/")


def test_a_slug_that_is_taken_back_redirects_no_more(client):
    factory.publish(*ties())
    factory.publish(*rename(), kind="update")
    factory.publish(*rename("River Guards", "river-guards"), kind="update")
    assert client.get("/groups/river-guards/").status_code == 200
    moved = client.get("/groups/guards-of-the-river/")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/river-guards/")
    assert list(OldSlug.objects.values_list("slug", flat=True)) == ["guards-of-the-river"]


def test_what_a_publication_does_not_touch_keeps_its_bytes():
    factory.publish(
        *ties(), factory.make_group("hb", "Harbour Brigade"), factory.make_name("hb-0001", "Harbour Brigade")
    )
    before = etags()
    factory.publish(
        factory.make_claim("hb-0002", "An article calls the Harbour Brigade an armed group."), kind="update"
    )
    after = etags()
    assert sorted(path for path in after if after[path] != before[path]) == [
        "/groups/harbour-brigade.json",
        "/groups/harbour-brigade/",
    ]


def test_no_body_is_kept_that_no_address_needs():
    factory.publish(*ties())
    factory.publish(*rename(), kind="update")
    assert set(Body.objects.values_list("etag", flat=True)) == set(etags().values())


def everything():
    """All derived rows, without the numbers that the database gives."""
    tables = (Entry, Facet, Spelling, PublishedClaim, Address, Body, Mention, OldSlug)
    rows = {
        table.__name__: sorted(
            repr({name: value for name, value in row.items() if name != "id"}) for row in table.objects.values()
        )
        for table in tables
    }
    citations = PublishedCitation.objects.values("uid", "claim__uid", "claim__from_publication", "source", "voice")
    return {**rows, "PublishedCitation": sorted(map(repr, citations))}


def test_rebuilding_leaves_the_same_rows_and_etags():
    factory.publish(*ties())
    factory.publish(
        factory.make_claim("rg-0002", "An article of May 2024 calls the River Guards a group."), kind="update"
    )
    factory.publish(*rename(), kind="update")
    factory.publish(factory.make_claim("rg-0002", "An article calls the River Guards a militia."), kind="correction")
    before = everything()
    assert all(before.values())
    call_command("rebuild_published", verbosity=0)
    assert everything() == before


def test_a_changed_claim_closes_its_row_and_keeps_it():
    factory.publish(*ties(), factory.make_claim("rg-0002", "An article of May 2024 calls the River Guards a group."))
    factory.publish(factory.make_claim("rg-0002", "An article calls the River Guards a militia."), kind="correction")
    rows = PublishedClaim.objects.filter(uid="rg-0002").order_by("from_publication")
    assert list(rows.values_list("statement", "from_publication", "to_publication")) == [
        ("An article of May 2024 calls the River Guards a group.", 1, 2),
        ("An article calls the River Guards a militia.", 2, None),
    ]
