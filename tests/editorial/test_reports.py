"""Reports of readers: answered or declined once, by who may; and looks, kept for good."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.editorial.edit import Refused
from profiles.editorial.looks import look_over
from profiles.editorial.reports import Message, close_report, receive
from profiles.models import AuditEntry, Look, Report
from tests import cast, factory

pytestmark = pytest.mark.django_db


def make_report(kind="correction", claim="rg-0002", **values):
    values = {"text": "It was not so.", "once": str(Report.objects.count()), **values}
    return receive(Message(kind, **values), claim=claim, sha256="0" * 64)


@pytest.mark.parametrize("state", ["answered", "declined"])
@pytest.mark.parametrize("who", [cast.editor, cast.reviewer])
def test_closing_a_report_deletes_how_to_reach_its_sender_and_is_logged(state, who):
    report = close_report(make_report(contact="me@example.org"), state, by=who(), answer=" Corrected. ")
    assert (report.state, report.answer, report.contact, report.handled_by) == (state, "Corrected.", "", who())
    assert list(AuditEntry.objects.values_list("act", "thing")) == [(f"report_{state}", f"report {report.pk}")]


@pytest.mark.parametrize("role", ["contributor", "administrator"])
def test_who_may_not_close_a_report_does_not(role):
    report = make_report()
    with pytest.raises(Refused, match="You may not answer"):
        close_report(report, "answered", by=cast.make_user("mina", role), answer="So.")
    report.refresh_from_db()
    assert report.state == "open"


def test_a_report_is_closed_once_and_with_words():
    report = make_report()
    with pytest.raises(Refused, match="Say what came of it"):
        close_report(report, "answered", by=cast.editor(), answer=" \n")
    with pytest.raises(Refused, match="answered or declined"):
        close_report(report, "open", by=cast.editor(), answer="So.")
    close_report(report, "answered", by=cast.editor(), answer="So.")
    with pytest.raises(Refused, match="meanwhile"):
        close_report(report, "declined", by=cast.reviewer(), answer="No.")
    report.refresh_from_db()
    assert (report.state, report.answer) == ("answered", "So.")


@pytest.mark.parametrize(
    "values", [{"state": "answered", "contact": "me@example.org"}, {"kind": "objection", "due": None}]
)
def test_the_database_holds_that_closed_ones_have_no_contact_and_objections_a_date(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=make_report().pk).update(**values)


def test_an_empty_message_is_refused():
    with pytest.raises(Refused, match="Say what is wrong"):
        make_report(text=" ")


def test_those_overdue_are_open_and_past_their_date():
    late = make_report("objection")
    today = timezone.now().date()
    Report.objects.update(due=today - timedelta(days=1))
    make_report("objection")
    make_report()
    assert list(Report.objects.overdue(today)) == [late]


def test_old_closed_reports_are_forgotten_and_open_ones_never(capsys):
    closed, fresh, waiting = make_report(), make_report(), make_report()
    close_report(closed, "declined", by=cast.editor(), answer="No.")
    close_report(fresh, "declined", by=cast.editor(), answer="No.")
    year = timezone.now() - timedelta(days=366)
    Report.objects.filter(pk__in=(closed.pk, waiting.pk)).update(received=year)
    Report.objects.filter(pk=closed.pk).update(handled_at=year)
    call_command("forget_reports", "--dry-run")
    assert capsys.readouterr().out == "1 report closed more than 365 days ago would be deleted.\n"
    call_command("forget_reports")
    assert capsys.readouterr().out == "1 report closed more than 365 days ago is deleted.\n"
    assert set(Report.objects.all()) == {fresh, waiting}
    call_command("forget_reports")
    assert capsys.readouterr().out == "0 reports closed more than 365 days ago are deleted.\n"


def test_a_look_is_kept_and_logged():
    factory.load(*factory.make_ground())
    for uid in ("rg", "rg-0001"):
        look_over(uid, by=cast.reviewer())
    assert list(Look.objects.order_by("pk").values_list("uid", flat=True)) == ["rg", "rg-0001"]
    logged = AuditEntry.objects.filter(act="looked_over").order_by("pk")
    assert list(logged.values_list("by__username", "thing")) == [("rashid", "rg"), ("rashid", "rg-0001")]


@pytest.mark.parametrize("uid", ["", "zz", "rg-0099", "review:1", "review:x", "group:1", "review:" + "9" * 40])
def test_what_is_not_there_is_not_looked_over(uid):
    factory.load(*factory.make_ground())
    with pytest.raises(Refused, match="There is no"):
        look_over(uid, by=cast.editor())
    assert not Look.objects.exists()
