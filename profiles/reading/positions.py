"""Statements that disagree, sorted by what they hold: one position for each date, or for each profile named."""

from collections.abc import Callable, Iterable
from itertools import combinations

from msgspec import Struct

from profiles.values import documents as docs
from profiles.values.speech import say

from .leaf import Leaf, Link
from .lines import Line
from .origins import other_end
from .values_of import when_of


class Side(Struct, frozen=True):
    """One of the statements that disagree; `place` leads to it where it stands elsewhere, `of` says whose it is."""

    line: Line
    here: bool
    place: Link
    of: str = ""


class Position(Struct, frozen=True):
    """The statements that hold one and the same: the first in the open, the others named and folded under it."""

    label: str
    sides: tuple[Side, ...]

    @property
    def first(self) -> Side:
        """The statement in the open."""
        return self.sides[0]

    @property
    def folded(self) -> tuple[Side, ...]:
        """All others."""
        return self.sides[1:]


def positions(sides: tuple[Side, ...], at: str, leaf: Leaf) -> tuple[Position, ...]:
    """The positions of a dispute in the order of their first statement; none where no label tells them apart.

    No position may hold two statements that contradict each other.
    """

    def by_date(claim: docs.Claim) -> str:
        if claim.when:
            return when_of(claim)
        return say("%(who)s, no date stated", who=named(claim, at, leaf)) if named(claim, at, leaf) else ""

    for label_of in (by_date, lambda claim: named(claim, at, leaf)):
        found = _sorted(sides, label_of)
        if "" not in found and len(found) > 1 and not any(_contradict(one) for one in found.values()):
            return tuple(Position(label, tuple(group)) for label, group in found.items())
    return ()


def named(claim: docs.Claim, at: str, leaf: Leaf) -> str:
    """The profile or described party that a statement names beside the page's own."""
    return leaf.label(other_end(claim, at)) or claim.party


def _sorted(sides: Iterable[Side], label_of: Callable[[docs.Claim], str]) -> dict[str, list[Side]]:
    found: dict[str, list[Side]] = {}
    for side in sides:
        found.setdefault(label_of(side.line.claim), []).append(side)
    return found


def _contradict(sides: list[Side]) -> bool:
    pairs = combinations([side.line.claim for side in sides], 2)
    return any(b.uid in a.conflicts_with or a.uid in b.conflicts_with for a, b in pairs)
