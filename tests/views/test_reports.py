"""Readers report errors without an account, a cookie or a trace of who they are; nothing that they typed is lost."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from profiles.editorial.take_down import redact, withdraw
from profiles.models import AuditEntry, Report
from profiles.models.published import Address
from profiles.reading.pages import project
from profiles.views import report_form
from tests import cast, factory
from tests.world import PAGES, world

pytestmark = pytest.mark.django_db
PAGE = "/claims/rg-0003/report/"
TYPED = {
    "kind": "correction",
    "text": "It was founded in 2012, not around 2013.",
    "evidence": "Its own statute, article 1.",
    "link": "example.org/statute",
    "contact": "",
}


@pytest.fixture
def published():
    factory.publish(*world())


@pytest.fixture
def at_once(monkeypatch):
    """Nobody has to wait before sending."""
    monkeypatch.setattr(report_form, "QUICKEST", -1)


@pytest.fixture
def reader(published, at_once):
    """A reader whose requests are checked for CSRF as a browser's are."""
    return Client(enforce_csrf_checks=True)


def token(client, page=PAGE):
    return re.search(r'name="token" value="([^"]+)"', client.get(page).content.decode())[1]


def send(client, page=PAGE, **changed):
    return client.post(page, {**TYPED, "token": token(client, page), **changed})


def test_a_correction_reaches_the_desk_and_the_reader_is_told(reader):
    answer = send(reader)
    assert (answer.status_code, answer["Location"]) == (303, "/claims/rg-0003/report/sent/")
    assert "Your message is with the desk" in reader.get(answer["Location"]).content.decode()
    report = Report.objects.get()
    assert (report.kind, report.claim, report.state, report.due, report.contact) == (
        "correction", "rg-0003", "open", None, "",
    )  # fmt: skip
    assert (report.text, report.evidence, report.link) == (
        TYPED["text"],
        TYPED["evidence"],
        "https://example.org/statute",
    )


def test_an_objection_is_due_so_many_days_from_its_receipt(reader, settings):
    settings.OBJECTION_DUE_DAYS = 14
    assert "within 14 days" in reader.get(f"{PAGE}?kind=objection").content.decode()
    assert send(reader, kind="objection", contact="lawyer@example.org").status_code == 303
    report = Report.objects.get()
    assert (report.kind, report.contact) == ("objection", "lawyer@example.org")
    assert report.due == (report.received + timedelta(days=14)).date()


def test_nothing_of_the_reader_is_kept_and_no_cookie_is_set(reader):
    answer = reader.post(
        PAGE,
        {**TYPED, "token": token(reader)},
        REMOTE_ADDR="198.51.100.7",
        HTTP_X_FORWARDED_FOR="198.51.100.7",
        HTTP_USER_AGENT="Lantern/7",
    )
    pages = [reader.get(path) for path in (PAGE, "/claims/rg-0003/report/sent/")]
    assert [page.status_code for page in (answer, *pages)] == [303, 200, 200]
    assert [page.cookies for page in (answer, *pages)] == [{}, {}, {}]
    kept = str(Report.objects.values())
    assert [word for word in ("198.51", "Lantern") if word in kept] == []
    assert {field.name for field in Report._meta.fields} == {
        "id", "kind", "claim", "sha256", "text", "evidence", "link", "contact", "once", "received", "due", "state",
        "answer", "handled_by", "handled_at",
    }  # fmt: skip
    assert "no-store" in pages[0]["Cache-Control"]


def test_no_public_page_tells_of_a_report_or_is_made_again_for_one(reader):
    before = list(Address.objects.order_by("path").values_list("path", "etag"))
    send(reader, text="Whispered to the desk.")
    pages = {path: reader.get(path) for path in [*PAGES, PAGE, "/claims/rg-0003/report/sent/"]}
    assert [path for path, page in pages.items() if "Whispered" in page.content.decode()] == []
    assert [path for path, page in pages.items() if page.cookies] == []
    assert list(Address.objects.order_by("path").values_list("path", "etag")) == before


def test_every_claim_on_a_profile_leads_to_its_report(reader):
    page = reader.get("/groups/river-guards/").content.decode()
    claims = set(re.findall(r'aria-label="Claim ([a-z0-9-]+)"', page))
    assert claims == set(re.findall(r'href="/claims/([a-z0-9-]+)/report/"', page)) != set()
    assert f'href="{PAGE}"' in reader.get("/claims/rg-0003/").content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": ""}, "Say what is wrong, or what you object to."),
        ({"text": " \n "}, "Say what is wrong, or what you object to."),
        ({"text": "x" * 5_007}, "5007 characters, and 5000 are the most."),
        ({"evidence": "y" * 6_000}, "6000 characters, and 5000 are the most."),
        ({"contact": "z" * 301}, "301 characters, and 300 are the most."),
        ({"link": "javascript:alert(1)"}, "This is no web address"),
        ({"link": "by word of mouth"}, "This is no web address"),
        ({"kind": "praise"}, "Choose one of the two."),
        ({"kind": ""}, "Choose what kind of message it is."),
        ({"website": "https://spam.example"}, "A hidden field was filled in"),
        ({"token": ""}, "This form has lain open for more than a day, or is not ours."),
        ({"token": "rg-0003:made-up:1:x"}, "This form has lain open for more than a day, or is not ours."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(reader, changed, told):
    answer = send(reader, **changed)
    page = answer.content.decode()
    assert (answer.status_code, Report.objects.count()) == (400, 0)
    assert told in page
    for name in ("text", "evidence", "contact", "link"):
        assert {**TYPED, **changed}[name] in page.replace("&lt;", "<")


def test_a_form_of_another_claim_or_of_yesterday_is_not_taken(reader, monkeypatch):
    other = token(reader, "/claims/rg-0004/report/")
    assert send(reader, token=other).status_code == 400
    old = token(reader)
    monkeypatch.setattr(report_form, "OLDEST", -1)
    monkeypatch.setattr(report_form.opened, "__defaults__", (-1,))
    assert send(reader, token=old).status_code == 400
    assert Report.objects.count() == 0


def test_what_is_sent_faster_than_anybody_writes_is_sent_again_with_the_same_form(published):
    reader = Client(enforce_csrf_checks=True)
    first = token(reader)
    page = reader.post(PAGE, {**TYPED, "token": first}).content.decode()
    assert "faster than anybody writes" in page and f'value="{first}"' in page
    assert Report.objects.count() == 0


def test_a_form_that_is_sent_twice_counts_once(reader):
    same = token(reader)
    assert [send(reader, token=same).status_code for _ in range(2)] == [303, 303]
    assert Report.objects.count() == 1


def test_an_hour_takes_so_many_and_each_kind_has_its_own_count(reader, settings):
    settings.REPORTS_AN_HOUR_PER_CLAIM, settings.REPORTS_AN_HOUR = 2, 3
    assert [send(reader).status_code for _ in range(3)] == [303, 303, 429]
    refused = send(reader)
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert TYPED["text"] in refused.content.decode() and "in 60 minutes" in refused.content.decode()
    assert send(reader, "/claims/rg-0004/report/").status_code == 303
    assert send(reader, "/claims/rg-0001/report/").status_code == 429
    assert send(reader, kind="objection").status_code == 303
    Report.objects.update(received=timezone.now() - timedelta(hours=1, seconds=1))
    assert send(reader).status_code == 303


@pytest.mark.parametrize(
    "naughty",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</textarea><h1>Out</h1>",
        "{{ 1234567 * 2 }}{% raise %}",
        "\u202egnol dna sdrawkcab\u2066",
        "a" + "\u0301" * 10_000,
        "\x00\x08\x1b[31m red",
        "=HYPERLINK(1)",
    ],
)
def test_no_words_break_out_of_the_page(reader, naughty):
    answer = send(reader, text=naughty, evidence=naughty, link=naughty, contact=naughty[:200])
    page = answer.content.decode()
    assert answer.status_code == 400
    assert [wrong for wrong in ("<script>alert", "<img src=x", "<h1>Out", "\x00", "2469134") if wrong in page] == []
    assert send(reader, text=naughty[:900]).status_code == 303
    assert "\x00" not in Report.objects.get().text


def test_what_is_not_public_has_no_report(reader):
    factory.load(factory.make_claim("rg-0099", "A leaking draft."))
    assert [reader.get(f"/claims/{uid}/report/").status_code for uid in ("rg-0099", "zz-0001")] == [404, 404]
    assert reader.post("/claims/rg-0099/report/", TYPED).status_code == 404
    assert reader.delete(PAGE).status_code == 405


def test_a_redaction_deletes_the_words_that_reports_repeat(reader):
    send(reader, contact="me@example.org")
    send(reader, "/claims/rg-0004/report/")
    redact("rg-0003", by=cast.editor(), reason="It must not stay.", project=project)
    found = dict(Report.objects.values_list("claim", "text"))
    assert found == {"rg-0003": "", "rg-0004": TYPED["text"]}
    assert Report.objects.get(claim="rg-0003").contact == "me@example.org"
    assert [reader.get(PAGE).status_code, reader.post(PAGE, TYPED).status_code] == [410, 410]


def test_of_what_was_withdrawn_nothing_is_left_to_report(reader):
    withdraw("sm", by=cast.editor(), reason="It must not stay.", project=project)
    page = "/claims/sm-0001/report/"
    answers = [reader.get(page), reader.post(page, TYPED)]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert "nothing left to report" in answers[0].content.decode()


def test_looking_and_sending_ask_the_database_little(reader, django_assert_num_queries):
    given = token(reader)
    with django_assert_num_queries(2):
        reader.get(PAGE)
    # Two for the claim; the transaction's two, the look for a twin, two counts, the insert in its savepoint.
    with django_assert_num_queries(11):
        reader.post(PAGE, {**TYPED, "token": given})
    assert AuditEntry.objects.filter(thing__startswith="report").count() == 0


def test_the_settings_are_those_that_the_page_of_deployment_names():
    told = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    names = ("OBJECTION_DUE_DAYS", "REPORTS_AN_HOUR", "REPORTS_AN_HOUR_PER_CLAIM")
    assert [name for name in names if f"`{name}`" not in told] == []
