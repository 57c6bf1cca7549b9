"""What a publication writes for readers: index rows and rendered pages, all inside its one transaction.

A projection is made before the transaction opens, from documents alone; writing it decides nothing.
"""

import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db.models import QuerySet

from . import finding, finding_names
from .counts import ALL, KIND, LISTING, REGISTER, SOURCE, WORKS, ClaimCount, FacetCount, PublicationCount, SourceCount
from .documents import chunks
from .published import (
    Address,
    Body,
    Entry,
    Facet,
    Interval,
    Listing,
    Mention,
    OldSlug,
    PublishedCitation,
    PublishedClaim,
    PublishedFile,
    PublishedSource,
    PublishedSpeaker,
    PublishedVersion,
    Spelling,
)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Page:
    """A page to store under its path. `mentions` holds the uids whose labels it prints, to know when to make it again.

    `publication` is the one whose state it shows.
    """

    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    mentions: frozenset[str] = frozenset()
    publication: int = 0

    @property
    def etag(self) -> str:
        """SHA-256 of status, headers and body: the same page has the same etag wherever it was made."""
        head = msgspec.json.encode([self.status, sorted(self.headers.items())])
        return hashlib.sha256(head + b"\n" + self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Projection:
    """All that one publication changes for readers. Rows are unsaved; citations hold their unsaved claim.

    Entries, facets, spellings and listings replace those of the same profiles. Claims replace the current row of their
    uid, unless it has the same digest. `withdrawn` holds uids of profiles whose rows go, `gone` those of claims that
    leave the public.
    """

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
    pages: list[Page] = field(default_factory=list)
    old_slugs: list[OldSlug] = field(default_factory=list)
    withdrawn: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def write_projection(projection: Projection, publication: int) -> None:
    """Write it all; inside the publication's transaction."""
    _write_entries(projection)
    _write_claims(projection, publication)
    _write_sources(projection)
    _write_files(projection)
    write_old_slugs(projection.old_slugs, projection.entries)
    write_pages(projection.pages)


def _write_entries(projection: Projection) -> None:
    gone = [*(entry.uid for entry in projection.entries), *sorted(projection.withdrawn)]
    before = _stored_values(gone)
    for some in chunks(gone):
        Facet.objects.filter(entry__in=some).delete()
        Interval.objects.filter(listing__in=Listing.objects.filter(entry__in=some)).delete()
        empty(Listing.objects.filter(entry__in=some))
        finding_names.drop_names(Spelling.objects.filter(entry__in=some))
        Spelling.objects.filter(entry__in=some).delete()
        empty(Entry.objects.filter(pk__in=some))
    Entry.objects.bulk_create(projection.entries, batch_size=BATCH)
    Facet.objects.bulk_create(projection.facets, batch_size=BATCH)
    Listing.objects.bulk_create(projection.listings, batch_size=BATCH)
    Interval.objects.bulk_create(projection.intervals, batch_size=BATCH)
    finding_names.put_names(Spelling.objects.bulk_create(projection.spellings, batch_size=BATCH))
    after, labels = _new_values(projection)
    FacetCount.change(_steps(before, after), labels)


# What an entry is counted under, once: (model, facet, value).
Values = set[tuple[str, str, str, str]]


def _stored_values(entries: list[str]) -> Values:
    found: Values = set()
    for some in chunks(entries):
        rows = Entry.objects.filter(pk__in=some).values_list("uid", "model", "kind")
        models = {uid: model for uid, model, _ in rows}
        for uid, model, kind in rows:
            found |= {(uid, model, ALL, ""), (uid, model, KIND, kind)}
        facets = Facet.objects.filter(entry__in=some).values_list("entry_id", "facet", "value")
        found |= {(uid, models[uid], facet, value) for uid, facet, value in facets}
        told = Listing.objects.filter(entry__in=some).values_list("uid", *REGISTER.values())
        found |= {(uid, LISTING, facet, value) for uid, *row in told for facet, value in _register(row)}
    return found


def _register(row: Iterable[str]) -> list[tuple[str, str]]:
    """What a listing is counted under in the register: (facet, value)."""
    return [(ALL, ""), *((facet, value) for facet, value in zip(REGISTER, row, strict=True) if value)]


def _new_values(projection: Projection) -> tuple[Values, dict[tuple[str, ...], str]]:
    models = {entry.uid: entry.model for entry in projection.entries}
    found: Values = {(entry.uid, entry.model, ALL, "") for entry in projection.entries}
    found |= {(entry.uid, entry.model, KIND, entry.kind) for entry in projection.entries}
    found |= {(row.entry_id, models[row.entry_id], row.facet, row.value) for row in projection.facets}
    labels = {(models[row.entry_id], row.facet, row.value): row.label for row in projection.facets}
    names = {entry.uid: entry.label for entry in projection.entries}
    for row in projection.listings:
        told = [getattr(row, column) for column in REGISTER.values()]
        found |= {(row.uid, LISTING, facet, value) for facet, value in _register(told)}
        labels[LISTING, "authority", row.authority] = row.authority_label
        labels[LISTING, "programme", row.programme] = row.programme_label
        labels[LISTING, "profile", row.entry_id] = names[row.entry_id]
    return found, labels


def _steps(before: Iterable[tuple[str, ...]], after: Iterable[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """How many more there are under each parts, the first of which says who is counted."""
    steps = Counter(parts for _, *rest in after if (parts := tuple(rest)))
    steps.subtract(parts for _, *rest in before if (parts := tuple(rest)))
    return steps


def _write_claims(projection: Projection, publication: int) -> None:
    current = PublishedClaim.objects.filter(to_publication=None)
    known: dict[str, str] = {}
    for some in chunks(claim.uid for claim in projection.claims):
        known.update(current.filter(uid__in=some).values_list("uid", "sha256"))
    changed = [claim for claim in projection.claims if known.get(claim.uid) != claim.sha256]
    left = [*(claim.uid for claim in changed if claim.uid in known), *sorted(projection.gone)]
    asked, rested = _counted(left)
    for some in chunks(left):
        finding.drop_texts(current.filter(uid__in=some))
    for some in chunks(claim.uid for claim in changed if claim.uid in known):
        current.filter(uid__in=some).update(to_publication=publication)
    for some in chunks(sorted(projection.gone)):
        current.filter(uid__in=some).update(to_publication=publication)
    finding.put_texts(PublishedClaim.objects.bulk_create(changed, batch_size=BATCH))
    fresh = {id(claim) for claim in changed}
    citations = [citation for citation in projection.citations if id(citation.claim) in fresh]
    PublishedCitation.objects.bulk_create(citations, batch_size=BATCH)
    heard = [speaker for speaker in projection.speakers if id(speaker.claim) in fresh]
    PublishedSpeaker.objects.bulk_create(heard, batch_size=BATCH)
    ClaimCount.change(_steps(asked, {(c.uid, c.topic, c.aspect, c.voice, c.standing) for c in changed}))
    SourceCount.change(_steps(rested, {(c.claim.uid, c.source) for c in citations}))


def _counted(claims: list[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """What some public claims are counted under: question, voice and standing; and the sources that they rest on."""
    asked: set[tuple[str, ...]] = set()
    rested: set[tuple[str, ...]] = set()
    for some in chunks(claims):
        current = PublishedClaim.objects.filter(uid__in=some, to_publication=None)
        asked.update(current.values_list("uid", *ClaimCount.PARTS))
        citations = PublishedCitation.objects.filter(claim__uid__in=some, claim__to_publication=None)
        rested.update(citations.values_list("claim__uid", "source").distinct())
    return asked, rested


def _write_sources(projection: Projection) -> None:
    told = [row.uid for row in projection.sources]
    before = _works([*told, *sorted(projection.gone - set(told))])
    for some in chunks(sorted(projection.gone)):
        PublishedSource.objects.filter(pk__in=some).delete()
        PublishedVersion.objects.filter(pk__in=some).delete()
    for table, rows in ((PublishedSource, projection.sources), (PublishedVersion, projection.versions)):
        columns = [column.name for column in table._meta.concrete_fields if not column.primary_key]
        table.objects.bulk_create(  # type: ignore[attr-defined]
            rows, update_conflicts=True, unique_fields=["uid"], update_fields=columns, batch_size=BATCH
        )
    labels = {(SOURCE, "publisher", row.publisher_key): row.publisher for row in projection.sources}
    FacetCount.change(_steps(before, _works(told)), labels)


def _works(sources: list[str]) -> Values:
    """What some public sources are counted under."""
    found: Values = set()
    for some in chunks(sources):
        for uid, *row in PublishedSource.objects.filter(pk__in=some).values_list("uid", *WORKS.values()):
            found.add((uid, SOURCE, ALL, ""))
            found |= {(uid, SOURCE, facet, value) for facet, value in zip(WORKS, row, strict=True)}
    return found


def _write_files(projection: Projection) -> None:
    """Files of older states stay: older editions show them. They go with the picture."""
    for some in chunks(sorted(projection.gone)):
        PublishedFile.objects.filter(picture__in=some).delete()
    PublishedFile.objects.bulk_create(projection.files, ignore_conflicts=True, batch_size=BATCH)


def write_old_slugs(old: list[OldSlug], entries: list[Entry]) -> None:
    """Record slugs that were left; one that a profile has taken (again) redirects no more."""
    for model in sorted({entry.model for entry in entries}):
        for some in chunks(entry.slug for entry in entries if entry.model == model):
            OldSlug.objects.filter(model=model, slug__in=some).delete()
    OldSlug.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["model", "slug"], update_fields=["profile"], batch_size=BATCH
    )


def write_pages(pages: list[Page]) -> None:
    """Store pages under their addresses, drop bodies that no address needs any more, note what each page prints."""
    paths = [page.path for page in pages]
    before: set[str] = set()
    for some in chunks(paths):
        before.update(Address.objects.filter(path__in=some).values_list("etag", flat=True))
        Mention.objects.filter(path__in=some).delete()
    _write_bodies(pages)
    Address.objects.bulk_create(
        [Address(path=p.path, etag=p.etag, status=p.status, publication=p.publication) for p in pages],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["etag", "status", "publication"],
        batch_size=BATCH,
    )
    _drop_bodies(before - {page.etag for page in pages})
    Mention.objects.bulk_create(
        [Mention(profile=uid, path=page.path) for page in pages for uid in sorted(page.mentions)], batch_size=BATCH
    )


def _write_bodies(pages: Iterable[Page]) -> None:
    made = {page.etag: page for page in pages}
    there = {etag for some in chunks(made) for etag in Body.objects.filter(pk__in=some).values_list("etag", flat=True)}
    rows = [
        # mtime 0: the same page has the same bytes.
        Body(etag=etag, headers=page.headers, gzip=gzip.compress(page.body, 6, mtime=0))
        for etag, page in made.items()
        if etag not in there
    ]
    Body.objects.bulk_create(rows, batch_size=BATCH)


def _drop_bodies(etags: set[str]) -> None:
    for some in chunks(sorted(etags)):
        used = set(Address.objects.filter(etag__in=some).values_list("etag", flat=True))
        Body.objects.filter(pk__in=[etag for etag in some if etag not in used]).delete()


def empty(rows: QuerySet[Any]) -> None:
    """Delete rows without asking what hangs on them: the caller has."""
    rows._raw_delete(rows.db)


def clear_projections() -> None:
    """Empty every table that a projection fills, before all is made again. Inside a transaction."""
    tables = (
        PublishedSpeaker,
        *(PublishedCitation, PublishedClaim, PublishedSource, PublishedVersion, PublishedFile, Facet, Spelling),
        *(Interval, Listing, Entry),
        *(OldSlug, Mention, Address, Body, FacetCount, ClaimCount, SourceCount, PublicationCount),
    )
    finding_names.clear_names()
    finding.clear_texts()
    for table in tables:
        empty(table.objects.all())  # type: ignore[attr-defined]


def paths_printing(uids: Iterable[str]) -> list[str]:
    """The stored pages that print any of these labels, in order."""
    found: set[str] = set()
    for some in chunks(uids):
        found.update(Mention.objects.filter(profile__in=some).values_list("path", flat=True))
    return sorted(found)


def entries_at(paths: Iterable[tuple[str, str]]) -> list[str]:
    """The uids of the entries at some (model, slug) pairs, in order."""
    by_model: dict[str, list[str]] = {}
    for model, slug in paths:
        by_model.setdefault(model, []).append(slug)
    return sorted(
        uid
        for model, slugs in by_model.items()
        for some in chunks(slugs)
        for uid in Entry.objects.filter(model=model, slug__in=some).values_list("uid", flat=True)
    )


def places_of(uids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Uid -> (model, slug) of what is published under it now."""
    found: dict[str, tuple[str, str]] = {}
    for some in chunks(uids):
        rows = Entry.objects.filter(pk__in=some).values_list("uid", "model", "slug")
        found.update({uid: (model, slug) for uid, model, slug in rows})
    return found


def old_slugs_of(uids: Iterable[str]) -> list[OldSlug]:
    """The slugs that some profiles once had."""
    return [row for some in chunks(uids) for row in OldSlug.objects.filter(profile__in=some).order_by("model", "slug")]
