"""The published documents, by uid: what every public page is made from.

With a Release in hand the library answers as it will once that publication is out, so pages can be rendered before the
write transaction opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec

from profiles.models import editions
from profiles.values import documents as docs
from profiles.values import speech
from profiles.values.release import Release

from .naming import arabic_names


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the edition bar and "cite this page" say."""

    number: int
    sha256: str
    published_at: datetime
    publication: int
    kind: str
    reviewed: str
    note: str = ""


@dataclass(frozen=True)
class Dossier:
    """One edition, read: its header, its claims, silences and pictures in uid order, and the exact digests."""

    header: docs.Group | docs.Person | docs.Event
    header_sha256: str
    claims: tuple[docs.Claim, ...]
    silences: tuple[docs.Silence, ...]
    digests: dict[str, str]
    edition: EditionFacts
    pictures: tuple[docs.Picture, ...] = ()

    @cached_property
    def by_uid(self) -> dict[str, docs.Claim]:
        """The claims by their uids."""
        return {claim.uid: claim for claim in self.claims}

    @property
    def documents(self) -> tuple[docs.Document, ...]:
        """The header, and all that stands in it."""
        return (self.header, *self.claims, *self.silences, *self.pictures)

    @property
    def redacted(self) -> list[str]:
        """Uids of the manifest whose bytes are gone."""
        there = {document.uid for document in self.documents}
        return [uid for uid in self.digests if uid not in there]


class Library:
    """Looks up published documents in bulk and remembers them; two queries a call that asks for something new."""

    def __init__(self, release: Release | None = None) -> None:
        self._release = release
        self._known: dict[str, docs.Document] = {}
        self._missing: set[str] = set()
        self._named: dict[str, str] = {}
        if release:
            self._known.update({uid: document for uid, (_, document) in release.documents.items()})
            self._missing.update(release.gone)

    def load(self, uids: Iterable[str]) -> None:
        """Fetch those not yet known."""
        wanted = [uid for uid in dict.fromkeys(uids) if uid not in self._known and uid not in self._missing]
        if wanted:
            found = editions.read_published(wanted)
            self._known.update(found)
            self._missing.update(uid for uid in wanted if uid not in found)

    def get(self, uid: str | None) -> docs.Document | None:
        """The public document under a uid, or None."""
        if uid is None:
            return None
        if uid not in self._known:
            self.load([uid])
        return self._known.get(uid)

    def name_of(self, profile: docs.Group | docs.Person | docs.Event) -> str:
        """The name by which a profile is called in the language spoken; in Arabic one query for all known so far."""
        if not speech.is_arabic():
            return profile.label
        if profile.uid not in self._named:
            wanted = {uid for uid, one in self._known.items() if isinstance(one, docs.PROFILES)} | {profile.uid}
            found = arabic_names(wanted - self._named.keys())
            self._named.update({uid: found.get(uid, "") for uid in wanted - self._named.keys()})
        return self._named[profile.uid] or profile.label

    def load_around(self, dossiers: Iterable[Dossier]) -> None:
        """Fetch all that the documents of some dossiers name: at most three rounds, whatever the number of claims."""
        dossiers = list(dossiers)
        for dossier in dossiers:
            self._known.update({c.uid: c for c in dossier.claims})
        named = {uid for dossier in dossiers for document in dossier.documents for _, uid in docs.references(document)}
        self.load(named)
        # Versions name their source, programmes their authority, places what they lie in, speakers a profile.
        further = {uid for near in named if (doc := self._known.get(near)) for _, uid in docs.references(doc)}
        self.load(further)
        # A source names the work that it derives from.
        sources = [doc for uid in further if isinstance(doc := self._known.get(uid), docs.Source)]
        self.load(work for source in sources if (work := source.derives_from))

    def dossiers(self, profiles: Iterable[str]) -> dict[str, Dossier]:
        """The newest edition of each profile that has one and is not withdrawn: two queries."""
        wanted = list(profiles)
        made: dict[str, Dossier] = {}
        if self._release:
            made = self._from_release([uid for uid in wanted if uid in self._release.editions])
        rows = editions.newest_editions([uid for uid in wanted if uid not in made])
        made.update(read_editions(rows.values()))
        return {uid: made[uid] for uid in wanted if uid in made}

    def _from_release(self, profiles: list[str]) -> dict[str, Dossier]:
        release = self._release
        assert release is not None  # noqa: S101 (told to the type checker)
        fresh = [release.editions[uid] for uid in profiles]
        overlay = dict(release.documents.values())
        stored = {
            sha for edition in fresh for sha in (edition.header, *edition.documents.values()) if sha not in overlay
        }
        texts = editions.bodies(stored)
        overlay.update({sha: docs.parse(text) for sha, text in texts.items() if text is not None})
        facts = {
            e.profile: EditionFacts(
                e.number, e.sha256, release.at, release.number, release.kind, release.reviewed, release.note
            )
            for e in fresh
        }
        return {e.profile: _dossier(e.header, e.documents, overlay, facts[e.profile]) for e in fresh}


def read_editions(rows: Iterable[editions.Edition]) -> dict[str, Dossier]:
    """Profile uid -> dossier, for stored editions with their publication at hand: one query for all documents."""
    rows = list(rows)
    contents = {row.pk: row.contents() for row in rows}
    texts = editions.bodies(sha for header, pairs in contents.values() for sha in (header, *pairs.values()))
    parsed = {sha: docs.parse(text) for sha, text in texts.items() if text is not None}
    return {row.profile: _dossier(*contents[row.pk], parsed, _facts(row)) for row in rows}


def _facts(row: editions.Edition) -> EditionFacts:
    made = row.publication
    return EditionFacts(row.number, row.sha256, made.at, made.number, made.kind, made.reviewed, made.note)


def _dossier(header_sha: str, pairs: dict[str, str], parsed: dict[str, docs.Document], facts: EditionFacts) -> Dossier:
    header = parsed.get(header_sha)
    if not isinstance(header, docs.PROFILES):
        raise msgspec.ValidationError(f"edition {facts.sha256} has no readable header")
    found = [parsed[sha] for _, sha in sorted(pairs.items()) if sha in parsed]
    return Dossier(
        header,
        header_sha,
        tuple(d for d in found if isinstance(d, docs.Claim)),
        tuple(d for d in found if isinstance(d, docs.Silence)),
        pairs,
        facts,
        tuple(d for d in found if isinstance(d, docs.Picture)),
    )
