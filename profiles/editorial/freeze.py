"""Freeze a review again: its changes as they are now, against what is published now."""

from django.db import transaction

from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import drop_review, open_review, why_no_second_person, with_needed
from profiles.models import Decision, Review, User


def why_not_freeze_again(review: Review, user: User) -> str:
    """Why this person may not freeze a review again; empty where they may."""
    if review.state not in ("open", "sent_back"):
        return f"This review is {review.get_state_display()}."
    if review.opener_id != user.pk:
        return "Only who opened a review freezes it again."
    if not user.is_active or not user.has_perm("profiles.open_review"):
        return "You may not put changes up for review."
    return ""


def freeze_again(review: Review, *, by: User) -> Review:
    """Open a new review of the same changes as their drafts are now; one that was still open is taken back.

    What was decided is carried over to each document that is the same, before and after. A changed one is decided anew.
    Of those who may no longer decide on it only what they refused is carried over.
    """
    if reason := why_not_freeze_again(review, by):
        raise Refused(reason)
    with transaction.atomic():
        uids = list(review.entries.values_list("uid", flat=True))
        made = open_review(
            with_needed(read_rows(uids)), by=by, kind=review.kind, note=review.note, remark=review.remark
        )
        if review.state == "open":
            drop_review(review, by=by)
        _carry(review, made)
    return made


def _carry(old: Review, new: Review) -> None:
    same = set(old.entries.values_list("uid", "before", "after")) & set(
        new.entries.values_list("uid", "before", "after")
    )
    frozen = {uid: after for uid, _, after in same}
    barred = {new.opener_id, *new.authors.values_list("pk", flat=True)}
    said = User.objects.filter(pk__in=old.decisions.order_by().values("by"))
    lost = {user.pk for user in said if why_no_second_person(new, user)}
    kept = [
        Decision(
            review=new,
            uid=one.uid,
            sha256=one.sha256,
            passages=one.passages,
            verdict=one.verdict,
            comment=one.comment,
            by_id=one.by_id,
        )
        for one in old.decisions.order_by("pk")
        if frozen.get(one.uid) == one.sha256
        and one.by_id not in barred
        and (one.by_id not in lost or one.verdict == "does_not")
    ]
    Decision.objects.bulk_create(kept, batch_size=2000)
