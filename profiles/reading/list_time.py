"""A list asked about a time: whether each group was founded by then, whether each event was then.

That a group still existed is not inferred from its founding; the page says so.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from profiles.models.published import Entry
from profiles.values.speech import say

from .timing import AFTER, BEFORE, CERTAINLY, ORDER, POSSIBLY, UNDATED, Question

HEDGES = frozenset("~?%")


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


def answering(entries: QuerySet[Entry], model: str, on: Question) -> QuerySet[Any]:
    """Annotate each row of one model with its `answer`: the same, in SQL."""
    hedged = Q()
    for sign in HEDGES:
        hedged |= Q(when__contains=sign)
    sure = Q(when_latest__lte=on.last) & ~hedged
    return entries.annotate(
        answer=Case(
            When(Q(when_earliest=None) | Q(when_latest=None), then=Value(UNDATED)),
            When(when_earliest__gt=on.last, then=Value(AFTER)),
            *([When(when_latest__lt=on.first, then=Value(BEFORE))] if model == "event" else []),
            When(sure if model == "group" else sure & Q(when_earliest__gte=on.first), then=Value(CERTAINLY)),
            default=Value(POSSIBLY),
            output_field=CharField(),
        )
    )


def words(model: str, found: str, on: Question) -> str:
    """An answer as a heading."""
    if model == "event":
        return say("Date not stated") if found == UNDATED else on.words(found)
    return {
        BEFORE: "",
        CERTAINLY: say("certainly founded %(by)s", by=on.by),
        POSSIBLY: say("possibly founded %(by)s", by=on.by),
        UNDATED: say("founding not stated, so possible at any time"),
        AFTER: say("not founded %(by)s: founded later", by=on.by),
    }[found]


def grouped(rows: Iterable[Entry], on: Question) -> list[tuple[str, str, list[Entry]]]:
    """The rows of a page by answer, the surest first: answer, heading, rows."""
    ordered = sorted(rows, key=lambda row: ORDER.index(answer(row, on)))
    return [
        (found, words(some[0].model, found, on), some)
        for found, group in groupby(ordered, key=lambda row: answer(row, on))
        if (some := list(group))
    ]
