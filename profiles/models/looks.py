"""Looks: somebody looked a profile or a claim over, and found nothing to change."""

from django.conf import settings
from django.db import models


class Look(models.Model):
    """One look at one thing, kept for good: it starts the year anew after which a thing is to be looked at again.

    `uid` is a profile's or a claim's; a review that was sent back and is set aside is `review:12`.
    """

    uid = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("add",)
        indexes = (models.Index(fields=("uid", "at"), name="look_by_uid"),)

    def __str__(self) -> str:
        return f"{self.uid} looked over"
