"""The text of a date, read strictly: EDTF (ISO 8601-2, levels 0 and 1, sets of level 2).

A text has one side, or two joined by `/`. Each side is one plain date, or a set `[2005,2006]` of which one is
meant. The edtf package reads the plain dates; sets, marks, intervals and open ends it reads wrongly, so they
are ours.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from .vocabulary import Words

MIN = date(1, 1, 1)
MAX = date(9999, 12, 31)
LONGEST = 64

State = Literal["known", "open", "unknown"]


class DateError(ValueError):
    """A date that is refused: the message names what is wrong with the text and how to mend it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of `/`: the days it names, first to last, and the wider ones that `~` allows."""

    text: str  # without its mark
    mark: str  # "", "~", "?" or "%"
    first: date
    last: date
    earliest: date
    latest: date
    state: State = "known"


@dataclass(frozen=True, slots=True)
class Span:
    """A text as read: a date that is no interval has the same side twice."""

    start: Side
    end: Side
    interval: bool

    @property
    def hedged(self) -> bool:
        return bool(self.start.mark or self.end.mark)


UNKNOWN = Side("", "", MIN, MAX, MIN, MAX, "unknown")
OPEN_START = Side("..", "", MIN, MIN, MIN, MIN, "open")
OPEN_END = Side("..", "", MIN, MAX, MIN, MAX, "open")

# What is refused by its looks; the first that fits is named.
REFUSALS = [
    (re.compile(pattern), reason)
    for pattern, reason in [
        (r"\s", "has white space in it: write a date without any, like 2014-06-05"),
        (r"[^!-~]", "has a character that no date has: write 0 to 9, - inside a date and / between two"),
        (r"[{}]", "means all of its dates: make one claim for each, or write [ ] for one of them"),
        (r"[0-9][Tt]|[0-9]:[0-9]", "has a time of day: write the day alone"),
        (r"[Yy]-?[0-9]|[0-9][Ee][0-9]", "is a long year: years run from 0001 to 9999"),
        (r"[0-9]S[0-9]", "has significant digits: write the first and last year, like 2010/2019"),
        (r"(^|[/\[,.])-[0-9]", "is before the year 0001: years run from 0001 to 9999"),
        (r"x", "has a small x: write X"),
        (r"XXXX", "gives no year: write what is known of it, or leave the date empty"),
        (r"^[./]+$", "gives no date: leave it empty"),
        (r"\[[^\]]*/", "has / inside [ ]: write .. there, like [2018..2019]"),
        (r"/.*/", "has more than one /: write an interval like 2014/2018, a day like 2014-06-05"),
        (r"[0-9]{4}-[0-9]{4}", "joins two years with -: write / between them, like 2014/2018"),
        (r"-[0-9](?![0-9X])", "has a month or day of one digit: write two, like 2014-06-05"),
        (r"[?~%][^/]", "has a mark inside a date: write ?, ~ or % once, after the whole date"),
    ]
]
TWO_MARKS = re.compile(r"[?~%]{2,}")
PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
)
SEASONS = {"21": "spring", "22": "summer", "23": "autumn"}
# Not the calendar module's names: those follow the locale of the process.
MONTHS = (
    "",
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=16_384)
def parse(text: str) -> Span:
    """Read EDTF text, strictly: whatever this site does not take raises DateError. "" is no date given."""
    if text == "":
        return Span(UNKNOWN, UNKNOWN, interval=True)
    if len(text) > LONGEST:
        raise DateError(f"a date has at most {LONGEST} characters: this text has {len(text)}")
    if marks := TWO_MARKS.search(text):
        mark = marks[0][0] if len(set(marks[0])) == 1 else "%"
        raise refusal(text, f"has two marks: write {TWO_MARKS.sub(mark, text)}")
    for pattern, reason in REFUSALS:
        if pattern.search(text):
            raise refusal(text, reason)
    if "/" not in text:
        side = _side(text)
        return Span(side, side, interval=False)
    left, right = text.split("/")
    span = Span(
        OPEN_START if left == ".." else _side(left) if left else UNKNOWN,
        OPEN_END if right == ".." else _side(right) if right else UNKNOWN,
        interval=True,
    )
    if span.start.first > span.end.last:
        raise refusal(text, f"runs backwards: write {right}/{left}")
    return span


def is_plain(text: str) -> bool:
    """Whether a date is a year, month or day and nothing else: no season, no X, no mark."""
    return bool(PLAIN.fullmatch(text)) and text[5:7] not in SEASONS


def require(words: Words, value: str) -> None:
    """A word outside its closed list is the caller's mistake, not the date's: ValueError, no DateError."""
    if value not in words:
        raise ValueError(f"{value!r} is not a {words.name}: write one of {', '.join(words)}")


def refusal(text: str, reason: str) -> DateError:
    """The error that shows the text, escaped where it would not show, and says what to do."""
    shown = text if text and text.isprintable() and " " not in text else ascii(text)
    return DateError(f"{shown} {reason}")


def _side(text: str) -> Side:
    mark = text[-1] if text[-1] in "~?%" else ""
    bare = text.removesuffix(mark)
    if bare.startswith("[") or bare.endswith("]"):
        if mark:
            raise refusal(text, "has a mark on a set: write the set alone")
        days = [day for member in _members(bare) for day in member]
        # Four bounds cannot hold a gap: between the dates of a set the answer is "possibly", never wrong.
        first, last = min(days), max(days)
        return Side(bare, "", first, last, first, last)
    first, last = _days(bare)
    if mark not in ("~", "%"):
        return Side(bare, mark, first, last, first, last)
    unit = _unit(bare)
    if unit == 0:
        before, after = first.toordinal() - 1, last.toordinal() + 1
        earliest, latest = date.fromordinal(max(before, 1)), date.fromordinal(min(after, MAX.toordinal()))
    else:
        earliest = _shift(first, -unit)
        # The day after the last one shifts without regard to how long the months are.
        latest = MAX if last == MAX else _shift(last + timedelta(1), unit)
        latest = latest if latest == MAX else latest - timedelta(1)
    return Side(bare, mark, first, last, earliest, latest)


def _members(text: str) -> list[tuple[date, date]]:
    return [(_days(a)[0] if a else MIN, _days(b)[1] if b else MAX) for a, b in split_set(text)]


def split_set(text: str) -> list[tuple[str, str]]:
    """The dates of a set from `[` to `]`, each as its first and last text ("" for none)."""
    if not re.fullmatch(r"\[[^\[\]]*\]", text):
        raise refusal(text, "has a bracket too many or too few: write a set like [2005,2006] or [2003..]")
    members = text[1:-1].split(",")
    pairs = []
    for place, member in enumerate(members):
        first, dots, last = member.partition("..")
        if not dots:
            last = first
        texts = [t for t in (first, last) if t]
        if not texts or not all(map(is_plain, texts)):
            raise refusal(text, "has a member that is no plain year, month or day: write like [2005,2006-03]")
        if (not first and place > 0) or (not last and place < len(members) - 1):
            raise refusal(text, "is open in its middle: .. without a date stands first or last in a set")
        if first and last and _days(first)[0] > _days(last)[1]:
            raise refusal(text, f"runs backwards: write {last}..{first} in it")
        pairs.append((first, last))
    if len(pairs) == 1 and pairs[0][0] == pairs[0][1]:
        raise refusal(text, f"is a set of one: write {pairs[0][0]}")
    return pairs


@lru_cache(maxsize=16_384)
def _days(text: str) -> tuple[date, date]:
    """First and last day of one plain date, by the edtf package: only forms that it reads right get to it."""
    match = POINT.fullmatch(text)
    if not match:
        raise refusal(text, "is not a date: write it like 2014, 2014-06 or 2014-06-05, with 0 to 9 and X alone")
    year, month, day = match["year"], match["month"], match["day"]
    if year.replace("X", "0") == "0000":
        raise refusal(text, "has the year 0000 in it: years run from 0001 to 9999")
    if month and "X" in year:
        raise refusal(text, f"gives a month of an unknown year: write {year}")
    if month and "21" <= month <= "41" and (month not in SEASONS or day):
        raise refusal(text, "is a season: write the months instead")
    if month and month != "XX" and not ("01" <= month <= "12" or month in SEASONS):
        raise refusal(text, "has no such month: months run from 01 to 12")
    if "X" not in text and month not in SEASONS:
        return _calendar_days(int(year), int(month) if month else None, int(day) if day else None, text)
    # Here, since it takes a tenth of a second that a start can do without.
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
        return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (EDTFParseException, ValueError):
        # All that is left to go wrong is the day of an unknown month.
        raise refusal(text, "is not a day: days run from 01 to 31") from None


def _calendar_days(year: int, month: int | None, day: int | None, text: str) -> tuple[date, date]:
    """A year, month or day that is written out needs no parser, which takes two milliseconds for each."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    length = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, length)
    if not 1 <= day <= length:
        raise refusal(text, f"is not a day: {MONTHS[month]} {year} has {length} days")
    return date(year, month, day), date(year, month, day)


def _unit(text: str) -> int:
    """Months in one unit of a date's own precision, by the part that is written out; 0 stands for one day."""
    year, month, day = text[:4], text[5:7], text[8:]
    if month in ("", "XX"):
        return 12 * int("1" + "0" * year.count("X"))
    if month in SEASONS:
        return 3
    return 1 if day in ("", "XX") else 0


def _shift(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return MIN if year < MIN.year else MAX if year > MAX.year else day.replace(year=year, month=month + 1)
