"""JSON-LD 1.1: schema.org where it has the word, and our own words under the address of the data dictionary.

The context stands inside, so no program needs to fetch one. A statement is a schema.org Claim, never a property of the
profile: that somebody said it is what we know.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from profiles.reading import addresses
from profiles.reading.leaf import Leaf
from profiles.reading.machine import slug_of
from profiles.values import documents as docs
from profiles.values.vocabulary import LICENCE_LINK

from .taken import Taken, Work

TYPES = {"group": "Organization", "person": "Person", "event": "Event"}
_OWN = (
    "voice", "standing", "standing_note", "since", "kind", "topic", "aspect", "when", "sense", "basis", "reach",
    "negated", "confidence", "verification", "scope", "response", "outcome",
)  # fmt: skip


def jsonld(taken: Taken) -> bytes:
    """The edition as one graph: the edition, the profile, its pictures, every claim with its citations, every version
    cited.
    """
    nodes = [_edition(taken), _profile(taken.dossier.header), *_pictures(taken)]
    graph = [*nodes, *_claims(taken), *map(work_node, taken.works())]
    return msgspec.json.format(msgspec.json.encode({"@context": context(), "@graph": graph}), indent=1) + b"\n"


def context() -> dict[str, Any]:
    """Plain words are schema.org's; `mdb:` words are explained in the data dictionary."""
    date_time = {"@id": "datePublished", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    return {
        "@version": 1.1,
        "@vocab": "https://schema.org/",
        "mdb": addresses.absolute("/data/dictionary/#"),
        "datePublished": date_time,
        "url": {"@type": "@id"},
        "archivedAt": {"@type": "@id"},
        "contentUrl": {"@type": "@id"},
        "license": {"@type": "@id"},
        "isBasedOn": {"@type": "@id"},
    }


def _edition(taken: Taken) -> dict[str, Any]:
    edition, header = taken.dossier.edition, taken.dossier.header
    return {
        "@id": taken.permalink,
        "@type": "WebPage",
        "name": header.label,
        "inLanguage": "en",
        "mainEntity": {"@id": _at(header)},
        "datePublished": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publisher": {"@id": addresses.absolute("/"), "@type": "Organization", "name": "MilitiaDB"},
        "version": str(edition.number),
        "mdb:sha256": edition.sha256,
        "mdb:publication": edition.publication,
        "mdb:review": edition.reviewed,
    }


def _profile(header: addresses.Profile) -> dict[str, Any]:
    return {
        "@id": _at(header),
        "@type": TYPES[addresses.model_of(header)],
        "name": header.label,
        "identifier": header.uid,
        "url": addresses.absolute(addresses.profile(header)),
        "mdb:kind": header.kind,
    }


def _pictures(taken: Taken) -> Iterator[dict[str, Any]]:
    """Each file of each picture, never without its text, credit and licence."""
    for picture in taken.dossier.pictures:
        for file in picture.files:
            at = addresses.absolute(addresses.picture_file(file))
            node = {
                "@id": at,
                "@type": "ImageObject",
                "identifier": picture.uid,
                "about": {"@id": _at(taken.dossier.header)},
                "isPartOf": {"@id": taken.permalink},
                "contentUrl": at,
                "encodingFormat": file.media_type,
                "width": file.width,
                "height": file.height,
                "sha256": file.sha256,
                "description": picture.alt,
                "caption": picture.caption,
                "creditText": picture.credit,
                "license": LICENCE_LINK.get(picture.licence, ""),
                "mdb:kind": picture.kind,
                "mdb:licence": picture.licence,
                "isBasedOn": picture.url,
            }
            yield {name: value for name, value in node.items() if value != ""}


def _claims(taken: Taken) -> list[dict[str, Any]]:
    found = []
    for claim, facts in taken.records():
        at = addresses.absolute(addresses.claim(claim.uid))
        node = {
            "@id": at,
            "@type": "Claim",
            "identifier": claim.uid,
            "text": claim.statement,
            "about": [_end(uid, taken) for uid in (claim.subject, claim.about) if uid],
            "isPartOf": {"@id": taken.permalink},
            "mdb:attributed_to": facts["attributed_to"],
            **{f"mdb:{name}": facts[name] for name in _OWN if facts.get(name) not in (None, "", False)},
            "citation": [citation_node(citation, at, taken.leaf) for citation in claim.citations],
        }
        for name in (*docs.KIND_COLUMNS,):
            value = getattr(claim, name)
            if value not in (None, "") and name != "about":
                node[f"mdb:{name}"] = facts.get(f"{name}_label", value)
        for name in ("conflicts_with", "superseded_by"):
            if value := getattr(claim, name):
                uids = [value] if isinstance(value, str) else value
                node[f"mdb:{name}"] = [{"@id": addresses.absolute(addresses.claim(uid))} for uid in uids]
        found.append(node)
    return found


def citation_node(citation: docs.Citation, at: str, leaf: Leaf) -> dict[str, Any]:
    """One passage: where it stands in which version, what it does for the claim, how it says it."""
    return {
        "@id": f"{at}#{citation.uid}",
        "@type": "mdb:Citation",
        "identifier": citation.uid,
        "mdb:version": {"@id": f"{_source_at(citation.version, leaf)}#{citation.version}"},
        "mdb:bearing": citation.bearing,
        "mdb:voice": citation.voice,
        "mdb:speakers": [" < ".join(leaf.label(uid) for uid in chain) for chain in citation.speakers],
        "mdb:paragraph": citation.paragraph,
        "mdb:start": citation.start,
        "mdb:end": citation.end,
        "mdb:passage_sha256": citation.passage_sha256,
    }


def work_node(work: Work) -> dict[str, Any]:
    """A source in one version."""
    source, version = work.source, work.version
    node: dict[str, Any] = {
        "@id": f"{addresses.absolute(addresses.source(source.slug))}#{version.uid}",
        "@type": "NewsArticle" if source.kind == "news_article" else "CreativeWork",
        "identifier": version.uid,
        "name": source.title,
        "url": source.url or None,
        "publisher": source.publisher or None,
        "author": source.author or None,
        "inLanguage": source.language or None,
        "archivedAt": docs.archive_of(version, source) or None,
        "mdb:stamp": version.stamp or None,
        "mdb:retrieved": version.retrieved,
        "mdb:text_sha256": version.text_sha256,
    }
    return {name: value for name, value in node.items() if value is not None}


def _end(uid: str, taken: Taken) -> dict[str, Any]:
    header = taken.leaf.library.get(uid)
    return _profile(header) if isinstance(header, docs.PROFILES) else {"identifier": uid}


def _at(header: addresses.Profile) -> str:
    return f"{addresses.absolute(addresses.profile(header))}#it"


def _source_at(version: str, leaf: Leaf) -> str:
    found = leaf.library.get(version)
    source = found.source if isinstance(found, docs.Version) else version.rpartition("-v")[0]
    return addresses.absolute(addresses.source(slug_of(source, leaf) or ""))
