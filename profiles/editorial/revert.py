"""Undo: a document back to what it was, exactly, by digest; a revision, or a whole profile, as one act.

Each is planned first, so that a screen can show what it will do; the act plans again in its own transaction, and where
the plan is no longer what was shown, nothing is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError

from profiles.editorial.edit import Outcome, Refused, Stale, new_salt, recorded
from profiles.editorial.mapping import hold_rows, read_rows, read_touching, write_rows
from profiles.editorial.remove import delete, dependents, ever_named, stays
from profiles.editorial.save import with_conflict
from profiles.models import ClaimLink, Revision, RevisionEntry
from profiles.models.documents import chunks
from profiles.models.editions import read_documents
from profiles.values import documents as docs


@dataclass(slots=True)
class Undone:
    """What an undo did, and why it left the rest: uid -> a sentence."""

    outcome: Outcome
    left: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What an undo will do: write these documents, remove those drafts, leave the rest, each with why.

    `mirrored` are claims of which nothing goes back but a conflict with one that does. `now` holds the drafts that it
    touches as they are.
    """

    written: dict[str, docs.Document] = field(default_factory=dict)
    mirrored: dict[str, docs.Claim] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    now: dict[str, docs.Document] = field(default_factory=dict)

    @property
    def uids(self) -> list[str]:
        """All that it will change."""
        return sorted({*self.written, *self.mirrored, *self.gone})

    @property
    def made(self) -> dict[str, docs.Document]:
        """What it will write."""
        return {**self.written, **self.mirrored}

    @property
    def digest(self) -> str:
        """Known by what it starts from and what it makes: another plan has another."""
        now, made = self.now, self.made
        pairs = [
            [uid, docs.digest(now[uid]) if uid in now else "", docs.digest(made[uid]) if uid in made else ""]
            for uid in self.uids
        ]
        return docs.sha256(docs.canonical({"plan": pairs}))


def revert_to(uid: str, sha256: str, *, by: AbstractBaseUser, reason: str = "", shown: str = "") -> Outcome:
    """Write an older state of a document back, salt and all, so that it has its old digest; also one that was removed.

    Refuses a state that is redacted or unknown, and one that names what is no longer there.
    """
    then = read_documents({uid: sha256}).get(uid)
    ends = then.conflicts_with if isinstance(then, docs.Claim) else ()
    undone = _act(lambda: _as_shown(plan_revert(uid, sha256), shown), [uid, *ends], by, reason)
    if undone.left:
        raise Refused(*undone.left.values())
    return undone.outcome


def undo(
    revision: Revision,
    *,
    by: AbstractBaseUser,
    reason: str = "",
    only: Iterable[str] | None = None,
    shown: str = "",
) -> Undone:
    """Take a revision back as one act, per document: what somebody has edited since is left, and listed with why.

    `only` limits it to some uids. What the revision added is removed, unless a review or another document names it.
    `shown` is the digest of the plan for the whole of it.
    """
    chosen = None if only is None else set(only)
    uids = list(revision.entries.values_list("uid", flat=True))

    def plan() -> Plan:
        whole = _as_shown(plan_undo(revision), shown)
        return whole if chosen is None else _within(revision, chosen, whole)

    return _act(plan, uids, by, reason)


def _within(revision: Revision, chosen: set[str], whole: Plan) -> Plan:
    """The plan for some of its claims: one whose conflict stands on another that was let be stays too, saying so."""
    held: dict[str, str] = {}
    while True:
        plan = plan_undo(revision, chosen - held.keys())
        spared = sorted(uid for uid in plan.mirrored if uid in whole.uids and uid not in chosen)
        if not spared:
            plan.left.update(held)
            return plan
        for uid in plan.written:
            if named := next((end for end in spared if uid in _moved_links(plan, end)), ""):
                held[uid] = (
                    f"{uid} stays: its conflict stands on {named} too, which you let be. Take both back, or none."
                )


def _moved_links(plan: Plan, end: str) -> set[str]:
    """The claims that the other end of a conflict would come to name, or no longer name."""
    now = plan.now[end]
    return {*plan.mirrored[end].conflicts_with} ^ {*(now.conflicts_with if isinstance(now, docs.Claim) else ())}


def put_back(profile: str, revision: Revision, *, by: AbstractBaseUser, reason: str = "", shown: str = "") -> Undone:
    """Write a profile and all that touches it back to what it was after a revision, over whatever came since.

    What came in since is removed, unless a review or another document names it.
    """
    return _act(lambda: _as_shown(plan_put_back(profile, revision), shown), [profile], by, reason)


def plan_revert(uid: str, sha256: str) -> Plan:
    """What `revert_to` will do."""
    document = read_documents({uid: sha256}).get(uid)
    if document is None or document.uid != uid:
        raise Refused(f"There is no such state of {uid}, or its words are redacted.")
    return _plan({uid: sha256}, read_rows([uid]))


def plan_undo(revision: Revision, only: set[str] | None = None) -> Plan:
    """What `undo` will do."""
    entries = {e.uid: e for e in revision.entries.all() if only is None or e.uid in only}
    now = read_rows(entries)
    digests = {uid: docs.digest(document) for uid, document in now.items()}
    moved = sorted(uid for uid, e in entries.items() if digests.get(uid, "") != e.after)
    plan = _plan({uid: e.before for uid, e in entries.items() if uid not in moved}, now)
    plan.left.update({uid: f"{uid} was edited since, and is left as it is." for uid in moved})
    plan.left.update({uid: f"{uid} was edited since: of it only the conflict goes back." for uid in plan.mirrored})
    return plan


def plan_put_back(profile: str, revision: Revision) -> Plan:
    """What `put_back` will do."""
    now = read_touching([profile])
    then = states_after(revision, {*now, *_once_of(profile)})
    # What was removed, and belonged to others, is theirs to recover.
    states = {uid: sha for uid, sha in then.items() if sha or uid in now}
    return _plan(states, now | read_rows(states.keys() - now.keys()))


def states_after(revision: Revision, uids: Iterable[str]) -> dict[str, str]:
    """Uid -> its digest right after a revision, empty where it was not there; what no revision tells of is left out."""
    found: dict[str, str] = {}
    for some in chunks(sorted(uids)):
        entries = RevisionEntry.objects.filter(uid__in=some).order_by("revision_id")
        for uid, number, before, after in entries.values_list("uid", "revision_id", "before", "after"):
            if number <= revision.pk:
                found[uid] = after
            else:
                found.setdefault(uid, before)
    return found


def _once_of(profile: str) -> Iterable[str]:
    """Every uid that was ever given within a profile, and its own."""
    own = Q(uid=profile) | Q(uid__startswith=f"{profile}-")
    return RevisionEntry.objects.filter(own).order_by().values_list("uid", flat=True).distinct()


def _as_shown(plan: Plan, shown: str) -> Plan:
    if shown and shown != plan.digest:
        raise Stale("Somebody has changed something of this meanwhile. Look again at what it will do now.")
    return plan


def _act(plan: Callable[[], Plan], held: Iterable[str], by: AbstractBaseUser, reason: str) -> Undone:
    with transaction.atomic():
        # With the other ends of conflicts, in one order with whoever saves one of them.
        hold_rows(_with_ends(held))
        made = plan()
        outcome = Outcome()
        if made.uids:
            with recorded(made.uids, by=by, reason=reason, act="revert", exact=True) as outcome:
                # Those go back exactly; these are changed, so they get a new salt.
                salted = (msgspec.structs.replace(claim, salt=new_salt()) for claim in made.mirrored.values())
                write_rows([*made.written.values(), *salted])
                _remove(made.gone)
            outcome.removed += made.gone
    return Undone(outcome, made.left)


def _with_ends(uids: Iterable[str]) -> list[str]:
    wanted = list(uids)
    found = set(wanted)
    for some in chunks(wanted):
        links = ClaimLink.objects.filter(claim__in=some, link="conflicts_with")
        found |= set(links.values_list("target_claim_id", flat=True))
    return sorted(found)


def _plan(back: dict[str, str], now: dict[str, docs.Document]) -> Plan:
    """How to get to these states (uid -> digest, empty: not there) from the drafts as they are."""
    digests = {uid: docs.digest(document) for uid, document in now.items()}
    back = {uid: sha for uid, sha in back.items() if digests.get(uid, "") != sha}
    documents = read_documents({uid: sha for uid, sha in back.items() if sha})
    left: dict[str, str] = {}
    for uid, sha in back.items():
        if docs.model_of(uid) == "version":
            left[uid] = f"{uid} is a capture, and stays."
        elif sha and uid not in documents:
            left[uid] = f"The earlier words of {uid} are redacted."
    written = _with_references(back, documents, left)
    gone = _removable([uid for uid, sha in back.items() if not sha and uid not in left], written, left)
    mirrored, ends = _mirrored(written, now)
    touched = {uid: d for uid, d in {**ends, **now}.items() if uid in written or uid in mirrored or uid in gone}
    return Plan(written, mirrored, gone, left, touched)


def _mirrored(
    written: dict[str, docs.Document], now: dict[str, docs.Document]
) -> tuple[dict[str, docs.Claim], dict[str, docs.Document]]:
    """The other ends of conflicts that come or go with what is written: as they will be, and as they are now."""
    moved: dict[str, dict[str, bool]] = {}
    for uid, document in written.items():
        if isinstance(document, docs.Claim):
            was = now.get(uid)
            linked, were = {*document.conflicts_with}, {*(was.conflicts_with if isinstance(was, docs.Claim) else ())}
            for other in (linked ^ were) - written.keys():
                moved.setdefault(other, {})[uid] = other in linked
    ends = read_rows(moved) if moved else {}
    made: dict[str, docs.Claim] = {}
    for uid, end in ends.items():
        if isinstance(end, docs.Claim):
            claim = end
            for other, comes in sorted(moved[uid].items()):
                claim = with_conflict(claim, other, linked=comes)
            if claim != end:
                made[uid] = claim
    return made, ends


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
    named = {uid for some in chunks(uids) for uid in ever_named(some)}
    left.update({uid: stays(uid) for uid in uids if uid in named})
    gone = [uid for uid in uids if uid not in named]
    will_name = {uid: {named for _, named in docs.references(d)} for uid, d in written.items()}
    while gone:
        # What goes with it does not hold it, nor what will be written back without naming it.
        kept = {
            one.names: f"{one}."
            for one in dependents(gone)
            if one.uid not in will_name or one.names in will_name[one.uid]
        }
        if not kept:
            break
        left.update(kept)
        gone = [uid for uid in gone if uid not in kept]
    return gone


def _remove(uids: list[str]) -> None:
    try:
        delete(uids)
    except ProtectedError as error:
        names = sorted({str(row.pk) for row in error.protected_objects})
        raise Refused(f"Cannot be removed, since these name it: {', '.join(names[:10])}.") from error
