"""Whether two typed values are the same, may be the same, or differ; texts are never called either.

A value is compared by its type: a date by its text and bounds, a profile or place by its uid, a number by all of its
parts, a list word by itself, a listing by its authority and dates. Who says it, and how firmly, is shown beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.vocabulary import Aspect

from .origins import other_end

Relation = Literal["same", "partly", "differs", "not comparable"]


@dataclass(frozen=True, slots=True)
class Key:
    """What a value is compared by. `span` is the first and last day, or the least and the greatest number."""

    sort: str
    value: tuple[object, ...]
    negated: bool = False
    span: tuple[date, date] | tuple[int, int | None] | None = None


def key_of(claim: docs.Claim, aspect: Aspect, uid: str, steps: Iterable[docs.Claim] = ()) -> Key | None:
    """The key of what a claim answers on one profile's page; None where it has no typed value (its text is shown)."""
    if claim.kind == "designation":
        days = tuple(sorted(step.when for step in steps if step.when and not step.negated))
        return Key("listing", (claim.authority, claim.programme, days), claim.negated) if claim.authority else None
    if aspect.value == "date" and claim.when:
        found = dates.bounds(claim.when, claim.sense)
        span = (found.start_earliest, found.end_latest)
        return Key("date", (claim.when, claim.sense), claim.negated, span)
    if aspect.value == "profile" and (end := other_end(claim, uid)):
        return Key("profile", (end,), claim.negated)
    if aspect.value == "place" and claim.place:
        return Key("place", (claim.place,), claim.negated)
    if aspect.value == "word" and claim.word:
        return Key("word", (claim.word,), claim.negated)
    if aspect.value == "number" and claim.precision:
        return _number(claim)
    return None


def _number(claim: docs.Claim) -> Key:
    value = (claim.counted, claim.precision, claim.low, claim.high, claim.number_words)
    if claim.precision == "order":
        return Key("number", value, claim.negated)
    least = claim.low if claim.low is not None else 0
    greatest = claim.high if claim.precision in ("between", "at_most") else claim.low
    return Key("number", value, claim.negated, (least, None if claim.precision == "at_least" else greatest))


def relate(a: Key, b: Key) -> Relation:
    """How two values stand to each other. `partly` says that both may be right of one and the same thing."""
    if a.sort != b.sort:
        return "not comparable"
    if a.negated != b.negated:
        return "differs" if a.value == b.value else "not comparable"
    if a.value == b.value:
        return "same"
    if a.negated:
        return "not comparable"
    if a.sort == "listing":
        # Another authority may be the same one named less exactly, or a part of it.
        return "partly" if a.value[0] == b.value[0] else "not comparable"
    if a.sort == "number" and (a.value[0] != b.value[0] or a.span is None or b.span is None):
        return "not comparable"
    return "partly" if _overlap(a, b) else "differs"


def _overlap(a: Key, b: Key) -> bool:
    if a.span is None or b.span is None:
        return False
    (a_first, a_last), (b_first, b_last) = a.span, b.span
    return (b_last is None or a_first <= b_last) and (a_last is None or b_first <= a_last)  # type: ignore[operator]


def relate_sets(a: list[Key | None], b: list[Key | None]) -> Relation:
    """How the values of two cells stand to each other: the same only if each value of either is in the other."""
    found = {(i, j): relate(x, y) for i, x in enumerate(a) for j, y in enumerate(b) if x and y}
    same = {pair for pair, relation in found.items() if relation == "same"}
    whole = {i for i, _ in same} == set(range(len(a))) and {j for _, j in same} == set(range(len(b)))
    if whole:
        return "same"
    if same or "partly" in found.values():
        return "partly"
    if len(found) == len(a) * len(b) and set(found.values()) == {"differs"}:
        return "differs"
    return "not comparable"


def relate_all(columns: list[list[Key | None]], silent: bool, contested: bool) -> Relation:
    """The state of a row from the columns that say something; `silent` if others do not, `contested` if one doubts.

    Fewer than two columns that speak cannot be compared; a silent or contested column never makes a row the same.
    """
    pairs = {relate_sets(a, b) for i, a in enumerate(columns) for b in columns[i + 1 :]}
    if pairs & {"same", "partly"}:
        return "partly" if silent or contested or pairs != {"same"} else "same"
    return "differs" if "differs" in pairs else "not comparable"
