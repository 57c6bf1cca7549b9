"""Sources for readers: what each is, its versions with their digests, and every public claim that rests on it.

The full text of a source is never shown: only where a passage stands, and its digest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.http import QueryDict

from profiles.models.counts import SourceCount
from profiles.models.editions import PublishedDocument, read_documents, read_published
from profiles.models.published import Entry, PublishedCitation, PublishedClaim, PublishedSource, PublishedVersion
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values import vocabulary as words

from . import addresses
from .leaf import Link, stamp_in_words
from .naming import columns, heading
from .paging import Page, page

CLAIMS_A_PAGE = 500
_FIELDS = ("publisher", "author", "url")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One capture, in words."""

    version: docs.Version
    stamp: str
    retrieved: str
    method: str
    fidelity: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source with its versions, newest first; `claims` counts the public claims that rest on it."""

    source: docs.Source
    kind: str
    versions: tuple[VersionFacts, ...]
    derives_from: Link | None = None
    claims: int = 0

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Publisher, author, address: each given, or said to be not known, or not recorded."""
        return [(name.replace("url", "address"), self.known(name)) for name in _FIELDS]

    def known(self, name: str) -> str:
        """The field, or in words why it is empty."""
        value = getattr(self.source, name)
        return value or ("not known" if name in self.source.unknown else "not recorded")


@dataclass(slots=True)
class Resting:
    """One claim of a profile that rests on a source, with the passages."""

    claim: PublishedClaim
    citations: list[PublishedCitation] = field(default_factory=list)


@dataclass(slots=True)
class RestingOn:
    """A profile with its claims that rest on a source."""

    profile: Link
    claims: list[Resting] = field(default_factory=list)


def list_sources(rows: QuerySet[PublishedSource], column: str, asked: QueryDict) -> tuple[list[SourceFacts], Page]:
    """One page of some sources in the order of a column: seven queries, two more where any derives from another."""
    found = page(rows, column, asked)
    sources = _read(row.uid for row in found.rows)
    counts = dict(SourceCount.objects.filter(pk__in=sources).values_list("source", "number"))
    versions = _versions(sources)
    works = _read({work for source in sources.values() if (work := source.derives_from)} - sources.keys())
    told = [_facts(source, versions, counts.get(uid, 0)) for uid, source in sources.items()]
    return [replace(one, derives_from=_work(one.source, {**sources, **works})) for one in told], found


def _work(source: docs.Source, works: dict[str, docs.Source]) -> Link | None:
    first = works.get(source.derives_from or "")
    return Link(first.title, addresses.source(first.slug)) if first else None


def source_at(slug: str) -> SourceFacts | None:
    """The source at an address, with its versions and what it derives from: four queries, two more for that."""
    found = PublishedDocument.objects.filter(pk__in=PublishedSource.objects.filter(slug=slug).values("uid"))
    documents = read_documents(dict(found.values_list("uid", "sha256"))).values()
    source = next((document for document in documents if isinstance(document, docs.Source)), None)
    if source is None:
        return None
    first = _read([source.derives_from]).get(source.derives_from) if source.derives_from else None
    made = _facts(source, _versions([source.uid]), 0)
    link = Link(first.title, addresses.source(first.slug)) if first else None
    return SourceFacts(made.source, made.kind, made.versions, link)


def resting_on(source: str, asked: QueryDict) -> tuple[list[RestingOn], Page]:
    """One page of the public claims that rest on a source, grouped by profile: two queries."""
    citations = PublishedCitation.objects.filter(source=source, claim__to_publication=None).select_related("claim")
    found = page(citations, "uid", asked, CLAIMS_A_PAGE)
    labels = links_to(citation.claim.subject for citation in found.rows)
    groups: dict[str, RestingOn] = {}
    claims: dict[str, Resting] = {}
    for citation in found.rows:
        claim = citation.claim
        group = groups.setdefault(claim.subject, RestingOn(labels.get(claim.subject, Link(claim.subject))))
        if claim.uid not in claims:
            claims[claim.uid] = Resting(claim)
            group.claims.append(claims[claim.uid])
        claims[claim.uid].citations.append(citation)
    return sorted(groups.values(), key=lambda group: group.profile.label), found


def links_to(uids: Iterable[str]) -> dict[str, Link]:
    """Uid -> label and address of published profiles: one query."""
    rows = Entry.objects.filter(pk__in=set(uids)).only(*columns("uid", "label", "model", "slug"))
    return {row.uid: Link(heading(row), addresses.place(row.model, row.slug)) for row in rows}


def _read(uids: Iterable[str]) -> dict[str, docs.Source]:
    """Uid -> source, in the order asked for: two queries."""
    wanted = list(uids)
    found = read_published(wanted) if wanted else {}
    return {uid: source for uid in wanted if isinstance(source := found.get(uid), docs.Source)}


def _fidelity(word: str) -> str:
    """How exact a text is, as a sentence; empty where it is as it was read."""
    return words.TEXT_FIDELITY[word].definition if word in words.TEXT_FIDELITY else word


def _versions(sources: Iterable[str]) -> dict[str, list[docs.Version]]:
    """Source uid -> its public versions: two queries."""
    found: dict[str, list[docs.Version]] = {}
    uids = PublishedVersion.objects.filter(source__in=list(sources)).values("uid")
    digests = dict(PublishedDocument.objects.filter(pk__in=uids).values_list("uid", "sha256"))
    for document in read_documents(digests).values():
        if isinstance(document, docs.Version):
            found.setdefault(document.source, []).append(document)
    return found


def _facts(source: docs.Source, versions: dict[str, list[docs.Version]], claims: int) -> SourceFacts:
    newest = sorted(versions.get(source.uid, []), key=lambda v: int(v.uid.rpartition("-v")[2]), reverse=True)
    told = tuple(
        VersionFacts(
            version,
            stamp_in_words(version) if version.stamp else "",
            dates.in_words(version.retrieved, "happened"),
            words.CAPTURE_METHOD.label(version.method),
            _fidelity(version.fidelity),
            docs.archive_of(version, source),
        )
        for version in newest
    )
    return SourceFacts(source, words.SOURCE_KIND.label(source.kind), told, None, claims)
