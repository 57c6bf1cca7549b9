"""Claims that exclude each other: linked as a conflict they are both published, unlinked neither is."""

from collections.abc import Iterator, Mapping

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.values import documents as docs
from profiles.values.contradiction import pairs


def conflicts(claims: Mapping[str, docs.Claim], changed: Mapping[str, docs.Document], public: Public) -> Iterator[Stop]:
    """Two answers to a question of one answer, that do not name each other; at least one of them is changed."""
    for one, other, what in pairs(claims.values(), public.get):
        if one.uid in other.conflicts_with or other.uid in one.conflicts_with:
            continue  # named on one side only: that is told as such
        for claim, its in ((one, other), (other, one)):
            if claim.uid in changed:
                message = (
                    f"says otherwise than {its.uid} ({what}). These conflict: link them on the page of either, or "
                    "supersede the older."
                )
                yield Stop(claim.uid, "conflict", message, its.uid)
