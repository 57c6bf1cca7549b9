"""The blocks of a section: single claims, statements that disagree side by side, listings with their steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.vocabulary import Aspect

from .leaf import Leaf, Link
from .library import Dossier
from .lines import Line, by_aspect, line_of
from .values_of import UNSTATED_AUTHORITY


@dataclass(frozen=True, slots=True)
class Single:
    """A claim by itself."""

    line: Line
    sort: ClassVar[str] = "single"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the statements that disagree; `place` leads to it where it stands elsewhere."""

    line: Line
    here: bool
    place: Link


@dataclass(frozen=True, slots=True)
class Dispute:
    """Statements that name each other as disagreeing, side by side."""

    sides: tuple[Side, ...]
    sort: ClassVar[str] = "dispute"


@dataclass(frozen=True, slots=True)
class Listing:
    """A designation with the dated steps of its life, and what other statements say against any of them."""

    line: Line
    authority: Link
    programme: str
    evidence: str
    steps: tuple[Line, ...]
    against: tuple[Side, ...]
    personal: bool
    sort: ClassVar[str] = "listing"


Item = Single | Dispute | Listing


def items(aspect: Aspect, claims: list[docs.Claim], dossier: Dossier, leaf: Leaf) -> Iterable[Item]:
    """The claims of an aspect in order: steps under their designation, those that disagree at the first of them."""
    at = dossier.header.uid
    by_uid = {claim.uid: claim for claim in dossier.claims}
    left = {claim.uid: claim for claim in claims if claim.kind != "step" or claim.designation not in by_uid}
    while left:
        claim = left[next(iter(left))]
        if claim.kind == "designation":
            del left[claim.uid]
            yield _listing(claim, aspect, dossier, leaf)
            continue
        ring = _disagreeing(claim, left, by_uid, leaf)
        sides = tuple(_side(one, one.uid in left, aspect, at, by_uid, leaf) for one in ring)
        for one in ring:
            left.pop(one.uid, None)
        yield Dispute(sides) if len(sides) > 1 else Single(sides[0].line)


def _disagreeing(
    claim: docs.Claim, left: dict[str, docs.Claim], by_uid: dict[str, docs.Claim], leaf: Leaf
) -> list[docs.Claim]:
    """The claim and all that disagree with it or with one of those standing here too; what is elsewhere comes last."""
    ring = {claim.uid: claim}
    open_ends = [claim]
    for one in open_ends:
        for uid in one.conflicts_with if one.standing != "retracted" else ():
            other = by_uid.get(uid) or leaf.library.get(uid)
            if uid in ring or not isinstance(other, docs.Claim) or other.standing == "retracted":
                continue
            ring[uid] = other
            if uid in left and other.kind != "designation":
                open_ends.append(other)
    here = {one.uid for one in open_ends}
    return sorted(ring.values(), key=lambda one: one.uid not in here)


def _side(claim: docs.Claim, here: bool, aspect: Aspect, at: str, by_uid: dict[str, docs.Claim], leaf: Leaf) -> Side:
    if here and claim.kind != "designation":
        return Side(line_of(claim, at, aspect, leaf), True, Link(""))
    leaf.printed.add(claim.uid)
    if claim.uid in by_uid:
        return Side(line_of(claim, at, None, leaf), False, Link("Elsewhere on this page", f"#{claim.uid}"))
    owner = leaf.link(claim.subject)
    place = Link(f"On the page of {owner.label}", f"{owner.href}#{claim.uid}" if owner.href else "")
    return Side(line_of(claim, at, None, leaf), False, place)


def _listing(claim: docs.Claim, aspect: Aspect, dossier: Dossier, leaf: Leaf) -> Listing:
    at = dossier.header.uid
    by_uid = {one.uid: one for one in dossier.claims}
    shown = by_aspect([c for c in dossier.claims if c.designation == claim.uid], dossier.header)
    steps = tuple(line_of(step, at, aspect, leaf) for rows in shown.values() for step in rows)
    return Listing(
        line=line_of(claim, at, aspect, leaf),
        authority=leaf.link(claim.authority) if claim.authority else Link(UNSTATED_AUTHORITY),
        programme=leaf.label(claim.programme) if claim.programme else "",
        evidence=words.EVIDENCE.label(claim.evidence),
        steps=steps,
        against=tuple(_side(one, False, aspect, at, by_uid, leaf) for one in _against(claim, dossier, leaf)),
        personal=isinstance(dossier.header, docs.Person),
    )


def _against(claim: docs.Claim, dossier: Dossier, leaf: Leaf) -> list[docs.Claim]:
    """What disagrees with a designation or its steps, other than these themselves."""
    own = {one.uid: one for one in dossier.claims if claim.uid in (one.uid, one.designation)}
    uids = dict.fromkeys(uid for one in own.values() for uid in one.conflicts_with if uid not in own)
    found = [leaf.library.get(uid) for uid in uids]
    return [one for one in found if isinstance(one, docs.Claim) and one.standing != "retracted"]
