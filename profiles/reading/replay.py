"""Everything that publications wrote for readers, made again from what they made public.

Claims come from every publication in turn, since their rows tell from when to when each was public. Entries and pages
come from the newest editions alone: what is stored shows nothing older.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from profiles.models.counts import PublicationCount
from profiles.models.editions import Edition, Publication, read_documents
from profiles.models.projection import Page, Projection, clear_projections, write_pages, write_projection
from profiles.models.published import OldSlug
from profiles.values import documents as docs
from profiles.values.release import NewEdition, Release

from . import addresses
from .index import rows
from .library import Library
from .pages import load_all, profile_pages, redirects, tombstones

BATCH = 200  # profiles rendered at once
NOTHING = Release(0, datetime.min.replace(tzinfo=UTC), "new", "", "second_person", {}, {})


class PastLibrary(Library):
    """What was public when a publication was made: its own documents, over those of all before it."""

    def __init__(self, release: Release, before: Mapping[str, docs.Document]) -> None:
        super().__init__(release)
        self._known = {**before, **self._known}


class Slugs:
    """Where each profile stands, which slugs were left, and by which publication; followed through time."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self.gone: set[str] = set()
        self.left: dict[tuple[str, str], tuple[str, int]] = {}

    def follow(self, release: Release) -> None:
        """Take in one more publication."""
        self.gone = (self.gone - release.editions.keys()) | release.withdrawn
        for uid, (_, document) in release.documents.items():
            if not isinstance(document, docs.PROFILES):
                continue
            before, now = self.places.get(uid), (addresses.model_of(document), document.slug)
            self.places[uid] = now
            self.left.pop(now, None)
            if before and before != now:
                self.left[before] = (uid, release.number)
                self.left.update({p: (uid, release.number) for p, (owner, _) in self.left.items() if owner == uid})

    def here(self) -> list[str]:
        """The profiles that are public now, by uid."""
        return sorted(self.places.keys() - self.gone)


def rebuild() -> int:
    """Make all index rows and pages again, in one transaction; returns the number of publications read."""
    with transaction.atomic():
        clear_projections()
        before: dict[str, docs.Document] = {}
        slugs = Slugs()
        count = 0
        for release in releases():
            slugs.follow(release)
            made = rows(release, {}, PastLibrary(release, before))
            claims = Projection(
                claims=made.claims,
                citations=made.citations,
                speakers=made.speakers,
                sources=made.sources,
                versions=made.versions,
                files=made.files,
                gone=release.gone,
            )
            write_projection(claims, release.number)
            write_pages(list(tombstones([slugs.places[uid] for uid in sorted(release.withdrawn)], release)))
            before.update({uid: document for uid, (_, document) in release.documents.items()})
            for uid in release.gone:
                before.pop(uid, None)
            count += 1
        here = slugs.here()
        for start in range(0, len(here), BATCH):
            write_projection(newest(here[start : start + BATCH]), 0)
        write_projection(_redirects(slugs), 0)
        _count_publications()
    return count


def _count_publications() -> None:
    for made in Publication.objects.order_by("number").iterator(chunk_size=50):
        facts = made.facts()
        PublicationCount(number=made.number, documents=len(facts["triples"]), editions=len(facts["editions"])).save(
            force_insert=True
        )


def newest(profiles: Iterable[str]) -> Projection:
    """The entries and pages of the newest editions of some profiles."""
    library = Library()
    dossiers = library.dossiers(profiles)
    load_all(dossiers.values(), library)
    made = rows(NOTHING, dossiers, library)
    pages = list(profile_pages(dossiers.values(), library))
    return Projection(
        entries=made.entries,
        facets=made.facets,
        spellings=made.spellings,
        listings=made.listings,
        intervals=made.intervals,
        pages=pages,
    )


def _redirects(slugs: Slugs) -> Projection:
    old: list[OldSlug] = []
    pages: list[Page] = []
    for (model, slug), (uid, publication) in sorted(slugs.left.items()):
        row = OldSlug(model=model, slug=slug, profile=uid)
        old.append(row)
        pages.extend(redirects([row], slugs.places, publication))
    return Projection(old_slugs=old, pages=pages)


def releases() -> Iterator[Release]:
    """Every publication as it stood before its transaction opened, oldest first. What was redacted is left out."""
    for made in Publication.objects.order_by("number").iterator(chunk_size=50):
        facts: dict[str, Any] = made.facts()
        digests = {uid: after for uid, _, after in facts["triples"] if after}
        yield Release(
            number=made.number,
            at=made.at,
            kind=made.kind,
            note=made.note,
            reviewed=made.reviewed,
            editions={row.profile: _edition(row) for row in Edition.objects.filter(publication=made)},
            documents={uid: (digests[uid], document) for uid, document in read_documents(digests).items()},
            withdrawn=frozenset(facts["withdrawn"]),
            gone=frozenset(uid for uid, _, after in facts["triples"] if not after),
        )


def _edition(row: Edition) -> NewEdition:
    header, contents = row.contents()
    return NewEdition(row.profile, row.number, row.sha256, header, contents)
