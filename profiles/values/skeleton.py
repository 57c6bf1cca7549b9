"""The skeleton of a name: what its spellings in any script and by any scheme of transliteration have in common.

Arabic, Persian and Latin letters are brought to the same few consonants, vowels go, and what schemes write together or
apart (the article, `Allah`, `Abd`, `Din`) is written one way. The classes hold ALA-LC, BGN/PCGN, IJMES, DIN 31635 and
the spellings of the press together: a skeleton finds candidates, and the names themselves rank them.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from .names import fold

# Arabic and Persian letters, folded, to the classes of their transliterations; alef and ain are heard as vowels.
_ARABIC = {
    **dict.fromkeys("اعأإآ", "a"),
    **dict.fromkeys("وؤ", "w"),
    **dict.fromkeys("يئ", "y"),
    **{"ء": "", "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "گ": "g", "غ": "g", "ژ": "d"},
    **{"چ": "s", "س": "s", "ش": "s", "ص": "s", "ح": "h", "خ": "h", "ه": "h", "د": "d", "ذ": "d", "ض": "d"},
    **{"ظ": "d", "ز": "d", "ر": "r", "ف": "f", "ڤ": "w", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n"},
}
# Digraphs before single letters: German and French ones of the press with them.
_DIGRAPHS = (
    ("tsch", "s"), ("dsch", "g"), ("sch", "s"), ("tch", "s"), ("dj", "g"), ("sh", "s"), ("ch", "s"), ("kh", "h"),
    ("gh", "g"), ("dh", "d"), ("zh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("ou", "u"), ("x", "ks"),
)  # fmt: skip
_LETTERS = str.maketrans("cqjpvz", "kkgbwd")
_VOWELS = re.compile("[aeiouwy]")
_TWICE = re.compile(r"(.)\1+")
# Articles, "and", and the Persian ezafe.
_ARTICLES = {"al", "el", "ul", "il", "ol", "l", "wa", "wal", "wel", "w", "va", "val", "e", "ye", "the", "of", "and"}
_SUN = re.compile(r"[aeiu](.h?)")
_GLUED_ARTICLE = re.compile(r"[ae]l-?(?=[^aeiouwyl].{3})")
_SERVANT = re.compile(r"abd(?:[aeou]l$|[aeou]l(?!l)(?=.{3})|[aeou](?=(.)\1.{2}))")
_GOD = re.compile(r"[aeou]?ll?[aeo]h?")
_FAITH = re.compile(r"(?:ad|ed|ud)?d[aei]+[iyn]?n[e]?")
_ARABIC_ARTICLE = re.compile("^(?:وال(?=...)|ال(?=..)(?!له$))")
_LAST = re.compile("(?<=..)[ht]+$|(?<=.)h$")


def skeleton(name: str) -> str:
    """The keys of a name's words with one space between; empty where nothing of it can be said."""
    keys: list[str] = []
    for word in words(name):
        part = key(word)
        if keys and part and _joins(word, keys[-1]):
            keys[-1] += part.lstrip("a") if part != "a" else ""
        elif part:
            keys.append(part)
    return " ".join(_end(one) for one in keys)


def words(name: str) -> list[str]:
    """The words that count, in Latin letters or Arabic ones: articles off, unless nothing else is left."""
    return written(name)[0]


def written(name: str) -> tuple[list[str], list[str]]:
    """The words that count, and those of them that are written otherwise, as they are: with a glued article, say."""
    folded = fold(name).split()
    there = [_bare(word) for word in folded]
    kept: list[str] = []
    beside: list[str] = []
    for place, word in enumerate(there):
        following = there[place + 1] if place + 1 < len(there) else ""
        sun = _SUN.fullmatch(word)
        if word in _ARTICLES or (sun and following.startswith(sun[1])):
            continue
        kept.append(_without_article(word))
        beside.append(folded[place])
    plain = kept or there
    return plain, [word for word in (beside if kept else folded) if word not in plain]


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """The consonants of one folded word, each as its class; a first vowel is `a`. Other signs stand as they are."""
    if word.isascii():
        latin = word
        for digraph, sign in _DIGRAPHS:
            latin = latin.replace(digraph, sign)
        latin = latin.translate(_LETTERS)
    else:
        latin = "".join(_ARABIC.get(sign, sign) for sign in word)
    first = "a" if _VOWELS.match(latin) else latin[:1]
    return _TWICE.sub(r"\1", first + _VOWELS.sub("", latin[1:]))


def _end(key: str) -> str:
    """A last h or t is heard or is not, as in Hamza and Hamzah, Haraka and Harakat."""
    return _LAST.sub("", key)


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """A folded word in Latin or Arabic letters and plain digits, whatever script it is of."""
    if word.isascii():
        return word
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in word)
    if all("\u0600" <= sign <= "\u06ff" or sign.isascii() for sign in plain):
        return plain
    return "".join(sign for sign in anyascii(plain).casefold() if sign.isalnum())


def _without_article(word: str) -> str:
    if not word.isascii():
        # "الله" is one word, and its article its own.
        return _ARABIC_ARTICLE.sub("", word)
    if _SERVANT.match(word):
        return _SERVANT.sub("abd", word, count=1)
    return _GLUED_ARTICLE.sub("", word, count=1) if _GLUED_ARTICLE.match(word) else word


def _joins(word: str, before: str) -> bool:
    """Whether schemes write a word together with the one before: Hizb Allah, Salah al-Din, Abd al-Rahman."""
    if word in ("الله", "دين", "لله") or (word.isascii() and (_GOD.fullmatch(word) or _FAITH.fullmatch(word))):
        return True
    return before == "abd"
