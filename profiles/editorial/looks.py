"""Looked at, nothing to change: an act of its own, so that a queue empties where no word has to change."""

from typing import Any

from django.db import transaction

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.models import Claim, Look, Profile, Review


def look_over(uid: str, *, by: Any) -> Look:
    """Keep that somebody looked a profile, a claim or a review sent back (`review:12`) over, and changes nothing."""
    if not by.is_active or not by.has_perm("profiles.add_look"):
        raise Refused("You may not say that this was looked over.")
    if not _is_there(uid):
        raise Refused(f"There is no profile, claim or review sent back under {uid}.")
    with transaction.atomic():
        look = Look.objects.create(uid=uid, by=by)
        record("looked_over", by=by, thing=uid)
    return look


def _is_there(uid: str) -> bool:
    head, colon, number = uid.partition(":")
    if colon:
        sent_back = Review.objects.filter(state="sent_back")
        return head == "review" and number.isascii() and number.isdigit() and sent_back.filter(pk=number[:18]).exists()
    return Profile.objects.filter(pk=uid).exists() or Claim.objects.filter(pk=uid).exists()
