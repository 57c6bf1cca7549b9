"""The data dictionary: each field of each document, each closed list, each question, from schemas and vocabulary."""

from functools import cache
from typing import Any

from profiles.values import documents as docs
from profiles.values import speech
from profiles.values import vocabulary as words
from profiles.values.schemas import document_schema


@cache
def dictionary() -> dict[str, Any]:
    """Documents with their fields, closed lists, questions by model: in English, whoever asks first."""
    with speech.speaking(speech.ENGLISH):
        return _dictionary()


def meanings() -> dict[str, str]:
    """Each type of document -> what it is."""
    return {one["name"]: one["description"] for one in dictionary()["documents"] if one["name"] in docs.TYPES}


# Name of a closed list -> the list, whose words are told in the language spoken.
LISTS = {one.name: one for one in vars(words).values() if isinstance(one, words.Words)}


def _dictionary() -> dict[str, Any]:
    schema = document_schema()
    parts = schema["$defs"]
    kinds: dict[str, Any] = {**docs.TYPES, "citation": docs.Citation, "translation": docs.Translation}
    lists = {name.removeprefix("word-"): part for name, part in parts.items() if name.startswith("word-")}
    return {
        "schema": docs.SCHEMA,
        "documents": [_document(tag, parts[kind.__name__]) for tag, kind in kinds.items()],
        "lists": [
            {"name": name, "title": part["title"], "words": [_word(one) for one in part["oneOf"]]}
            for name, part in sorted(lists.items())
        ],
        "questions": [
            {"model": model, "topic": one.topic, "aspect": one.name, "label": one.english, "value": one.value}
            for model, found in words.ASPECTS.items()
            for one in found.values()
        ],
    }


def _document(tag: str, part: dict[str, Any]) -> dict[str, Any]:
    required = part.get("required", [])
    fields = [_field(name, field, name in required) for name, field in part["properties"].items()]
    return {"name": tag, "description": part["description"], "fields": fields}


def _field(name: str, field: dict[str, Any], required: bool) -> dict[str, Any]:
    ref = field.get("$ref", "").rpartition("/")[2]
    made: dict[str, Any] = {"name": name, "description": field.get("description", ""), "required": required}
    made["type"] = "word" if ref.startswith("word-") or ref == "topic" else field.get("type", "text")
    if ref.startswith("word-"):
        made["list"] = ref.removeprefix("word-")
    return made


def _word(one: dict[str, Any]) -> dict[str, str]:
    return {"value": one["const"], "label": one["title"], "definition": one["description"]}
