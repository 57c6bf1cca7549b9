"""The search box: names are suggested while one types, by keys alone; without JavaScript the form works."""

import pytest

from tests import factory
from tests.world import world

from .axe import axe


@pytest.fixture
def published(transactional_db):
    factory.publish(*world())


def suggestions(page):
    """The names that are shown; the options of a list's order are others."""
    return page.get_by_role("listbox", name="Suggested names").get_by_role("option")


def test_a_suggested_name_is_chosen_by_keys(published, new_page):
    page = new_page()
    page.goto("/groups/")
    page.locator("#site-q").press_sequentially("salm nas")
    option = suggestions(page)
    option.first.wait_for()
    assert option.all_inner_texts() == ["Salim Nasser person"]
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    assert page.locator("#site-q").get_attribute("aria-activedescendant") == "site-q-suggestions-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/salim-nasser/")


def test_enter_without_a_choice_searches_and_escape_closes(published, new_page):
    page = new_page()
    page.goto("/")
    page.locator("#q").press_sequentially("River")
    suggestions(page).first.wait_for()
    page.keyboard.press("Escape")
    assert suggestions(page).count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=River")
    assert page.locator(".found h3 a").first.inner_text() == "River Guards"


def test_the_form_works_without_javascript(published, new_page):
    page = new_page(width=320, javascript=False)
    page.goto("/groups/")
    page.fill("#site-q", "حراس النهر")
    page.click(".site-search button")
    assert page.locator(".found h3 a").first.inner_text() == "River Guards"
