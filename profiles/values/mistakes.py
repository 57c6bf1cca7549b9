"""Typing mistakes: which words are so near to one that was typed that they may have been meant.

One mistake is a letter too many, too few or another one, or two neighbours changed round (optimal string alignment).
A word of four to seven letters may hold one, a longer one two; a shorter one and a number none, too much is near them.
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

ENDS = 3  # letters at each end of a word that are kept to find it by
_ONE, _TWO = 4, 8  # letters from which a word may hold so many mistakes
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ءابپتثجچحخدذرزژسشصضطظعغفڤقكگلمنهوي"


def allowed(word: str) -> int:
    """How many mistakes a folded word may hold."""
    if len(word) < _ONE or not word.isalpha():
        return 0
    return 1 if len(word) < _TWO else 2


def mistakes(typed: str, meant: str) -> int | None:
    """How many mistakes part two folded words, if no more than the typed one may hold."""
    most = allowed(typed)
    if not most or not meant.isalpha():
        return 0 if typed == meant else None
    found = OSA.distance(typed, meant, score_cutoff=most)
    return found if found <= most else None


def mistakes_between(
    typed: Iterable[str], meant: Iterable[str], known: dict[tuple[str, str], int | None] | None = None
) -> int | None:
    """How many mistakes part words that were typed from the nearest of a name, each of its words meant once.

    What is `known` of pairs of words is not asked again, and added to.
    """
    pairs = {} if known is None else known
    left, total = list(meant), 0
    for word in typed:
        best: tuple[int, str] | None = None
        for other in left:
            if (word, other) not in pairs:
                pairs[word, other] = mistakes(word, other)
            found = pairs[word, other]
            if found is not None and (best is None or (found, other) < best):
                best = (found, other)
        if best is None:
            return None
        left.remove(best[1])
        total += best[0]
    return total


@lru_cache(maxsize=1_000)
def one_away(word: str) -> frozenset[str]:
    """All words that one mistake makes of this, and the word itself."""
    letters = _LATIN if word.isascii() else "".join(sorted({*_ARABIC, *word}))
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    fewer = {before + after[1:] for before, after in cuts if after}
    other = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    more = {before + letter + after for before, after in cuts for letter in letters}
    round_ = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    return frozenset({word} | fewer | other | more | round_)


def heads(word: str) -> frozenset[str]:
    """How a word begins that two mistakes part from this one, unless it ends as this does, or begins so.

    Two mistakes leave one end of a word as it is, or there is one at each; what is changed round over the middle leaves
    three letters on either side.
    """
    return frozenset(made[:ENDS] for made in one_away(word[:_ONE]))


def tails(word: str) -> frozenset[str]:
    """How a word ends that two mistakes part from this one, unless it begins as this does, or ends so."""
    return frozenset(made[-ENDS:] for made in one_away(word[-_ONE:]))
