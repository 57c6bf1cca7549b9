"""What would stop a claim, told on its own page: readable, without fault, and mended with one button."""

import os

import pytest

from profiles.editorial.mapping import read_rows
from tests import cast, factory

from .axe import axe

CLAIM = "/admin/profiles/claim/rg-0002/change/"
PROFILE = "/admin/profiles/group/rg/change/"


def founded(uid, when):
    told = f"The River Guards were founded in {when}, and Salim Nasser ordered it, it is told."
    return factory.make_claim(
        uid, told, when=when, topic="origins", aspect="founded", sense="happened", voice="reported"
    )


@pytest.mark.parametrize("options", [{"dark": True}, {"width": 320}], ids=["dark", "narrow"])
def test_axe_finds_nothing_in_what_would_stop_a_claim(desk, options):
    factory.load(founded("rg-0002", "2013"), founded("rg-0003", "2017"), by=cast.editor())
    page = desk(cast.editor(), **options)
    for name, address in (("claim", CLAIM), ("profile", PROFILE)):
        page.goto(address)
        page.wait_for_selector(".desk-checks")
        assert [fault for fault in axe(page) if "select2" not in fault] == []
        box = page.locator(".desk-checks").bounding_box()
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        tools = page.locator(".object-tools").bounding_box()
        assert box["y"] + box["height"] <= tools["y"], "the links stand on the box"
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{'-'.join(map(str, options)) or 'light'}.png")


def test_a_conflict_is_linked_with_one_button_without_javascript(desk):
    factory.load(founded("rg-0002", "2013"), founded("rg-0003", "2017"), by=cast.editor())
    page = desk(cast.editor(), javascript=False)
    page.goto(PROFILE)
    page.click("text=Link rg-0002 and rg-0003 as a conflict")
    page.wait_for_selector("text=rg-0002 and rg-0003 are linked")
    assert page.locator(".desk-checks").count() == 0
    assert read_rows(["rg-0003"])["rg-0003"].conflicts_with == ("rg-0002",)
