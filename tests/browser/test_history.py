"""What was done, undone and taken down, at the desk in Chromium; and a stale save that loses nothing."""

import pytest

from profiles.editorial.edit import bring_in
from profiles.models import Revision
from tests import cast, factory

from .axe import axe, in_both

PAGE = "/admin/profiles/claim/rg-0002/change/"


def faults(page):
    return [fault for fault in axe(page) if "select2" not in fault]


@pytest.fixture
def worked(desk):
    """A claim published, reworded, and others brought in."""
    factory.load(factory.make_claim("rg-0002", "The Guards own a mill."), by=cast.editor())
    factory.publish()
    mills = factory.make_claim("rg-0002", "The Guards own two mills.", salt="1" * 32)
    bring_in([mills, factory.make_claim("rg-0003", "It floats.")], by=cast.editor("ed2"), reason="Counted.")
    return desk


def test_axe_finds_nothing_on_the_pages_of_history_and_taking_down(worked):
    page = worked(cast.editor(), width=320)
    number = Revision.objects.latest("pk").pk
    public = Revision.objects.get(pk=number).entries.get(uid="rg-0002").before
    found = {}
    for path in (
        "/admin/profiles/claim/rg-0002/history/", "/admin/profiles/group/rg/history/",
        "/admin/profiles/claim/rg-0002/provenance/", f"/admin/profiles/revision/{number}/change/",
        f"/admin/profiles/revision/{number}/undo/", f"/admin/profiles/revision/revert/rg-0002/{public}/",
        "/admin/profiles/publication/1/change/", "/admin/profiles/publication/take-down/retract/rg-0002/",
        "/admin/profiles/publication/take-down/withdraw/rg/", "/admin/profiles/publication/take-down/redact/rg-0002/",
        PAGE,
    ):  # fmt: skip
        page.goto(path)
        if path == PAGE:
            page.click("#correct > summary")
        found[path] = [fault for fault in in_both(page) if "select2" not in fault]
    assert found == {path: [] for path in found}


def test_an_import_is_undone_and_a_claim_corrected_by_hand(worked):
    page = worked(cast.editor())
    page.goto("/admin/profiles/group/rg/history/")
    page.click("text=Undo it >> nth=0")
    page.fill("#id_reason", "Counted wrong.")
    page.uncheck("input[value='rg-0002']")
    page.click("input[value='Do it']")
    page.wait_for_selector("text=1 document is as before.")
    page.goto(PAGE)
    page.click("#correct > summary")
    page.fill("#id_correction_note", "There are two.")
    page.click("input[name=_correct]")
    page.wait_for_selector("text=is open: a second person decides on it.")
    review = page.url
    other = worked(cast.reviewer())
    other.goto(review)
    assert "The Guards own" in other.content()


def test_a_stale_save_shows_both_and_keeps_what_was_typed(worked):
    ours, theirs = worked(cast.editor()), worked(cast.editor("edgar"))
    for page in (ours, theirs):
        page.goto(PAGE)
    theirs.fill("#id_statement", "The Guards own three mills.")
    theirs.fill("#id_reason", "Three.")
    theirs.click("input[name=_save]")
    theirs.wait_for_url("**/group/rg/change/#rg-0002")
    ours.fill("#id_statement", "The Guards own four mills.")
    ours.fill("#id_reason", "Four.")
    with ours.expect_response("**/rg-0002/change/") as answer:
        ours.click("input[name=_save]")
    assert answer.value.status == 409
    ours.wait_for_selector("text=Somebody has saved this since you opened it")
    told = ours.inner_text(".desk-beside")
    assert [f"own {n} mills" in told for n in ("two", "three", "four")] == [True] * 3
    assert ours.input_value("#id_statement") == "The Guards own four mills."
    assert ours.input_value("#id_reason") == "Four."
    assert faults(ours) == []
