"""The dated statements of several columns on one axis of time: plain geometry, drawn by a template.

A mark runs over all days on which it can have been so, and is dark where it surely was. What shares a date and a column
shares a mark. What a source saw on its own date, without a date of the thing itself, is left out: it would only draw
the source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from profiles.values import dates
from profiles.values import documents as docs

from .drawn import days_of
from .leaf import Leaf, Link
from .lines import Line, line_of
from .timeline import is_dated

WIDTH, ROW, HEAD, LABEL = 1000, 26, 30, 26
LEAST = 8  # the width of a mark, at least


@dataclass(frozen=True, slots=True)
class Mark:
    """One date of one column: where it is drawn, and the statements that bear it."""

    id: str
    x: int
    width: int
    sure: tuple[int, int] | None
    track: int
    y: int
    when: str
    lines: tuple[Line, ...]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One column, its marks packed into tracks."""

    column: Link
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The whole picture: years along the top, a lane a column."""

    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, int], ...]
    height: int
    asked: tuple[int, int] | None
    width: int = WIDTH

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return sum(len(lane.marks) for lane in self.lanes)


def axis_of(
    columns: Iterable[tuple[Link, str, Iterable[docs.Claim]]], leaf: Leaf, asked: tuple[date, date] | None = None
) -> Axis | None:
    """The axis of (label, uid, claims) columns; None where nothing of them has a date."""
    rows = [(link, uid, _by_date(claims, leaf)) for link, uid, claims in columns]
    spans = [days_of(when, sense) for _, _, found in rows for when, sense in found]
    if not spans:
        return None
    begin = min(span.first.year for span in spans)
    end = max(span.last.year for span in spans) + 1
    lanes: list[Lane] = []
    y = HEAD
    for number, (link, uid, found) in enumerate(rows, 1):
        marks = _lane(number, uid, found, (begin, end), y + LABEL, leaf)
        lanes.append(Lane(link, y, marks))
        y += LABEL + ROW * (1 + max((mark.track for mark in marks), default=0))
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 5000) if (end - begin) / n <= 14)
    years = tuple(
        (year, _x(date(max(year, 1), 1, 1), begin, end)) for year in range(-(-begin // step) * step, end, step)
    )
    window = None
    if asked:
        window = _x(max(asked[0], date(begin, 1, 1)), begin, end), _x(asked[1], begin, end)
    return Axis(tuple(lanes), years, y, window)


def _by_date(claims: Iterable[docs.Claim], leaf: Leaf) -> dict[tuple[str, str], list[docs.Claim]]:
    found: dict[tuple[str, str], list[docs.Claim]] = {}
    for claim in claims:
        if is_dated(claim, leaf):
            found.setdefault((claim.when, claim.sense), []).append(claim)
    return dict(sorted(found.items(), key=lambda pair: dates.sort_key(*pair[0])))


def _lane(
    number: int, uid: str, found: dict[tuple[str, str], list[docs.Claim]], years: tuple[int, int], top: int, leaf: Leaf
) -> tuple[Mark, ...]:
    tracks: list[int] = []
    marks = []
    for index, ((when, sense), claims) in enumerate(found.items(), 1):
        dated = days_of(when, sense)
        x = 0 if dated.open_before else _x(dated.first, *years)
        width = max(LEAST, (WIDTH if dated.open_after else _x(dated.last, *years)) - x)
        x = min(x, WIDTH - width)
        track = next((n for n, taken in enumerate(tracks) if taken + 16 < x), len(tracks))
        tracks[track : track + 1] = [x + width]
        sure = None
        if dated.sure:
            start = max(x, min(_x(dated.sure[0], *years), x + width))
            sure = start, max(2, min(_x(dated.sure[1], *years), x + width) - start)
        marks.append(
            Mark(
                f"on-axis-{number}-{index}",
                x,
                width,
                sure,
                track,
                top + track * ROW,
                dates.in_words(when, sense),
                tuple(line_of(claim, uid, None, leaf) for claim in claims),
                dated.open_before,
                dated.open_after,
            )
        )
    return tuple(marks)


def _x(day: date, begin: int, end: int) -> int:
    days = (date(min(end, 9999), 1, 1) - date(begin, 1, 1)).days or 1
    return max(0, min(WIDTH, round((day - date(begin, 1, 1)).days * WIDTH / days)))
