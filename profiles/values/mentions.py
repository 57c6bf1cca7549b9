"""Known names in a passage, in any of their spellings: the longest at each place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .names import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in the passage: its range in code points, and whose it is."""

    start: int
    end: int
    uid: str


# Arabic vowel signs are no letters, but belong to their word.
_WORD = re.compile(r"[\w\u064b-\u065f\u0670]+(?:['’ʼʿʾ`]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ARTICLES = {"al", "el", "the", "ال"}
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
_ARABIC_PREFIX = re.compile(r"^[وفبلك](?=[\u0621-\u064a]{3})")


def mentions(passage: str, names: Mapping[str, str]) -> list[Mention]:
    """The names in a passage, in its order; `Al-`, `Al ` and no article are one, and so is a possessive.

    What is known with a capital is found with one only, so that US is not us. Arabic and, by and for, written on to
    a name, are passed over.
    """
    known: dict[tuple[str, ...], tuple[str, bool]] = {}
    for name, uid in names.items():
        if parts := tuple(part for word in _WORD.findall(name) for part in _parts(word)):
            known.setdefault(parts, (uid, name != name.lower()))
    lengths = sorted({len(parts) for parts in known}, reverse=True)
    words = [(word, part) for word in _WORD.finditer(passage) for part in _parts(word[0])]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        for length in lengths:
            run = words[at : at + length]
            parts = tuple(part for _, part in run)
            uid, capital = known.get(parts) or known.get(_without_prefix(parts)) or ("", False)
            if uid and (not capital or any(word[0][0].isupper() for word, _ in run)):
                found.append(Mention(run[0][0].start(), _end(run[-1][0]), uid))
                at += length
                break
        else:
            at += 1
    return found


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    # Kept: thousands of names are made of few words.
    folded = fold(_POSSESSIVE.sub("", word)).split()
    return tuple(_ARABIC_ARTICLE.sub("", part) for part in folded if part not in _ARTICLES)


def _without_prefix(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The same words where an Arabic and, by or for is written on to the first of them."""
    return (_ARABIC_PREFIX.sub("", parts[0]), *parts[1:])


def _end(word: re.Match[str]) -> int:
    return word.end() - len(word[0]) + len(_POSSESSIVE.sub("", word[0]))
