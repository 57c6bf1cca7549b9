"""How like a name is to what was asked for, and why: to rank what skeletons have found."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .mistakes import mistakes_between
from .names import fold
from .skeleton import skeleton, words

LEAST = 0.6  # below it a name is not what was asked for
_MISTYPED = (
    0.70  # of a name that has all words that were asked for, but for typing mistakes; the more the shorter it is
)
_ALIKE = 0.45  # of letters; below it two words of one script share their consonants by chance
_WEIGHT = {0: 0.0, 1: 0.5, 2: 0.85}  # of consonants by their number

# Why a name was found, from the surest; each is a sentence's end for readers.
SAME = "the same name"
PART = "the words asked for stand in it"
BEGINS = "it has a word that begins so"
SCRIPT = "the same name in another script"
SCRIPT_PART = "the words asked for stand in it, in another script"
SPELLING = "another spelling"
SPELLING_PART = "the words asked for stand in it, spelled another way"
MISTAKE = "a near spelling, in case of a typing mistake"


@dataclass(frozen=True, slots=True)
class Form:
    """A name or a question, taken apart once: folded, its words, their keys."""

    folded: str
    plain: tuple[str, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Form":
        """The form of a text."""
        return cls(fold(text), tuple(words(text)), tuple(skeleton(text).split()))

    @property
    def latin(self) -> bool:
        """Whether it is written in plain Latin letters."""
        return self.folded.isascii()


@dataclass(frozen=True, slots=True)
class Likeness:
    """A number from 0 to 1, and why."""

    score: float
    why: str


def likeness(asked: Form, name: Form) -> Likeness:
    """How like a name is to what was asked for: 1 is the same folded name."""
    return Likeness(Question(asked).score(name.folded, name.plain, name.keys), why(asked, name))


def most_like(text: str, others: Sequence[str]) -> list[int]:
    """The places of the texts, those whose letters are most like one's first: a rough look, in one call."""
    return [place for _, _, place in process.extract(text, others, scorer=fuzz.ratio, limit=None)]


class Question:
    """What was asked for, to be compared with many names: they share words, and each pair is compared once."""

    def __init__(self, asked: Form) -> None:
        self.asked = asked
        self._latin = asked.latin
        self._plain, self._glued, self._keys = " ".join(asked.plain), "".join(asked.plain), " ".join(asked.keys)
        self._weight = _WEIGHT.get(len("".join(asked.keys)), 1.0)
        self._by_word = [
            _Near(word, 2 if place == len(asked.plain) else 0) for place, word in enumerate(asked.plain, 1)
        ]
        self._by_key = [
            _Near(key, 3 if place == len(asked.keys) else 0, whole=1) for place, key in enumerate(asked.keys, 1)
        ]
        self._slips: dict[tuple[str, str], int | None] = {}

    def score(self, folded: str, plain: Sequence[str], keys: Sequence[str]) -> float:
        """How like a name is that was taken apart: 1 is the same folded name."""
        if self.asked.folded == folded:
            return 1.0
        # Of few consonants there are many words.
        covered = _covered(self._by_key, keys)[0] * self._weight
        if self._latin != folded.isascii():
            return 0.7 * covered + 0.2 * fuzz.ratio(self._keys, " ".join(keys)) / 100
        found, least = _covered(self._by_word, plain)
        # Some spellings of a name write together what others part.
        joined = " ".join(plain)
        glued = fuzz.ratio(self._glued, joined.replace(" ", "")) / 100
        near = max(found, glued)
        if near >= _ALIKE:
            near = max(near, 0.9 * covered)
        whole = fuzz.token_sort_ratio(self._plain, joined) / 100
        score = 0.55 * near + 0.2 * covered + 0.2 * max(whole, glued)
        if least >= 0.95:
            score = max(score, LEAST + 0.2 * whole)
        # The mistakes that a word may hold leave three quarters of it.
        if least >= 0.75 and score < _MISTYPED + 0.2:
            slips = mistakes_between(self.asked.plain, plain, self._slips)
            score = score if slips is None else max(score, _MISTYPED + 0.2 * whole - 0.01 * slips)
        return score


class _Near(dict[str, float]):
    """How like other words are to one that was asked for, or to one that begins so: 1 is the same word."""

    def __init__(self, word: str, begun: int, whole: int = 0) -> None:
        self.word = word
        # So short a word is the same or another one.
        self._whole = len(word) <= whole
        self._may_go_on = 0 < begun <= len(word)

    def __missing__(self, other: str) -> float:
        best = 0.0 if self._whole else fuzz.ratio(self.word, other) / 100
        if self._may_go_on:
            best = max(best, 0.0095 * fuzz.ratio(self.word, other[: len(self.word)]))
        self[other] = best
        return best


def _covered(asked: list[_Near], there: Sequence[str]) -> tuple[float, float]:
    """How far the words that were asked for stand there, by their length; and how far the one that does least."""
    total, found, least = 0, 0.0, 1.0
    for near in asked:
        length = len(near.word)
        total += length
        best = 1.0 if near.word in there else max(map(near.__getitem__, there), default=0.0)
        found += length * best
        least = min(least, best)
    return (found / total if total else 0.0), least


def why(asked: Form, name: Form) -> str:
    """Why a name was found."""
    same_script = asked.latin == name.latin
    if asked.folded == name.folded:
        return SAME
    if same_script and set(asked.plain) <= set(name.plain):
        return SAME if len(asked.plain) == len(name.plain) else PART
    if asked.keys == name.keys:
        return SPELLING if same_script else SCRIPT
    if same_script and set(asked.plain[:-1]) <= set(name.plain) and _begins(asked.plain, name.plain):
        return BEGINS
    if set(asked.keys) <= set(name.keys):
        return SPELLING_PART if same_script else SCRIPT_PART
    if asked.keys and set(asked.keys[:-1]) <= set(name.keys) and _begins(asked.keys, name.keys):
        return SPELLING_PART if same_script else SCRIPT_PART
    return MISTAKE


def _begins(asked: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return bool(asked) and any(word.startswith(asked[-1]) for word in there)
