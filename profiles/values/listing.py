"""From when to when a designation was in force, by the dated steps that sources tell of: never typed, never guessed.

In force for certain from when every step that began it is past, till the first that ended it can have been; possibly
from the first to the last. With no end told it is certain up to the newest supporting source, and possible after.
What was listed again after a delisting was in force twice, each time by its own steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from .dates import MAX, MIN, Bounds
from .vocabulary import STEPS_ENDED, STEPS_IN_FORCE

# Steps that tell of a listing that was there before them.
KEPT = ("renewed", "reviewed_kept")
# Steps that begin it once more, where an end was told before them.
AGAIN = ("relisted", "listed", "designated")
BEGUN = (*(step for step in STEPS_IN_FORCE if step not in KEPT), "announced", "decided", "published")


Dated = tuple[str, Bounds]


def intervals(steps: Iterable[Dated], own: Bounds | None, seen: date | None) -> list[Bounds]:
    """Each time for which a listing was in force, in order; one at least."""
    parts = stretches(steps)
    found: list[Bounds] = []
    if parts[0] and parts[0][0][0] == "relisted":
        # There was one before, of which no step tells.
        last = parts[0][0][1].start_latest
        found.append(own or Bounds(MIN, last, MIN, last, False, "known", "unknown"))
        own = None
    for place, part in enumerate(parts):
        bounds = in_force(part, own if place == 0 else None, seen)
        if place + 1 < len(parts):
            # What was but suspended may have gone on until it was listed again.
            last = max(min(bounds.end_latest, parts[place + 1][0][1].end_latest), bounds.end_earliest)
            bounds = replace(bounds, end_latest=last)
        found.append(bounds)
    return found


def stretches(steps: Iterable[Dated]) -> list[list[Dated]]:
    """The dated steps of each listing in turn: parted where it began again surely after all that was told before.

    Where that is not sure there is one, of all steps.
    """
    whole = sorted(steps, key=lambda step: (step[1].start_earliest, step[1].end_latest))
    parts: list[list[Dated]] = [[]]
    for step, bounds in whole:
        if step in AGAIN and any(before in STEPS_ENDED for before, _ in parts[-1]):
            # Of one day only what says so, or was listed before already, comes after what ended it.
            told = step == "relisted" or _begun_before(parts[-1])
            late = bounds.start_earliest if told else bounds.start_earliest - timedelta(1)
            if any(b.end_latest > late for part in parts for _, b in part):
                return [whole]
            parts.append([])
        parts[-1].append((step, bounds))
    return parts


def _begun_before(part: Iterable[Dated]) -> bool:
    """Whether a listing is told of that began surely before any end."""
    part = list(part)
    first = min(b.start_earliest for step, b in part if step in STEPS_ENDED)
    return any(step in AGAIN and b.end_latest < first for step, b in part)


def in_force(steps: Sequence[Dated], own: Bounds | None, seen: date | None) -> Bounds:
    """The bounds of one listing; `own` is its own date, asked where no step tells of a beginning."""
    ended = [b for step, b in steps if step in STEPS_ENDED]
    begun = _begun(steps, ended)
    kept = [b for step, b in steps if step in KEPT]
    start_earliest, start_latest, sure, end_latest = MIN, MAX, MIN, MAX
    if begun:
        start_earliest = min(b.start_earliest for b in begun)
        start_latest = max(b.end_latest for b in begun)
    elif own:
        start_earliest, start_latest, sure, end_latest = (
            own.start_earliest, own.start_latest, own.end_earliest, own.end_latest
        )  # fmt: skip
    elif kept:
        start_latest = min(b.end_latest for b in kept)
    if begun and any(b.start_earliest < start_earliest for b in kept):
        # What was kept was there before the beginning that is told of.
        start_earliest = MIN
    again = bool(ended) and _again(steps, ended)
    if ended:
        sure = max(start_earliest, min(b.start_earliest for b in ended))
        # What was suspended or listed again may go on.
        ended_for_good = not again and any(step in STEPS_ENDED and step != "suspended" for step, _ in steps)
        end_latest = max(b.end_latest for b in ended) if ended_for_good else MAX
    elif begun or kept:
        sure = max([start_earliest, *([seen] if seen else []), *(b.start_earliest for b in (*begun, *kept))])
    hedged = again or any(b.hedged for _, b in steps) or (not begun and own is not None and own.hedged)
    if ended and begun and not any(step in AGAIN and b in begun for step, b in steps):
        # What is but told of, and may be of the end, makes nothing sure.
        hedged = hedged or any(b.end_latest > min(e.start_earliest for e in ended) for b in begun)
    return Bounds(start_earliest, start_latest, sure, max(end_latest, sure), hedged, "known", "unknown")


def _again(steps: Sequence[Dated], ended: list[Bounds]) -> bool:
    """Whether it may have gone on after an end: listed again, begun twice in one way, not begun before any, or kept."""
    if any(step == "relisted" for step, _ in steps[1:]):
        return True
    first, last = min(b.start_earliest for b in ended), max(b.end_latest for b in ended)
    begun = [step for step, _ in steps if step in AGAIN]
    late = [(step, b) for step, b in steps if step in AGAIN and b.end_latest >= first]
    twice = any(begun.count(step) > 1 or (begun[0] == "relisted" and step != "relisted") for step, _ in late)
    return (
        twice
        or any(b.start_earliest >= last for _, b in late)
        or any(step in KEPT and b.end_latest > last for step, b in steps)
    )


def _begun(steps: Sequence[Dated], ended: list[Bounds]) -> list[Bounds]:
    """When it began, by every step that tells of it. What was told of after an end, but a listing, is of the end."""
    begun = [(step, b) for step, b in steps if step in BEGUN]
    if begun and begun[0][0] != "relisted":
        # Of one that may have been listed again before it ended, the first beginning alone is sure.
        begun = [(step, b) for step, b in begun if step != "relisted"]
    first = min((b.start_latest for b in ended), default=MAX)
    return [b for _, b in begun if b.start_earliest <= first] or [b for step, b in begun if step in AGAIN]
