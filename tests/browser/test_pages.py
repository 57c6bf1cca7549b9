"""Every type of public page: valid, accessible, within its width, in light and dark."""

import pytest

from tests import factory
from tests.world import FORMS, PAGES, world

from .axe import in_both, too_wide_unfolded
from .vnu import validate_html

HTML = [path for path in [*PAGES, *FORMS] if path.partition("?")[0].endswith("/")]
NOWHERE = "/groups/nowhere/"


@pytest.fixture
def published(transactional_db):
    factory.publish(*world())


@pytest.mark.django_db
def test_the_html_of_every_page_is_valid(client, java):
    factory.publish(*world())
    pages = {path: client.get(path).content.decode() for path in [*HTML, NOWHERE]}
    assert validate_html(pages) == []


@pytest.mark.parametrize("part", [0, 1])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(published, new_page, part):
    page = new_page(width=320)
    faults = {}
    for path in [*HTML, NOWHERE][part::2]:
        assert page.goto(path).status == (404 if path == NOWHERE else 200)
        faults[path] = in_both(page, 1440) + too_wide_unfolded(page)
    assert faults == {path: [] for path in faults}


def test_every_page_reads_without_javascript(published, new_page):
    page = new_page(javascript=False)
    for path in HTML:
        assert page.goto(path).status == 200
        assert page.locator("main h1").count() == 1


def test_a_footnote_is_one_keystroke_away_and_back(published, new_page):
    page = new_page()
    page.goto("/groups/river-guards/")
    mark = page.locator(".marks a").first
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator("ol.notes > li:target")
    assert note.count() == 1
    note.locator("a[href^='#']").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".marks a:target").count() == 1
