"""The passages of one version of a text looked for in a later one: same, moved, changed or gone, with the evidence.

A passage counts as unchanged only where its whole sentence is: the same words in a sentence that now denies them are
for an editor to look at. Sentences are laid beside each other in the order of the text first, then those that moved,
then those that are alike.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from profiles.values.anchors import AnchorError, Passage, digest, paragraph_at, sentences
from profiles.values.passages import verify_together

__all__ = ["Verdict", "reanchor", "reanchor_blind"]

State = Literal["same", "moved", "changed", "gone"]
Range = tuple[int, int]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w\w")

_ALIKE = 0.6  # below this likeness of their letters two sentences are not two states of one
_PAIRED = 0.45  # enough where each stands alone between the same neighbours
_SURELY = 0.9  # above it, and between the same neighbours, no other is looked for
_TELLING = 20  # words of so many letters are known again in another sentence
_RAREST = 6  # words of a sentence that it is looked for by
_LOOKED_AT = 4  # the likeliest sentences by their words; of these the letters are compared


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a passage in the new text, and what shows it.

    `found` is where its words stand, or what stands in their stead; None where it is gone. `similarity` of those words
    is 0 to 1, None where the old text is not at hand. `was` and `sentence` are the sentences around it in the old text
    and in the new. `near`: where it would stand. `times`: how often its very words stand in the new text. `sure`: the
    words and their sentence are the same, and there is no other place that it could be.
    """

    state: State
    pinned: Passage
    found: Passage | None
    similarity: float | None
    was: Range | None
    sentence: Range | None
    near: int
    times: int
    sure: bool

    @property
    def has_same_words(self) -> bool:
        """Whether the very words stand at `found`."""
        return self.found is not None and self.found.sha256 == self.pinned.sha256

    @property
    def evidence(self) -> str:
        """One line: where it was, where what was found stands, how alike it is, what makes it doubtful."""
        told = f"{self.state}: {_place(self.pinned)}"
        if self.found is None:
            return f"{told}; its words stand nowhere" if not self.times else f"{told}; {_times(self.times)} elsewhere"
        if self.state != "same":
            told += f", now {_place(self.found)}"
        if self.state == "changed" and self.has_same_words:
            told += "; the words are the same, the sentence around them is not"
        elif self.state == "changed" and self.similarity is not None:
            told += f"; {self.similarity:.0%} alike"
        return f"{told}; {_times(self.times)}" if self.times > 1 else told


def reanchor(old: str, new: str, passages: Sequence[Passage]) -> list[Verdict]:
    """What became of passages of the old text in the new one, in their order.

    AnchorError where one does not stand in the old text.
    """
    beside = _Beside(old, new)
    return [beside.verdict(passage) for passage in passages]


def reanchor_blind(length: int, new: str, passages: Sequence[Passage]) -> list[Verdict]:
    """The same where the old text, of so many code points, is not at hand: by place and digest alone."""
    found = []
    ends = sentences(new)
    for one in verify_together(new, length, passages):
        state: State = "same" if one.state == "verified" else one.state
        start = one.found.start if one.found else min(one.pinned.start, len(new))
        around = _around(ends, start)
        sure = state in ("same", "moved") and len(one.places) == 1
        found.append(Verdict(state, one.pinned, one.found, None, None, around, start, len(one.places), sure))
    return found


def _place(passage: Passage) -> str:
    return f"paragraph {passage.paragraph}, {passage.start} to {passage.end}"


def _times(times: int) -> str:
    return f"the words stand {times} times" if times > 1 else "the words stand once"


def _around(ends: Sequence[Range], at: int) -> Range | None:
    number = bisect_right(ends, (at, 1 << 60)) - 1
    return ends[number] if number >= 0 else None


class _Beside:
    """Two texts, sentence beside sentence."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.old_at, self.new_at = sentences(old), sentences(new)
        self.old_words = [old[start:end] for start, end in self.old_at]
        self.new_words = [new[start:end] for start, end in self.new_at]
        self.pairs: dict[int, int] = {}  # sentences that are the same
        self.certain: set[int] = set()  # those of them that can be no other
        # A sentence without its like: what stands between the same neighbours, and where in that it would be.
        self.gaps: dict[int, tuple[range, int]] = {}
        self.alike: dict[int, tuple[int, float] | None] = {}
        self._in_order()
        self._elsewhere()
        self.free = sorted(set(range(len(self.new_words))) - set(self.pairs.values()))
        self.bags = {number: Counter(_TOKEN.findall(self.new_words[number])) for number in self.free}
        self.holding: dict[str, list[int]] = defaultdict(list)  # token -> the sentences that it stands in
        for number, bag in self.bags.items():
            for token in bag:
                self.holding[token].append(number)

    # -- sentence beside sentence -----------------------------------------------------------------------

    def _in_order(self) -> None:
        once = self._once()
        matcher = SequenceMatcher(None, self.old_words, self.new_words, autojunk=False)
        for what, i1, i2, j1, j2 in matcher.get_opcodes():
            if what != "equal":
                self.gaps.update({n: (range(j1, j2), j1 + (n - i1) * (j2 - j1) // (i2 - i1)) for n in range(i1, i2)})
                continue
            self.pairs.update(zip(range(i1, i2), range(j1, j2), strict=True))
            # Of repeated words none can say which of them is which.
            self.certain |= {number for number in range(i1, i2) if self.old_words[number] in once}

    def _once(self) -> set[str]:
        old, new = Counter(self.old_words), Counter(self.new_words)
        return {words for words, times in old.items() if times == 1 and new[words] == 1}

    def _elsewhere(self) -> None:
        """Sentences that were taken out in one place and stand in another."""
        once = self._once()
        taken = set(self.pairs.values())
        free: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.new_words):
            if number not in taken:
                free[words].append(number)
        for number in sorted(self.gaps):
            words = self.old_words[number]
            if places := free.get(words):
                # Beside a sentence that moved with it, else the nearest in the order of the text.
                beside = self.pairs.get(number - 1, -2) + 1
                place = beside if beside in places else min(places, key=lambda it: abs(it - number))
                places.remove(place)
                self.pairs[number] = place
                if words in once:
                    self.certain.add(number)

    def likeliest(self, number: int) -> tuple[int, float] | None:
        """The sentence that an old one has become, and how alike they are; None where there is none."""
        if number not in self.alike:
            self.alike[number] = self._likeliest(number)
        return self.alike[number]

    def _likeliest(self, number: int) -> tuple[int, float] | None:
        words = self.old_words[number]
        gap, expected = self.gaps.get(number, (range(0), number))
        here = [place for place in gap if place in self.bags and abs(place - expected) <= _LOOKED_AT]
        offers = []
        for place in dict.fromkeys([*self._sharing(words, expected), *here]):
            matcher = SequenceMatcher(None, words, self.new_words[place], autojunk=False)
            least = _PAIRED if here == [place] else _ALIKE
            if matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least:
                offers.append((ratio + 0.1 * (place in gap), -abs(place - expected), place, ratio))
                if ratio > _SURELY and place in gap:
                    break
        if not offers:
            return None
        *_, place, ratio = max(offers)
        return place, ratio

    def _sharing(self, words: str, expected: int) -> list[int]:
        """The free sentences with most of these words, the rarest words asked first."""
        bag = Counter(_TOKEN.findall(words))
        rarest = sorted((token for token in bag if token in self.holding), key=lambda it: (len(self.holding[it]), it))
        hits = Counter(place for token in rarest[:_RAREST] for place in self.holding[token])
        likely = sorted(hits, key=lambda it: (-hits[it], abs(it - expected)))[: 8 * _LOOKED_AT]
        share = {place: (bag & self.bags[place]).total() / (bag.total() + self.bags[place].total()) for place in likely}
        return sorted(share, key=lambda it: (-share[it], abs(it - expected)))[:_LOOKED_AT]

    # -- one passage --------------------------------------------------------------------------------------

    def verdict(self, passage: Passage) -> Verdict:
        """What became of one passage."""
        words = self.old[passage.start : passage.end]
        if digest(words) != passage.sha256:
            raise AnchorError(f"this is not the text that {passage.start} to {passage.end} was pinned in")
        number = max(0, bisect_right(self.old_at, (passage.start, 1 << 60)) - 1)
        was = self.old_at[number]
        times = self.new.count(words)
        if number in self.pairs and passage.end <= was[1]:
            place = self.pairs[number]
            start = self.new_at[place][0] + passage.start - was[0]
            found = self._passage(start, start + len(words))
            state: State = "same" if found == passage else "moved"
            sure = number in self.certain
            return Verdict(state, passage, found, 1.0, was, self.new_at[place], found.start, times, sure)
        return self._changed(passage, words, number, times)

    def _changed(self, passage: Passage, words: str, number: int, times: int) -> Verdict:
        was, near = self.old_at[number], self._near(number)
        pair = self.likeliest(number)
        place = pair[0] if pair else None
        stretch = self._stretch(passage, number, place) if place is not None else None
        if stretch is None or self.new[slice(*stretch)] != words:
            # Sentences were cut or joined: the words themselves are long enough to be known again.
            again = self._words_again(words, number) if len(words) >= _TELLING else None
            if again:
                place, stretch = again
        if place is None or stretch is None:
            around = None if place is None else self.new_at[place]
            return Verdict("gone", passage, None, None, was, around, around[0] if around else near, times, False)
        found = self._passage(*stretch)
        alike = SequenceMatcher(None, self.new[slice(*stretch)], words, autojunk=False).ratio()
        return Verdict("changed", passage, found, alike, was, self.new_at[place], found.start, times, False)

    def _near(self, number: int) -> int:
        """Where a sentence that is gone would stand: after the nearest before it that is still there."""
        before = next((self.pairs[n] for n in range(number - 1, -1, -1) if n in self.pairs), None)
        return self.new_at[before][1] if before is not None else 0

    def _words_again(self, words: str, number: int) -> tuple[int, Range] | None:
        gap, _ = self.gaps.get(number, (range(0), number))
        for place in sorted(self.free, key=lambda it: (it not in gap, abs(it - number))):
            if found := _whole_words(self.new_words[place], words):
                start = self.new_at[place][0] + found[0]
                return place, (start, start + len(words))
        return None

    def _stretch(self, passage: Passage, number: int, place: int) -> Range | None:
        """The part of a new sentence that stands where the passage stood in the old one; None where it was cut out."""
        old, new = self.old_words[number], self.new_words[place]
        first = self.new_at[place][0]
        words = self.old[passage.start : passage.end]
        offset = passage.start - self.old_at[number][0]
        olds, news = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
        inside = [n for n, it in enumerate(olds) if it.end() > offset and it.start() < offset + len(words)]
        steps = SequenceMatcher(None, [it[0] for it in olds], [it[0] for it in news], autojunk=False).get_opcodes()
        if not inside:
            return None
        left, right = _mapped(steps, inside[0]), _mapped(steps, inside[-1], last=True)
        if places := _whole_words(new, words):
            expected = news[min(left, len(news) - 1)].start() if news else 0
            start = first + min(places, key=lambda it: abs(it - expected))
            return start, start + len(words)
        if right <= left:
            return None
        return first + news[left].start(), first + news[right - 1].end()

    def _passage(self, start: int, end: int) -> Passage:
        return Passage(paragraph_at(self.new, start), start, end, digest(self.new[start:end]))


def _mapped(steps: Iterable[tuple[str, int, int, int, int]], token: int, *, last: bool = False) -> int:
    """Where a token of the old sentence stands in the new one; with `last`, where what follows it begins."""
    for what, i1, i2, j1, j2 in steps:
        if i1 <= token < i2:
            if what == "equal":
                return j1 + token - i1 + last
            share = (token - i1 + last) * (j2 - j1) / (i2 - i1)
            return j1 + (-int(-share // 1) if last else int(share))
    raise AssertionError("a token outside every step")


def _whole_words(text: str, words: str) -> list[int]:
    """The starts of all occurrences that cut no word in two."""
    found = []
    at = text.find(words)
    while at >= 0:
        if not any(
            0 < edge < len(text) and _WORD.fullmatch(text, edge - 1, edge + 1) for edge in (at, at + len(words))
        ):
            found.append(at)
        at = text.find(words, at + 1)
    return found
