"""The passages of one text looked for together in another: each tells where its neighbours must stand.

Alone, a passage whose words changed is taken for moved where the same words happen to stand elsewhere (a caption
printed twice). Together, those that stand once give the order, and what breaks it is looked at again.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from profiles.values.anchors import Finding, Passage, digest, paragraph_at, verify

_WORD = re.compile(r"\w\w")

Pair: TypeAlias = tuple[int, int]  # where a passage was pinned, and where its words stand now


def verify_together(text: str, length: int, passages: Sequence[Passage]) -> list[Finding]:
    """What became of passages pinned in a text of `length` code points in another, in their order.

    verified, moved, changed or gone, as `verify` says; but words must stand there as words: "militia" is not found in
    "militias". Passages that stand once, in order, are what the others are measured by. Words found elsewhere count as
    moved only where no other passage has that place, and either text put in or taken out explains how far they are
    from where they should be, or their own place has closed up.
    """
    found = {passage: _whole(text, verify(text, passage)) for passage in dict.fromkeys(passages)}
    ends = [(-1, -1), (length, len(text))]
    frame = _Frame(text, [ends[0], *_chain(_reliable(found.values())), ends[1]])
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


def _whole(text: str, finding: Finding) -> Finding:
    """A finding without the places where an edge of the passage would cut a word in two."""
    length = finding.pinned.end - finding.pinned.start
    places = tuple(at for at in finding.places if not (_cuts(text, at) or _cuts(text, at + length)))
    if len(places) == len(finding.places):
        return finding
    if not places:
        return Finding("changed", finding.pinned, None, None)
    if finding.state == "verified" and finding.pinned.start in places:
        return replace(finding, places=places)
    nearest = min(places, key=lambda at: abs(at - finding.pinned.start))
    return _moved_to(text, replace(finding, state="moved", places=places), nearest)


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(_WORD.fullmatch(text, at - 1, at + 1))


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

    def around(self, start: int) -> tuple[Pair, Pair]:
        """The nearest pairs pinned before and after a place; the ends of the texts are the outermost."""
        before = bisect_left(self.chain, (start, -1)) - 1
        after = bisect_right(self.chain, (start, len(self.text)))
        return self.chain[max(before, 0)], self.chain[min(after, len(self.chain) - 1)]

    def expected(self, start: int) -> int:
        """Where a place should be now: as far along as its nearest neighbour before it."""
        pinned, now = self.around(start)[0]
        return start + now - pinned

    def grown(self, start: int) -> int:
        """By how much the text between a place's neighbours has grown, or shrunk."""
        before, after = self.around(start)
        return (after[1] - before[1]) - (after[0] - before[0])

    def off(self, start: int, place: int) -> int:
        """How far words are from where they should be, by the nearer of their two neighbours."""
        return min(abs(place - start - (now - pinned)) for pinned, now in self.around(start))

    def explained(self, passage: Passage, place: int) -> bool:
        """Whether the words are where text put in or taken out beside them would have shifted them."""
        before, after = self.around(passage.start)
        if not before[1] < place < after[1]:
            return False
        shift, grown = place - self.expected(passage.start), self.grown(passage.start)
        # Nearer than its own length there is no room for the same words a second time.
        slack = passage.end - passage.start - 1
        return min(0, grown) - slack <= shift <= max(0, grown) + slack

    def lost(self, passage: Passage) -> Finding:
        """Its words stand nowhere: changed, with what stands in their stead, or gone with its place."""
        at = self.expected(passage.start)
        words = self.text[at : at + passage.end - passage.start]
        if not words.strip() or len(words) + self.grown(passage.start) <= 0:
            return Finding("gone", passage, None, None)
        instead = Passage(paragraph_at(self.text, at), at, at + len(words), digest(words))
        return Finding("changed", passage, instead, None)

    def assign(self, passages: list[Passage], places: list[int]) -> list[tuple[Passage, int | None]]:
        """Give passages of the same words the places where these stand, each place once; None: none is left for it.

        Places that a shift explains come first, the nearest before others; elsewhere only a passage whose own place
        has closed up has moved.
        """
        length = passages[0].end - passages[0].start
        closed = {p.start for p in passages if length + self.grown(p.start) <= 0}
        offers = sorted(
            (not self.explained(passage, place), self.off(passage.start, place), passage.start, place)
            for passage in passages
            for place in places
        )
        given: dict[int, int] = {}
        for unexplained, _, start, place in offers:
            taken = start in given or place in given.values()
            if not taken and (not unexplained or start in closed):
                given[start] = place
        return [(passage, given.get(passage.start)) for passage in passages]


def _moved_to(text: str, finding: Finding, place: int) -> Finding:
    pinned = finding.pinned
    found = Passage(paragraph_at(text, place), place, place + pinned.end - pinned.start, pinned.sha256)
    return replace(finding, found=found)
