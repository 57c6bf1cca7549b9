"""Publish an approved review: what was frozen goes live, by digest, whole or not at all."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.decide import Demands, demands, keep_passes, undecided, why_undecided
from profiles.editorial.edit import Refused
from profiles.editorial.flags import flags_of
from profiles.editorial.living import people_who_died
from profiles.editorial.public import public_with
from profiles.editorial.publication import Project, Triple, TryAgain, commit, make_release, refuse_moved
from profiles.editorial.reasons import reasons_of
from profiles.editorial.review import why_no_second_person, why_not_approve, writers_of
from profiles.editorial.rules import stops
from profiles.models import Publication, Review, User
from profiles.models.editions import head, published_digests, read_documents
from profiles.values import documents as docs

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A review that may be published by somebody as it stands: what it changes, and what was asked of its claims."""

    triples: list[Triple]
    changed: dict[str, docs.Document]
    needed: Demands
    barred: Collection[int]

    def refuse_undecided(self, review: Review) -> None:
        """Refuse while a claim that needs a decision of its own has none, or one is refused."""
        frozen = {uid: after for uid, _, after in self.triples}
        if told := why_undecided(review, frozen, self.needed, self.barred):
            raise Refused(*told)


def publish_review(review: Review, *, by: User, project: Project) -> Publication:
    """Approve a review and make it public.

    Refuses the opener, every author of the changes and whoever lacks the right; changes whose base has moved; what the
    rules stop; and claims without the decision that they need. The others are passed together by whoever approves.
    Pages are rendered by `project` before the transaction opens. Raises TryAgain where another publication went first.
    """
    if reason := why_not_approve(review, by):
        raise Refused(reason)
    return publish_checked(review, by=by, project=project)


def check_review(review: Review, by: User) -> Checked:
    """All that must hold before somebody publishes a review; Refused where something does not."""
    if reason := why_no_second_person(review, by):
        raise Refused(reason)
    triples = _not_public_yet(review)
    refuse_moved(triples)
    writers = _refuse_writers(review, triples, by)
    changed = _frozen(triples)
    public, dead = public_with(changed), people_who_died(changed)
    barred = {*writers, review.opener_id, *(author.pk for author in review.authors.all())}
    found = stops(changed, dead, reasons_of(review, barred), note=review.note, public=public)
    if found:
        raise Refused(*map(str, found))
    before = read_documents({uid: sha for uid, sha, _ in triples if sha})
    needed = demands(changed, before, flags_of(changed, public, dead), public)
    checked = Checked(triples, changed, needed, barred)
    checked.refuse_undecided(review)
    return checked


def _not_public_yet(review: Review) -> list[Triple]:
    """What a review would change: of two that need the same new version of a source, the first publishes it."""
    entries = list(review.entries.values_list("uid", "before", "after").order_by("uid"))
    public = published_digests([uid for uid, _, _ in entries])
    left = [(uid, before, after) for uid, before, after in entries if public.get(uid) != after]
    if entries and not left:
        raise Refused("All of this is public already, as it is frozen here: drop the review.")
    return left


def publish_checked(review: Review, *, by: User, project: Project) -> Publication:
    """Publish a review in the state in which it is; for `publish_review` and for the time that was set for it."""
    state = review.state
    checked = check_review(review, by)
    previous = head()
    demonstration = by.demonstration or review.opener.demonstration
    release = make_release(
        checked.changed,
        previous,
        kind=review.kind,
        note=review.note,
        reviewed="demonstration" if demonstration else "second_person",
    )
    rest = undecided(review, checked.changed, checked.needed)

    def close(made: Publication) -> None:
        # The right to approve, and what was decided, asked again of the database: pages take a while to render.
        now = Review.objects.select_for_update().get(pk=review.pk)
        if now.state == state and (reason := why_no_second_person(now, User.objects.get(pk=by.pk))):
            raise Refused(reason)
        checked.refuse_undecided(now)
        # At a set time the hour of the approval stays.
        at = review.decided_at if state == "scheduled" else timezone.now()
        decided = {"state": "approved", "decided_by": by, "decided_at": at, "trouble": "", "publication": made}
        same = {"decided_by": by.pk} if state == "scheduled" else {}
        if not Review.objects.filter(pk=review.pk, state=state, **same).update(**decided):
            raise TryAgain("Somebody has decided on this review meanwhile.")
        keep_passes(now, rest, by=by)
        record("review_approved", by=by, thing=f"review {review.pk}")
        record("published", by=by, thing=f"publication {made.number}", note=release.kind)

    made = commit(release, checked.triples, previous, project, with_it=close)
    review.refresh_from_db()
    logger.info("published", extra={"publication": made.number, "editions": len(release.editions)})
    return made


def _refuse_writers(review: Review, triples: Iterable[Triple], by: User) -> set[int]:
    """Ask the revisions themselves who wrote what was frozen: a review that did not come by `open_review` may lie."""
    changed = {uid: after for uid, _, after in triples}
    public = {uid: before for uid, before, _ in triples}
    writers, orphans = writers_of(changed, public, until=review.opened_at)
    if orphans:
        raise Refused(f"Nobody is known to have written {', '.join(sorted(orphans)[:10])}. Open another review.")
    if by.pk in writers or by.in_one_hand & writers:
        raise Refused("You wrote some of these changes: a second person decides on them.")
    if not changed:
        raise Refused("There is nothing in this review.")
    return writers


def _frozen(triples: Iterable[Triple]) -> dict[str, docs.Document]:
    digests = {uid: after for uid, _, after in triples}
    documents = read_documents(digests)
    lost = sorted(digests.keys() - documents.keys())
    if lost:
        raise Refused(f"The frozen text is gone: {', '.join(lost[:10])}. Put them up for review again.")
    return documents
