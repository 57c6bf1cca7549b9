"""Where groups come from and go: a lane a group, time across, what ties them drawn from lane to lane.

Geometry on plain values: places along time in percent of the width, places down the page in px, so that words keep
their size on any screen. Words stand beside a mark where the picture is at least WIDE px wide; below that the numbers
alone, which the list beside the picture explains. Nothing overlaps at any width from NARROW on.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from profiles.values import dates

from .drawn import Bar, Days, Scale, Year, bar_of, days_of, scale_of

WIDE, NARROW = 640, 280  # px: with words, and the narrowest
HEAD, NAME, TRACK, GAP = 24, 20, 32, 12  # px: the years, a lane's name, one track, between lanes
BARE = NAME + 12  # px: a lane to which others lead, and of which nothing more is told
BADGE = 18  # px: the width of a number
LETTER = 6.4  # px: of a label of 11 px
NAME_LETTER = 7.6  # px: of a name of 13 px
MOST_YEARS = 7
LONGEST, LONGEST_LABEL = 34, 46  # letters of a name, and of a label, in the picture


class Deed(Struct, frozen=True):
    """One dated thing on the lane of a group, with the lane at the other end where it ties two."""

    lane: str
    label: str
    when: str
    sense: str
    claims: tuple[str, ...]
    other: str = ""
    into: bool = False
    person: bool = False
    begins: bool = False
    contested: bool = False
    seen: date | None = None


class Mark(Struct, frozen=True):
    """A deed as drawn: its bar, its number, its words to one side, and where it leads to."""

    deed: Deed
    number: int
    bar: Bar
    badge: float
    y: int
    label_x: float
    anchor: str
    to_y: int | None = None

    @property
    def label(self) -> str:
        """The words as they stand in the picture."""
        return shortened(self.deed.label, LONGEST_LABEL)

    @property
    def from_y(self) -> int:
        """Where the tie leaves the number: above or below it."""
        return self.y + (BADGE // 2 if self.to_y is not None and self.to_y > self.y else -BADGE // 2)


class Piece(Struct, frozen=True):
    """What of a tie is drawn in the band of one lane, from above or below to its arrow or to the next band."""

    x: float
    from_y: int
    to_y: int
    person: bool
    arrow: bool


class Lane(Struct, frozen=True):
    """One group: its name, the stretch over which it is told of, its marks, and the ties that end or pass here.

    It is drawn as a band of its own, so that a printed page can end between two. All places count from the top of all.
    """

    uid: str
    name: str
    y: int
    height: int
    life: tuple[float, float]
    begins: bool
    marks: tuple[Mark, ...]
    pieces: tuple[Piece, ...] = ()

    @property
    def band(self) -> int:
        """The height of its band: the lane, and the gap to the next."""
        return self.height + GAP


class Picture(Struct, frozen=True):
    """All lanes under one axis."""

    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    height: int
    scale: Scale
    head: int = HEAD  # of it, for the years

    @property
    def begin(self) -> int:
        """The first year drawn."""
        return self.scale.begin

    @property
    def end(self) -> int:
        """The last year drawn."""
        return self.scale.end - 1

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, by number."""
        return tuple(sorted((mark for lane in self.lanes for mark in lane.marks), key=lambda mark: mark.number))


def picture_of(names: Mapping[str, str], deeds: Sequence[Deed]) -> Picture | None:
    """The picture of some deeds; `names` holds the name of every lane that they stand on. None without any deed."""
    if not deeds:
        return None
    days = {deed: days_of(deed.when, deed.sense, deed.seen) for deed in deeds}
    scale = scale_of(days.values())
    numbers: dict[Deed, int] = {}
    lanes: list[Lane] = []
    y = HEAD
    for uid in in_order(deeds):
        own = sorted(
            (d for d in deeds if d.lane == uid), key=lambda d: (*dates.sort_key(d.when, d.sense), not d.other, d.label)
        )
        numbers.update({deed: len(numbers) + n for n, deed in enumerate(own, 1)})
        marks = _marks(own, days, numbers, scale, y + NAME)
        height = NAME + max(((mark.y - y - NAME) // TRACK + 1 for mark in marks), default=0) * TRACK if own else BARE
        life, begins = _life(uid, deeds, days, scale)
        lanes.append(Lane(uid, shortened(names[uid]), y, height, life, begins, marks))
        y += height + GAP
    tied = [_tied(lane, {one.uid: one for one in lanes}) for lane in lanes]
    drawn = [mark for lane in tied for mark in lane.marks]
    whole = tuple(replace(lane, pieces=tuple(_pieces(lane, drawn))) for lane in tied)
    return Picture(whole, scale.years(MOST_YEARS), y, scale)


def in_order(deeds: Iterable[Deed]) -> list[str]:
    """The lanes from top to bottom: the earliest first, each under what it came from and followed by those tied to it,
    so that ties are short and lead down."""
    first: dict[str, tuple[object, ...]] = {}
    near: dict[str, set[str]] = {}
    came_from: dict[str, set[str]] = {}
    for deed in deeds:
        key = dates.sort_key(deed.when, deed.sense)
        for uid, other in ((deed.lane, deed.other), (deed.other, deed.lane)):
            if uid:
                first[uid] = min(first.get(uid, key), key)
                near.setdefault(uid, set()).update({other} - {""})
        if deed.other and not deed.into and not deed.person:
            came_from.setdefault(deed.lane, set()).add(deed.other)

    def earliest(uid: str) -> tuple[object, ...]:
        return (first[uid], -len(near[uid]), uid)

    order: dict[str, None] = {}
    for root in sorted(first, key=earliest):
        waiting = [root]
        while waiting:
            uid = waiting.pop()
            if uid in order:
                continue
            # What came from each other in a ring has no top: the first met opens it.
            above = sorted(came_from.pop(uid, set()) - set(order), key=earliest, reverse=True)
            if above:
                waiting += [uid, *above]
                continue
            order[uid] = None
            waiting += sorted(near[uid] - set(order), key=earliest, reverse=True)
    return list(order)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Words that find room in the picture; the list has the whole."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _marks(
    own: Sequence[Deed], days: Mapping[Deed, Days], numbers: Mapping[Deed, int], scale: Scale, top: int
) -> tuple[Mark, ...]:
    """The deeds of one lane on as many tracks as keep numbers and words apart."""
    tracks: list[list[tuple[float, float]]] = []
    marks = []
    for deed in own:
        bar = bar_of(days[deed], scale)
        badge = _badge(bar)
        label_x, anchor, left, right = _label(deed.label, badge)
        half = BADGE / 2 * 100 / NARROW
        left = min(left, bar.x, badge - half) - 1
        right = max(right, bar.x + bar.width, badge + half) + 1
        track = next((n for n, taken in enumerate(tracks) if all(right < a or left > b for a, b in taken)), len(tracks))
        if track == len(tracks):
            tracks.append([])
        tracks[track].append((left, right))
        marks.append(Mark(deed, numbers[deed], bar, badge, top + track * TRACK + BADGE // 2, label_x, anchor))
    return tuple(marks)


def _badge(bar: Bar) -> float:
    """The number stands at the side that a source names, in the middle of a window; always within the picture."""
    at = bar.x if bar.fade == "after" else bar.x + bar.width if bar.fade == "before" else bar.middle
    half = BADGE / 2 * 100 / NARROW
    return round(min(max(at, half), 100 - half), 2)


def _label(text: str, badge: float) -> tuple[float, str, float, float]:
    """Where the words under a number begin, or end, and how far they reach at WIDE px: under half of it."""
    width, half = len(shortened(text, LONGEST_LABEL)) * LETTER * 100 / WIDE, BADGE / 2 * 100 / WIDE
    if badge - half + width <= 100:
        x = round(badge - half, 2)
        return x, "start", x, x + width
    x = round(min(100.0, badge + half), 2)
    return x, "end", x - width, x


def _life(uid: str, deeds: Iterable[Deed], days: Mapping[Deed, Days], scale: Scale) -> tuple[tuple[float, float], bool]:
    """The stretch over which a group is told of; whether its beginning is told."""
    here = [deed for deed in deeds if uid in (deed.lane, deed.other)]
    begun = [days[deed].first for deed in here if deed.begins and deed.lane == uid and not days[deed].open_before]
    told = [days[deed].first for deed in here] + [days[deed].last for deed in here]
    left = scale.x(min(begun or told))
    right = scale.x(max([*told, *(deed.seen for deed in here if deed.seen and not deed.into)]))
    return (left, round(max(right - left, 1.2), 2)), bool(begun)


def _tied(lane: Lane, lanes: Mapping[str, Lane]) -> Lane:
    """The lane with each of its ties led to the near edge of the other lane."""

    def tie(mark: Mark) -> Mark:
        other = lanes.get(mark.deed.other)
        if other is None or other.uid == lane.uid:
            return mark
        return replace(mark, to_y=other.y + NAME if other.y > lane.y else other.y + other.height)

    return replace(lane, marks=tuple(map(tie, lane.marks)))


def _pieces(lane: Lane, marks: Iterable[Mark]) -> Iterable[Piece]:
    """The ties that end in the band of a lane or pass through it."""
    top, bottom = lane.y, lane.y + lane.band
    for mark in marks:
        if mark.to_y is None:
            continue
        first, last = (mark.from_y, mark.to_y) if mark.deed.into else (mark.to_y, mark.from_y)
        from_y, to_y = min(max(first, top), bottom), min(max(last, top), bottom)
        if from_y != to_y:
            yield Piece(mark.badge, from_y, to_y, mark.deed.person, to_y == last)
