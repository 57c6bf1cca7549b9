"""Claims that differ only in the kind of one tie (funds, training, equipment): one line, each with its notes."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from profiles.values import documents as docs

Row = TypeVar("Row")
_shared = attrgetter(
    "relation", "subject", "about", "party", "topic", "aspect", "when", "sense", "basis", "voice", "confidence",
    "reach", "negated", "scope", "verification", "response", "outcome",
)  # fmt: skip


def kin_key(claim: docs.Claim) -> tuple[object, ...] | None:
    """What claims of one line share; None for a claim that stands alone, such as one that is disputed."""
    if claim.kind != "relation" or not claim.manner or claim.standing != "stands" or claim.conflicts_with:
        return None
    return tuple(_shared(claim))


def in_kin(rows: Iterable[Row], claim_of: Callable[[Row], docs.Claim]) -> tuple[tuple[Row, ...], ...]:
    """The rows in order, each with those of its kin behind the first of them."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        claim = claim_of(row)
        found.setdefault(kin_key(claim) or claim.uid, []).append(row)
    return tuple(tuple(kin) for kin in found.values())
