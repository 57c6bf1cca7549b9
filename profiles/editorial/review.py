"""Put changes up for review: frozen by digest against what is published, for a second person."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.drift import note_drafts
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import hold_rows, read_rows, read_touching
from profiles.models import Publication, Review, ReviewEntry, Revision, RevisionEntry, StageRow, User
from profiles.models.documents import chunks, store
from profiles.models.editions import PublishedDocument, published_digests, read_documents
from profiles.values import documents as docs

# The kinds that the ledger tells of as something that was wrong to have printed.
TAKING_BACK = ("correction", "retraction")


def drafts_of(profiles: Iterable[str]) -> list[str]:
    """The uids of what differs from its published state around some profiles, with what it needs to be public."""
    return with_needed(read_touching(profiles))


def all_drafts() -> list[str]:
    """The uids of every document that differs from its published state."""
    drafts = read_rows()
    published = published_digests()
    return sorted(uid for uid, document in drafts.items() if published.get(uid) != docs.digest(document))


def with_needed(documents: dict[str, docs.Document]) -> list[str]:
    """The uids of those that differ from what is published, and of all they name that is not public yet, in turn."""
    published = published_digests(documents)
    chosen = {uid: d for uid, d in documents.items() if published.get(uid) != docs.digest(d)}
    todo = chosen
    while todo:
        named = {uid for document in todo.values() for _, uid in docs.references(document)} - chosen.keys()
        # Two claims that conflict name each other, and go out together even where one of them is public already.
        conflicting = {uid for d in todo.values() if isinstance(d, docs.Claim) for uid in d.conflicts_with}
        there = published_digests(named)
        found = read_rows({uid for uid in named if uid not in there or uid in conflicting})
        todo = {uid: d for uid, d in found.items() if there.get(uid) != docs.digest(d)}
        chosen = {**chosen, **todo}
    return sorted(chosen)


def taken_back(drafts: Mapping[str, docs.Document], published: Mapping[str, str]) -> list[str]:
    """The claims that are public and stand, and are retracted in the draft; one query where a draft is retracted."""
    retracted = {
        uid: published[uid]
        for uid, draft in drafts.items()
        if isinstance(draft, docs.Claim) and draft.standing == "retracted" and uid in published
    }
    before = read_documents(retracted) if retracted else {}
    return sorted(uid for uid, old in before.items() if isinstance(old, docs.Claim) and old.standing != "retracted")


def open_review(uids: Iterable[str], *, by: User, kind: str = "update", note: str = "", remark: str = "") -> Review:
    """Freeze the changes under these uids. Refuses where nothing differs from what is published.

    Refused too: to retract what was printed under a kind that the ledger does not tell of as wrong.

    Changes without an author (a shell, a fixture, SQL) are adopted: the opener counts as their author.
    """
    if not by.has_perm("profiles.open_review"):
        raise Refused("You may not put changes up for review.")
    with transaction.atomic():
        chosen = list(uids)
        hold_rows(chosen)  # nobody saves these while they are frozen
        drafts = read_rows(chosen)
        published = published_digests(drafts)
        digests = {uid: docs.digest(document) for uid, document in drafts.items()}
        changed = {uid: sha for uid, sha in digests.items() if published.get(uid) != sha}
        if not changed:
            raise Refused("Nothing here differs from what is published.")
        problems = [f"{uid}: {p}." for uid in changed for p in docs.check(drafts[uid])]
        if problems:
            raise Refused(*problems)
        if kind not in TAKING_BACK and (taken := taken_back(drafts, published)):
            raise Refused(
                f"{', '.join(taken)}: what was printed is retracted here, and readers must be told. "
                "Choose the kind retraction, or correction, and say why in the public note."
            )
        store(drafts[uid] for uid in changed)
        authors = _adopt(changed, published, by)
        review = Review.objects.create(kind=kind, note=note, remark=remark, opener=by)
        ReviewEntry.objects.bulk_create(
            [
                ReviewEntry(
                    review=review, uid=uid, before=published.get(uid, ""), after=sha, model=docs.tag_of(drafts[uid])
                )
                for uid, sha in sorted(changed.items())
            ],
            batch_size=2000,
        )
        review.authors.set(authors)
        record("review_opened", by=by, thing=f"review {review.pk}")
    return review


def _adopt(changed: dict[str, str], published: dict[str, str], by: User) -> set[int]:
    """Who wrote what changed since it was published; what nobody is known to have written is the opener's from now."""
    authors, orphans = writers_of(changed, published)
    if orphans:
        reason = "Changes that nobody is known to have made, adopted for review."
        revision = Revision.objects.create(act="adopt", by=by, reason=reason)
        record("revised", by=by, thing=f"revision {revision.pk}")
        RevisionEntry.objects.bulk_create(
            [
                RevisionEntry(revision=revision, uid=uid, before=before, after=changed[uid])
                for uid, before in sorted(orphans.items())
            ],
            batch_size=2000,
        )
        note_drafts({uid: changed[uid] for uid in orphans})
    return authors


def writers_of(
    changed: dict[str, str], published: dict[str, str], until: datetime | None = None
) -> tuple[set[int], dict[str, str]]:
    """Who wrote these digests since the published ones; and what no revision leads to: uid -> its last known digest.

    With `until`, as revisions stood then.
    """
    each, orphans = writers_of_each(changed, published, until)
    return set().union(*each.values()), orphans


def writers_of_each(
    changed: dict[str, str], published: dict[str, str], until: datetime | None = None
) -> tuple[dict[str, set[int]], dict[str, str]]:
    """The same, document by document: uid -> who wrote it."""
    entries: dict[str, list[tuple[str, str, int | None, int]]] = {uid: [] for uid in changed}
    since = _published_at(changed)
    for some in chunks(changed):
        rows = RevisionEntry.objects.filter(uid__in=some).order_by("-pk")
        rows = rows.filter(revision__at__lte=until) if until else rows
        for uid, before, after, author, at in rows.values_list(
            "uid", "before", "after", "revision__by", "revision__at"
        ):
            late = uid not in since or at > since[uid]
            entries[uid].append((before, after, author, late))
    authors = _stagers(changed, since, until)
    orphans: dict[str, str] = {}
    for uid, sha in changed.items():
        known = entries[uid]
        # All who touched it since it was last published, whatever became of their words ...
        authors[uid] |= {author for *_, author, late in known if late and author is not None}
        # ... whoever wrote these very words before: somebody else brings them back ...
        authors[uid] |= {author for _, after, author, _ in known if after == sha and author is not None}
        # ... and the acts, however old, that led from the published state to this one.
        state = sha
        for before, after, writer, _ in known:
            if after == state and state != published.get(uid, ""):
                state = before
                authors[uid] |= {writer} if writer is not None else set()
        # A save that came between the freezing and this look does not make the frozen words anybody else's.
        if sha not in {after for _, after, *_ in known}:
            orphans[uid] = known[0][1] if known else published.get(uid, "")
    return authors, orphans


def _stagers(changed: dict[str, str], since: dict[str, datetime], until: datetime | None) -> dict[str, set[int]]:
    """Who staged what somebody else then accepted: the words are theirs, whoever let them in."""
    found: dict[str, set[int]] = {uid: set() for uid in changed}
    for some in chunks(changed):
        rows = StageRow.objects.filter(uid__in=some).exclude(revision=None).exclude(stage__by=None)
        rows = rows.filter(revision__at__lte=until) if until else rows
        for uid, sha, by, at in rows.values_list("uid", "sha256", "stage__by", "revision__at"):
            found[uid] |= {by} if uid not in since or at > since[uid] or sha == changed[uid] else set()
    return found


def _published_at(uids: Iterable[str]) -> dict[str, datetime]:
    numbers: dict[str, int] = {}
    for some in chunks(uids):
        numbers.update(PublishedDocument.objects.filter(uid__in=some).values_list("uid", "publication"))
    times = dict(Publication.objects.filter(pk__in=set(numbers.values())).values_list("number", "at"))
    return {uid: times[number] for uid, number in numbers.items()}


def why_not_approve(review: Review, user: User) -> str:
    """Why this person may not decide on this review; empty where they may. Superusers are no exception."""
    if review.state != "open":
        return f"This review is {review.get_state_display()} already."
    return why_no_second_person(review, user)


def why_no_second_person(review: Review, user: User) -> str:
    """Why this person is no second person to a review, whatever its state; empty where they are one."""
    if not user.is_active or not user.has_perm("profiles.approve_review"):
        return "You may not approve reviews."
    if review.opener_id == user.pk:
        return "You opened this review: a second person decides on it."
    if user.pk in {author.pk for author in review.authors.all()}:
        return "You wrote some of these changes: a second person decides on them."
    if user.in_one_hand & {review.opener_id, *(author.pk for author in review.authors.all())}:
        return "You or who wrote or opened this made or changed the other's account: a third person decides on it."
    return ""


def send_back(review: Review, *, by: User, note: str = "") -> Review:
    """Give a review back to its opener, saying why; nothing is published.

    The note may be left out where a claim was refused: that decision says why.
    """
    if reason := why_not_approve(review, by):
        raise Refused(reason)
    if not note.strip() and not review.decisions.filter(verdict="does_not").exists():
        raise Refused("Say why you send it back.")
    return _close(review, "sent_back", by=by, note=note)


def drop_review(review: Review, *, by: User) -> Review:
    """The opener takes a review back; the drafts stay as they are."""
    if review.opener_id != by.pk:
        raise Refused("Only who opened a review takes it back.")
    return _close(review, "dropped", by=by, note="")


def _close(review: Review, state: str, *, by: User, note: str) -> Review:
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), "decision_note": note}
    with transaction.atomic():
        if not Review.objects.filter(pk=review.pk, state="open").update(**decided):
            raise Refused("Somebody has decided on this review meanwhile.")
        record(f"review_{state}", by=by, thing=f"review {review.pk}")
    review.refresh_from_db()
    return review
