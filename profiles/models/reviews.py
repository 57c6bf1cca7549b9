"""Revisions: what was changed, by whom, why. Reviews: such changes, frozen, put to a second person."""

from django.conf import settings
from django.db import models

from profiles.models.base import WordField
from profiles.values import vocabulary as words


class Change(models.Model):
    """One document before and after, by digest; empty stands for "not there"."""

    uid = models.CharField(max_length=64, db_index=True)
    before = models.CharField(max_length=64, blank=True, default="")
    after = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.uid} {self.before[:8] or '-'} -> {self.after[:8] or '-'}"


class Revision(models.Model):
    """One act by one person, or by nobody (a shell, a fixture): until somebody adopts it in a review."""

    ACTS = (
        ("save", "save"),
        ("import", "import"),
        ("revert", "revert"),
        ("adopt", "adoption"),
        ("capture", "capture"),
    )
    act = models.CharField(max_length=16, choices=ACTS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="revisions")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"revision {self.pk} ({self.act})"


class RevisionEntry(Change):
    """One change of a revision."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="entries")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("revision", "uid"), name="revision_entry_once"),)


class Review(models.Model):
    """Changes frozen against what is published, for a second person to approve, as they stand, by digest."""

    STATES = (
        ("open", "open"),
        ("scheduled", "approved for a set time"),
        ("approved", "approved"),
        ("sent_back", "sent back"),
        ("dropped", "dropped"),
    )
    PENDING = ("open", "scheduled")
    kind = WordField(words.PUBLICATION_KIND)
    state = models.CharField(max_length=16, choices=STATES, default="open", db_index=True)
    note = models.TextField("public note", blank=True, default="")
    remark = models.TextField("remark to the reviewer", blank=True, default="")
    decision_note = models.TextField("reviewer's remark", blank=True, default="")
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews_opened")
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="reviews_authored", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reviews_decided"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField("to be published at", null=True, blank=True)
    trouble = models.TextField("why it was not published at its time", blank=True, default="")
    publication = models.OneToOneField("profiles.Publication", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        permissions = (
            ("open_review", "Can put changes up for review"),
            ("approve_review", "Can approve and publish what others changed"),
            ("take_down", "Can retract, withdraw and redact at once"),
        )

    def __str__(self) -> str:
        return f"review {self.pk} ({self.get_state_display()})"


class ReviewEntry(Change):
    """One frozen change: `before` is what was published when the review was opened."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="entries")
    model = models.CharField(max_length=16)

    class Meta:
        ordering = ("uid",)
        constraints = (models.UniqueConstraint(fields=("review", "uid"), name="review_entry_once"),)


class Decision(models.Model):
    """What a reviewer said of one frozen document: kept for good, with what of its passages was there to be seen.

    `passages` lists, for each citation, its uid, the digest of its passage, and whether the captured text was at hand.
    """

    VERDICTS = (
        ("supports", "supports as worded"),
        ("does_not", "does not"),
        ("passed", "passed together with others"),
    )
    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    uid = models.CharField(max_length=64, db_index=True)
    sha256 = models.CharField(max_length=64, help_text="Digest of the document decided on.")
    passages = models.JSONField(default=list, blank=True)
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    comment = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.uid}: {self.get_verdict_display()}"
