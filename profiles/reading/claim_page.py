"""One claim with everything that is known of it: its fields, its evidence, what disagrees, and when it was public."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from profiles.models.documents import bodies
from profiles.models.editions import Publication, redactions_of
from profiles.models.published import PublishedClaim
from profiles.values import dates, languages, speech
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say

from . import addresses
from .citing import Cited, cite_claim
from .corrections import Correction, corrections_of_claim
from .leaf import Leaf, Link, chain_in_words, stamp_in_words
from .library import Library
from .lines import Voice, linked, remarks, voice_of
from .origins import is_anonymous, origins, placed
from .references import claim_permalink
from .sentence import in_arabic

LABELS = {
    "name_sort": "Sort of name", "used_by": "Used by", "end_reason": "Why it ended",
    "number_words": "As the source has it", "low": "Number", "high": "Up to", "as_stated": "As stated",
    "listing_id": "Number on the list", "name_as_listed": "Name as listed", "step_change": "Change",
    "party": "Described as", "word": "Answer", "counted": "Counted", "about": "About",
}  # fmt: skip
_UIDS = ("about", "place", "authority", "programme", "designation")


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a claim in words."""

    label: str
    value: Link


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation in full: where, what it does for the claim, how it says it, who is heard, and the digests."""

    citation: docs.Citation
    source: Link
    stamp: str
    voice: Voice | None
    bearing: words.Word | None
    part: str
    chains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another claim that this one names, by its sentence."""

    uid: str
    href: str
    statement: str


@dataclass(frozen=True, slots=True)
class Public:
    """One stretch of time in which a claim was public in one wording."""

    row: PublishedClaim
    made: Publication | None
    replaced: Publication | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """What the page of a claim prints; `claim` is None where its words were deleted or taken down."""

    uid: str
    history: tuple[Public, ...]
    claim: docs.Claim | None = None
    sha256: str = ""
    withdrawn: bool = False
    statement: tuple[Link, ...] = ()
    arabic: tuple[Link, ...] = ()  # the sentence in Arabic, where that is spoken and there is one
    kind: str = ""
    about_whom: tuple[tuple[Link, str], ...] = ()
    mentions: tuple[Link, ...] = ()
    fields: tuple[Known, ...] = ()
    when: str = ""
    voice: Voice | None = None
    standing: words.Word | None = None
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    origins: tuple[Link, ...] = ()
    anonymous: bool = False
    conflicts: tuple[Other, ...] = ()
    rests_on: tuple[Other, ...] = ()
    after: tuple[Other, ...] = ()
    superseded_by: Other | None = None
    reviewed: str = ""
    corrections: tuple[Correction, ...] = ()
    cited: Cited | None = None


def current_document(uid: str) -> tuple[list[PublishedClaim], str | None]:
    """Every public state of a claim, newest first, and the exact text of the one public now: two queries."""
    rows = list(PublishedClaim.objects.filter(uid=uid).order_by("-from_publication"))
    now = next((row for row in rows if row.to_publication is None), None)
    return rows, bodies([now.sha256]).get(now.sha256) if now else None


def claim_page(uid: str) -> ClaimPage | None:
    """The page of a claim that is or was public; None where none ever was. The queries do not grow with its states."""
    rows, text = current_document(uid)
    if not rows and not was_deleted(uid):
        return None
    history, ledger = _history(rows), corrections_of_claim(uid, rows)
    now = next((row for row in rows if row.to_publication is None), None)
    if now is None or text is None:
        return ClaimPage(uid, history, withdrawn=bool(rows) and now is None, corrections=ledger)
    claim = docs.parse(text)
    assert isinstance(claim, docs.Claim)  # noqa: S101 (told to the type checker)
    library = Library()
    library.load(uid for _, uid in docs.references(claim))
    library.load(uid for near in _near(claim, library) for _, uid in docs.references(near))
    return _page(claim, now.sha256, history, ledger, Leaf(library))


def was_deleted(uid: str) -> bool:
    """Whether words that were public once stood under a uid of which nothing is left: a take-down names it."""
    if uid not in redactions_of([uid]):
        return False
    downs = Publication.objects.filter(kind__in=("retraction", "withdrawal", "redaction"))
    return downs.filter(body__contains=f'["{uid}",').exists()


def _near(claim: docs.Claim, library: Library) -> Iterator[docs.Document]:
    for _, uid in docs.references(claim):
        near = library.get(uid)
        if near is not None and not isinstance(near, docs.Claim):
            yield near


def _history(rows: list[PublishedClaim]) -> tuple[Public, ...]:
    numbers = {n for row in rows for n in (row.from_publication, row.to_publication) if n}
    made = Publication.objects.defer("body").in_bulk(numbers)
    return tuple(
        Public(row, made.get(row.from_publication), made.get(row.to_publication) if row.to_publication else None)
        for row in rows
    )


def _page(
    claim: docs.Claim, sha256: str, history: tuple[Public, ...], ledger: tuple[Correction, ...], leaf: Leaf
) -> ClaimPage:
    now = next(state for state in history if state.row.to_publication is None)
    return ClaimPage(
        uid=claim.uid,
        history=history,
        claim=claim,
        sha256=sha256,
        statement=linked(claim, "", leaf)[0],
        arabic=(in_arabic(claim, leaf) or ()) if speech.is_arabic() else (),
        kind=claim.kind,
        about_whom=tuple(_about_whom(claim, leaf)),
        mentions=tuple(leaf.link(uid) for uid in claim.mentions),
        fields=tuple(_fields(claim, leaf)),
        when=dates.in_words(claim.when, claim.sense, claim.basis),
        voice=voice_of(claim.voice, claim.confidence),
        standing=words.STANDING.get(claim.standing),
        remarks=tuple(remarks(claim)),
        evidence=tuple(_evidence(citation, leaf) for citation in claim.citations),
        origins=tuple(leaf.link(uid) for uid in sorted(origins(claim, leaf.library))),
        anonymous=is_anonymous(claim, leaf.library),
        conflicts=_others(claim.conflicts_with, leaf),
        rests_on=_others(claim.rests_on, leaf),
        after=_others(claim.after, leaf),
        superseded_by=next(iter(_others([claim.superseded_by], leaf)), None) if claim.superseded_by else None,
        reviewed=now.made.reviewed if now.made else "",
        corrections=ledger,
        cited=_cited(claim, sha256, now.made, leaf) if now.made else None,
    )


def _cited(claim: docs.Claim, sha256: str, made: Publication, leaf: Leaf) -> Cited:
    url = claim_permalink(claim, leaf.library.get(claim.subject), made.number)
    return cite_claim(claim, leaf.speakers(claim), sha256, made.number, made.at, url)


def _about_whom(claim: docs.Claim, leaf: Leaf) -> Iterator[tuple[Link, str]]:
    """The profiles on whose pages the claim stands, each with the question that it answers there."""
    for uid in filter(None, (claim.subject, claim.about)):
        header = leaf.library.get(uid)
        if isinstance(header, docs.PROFILES):
            aspect = placed(claim, header)
            topics = words.TOPICS[addresses.model_of(header)]
            place = (
                f"{words.topic_label(topics[aspect.topic])}: {aspect.label}"
                if aspect and aspect.name != "other"
                else ""
            )
            link = leaf.link(uid)
            yield Link(link.label, f"{link.href}#{claim.uid}"), place


def _fields(claim: docs.Claim, leaf: Leaf) -> Iterator[Known]:
    """The columns of the claim's kind that are filled, in the order of its shape."""
    needed, may = docs.SHAPE[claim.kind]
    for name in (*needed, *may):
        value: Any = getattr(claim, name)
        if value in (None, ""):
            continue
        label = say(LABELS.get(name, name.replace("_", " ").capitalize()))
        if name == "designation":
            yield Known(label, Link(value, addresses.claim(value)))
        elif name in _UIDS:
            yield Known(label, leaf.link(value))
        elif name == "language":
            yield Known(label, Link(languages.in_words(value)))
        elif name in ("low", "high"):
            yield Known(label, Link(f"{value:,}"))
        else:
            allowed = docs.FIELD_WORDS[docs.Claim].get(name)
            shown = allowed.label(value) if allowed else value
            yield Known(label, Link(shown, addresses.word(allowed.name, value) if allowed else ""))


def _evidence(citation: docs.Citation, leaf: Leaf) -> Evidence:
    version = leaf.library.get(citation.version)
    known = isinstance(version, docs.Version)
    return Evidence(
        citation,
        leaf.link(version.source) if isinstance(version, docs.Version) else Link(citation.version),
        stamp_in_words(version) if known and isinstance(version, docs.Version) and version.stamp else "",
        voice_of(citation.voice),
        words.BEARING.get(citation.bearing),
        words.CITATION_PART.label(citation.part),
        tuple(chain_in_words([leaf.label(uid) for uid in chain]) for chain in citation.speakers),
    )


def _others(uids: Iterable[str | None], leaf: Leaf) -> tuple[Other, ...]:
    found = []
    for uid in filter(None, uids):
        other = leaf.library.get(uid)
        statement = other.statement if isinstance(other, docs.Claim) else say("a claim no longer public")
        found.append(Other(uid, addresses.claim(uid), statement))
    return tuple(found)
