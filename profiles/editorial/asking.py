"""Ask for a second look where a claim comes to say something else over passages that stay as they are."""

from collections.abc import Mapping
from typing import Any

from profiles.models import SecondLook
from profiles.values import documents as docs

# Where a claim is filed, how it stands and what it is tied to: no passage speaks of these.
_APART = frozenset((
    "uid", "schema", "salt", "topic", "aspect", "standing", "standing_note", "conflicts_with", "superseded_by", "after",
    "mentions", "rests_on", "citations", "translations",
))  # fmt: skip


def ask_again(there: Mapping[str, docs.Document], made: Mapping[str, docs.Document], *, exact: bool = False) -> None:
    """Ask about each claim of `made` that says something else than `there`, while the words that it cites stay.

    Where all of them are other words now, what was asked before is settled. One query, and none where there is nothing
    to ask; one more where documents are written back `exact`ly: what it said when it was last looked at needs no look.
    """
    rows = []
    for uid, claim in made.items():
        was = there.get(uid)
        if not isinstance(was, docs.Claim) or not isinstance(claim, docs.Claim) or claim.standing == "retracted":
            continue
        words, stays = cited_words(was), cited_words(was) & cited_words(claim)
        if stays and says(was) != says(claim):
            rows.append(SecondLook(claim=uid, before=docs.digest(was), after=docs.digest(claim)))
        elif words and not stays:
            rows.append(_closed(uid, "recited", was, claim))
    if exact and rows:
        looked_at = last_looked_at(row.claim for row in rows)
        for row in rows:
            if not row.decision and looked_at.get(row.claim) == row.after:
                row.decision, row.decided = "put_back", row.after
    if rows:
        SecondLook.objects.bulk_create(rows)


def says(claim: docs.Claim) -> tuple[Any, ...]:
    """All that a claim asserts."""
    return tuple(getattr(claim, name) for name in claim.__struct_fields__ if name not in _APART)


def cited_words(claim: docs.Claim) -> set[tuple[str, str]]:
    """Its citations with the digests of their words: the same words in a later version are the same."""
    return {(citation.uid, citation.passage_sha256) for citation in claim.citations}


def last_looked_at(claims: Any) -> dict[str, str]:
    """Claim -> digest of what it said when its passages were last looked at, for those that wait; one query."""
    found: dict[str, str] = {}
    rows = SecondLook.objects.filter(claim__in=list(claims)).order_by("pk")
    for claim, before, decision in rows.values_list("claim", "before", "decision"):
        if decision:
            found.pop(claim, None)
        else:
            found.setdefault(claim, before)
    return found


def _closed(uid: str, decision: str, was: docs.Claim, claim: docs.Claim) -> SecondLook:
    after = docs.digest(claim)
    return SecondLook(claim=uid, before=docs.digest(was), after=after, decision=decision, decided=after)
