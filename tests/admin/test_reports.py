"""The desk reads what readers report: one click to the claim, one to close it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.models import Report
from profiles.models.editions import published_digests
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.editorial.test_reports import make_report

pytestmark = pytest.mark.django_db
NAUGHTY = '<script>alert(1)</script> \u202e"><b>bold</b> {{ 7|add:"1" }} {% now "Y" %}' + "a" + "\u0301" * 2_000


def address(report):
    return f"/admin/profiles/report/{report.pk}/change/"


def test_the_page_leads_to_the_claim_and_shows_what_the_reader_saw(public, desk):
    sha = published_digests(["rg-0001"])["rg-0001"]
    report = make_report("objection", "rg-0001", contact="me@example.org")
    Report.objects.update(sha256=sha)
    page = desk.get(address(report)).content.decode()
    for wanted in (
        'href="/admin/profiles/claim/rg-0001/change/"',
        'href="/claims/rg-0001/"',
        "One name in use is River Guards.",
        "me@example.org",
        "It was not so.",
    ):
        assert wanted in page, wanted
    assert "published in another state" not in page
    factory.publish(factory.make_name(statement="A name in use is River Guards."), kind="correction", note="Put right.")
    assert "published in another state" in desk.get(address(report)).content.decode()


def test_a_press_closes_it_and_the_way_to_the_sender_is_gone(public, desk):
    report = make_report(claim="rg-0001", contact="me@example.org")
    answer = desk.post(address(report), {"state": "answered", "answer": "Corrected in publication 2."})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    page = desk.get(address(report)).content.decode()
    assert "me@example.org" not in page and "Corrected in publication 2." in page and "Close it" not in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"state": "answered", "answer": " "}, "Say what came of it."),
        ({"state": "open", "answer": "So."}, "Select a valid choice"),
        ({"state": "declined", "answer": "x" * 5_001}, "5001 characters, and 5000 are the most."),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_and_it_stays_open(public, desk, typed, told):
    report = make_report(claim="rg-0001")
    answer = desk.post(address(report), typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert typed["answer"].strip() in page
    if typed["state"] != "open":
        assert told in page
    report.refresh_from_db()
    assert report.state == "open"


def test_who_comes_second_keeps_what_was_typed(public, desk, review_desk):
    report = make_report(claim="rg-0001")
    assert review_desk.post(address(report), {"state": "declined", "answer": "Not so."}).status_code == 302
    answer = desk.post(address(report), {"state": "answered", "answer": "My careful answer."})
    assert answer.status_code == 409
    assert "Somebody has closed this report meanwhile." in answer.content.decode()


def test_words_of_strangers_do_not_break_out(public, desk):
    report = make_report(
        claim="rg-0001", text=NAUGHTY, evidence=NAUGHTY, link="https://x.example/?<b>", contact=NAUGHTY[:300]
    )
    for page in (address(report), "/admin/profiles/report/", "/admin/"):
        answer = desk.get(page)
        assert answer.status_code == 200
        told = answer.content.decode()
        assert [
            wrong
            for wrong in ("<script>alert", "<b>bold", "x.example/?<b>", 'href="https://x.example')
            if wrong in told
        ] == []


def test_the_list_finds_filters_and_declines(public, desk, django_assert_num_queries):
    late = make_report("objection", "rg-0001", text="A late one about the weir.")
    Report.objects.update(due=timezone.now().date() - timedelta(days=2))
    for _ in range(2):
        make_report(claim="rg-0001")
    found = {
        query: re.findall(r"Report (\d+)</a>", desk.get(f"/admin/profiles/report/?{query}").content.decode())
        for query in ("", "overdue=1", "q=weir", "kind__exact=objection", "state__exact=declined")
    }
    assert {query: len(rows) for query, rows in found.items()} == {
        "": 3, "overdue=1": 1, "q=weir": 1, "kind__exact=objection": 1, "state__exact=declined": 0,
    }  # fmt: skip
    assert found[""][0] == str(late.pk)
    chosen = {"action": "decline", "_selected_action": [report.pk for report in Report.objects.all()]}
    assert desk.post("/admin/profiles/report/", chosen).status_code == 302
    assert set(Report.objects.values_list("state", "answer")) == {("declined", "Not about the claim.")}


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_list_asks_the_same_of_the_database_however_long_it_is(public, desk, number, django_assert_num_queries):
    Report.objects.bulk_create(
        Report(kind="correction", claim="rg-0001", text="So.", once=str(i)) for i in range(number)
    )
    with django_assert_num_queries(6):
        assert desk.get("/admin/profiles/report/").status_code == 200


def test_a_contributor_sees_no_report(public):
    report = make_report(claim="rg-0001", text="For the desk alone.")
    client = signed_in(cast.make_user("carl", "contributor"))
    assert [client.get(page).status_code for page in (address(report), "/admin/profiles/report/")] == [403, 403]
    assert "report" not in re.sub(r"Report an", "", client.get("/admin/").content.decode()).lower()
