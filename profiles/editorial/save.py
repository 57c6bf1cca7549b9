"""Save what a form spells: the document that it was opened on, and those that change with it, in one revision."""

import re
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from profiles.editorial.edit import Outcome, Stale, settle
from profiles.editorial.mapping import hold_rows, known_rows, read_rows
from profiles.models import Authority, Document, Place, Profile, Programme, RevisionEntry, Source, Speaker
from profiles.values import documents as docs

_SERIES: dict[str, tuple[str, Any]] = {
    "source": ("src-", Source),
    "speaker": ("spk-", Speaker),
    "authority": ("auth-", Authority),
    "programme": ("prog-", Programme),
    "place": ("place-", Place),
    "group": ("g", Profile),
    "person": ("p", Profile),
    "event": ("e", Profile),
}


def save(
    document: docs.Document,
    *,
    by: AbstractBaseUser,
    reason: str = "",
    base: str = "",
    held: docs.Document | None = None,
    also: Sequence[docs.Document] = (),
) -> Outcome:
    """Make the rows spell this document, and a claim's conflicts at both ends, in one revision.

    `also` are new documents that it names: a speaker, added with the claim.

    `base` is the digest that it was opened on; empty: it is new. `held` is what it spells now, where the caller has
    locked its row and then read it, in this transaction. Nothing changed: no revision. Raises Stale where somebody
    saved it meanwhile, Refused where it is not well formed; nothing is written then.
    """
    uid = document.uid
    outcome = Outcome()
    # In the caller's transaction without a savepoint: whatever refuses does so before anything is written.
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        # Of a new one no row is looked for in every table that could hang on it.
        there = {uid: held} if held else read_rows([uid] if base else known_rows([uid]))
        if (docs.digest(there[uid]) if uid in there else "") != base:
            raise Stale("Somebody has saved this meanwhile. Compare both and save again.")
        if also and known_rows(made.uid for made in also):
            raise Stale("Somebody has added the same meanwhile. Save again.")
        wanted: dict[str, docs.Document] = {uid: document}
        if isinstance(document, docs.Claim):
            wanted |= _mirrored(document, there)
        wanted |= {made.uid: made for made in also}
        before = {name: docs.digest(spelt) for name, spelt in there.items()}
        settle(outcome, before, wanted, False, there=there, by=by, reason=reason, act="save")
    return outcome


def one_at_a_time() -> None:
    """Wait, until the transaction ends, for whoever else gives out uids. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x4D494C])


def next_header_uid(tag: str) -> str:
    """The next free uid of a source, speaker, authority, programme, place (`spk-0002`) or profile (`g0001`)."""
    head, table = _SERIES[tag]
    used = set(table.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    used |= set(RevisionEntry.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    numbers = [int(found[1]) for uid in used if (found := re.fullmatch(re.escape(head) + r"(\d{4,})", uid))]
    return f"{head}{max(numbers, default=0) + 1:04d}"


def next_citation_number(claim: str) -> int:
    """The next number for a citation of a claim; never one that any stored document of it ever had."""
    pattern = re.compile(re.escape(claim) + r'-c(\d+)"')
    stored = Document.objects.filter(uid=claim, body__isnull=False).values_list("body", flat=True)
    return max((int(number) for body in stored for number in pattern.findall(body or "")), default=0) + 1


def _mirrored(claim: docs.Claim, there: dict[str, docs.Document]) -> dict[str, docs.Document]:
    """The claim with its conflicts written at both ends: itself, and each other claim that this changes.

    Standing follows a link: what stands becomes contested, and stands again once its last conflict is gone. What the
    other claims spell now is added to `there`.
    """
    was = there.get(claim.uid)
    linked, were = set(claim.conflicts_with), set(was.conflicts_with if isinstance(was, docs.Claim) else ())
    if linked == were:
        return {claim.uid: claim}
    made: dict[str, docs.Document] = {claim.uid: _standing(claim)}
    # Nobody saves another claim between this look at it and the save.
    hold_rows(linked ^ were)
    for uid, other in sorted(read_rows(linked ^ were).items()):
        if isinstance(other, docs.Claim):
            there[uid] = other
            made[uid] = with_conflict(other, claim.uid, linked=uid in linked)
    return made


def with_conflict(claim: docs.Claim, other: str, *, linked: bool) -> docs.Claim:
    """A claim that names another as in conflict with it, or no longer does; its standing follows."""
    named = {*claim.conflicts_with, other} if linked else {*claim.conflicts_with} - {other}
    return _standing(msgspec.structs.replace(claim, conflicts_with=tuple(sorted(named))))


def _standing(claim: docs.Claim) -> docs.Claim:
    if claim.conflicts_with and claim.standing == "stands":
        return msgspec.structs.replace(claim, standing="contested")
    if not claim.conflicts_with and claim.standing == "contested":
        return msgspec.structs.replace(claim, standing="stands")
    return claim
