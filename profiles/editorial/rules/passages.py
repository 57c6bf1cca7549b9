"""The passages: as they were pinned, and no more of their words printed than is allowed."""

from collections.abc import Iterator, Mapping

from profiles.editorial.rules.stop import Stop
from profiles.values import anchors
from profiles.values import documents as docs

# Code points of one excerpt, and of all excerpts of one claim from one version: quoting, not copying.
LONGEST_EXCERPT = 200
LONGEST_TOGETHER = 400


def uncited(claim: docs.Claim) -> Iterator[Stop]:
    """No fact without a citation that supports it."""
    if not any(citation.bearing == "supports" for citation in claim.citations):
        yield Stop(claim.uid, "uncited", "has no citation that supports it: cite a passage.")


def broken(claim: docs.Claim, texts: Mapping[str, str]) -> Iterator[Stop]:
    """A passage that is not what was pinned; `texts` are those at hand, by version."""
    for citation in claim.citations:
        text = texts.get(citation.version)
        if text is None:
            continue
        if anchors.digest(text[citation.start : citation.end]) != citation.passage_sha256:
            yield Stop(claim.uid, "passage", f"{citation.uid}: the passage is not what was pinned: pin it again.")
        elif citation.excerpt not in text[citation.start : citation.end]:
            yield Stop(claim.uid, "excerpt", f"{citation.uid}: the words to print are not in the passage.")
        elif refusal := anchors.refusal(text, citation.start, citation.end):
            yield Stop(claim.uid, "passage", f"{citation.uid}: {refusal}")


def too_long(claim: docs.Claim) -> Iterator[Stop]:
    """More words of another publisher than quoting allows."""
    together: dict[str, int] = {}
    for citation in claim.citations:
        length = len(citation.excerpt)
        together[citation.version] = together.get(citation.version, 0) + length
        if length > LONGEST_EXCERPT:
            told = f"{citation.uid}: prints {length} signs of its passage: {LONGEST_EXCERPT} at most."
            yield Stop(claim.uid, "excerpt", told)
    for version, length in together.items():
        if length > LONGEST_TOGETHER:
            told = f"prints {length} signs of {version} in all its citations: {LONGEST_TOGETHER} at most."
            yield Stop(claim.uid, "excerpt", told)
