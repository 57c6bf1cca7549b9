"""A review in Chromium: decided by keyboard alone, without scripts, narrow and dark, with nothing for axe to find."""

import pytest

from profiles.editorial.review import open_review
from profiles.models import Decision
from profiles.models.editions import published_digests
from tests import cast, factory

from .axe import in_both


@pytest.fixture
def review(transactional_db, desk):
    factory.load(
        factory.make_claim("rg-0002", "The article gives them about 2,000 fighters.", quote="about 2,000 fighters"),
        factory.make_claim("rg-0003", "The article says that 3 towns know them.", quote="in the town of Marwa"),
        factory.make_claim("rg-0004", "An article calls them an armed group."),
        by=cast.editor(),
    )
    uids = ["rg", "rg-0001", "rg-0002", "rg-0003", "rg-0004", "src-0001", "src-0001-v1"]
    return open_review(uids, by=cast.editor(), kind="new")


def address(review):
    return f"/admin/profiles/review/{review.pk}/change/"


def verdicts():
    return list(Decision.objects.order_by("pk").values_list("uid", "verdict", "comment"))


def test_a_reviewer_decides_by_keyboard_alone(desk, review):
    page = desk(cast.reviewer())
    page.goto(address(review))
    page.keyboard.press("n")
    page.wait_for_url("**#rg-0002")
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.id") == "comment-rg-0002"
    page.keyboard.type("It says nearly.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#rg-0003")
    page.keyboard.press("s")
    page.wait_for_url("**#review-bar")
    assert verdicts() == [("rg-0002", "does_not", "It says nearly."), ("rg-0003", "supports", "")]
    assert page.is_disabled("input[value='Approve and publish']")
    page.goto(f"{address(review)}#rg-0002")
    page.keyboard.press("s")
    page.wait_for_selector("text=2 of 2 decided")
    page.wait_for_selector("input[value='Approve and publish']:enabled")
    page.keyboard.press("Alt+p")
    page.wait_for_selector("text=Published: publication 1.")
    assert {"rg-0002", "rg-0003", "rg-0004"} <= published_digests().keys()


def test_it_works_without_scripts(desk, review):
    page = desk(cast.reviewer(), javascript=False)
    page.goto(address(review))
    page.click("#rg-0002 button[value=supports]")
    page.wait_for_url("**#rg-0003")
    page.fill("#comment-rg-0003", "It names one town.")
    page.click("#rg-0003 button[value=does_not]")
    page.wait_for_url("**#review-bar")
    assert [verdict for _, verdict, _ in verdicts()] == ["supports", "does_not"]
    page.click(".review-more summary")
    page.click("input[value='Send back']")
    page.wait_for_selector("text=Sent back.")
    opener = desk(cast.editor(), javascript=False)
    opener.goto(address(review))
    opener.click(".review-refused a:has-text('rg-0003')")
    opener.wait_for_url("**/claim/rg-0003/change/")


def test_axe_finds_nothing_and_nothing_is_too_wide(desk, review):
    page = desk(cast.reviewer(), width=320)
    page.goto(address(review))
    page.click(".review-more summary")
    assert in_both(page) == []
