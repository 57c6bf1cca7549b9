"""Staging: a set of documents read from files, kept beside the drafts until somebody accepts or drops it."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models


class Stage(models.Model):
    """One set as it was read. `refused`: something was wrong in it, and nothing of it can be accepted."""

    STATES = (("staged", "staged"), ("refused", "refused"), ("accepted", "accepted"), ("dropped", "dropped"))
    state = models.CharField(max_length=16, choices=STATES, db_index=True)
    files = models.JSONField(default=list, help_text="Names.")
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="stages")
    at = models.DateTimeField(auto_now_add=True)
    unchanged = models.PositiveIntegerField(default=0, help_text="Documents that the drafts spell already.")
    owners = models.JSONField(default=list, help_text="Uids of the profiles that the files hold whole.")

    class Meta:
        ordering = ("-pk",)
        verbose_name = "staged set"

    def __str__(self) -> str:
        return f"staging {self.pk}: {', '.join(self.files)}"


class StageRowQuerySet(models.QuerySet):
    """Staged documents, asked in the domain's words."""

    def waiting(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(stage__state="staged", revision=None)


class StageRow(models.Model):
    """One document of a set. `before` is the draft's digest when it was staged; empty: it was not there.

    `body` is its canonical JSON while it waits; once accepted the store of documents has it, under `sha256`.
    An empty `sha256` says that the draft is to go.
    """

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="rows")
    uid = models.CharField(max_length=64, db_index=True)
    model = models.CharField(max_length=16)
    before = models.CharField(max_length=64, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    body = models.TextField(blank=True, default="")
    given = models.BooleanField(default=False, help_text="The uid was given by us, and may change until acceptance.")
    file = models.TextField(blank=True, default="")
    line = models.PositiveIntegerField(default=0)
    revision = models.ForeignKey("profiles.Revision", models.PROTECT, null=True, blank=True, related_name="+")

    objects = StageRowQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("stage", "uid"), name="stage_row_once"),)

    def __str__(self) -> str:
        return self.uid

    @property
    def what(self) -> str:
        """Whether accepting it adds, changes or takes out a draft."""
        return "taken out" if not self.sha256 else "changed" if self.before else "new"


class StageFault(models.Model):
    """One thing that is wrong in a refused set: file, row or line, column or field."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="faults")
    file = models.TextField()
    line = models.PositiveIntegerField(default=0)
    uid = models.TextField(blank=True, default="")
    field = models.TextField(blank=True, default="")
    message = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.file}, {self.line}: {self.message}"[:200]


def forget_staged(uids: Iterable[str]) -> None:
    """Delete what waits under these uids, and what was told of it: for a redaction, in its transaction."""
    wanted = list(uids)
    StageRow.objects.filter(uid__in=wanted, revision=None).delete()
    StageFault.objects.filter(uid__in=wanted).delete()
