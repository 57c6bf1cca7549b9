"""The passages of one text looked for together in another: each tells where its neighbours must stand.

Alone, a passage whose words changed is taken for moved where the same words happen to stand elsewhere (a caption
printed twice). Together, those that stand once give the order, and what breaks it is looked at again.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from profiles.values.anchors import Finding, Passage, digest, paragraph_at, verify

Pair: TypeAlias = tuple[int, int]  # where a passage was pinned, and where its words stand now


def verify_together(text: str, passages: Sequence[Passage]) -> list[Finding]:
    """What became of each passage, by its digest, in their order: verified, moved, changed or gone, as `verify` says.

    Passages that stand once, in order, are what the others are measured by. Words found elsewhere count as moved only
    where no other passage has that place, and either the order holds or their own place has closed up.
    """
    found = {passage: verify(text, passage) for passage in dict.fromkeys(passages)}
    frame = _Frame(text, _chain(_reliable(found.values())))
    same_words = defaultdict(list)
    for passage, finding in found.items():
        if finding.state == "moved":
            same_words[(passage.sha256, passage.end - passage.start)].append(passage)
        elif finding.state in ("changed", "gone"):
            found[passage] = frame.lost(passage)
    held = {(p.sha256, f.pinned.start) for p, f in found.items() if f.state == "verified"}
    for (sha256, _), moved in same_words.items():
        own = {passage.start for passage in moved}
        places = [place for place in found[moved[0]].places if place in own or (sha256, place) not in held]
        for passage, place in frame.assign(moved, places):
            found[passage] = frame.lost(passage) if place is None else _moved_to(text, found[passage], place)
    return [found[passage] for passage in passages]


def _reliable(findings: Iterable[Finding]) -> list[Pair]:
    """Those in their place, and those whose words stand once and are pinned once."""
    there = [finding for finding in findings if finding.found]
    pinned = defaultdict(set)
    for finding in there:
        pinned[finding.pinned.sha256].add(finding.pinned.start)
    return [
        (finding.pinned.start, finding.found.start)
        for finding in there
        if finding.found
        and (
            finding.state == "verified"
            or (finding.state == "moved" and len(finding.places) == 1 and len(pinned[finding.pinned.sha256]) == 1)
        )
    ]


def _chain(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs that rise together: what kept its order."""
    ordered = sorted(set(pairs), key=lambda pair: (pair[0], -pair[1]))
    tails: list[int] = []  # the smallest place that a run of this length ends in
    ends: list[int] = []  # and the number of the pair it ends with
    before: list[int | None] = []
    for number, (_, place) in enumerate(ordered):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    chain: list[Pair] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A text and the pairs that say how far each part of it has shifted."""

    text: str
    chain: list[Pair]

    def around(self, start: int) -> tuple[Pair | None, Pair | None]:
        """The nearest pairs pinned before and after a place."""
        before = bisect_left(self.chain, (start, -1))
        after = bisect_right(self.chain, (start, len(self.text)))
        return (
            self.chain[before - 1] if before else None,
            self.chain[after] if after < len(self.chain) else None,
        )

    def expected(self, start: int) -> int:
        """Where a place should be now: as far along as its nearest neighbour before, else after."""
        before, after = self.around(start)
        near = before or after or (0, 0)
        return max(0, start + near[1] - near[0])

    def in_order(self, start: int, place: int) -> bool:
        """Whether words pinned at `start` and found at `place` still stand between the same neighbours."""
        before, after = self.around(start)
        return (before is None or before[1] < place) and (after is None or place < after[1])

    def left_of(self, passage: Passage) -> int:
        """How much of a passage's place is left between its neighbours; all of it where they do not say."""
        length = passage.end - passage.start
        before, after = self.around(passage.start)
        if after is None:
            return min(length, len(self.text) - self.expected(passage.start))
        before = before or (0, 0)
        return length + (after[1] - before[1]) - (after[0] - before[0])

    def lost(self, passage: Passage) -> Finding:
        """Its words stand nowhere: changed, with what stands in their stead, or gone with its place."""
        at = self.expected(passage.start)
        words = self.text[at : at + passage.end - passage.start]
        if not words.strip() or self.left_of(passage) <= 0:
            return Finding("gone", passage, None, None)
        instead = Passage(paragraph_at(self.text, at), at, at + len(words), digest(words))
        return Finding("changed", passage, instead, None)

    def assign(self, passages: list[Passage], places: list[int]) -> list[tuple[Passage, int | None]]:
        """Give passages of the same words the places where these stand, each place once; None: none is left for it.

        Nearest to where it should be comes first, places in order before others; out of order only a passage whose
        own place has closed up by half or more has moved there.
        """
        starts = {passage.start for passage in passages}
        offers = sorted(
            (not self.in_order(start, place), abs(place - self.expected(start)), start, place)
            for start in starts
            for place in places
        )
        length = passages[0].end - passages[0].start
        closed = {p.start for p in passages if 2 * self.left_of(p) <= length}
        given: dict[int, int] = {}
        for out_of_order, _, start, place in offers:
            taken = start in given or place in given.values()
            if not taken and (not out_of_order or start in closed):
                given[start] = place
        return [(passage, given.get(passage.start)) for passage in passages]


def _moved_to(text: str, finding: Finding, place: int) -> Finding:
    pinned = finding.pinned
    found = Passage(paragraph_at(text, place), place, place + pinned.end - pinned.start, pinned.sha256)
    return replace(finding, found=found)
