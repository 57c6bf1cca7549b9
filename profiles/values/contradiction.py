"""Which two claims cannot both be right: one question that has one answer, and two answers that exclude each other.

In doubt they can: a marked date (`2013?`), a number without firm bounds, regions that may overlap exclude nothing.
Texts are never called different.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from . import documents as docs
from . import vocabulary as words
from .dates import Bounds, DateError, bounds
from .numbers import in_words as number_words

Get: TypeAlias = Callable[[str | None], docs.Document | None]

# What two typed claims must have alike for "it is so" and "it is not so" to be said of one thing.
_SAME = (
    "about", "role", "relation", "manner", "part", "party", "presence", "place", "authority", "programme", "scheme",
    "identifier", "name", "word", "scope", "reach", "counted", "low", "high", "precision",
)  # fmt: skip
_PLACE_KINDS = ("land", "country", "province", "city")
_SETTLED = ("retracted", "superseded")


def exclusion(one: docs.Claim, other: docs.Claim, get: Get) -> str:
    """What two claims disagree on, such as "2013 or 2017"; empty where both may be right, or one is settled.

    `get` gives the header of the subject, and places.
    """
    if one.uid == other.uid or one.subject != other.subject:
        return ""
    if one.standing in _SETTLED or other.standing in _SETTLED or one.superseded_by or other.superseded_by:
        return ""
    if one.negated != other.negated:
        return _denied(one, other)
    if one.negated:
        return ""
    if one.kind == "step" or other.kind == "step":
        return _steps(one, other)
    aspect = _asked(one, other, get)
    if aspect is None:
        return ""
    return _VALUES[aspect.value](one, other, aspect, get)


def _asked(one: docs.Claim, other: docs.Claim, get: Get) -> words.Aspect | None:
    """The question of one answer that both answer."""
    subject = get(one.subject)
    if (one.topic, one.aspect) != (other.topic, other.aspect) or not isinstance(subject, docs.PROFILES):
        return None
    aspect = words.aspect_of(docs.tag_of(subject), one.topic, one.aspect)
    return aspect if aspect and aspect.single and aspect.value in _VALUES else None


def is_single(claim: docs.Claim) -> bool:
    """Whether a claim answers a question of one answer, of some model."""
    return f"{claim.topic}.{claim.aspect}" in SINGLE


SINGLE = {key for aspects in words.ASPECTS.values() for key, aspect in aspects.items() if aspect.single}


def _dates(one: docs.Claim, other: docs.Claim, aspect: words.Aspect, get: Get) -> str:
    if one.scope != other.scope or "as_of" in (one.sense, other.sense):
        return ""
    a, b = _bounds(one), _bounds(other)
    if a is None or b is None or "?" in one.when + other.when or "%" in one.when + other.when:
        return ""
    apart = a.start_earliest > b.end_latest or b.start_earliest > a.end_latest
    return f"{one.when} or {other.when}" if apart else ""


def _numbers(one: docs.Claim, other: docs.Claim, aspect: words.Aspect, get: Get) -> str:
    same = ("counted", "scope", "reach", "about", "part")
    if any(getattr(one, name) != getattr(other, name) for name in same):
        return ""
    if one.party.casefold() != other.party.casefold():
        return ""
    if aspect.single == "at_a_time" and not _together(one, other):
        return ""
    (low, high), (its_low, its_high) = _range(one), _range(other)
    return f"{_number(one)} or {_number(other)}" if low > its_high or its_low > high else ""


def _words(one: docs.Claim, other: docs.Claim, aspect: words.Aspect, get: Get) -> str:
    apart = {one.word, other.word} in words.EXCLUSIVE_WORDS and one.scope == other.scope and _together(one, other)
    label = aspect.words.label if aspect.words else str
    return f"{label(one.word)} or {label(other.word)}" if apart else ""


def _places(one: docs.Claim, other: docs.Claim, aspect: words.Aspect, get: Get) -> str:
    mine, its = _within(one.place, get), _within(other.place, get)
    apart = any(kind in mine and kind in its and mine[kind] != its[kind] for kind in _PLACE_KINDS)
    if not apart or one.scope != other.scope:
        return ""
    return " or ".join(str(getattr(get(claim.place), "label", claim.place)) for claim in (one, other))


_VALUES: dict[str, Callable[[docs.Claim, docs.Claim, words.Aspect, Get], str]] = {
    "date": _dates,
    "number": _numbers,
    "word": _words,
    "place": _places,
}


def _denied(one: docs.Claim, other: docs.Claim) -> str:
    """Yes and no, said of one thing at one time; plain sentences are never compared."""
    if one.kind != other.kind or one.kind in ("statement", "step", "name") or not _together(one, other):
        return ""
    if any(getattr(one, name) != getattr(other, name) for name in ("topic", "aspect", *_SAME)):
        return ""
    return "that it is so or that it is not so"


def _steps(one: docs.Claim, other: docs.Claim) -> str:
    if (one.designation, one.step) != (other.designation, other.step) or one.step not in words.STEPS_ONCE:
        return ""
    a, b = _bounds(one), _bounds(other)
    if a is None or b is None or "as_of" in (one.sense, other.sense) or a.hedged or b.hedged:
        return ""
    apart = a.start_earliest > b.end_latest or b.start_earliest > a.end_latest
    return f"{one.when} or {other.when}" if apart else ""


def _together(one: docs.Claim, other: docs.Claim) -> bool:
    """Whether there is a day on which both certainly speak."""
    a, b = _bounds(one), _bounds(other)
    if a is None or b is None or a.hedged or b.hedged:
        return False
    return max(a.start_latest, b.start_latest) <= min(a.end_earliest, b.end_earliest)


def _bounds(claim: docs.Claim) -> Bounds | None:
    try:
        return bounds(claim.when, claim.sense) if claim.when else None
    except (DateError, ValueError):
        return None


def _range(claim: docs.Claim) -> tuple[float, float]:
    """The least and the greatest that a number can be; a number without firm bounds can be any."""
    low = -float("inf") if claim.low is None else claim.low
    high = float("inf") if claim.high is None else claim.high
    if claim.precision == "exact":
        return low, low
    if claim.precision in ("at_least", "at_most", "between"):
        return low, high
    return -float("inf"), float("inf")


def _number(claim: docs.Claim) -> str:
    return number_words(claim.precision, claim.low, claim.high, claim.number_words, claim.counted)


def _within(uid: str | None, get: Get) -> dict[str, str]:
    """Kind -> which one, of a place and of all that it lies in, as far as they are at hand; `land` is its code."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    while uid and uid not in seen and isinstance(place := get(uid), docs.Place):
        seen.add(uid)
        found.setdefault(place.kind, place.uid)
        if place.country:
            found.setdefault("land", place.country)
        uid = place.within
    return found


def pairs(claims: Iterable[docs.Claim], get: Get) -> Iterator[tuple[docs.Claim, docs.Claim, str]]:
    """Each two of these claims that exclude each other, in the order of their uids, and what they disagree on."""
    groups: dict[tuple[str, ...], list[docs.Claim]] = {}
    for claim in sorted(claims, key=lambda one: one.uid):
        groups.setdefault(_question(claim), []).append(claim)
    for key, group in groups.items():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                # A question of many answers has only its yes and its no to disagree on.
                if (key[0] or one.negated or other.negated) and (what := exclusion(one, other, get)):
                    yield one, other, what


def _question(claim: docs.Claim) -> tuple[str, ...]:
    if claim.kind == "step":
        return "step", claim.designation or "", claim.step
    return "single" if is_single(claim) else "", claim.subject, claim.topic, claim.aspect


def day_of(claim: docs.Claim) -> date | None:
    """The day of a claim that is dated to the day and unmarked; else None."""
    found = _bounds(claim)
    if found is None or found.hedged or claim.sense == "as_of":
        return None
    return found.start_earliest if found.start_earliest == found.end_latest else None
