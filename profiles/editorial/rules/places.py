"""Where a document stands: under an aspect of its subject, beside what it names, all of it public."""

from collections.abc import Iterator

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.values import documents as docs
from profiles.values import vocabulary as words


def misplaced(document: docs.Claim | docs.Silence, public: Public) -> Iterator[Stop]:
    """A claim or silence stands under an aspect that its subject has."""
    subject = public.get(document.subject)
    if isinstance(subject, docs.PROFILES):
        model = docs.tag_of(subject)
        if words.aspect_of(model, document.topic, document.aspect) is None:
            message = f"a {model} has no aspect {document.topic}.{document.aspect}."
            yield Stop(document.uid, "misplaced", message)


def one_sided(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    """A conflict is named by both."""
    for uid in claim.conflicts_with:
        other = public.get(uid)
        if isinstance(other, docs.Claim) and claim.uid not in other.conflicts_with:
            told = f"conflicts with {uid}, which does not name it: publish both together."
            yield Stop(claim.uid, "one_sided", told, uid)


def stray_step(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    """A step belongs to a designation of the same subject."""
    listing = public.get(claim.designation)
    if isinstance(listing, docs.Claim) and (listing.kind, listing.subject) != ("designation", claim.subject):
        yield Stop(claim.uid, "stray_step", f"{listing.uid} is not a designation of the same subject: name that one.")


def dangling(document: docs.Document, public: Public) -> Iterator[Stop]:
    """All that a public document names is public."""
    for field, uid in docs.references(document):
        if public.get(uid) is None:
            yield Stop(document.uid, "dangling", f"{field} names {uid}, which is not public: publish it too.")
