"""Publish an approved review: what was frozen goes live, by digest, whole or not at all."""

import logging
from collections.abc import Iterable

from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.living import people_who_died
from profiles.editorial.publication import Project, Triple, TryAgain, commit, make_release, refuse_moved
from profiles.editorial.reasons import reasons_of
from profiles.editorial.review import why_not_approve, writers_of
from profiles.editorial.rules import stops
from profiles.models import Publication, Review, User
from profiles.models.editions import head, read_documents
from profiles.values import documents as docs

logger = logging.getLogger(__name__)


def publish_review(review: Review, *, by: User, project: Project) -> Publication:
    """Approve a review and make it public.

    Refuses the opener, every author of the changes and whoever lacks the right; changes whose base has moved; what the
    rules stop. Pages are rendered by `project` before the transaction opens. Raises TryAgain where another publication
    went first.
    """
    if reason := why_not_approve(review, by):
        raise Refused(reason)
    triples = list(review.entries.values_list("uid", "before", "after").order_by("uid"))
    refuse_moved(triples)
    _refuse_writers(review, triples, by)
    changed = _frozen(triples)
    found = stops(changed, people_who_died(changed), reasons_of(review), note=review.note)
    if found:
        raise Refused(*map(str, found))
    previous = head()
    demonstration = by.demonstration or review.opener.demonstration
    release = make_release(
        changed,
        previous,
        kind=review.kind,
        note=review.note,
        reviewed="demonstration" if demonstration else "second_person",
    )

    def close(made: Publication) -> None:
        # The right to approve, asked again of the database: pages take a while to render.
        now = Review.objects.select_for_update().get(pk=review.pk)
        if now.state == "open" and (reason := why_not_approve(now, User.objects.get(pk=by.pk))):
            raise Refused(reason)
        decided = {"state": "approved", "decided_by": by, "decided_at": timezone.now(), "publication": made}
        if not Review.objects.filter(pk=review.pk, state="open").update(**decided):
            raise TryAgain("Somebody has decided on this review meanwhile.")
        record("review_approved", by=by, thing=f"review {review.pk}")
        record("published", by=by, thing=f"publication {made.number}", note=release.kind)

    made = commit(release, triples, previous, project, with_it=close)
    review.refresh_from_db()
    logger.info("published", extra={"publication": made.number, "editions": len(release.editions)})
    return made


def _refuse_writers(review: Review, triples: Iterable[Triple], by: User) -> None:
    """Ask the revisions themselves who wrote what was frozen: a review that did not come by `open_review` may lie."""
    changed = {uid: after for uid, _, after in triples}
    public = {uid: before for uid, before, _ in triples}
    writers, orphans = writers_of(changed, public, until=review.opened_at)
    if orphans:
        raise Refused(f"Nobody is known to have written {', '.join(sorted(orphans)[:10])}. Open another review.")
    if by.pk in writers or by.handed_over_by & writers:
        raise Refused("You wrote some of these changes: a second person decides on them.")
    if not changed:
        raise Refused("There is nothing in this review.")


def _frozen(triples: Iterable[Triple]) -> dict[str, docs.Document]:
    digests = {uid: after for uid, _, after in triples}
    documents = read_documents(digests)
    lost = sorted(digests.keys() - documents.keys())
    if lost:
        raise Refused(f"The frozen text is gone: {', '.join(lost[:10])}. Put them up for review again.")
    return documents
