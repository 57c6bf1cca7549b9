"""Words that keep a distance, and words taken over: what a statement leaves out of its passage, or copies from it."""

import re
from collections.abc import Collection, Iterator

from .vocabulary import HEDGES

LONGEST_RUN = 8

# Hedges that stand for one another, one family a line: a statement that has one of them keeps the distance of all.
_FAMILIES = [
    line.strip().split(" | ")
    for line in """
    about | approximately | around | roughly | some
    nearly
    estimate | estimated | estimates
    accuse | accused | accuses | accusing | blame | blamed | blames
    allege | alleged | allegedly | alleges | allegation | allegations
    claim | claimed | claims
    purported | purportedly
    according to | as told | said | say | says | told
    reported | reportedly | reports | it is said
    described as
    believed | thought to
    suspected
    apparently
    likely | probably
    perhaps | possibly | may have | might have
    not confirmed | unconfirmed | not been verified | unverified
    """.strip().splitlines()
]
_FAMILY = {hedge: family[0] for family in _FAMILIES for hedge in family}

# The longest first, so that "it is said" is not found as "said".
_HEDGE = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(HEDGES, key=len, reverse=True)))})\b", re.IGNORECASE)
# At the head of a sentence these are a name: Said and his men left.
_NAMES = {"said", "say", "says", "told", "likely"}
_HEAD = re.compile(r"(?:^|[.!?:;]\s+)[\"“«‘'(]*$")
_OF_FIGURES = {"about", "around"}
_FIGURE = re.compile(
    r"\s+(?:(?:a|an|the|half|another)\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|scores?|hundreds?|thousands?|millions?|quarter|third)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“]*“|\"[^\"]*\"|(?<!\w)‘[^‘]*?’(?!\w)")


def hedges(text: str) -> list[tuple[int, int, str]]:
    """Each hedge word in its order: start and end in code points, and the word of the closed list."""
    return [(found.start(), found.end(), found[0].lower()) for found in _HEDGE.finditer(text)]


def is_of_a_name(text: str, start: int, word: str) -> bool:
    """Whether a hedge word is written like a name: with one capital, and not at the head of a sentence (Ahmed Said)."""
    head = bool(_HEAD.search(text[:start]))
    return text[start].isupper() and text[start + 1].islower() and not (head and word not in _NAMES)


def missing_hedges(statement: str, passage: str) -> list[str]:
    """The hedge words of the passage of whose family the statement has none; one a family, in the passage's order.

    Names have none, and "about" is one only before a figure.
    """
    kept = {_FAMILY[word] for start, _, word in hedges(statement) if not is_of_a_name(statement, start, word)}
    missing: dict[str, str] = {}
    for start, end, word in hedges(passage):
        if is_of_a_name(passage, start, word) or (word in _OF_FIGURES and not _FIGURE.match(passage[end:])):
            continue
        if _FAMILY[word] not in kept:
            missing.setdefault(_FAMILY[word], word)
    return list(missing.values())


def shared_run(statement: str, passage: str, names: Collection[str] = ()) -> str:
    """The longest run of words that the statement shares with its passage, where it is over eight words; else "".

    Names, and what the statement puts in quotation marks, count for none, but do not part a run: ten words around
    a name are ten words copied. Case, punctuation and a possessive 's make no difference.
    """
    ours, theirs = list(_WORD.finditer(statement)), list(_WORD.finditer(passage))
    counts = _countable(statement, ours, names)
    longest, best = 0, (0, 0)
    before: list[tuple[int, int]] = [(0, 0)] * (len(theirs) + 1)
    their_words = [_folded(word[0]) for word in theirs]
    for at, word in enumerate(ours):
        folded = _folded(word[0])
        # For each word of theirs: the run that ends here, as its first word of ours and how many of it count.
        now = [(0, 0)]
        for place, their_word in enumerate(their_words):
            if their_word != folded:
                now.append((0, 0))
                continue
            start, length = before[place]
            follows = at > 0 and place > 0 and before[place] != (0, 0)
            run = (start if follows else at + 1, length + counts[at])
            now.append(run)
            if run[1] > longest:
                longest, best = run[1], (run[0] - 1, at)
        before = now
    if longest <= LONGEST_RUN:
        return ""
    first = next(place for place in range(best[0], best[1] + 1) if counts[place])
    return statement[ours[first].start() : ours[best[1]].end()]


def _countable(statement: str, words: list[re.Match[str]], names: Collection[str]) -> list[bool]:
    """Whether each word counts: it stands in no quotation marks and is no part of a name."""
    quoted = [found.span() for found in _QUOTED.finditer(statement)]
    counts = [not any(start <= word.start() < end for start, end in quoted) for word in words]
    folded = [_folded(word[0]) for word in words]
    for start, end in _places(folded, names):
        counts[start:end] = [False] * (end - start)
    return counts


def _places(words: list[str], names: Collection[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        parts = [_folded(part) for part in _WORD.findall(name)]
        for at in range(len(words) - len(parts) + 1 if parts else 0):
            if words[at : at + len(parts)] == parts:
                yield at, at + len(parts)


def _folded(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())
