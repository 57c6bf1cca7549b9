"""JSON Schema (2020-12) of a profile's JSON: readable claims, and the documents that its digest is taken over.

It carries the schema of the documents, so that one file is enough to validate. Fields may be added to the readable
part at any time; the documents change by a new schema number only.
"""

from functools import cache
from typing import Any

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.release import REVIEWED
from profiles.values.schemas import DIALECT, Schema, described, document_schema, word_ref

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_UID: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
_SLUG: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
# Shared columns of a claim that stand where they say something, beside those of its kind.
_MORE = (
    "basis", "reckoning", "verification", "verified_by", "standing_note", "conflicts_with", "after", "mentions",
    "rests_on", "superseded_by", "scope", "confidence", "response", "response_date", "outcome",
)  # fmt: skip


@cache
def profile_schema() -> Schema:
    """The schema of `/groups/<slug>.json`, `/people/<slug>.json` and `/events/<slug>.json`."""
    document = document_schema()
    header = {"oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in docs.PROFILES]}
    rest = {"oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in docs.OWNED]}
    parts = {"profile": _profile(), "edition": _edition(), "claim": _claim(), "citation": _citation()}
    properties: Schema = {
        "profile": {"$ref": "#/$defs/profile"},
        "edition": {"$ref": "#/$defs/edition"},
        "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
        "silences": {"type": "array", "items": _silence()},
        "pictures": {"type": "array", "items": _picture()},
        "redacted": {
            "description": "Documents whose words were deleted; their digests still count.",
            "type": "array",
            "items": _object({"uid": _UID, "sha256": _SHA256}),
        },
        "documents": {
            "description": "The exact documents, header first, the others by uid: what the digest is taken over.",
            "type": "array",
            "minItems": 1,
            "prefixItems": [header],
            "items": rest,
        },
    }
    return {
        "$schema": DIALECT,
        "$id": "/schemas/1/profile.json",
        "title": "Profile",
        "description": "One edition of a profile. subject, about and source are slugs, for the reader's convenience.",
        **_object(properties, optional=("redacted", "pictures")),
        "$defs": {**document["$defs"], **parts},
    }


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _constants(allowed: dict[str, str]) -> Schema:
    return {"oneOf": [{"const": value, "description": text} for value, text in allowed.items()]}


def _profile() -> Schema:
    kinds = [{"const": w.value, "title": w.label} for found in words.KINDS_BY_MODEL.values() for w in found.values()]
    kind = {"type": "string", "anyOf": kinds}
    model = _constants({w.value: w.definition for w in words.MODEL.values()})
    return _object(
        {"uid": _UID, "slug": _SLUG, "name": _TEXT, "kind": kind, "model": model, "url": _TEXT, "permalink": _TEXT},
        optional=("model", "url", "permalink"),
    )


def _edition() -> Schema:
    return _object(
        {
            "number": _NUMBER,
            "sha256": {"description": "By the digest rule, over the documents.", **_SHA256},
            "published_at": {"description": "UTC.", "type": "string", "pattern": r"^\d{4}(-\d\d){2}T\d\d(:\d\d){2}Z$"},
            "review": _constants(REVIEWED),
            "publication": {"description": "The number of the publication that made it.", **_NUMBER},
            "note": _TEXT,
        },
        optional=("publication", "note"),
    )


def _claim() -> Schema:
    """A claim to read: beside the fixed fields those of its kind, as its document has them."""
    document: dict[str, Any] = document_schema()["$defs"]["Claim"]
    fixed: Schema = {
        "uid": _UID,
        "kind": {"enum": list(docs.SHAPE)},
        "topic": {"$ref": "#/$defs/topic"},
        "aspect": _TEXT,
        "statement": {**described("Claim", "statement"), "type": "string", "minLength": 1},
        "when": {**described("Claim", "when"), "type": "string"},
        "sense": word_ref(words.SENSE),
        "voice": word_ref(words.VOICE),
        "attributed_to": {"description": "Who is heard.", **_list_of(_TEXT)},
        "standing": word_ref(words.STANDING),
        "negated": {**described("Claim", "negated"), "type": "boolean"},
        "reach": word_ref(words.REACH),
        "subject": _SLUG,
        "about": {"oneOf": [_SLUG, {"type": "null"}]},
        "citations": _list_of({"$ref": "#/$defs/citation"}),
    }
    more = {name: document["properties"][name] for name in (*_MORE, *docs.KIND_COLUMNS) if name not in fixed}
    translations = _list_of(_object({"language": _TEXT, "text": _TEXT}))
    return _object({**fixed, **more, "translations": translations}, optional=(*more, "translations"))


def _citation() -> Schema:
    document: dict[str, Any] = document_schema()["$defs"]["Citation"]["properties"]
    locator = _object({name: {**described("Citation", name), **_COUNT} for name in ("paragraph", "start", "end")})
    return _object(
        {
            "source": _SLUG,
            "version": _UID,
            "bearing": word_ref(words.BEARING),
            "voice": word_ref(words.VOICE),
            "locator": locator,
            "passage_sha256": document["passage_sha256"],
            "uid": _UID,
            "speakers": {"description": "Chains of names, nearest to the source first.", **_list_of(_list_of(_TEXT))},
            "part": document["part"],
            "note": _TEXT,
        },
        optional=("uid", "speakers", "part", "note"),
    )


def _silence() -> Schema:
    return _object(
        {
            "uid": _UID,
            "topic": {"$ref": "#/$defs/topic"},
            "aspect": _TEXT,
            "state": word_ref(words.SILENCE),
            "searched": _list_of(_UID),
            "note": _TEXT,
        },
        optional=("note",),
    )


def _picture() -> Schema:
    document: dict[str, Any] = document_schema()["$defs"]["Picture"]["properties"]
    number = {"type": "integer", "minimum": 1}
    file = _object(
        {
            "path": {"description": "On this host; under it the bytes never change.", **_TEXT},
            "sha256": _SHA256,
            "media_type": word_ref(words.PICTURE_TYPE),
            **dict.fromkeys(("width", "height", "bytes"), number),
        }
    )
    return _object(
        {
            "uid": _UID,
            "kind": word_ref(words.PICTURE_KIND),
            "alt": document["alt"],
            "credit": document["credit"],
            "licence": word_ref(words.LICENCE),
            "files": _list_of(file),
            "caption": document["caption"],
            "licence_url": _TEXT,
            "url": document["url"],
        },
        optional=("caption", "licence_url", "url"),
    )
