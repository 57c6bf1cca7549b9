"""What stops a publication: rules about the claims that it changes, each with its reason in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from profiles.editorial.public import Public, public_with
from profiles.models import Capture
from profiles.values import anchors
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.hedges import hedges

# Aspects under which somebody is accused of something.
_ACCUSING = {"conduct.accusations", "conduct.acts", "conduct.investigations", "conduct.proceedings"}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why one document cannot be published as it is, and the mend."""

    uid: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.uid}: {self.message}"


def stops(changed: Mapping[str, docs.Document], dead: set[str]) -> list[Stop]:
    """All that stops these documents; `dead` are the people of whom a public, cited claim says that they died."""
    public = public_with(changed)
    found: list[Stop] = []
    for document in changed.values():
        found += _dangling(document, public)
        if isinstance(document, docs.Claim):
            found += _claim_stops(document, public, dead)
        elif isinstance(document, docs.Silence):
            found += _misplaced(document, public)
    return [*found, *_broken_passages(changed.values())]


def _claim_stops(claim: docs.Claim, public: Public, dead: set[str]) -> Iterator[Stop]:
    yield from _misplaced(claim, public)
    yield from _one_sided(claim, public)
    yield from _stray_step(claim, public)
    if claim.standing == "retracted":
        return
    supporting = [c for c in claim.citations if c.bearing == "supports"]
    if not supporting:
        yield Stop(claim.uid, "uncited", "has no citation that supports it: cite a passage.")
        return
    yield from _too_firm(claim, supporting)
    if claim.voice != "stated" and not _keeps_distance(claim, public):
        message = (
            "is not the source's own voice, and its sentence names no speaker and keeps no distance: say who says so."
        )
        yield Stop(claim.uid, "unhedged", message)
    if accuses(claim):
        yield from _allegation_stops(claim, supporting, public, dead)


def accuses(claim: docs.Claim) -> bool:
    """Whether a claim accuses somebody: by its voice, its part in an event, or where it stands."""
    if claim.voice == "alleged" or claim.part in ("perpetrator", "accused"):
        return True
    return f"{claim.topic}.{claim.aspect}" in _ACCUSING or bool(claim.ground)


def _accused(claim: docs.Claim) -> Iterator[str]:
    # Of a part in an event the one accused is `about`; of all else it is the subject.
    if claim.kind == "part":
        if claim.about and claim.part in ("perpetrator", "accused"):
            yield claim.about
    else:
        yield claim.subject


def _allegation_stops(
    claim: docs.Claim, supporting: list[docs.Citation], public: Public, dead: set[str]
) -> Iterator[Stop]:
    living = [uid for uid in _accused(claim) if isinstance(public.get(uid), docs.Person) and uid not in dead]
    if not living:
        return
    attributed = any(c.speakers for c in supporting) or bool(claim.authority)
    names_source = "source" in claim.statement.lower() or "article" in claim.statement.lower()
    if not attributed and not (claim.voice in ("reported", "alleged") and names_source):
        message = "alleges something about a living person without saying who says so: attribute it."
        yield Stop(claim.uid, "unattributed", message)
    if not claim.response or not claim.outcome:
        message = (
            "alleges something about a living person: give the response and the outcome, or that both were sought."
        )
        yield Stop(claim.uid, "no_response", message)


def _too_firm(claim: docs.Claim, supporting: list[docs.Citation]) -> Iterator[Stop]:
    if claim.voice not in words.FIRMNESS:
        return
    firmest = max((words.FIRMNESS[c.voice] for c in supporting if c.voice in words.FIRMNESS), default=None)
    if firmest is None:
        yield Stop(claim.uid, "too_firm", "rests on the desk's own judgement only: its voice is assessed.")
    elif words.FIRMNESS[claim.voice] > firmest:
        allowed = next(voice for voice, rank in words.FIRMNESS.items() if rank == firmest)
        yield Stop(claim.uid, "too_firm", f"is firmer than its passages: its voice can be {allowed} at most.")


def _keeps_distance(claim: docs.Claim, public: Public) -> bool:
    if hedges(claim.statement):
        return True
    heard = {uid for c in claim.citations for chain in c.speakers for uid in chain}
    labels = [doc.label for uid in heard if isinstance(doc := public.get(uid), docs.Speaker)]
    return any(label.lower() in claim.statement.lower() for label in labels)


def _misplaced(document: docs.Claim | docs.Silence, public: Public) -> Iterator[Stop]:
    subject = public.get(document.subject)
    if isinstance(subject, docs.PROFILES):
        model = docs.tag_of(subject)
        if words.aspect_of(model, document.topic, document.aspect) is None:
            message = f"a {model} has no aspect {document.topic}.{document.aspect}."
            yield Stop(document.uid, "misplaced", message)


def _one_sided(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    for uid in claim.conflicts_with:
        other = public.get(uid)
        if isinstance(other, docs.Claim) and claim.uid not in other.conflicts_with:
            yield Stop(claim.uid, "one_sided", f"conflicts with {uid}, which does not name it: publish both together.")


def _stray_step(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    listing = public.get(claim.designation)
    if isinstance(listing, docs.Claim) and (listing.kind, listing.subject) != ("designation", claim.subject):
        yield Stop(claim.uid, "stray_step", f"{listing.uid} is not a designation of the same subject: name that one.")


def _dangling(document: docs.Document, public: Public) -> Iterator[Stop]:
    for field, uid in docs.references(document):
        if public.get(uid) is None:
            yield Stop(document.uid, "dangling", f"{field} names {uid}, which is not public: publish it too.")


def _broken_passages(changed: Iterable[docs.Document]) -> Iterator[Stop]:
    claims = [d for d in changed if isinstance(d, docs.Claim)]
    versions = {c.version for claim in claims for c in claim.citations}
    texts = dict(Capture.objects.filter(pk__in=versions).values_list("version_id", "text"))
    for claim in claims:
        for citation in claim.citations:
            text = texts.get(citation.version)
            if text is None or claim.standing == "retracted":
                continue
            if anchors.digest(text[citation.start : citation.end]) != citation.passage_sha256:
                yield Stop(claim.uid, "passage", f"{citation.uid}: the passage is not what was pinned: pin it again.")
            elif citation.excerpt not in text[citation.start : citation.end]:
                yield Stop(claim.uid, "excerpt", f"{citation.uid}: the words to print are not in the passage.")
            elif refusal := anchors.refusal(text, citation.start, citation.end):
                yield Stop(claim.uid, "passage", f"{citation.uid}: {refusal}")
