"""Staging in Chromium: two rows wrong, mended, looked at, accepted; by keyboard alone; axe finds nothing."""

import pytest

from profiles.models import Capture, Claim, Stage
from tests import cast, factory
from tests.exchange.test_staging import FOUNDED, line, table, twelve

from .axe import in_both
from .pictures import screenshot


@pytest.fixture
def desk(transactional_db, new_page, enter):
    """A page of the editor's, signed in."""
    factory.load(*factory.make_ground(), factory.make_person(), factory.make_speaker(), by=cast.editor())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)

    def open_page(**options):
        page = new_page(cookies=True, **options)
        enter(page, cast.editor())
        return page

    return open_page


def upload(page, tmp_path, rows):
    path = tmp_path / "claims.csv"
    path.write_bytes(table(*rows)[1].getvalue())
    page.goto("/admin/profiles/stage/add/")
    page.set_input_files("#id_files", path)
    page.fill("#id_reason", "Twelve claims of the article.")


def test_twelve_claims_by_keyboard_alone(desk, tmp_path):
    page = desk()
    rows = twelve()
    upload(
        page, tmp_path, [*rows[:3], {**rows[3], "aspect": "purposes"}, {**rows[4], "quote": "Not there."}, *rows[5:]]
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("text=2 wrong: nothing was staged")
    assert page.locator("#content-main tbody tr").count() == 2
    upload(page, tmp_path, rows)
    sent = """form => {
        const sent = [];
        form.addEventListener("submit", (event) => { sent.push(!event.defaultPrevented); event.preventDefault(); });
        form.requestSubmit();
        form.requestSubmit();
        return [sent, form.innerText.includes("Reading the files")];
    }"""
    assert page.locator("#stage_form").evaluate(sent) == [[True, False], True]
    upload(page, tmp_path, rows)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=12 new, 0 as the drafts have them")
    box = page.locator("input[value='rg-0004']")
    box.focus()
    page.keyboard.press("Space")
    assert not box.is_checked()
    page.locator("input[value='Accept what is ticked']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Accepted as drafts: 11 new")
    assert (Claim.objects.count(), Stage.objects.latest("pk").rows.waiting().get().uid) == (12, "rg-0004")


def test_axe_finds_nothing_on_the_pages_of_staging(desk, tmp_path):
    factory.publish()
    factory.load(factory.make_claim("rg-0002", "The River Guards are one."), by=cast.editor())
    page = desk(width=360)
    found = {}

    def look(name):
        found[name] = in_both(page, look=lambda way: screenshot(page, f"staging-{name}-{way}"))

    upload(page, tmp_path, [line(aspect="purposes"), line(quote="Not there.")])
    look("upload")
    with page.expect_navigation():
        page.click("input[value='Read the files']")
    look("report")
    changed = {"uid": "rg-0002", "statement": "The River Guards are two.", "version": "src-0001", "quote": FOUNDED}
    upload(page, tmp_path, [line(), changed, {"uid": "rg-0001", "scope": "in Marwa"}])
    with page.expect_navigation():
        page.click("input[value='Read the files']")
    look("diff")
    with page.expect_navigation():
        page.click("input[name='all']")
    look("accepted")
    page.goto("/admin/profiles/stage/")
    look("list")
    assert {name: faults for name, faults in found.items() if faults} == {}
