"""The desk's front page in Chromium: within its width, nothing for axe to find, and worked by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.editorial.review import open_review, send_back
from profiles.models import Look, Report, Review
from tests import cast, factory
from tests.editorial.test_queues import aged
from tests.world import world

from .axe import in_both

LONG = (
    "About the River Guards and the towns along the river nobody has said with any certainty what came of them since."
)


@pytest.fixture
def busy(transactional_db):
    """A desk at which something waits in every queue of an editor but one."""
    editor = cast.editor()
    factory.publish(*world())
    aged()
    factory.load(*(factory.make_claim(f"rg-{n}", f"{n}: {LONG}", citations=()) for n in range(1000, 1120)), by=editor)
    factory.load(factory.make_claim("rg-0200", "حراس النهر جماعة مسلحة"), by=None)
    factory.load(factory.make_claim("rg-0300"), by=cast.editor("omar"))
    send_back(open_review(["rg-1000"], by=editor), by=cast.reviewer(), note=LONG)
    for number, kind in enumerate(("correction", "objection", "objection")):
        due = timezone.now().date() + timedelta(days=20 * number - 30) if kind == "objection" else None
        naughty = "\u202e" + "z" + "\u0301" * 300 + "y" * 200
        Report.objects.create(kind=kind, claim="rg-0004", text=naughty, once=str(number), due=due)


@pytest.fixture
def open_desk(busy, new_page, enter):
    def open_for(user, **options):
        page = new_page(cookies=True, **options)
        enter(page, user)
        return page

    return open_for


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_desk):
    faults = []
    pages = ("/admin/", "/admin/waiting/own_drafts/", "/admin/waiting/stale_profiles/", "/admin/waiting/failed/")
    for user in (cast.editor(), cast.make_user("mina")):
        page = open_desk(user, width=320)
        for path in pages if user.username == "edith" else pages[:1]:
            page.goto(path)
            faults += [f"{path} {fault}" for fault in in_both(page)]
    page = open_desk(cast.editor(), width=320)
    page.goto("/admin/outside/")
    page.click("text=Look for them")
    page.wait_for_selector("text=rows are as the desk left them")
    faults += in_both(page)
    assert faults == []


def test_a_draft_is_put_up_and_a_profile_looked_over_by_keyboard_alone(open_desk):
    page = open_desk(cast.editor())
    page.goto("/admin/waiting/drafts/")
    page.focus("input[name=uid]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Untick what is to wait")
    page.focus("input[value='Put up for review']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*/change/")
    assert Review.objects.filter(state="open").count() == 1
    page.goto("/admin/#stale_profiles")
    page.focus("#stale_profiles button >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=kept that you looked it over")
    assert Look.objects.count() == 1
