"""From when to when a designation was in force, by the dated steps that sources tell of: never typed, never guessed.

In force for certain from when every step that began it is past, till the first that ended it can have been; possibly
from the first to the last. With no end told it is certain up to the newest supporting source, and possible after.
"""

from collections.abc import Iterable
from datetime import date

from .dates import MAX, MIN, Bounds
from .vocabulary import STEPS_ENDED, STEPS_IN_FORCE

# Steps that tell of a listing that was there before them.
KEPT = ("renewed", "reviewed_kept")
BEGUN = (*(step for step in STEPS_IN_FORCE if step not in KEPT), "announced", "decided", "published")


def in_force(steps: Iterable[tuple[str, Bounds]], own: Bounds | None, seen: date | None) -> Bounds:
    """The bounds of one listing; `own` is its own date, asked where no step tells of a beginning."""
    dated = list(steps)
    begun = [b for step, b in dated if step in BEGUN and step != "relisted"] or [
        b for step, b in dated if step == "relisted"
    ]
    kept = [b for step, b in dated if step in KEPT]
    ended = [b for step, b in dated if step in STEPS_ENDED]
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
    again = any(step == "relisted" for step, _ in dated) and bool(ended)
    if ended:
        sure = max(start_earliest, min(b.start_earliest for b in ended))
        # What was suspended or listed again may go on.
        ended_for_good = not again and any(step in STEPS_ENDED and step != "suspended" for step, _ in dated)
        end_latest = max(b.end_latest for b in ended) if ended_for_good else MAX
    elif begun or kept:
        sure = max([start_earliest, *([seen] if seen else []), *(b.start_earliest for b in (*begun, *kept))])
    hedged = again or any(b.hedged for _, b in dated) or (not begun and own is not None and own.hedged)
    return Bounds(start_earliest, start_latest, sure, max(end_latest, sure), hedged, "known", "unknown")
