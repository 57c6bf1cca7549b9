"""The pages and rows of a release: rendered before its transaction opens, from documents alone, always the same."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from profiles.models.editions import Edition
from profiles.models.projection import Page, Projection, entries_at, old_slugs_of, paths_printing, places_of
from profiles.models.published import OldSlug
from profiles.values import documents as docs
from profiles.values.date_words import day_in_words
from profiles.values.release import Release

from . import addresses
from .corrections import corrected, later_than, may_be_read
from .index import rows
from .leaf import Leaf
from .library import Dossier, Library, read_editions
from .machine import edition_json
from .printing import printed
from .profile import profile_page
from .timing import Question

HTML = {"Content-Type": "text/html; charset=utf-8", "Content-Language": "en"}
JSON = {"Content-Type": "application/json; charset=utf-8", "Access-Control-Allow-Origin": "*"}


def project(release: Release) -> Projection:
    """All that a publication changes for readers: the editions it makes, and the pages that print what it changes."""
    library = Library(release)
    fresh = set(release.editions) - release.withdrawn
    around = set(entries_at(filter(None, map(place_of, paths_printing([*release.documents, *release.gone])))))
    dossiers = library.dossiers(sorted((fresh | around) - release.withdrawn))
    load_all(dossiers.values(), library)
    made = rows(release, dossiers, library)
    left = _left_slugs(fresh, dossiers)
    return Projection(
        entries=made.entries,
        facets=made.facets,
        spellings=made.spellings,
        listings=made.listings,
        intervals=made.intervals,
        claims=made.claims,
        citations=made.citations,
        speakers=made.speakers,
        sources=made.sources,
        versions=made.versions,
        files=made.files,
        pages=[
            *profile_pages(dossiers.values(), library),
            *redirects(left, {uid: place(dossier) for uid, dossier in dossiers.items()}, release.number),
            *tombstones(places_of(sorted(release.withdrawn)).values(), release),
        ],
        old_slugs=left,
        withdrawn=release.withdrawn,
        gone=release.gone,
    )


def load_all(dossiers: Iterable[Dossier], library: Library) -> None:
    """Fetch all that the pages of some dossiers print: at most three rounds, whatever the number of claims."""
    dossiers = list(dossiers)
    library.load_around(dossiers)
    # A statement that disagrees may stand on another page: its sources are one step further.
    others = [library.get(uid) for d in dossiers for claim in d.claims for uid in claim.conflicts_with]
    near = [library.get(uid) for other in others if other for _, uid in docs.references(other)]
    library.load(uid for document in near if document for _, uid in docs.references(document))


def profile_pages(dossiers: Iterable[Dossier], library: Library) -> Iterable[Page]:
    """The page and the JSON of each dossier."""
    dossiers = list(dossiers)
    ledger = corrected(dossiers)
    for dossier in dossiers:
        path, publication = addresses.profile(dossier.header), dossier.edition.publication
        leaf = Leaf(library)
        page = profile_page(dossier, leaf, ledger.get(dossier.header.uid))
        body = printed("profile.html", {"page": page, "here": here(dossier), "problem": ""}, place=path).encode()
        yield Page(path, 200, HTML, body, frozenset(leaf.printed), publication)
        leaf = Leaf(library)
        body = edition_json(dossier, leaf, ledger.get(dossier.header.uid))
        yield Page(addresses.machine(path), 200, JSON, body, frozenset(leaf.printed), publication)


def page_on(row: Edition, on: Question | None, problem: str = "") -> str:
    """The newest edition asked about a time: the same page, an answer beside each claim. Constant queries.

    `problem` says in words why a time could not be asked about.
    """
    dossier, library = read_editions([row])[row.profile], Library()
    load_all([dossier], library)
    page = profile_page(dossier, Leaf(library, on), corrected([dossier]).get(row.profile))
    return printed("profile.html", {"page": page, "here": here(dossier), "problem": problem}, place=page.path)


def edition_page(row: Edition, newest: int, on: Question | None = None, problem: str = "") -> str:
    """A permalink's page: one edition as it was published, its names as they are now, and what was put right since.

    What left the public since is named by its uid alone. A constant number of queries: the documents, then at most
    three rounds of what they name, and for an older edition what the ledger tells of it.
    """
    dossier, library = as_published(row)
    retracted = [
        now
        for claim in dossier.claims
        if claim.standing != "retracted"
        if isinstance(now := library.get(claim.uid), docs.Claim) and now.standing == "retracted"
    ]
    later = later_than(row, dossier) if row.number < newest else {}
    load_all([dossier], library)
    page = profile_page(dossier, Leaf(library, on))
    context = {
        "page": page,
        "problem": problem,
        "here": here(dossier),
        "newest": newest,
        "retracted": retracted,
        "later": later,
        "machine": addresses.edition_json(page.path, row.number),
    }
    return printed("edition.html", context, place=addresses.edition(page.path, row.number))


def record_context(row: Edition, newest: int) -> dict[str, Any]:
    """What a record of an edition prints: its page without a time asked about, and what was put right since."""
    dossier, library = as_published(row)
    later = later_than(row, dossier) if row.number < newest else {}
    load_all([dossier], library)
    return {"page": profile_page(dossier, Leaf(library)), "later": later}


def edition_machine(row: Edition, newest: int) -> bytes:
    """The JSON of a permalink: the edition's documents that may be shown, and what was put right since."""
    dossier, library = as_published(row)
    later = later_than(row, dossier) if row.number < newest else {}
    load_all([dossier], library)
    return edition_json(dossier, Leaf(library), corrected([dossier]).get(row.profile), later)


def as_published(row: Edition) -> tuple[Dossier, Library]:
    """An edition's dossier without what may not be shown any more, and what is public now under the same uids."""
    dossier = read_editions([row])[row.profile]
    library = Library()
    # What is public now, before the edition's own documents take their place.
    library.load([*(document.uid for document in dossier.documents), *names(dossier)])
    shown = tuple(claim for claim in dossier.claims if may_be_read(claim, library))
    pictures = tuple(picture for picture in dossier.pictures if may_be_read(picture, library))
    return dataclasses.replace(dossier, claims=shown, pictures=pictures), library


def names(dossier: Dossier) -> set[str]:
    """The uids of all other documents that a dossier names."""
    return {uid for document in dossier.documents for _, uid in docs.references(document)}


def here(dossier: Dossier) -> str:
    """The entry of the site's navigation that a profile belongs to."""
    return addresses.FOLDERS[addresses.model_of(dossier.header)]


def place(dossier: Dossier) -> tuple[str, str]:
    """(model, slug) of a dossier's profile."""
    return addresses.model_of(dossier.header), dossier.header.slug


def place_of(path: str) -> tuple[str, str] | None:
    """(model, slug) of a profile's stored page or JSON; None for any other address."""
    folder, _, slug = path.removesuffix(".json").strip("/").partition("/")
    return (addresses.MODELS[folder], slug) if folder in addresses.MODELS and slug and "/" not in slug else None


def _left_slugs(fresh: set[str], dossiers: dict[str, Dossier]) -> list[OldSlug]:
    """The slugs that a release leaves, with all that the same profiles left before: one hop leads to the newest."""
    before = places_of(sorted(fresh))
    left = [
        OldSlug(model=model, slug=slug, profile=uid)
        for uid, (model, slug) in sorted(before.items())
        if uid in dossiers and dossiers[uid].header.slug != slug
    ]
    known = {(row.model, row.slug) for row in left}
    taken = {(addresses.model_of(d.header), d.header.slug) for d in dossiers.values()}
    older = [
        OldSlug(model=row.model, slug=row.slug, profile=row.profile)
        for row in old_slugs_of(row.profile for row in left)
        if (row.model, row.slug) not in known
    ]
    return [row for row in (*left, *older) if (row.model, row.slug) not in taken]


def redirects(old: Iterable[OldSlug], places: Mapping[str, tuple[str, str]], publication: int) -> Iterable[Page]:
    """Stored answers that send a reader from an old slug to the newest; `places` is uid -> (model, slug)."""
    for row in old:
        source, target = addresses.place(row.model, row.slug), addresses.place(*places[row.profile])
        for path, to in ((source, target), (addresses.machine(source), addresses.machine(target))):
            yield Page(path, 301, {"Location": to}, b"", frozenset({row.profile}), publication)


def notice(publication: int, at: datetime, note: str) -> str:
    """The dated notice that stays where a profile was withdrawn."""
    return printed("gone.html", {"on": day_in_words(at), "publication": publication, "note": note})


def tombstones(places: Iterable[tuple[str, str]], release: Release) -> Iterable[Page]:
    """The dated notices that stay where withdrawn profiles stood. They print no name."""
    body = notice(release.number, release.at, release.note).encode()
    for model, slug in places:
        path = addresses.place(model, slug)
        for where in (path, addresses.machine(path)):
            yield Page(where, 410, HTML, body, frozenset(), release.number)
