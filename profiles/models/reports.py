"""What readers send to the desk about a claim, and what came of it. None of it ever stands on a public page."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReportQuerySet(models.QuerySet):
    """Reports, asked in the domain's words."""

    def waiting(self, kind: str = "") -> Self:
        """Those that nobody has answered or declined yet; of one kind, where it is given."""
        found = self.filter(state="open")
        return found.filter(kind=kind) if kind else found

    def overdue(self, today: date) -> Self:
        """Those that should have been answered before this day."""
        return self.waiting().filter(due__lt=today)


class Report(models.Model):
    """A reader's message about one claim. Nothing of the sender is kept but how to answer, while it is open."""

    KINDS = (("correction", "correction"), ("objection", "objection or reply"))
    STATES = (("open", "open"), ("answered", "answered"), ("declined", "declined"))
    kind = models.CharField(max_length=16, choices=KINDS)
    claim = models.CharField(max_length=64, db_index=True, help_text="Uid.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the claim's document as the reader saw it.")
    text = models.TextField()
    evidence = models.TextField(blank=True, default="")
    link = models.CharField(max_length=1000, blank=True, default="")
    contact = models.CharField(max_length=300, blank=True, default="", help_text="Deleted when the report is closed.")
    once = models.CharField(max_length=64, unique=True, help_text="A form that is sent twice counts once.")
    received = models.DateTimeField(default=timezone.now, db_index=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=STATES, default="open", db_index=True)
    answer = models.TextField("what came of it", blank=True, default="")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reports_handled"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "reader's report"
        verbose_name_plural = "readers' reports"
        default_permissions = ("view",)
        permissions = (("handle_report", "Can answer and close what readers report"),)
        constraints = (
            models.CheckConstraint(condition=Q(state="open") | Q(contact=""), name="report_closed_has_no_contact"),
            models.CheckConstraint(
                condition=Q(kind="objection", due__isnull=False) | Q(kind="correction", due__isnull=True),
                name="report_objection_has_due_date",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.pk}"


def forget_reported(uids: Iterable[str]) -> None:
    """Delete the words of all reports about these claims, which may repeat theirs: for a redaction, in its transaction.

    That there was a report, how to answer an open one, and what became of it stay.
    """
    Report.objects.filter(claim__in=list(uids)).update(text="", evidence="", link="", answer="")
