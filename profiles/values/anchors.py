"""Text that can be pointed at: how a capture is normalised, and a passage of it pinned and found again.

All offsets count Unicode code points in the whole normalised text, half-open; paragraphs count from 0.
A passage's digest is the SHA-256 of its UTF-8. Selectors as in the W3C Web Annotation Data Model
(TextPositionSelector), with a digest where that has the words, since full texts stay private.
"""

import hashlib
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, chain
from typing import Literal

from profiles.values.sentences import sentences, sentences_between

__all__ = [
    "AnchorError",
    "Coverage",
    "Finding",
    "Passage",
    "State",
    "compare",
    "coverage",
    "digest",
    "find",
    "normalise",
    "paragraph_at",
    "paragraphs",
    "pin",
    "refusal",
    "sentences",
    "verify",
]

State = Literal["verified", "moved", "changed", "gone"]

# Unicode's White_Space but for the three line ends; written out, so that no Python version can change it.
_SPACES = re.compile("[\t\v\f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SHA256 = re.compile("[0-9a-f]{64}")
_WORD = re.compile(r"\w+|[^\w\s]")

# Below this likeness of the letters, words are no longer called a changed form of the passage.
_ALIKE = 0.6


class AnchorError(ValueError):
    """A text that cannot be normalised, or a passage that cannot be pinned; its message is for the editor."""


@dataclass(frozen=True)
class Passage:
    """A pinned passage: its paragraph, its range in the whole text, and the digest of its words."""

    paragraph: int
    start: int
    end: int
    sha256: str

    def __post_init__(self) -> None:
        if self.paragraph < 0 or not 0 <= self.start < self.end:
            raise AnchorError(f"no such passage: paragraph {self.paragraph}, {self.start} to {self.end}")
        if not _SHA256.fullmatch(self.sha256):
            raise AnchorError(f"not a lower-case hexadecimal SHA-256: {self.sha256!r}")


@dataclass(frozen=True)
class Finding:
    """What became of a pinned passage in a text, with the evidence.

    `found` is where its words stand (verified, moved) or what stands in their stead (changed); None if gone.
    `similarity` is 0 to 1, or None where the pinned words are not at hand to compare. `places` are the starts
    of all occurrences of the very words: more than one where they are repeated.
    """

    state: State
    pinned: Passage
    found: Passage | None
    similarity: float | None
    places: tuple[int, ...] = ()

    @property
    def evidence(self) -> str:
        """One line for a report: what was pinned, and where what was found stands."""
        pinned = f"paragraph {self.pinned.paragraph}, {self.pinned.start} to {self.pinned.end}"
        if self.found is None:
            return f"{self.state}: {pinned}"
        found = f"paragraph {self.found.paragraph}, {self.found.start} to {self.found.end}"
        repeated = f" (the words stand {len(self.places)} times)" if len(self.places) > 1 else ""
        if self.state == "verified":
            return f"verified: {pinned}{repeated}"
        if self.state == "moved":
            return f"moved: {pinned}, now {found}{repeated}"
        if self.similarity is None:
            return f"changed: other words stand at {pinned}"
        return f"changed: {pinned}, now {found}, {self.similarity:.0%} alike"


@dataclass(frozen=True)
class Coverage:
    """How much of a text is cited: code points other than white space, and the ranges that nobody cites."""

    cited: int
    total: int
    uncited: list[tuple[int, int]]

    @property
    def share(self) -> float:
        """Cited of total, 0 to 1; 1 where there is nothing to cite."""
        return self.cited / self.total if self.total else 1.0


def normalise(text: str) -> str:
    """The one way in which a captured text is normalised; doing it twice changes nothing.

    1. U+FEFF (byte order mark) is dropped wherever it stands. 2. Unicode NFC. 3. Lines end at CR LF, CR, LF.
    4. Within a line each run of white space (Unicode White_Space: no-break spaces, form feeds, U+2028 too)
    becomes one space, and the line is stripped. 5. Empty lines are dropped, the rest joined by LF.
    Zero-width and bidirectional controls are kept: they belong to Arabic spelling and layout.
    AnchorError at NUL, any other control character or a lone surrogate: the bytes were decoded wrongly.
    """
    refused = _REFUSED.search(text)
    if refused:
        line = len(re.findall("\r\n?|\n", text[: refused.start()])) + 1
        raise AnchorError(
            f"line {line}: U+{ord(refused[0]):04X} is no character of a text: were the bytes decoded rightly?"
        )
    text = unicodedata.normalize("NFC", text.replace("\ufeff", ""))
    lines = (_SPACES.sub(" ", line).strip(" ") for line in re.split("\r\n?|\n", text))
    return "\n".join(line for line in lines if line)


def digest(text: str) -> str:
    """Lower-case hexadecimal SHA-256 of the UTF-8 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The range of each paragraph of a normalised text, without the line feed that joins it to the next."""
    if not text:
        return []
    lengths = [len(line) for line in text.split("\n")]
    starts = accumulate((length + 1 for length in lengths[:-1]), initial=0)
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def paragraph_at(text: str, offset: int) -> int:
    """The number of the paragraph at `offset`; a joining line feed counts with the paragraph before it."""
    if not 0 <= offset < len(text):
        raise AnchorError(f"offset {offset} is outside the text, which has {len(text)} code points")
    return text.count("\n", 0, offset)


def refusal(text: str, start: int, end: int) -> str | None:
    """Why this range cannot be a passage, in words; None if it can."""
    if end < start:
        return f"{start} to {end} ends before it begins"
    if start < 0 or len(text) < end:
        return f"{start} to {end} is outside the text, which has {len(text)} code points"
    if not text[start:end].strip():
        return f"{start} to {end} is empty: a passage needs words"
    line_feed = text.find("\n", start, end)
    if line_feed >= 0:
        return f"{start} to {end} crosses from one paragraph into the next at {line_feed}"
    first, last = _paragraph_around(text, start)
    for sentence_start, sentence_end in sentences_between(text, first, last):
        if start < sentence_end and sentence_start < end:
            if sentence_start <= start and end <= sentence_end:
                return None
            return (
                f"{start} to {end} is longer than one sentence ({sentence_start} to {sentence_end}): "
                "pin each sentence by itself"
            )
    raise AssertionError("words outside every sentence")


def pin(text: str, start: int, end: int) -> Passage:
    """Pin `start` to `end`; AnchorError if empty, outside, or beyond one paragraph or one sentence."""
    reason = refusal(text, start, end)
    if reason:
        raise AnchorError(reason)
    return _passage(text, start, end)


def find(text: str, quote: str, nth: int | None = None) -> Passage:
    """Pin the only occurrence of the exact `quote`, or its `nth` (from 1); AnchorError if none or several."""
    if not quote.strip():
        raise AnchorError("the quote is empty: a passage needs words")
    places = _places(text, quote)
    if not places:
        raise AnchorError(f"these words are not in the text: {quote!r}")
    if nth is None and len(places) > 1:
        offsets = ", ".join(map(str, places))
        raise AnchorError(
            f"these words stand {len(places)} times, at {offsets}: say which, 1 to {len(places)}: {quote!r}"
        )
    if nth is not None and not 1 <= nth <= len(places):
        raise AnchorError(f"there is no occurrence {nth}, only 1 to {len(places)}: {quote!r}")
    start = places[(nth or 1) - 1]
    return pin(text, start, start + len(quote))


def verify(text: str, passage: Passage) -> Finding:
    """Look for a passage of which only place, length and digest are known, without its words.

    verified: its words stand at its place, in its paragraph. moved: the very words stand elsewhere, `found`
    is the nearest place. changed: other words stand at its place now. gone: the text ends before its place.
    It tells only of the digest; whether the range may be a passage at all is for `refusal` to say.
    """
    words = text[passage.start : passage.end]
    if len(words) == passage.end - passage.start and digest(words) == passage.sha256:
        return _standing(text, passage, words)
    at = _scan(text, passage)
    if at is not None:
        return _standing(text, passage, text[at : at + passage.end - passage.start])
    if not words:
        return Finding("gone", passage, None, None)
    return Finding("changed", passage, _passage(text, passage.start, passage.start + len(words)), None)


def compare(old_text: str, passage: Passage, new_text: str) -> Finding:
    """Look for a passage in a new text, the old one being at hand, to show changed words beside it.

    changed: the likeliest stretch of one sentence, at least 60 % alike by letters; gone: there is none.
    AnchorError if the passage does not stand in the old text.
    """
    words = old_text[passage.start : passage.end]
    if digest(words) != passage.sha256:
        raise AnchorError(f"this is not the text that {passage.start} to {passage.end} was pinned in")
    if words in new_text:
        return _standing(new_text, passage, words)
    similarity, start, end = max(
        _likenesses(new_text, words), key=lambda it: (it[0], -abs(it[1] - passage.start)), default=(0.0, 0, 0)
    )
    if similarity < _ALIKE:
        return Finding("gone", passage, None, None)
    return Finding("changed", passage, _passage(new_text, start, end), similarity)


def coverage(text: str, ranges: Iterable[tuple[int, int]], no_fact: Collection[int] = ()) -> Coverage:
    """How much of a text the cited `ranges` cover, leaving out the paragraphs numbered in `no_fact`.

    Counted is every code point but white space, in every paragraph not in `no_fact`: so the line feeds
    between paragraphs and spaces between passages count on neither side, and no citation alters the total.
    Ranges may overlap and count once. `uncited` lists what is left, each run within one paragraph, trimmed.
    """
    bounds = paragraphs(text)
    for number in no_fact:
        if not 0 <= number < len(bounds):
            raise AnchorError(f"there is no paragraph {number}: the text has {len(bounds)}")
    covered = bytearray(len(text))
    for start, end in ranges:
        if not 0 <= start <= end <= len(text):
            raise AnchorError(f"{start} to {end} is outside the text, which has {len(text)} code points")
        covered[start:end] = b"\x01" * (end - start)
    # A space that is covered counts on neither side.
    for space in re.finditer(" ", text):
        covered[space.start()] *= 2
    cited = total = 0
    uncited: list[tuple[int, int]] = []
    for start, end in (bound for number, bound in enumerate(bounds) if number not in no_fact):
        total += end - start - text.count(" ", start, end)
        cited += covered.count(1, start, end)
        for run in re.finditer(rb"\x00+", covered[start:end]):
            piece = text[start + run.start() : start + run.end()]
            left = start + run.start() + len(piece) - len(piece.lstrip(" "))
            if piece.strip(" "):
                uncited.append((left, left + len(piece.strip(" "))))
    return Coverage(cited, total, uncited)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(paragraph_at(text, start), start, end, digest(text[start:end]))


def _paragraph_around(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _places(text: str, words: str) -> tuple[int, ...]:
    """The starts of all occurrences, overlapping ones too."""
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return tuple(places)


def _standing(text: str, passage: Passage, words: str) -> Finding:
    """Finding for words that stand in the text: verified at their own place, else moved to the nearest."""
    places = _places(text, words)
    nearest = min(places, key=lambda place: abs(place - passage.start))
    found = _passage(text, nearest, nearest + len(words))
    return Finding("verified" if found == passage else "moved", passage, found, 1.0, places)


def _scan(text: str, passage: Passage) -> int | None:
    """Where words of this length and digest stand: sentence starts first, then word starts, then anywhere."""
    length = passage.end - passage.start
    if length > len(text):
        return None
    utf8 = text.encode()
    # Where each code point begins in the UTF-8, so that no window is encoded again.
    widths = (1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff") for char in text)
    offsets: array[int] | range = (
        range(len(text) + 1) if len(utf8) == len(text) else array("L", accumulate(widths, initial=0))
    )
    wanted = bytes.fromhex(passage.sha256)
    sha256 = hashlib.sha256
    last = len(text) - length
    candidates = chain(
        (start for start, _ in sentences(text)),
        (word.start() for word in re.finditer(r"\w+", text)),
        (at for start, end in paragraphs(text) for at in range(start, end - length + 1)),
    )
    for at in candidates:
        if at <= last and sha256(utf8[offsets[at] : offsets[at + length]]).digest() == wanted:
            return at
    return None


def _likenesses(text: str, words: str) -> Iterator[tuple[float, int, int]]:
    """For each sentence with a third of the words: how alike its likeliest stretch is, and that range."""
    wanted = _WORD.findall(words)
    bag = Counter(wanted)
    for first, last in sentences(text):
        tokens = list(_WORD.finditer(text, first, last))
        there = [token[0] for token in tokens]
        if 3 * (bag & Counter(there)).total() < len(wanted):
            continue
        blocks = SequenceMatcher(None, there, wanted, autojunk=False).get_matching_blocks()[:-1]
        # Words that changed at either edge of the passage are taken in, as many as it had there.
        left = max(0, blocks[0].a - blocks[0].b)
        after = blocks[-1].a + blocks[-1].size
        right = min(len(tokens), after + len(wanted) - blocks[-1].b - blocks[-1].size)
        start, end = tokens[left].start(), tokens[right - 1].end()
        yield SequenceMatcher(None, text[start:end], words, autojunk=False).ratio(), start, end
