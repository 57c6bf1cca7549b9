"""Undo: a document back to what it was, exactly, by digest; a whole revision as one act."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.deletion import ProtectedError

from profiles.editorial.edit import Outcome, Refused, recorded
from profiles.editorial.mapping import read_rows, write_rows
from profiles.editorial.remove import delete, why_not_remove
from profiles.models import Revision
from profiles.models.editions import read_documents
from profiles.values import documents as docs


@dataclass(slots=True)
class Undone:
    """What an undo did, and why it left the rest: uid -> a sentence."""

    outcome: Outcome
    left: dict[str, str] = field(default_factory=dict)


def revert_to(uid: str, sha256: str, *, by: AbstractBaseUser, reason: str = "") -> Outcome:
    """Write an older state of a document back, salt and all, so that it has its old digest; also one that was removed.

    Refuses a state that is redacted or unknown, and one that names what is no longer there.
    """
    document = read_documents({uid: sha256}).get(uid)
    if document is None or document.uid != uid:
        raise Refused(f"There is no such state of {uid}, or its words are redacted.")
    undone = _undo({uid: sha256}, {uid: document}, by=by, reason=reason)
    if undone.left:
        raise Refused(*undone.left.values())
    return undone.outcome


def undo(revision: Revision, *, by: AbstractBaseUser, reason: str = "", only: Iterable[str] | None = None) -> Undone:
    """Take a revision back as one act, per document: what somebody has edited since is left, and listed with why.

    `only` limits it to some uids. What the revision added is removed, unless a review or another document names it.
    """
    chosen = None if only is None else set(only)
    entries = {e.uid: e for e in revision.entries.all() if chosen is None or e.uid in chosen}
    with transaction.atomic():
        now = {uid: docs.digest(document) for uid, document in read_rows(entries).items()}
        moved = {uid for uid, e in entries.items() if now.get(uid, "") != e.after}
        back = {uid: e.before for uid, e in entries.items() if uid not in moved}
        documents = read_documents({uid: sha for uid, sha in back.items() if sha})
        undone = _undo(back, documents, by=by, reason=reason)
    undone.left.update({uid: f"{uid} was edited since, and is left as it is." for uid in moved})
    return undone


def _undo(back: dict[str, str], documents: dict[str, docs.Document], *, by: AbstractBaseUser, reason: str) -> Undone:
    left: dict[str, str] = {}
    for uid, sha in back.items():
        if docs.model_of(uid) == "version":
            left[uid] = f"{uid} is a capture, and stays."
        elif sha and uid not in documents:
            left[uid] = f"The earlier words of {uid} are redacted."
    with transaction.atomic():
        written = _with_references(back, documents, left)
        gone = _removable([uid for uid, sha in back.items() if not sha and uid not in left], written, left)
        watched = [*written, *gone]
        outcome = Outcome()
        if watched:
            with recorded(watched, by=by, reason=reason, act="revert", exact=True) as outcome:
                write_rows(written.values())
                _remove(gone)
            outcome.removed += gone
    return Undone(outcome, left)


def _with_references(
    back: dict[str, str], documents: dict[str, docs.Document], left: dict[str, str]
) -> dict[str, docs.Document]:
    """Those documents whose references will all be there; the rest are left, saying what is missing."""
    written = {uid: d for uid, d in documents.items() if uid in back and uid not in left}
    gone = {uid for uid, sha in back.items() if not sha}
    there = read_rows({uid for d in written.values() for _, uid in docs.references(d)}).keys() - gone
    while True:
        lost = {
            uid: next((named for _, named in docs.references(d) if named not in there and named not in written), "")
            for uid, d in written.items()
        }
        broken = {uid: named for uid, named in lost.items() if named}
        if not broken:
            return written
        for uid, named in broken.items():
            left[uid] = f"{uid} named {named} then, which is not there now."
            del written[uid]


def _removable(uids: list[str], written: dict[str, docs.Document], left: dict[str, str]) -> list[str]:
    """Those that nothing which stays will name; the rest are left, saying what names them."""
    gone = list(uids)
    while gone:
        reasons = {uid: _kept_by(uid, gone, written) for uid in gone}
        kept = {uid: reason for uid, reason in reasons.items() if reason}
        if not kept:
            break
        left.update(kept)
        gone = [uid for uid in gone if uid not in kept]
    return gone


def _kept_by(uid: str, gone: list[str], written: dict[str, docs.Document]) -> str:
    # What goes with it, or will be written back without naming it, does not hold it.
    passing = {*gone, *(other for other, d in written.items() if uid not in {n for _, n in docs.references(d)})}
    return next(iter(why_not_remove([uid], but_for=passing)), "")


def _remove(uids: list[str]) -> None:
    try:
        delete(uids)
    except ProtectedError as error:
        names = sorted({str(row.pk) for row in error.protected_objects})
        raise Refused(f"Cannot be removed, since these name it: {', '.join(names[:10])}.") from error
