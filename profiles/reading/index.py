"""The rows that lists, filters, source pages and the register ask: made from a release's dossiers, never stored by it.

Unknowns make no facet, and what is denied or retracted makes none either: a list says who is known to belong, and
says nothing of the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from profiles.models.published import (
    Entry,
    Facet,
    Interval,
    Listing,
    PublishedCitation,
    PublishedClaim,
    PublishedFile,
    PublishedSource,
    PublishedSpeaker,
    PublishedVersion,
    Spelling,
)
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.names import fold
from profiles.values.release import Release

from .card import card
from .library import Dossier, Library
from .listed import listings
from .orders import OWN_WORK, UNKNOWN, by_date, by_newest, by_publisher, by_text, publisher_key
from .origins import asserting, is_anonymous, load_origins, model_of, origins, placed, seen

NOT_STATED = "not_stated"
LEADS = ("leader", "co_leader")
LEFT = ("left", "expelled")
WHEN = {"group": "origins.founded", "event": "when.date"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Unsaved rows. Citations hold their claim, so claims are saved first."""

    entries: list[Entry] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    spellings: list[Spelling] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    claims: list[PublishedClaim] = field(default_factory=list)
    citations: list[PublishedCitation] = field(default_factory=list)
    speakers: list[PublishedSpeaker] = field(default_factory=list)
    sources: list[PublishedSource] = field(default_factory=list)
    versions: list[PublishedVersion] = field(default_factory=list)
    files: list[PublishedFile] = field(default_factory=list)


def rows(release: Release, dossiers: dict[str, Dossier], library: Library) -> Rows:
    """All index rows of a publication: entries, facets and spellings of its dossiers, and the claims it changes."""
    made = Rows()
    claims = [document for _, document in release.documents.values() if isinstance(document, docs.Claim)]
    library.load_around(dossiers.values())
    load_origins([*claims, *(claim for dossier in dossiers.values() for claim in dossier.claims)], library)
    for dossier in dossiers.values():
        made.entries.append(entry(dossier, library))
        made.facets.extend(facets(dossier, library))
        made.spellings.extend(spellings(dossier))
        for listing, times in listings(dossier, library):
            made.listings.append(listing)
            made.intervals.extend(times)
    for sha256, document in release.documents.values():
        if isinstance(document, docs.Claim):
            row = published_claim(document, sha256, release.number, library)
            made.claims.append(row)
            made.citations.extend(published_citations(document, row, library))
            made.speakers.extend(PublishedSpeaker(claim=row, speaker=uid) for uid in heard(document))
        elif isinstance(document, docs.Source):
            made.sources.append(published_source(document))
        elif isinstance(document, docs.Version):
            made.versions.append(PublishedVersion(uid=document.uid, source=document.source))
        elif isinstance(document, docs.Picture):
            made.files.extend(published_files(document))
    return made


def published_source(source: docs.Source) -> PublishedSource:
    """A work as the list of sources shows and orders it."""
    return PublishedSource(
        uid=source.uid,
        slug=source.slug,
        title=source.title,
        kind=source.kind,
        publisher=source.publisher,
        publisher_key=publisher_key(source.publisher),
        language=source.language or UNKNOWN,
        derives_from=source.derives_from or OWN_WORK,
        by_title=by_text(source.title, source.uid),
        by_publisher=by_publisher(source.publisher, by_text(source.title, source.uid)),
    )


def published_files(picture: docs.Picture) -> list[PublishedFile]:
    """What readers may fetch of a picture."""
    return [
        PublishedFile(sha256=file.sha256, picture=picture.uid, media_type=file.media_type, bytes=file.bytes)
        for file in picture.files
    ]


def entry(dossier: Dossier, library: Library) -> Entry:
    """A profile as a list shows it. Founding and date are the hull of all that is stated, so no doubt hides it."""
    header, edition = dossier.header, dossier.edition
    row = Entry(
        uid=header.uid,
        model=model_of(header),
        slug=header.slug,
        label=header.label,
        kind=header.kind,
        sort_key=by_text(header.label, header.uid),
        edition=edition.number,
        publication=edition.publication,
        published_at=edition.published_at,
        card=card(dossier, library),
    )
    dated = _dated(dossier)
    if dated:
        spans = [dates.bounds(claim.when, claim.sense, seen(claim, library)) for claim in dated]
        row.when = dated[0].when
        row.when_earliest = min(span.start_earliest for span in spans)
        # A founding tells of the start; of an event any day of it counts.
        latest = [span.start_latest if row.model == "group" else span.end_latest for span in spans]
        row.when_latest = max(latest)
    row.by_date = by_date(row.when_earliest, row.sort_key)
    row.by_edition = by_newest(row.publication, row.sort_key)
    return row


def _dated(dossier: Dossier) -> list[docs.Claim]:
    """The claims that say when a group was founded or an event was: with a date, supported, not denied."""
    wanted = WHEN.get(model_of(dossier.header))
    return [
        claim
        for claim in asserting(dossier.claims)
        if claim.when
        and claim.subject == dossier.header.uid
        and f"{claim.topic}.{claim.aspect}" == wanted
        and any(citation.bearing == "supports" for citation in claim.citations)
    ]


def facets(dossier: Dossier, library: Library) -> list[Facet]:
    """The many-valued facets of one profile, each with the claim that says so and the claim's bounds."""
    found: list[Facet] = []
    for claim in asserting(dossier.claims):
        for name, value in _facet_values(claim, dossier):
            target = library.get(value) if value != NOT_STATED else None
            label = "not stated" if value == NOT_STATED else str(getattr(target, "label", value))
            span = dates.bounds(claim.when, claim.sense, seen(claim, library))
            found.append(
                Facet(
                    entry_id=dossier.header.uid,
                    facet=name,
                    value=value,
                    label=label,
                    claim=claim.uid,
                    start_earliest=span.start_earliest,
                    start_latest=span.start_latest,
                    end_earliest=span.end_earliest,
                    end_latest=span.end_latest,
                    hedged=span.hedged,
                )
            )
    return found


def _facet_values(claim: docs.Claim, dossier: Dossier) -> Iterable[tuple[str, str]]:
    model, is_subject = model_of(dossier.header), claim.subject == dossier.header.uid
    if claim.kind == "designation" and is_subject:
        yield "designated_by", claim.authority or NOT_STATED
    if model == "group":
        if claim.kind == "membership" and not is_subject and claim.role in LEADS:
            yield "led_by", claim.subject
        belongs = claim.relation == "member_of" or (claim.topic, claim.aspect) == ("umbrellas", "belongs_to")
        if belongs and is_subject and claim.about and claim.manner not in LEFT:
            yield "umbrella", claim.about
    elif model == "person":
        if claim.kind == "membership" and is_subject and claim.about:
            yield "group", claim.about
    elif claim.kind == "part" and is_subject and claim.about:
        yield "participant", claim.about
    elif claim.place and is_subject:
        aspect = placed(claim, dossier.header)
        if claim.presence == "took_place_in" or (aspect and aspect.key == "where.place"):
            yield "place", claim.place


def spellings(dossier: Dossier) -> list[Spelling]:
    """Every name of a profile, with its skeleton; a name that only an authority uses is found by too."""
    uid = dossier.header.uid
    return [
        Spelling(
            entry_id=uid,
            name=claim.name,
            skeleton=fold(claim.name)[:300],
            name_sort=claim.name_sort,
            claim=claim.uid,
        )
        for claim in asserting(dossier.claims)
        if claim.kind == "name" and claim.subject == uid
    ]


def published_claim(claim: docs.Claim, sha256: str, publication: int, library: Library) -> PublishedClaim:
    """The row of one claim as a publication makes it public."""
    row = PublishedClaim(
        uid=claim.uid,
        sha256=sha256,
        kind=claim.kind,
        subject=claim.subject,
        about=claim.about or "",
        topic=claim.topic,
        aspect=claim.aspect,
        statement=claim.statement,
        voice=claim.voice,
        standing=claim.standing,
        negated=claim.negated,
        authority=claim.authority or "",
        anonymous=is_anonymous(claim, library),
        origins=len(origins(claim, library)),
        from_publication=publication,
        when=claim.when,
        sense=claim.sense,
        seen=seen(claim, library),
    )
    row.set_bounds()
    return row


def heard(claim: docs.Claim) -> list[str]:
    """The speakers of all passages that a claim cites, each once, by uid."""
    return sorted({uid for citation in claim.citations for chain in citation.speakers for uid in chain})


def published_citations(claim: docs.Claim, row: PublishedClaim, library: Library) -> list[PublishedCitation]:
    """The rows of a claim's citations, so that a source page finds what rests on it."""
    found = []
    for citation in claim.citations:
        version = library.get(citation.version)
        found.append(
            PublishedCitation(
                claim=row,
                uid=citation.uid,
                source=version.source if isinstance(version, docs.Version) else citation.version.rpartition("-")[0],
                version=citation.version,
                bearing=citation.bearing,
                voice=citation.voice,
                paragraph=citation.paragraph,
                start=citation.start,
                end=citation.end,
            )
        )
    return found
