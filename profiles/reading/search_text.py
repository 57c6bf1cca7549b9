"""Finding statements by their words. Each is shown whole: what was cut might be who says it, or how sure it is."""

import re
from dataclasses import dataclass

from profiles.models.finding import texts_with
from profiles.models.published import PublishedClaim
from profiles.values.names import fold

from .leaf import Link
from .sources import links_to

READ = 300  # statements that are ranked
SHOWN = 50
# Words that stand everywhere and tell nothing apart.
_EMPTY = frozenset(
    fold(
        "a about after all also an and any are as at be been but by can did do does for from had has have he her his"
        " how if in into is it its no nor not of on or she so some such than that the their them then there these they"
        " this to up was we were what when where which who whom why will with would you"
    ).split()
)
_WORD = re.compile(r"[\w'’ʼʿʾ]+")


@dataclass(frozen=True, slots=True)
class FoundText:
    """A claim whose statement has the words: the whole sentence in pieces, each with whether it was asked for."""

    claim: PublishedClaim
    subject: Link | None
    pieces: tuple[tuple[str, bool], ...]


def find_texts(question: str) -> tuple[list[FoundText], bool]:
    """The statements that have every word, those first that have them on end; and whether there are more."""
    wanted = [word for word in dict.fromkeys(fold(question).split()) if word not in _EMPTY][:12]
    keys = texts_with(wanted, READ)
    if not keys:
        return [], False
    rows = PublishedClaim.objects.filter(pk__in=keys, to_publication=None)
    phrase = fold(question)
    ranked = sorted(
        rows,
        key=lambda row: (row.standing == "retracted", phrase not in fold(row.statement), len(row.statement), row.uid),
    )
    shown = ranked[:SHOWN]
    subjects = links_to(row.subject for row in shown)
    found = [FoundText(row, subjects.get(row.subject), pieces(row.statement, wanted)) for row in shown]
    return found, len(ranked) > SHOWN


def pieces(statement: str, wanted: list[str]) -> tuple[tuple[str, bool], ...]:
    """A sentence in pieces that join to it exactly, with whether each is a word that was asked for."""
    made: list[tuple[str, bool]] = []
    end = 0
    for word in _WORD.finditer(statement):
        if any(_alike(part, asked) for part in fold(word[0]).split() for asked in wanted):
            made += [(statement[end : word.start()], False), (word[0], True)]
            end = word.end()
    made.append((statement[end:], False))
    return tuple(piece for piece in made if piece[0])


def _alike(word: str, asked: str) -> bool:
    """The same word, or one that differs from it at its end, as the index takes them."""
    if word == asked:
        return True
    short, long = sorted((word, asked), key=len)
    return len(short) > 2 and long.startswith(short) and len(long) - len(short) <= 3
