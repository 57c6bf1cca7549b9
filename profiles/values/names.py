"""Names, folded: what spellings that look alike have in common, to sort and to find by."""

import re
import unicodedata

# Letters that Arabic and Persian keyboards give for one another; hamza on a seat goes with the marks.
_ARABIC = str.maketrans({"ٱ": "ا", "ک": "ك", "ڪ": "ك", "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه", "ـ": None})
_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_APOSTROPHES = re.compile(r"['`´‘’ʼʻʿʾˈ]")


def fold(name: str) -> str:
    """The skeleton of a name: no case, marks, apostrophes or punctuation; words joined by one space.

    Compatibility forms are resolved (NFKD); Arabic alef, kaf, ya and ta marbuta are brought to one letter each.
    """
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    folded = letters.translate(_ARABIC).translate(_LATIN)
    return " ".join("".join(map(_letter_or_gap, folded)).split())


def _letter_or_gap(sign: str) -> str:
    if sign.isalnum():
        return sign
    # Joiners and direction marks do not show, and part no words.
    return "" if unicodedata.category(sign) == "Cf" else " "
