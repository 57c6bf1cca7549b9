"""The blocks of a section: single claims, statements that disagree side by side, listings with their steps."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec import Struct

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say
from profiles.values.vocabulary import Aspect

from . import addresses
from .kin import kin_key
from .leaf import Leaf, Link
from .library import Dossier
from .lines import Line, by_aspect, line_of
from .positions import Position, Side, named, positions
from .values_of import UNSTATED_AUTHORITY


class Single(Struct, frozen=True):
    """A claim by itself."""

    line: Line
    sort: ClassVar[str] = "single"


class Kin(Struct, frozen=True):
    """Claims that differ only in the kind of one tie: one line, their statements folded under it."""

    lines: tuple[Line, ...]
    sort: ClassVar[str] = "kin"


class Echo(Struct, frozen=True):
    """What the item before it says already, told from the other side: whose statement it is, and what it is against."""

    line: Line
    of: Link
    against: tuple[Link, ...]
    sort: ClassVar[str] = "echo"


class Dispute(Struct, frozen=True):
    """Statements that name each other as disagreeing, side by side; by position where they can be told apart."""

    sides: tuple[Side, ...]
    positions: tuple[Position, ...] = ()
    sort: ClassVar[str] = "dispute"


class Listing(Struct, frozen=True):
    """A designation with the dated steps of its life, and what other statements say against any of them."""

    line: Line
    authority: Link
    programme: str
    evidence: str
    steps: tuple[Line, ...]
    against: tuple[Side, ...]
    personal: bool
    sort: ClassVar[str] = "listing"


Item = Single | Kin | Dispute | Listing | Echo


def items(
    aspect: Aspect, claims: list[docs.Claim], dossier: Dossier, leaf: Leaf, again: Mapping[str, list[docs.Claim]]
) -> Iterable[Item]:
    """The claims of an aspect in order: steps under their designation, those that disagree at the first of them.

    `again` holds, by the uid of a claim, those that say the same from the other side: a line each, right after it.
    """
    for uids, item in _items(aspect, claims, dossier, leaf):
        yield item
        for claim in (one for uid in uids for one in again.get(uid, ())):
            leaf.printed.update(claim.conflicts_with)
            against = tuple(Link(uid, addresses.claim(uid)) for uid in claim.conflicts_with)
            yield Echo(line_of(claim, dossier.header.uid, None, leaf), leaf.link(claim.subject), against)


def _items(
    aspect: Aspect, claims: list[docs.Claim], dossier: Dossier, leaf: Leaf
) -> Iterable[tuple[tuple[str, ...], Item]]:
    """Each item with the uids of the claims that it prints at this place."""
    at = dossier.header.uid
    by_uid = dossier.by_uid
    left = {claim.uid: claim for claim in claims if claim.kind != "step" or claim.designation not in by_uid}
    keys = {uid: kin_key(claim) for uid, claim in left.items()}
    while left:
        claim = left[next(iter(left))]
        if claim.kind == "designation":
            del left[claim.uid]
            yield (claim.uid,), _listing(claim, aspect, dossier, leaf)
            continue
        key = keys[claim.uid]
        kin = [one for uid, one in left.items() if keys[uid] == key] if key else []
        if len(kin) > 1:
            for one in kin:
                del left[one.uid]
            yield tuple(one.uid for one in kin), Kin(tuple(line_of(one, at, aspect, leaf) for one in kin))
            continue
        ring = _disagreeing(claim, left, by_uid, leaf)
        sides = tuple(_side(one, one.uid in left, aspect, at, by_uid, leaf) for one in ring)
        here = tuple(one.uid for one in ring if left.pop(one.uid, None))
        yield here, Dispute(sides, positions(sides, at, leaf)) if len(sides) > 1 else Single(sides[0].line)


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
    whose = named(claim, at, leaf) or leaf.label(claim.subject)
    if here and claim.kind != "designation":
        return Side(line_of(claim, at, aspect, leaf), True, Link(""), whose)
    leaf.printed.add(claim.uid)
    if claim.uid in by_uid:
        return Side(line_of(claim, at, None, leaf), False, Link(say("Elsewhere on this page"), f"#{claim.uid}"), whose)
    owner = leaf.link(claim.subject)
    place = Link(
        say("On the page of %(profile)s", profile=owner.label), f"{owner.href}#{claim.uid}" if owner.href else ""
    )
    return Side(line_of(claim, at, None, leaf), False, place, whose)


def _listing(claim: docs.Claim, aspect: Aspect, dossier: Dossier, leaf: Leaf) -> Listing:
    at = dossier.header.uid
    by_uid = dossier.by_uid
    own = [c for c in dossier.claims if c.designation == claim.uid]
    shown = by_aspect(own, dossier.header)
    steps = tuple(line_of(step, at, aspect, leaf) for rows in shown.values() for step in rows)
    return Listing(
        line=line_of(claim, at, aspect, leaf, own),
        authority=leaf.link(claim.authority) if claim.authority else Link(say(UNSTATED_AUTHORITY).capitalize()),
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
