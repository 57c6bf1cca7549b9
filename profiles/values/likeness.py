"""How like a name is to what was asked for, and why: to rank what skeletons have found."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from .mistakes import mistakes_between
from .names import fold
from .skeleton import skeleton, words

LEAST = 0.6  # below it a name is not what was asked for
_MISTYPED = (
    0.65  # of a name that has all words that were asked for, but for typing mistakes; the more the shorter it is
)
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
    """A name or a question, taken apart once."""

    folded: str
    plain: tuple[str, ...]
    keys: tuple[str, ...]
    latin: bool

    @classmethod
    @lru_cache(maxsize=20_000)  # some 10 MB: a search compares the same names again and again
    def of(cls, text: str) -> "Form":
        """The form of a text."""
        folded = fold(text)
        return cls(folded, tuple(words(text)), tuple(skeleton(text).split()), folded.isascii())


@dataclass(frozen=True, slots=True)
class Likeness:
    """A number from 0 to 1, and why."""

    score: float
    why: str


def likeness(asked: Form, name: Form) -> Likeness:
    """How like a name is to what was asked for: 1 is the same folded name."""
    if asked.folded == name.folded:
        return Likeness(1.0, SAME)
    same_script = asked.latin == name.latin
    # Of few consonants there are many words.
    covered = _covered(asked.keys, name.keys, begun=3) * _WEIGHT.get(len("".join(asked.keys)), 1.0)
    if same_script:
        found = _covered(asked.plain, name.plain, begun=2)
        # Some spellings of a name write together what others part.
        glued = fuzz.ratio("".join(asked.plain), "".join(name.plain)) / 100
        near = max(found, glued, 0.9 * covered)
        whole = fuzz.token_sort_ratio(" ".join(asked.plain), " ".join(name.plain)) / 100
        score = 0.55 * near + 0.2 * covered + 0.2 * max(whole, glued)
        if score < _MISTYPED + 0.2 and (slips := mistakes_between(asked.plain, name.plain)) is not None:
            score = max(score, _MISTYPED + 0.2 * whole - 0.01 * slips)
    else:
        whole = fuzz.ratio(" ".join(asked.keys), " ".join(name.keys)) / 100
        score = 0.7 * covered + 0.2 * whole
    return Likeness(score, _why(asked, name, same_script))


def _covered(asked: tuple[str, ...], there: tuple[str, ...], begun: int) -> float:
    """How far each word that was asked for stands there, by its length; the last may be one's first `begun` signs."""
    total = sum(map(len, asked))
    if not total or not there:
        return 0.0
    found = 0.0
    for place, word in enumerate(asked):
        best = max(fuzz.ratio(word, other) for other in there) / 100
        if place == len(asked) - 1 and len(word) >= begun:
            best = max(best, *(0.0095 * fuzz.ratio(word, other[: len(word)]) for other in there))
        found += best * len(word)
    return found / total


def _why(asked: Form, name: Form, same_script: bool) -> str:
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
