"""Stored pages made again are what they were, and a page of older code is made anew."""

import pytest
from django.core.management import call_command

from profiles.editorial.take_down import withdraw
from profiles.models.projection import Page, write_pages
from profiles.models.published import Address, Body, Entry, Mention
from profiles.reading import render
from profiles.reading.pages import project
from tests import cast, factory
from tests.world import world

pytestmark = pytest.mark.django_db


def stored():
    return (
        sorted(Address.objects.values_list("path", "etag", "status", "publication")),
        sorted(Body.objects.values_list("etag", flat=True)),
        sorted(Mention.objects.values_list("profile", "path")),
    )


@pytest.mark.parametrize("batch", [1, 200])
def test_all_pages_are_made_as_publications_made_them(monkeypatch, capsys, batch):
    factory.publish(*world())
    withdraw("hb", by=cast.reviewer(), reason="Named in error.", project=project)
    before = stored()
    write_pages([Page("/groups/river-guards/", 200, {}, b"of older code")])
    assert stored() != before
    monkeypatch.setattr(render, "BATCH", batch)
    call_command("render_pages", dry_run=True)
    assert stored() != before
    call_command("render_pages")
    assert stored() == before
    assert capsys.readouterr().out == (
        "The pages of 3 profiles would be made again.\nMade the pages of 3 profiles again.\n"
    )
    assert Entry.objects.count() == 3
