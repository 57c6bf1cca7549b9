"""What readers report: taken in without a word of who they are, and answered or declined by the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.models import Report, User

WINDOW = timedelta(hours=1)


class TooMany(Refused):
    """More messages in an hour than the desk takes; `seconds` until the next is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__("More messages have reached us in the last hour than we can take.")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Message:
    """What a reader says of a claim. `once` is the form's own random text: sent twice it counts once."""

    kind: str
    text: str
    once: str
    evidence: str = ""
    link: str = ""
    contact: str = ""


def receive(message: Message, *, claim: str, sha256: str) -> Report:
    """Keep a reader's message about a public claim, as its document with this digest had it.

    Refuses an empty message, and more than so many in an hour (each kind by itself, so that a flood of the one does
    not stop the other). An objection is due so many days from its receipt.
    """
    if not message.text.strip():
        raise Refused("Say what is wrong.")
    now = timezone.now()
    with transaction.atomic():
        if there := Report.objects.filter(once=message.once).first():
            return there
        _room(message.kind, claim, now)
        days = timedelta(days=settings.OBJECTION_DUE_DAYS)
        # A form that is sent twice at once meets itself here.
        report, _ = Report.objects.get_or_create(
            once=message.once,
            defaults={
                "kind": message.kind,
                "claim": claim,
                "sha256": sha256,
                "text": message.text,
                "evidence": message.evidence,
                "link": message.link,
                "contact": message.contact,
                "received": now,
                "due": (now + days).date() if message.kind == "objection" else None,
            },
        )
        return report


def _room(kind: str, claim: str, now: datetime) -> None:
    lately = Report.objects.filter(kind=kind, received__gt=now - WINDOW).order_by("received")
    for rows, most in (
        (lately, settings.REPORTS_AN_HOUR),
        (lately.filter(claim=claim), settings.REPORTS_AN_HOUR_PER_CLAIM),
    ):
        times = list(rows.values_list("received", flat=True))
        if len(times) >= most:
            opens = times[-most] + WINDOW if most else now + WINDOW
            raise TooMany(max(1, round((opens - now).total_seconds())))


def close_report(report: Report, state: str, *, by: Any, answer: str) -> Report:
    """Answer or decline a report, saying what came of it. How to reach the sender is deleted with that."""
    _may(by)
    if state not in ("answered", "declined"):
        raise Refused("A report is answered or declined.")
    if not answer.strip():
        raise Refused("Say what came of it: the desk reads it later, readers never do.")
    closed = {
        "state": state,
        "answer": answer.strip(),
        "contact": "",
        "handled_by": by,
        "handled_at": timezone.now(),
    }
    with transaction.atomic():
        if not Report.objects.filter(pk=report.pk, state="open").update(**closed):
            raise Refused("Somebody has closed this report meanwhile.")
        record(f"report_{state}", by=by, thing=f"report {report.pk}")
    report.refresh_from_db()
    return report


def _may(by: User) -> None:
    if not by.is_active or not by.has_perm("profiles.handle_report"):
        raise Refused("You may not answer what readers report.")


def forget_closed(before: datetime, *, dry_run: bool = False) -> int:
    """Delete the reports that were closed before a time; how many they are. The audit log keeps that there were."""
    old = Report.objects.exclude(state="open").filter(handled_at__lt=before)
    return old.count() if dry_run else old.delete()[0]
