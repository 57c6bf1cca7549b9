"""A list asked about a time: whether each group was founded by then, whether each event was then.

That a group still existed is not inferred from its founding; the page says so.
"""

from collections.abc import Iterable
from itertools import groupby

from profiles.models.published import Entry

from .timing import AFTER, BEFORE, CERTAINLY, ORDER, POSSIBLY, UNDATED, Question

HEDGES = frozenset("~?%")
MODELS = ("group", "event")


def answer(row: Entry, on: Question) -> str:
    """How a row answers, by the hull of all dates that are stated of it."""
    first, last = row.when_earliest, row.when_latest
    if first is None or last is None:
        return UNDATED
    if first > on.last:
        return AFTER
    if row.model == "event" and last < on.first:
        return BEFORE
    sure = last <= on.last and (row.model == "group" or first >= on.first)
    return CERTAINLY if sure and not HEDGES & set(row.when) else POSSIBLY


def words(model: str, found: str, on: Question) -> str:
    """An answer as a heading."""
    if model == "event":
        return "Date not stated" if found == UNDATED else on.words(found)
    return {
        CERTAINLY: f"certainly founded {on.by}",
        POSSIBLY: f"possibly founded {on.by}",
        UNDATED: "founding not stated, so possible at any time",
        AFTER: f"not founded {on.by}: founded later",
    }[found]


def grouped(rows: Iterable[Entry], on: Question) -> list[tuple[str, str, list[Entry]]]:
    """The rows of a page by answer, the surest first: answer, heading, rows."""
    ordered = sorted(rows, key=lambda row: ORDER.index(answer(row, on)))
    return [
        (found, words(some[0].model, found, on), some)
        for found, group in groupby(ordered, key=lambda row: answer(row, on))
        if (some := list(group))
    ]
