"""What is to be looked at again, in Chromium: within its width, nothing for axe to find, and worked by keyboard."""

import pytest

from profiles.editorial.capture import capture, raw_file
from profiles.models import Reanchoring, SecondLook, Source
from tests import cast, factory
from tests.editorial.test_reanchor import LATER, QUOTES

from .axe import in_both
from .pictures import screenshot

PAGES = (
    "/admin/passages/src-0001-v2/",
    "/admin/changed-claims/",
    "/admin/evidence/",
    "/admin/evidence/claims/",
    "/admin/",
)


@pytest.fixture
def open_desk(desk):
    """The desk once the article has a later version, and a claim other words over an old passage."""
    claims = [factory.make_claim(uid, quote=quote) for uid, quote in QUOTES.items()]
    factory.load(*claims, by=cast.editor())
    changed = factory.make_claim("rg-0004", "The River Guards are an armed movement of 2013.", quote=QUOTES["rg-0004"])
    factory.load(changed, by=cast.editor())
    capture(Source.objects.get(), raw_file(LATER.encode(), "page.txt"), by=cast.editor())
    return desk


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_desk):
    page = open_desk(cast.editor(), width=320)
    faults = {}
    for path in PAGES:
        page.goto(path)
        faults[path] = in_both(page)
    assert faults == {path: [] for path in PAGES}


def test_the_table_of_health_fits_beside_the_menu(open_desk):
    page = open_desk(cast.editor())
    for by in ("profile", "source"):
        page.goto(f"/admin/evidence/?by={by}")
        assert page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.desk-scroll'))") == 0
    screenshot(page, "health-1280")


def test_words_to_compare_are_never_cut(open_desk):
    page = open_desk(cast.editor(), width=320)
    page.goto(PAGES[0])
    cut = "all => all.filter((one) => one.scrollHeight - one.clientHeight > 1).length"
    assert page.locator(".desk-row-what :is(a, small)").evaluate_all(cut) == 0
    screenshot(page, "passages-320")


def test_a_later_version_is_worked_off_by_keyboard_alone(open_desk):
    page = open_desk(cast.editor())
    page.goto(PAGES[0])
    page.keyboard.press("a")
    page.wait_for_selector("text=2 citations pinned again")
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.wait_for_selector("text=1 citation pinned again")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("Cut for its length.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 citation kept where it is")
    assert not Reanchoring.objects.waiting().exists()
    page.goto(PAGES[1])
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_selector("text=its passages support it")
    assert SecondLook.objects.waiting().count() == 1
