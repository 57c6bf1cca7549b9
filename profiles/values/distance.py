"""Whether a sentence keeps its distance: a hedge that is meant as one, or the label of who says so."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from .hedges import hedges, is_of_a_name

# Hedges of a figure: they say nothing of who says so.
_OF_FIGURES = {"about", "approximately", "around", "nearly", "roughly", "some"}
_DENIAL = re.compile(
    r"\b(?:not|never|no|nobody|no\s+one|none|without|nor|neither|hardly|undoubtedly|undeniably|cannot|\w+n['’]t)"
    r"(?:\s+\w+){0,2}\s+$",
    re.IGNORECASE,
)
# What comes after a hedge word that is no hedge: reports to its leader, was told to leave, claimed five lives.
_NO_HEDGE = {
    **dict.fromkeys(("reports", "reported"), re.compile(r"\s+(?:back\s+)?to\s+(?!have\b|be\b)")),
    "told": re.compile(r"\s+(?:\w+\s+)?to\b"),
    **dict.fromkeys(("claim", "claims", "claimed"), re.compile(r"\s+(?:\S+\s+){0,4}?lives?\b")),
}
_LEAST, _SHORT = 2, 4
_SPACE = re.compile(r"\s+")


def keeps_distance(statement: str, labels: Iterable[str] = (), names: Collection[str] = ()) -> bool:
    """Whether a sentence has a hedge word meant as one, or names who says so by one of the labels.

    `names` are those of whom it speaks: a hedge or a label inside a name (Said, the Claim Brigades) is none.
    """
    text = _without(_plain(statement), names)
    return bool(hedges_meant(text)) or any(_stands_in(_plain(label), text) for label in labels)


def hedges_meant(text: str) -> list[str]:
    """The hedge words of a sentence but those that are part of a name, are denied, qualify a figure or mean another."""
    found = []
    for start, end, word in hedges(text):
        before, after = text[:start], text[end:]
        if is_of_a_name(text, start, word):
            continue
        if word in _OF_FIGURES or (word in _NO_HEDGE and _NO_HEDGE[word].match(after)):
            continue
        if not word.startswith("not ") and _DENIAL.search(before):
            continue
        found.append(word)
    return found


def _stands_in(label: str, text: str) -> bool:
    letters = [sign for sign in label if sign.isalpha()]
    short = len(letters) < _SHORT
    # "US" is not "us", and "the" names nobody.
    if len(letters) < _LEAST or (short and label == label.lower() and label.isascii()):
        return False
    return bool(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text, 0 if short else re.IGNORECASE))


def _without(text: str, names: Collection[str]) -> str:
    for name in sorted(map(_plain, names), key=len, reverse=True):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "X", text, flags=re.IGNORECASE)
    return text


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
