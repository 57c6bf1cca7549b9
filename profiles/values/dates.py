"""When something was so: the bounds of a dated claim, and the one formula that answers a question about them.

The rest imports dates from here; a text is read in `date_text` and told in English in `date_words`.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from .date_text import MAX, MIN, DateError, State, is_plain, parse, refusal, require
from .date_words import in_words
from .vocabulary import SENSE

__all__ = ["MAX", "MIN", "Bounds", "DateError", "bounds", "in_words", "on", "parse", "sort_key", "window"]

Answer = Literal["certainly", "possibly", "not"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day on which something can have begun, and can have ended (both days included)."""

    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    hedged: bool
    start: State
    end: State


def bounds(text: str, sense: str, seen: date | None = None) -> Bounds:
    """The four bounds of a dated claim; `seen` is the day of its newest supporting source.

    happened: one moment in one window, so both ends have the same bounds.
    held: an interval that begins within its first side and ends within its second; a bare date is both sides.
    An end that is open is sure up to `seen`, and without it only as far as the start, like an unknown end.
    as_of: seen at one moment within the date: sure of a period that holds the whole date, silent on any other.
    """
    require(SENSE, sense)
    span = parse(text)
    start, end = span.start, span.end
    if sense == "as_of":
        return Bounds(MIN, end.latest, start.earliest, MAX, span.hedged, "unknown", "unknown")
    if sense == "happened" or not span.interval:
        first, last = start.earliest, end.latest
        return Bounds(first, last, first, last, span.hedged, start.state, end.state)
    sure = seen if seen and end.state == "open" else end.earliest
    return Bounds(
        start.earliest,
        # What ended by a day had begun by it, and did not end before it can have begun.
        min(start.latest, end.latest),
        max(end.earliest, start.earliest, sure),
        end.latest,
        span.hedged,
        start.state,
        end.state,
    )


def on(b: Bounds, sense: str, text: str) -> Answer:
    """Whether it was so at some time within the question's days: the one formula, which SQL repeats.

    The bounds already carry the sense; it is only checked here.
    """
    require(SENSE, sense)
    first, last = window(text)
    if b.start_earliest > last or b.end_latest < first:
        return "not"
    if b.start_latest <= last and b.end_earliest >= first and not b.hedged:
        return "certainly"
    return "possibly"


def window(text: str) -> tuple[date, date]:
    """First and last day of a question: a plain year, month or day, or two of them joined by `/`."""
    span = parse(text)
    if span.hedged or not (is_plain(span.start.text) and is_plain(span.end.text)):
        raise refusal(text, "is not a question: ask like 2007, 2010-12, 2007-01-01 or 2007/2010")
    if span.end.last == MAX:
        raise refusal(text, "reaches 9999-12-31, which stands for no end: ask for an earlier day")
    return span.start.first, span.end.last


@lru_cache(maxsize=8192)  # a page sorts the same dates by several orders
def sort_key(text: str, sense: str) -> tuple[int, date, date, int]:
    """Chronological order: by the first day named, then the last; undated last.

    `~` does not move a date, and an interval without a start stands at its end.
    """
    require(SENSE, sense)
    span = parse(text)
    first, last = span.start.first, span.end.last
    if first == MIN and span.end.state == "known":
        first = span.end.first if span.end.first > MIN else span.end.last
    return int(text == ""), first, last, list(SENSE).index(sense)
