"""Names, folded: what spellings that look alike have in common, to sort and to find by."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Letters that Arabic and Persian keyboards give for one another; hamza on a seat goes with the marks.
_ARABIC = str.maketrans({"ٱ": "ا", "ک": "ك", "ڪ": "ك", "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه", "ـ": None})
_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_APOSTROPHES = re.compile(r"['`´‘’ʼʻʿʾˈ]")


_VOWELS = re.compile("[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")
# Letters that transliterations give for one another.
_ALIKE = str.maketrans("qcvp", "kkfb")


class _Signs(dict[int, str]):
    """What each sign becomes in a skeleton, reckoned once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if unicodedata.combining(sign):
            kept = ""
        else:
            letters = sign.translate(_ARABIC).translate(_LATIN)
            kept = "".join(map(_letter_or_gap, letters))
        self[code] = kept
        return kept


_signs = _Signs()


def fold(name: str) -> str:
    """The skeleton of a name: no case, marks, apostrophes or punctuation; words joined by one space.

    Compatibility forms are resolved (NFKD); Arabic alef, kaf, ya and ta marbuta are brought to one letter each.
    """
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    return " ".join(unicodedata.normalize("NFKD", bare).translate(_signs).split())


def _letter_or_gap(sign: str) -> str:
    if sign.isalnum():
        return sign
    # Joiners and direction marks do not show, and part no words.
    return "" if unicodedata.category(sign) == "Cf" else " "


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """What spellings of one folded Latin word have in common: `kataib` and `kataeb`, `qais` and `qays`.

    Vowels go (a first one is `a`), letters that stand for one another become one, doubled ones too.
    """
    if not word.isascii() or not word.isalpha():
        return word
    first, rest = ("a" if word[0] in "aeiou" else word[0]), _VOWELS.sub("", word[1:])
    return _TWICE.sub(r"\1", (first + rest).translate(_ALIKE))


def alike(term: str) -> Callable[[str], bool]:
    """Whether every word of a term stands in a text in some spelling: as a part of it, or by its consonants."""
    wanted = [(word, consonants(word)) for word in fold(term).split()]

    def found(text: str) -> bool:
        there = fold(text)
        missing = [key for word, key in wanted if word not in there]
        if not missing:
            return bool(wanted)
        # One consonant tells nothing apart.
        if any(len(key) < 2 for key in missing):
            return False
        skeletons = set(map(consonants, there.split()))
        return all(key in skeletons for key in missing)

    return found
