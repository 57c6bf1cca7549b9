"""When something was so, as a bar on an axis of time: the days it may have been, and within them those it surely was.

Plain geometry that the timeline, the lineage diagram and the axis of a comparison share.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from msgspec import Struct

from profiles.values import dates

LEAST_SURE = 0.4  # percent
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)


class Days(Struct, frozen=True):
    """The first and last day drawn, the sure days within, and which side is open."""

    first: date
    last: date
    sure: tuple[date, date] | None
    open_before: bool
    open_after: bool


class Scale(Struct, frozen=True):
    """A linear axis from the first day of one year to the first day of another, in percent of its width."""

    begin: int
    end: int

    def x(self, day: date) -> float:
        """Where a day stands: 0 to 100, days outside at the edge."""
        first, whole = _stretch(self.begin, self.end)
        return round(max(0.0, min(100.0, (day.toordinal() - first) * 100 / whole)), 2)

    def years(self, most: int) -> tuple["Year", ...]:
        """Round years to print along the axis, about `most`, with their places."""
        step = next((n for n in STEPS if (self.end - self.begin) / n < most), 5000)
        first = -(-self.begin // step) * step
        return tuple(
            Year(year, self.x(date(max(year, 1), 1, 1))) for year in range(first, min(self.end, 9999) + 1, step)
        )


@lru_cache(maxsize=64)
def _stretch(begin: int, end: int) -> tuple[int, int]:
    """The ordinal of the first day of an axis, and its days."""
    first = date(begin, 1, 1).toordinal()
    return first, date(min(end, 9999), 1, 1).toordinal() - first or 1


class Year(Struct, frozen=True):
    """A year printed along the axis."""

    year: int
    x: float

    @property
    def anchor(self) -> str:
        """How its words stand to its place: those at the edges within the picture."""
        return "start" if self.x < 4 else "end" if self.x > 96 else "middle"


class Bar(Struct, frozen=True):
    """One date on an axis, in percent of its width: a point where it would be too narrow for a bar."""

    x: float
    width: float
    sure: tuple[float, float] | None
    open_before: bool
    open_after: bool
    point: bool

    @property
    def middle(self) -> float:
        """Where a point is drawn."""
        return round(self.x + self.width / 2, 2)

    @property
    def sure_width(self) -> float:
        """How wide the sure days are drawn: never so narrow that they are not seen."""
        return max(self.sure[1], LEAST_SURE) if self.sure else 0.0

    @property
    def fade(self) -> str:
        """The side, or sides, on which no end is stated."""
        if self.open_before:
            return "both" if self.open_after else "before"
        return "after" if self.open_after else ""


NARROWEST = 1.5  # percent; what is narrower is drawn as a point


def days_of(when: str, sense: str, seen: date | None = None) -> Days:
    """The days of a date that has a text. An open end is sure up to `seen`, the day of the newest supporting source.

    What is open is drawn to the edge of the picture: only the days that are named make that wider.
    """
    span = dates.parse(when)
    bounds = dates.bounds(when, "held" if sense == "held" else "happened", seen)
    before, after = bounds.start_earliest == dates.MIN, bounds.end_latest == dates.MAX
    sure = (bounds.start_latest, bounds.end_earliest) if not bounds.hedged else None
    if sure and sure[0] > sure[1]:
        sure = None
    last = bounds.end_latest if not after else next(d for d in (span.start.last, span.start.first) if d < dates.MAX)
    first = bounds.start_earliest if not before else next(d for d in (span.end.first, last) if d > dates.MIN)
    if after and sure and sure[1] < dates.MAX:
        last = max(last, sure[1])
    return Days(first, max(first, last), sure, before, after)


def scale_of(spans: Iterable[Days]) -> Scale:
    """The axis that holds all days that are named."""
    spans = list(spans)
    return Scale(min(one.first.year for one in spans), max(one.last.year for one in spans) + 1)


def bar_of(days: Days, scale: Scale) -> Bar:
    """The bar of some days: to the edge where they are open, a point where they are few."""
    left = 0.0 if days.open_before else scale.x(days.first)
    right = 100.0 if days.open_after else scale.x(days.last)
    sure = None
    if days.sure:
        start, end = max(left, scale.x(days.sure[0])), min(right, scale.x(days.sure[1]))
        sure = (start, round(max(0.0, end - start), 2))
    width = round(max(0.0, right - left), 2)
    return Bar(left, width, sure, days.open_before, days.open_after, width < NARROWEST)
