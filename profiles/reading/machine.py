"""A profile's edition for machines: readable claims, and the exact documents that its digest is taken over.

`subject`, `about` and `source` are slugs, for the reader's convenience; `start` and `end` count code points in the
whole normalised text of the version; paragraphs count from 0. The documents stand last, header first, others by uid.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from profiles.models.editions import Publication
from profiles.values import documents as docs
from profiles.values.release import REVIEWED

from . import addresses
from .corrections import Corrected, Later
from .leaf import Leaf
from .library import Dossier
from .pictures import picture_facts

# Shared fields that stand beside the fixed ones where they say something.
_MORE = (
    "basis", "reckoning", "verification", "verified_by", "standing_note", "conflicts_with", "after", "mentions",
    "rests_on", "superseded_by", "scope", "confidence", "response", "response_date", "outcome",
)  # fmt: skip
_LABELLED = ("place", "authority", "programme")
_DEFAULTS: dict[str, Any] = {"basis": "stated"}


def edition_json(
    dossier: Dossier, leaf: Leaf, corrected: Corrected | None = None, later: Mapping[str, Later] | None = None
) -> bytes:
    """The JSON of one edition: UTF-8, one object. `later` tells what became of an older edition's statements."""
    return msgspec.json.encode(edition_facts(dossier, leaf, corrected, later))


def edition_facts(
    dossier: Dossier, leaf: Leaf, corrected: Corrected | None = None, later: Mapping[str, Later] | None = None
) -> dict[str, Any]:
    """The same as plain values; each document as its canonical bytes."""
    header, edition = dossier.header, dossier.edition
    leaf.printed.add(header.uid)
    facts: dict[str, Any] = {
        "number": edition.number,
        "sha256": edition.sha256,
        "published_at": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "review": edition.reviewed,
        "publication": edition.publication,
    }
    if edition.reviewed == "demonstration":
        facts["note"] = REVIEWED[edition.reviewed]
    path = addresses.profile(header)
    owned = {document.uid: document for document in dossier.documents[1:]}
    return {
        "profile": {
            "uid": header.uid,
            "slug": header.slug,
            "name": header.label,
            "kind": header.kind,
            "model": addresses.model_of(header),
            "url": path,
            "permalink": addresses.edition(path, edition.number),
        },
        "edition": facts,
        "claims": [claim_facts(claim, leaf) for claim in dossier.claims],
        "silences": [_silence(silence, leaf) for silence in dossier.silences],
        "pictures": [picture_facts(picture) for picture in dossier.pictures],
        "redacted": [{"uid": uid, "sha256": dossier.digests[uid]} for uid in sorted(dossier.redacted)],
        "corrections": [in_the_ledger(made) for made in corrected.publications] if corrected else [],
        **({"corrected_since": [_later(later[uid]) for uid in sorted(later)]} if later is not None else {}),
        "documents": [
            msgspec.Raw(docs.canonical(document)) for document in (header, *(owned[uid] for uid in sorted(owned)))
        ],
    }


def claim_facts(claim: docs.Claim, leaf: Leaf) -> dict[str, Any]:
    """One claim with who says it and how firmly: no record has the statement without them."""
    facts: dict[str, Any] = {
        "uid": claim.uid,
        "kind": claim.kind,
        "topic": claim.topic,
        "aspect": claim.aspect,
        "statement": claim.statement,
        "when": claim.when,
        "sense": claim.sense,
        "voice": claim.voice,
        "attributed_to": list(leaf.speakers(claim)),
        "standing": claim.standing,
        "negated": claim.negated,
        "reach": claim.reach,
        "subject": slug_of(claim.subject, leaf),
        "about": slug_of(claim.about, leaf),
        "citations": [citation_facts(citation, leaf) for citation in claim.citations],
    }
    for name in (*_MORE, *docs.KIND_COLUMNS):
        value = getattr(claim, name)
        if name not in facts and value not in (None, "", ()) and value != _DEFAULTS.get(name):
            facts[name] = value
            if name in _LABELLED:
                facts[f"{name}_label"] = leaf.label(value)
    if claim.translations:
        facts["translations"] = [{"language": t.language, "text": t.text} for t in claim.translations]
    return facts


def in_the_ledger(made: Publication) -> dict[str, Any]:
    """A publication that put something right: its words are in `/corrections.json`."""
    return {
        "publication": made.number,
        "kind": made.kind,
        "published_at": made.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "note": made.note,
        "url": addresses.publication(made.number),
    }


def _later(later: Later) -> dict[str, Any]:
    return {
        "uid": later.uid,
        "publication": later.publication,
        "kind": later.kind,
        "note": later.note,
        "url": later.href,
    }


def slug_of(uid: str | None, leaf: Leaf) -> str | None:
    """The slug of a profile or source; the uid itself where it is public no longer."""
    if not uid:
        return None
    leaf.printed.add(uid)
    return str(getattr(leaf.library.get(uid), "slug", uid))


def citation_facts(citation: docs.Citation, leaf: Leaf) -> dict[str, Any]:
    """One passage: where it stands, what it does for the claim, how it says it."""
    version = leaf.library.get(citation.version)
    source = version.source if isinstance(version, docs.Version) else citation.version.rpartition("-v")[0]
    facts: dict[str, Any] = {
        "uid": citation.uid,
        "source": slug_of(source, leaf),
        "version": citation.version,
        "bearing": citation.bearing,
        "voice": citation.voice,
        "locator": {"paragraph": citation.paragraph, "start": citation.start, "end": citation.end},
        "passage_sha256": citation.passage_sha256,
    }
    if citation.speakers:
        facts["speakers"] = [[leaf.label(uid) for uid in chain] for chain in citation.speakers]
    if citation.part != "body":
        facts["part"] = citation.part
    if citation.note:
        facts["note"] = citation.note
    return facts


def _silence(silence: docs.Silence, leaf: Leaf) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "uid": silence.uid,
        "topic": silence.topic,
        "aspect": silence.aspect,
        "state": silence.state,
        "searched": list(silence.searched),
    }
    if silence.note:
        facts["note"] = silence.note
    return facts
