"""Footnotes beside their marks: by pointer and by keys, gone at Escape, hidden from what reads aloud."""

import pytest
from playwright.sync_api import expect

from tests import factory
from tests.world import world

from .axe import axe


@pytest.fixture
def published(transactional_db):
    factory.publish(*world())


def test_a_note_shows_beside_its_mark_and_goes_at_escape(published, new_page):
    page = new_page(width=320)
    page.goto("/groups/river-guards/")
    mark, shown = page.locator(".marks a").first, page.locator(".note-preview")
    expect(shown).to_be_hidden()
    mark.hover()
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("Who are the River Guards?")
    # A name stands apart from the direction of its line; there is nothing to follow or to aim at.
    assert shown.locator("p").first.evaluate("it => [it.dir, it.querySelectorAll('bdi').length > 0]") == ["", True]
    assert shown.locator("a, [id]").count() == 0
    assert axe(page) == []
    box = shown.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    page.keyboard.press("Tab")
    mark.focus()
    expect(shown).to_be_visible()
    page.keyboard.press("Enter")
    expect(shown).to_be_hidden()
    assert page.locator("ol.notes > li:target").count() == 1
