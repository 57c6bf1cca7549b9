"""What the JSON API can be asked: five resources, the words that narrow each, and a page of it by keyset."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from profiles.models.documents import bodies
from profiles.models.editions import Publication, read_published
from profiles.models.published import Entry, PublishedClaim, PublishedSource
from profiles.values import documents as docs
from profiles.values import vocabulary as words

from . import addresses
from .leaf import Leaf
from .library import Library
from .machine import claim_facts

MOST = 100
UID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
NAME = r"^[a-z0-9]+(_[a-z0-9]+)*$"
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
NUMBER = r"^[1-9][0-9]{0,8}$"
_TOPICS = sorted({topic for topics in words.TOPICS.values() for topic in topics})
_KINDS = sorted({kind for kinds in words.KINDS_BY_MODEL.values() for kind in kinds})


@dataclass(frozen=True, slots=True)
class Asked:
    """One word that narrows a list: one of `among`, or text of a pattern, of 64 signs at most."""

    what: str
    among: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def schema(self) -> dict[str, Any]:
        """It as JSON Schema."""
        return {
            "type": "string",
            **({"enum": list(self.among)} if self.among else {"pattern": self.pattern, "maxLength": 64}),
        }


@dataclass(frozen=True, slots=True)
class Resource:
    """A list that can be asked: its rows, the unique column that it runs by, how rows are told, what narrows it."""

    rows: Callable[[], QuerySet[Any]]
    key: str
    tell: Callable[[list[Any]], list[dict[str, Any]]]
    what: str
    key_pattern: str
    fields: tuple[str, ...]
    filters: dict[str, Asked] = field(default_factory=dict)
    falling: bool = False


def profile_facts(rows: Iterable[Entry]) -> list[dict[str, Any]]:
    """Identity, and where the newest edition is."""
    return [
        {
            "uid": row.uid,
            "model": row.model,
            "kind": row.kind,
            "name": row.label,
            "slug": row.slug,
            "edition": row.edition,
            "publication": row.publication,
            "published_at": row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "url": addresses.absolute(addresses.place(row.model, row.slug)),
            "json": addresses.absolute(addresses.machine(addresses.place(row.model, row.slug))),
        }
        for row in rows
    ]


def claims_told(rows: list[PublishedClaim]) -> list[dict[str, Any]]:
    """Claims with voice, speakers and citations: six queries at most, whatever their number."""
    texts = bodies(row.sha256 for row in rows)
    claims = {row.uid: docs.parse(text) for row in rows if (text := texts.get(row.sha256)) is not None}
    library = Library()
    named = {uid for claim in claims.values() for _, uid in docs.references(claim)}
    library.load(named)
    near = [library.get(uid) for uid in sorted(named)]
    library.load(uid for document in near if document for _, uid in docs.references(document))
    leaf, told = Leaf(library), []
    for row in rows:
        claim = claims.get(row.uid)
        if isinstance(claim, docs.Claim):
            url = addresses.absolute(addresses.claim(claim.uid))
            told.append({**claim_facts(claim, leaf), "sha256": row.sha256, "url": url})
    return told


def source_facts(rows: list[PublishedSource]) -> list[dict[str, Any]]:
    """What is known of a source: two queries."""
    found = read_published([row.uid for row in rows])
    told = []
    for row in rows:
        if isinstance(source := found.get(row.uid), docs.Source):
            facts = {name: getattr(source, name) for name in ("uid", "kind", "title", "slug", "publisher", "author")}
            original = {"original_url": source.url, "language": source.language}
            told.append({**facts, **original, "url": addresses.absolute(addresses.source(source.slug))})
    return told


def publication_facts(rows: Iterable[Publication]) -> list[dict[str, Any]]:
    """The chain, a link each."""
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "published_at": row.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "note": row.note,
            "review": row.reviewed,
            "sha256": row.sha256,
            "previous": row.previous,
            "url": addresses.absolute(addresses.publication(row.number)),
        }
        for row in rows
    ]


def _public() -> QuerySet[PublishedClaim]:
    return PublishedClaim.objects.filter(to_publication=None)


_CLAIM = (
    "uid", "kind", "topic", "aspect", "statement", "when", "sense", "voice", "attributed_to", "standing", "negated",
    "reach", "subject", "about", "citations", "sha256", "url",
)  # fmt: skip
_OF_CLAIMS = {
    "subject": Asked("Uid of the profile that it speaks of.", pattern=UID),
    "about": Asked("Uid of the second profile.", pattern=UID),
    "voice": Asked("How it is said.", tuple(words.VOICE)),
    "standing": Asked("What became of it.", tuple(words.STANDING)),
}
RESOURCES: dict[str, Resource] = {
    "profiles": Resource(
        Entry.objects.all, "uid", profile_facts, "Groups, people and events that are public, by uid.", UID,
        ("uid", "model", "kind", "name", "slug", "edition", "publication", "published_at", "url", "json"),
        {"model": Asked("What it is.", tuple(words.MODEL)), "kind": Asked("Its kind.", tuple(_KINDS))},
    ),
    "claims": Resource(
        _public, "uid", claims_told, "Claims that are public, each with who says it and its citations, by uid.", UID,
        _CLAIM,
        {
            "kind": Asked("The kind of claim.", tuple(docs.SHAPE)),
            "topic": Asked("Its topic.", tuple(_TOPICS)),
            "aspect": Asked("The question that it answers, within a topic.", pattern=NAME),
            **_OF_CLAIMS,
        },
    ),
    "designations": Resource(
        lambda: _public().filter(kind="designation"), "uid", claims_told,
        "Listings by authorities, as claims; their steps are claims of kind step. Not a screening list.", UID, _CLAIM,
        {"authority": Asked("Uid of the authority.", pattern=UID), **_OF_CLAIMS},
    ),
    "sources": Resource(
        PublishedSource.objects.all, "uid", source_facts, "Sources that are public, by uid.", UID,
        ("uid", "kind", "title", "slug", "publisher", "author", "original_url", "language", "url"),
        {
            "kind": Asked("What it is.", tuple(words.SOURCE_KIND)),
            "language": Asked("Its language, as BCP 47 has it.", pattern=LANGUAGE),
        },
    ),
    "publications": Resource(
        lambda: Publication.objects.defer("body"), "number", publication_facts,
        "The chain of publications, newest first.", NUMBER,
        ("number", "kind", "published_at", "note", "review", "sha256", "previous", "url"),
        {"kind": Asked("What it did.", tuple(words.PUBLICATION_KIND))}, falling=True,
    ),
}  # fmt: skip
