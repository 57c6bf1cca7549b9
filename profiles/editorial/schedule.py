"""Approve a review for a set time: at that time every check is made again, and it is published or put back."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.decide import keep_passes, undecided
from profiles.editorial.edit import Refused
from profiles.editorial.publication import Project, TryAgain
from profiles.editorial.publish import check_review, publish_checked
from profiles.editorial.review import why_not_approve
from profiles.models import Publication, Review, User

logger = logging.getLogger(__name__)

FARTHEST = timedelta(days=366)
_TRIES = 5


def schedule_review(review: Review, *, by: User, at: datetime) -> Review:
    """Approve a review now, to be published at `at`. Refuses whatever `publish_review` would refuse now."""
    if reason := why_not_approve(review, by):
        raise Refused(reason)
    now = timezone.now()
    if not now < at <= now + FARTHEST:
        raise Refused("Give a time that is still to come, within a year.")
    checked = check_review(review, by)
    rest = undecided(review, checked.changed, checked.needed)
    with transaction.atomic():
        held = Review.objects.select_for_update().get(pk=review.pk)
        if reason := why_not_approve(held, User.objects.get(pk=by.pk)):
            raise Refused(reason)
        checked.refuse_undecided(held)
        keep_passes(held, rest, by=by)
        approved = {"state": "scheduled", "publish_at": at, "decided_by": by, "decided_at": now, "trouble": ""}
        Review.objects.filter(pk=review.pk).update(**approved)
        record("review_scheduled", by=by, thing=f"review {review.pk}", note=f"{at:%Y-%m-%dT%H:%M}Z")
    review.refresh_from_db()
    return review


def why_not_cancel(review: Review, user: User) -> str:
    """Why this person may not take the set time back; empty where they may: the opener, or who approves reviews."""
    if review.state != "scheduled":
        return f"This review is {review.get_state_display()}."
    opens = review.opener_id == user.pk and user.has_perm("profiles.open_review")
    if not user.is_active or not (opens or user.has_perm("profiles.approve_review")):
        return "You may not take back what was approved."
    return ""


def cancel_schedule(review: Review, *, by: User) -> Review:
    """Put an approved review back to open before its time."""
    if reason := why_not_cancel(review, by):
        raise Refused(reason)
    return _put_back(review, by=by, note="taken back")


def publish_due(project: Project, *, now: datetime | None = None) -> Iterator[tuple[Review, Publication | None]]:
    """Publish what was approved for a time that has come, the oldest first; with each review its publication.

    Every check is made again: that whoever approved is active, still may, and wrote none of it; that the base stands;
    the rules; the decisions. What fails is put back to open, saying why, and comes without a publication.
    """
    due = Review.objects.filter(state="scheduled", publish_at__lte=now or timezone.now())
    for pk in list(due.order_by("publish_at", "pk").values_list("pk", flat=True)):
        review = Review.objects.get(pk=pk)
        # Published or taken back by somebody else since the list was read.
        if review.state == "scheduled":
            yield review, _publish_or_put_back(review, project)


def _publish_or_put_back(review: Review, project: Project) -> Publication | None:
    for _ in range(_TRIES):
        try:
            # Read anew: what an account may do is kept with its row.
            approver = User.objects.filter(pk=review.decided_by_id).first()
            if approver is None:
                raise Refused("Nobody approved it.")
            return publish_checked(review, by=approver, project=project)
        except TryAgain:
            # Another publication went first, or somebody decided: look again, the time is the same.
            review.refresh_from_db()
            if review.state != "scheduled":
                return None
        except Refused as error:
            logger.warning("not published at its time", extra={"review": review.pk})
            _put_back(review, by=None, note="not published at its time", trouble="\n".join(error.reasons))
            return None
        except Exception:
            # A fault of the machine is nobody's: it stays as it is for the next run, and does not keep the others.
            logger.exception("could not be published at its time", extra={"review": review.pk})
            return None
    return None


def _put_back(review: Review, *, by: User | None, note: str, trouble: str = "") -> Review:
    opened = {"state": "open", "publish_at": None, "decided_by": None, "decided_at": None, "trouble": trouble}
    with transaction.atomic():
        if not Review.objects.filter(pk=review.pk, state="scheduled").update(**opened):
            raise Refused("Somebody has decided on this review meanwhile.")
        record("review_put_back", by=by, thing=f"review {review.pk}", note=note)
    review.refresh_from_db()
    return review
