"""Save changes to drafts: one act by one person is one revision, with each document before and after."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.deletion import ProtectedError

from profiles.editorial.asking import ask_again
from profiles.editorial.audit import record
from profiles.editorial.mapping import hold_rows, read_rows, remove_rows, settle_seen, write_rows
from profiles.models import Claim, Picture, Profile, Revision, RevisionEntry, Silence, bulk
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


# Kind of document -> the letter before its serial, its table, and how many digits there are at least.
_SERIES: dict[str, tuple[str, Any, int]] = {
    "claim": ("", Claim, 4),
    "silence": ("s", Silence, 2),
    "picture": ("p", Picture, 2),
}


def next_uid(profile: Profile, kind: str = "claim") -> str:
    """The next free uid of a profile's claims (`kh-0018`), silences (`kh-s04`) or pictures (`kh-p02`).

    Never one that was ever used.
    """
    letter, table, width = _SERIES[kind]
    head = f"{profile.uid}-{letter}"
    used = set(table.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    used |= set(RevisionEntry.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    numbers = [int(uid[len(head) :]) for uid in used if uid[len(head) :].isdigit()]
    return f"{head}{max(numbers, default=0) + 1:0{width}d}"


@contextmanager
def recorded(
    uids: Callable[[], Iterable[str]] | Iterable[str],
    *,
    by: AbstractBaseUser | None,
    reason: str = "",
    act: str = "save",
    base: str | None = None,
    exact: bool = False,
) -> Iterator[Outcome]:
    """Watch rows while a form changes them: afterwards store the documents and make one revision.

    `base` is the digest that the form was opened on: if the one document named is no longer that, Stale is raised
    before anything is changed. Changed claims get a new salt unless they are written back `exact`ly. Raises Refused
    where the result is not well formed; the transaction is rolled back.
    """
    with transaction.atomic():
        hold_rows(uids() if callable(uids) else uids)
        # Asked again: while this waited for somebody else's save, rows may have come or gone.
        wanted = list(uids() if callable(uids) else uids)
        were = read_rows(wanted)
        before = {uid: docs.digest(document) for uid, document in were.items()}
        if base is not None and before.get(wanted[0], "") != base:
            raise Stale("Somebody has saved this meanwhile. Compare both and save again.")
        outcome = Outcome()
        yield outcome
        after = read_rows(list(uids() if callable(uids) else uids))
        settle(outcome, before, after, exact, there=after, were=were, by=by, reason=reason, act=act)


def bring_in(
    made: Iterable[docs.Document],
    *,
    owners: Iterable[str] = (),
    by: AbstractBaseUser | None = None,
    reason: str = "",
    act: str = "import",
) -> Outcome:
    """Make the draft rows spell these documents, in one transaction and one revision; the same again changes nothing.

    A claim, silence or picture of an `owners` profile that is not among them is retracted if it is published, else
    removed.
    Raises Refused naming what cannot be, with nothing changed.
    """
    outcome = Outcome()
    owned = list(owners)
    with transaction.atomic():
        act_of = _Act(outcome, by=by, reason=reason, act=act)
        named: set[str] = set()
        captures = False
        for documents in _batches(made):
            wanted = {document.uid: document for document in documents}
            if owned:
                named |= wanted.keys()
            captures = captures or any(isinstance(document, docs.Version) for document in documents)
            _write_changed(wanted, act_of)
        if captures:
            # Claims may have come before the versions that they cite.
            settle_seen()
        if owned:
            _let_go_of(_owned(owned) - named, act_of)
    return outcome


# So many documents are held at a time: memory does not grow with what is brought in.
_BATCH = 5_000


def _batches(made: Iterable[docs.Document]) -> Iterator[list[docs.Document]]:
    rest = iter(made)
    while some := list(islice(rest, _BATCH)):
        yield some


def _write_changed(wanted: dict[str, docs.Document], act_of: "_Act") -> None:
    hold_rows(wanted)
    there = read_rows(wanted)
    changed = {uid: d for uid, d in wanted.items() if there.get(uid) != d}
    act_of.outcome.unchanged += len(wanted) - len(changed)
    fixed = [uid for uid, d in changed.items() if isinstance(d, docs.Version) and uid in there]
    if fixed:
        raise Refused(*(f"{uid} is a capture and cannot be changed: capture the source again." for uid in fixed))
    moved = [uid for uid, d in changed.items() if uid in there and docs.tag_of(d) != docs.tag_of(there[uid])]
    if moved:
        raise Refused(*(f"{uid} names a {docs.tag_of(there[uid])} already." for uid in moved))
    write_rows(changed.values(), there)
    ask_again(there, changed)
    act_of.enter({uid: docs.digest(there[uid]) for uid in changed if uid in there}, changed)


def _let_go_of(absent: set[str], act_of: "_Act") -> None:
    """Retract what is published, remove the rest."""
    hold_rows(absent)
    there = read_rows(absent)
    published = published_digests(absent)
    retracted: dict[str, docs.Document] = {}
    for uid, document in sorted(there.items()):
        if uid not in published:
            act_of.outcome.removed.append(uid)
        elif not isinstance(document, docs.Claim):
            raise Refused(f"{uid} is published and cannot be left out: say in the file what holds instead.")
        elif document.standing != "retracted":
            retracted[uid] = msgspec.structs.replace(
                document, standing="retracted", standing_note="Taken out of the data set.", salt=new_salt()
            )
    act_of.outcome.retracted += sorted(retracted)
    write_rows(retracted.values(), there)
    try:
        remove_rows(act_of.outcome.removed)
    except ProtectedError as error:
        names = sorted({str(row.pk) for row in error.protected_objects})
        raise Refused(f"Cannot be removed, since these name it: {', '.join(names[:10])}.") from error
    before = {uid: docs.digest(document) for uid, document in there.items()}
    act_of.enter(before, retracted, gone=act_of.outcome.removed)


def _owned(owners: Iterable[str]) -> set[str]:
    wanted = list(owners)
    tables = (Claim, Silence, Picture)
    return {
        uid for table in tables for uid in table.objects.filter(subject_id__in=wanted).values_list("uid", flat=True)
    }


def settle(
    outcome: Outcome,
    before: dict[str, str],
    after: dict[str, docs.Document],
    exact: bool,
    *,
    there: Mapping[str, docs.Document],
    were: Mapping[str, docs.Document] | None = None,
    by: AbstractBaseUser | None,
    reason: str,
    act: str,
) -> None:
    """Make the rows spell what is not as `before` (uid -> digest), in the caller's transaction, in one revision.

    `there` is what they spell now, `were` what they spelt before, where that is something else. A uid that is before
    and not after was removed. Raises Refused where a document is not well formed.
    """
    changed = {uid: d for uid, d in after.items() if before.get(uid) != docs.digest(d)}
    # A new salt with new content: two states of one sentence cannot be told to be alike from their digests.
    salted = {
        uid: msgspec.structs.replace(d, salt=new_salt())
        for uid, d in changed.items()
        if isinstance(d, docs.OWNED) and not exact
    }
    changed.update(salted)
    problems = [f"{uid}: {p}." for uid, d in changed.items() for p in docs.check(d)]
    if problems:
        raise Refused(*problems)
    write_rows(changed.values(), there)
    ask_again(there if were is None else were, changed, exact=exact)
    _Act(outcome, by=by, reason=reason, act=act).enter(
        before, changed, gone=before.keys() - after.keys(), salted=salted
    )


class _Act:
    """One act in the making: its revision is made with its first change, and no change makes none."""

    def __init__(self, outcome: Outcome, *, by: AbstractBaseUser | None, reason: str, act: str) -> None:
        self.outcome = outcome
        self.by = by
        self.reason = reason
        self.act = act

    def enter(
        self,
        before: dict[str, str],
        changed: dict[str, docs.Document],
        gone: Iterable[str] = (),
        salted: Collection[str] = (),
    ) -> None:
        """Store the changed documents and tell the revision of them."""
        outcome = self.outcome
        digests = store(changed.values(), salted=salted)
        outcome.added += sorted(uid for uid in changed if uid not in before)
        outcome.changed += sorted(uid for uid in changed if uid in before and uid not in outcome.retracted)
        pairs = {uid: (before.get(uid, ""), sha) for uid, sha in digests.items()}
        pairs.update({uid: (before[uid], "") for uid in gone})
        if not pairs:
            return
        if outcome.revision is None:
            outcome.revision = Revision.objects.create(act=self.act, by=self.by, reason=self.reason)  # type: ignore[misc]
            record("revised", by=self.by, thing=f"revision {outcome.revision.pk}")
        revision = outcome.revision.pk
        rows = ((revision, uid, old, new) for uid, (old, new) in sorted(pairs.items()))
        bulk.insert(RevisionEntry, ("revision_id", "uid", "before", "after"), rows)
