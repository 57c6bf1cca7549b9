"""The Arabic pages: valid, accessible, within their width, from right to left."""

import pytest

from tests import factory
from tests.views.test_arabic import HTML
from tests.world import world

from .axe import axe, in_both, too_wide, too_wide_unfolded
from .vnu import validate_html

ARABIC = [f"/ar{path}" for path in HTML]
LOOKED_AT = ["/ar/", "/ar/groups/river-guards/", "/ar/groups/", "/ar/compare/?with=river-guards&with=harbour-brigade"]


@pytest.fixture
def published(transactional_db):
    factory.publish(*world())


@pytest.mark.django_db
def test_the_html_of_every_arabic_page_is_valid(client, java):
    factory.publish(*world())
    pages = {path: client.get(path).content.decode() for path in [*ARABIC, "/ar/claims/rg-0004/report/"]}
    assert validate_html(pages) == []


@pytest.mark.parametrize("part", [0, 1])
def test_axe_finds_nothing_in_arabic_and_nothing_is_wider_than_the_screen(published, new_page, part):
    page = new_page(width=320)
    faults = {}
    for path in ARABIC[part::2]:
        assert page.goto(path).status == 200
        faults[path] = in_both(page, 1440) if path in LOOKED_AT else axe(page) + too_wide(page)
        faults[path] += too_wide_unfolded(page)
    assert faults == {path: [] for path in ARABIC[part::2]}
