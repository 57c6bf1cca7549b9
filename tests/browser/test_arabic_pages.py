"""The Arabic pages: valid, accessible, within their width, from right to left."""

import pytest

from tests import factory
from tests.views.test_arabic import HTML
from tests.world import world

from .axe import axe
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


@pytest.mark.parametrize(("width", "dark", "paths"), [(320, False, ARABIC), (1440, True, LOOKED_AT)])
def test_axe_finds_nothing_in_arabic_and_nothing_is_wider_than_the_screen(published, new_page, width, dark, paths):
    page = new_page(width=width, dark=dark)
    faults = {}
    for path in paths:
        assert page.goto(path).status == 200
        faults[path] = axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults[path].append(f"{wide} px wider than the screen")
    assert faults == {path: [] for path in paths}
