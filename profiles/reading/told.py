"""The sentences of a list in Arabic, as pages of claims tell them: translated, or made from structure."""

from collections.abc import Iterable

from profiles.models.documents import bodies
from profiles.models.published import PublishedClaim
from profiles.values import documents as docs
from profiles.values import speech

from .leaf import Leaf, Link
from .library import Library
from .sentence import in_arabic


def told_in_arabic(rows: Iterable[PublishedClaim]) -> dict[str, tuple[Link, ...]]:
    """Uid -> the sentence in pieces, for the claims that have one: six queries, none where English is spoken."""
    if not speech.is_arabic():
        return {}
    digests = {row.uid: row.sha256 for row in rows}
    texts = bodies(digests.values())
    found = [docs.parse(text) for sha256 in digests.values() if (text := texts.get(sha256)) is not None]
    claims = [claim for claim in found if isinstance(claim, docs.Claim)]
    library = Library()
    named = {uid for claim in claims for _, uid in docs.references(claim)}
    library.load(named)
    library.load(uid for near in named if (document := library.get(near)) for _, uid in docs.references(document))
    leaf = Leaf(library)
    return {claim.uid: told for claim in claims if (told := in_arabic(claim, leaf))}
