"""JSON Schema (2020-12) of the documents, made from their types, the closed lists and the SHAPE table.

It describes canonical documents: a field at its default is left out, so its default is refused where it is written.
What a schema cannot say (text in NFC, keys in order, dates that EDTF allows, a passage that ends after it starts) is
in the digest rule and in `documents.check`.
"""

import inspect
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.vocabulary import Words

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOT_BLANK = r"^(?!\s)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+(?<!\s)$"

# What a field is where its name does not say it, by type; the closed lists define their own words.
FIELDS: dict[str, dict[str, str]] = {
    "": {
        "model": "The type of the document.",
        "uid": "Given once, never changed, never used again; one space for all documents.",
        "schema": "The version of these rules that the document keeps.",
        "salt": "Random, renewed when the content changes: a short sentence cannot be guessed from a digest.",
        "slug": "The readable end of its address; it may change, and the old one then redirects.",
        "country": "ISO 3166-1 alpha-2, as IQ.",
        "language": "BCP 47, as ar or ar-Latn.",
        "note": "Public.",
        "profile": "Uid of the profile that it is.",
        "merged_into": "Uid of the profile that it turned out to be.",
    },
    "Claim": {
        "statement": "One whole sentence, true and fair when quoted alone: it says itself who says so and how sure.",
        "subject": "Uid of the profile that it speaks of.",
        "about": "Uid of a second profile that it ties the subject to; the claim stands in both dossiers.",
        "when": "EDTF (ISO 8601-2), as 2013~, 2005/2006, 2014-06, 2018/.. (still so when the source spoke).",
        "reckoning": "How a derived date was reckoned.",
        "standing_note": "Why the claim no longer just stands.",
        "conflicts_with": "Uids of claims that say otherwise; they name this one.",
        "after": "Uids of claims that this comes after in time, where no date says so.",
        "mentions": "Uids of further profiles that the statement names.",
        "rests_on": "Uids of the claims that a judgement of the desk rests on.",
        "negated": "A source says that it is not so.",
        "response_date": "EDTF: when the accused answered.",
        "outcome": "What came of an accusation, or that nothing is stated.",
        "title": "The title of a role, verbatim.",
        "party": "A described party, where no profile is meant.",
        "low": "The number, or the lower of two.",
        "high": "The higher number.",
        "number_words": "The number in the source's own words.",
        "as_stated": "The source's own term for the listing.",
        "ground": "Why the authority listed it, as told.",
        "word": "The answer to an aspect that takes a word of a list.",
        "designation": "Uid of the listing that this step belongs to.",
    },
    "Citation": {
        "text_sha256": "SHA-256 of the version's whole normalised text.",
        "passage_sha256": "SHA-256 of the passage's UTF-8.",
        "paragraph": "Counted from 0.",
        "start": "First code point of the passage in the whole normalised text.",
        "end": "One past its last code point.",
        "speakers": "Chains of uids, each nearest to the source first; parallel speakers are parallel chains.",
        "excerpt": "The words of the passage that are printed, 200 code points at most; empty: none.",
    },
    "Silence": {"searched": "Uids of the source versions that were searched."},
    "Picture": {
        "alt": "What there is to see, for who cannot see it.",
        "caption": "Who or what, where and when.",
        "credit": "Whose work it is.",
        "url": "Where it was found.",
        "files": "By media type, then by width; the last is what an old browser shows.",
    },
    "PictureFile": {"width": "In pixels.", "height": "In pixels.", "bytes": "How many."},
    "Source": {
        "unknown": "Fields that were looked for and are not known.",
        "no_fact": "Left out of coverage.",
        "archived": "Copies that were found after the capture; each goes before its version's own `archive_url`.",
    },
    "Version": {"text_length": "In code points.", "raw_length": "In bytes.", "retrieved": "UTC."},
}  # fmt: skip


@cache
def document_schema() -> Schema:
    """The schema of one document of any type."""
    kinds = list(docs.TYPES.values())
    refs, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    lists = {_list_name(found): _word_list(found) for found in _word_lists()}
    return {
        "$schema": DIALECT,
        "$id": "/schemas/1/document.json",
        "title": "Document",
        "description": inspect.cleandoc(docs.__doc__ or ""),
        "type": "object",
        "required": ["model"],
        "oneOf": list(refs),
        "$defs": {**{name: _part(name, part) for name, part in parts.items()}, **lists, "topic": _topics()},
    }


def described(name: str, field: str) -> Schema:
    """The description of a field, as an annotation; nothing where its name says it all."""
    text = FIELDS.get(name, {}).get(field) or FIELDS[""].get(field)
    return {"description": text} if text else {}


def word_ref(found: Words) -> Schema:
    """A reference to a closed list of the document schema."""
    return {"$ref": f"#/$defs/{_list_name(found)}"}


def _list_name(found: Words) -> str:
    return "word-" + found.name.replace(" ", "-")


def _word_lists() -> list[Words]:
    return list({id(found): found for by_field in docs.FIELD_WORDS.values() for found in by_field.values()}.values())


def _word_list(found: Words) -> Schema:
    allowed = [{"const": w.value, "title": w.label, "description": w.definition} for w in found.values()]
    return {"title": found.name, "type": "string", "oneOf": allowed}


def _topics() -> Schema:
    labels = {topic: label for topics in words.TOPICS.values() for topic, label in topics.items()}
    allowed = [{"const": topic, "title": label} for topic, label in labels.items()]
    return {"title": "topic", "type": "string", "oneOf": allowed}


def _part(name: str, part: Schema) -> Schema:
    kind: Any = getattr(docs, name)
    lists = docs.FIELD_WORDS.get(kind, {})
    required = part["required"]
    properties = {
        field: _field(name, field, found, lists.get(field), field in required)
        for field, found in part["properties"].items()
    }
    if "uid" in properties:
        pattern, example = docs.UID_PATTERNS.get(kind, docs.PROFILE_UID)
        properties["uid"] |= {"pattern": f"^{_ecma(pattern)}$", "examples": [example]}
    if "schema" in properties:
        properties["schema"] |= {"const": docs.SCHEMA}
    if "topic" in properties:
        properties["topic"] = {"$ref": "#/$defs/topic"}
    made = {**part, "description": inspect.cleandoc(part["description"]), "properties": properties}
    if rules := list(_rules(name)):
        made["allOf"] = rules
    return made


def _field(name: str, field: str, found: Schema, allowed: Words | None, required: bool) -> Schema:
    made: Schema = {**described(name, field)}
    default = found.get("default")
    # No null in canonical form: what is not there is left out.
    found = found["anyOf"][0] if "anyOf" in found else found
    if allowed is not None:
        made |= word_ref(allowed)
    elif found.get("type") == "array":
        made |= {**found, "items": _item(found["items"]), "minItems": 1}
    elif found.get("type") == "boolean":
        made |= {"const": not default}
    else:
        made |= _scalar(found)
    made.pop("default", None)
    if not required:
        made["default"] = default
        if allowed is not None and default:
            made["not"] = {"const": default}
    return made


def _item(found: Schema) -> Schema:
    if found.get("type") == "array":
        return {**found, "items": _item(found["items"]), "minItems": 1}
    return _scalar(found)


def _scalar(found: Schema) -> Schema:
    if found.get("type") != "string":
        return dict(found)
    if "pattern" in found:
        # An optional pattern allows the empty default, which is not written.
        return {"minLength": 1, **found, "pattern": _ecma(found["pattern"])}
    return {**found, "pattern": _NOT_BLANK}


def _ecma(pattern: str) -> str:
    """Python's pattern as JSON Schema's dialect has it."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace(r"\Z", "$")


# -- what depends on other fields ------------------------------------------------------------------------


def _where(field: str, value: str, then: Schema, **otherwise: Schema) -> Schema:
    return {"if": {"properties": {field: {"const": value}}, "required": [field]}, "then": then, **otherwise}


def _absent(fields: Any) -> Schema:
    return {"properties": dict.fromkeys(fields, False)}


def _rules(name: str) -> Iterator[Schema]:
    if name in ("Claim", "Silence"):
        yield from _aspects()
    if name == "Claim":
        yield from _shapes()
        yield from _numbers()
        derived: Schema = {"required": ["reckoning", "when"]}
        yield _where("basis", "derived", derived, **{"else": _absent(["reckoning"])})
        for field in ("conflicts_with", "after", "mentions", "rests_on"):
            yield {"properties": {field: {"uniqueItems": True}}}
    if name == "Citation":
        yield _where("voice", "attributed", {"required": ["speakers"]})


def _aspects() -> Iterator[Schema]:
    by_topic: dict[str, dict[str, str]] = {}
    for aspects in words.ASPECTS.values():
        for aspect in aspects.values():
            by_topic.setdefault(aspect.topic, {})[aspect.name] = aspect.label
    for topic, names in by_topic.items():
        allowed = [{"const": name, "title": label} for name, label in names.items()]
        yield _where("topic", topic, {"properties": {"aspect": {"oneOf": allowed}}})


def _shapes() -> Iterator[Schema]:
    yield {"properties": {"kind": {"enum": list(docs.SHAPE)}}}
    for kind, (needed, may) in docs.SHAPE.items():
        then: Schema = _absent(column for column in docs.KIND_COLUMNS if column not in needed and column not in may)
        if needed:
            then["required"] = list(needed)
        if kind == "part":
            then["oneOf"] = [{"required": ["about"]}, {"required": ["party"]}]
        yield _where("kind", kind, then)


def _numbers() -> Iterator[Schema]:
    numbers = ("low", "high", "number_words")
    yield {"dependentRequired": {**{name: ["precision"] for name in numbers}, "precision": ["counted"]}}
    blank = dict.fromkeys(docs.KIND_COLUMNS)
    for precision in words.PRECISION:
        # Asked of the rule itself: which numbers does this precision miss?
        problems = docs.shape_problems("strength", {**blank, "precision": precision, "counted": "people"})
        wanted = [problem.field for problem in problems if problem.field in numbers]
        then = _absent(field for field in ("low", "high") if field not in wanted)
        yield _where("precision", precision, {**then, "required": wanted})
