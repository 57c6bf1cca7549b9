"""What one page would say twice: the same fact from one passage, seen from the subject and from the other side.

The second claim keeps its place, its uid and its notes, in one line that points to the first.
"""

from profiles.values import documents as docs

from .library import Dossier
from .origins import model_of, placed

# (model, kind, word or aspect) of a claim on the page of its `about` -> (kind, word, manner) of what says it already.
_PAIRS = {
    ("group", "part", "founder"): ("relation", "member_of", "founding"),
    ("person", "statement", "designations.listings_of_leaders"): ("designation", "", ""),
}
_PRINTED = ("stands", "contested")


def echoes(dossier: Dossier) -> dict[str, docs.Claim]:
    """Uid of a claim -> the claim of the same page that says it already. Only where voice and passages agree."""
    found: dict[str, docs.Claim] = {}
    for claim in dossier.claims:
        first = _first(claim, dossier) if claim.subject != dossier.header.uid else None
        if first:
            found[claim.uid] = first
    return found


def _first(claim: docs.Claim, dossier: Dossier) -> docs.Claim | None:
    model = model_of(dossier.header)
    word = docs.word_of(claim) or f"{claim.topic}.{claim.aspect}"
    pair = _PAIRS.get((model, claim.kind, word))
    if pair is None or not placed(claim, dossier.header):
        return None
    same = (one for one in dossier.claims if (one.kind, docs.word_of(one), one.manner) == pair)
    return next((one for one in same if one.subject == dossier.header.uid and _alike(claim, one)), None)


def _alike(claim: docs.Claim, first: docs.Claim) -> bool:
    """Said as firmly, both printed as worded, and resting on one passage."""
    return (
        claim.standing in _PRINTED
        and first.standing in _PRINTED
        and (claim.voice, claim.reach, claim.negated) == (first.voice, first.reach, first.negated)
        and bool(_passages(claim) & _passages(first))
    )


def _passages(claim: docs.Claim) -> set[tuple[str, int, int]]:
    return {(c.version, c.start, c.end) for c in claim.citations if c.bearing == "supports"}
