"""A date in English, for readers and editors: nothing that its text says is left out."""

from datetime import date
from functools import lru_cache

from . import speech
from .arabic.dates import span_in_words
from .date_text import MONTHS, SEASONS, Side, Span, parse, require, split_set
from .vocabulary import BASIS, SENSE

SEASON_MONTHS = {"21": "March to May", "22": "June to August", "23": "September to November"}
MARKS = {"": "", "~": "around ", "?": "perhaps ", "%": "perhaps around "}


def in_words(text: str, sense: str = "held", basis: str = "stated") -> str:
    """The date in English, for readers and editors: nothing of the text is left out."""
    return _in_words(text, sense, basis, speech.language())


@lru_cache(maxsize=8192)  # a page says the same few dates again and again
def _in_words(text: str, sense: str, basis: str, tag: str) -> str:
    require(SENSE, sense)
    require(BASIS, basis)
    span = parse(text)
    if text == "":
        return ""
    if tag == speech.ARABIC:
        return span_in_words(span, sense, basis)
    if not span.interval:
        words = _phrase(span.start)
    elif sense == "held":
        words = _held_words(span)
    else:
        words = _moment_words(span)
    return ("as of " if sense == "as_of" else "") + words + (" (derived)" if basis == "derived" else "")


def _phrase(side: Side) -> str:
    if side.text.startswith("["):
        members = [_member_words(first, last) for first, last in split_set(side.text)]
        return " or ".join(filter(None, [", ".join(members[:-1]), members[-1]]))
    # "Around a day in June" is "around June".
    return MARKS[side.mark] + _words(_coarse(side.text) if side.mark in ("~", "%") else side.text)


def _member_words(first: str, last: str) -> str:
    if first and last:
        return _words(first) if first == last else f"some time between {_words(first)} and {_end_words(last)}"
    return f"{_words(first)} or later" if first else f"{_words(last)} or earlier"


def _held_words(span: Span) -> str:
    start, end = span.start, span.end
    if start.state == "known" and end.state == "known":
        return f"from {_phrase(start)} to {_phrase(end)}"
    if start.state == "known":
        return f"since {_phrase(start)}" if end.state == "open" else f"from {_phrase(start)}, end not known"
    return f"until {_phrase(end)}" + (", start not known" if start.state == "unknown" else "")


def _moment_words(span: Span) -> str:
    start, end = span.start, span.end
    if end.state != "known":
        return f"{_phrase(start)} or later"
    if start.state != "known":
        return f"{_phrase(end)} or earlier"
    is_date = not end.mark and not end.text.startswith("[")
    return f"some time from {_phrase(start)} to " + (_end_words(end.text) if is_date else _phrase(end))


def _coarse(text: str) -> str:
    return text.removesuffix("-XX").removesuffix("-XX")


def _end_words(text: str) -> str:
    """The last day of a plain date, where the date closes a window."""
    return _words(text) if len(_coarse(text)) == 10 else f"the end of {_words(_coarse(text))}"


def _words(text: str) -> str:
    """One plain date, without its mark."""
    year, month, day = (*text.split("-"), "", "")[:3]
    if "X" in year:
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        # "The 1900s" may be a decade or a century, so only the other decades have that name.
        return f"the {first}s" if last - first == 9 and first % 100 else f"some time between {first} and {last}"
    if not month:
        return str(int(year))
    if month in SEASONS:
        return f"{SEASONS[month]} {int(year)} ({SEASON_MONTHS[month]})"
    if month == "XX" and day in ("", "XX"):
        return f"a {'day' if day else 'month'} in {int(year)}"
    if month == "XX":
        return f"day {int(day)} of an unknown month of {int(year)}"
    words = f"{MONTHS[int(month)]} {int(year)}"
    return words if not day else f"a day in {words}" if day == "XX" else f"{int(day)} {words}"


def day_in_words(day: date) -> str:
    """A day of the calendar, or the day of a moment: "1 January 2007"."""
    return in_words(f"{day:%Y-%m-%d}", "happened")
