"""The OpenAPI 3.1 description of the JSON API, made from what the API itself runs on."""

from functools import cache
from typing import Any

from . import addresses
from .resources import MOST, RESOURCES, Resource

_PROBLEM = "#/components/schemas/Problem"
_NUMBERS = ("edition", "publication", "number")
_TYPES: dict[str, dict[str, Any]] = {
    "negated": {"type": "boolean"},
    "attributed_to": {"type": "array", "items": {"type": "string"}},
    "citations": {"type": "array", "items": {"type": "object"}},
    "about": {"type": ["string", "null"]},
    "subject": {"type": ["string", "null"]},
}


@cache
def openapi() -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, Any] = {}
    for name, resource in RESOURCES.items():
        paths[f"/api/{name}"] = {"get": _list(name, resource)}
        paths[f"/api/{name}/{{key}}"] = {"get": _one(name, resource)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MilitiaDB",
            "version": "1",
            "description": "Read-only. Every record that has a statement has its voice and who says it. "
            "Not a screening list.",
        },
        "servers": [{"url": addresses.absolute("")}],
        "paths": paths,
        "components": {"schemas": {**{name: _item(r) for name, r in RESOURCES.items()}, "Problem": _problem()}},
    }


def _list(name: str, resource: Resource) -> dict[str, Any]:
    given = [_parameter(key, asked.what, asked.schema) for key, asked in resource.filters.items()]
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}
    after = {"type": "string", "pattern": resource.key_pattern, "maxLength": 64}
    given += [
        _parameter("limit", "How many.", limit),
        _parameter("after", f"The {resource.key} of the last one seen: `next` holds it.", after),
    ]
    page = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "next": {"type": ["string", "null"], "description": "The address of the next page; null on the last."},
        },
    }
    answers = {"200": _answer("One page.", page), "400": _refused("A parameter that is not taken.")}
    return {"operationId": f"list_{name}", "summary": resource.what, "parameters": given, "responses": answers}


def _one(name: str, resource: Resource) -> dict[str, Any]:
    schema = {"type": "string", "pattern": resource.key_pattern, "maxLength": 64}
    key = {"name": "key", "in": "path", "required": True, "description": f"Its {resource.key}.", "schema": schema}
    answers = {
        "200": _answer("It.", {"$ref": f"#/components/schemas/{name}"}),
        "400": _refused("A parameter: none is taken."),
        "404": _refused("Nothing public is there."),
    }
    return {
        "operationId": f"get_{name}",
        "summary": f"One of: {resource.what}",
        "parameters": [key],
        "responses": answers,
    }


def _parameter(name: str, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": what, "schema": schema}


def _answer(what: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _refused(what: str) -> dict[str, Any]:
    return {"description": what, "content": {"application/problem+json": {"schema": {"$ref": _PROBLEM}}}}


def _item(resource: Resource) -> dict[str, Any]:
    def of(name: str) -> dict[str, Any]:
        return {"type": "integer"} if name in _NUMBERS else _TYPES.get(name, {"type": "string"})

    return {"type": "object", "required": list(resource.fields), "properties": {n: of(n) for n in resource.fields}}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    properties = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    return {"type": "object", "description": "RFC 9457.", "required": list(properties), "properties": properties}
