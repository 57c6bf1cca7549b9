"""The keys of the desk, as a page declares them in markup."""

from pathlib import Path

import pytest
from django.conf import settings

from tests import cast

from .axe import axe

MARKUP = """
<style>section { height: 700px } .keys-dialog { width: 20rem }</style>
<button data-keys-list data-key="?" data-key-help="This list" hidden>Keys</button>
<button data-key="s" onclick="log('save')">Save it</button>
<button data-key="x" disabled onclick="log('never')">Never</button>
<input type="submit" data-key="Ctrl+Enter" value="Send" onclick="log('send')">
<details><summary>More</summary><input id="inner" data-key="m Alt+m" data-key-help="More words"></details>
<section data-key-item id="a"><button data-key="y" data-key-help="Yes" onclick="log('yes a')">Y</button></section>
<section data-key-item id="b"><button data-key="y" data-key-help="Yes" onclick="log('yes b')">Y</button></section>
<script>window.done = []; function log(word) { window.done.push(word) }</script>
"""


@pytest.fixture
def page(new_page):
    page = new_page()
    page.set_content(MARKUP)
    page.add_script_tag(content=Path(settings.BASE_DIR / "static/js/keys.js").read_text())
    return page


def done(page):
    return page.evaluate("window.done.splice(0)")


def test_a_key_clicks_what_declares_it(page):
    for key in ("s", "x", "Control+Enter", "Meta+Enter", "q"):
        page.keyboard.press(key)
    assert done(page) == ["save", "send", "send"]


def test_single_keys_are_typed_within_fields_and_others_act(page):
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.id") == "inner"
    page.keyboard.type("sx?")
    page.keyboard.press("Control+Enter")
    assert (page.input_value("#inner"), done(page)) == ("sx?", ["send"])


def test_a_key_of_an_item_acts_on_the_current_one(page):
    page.keyboard.press("y")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("y")
    page.keyboard.press("k")
    page.keyboard.press("y")
    assert done(page) == ["yes a", "yes b", "yes a"]


def test_the_list_names_each_key_once(page):
    page.keyboard.press("?")
    told = page.locator("dialog dl > div").evaluate_all(
        "lines => lines.map(one => [one.querySelector('dt').textContent, one.querySelector('dd').textContent])"
    )
    assert told == [
        ["?", "This list"],
        ["s", "Save it"],
        ["Ctrl+Enter", "Send"],
        ["m", "More words"],
        ["Alt+m", "More words"],
        ["y", "Yes"],
        ["j", "Next item"],
        ["k", "Item before"],
    ]
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    assert (done(page), page.locator("dialog").count()) == ([], 0)


def test_single_keys_can_be_turned_off(desk):
    page = desk(cast.editor())
    page.goto("/admin/profiles/claim/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "searchbar"
    page.click("text=Keys")
    page.uncheck("dialog input")
    page.keyboard.press("Escape")
    page.reload()
    page.click("h1")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "searchbar"
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_the_list(desk, dark):
    page = desk(cast.editor(), dark=dark, width=320)
    page.goto("/admin/profiles/claim/")
    page.click("text=Keys")
    assert axe(page, runOnly=["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
