"""Save changes to drafts: one act by one person is one revision, with each document before and after."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.deletion import ProtectedError

from profiles.editorial.mapping import read_rows, remove_rows, write_rows
from profiles.models import Claim, Profile, Revision, RevisionEntry, Silence
from profiles.models.documents import store
from profiles.models.editions import published_digests
from profiles.values import documents as docs


class Refused(Exception):
    """An act that a rule stops. `reasons` are whole sentences for the person who tried."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Stale(Refused):
    """A save over a state that somebody else has changed meanwhile."""


@dataclass(slots=True)
class Outcome:
    """What one act did, as uids."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    unchanged: int = 0
    revision: Revision | None = None


def new_salt() -> str:
    """Sixteen random bytes in hexadecimal: a short sentence cannot be guessed back from its digest."""
    return secrets.token_hex(16)


def next_uid(profile: Profile, kind: str = "claim") -> str:
    """The next free uid of a profile's claims (`kh-0018`) or silences (`kh-s04`); never one that was ever used."""
    head = f"{profile.uid}-s" if kind == "silence" else f"{profile.uid}-"
    table = Silence if kind == "silence" else Claim
    used = set(table.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    used |= set(RevisionEntry.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    numbers = [int(uid[len(head) :]) for uid in used if uid[len(head) :].isdigit()]
    width = 2 if kind == "silence" else 4
    return f"{head}{max(numbers, default=0) + 1:0{width}d}"


@contextmanager
def recorded(
    uids: Callable[[], Iterable[str]] | Iterable[str],
    *,
    by: AbstractBaseUser | None,
    reason: str = "",
    act: str = "save",
    base: str | None = None,
) -> Iterator[Outcome]:
    """Watch rows while a form changes them: afterwards store the documents and make one revision.

    `base` is the digest that the form was opened on: if the one document named is no longer that, Stale is raised
    before anything is changed. Raises Refused where the result is not well formed; the transaction is rolled back.
    """
    with transaction.atomic():
        wanted = list(uids() if callable(uids) else uids)
        before = {uid: docs.digest(document) for uid, document in read_rows(wanted).items()}
        if base is not None and before.get(wanted[0], "") != base:
            raise Stale("Somebody has saved this meanwhile. Compare both and save again.")
        outcome = Outcome()
        yield outcome
        after = read_rows(list(uids() if callable(uids) else uids))
        _finish(outcome, before, after, by=by, reason=reason, act=act)


def bring_in(
    made: Iterable[docs.Document],
    *,
    owners: Iterable[str] = (),
    by: AbstractBaseUser | None = None,
    reason: str = "",
    act: str = "import",
) -> Outcome:
    """Make the draft rows spell these documents, in one transaction and one revision; the same again changes nothing.

    A claim or silence of an `owners` profile that is not among them is retracted if it is published, else removed.
    Raises Refused naming what cannot be, with nothing changed.
    """
    with transaction.atomic():
        wanted = {document.uid: document for document in made}
        there = read_rows({*wanted, *_owned(owners)})
        outcome = Outcome()
        for uid in there.keys() - wanted.keys():
            _let_go(uid, there[uid], wanted, outcome)
        changed = {uid: d for uid, d in wanted.items() if there.get(uid) != d}
        outcome.unchanged = len(wanted) - len(changed)
        fixed = [uid for uid, d in changed.items() if isinstance(d, docs.Version) and uid in there]
        if fixed:
            raise Refused(*(f"{uid} is a capture and cannot be changed: capture the source again." for uid in fixed))
        moved = [uid for uid, d in changed.items() if uid in there and docs.tag_of(d) != docs.tag_of(there[uid])]
        if moved:
            raise Refused(*(f"{uid} names a {docs.tag_of(there[uid])} already." for uid in moved))
        try:
            remove_rows(outcome.removed)
            write_rows(changed.values())
        except ProtectedError as error:
            names = sorted({str(row.pk) for row in error.protected_objects})
            raise Refused(f"Cannot be removed, since these name it: {', '.join(names[:10])}.") from error
        before = {uid: docs.digest(document) for uid, document in there.items()}
        _enter(outcome, before, changed, gone=outcome.removed, by=by, reason=reason, act=act)
        return outcome


def _owned(owners: Iterable[str]) -> set[str]:
    wanted = list(owners)
    claims = Claim.objects.filter(subject_id__in=wanted).values_list("uid", flat=True)
    silences = Silence.objects.filter(subject_id__in=wanted).values_list("uid", flat=True)
    return {*claims, *silences}


def _let_go(uid: str, document: docs.Document, wanted: dict[str, docs.Document], outcome: Outcome) -> None:
    if not published_digests([uid]):
        outcome.removed.append(uid)
    elif isinstance(document, docs.Claim):
        if document.standing != "retracted":
            note = "Taken out of the data set."
            wanted[uid] = msgspec.structs.replace(document, standing="retracted", standing_note=note, salt=new_salt())
            outcome.retracted.append(uid)
    else:
        raise Refused(f"{uid} is published and cannot be left out: say in the file what holds instead.")


def _finish(
    outcome: Outcome,
    before: dict[str, str],
    after: dict[str, docs.Document],
    *,
    by: AbstractBaseUser | None,
    reason: str,
    act: str,
) -> None:
    changed = {uid: d for uid, d in after.items() if before.get(uid) != docs.digest(d)}
    # A new salt with new content: two states of one sentence cannot be told to be alike from their digests.
    salted = {
        uid: msgspec.structs.replace(d, salt=new_salt())
        for uid, d in changed.items()
        if isinstance(d, docs.Claim | docs.Silence)
    }
    changed.update(salted)
    problems = [f"{uid}: {p}." for uid, d in changed.items() for p in docs.check(d)]
    if problems:
        raise Refused(*problems)
    write_rows(changed.values())
    _enter(outcome, before, changed, gone=before.keys() - after.keys(), by=by, reason=reason, act=act)


def _enter(
    outcome: Outcome,
    before: dict[str, str],
    changed: dict[str, docs.Document],
    *,
    gone: Iterable[str],
    by: AbstractBaseUser | None,
    reason: str,
    act: str,
) -> None:
    """Store the changed documents and the revision that tells of them; no change, no revision."""
    digests = store(changed.values())
    outcome.added += sorted(uid for uid in changed if uid not in before)
    outcome.changed += sorted(uid for uid in changed if uid in before and uid not in outcome.retracted)
    pairs = {uid: (before.get(uid, ""), sha) for uid, sha in digests.items()}
    pairs.update({uid: (before[uid], "") for uid in gone})
    if not pairs:
        return
    outcome.revision = Revision.objects.create(act=act, by=by, reason=reason)  # type: ignore[misc]
    RevisionEntry.objects.bulk_create(
        [
            RevisionEntry(revision=outcome.revision, uid=uid, before=old, after=new)
            for uid, (old, new) in sorted(pairs.items())
        ],
        batch_size=2000,
    )
