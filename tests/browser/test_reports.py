"""A reader reports an error in Chromium, without JavaScript and cookies; the desk closes the report."""

import pytest

from profiles.models import Report
from profiles.views import report_form
from tests import cast, factory
from tests.world import world

from .axe import in_both
from .vnu import validate_html

PAGE = "/claims/rg-0004/report/"


@pytest.fixture
def published(transactional_db, monkeypatch):
    factory.publish(*world())
    monkeypatch.setattr(report_form, "QUICKEST", -1)


def test_a_reader_without_javascript_mends_what_is_wrong_and_sends(published, new_page):
    page = new_page(width=320, javascript=False)
    page.goto("/groups/river-guards/")
    page.click("#rg-0004 >> text=report")
    page.wait_for_url(f"**{PAGE}")
    page.fill("#text", "There were 3,000 fighters, not 2,000.")
    page.fill("#link", "nowhere at all")
    page.click("text=Send to the desk")
    page.wait_for_selector("text=This is no web address")
    assert page.input_value("#text") == "There were 3,000 fighters, not 2,000."
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.fill("#link", "example.org/count")
    page.click("text=Send to the desk")
    page.wait_for_selector("h1:has-text('Your message is with the desk')")
    report = Report.objects.get()
    assert (report.claim, report.kind, report.link) == ("rg-0004", "correction", "https://example.org/count")


def test_axe_finds_nothing_in_a_form_with_errors(published, new_page):
    page = new_page(width=320)
    page.goto(f"{PAGE}?kind=objection")
    assert page.is_checked("input[value=objection]")
    page.fill("#text", "x" * 5_200)
    page.fill("#link", "nowhere at all")
    page.click("text=Send to the desk")
    page.wait_for_selector("text=5200 characters, and 5000 are the most.")
    assert in_both(page) == []


def test_the_html_of_a_form_with_errors_is_valid(published, client, java):
    naughty = '"><b>"\' &amp; </textarea>'
    answer = client.post(PAGE, {"kind": "no", "text": "", "evidence": naughty, "link": naughty, "token": "no"})
    assert answer.status_code == 400
    assert validate_html({"a form with errors": answer.content.decode()}) == []


def test_an_editor_goes_to_the_claim_and_closes_the_report(published, new_page, enter):
    kept = Report.objects.create(
        kind="objection", claim="rg-0004", text="It was " + "ا" * 300, evidence="A\u202eB", contact="me@example.org",
        link="https://example.org/" + "y" * 300, once="1", due="2020-01-01",
    )  # fmt: skip
    page = new_page(cookies=True)
    enter(page, cast.editor())
    page.goto("/admin/profiles/report/")
    faults = in_both(page)
    page.click(f"text=Report {kept.pk}")
    page.wait_for_selector("text=overdue")
    faults += in_both(page)
    page.click("text=rg-0004: open the claim")
    page.wait_for_url("**/admin/profiles/claim/rg-0004/change/")
    page.go_back()
    page.fill("#id_answer", "Written to, nothing was wrong.")
    page.click("text=Close: declined")
    page.wait_for_selector(f"text=Report {kept.pk} is closed.")
    assert faults == []
    kept.refresh_from_db()
    assert (kept.state, kept.contact) == ("declined", "")
