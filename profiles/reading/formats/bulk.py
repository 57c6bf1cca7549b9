"""All that is published, in files: made from published documents in batches, one profile's own claims after another's.

A claim stands once, with its subject. While somebody reads a file a publication may come out: each file, and the
manifest, is of one head of the chain, and names it.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from profiles.models.editions import PublishedDocument, head, read_documents, read_published
from profiles.models.moment import one_moment
from profiles.models.published import Entry, PublishedSource, PublishedVersion
from profiles.reading import addresses
from profiles.reading.leaf import Leaf
from profiles.reading.library import Library
from profiles.reading.machine import citation_facts
from profiles.reading.pages import load_all
from profiles.values import documents as docs

from . import ftm, sheet
from .taken import Taken, Work

PROFILES = 50  # read at once
SOURCES = 200


@dataclass(frozen=True, slots=True)
class BulkFile:
    """One file of `/data/`: how its lines are made, its media type, and what stands in it."""

    lines: Callable[[], Iterator[bytes]]
    media_type: str
    holds: str


def takens() -> Iterator[tuple[Taken, Taken]]:
    """Each profile that is public, by uid: its whole newest edition, and the same with its own claims alone."""
    after = ""
    while uids := list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PROFILES]):
        after = uids[-1]
        library = Library()
        dossiers = library.dossiers(uids)
        load_all(dossiers.values(), library)
        for uid, dossier in dossiers.items():
            own = tuple(claim for claim in dossier.claims if claim.subject == uid)
            leaf = Leaf(library)
            yield Taken(dossier, leaf), Taken(dataclasses.replace(dossier, claims=own), leaf)


def works() -> Iterator[tuple[docs.Source, list[docs.Version]]]:
    """Each source that is public, by uid, with its public versions in order."""
    after = ""
    while uids := list(
        PublishedSource.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SOURCES]
    ):
        after = uids[-1]
        sources = read_published(uids)
        versions: dict[str, list[docs.Version]] = {}
        public = PublishedVersion.objects.filter(source__in=uids).values("uid")
        digests = dict(PublishedDocument.objects.filter(pk__in=public).values_list("uid", "sha256"))
        for document in read_documents(digests).values():
            if isinstance(document, docs.Version):
                versions.setdefault(document.source, []).append(document)
        for uid in uids:
            if isinstance(source := sources.get(uid), docs.Source):
                yield source, sorted(versions.get(uid, []), key=lambda one: int(one.uid.rpartition("-v")[2]))


def profiles() -> Iterator[bytes]:
    """A line a profile: identity, and the edition that is newest."""
    for whole, _ in takens():
        header, edition = whole.dossier.header, whole.dossier.edition
        yield _line(
            {
                "uid": header.uid,
                "model": addresses.model_of(header),
                "kind": header.kind,
                "name": header.label,
                "slug": header.slug,
                "url": addresses.absolute(addresses.profile(header)),
                "edition": edition.number,
                "edition_sha256": edition.sha256,
                "permalink": whole.permalink,
                "publication": edition.publication,
                "published_at": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "review": edition.reviewed,
                "claims": len(whole.dossier.claims),
            }
        )


def claims(kinds: tuple[str, ...] = ()) -> Iterator[bytes]:
    """A line a claim, with its citations."""
    for whole, own in takens():
        for claim, facts in own.records():
            if not kinds or claim.kind in kinds:
                sha = whole.dossier.digests[claim.uid]
                yield _line({**facts, "url": addresses.absolute(addresses.claim(claim.uid)), "sha256": sha})


def citations() -> Iterator[bytes]:
    """A line a citation."""
    for _, own in takens():
        for claim in own.dossier.claims:
            for citation in claim.citations:
                yield _line({"claim": claim.uid, **citation_facts(citation, own.leaf)})


def silences() -> Iterator[bytes]:
    """A line a typed emptiness."""
    for whole, _ in takens():
        for silence in whole.dossier.silences:
            yield docs.canonical(silence) + b"\n"


def sources() -> Iterator[bytes]:
    """A line a source, with its versions."""
    for source, versions in works():
        facts = msgspec.to_builtins(source)
        facts["url_here"] = addresses.absolute(addresses.source(source.slug))
        yield _line({**facts, "versions": [msgspec.to_builtins(version) for version in versions]})


def documents() -> Iterator[bytes]:
    """The exact documents, one a line: headers, claims and silences of profiles, sources and versions."""
    for _, own in takens():
        for document in (own.dossier.header, *own.dossier.claims, *own.dossier.silences):
            yield docs.canonical(document) + b"\n"
    for source, versions in works():
        for work in (source, *versions):
            yield docs.canonical(work) + b"\n"


def table() -> Iterator[bytes]:
    """Every claim and silence in one table, a row a citation."""
    yield from sheet.lines(sheet.COLUMNS, (row for _, own in takens() for row in sheet.rows(own)))


def entities() -> Iterator[bytes]:
    """FollowTheMoney entities of all profiles, versions and claims."""
    for whole, own in takens():
        yield _line(ftm.profile_entity(whole))
        yield from map(_line, ftm.claim_entities(own))
    for source, versions in works():
        yield from (_line(ftm.work_entity(Work(source, version, ()))) for version in versions)


_JSONL = "application/x-ndjson; charset=utf-8"
FILES: dict[str, BulkFile] = {
    "profiles.jsonl": BulkFile(profiles, _JSONL, "identity of each profile, its newest edition and that one's digest"),
    "claims.jsonl": BulkFile(claims, _JSONL, "each claim with labels, voice, speakers and citations"),
    "citations.jsonl": BulkFile(citations, _JSONL, "each passage cited: where it stands, and how it says it"),
    "designations.jsonl": BulkFile(
        lambda: claims(("designation", "step")), _JSONL, "listings and their steps, as claims. Not a screening list"
    ),
    "silences.jsonl": BulkFile(silences, _JSONL, "what was looked for and is not stated, and in which sources"),
    "sources.jsonl": BulkFile(sources, _JSONL, "each source with its versions and their digests"),
    "documents.jsonl": BulkFile(documents, _JSONL, "the exact documents that digests are taken over"),
    "claims.csv": BulkFile(table, "text/csv; charset=utf-8; header=present", "claims and silences in one table"),
    "entities.ftm.jsonl": BulkFile(entities, _JSONL, "FollowTheMoney entities"),
}


@contextmanager
def at_one_head(name: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """A file, and the head of the chain that all of it is of (empty where nothing is published)."""
    with one_moment():
        newest = head()
        yield (newest.sha256 if newest else ""), FILES[name].lines()


def manifest() -> dict[str, Any]:
    """Each file with its digest and length, and the head of the chain that all of them are of. It reads all once."""
    with one_moment():
        return _manifest()


def _manifest() -> dict[str, Any]:
    newest = head()
    found = []
    for name, file in FILES.items():
        digest, length, number = hashlib.sha256(), 0, 0
        for line in file.lines():
            digest.update(line)
            length += len(line)
            number += 1
        found.append(
            {
                "name": name,
                "url": addresses.absolute(f"/data/{name}"),
                "media_type": file.media_type,
                "holds": file.holds,
                "sha256": digest.hexdigest(),
                "bytes": length,
                "records": number - name.endswith(".csv"),
            }
        )
    chain = {"publication": newest.number, "sha256": newest.sha256, "at": newest.at} if newest else None
    return {"head": chain, "dictionary": addresses.absolute("/data/dictionary/"), "files": found}


def _line(record: dict[str, Any]) -> bytes:
    return msgspec.json.encode(record) + b"\n"
