"""What is on its way to become a version of a source: private, and gone once it is kept or dropped."""

from django.conf import settings
from django.db import models

from profiles.models.base import WordField
from profiles.values import vocabulary as words


class Intake(models.Model):
    """An address, a file or a text that an editor gave: first waiting to be read, then to be looked at, then kept.

    Without a `source` it is to become the first version of a new one. It holds what was fetched and what was read out
    of it; keeping it makes the version, and deletes this.
    """

    STATES = (("waiting", "waiting"), ("ready", "to be looked at"), ("failed", "failed"))
    state = models.CharField(max_length=16, choices=STATES, default="waiting", db_index=True)
    source = models.ForeignKey("profiles.Source", models.CASCADE, null=True, blank=True, related_name="intakes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="intakes")
    at = models.DateTimeField("asked for", auto_now_add=True)
    method = WordField(words.CAPTURE_METHOD)
    url = models.CharField("address", max_length=1000, blank=True, default="")
    name = models.CharField("file", max_length=255, blank=True, default="")
    # A reader that dies over it is tried again, but not for ever.
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="")
    # What came.
    raw = models.BinaryField(null=True)
    media_type = models.CharField(max_length=64, blank=True, default="")
    charset = models.CharField(max_length=64, blank=True, default="")
    headers = models.JSONField(default=dict, blank=True)
    retrieved = models.DateField(null=True)
    # What was read out of it.
    text = models.TextField(blank=True, default="")
    fidelity = WordField(words.TEXT_FIDELITY, blank=True, default="")
    transcript = models.TextField(blank=True, default="")
    lost = models.JSONField(default=list, blank=True, help_text="[kind, words] of what the text does not have.")
    warnings = models.JSONField(default=list, blank=True)
    proposed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = "capture under way"
        verbose_name_plural = "captures under way"

    def __str__(self) -> str:
        return self.url or self.name or "pasted text"


class LinkCheck(models.Model):
    """Whether the address of a source, or the archived copy of a version, answered when it was last asked.

    Beside the documents, not of them: an address dies without anything that was said being changed. `uid` is the
    source's or the version's.
    """

    uid = models.CharField(max_length=64, primary_key=True)
    url = models.CharField("address", max_length=1000)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of HTTP; empty where nothing answered.")
    # With no failure: what is to be said of an address that answers.
    problem = models.TextField(blank=True, default="")
    checked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, help_text="When it last answered well.")
    failures = models.PositiveIntegerField(default=0, help_text="Checks in a row at which it did not.")

    class Meta:
        ordering = ("uid",)

    def __str__(self) -> str:
        return f"{self.uid}: {'answers' if not self.failures else f'{self.failures} times no answer'}"
