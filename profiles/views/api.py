"""The read-only JSON API: lists by keyset, one thing by its key; what cannot be answered is a problem (RFC 9457)."""

import re
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from profiles.reading import addresses
from profiles.reading.openapi import openapi
from profiles.reading.resources import MOST, RESOURCES, Resource

from .render import render

JSON = "application/json"


@csrf_exempt  # another method is refused as such
def api_list(request: HttpRequest, name: str) -> HttpResponse:
    """One page of a resource: the rows after `after`, narrowed by its words."""
    resource = RESOURCES[name]
    if (refused := _refused(request, resource, {"limit", "after", *resource.filters})) is not None:
        return refused
    limit = int(request.GET.get("limit", 50))
    rows = resource.rows().filter(**{key: request.GET[key] for key in resource.filters if key in request.GET})
    if "after" in request.GET:
        rows = rows.filter(**{f"{resource.key}__{'lt' if resource.falling else 'gt'}": request.GET["after"]})
    found = list(rows.order_by(f"{'-' if resource.falling else ''}{resource.key}")[: limit + 1])
    following = None
    if len(found) > limit:
        asked = {**request.GET.dict(), "after": getattr(found[limit - 1], resource.key)}
        following = addresses.absolute(f"/api/{name}?{urlencode(asked)}")
    return _sent({"items": resource.tell(found[:limit]), "next": following})


@csrf_exempt
def api_one(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One thing by its key."""
    resource = RESOURCES[name]
    if (refused := _refused(request, resource, set())) is not None:
        return refused
    known = len(key) <= 64 and re.fullmatch(resource.key_pattern, key)
    told = resource.tell(list(resource.rows().filter(**{resource.key: key}))) if known else []
    return _sent(told[0]) if told else problem(404, "Not found", f"Nothing public is there: {name}/{key[:64]}.")


@csrf_exempt
def api_nothing(request: HttpRequest) -> HttpResponse:
    """An address of the API at which nothing stands."""
    return problem(404, "Not found", f"The resources are {', '.join(RESOURCES)}; see {addresses.absolute('/api/')}.")


def api_description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document: no query."""
    return _sent(openapi())


def api_page(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return render(request, "api.html", {"resources": RESOURCES, "most": MOST})


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """What is wrong with a request and how to mend it."""
    body = msgspec.json.encode({"type": "about:blank", "title": title, "status": status, "detail": detail})
    response = HttpResponse(body, status=status, content_type="application/problem+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(request: HttpRequest, resource: Resource, taken: set[str]) -> HttpResponse | None:
    """Why a request cannot be answered; None where it can."""
    if request.method not in ("GET", "HEAD"):
        response = problem(405, "Method not allowed", "The API is read-only: use GET.")
        response["Allow"] = "GET, HEAD"
        return response
    for name, values in request.GET.lists():
        if name not in taken:
            return problem(
                400, "Unknown parameter", f"{name[:64]}: not taken. Taken: {', '.join(sorted(taken)) or 'none'}."
            )
        if len(values) > 1:
            return problem(400, "Parameter given twice", f"{name}: give it once.")
        if why := _wrong(name, values[0], resource):
            return problem(400, "Wrong parameter", f"{name}: {why}")
    return None


def _wrong(name: str, value: str, resource: Resource) -> str:
    if name == "limit":
        good = value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= MOST
        return "" if good else f"a whole number from 1 to {MOST}."
    asked = resource.filters.get(name)
    if asked and asked.among:
        return "" if value in asked.among else f"one of {', '.join(asked.among)}."
    pattern = asked.pattern if asked else resource.key_pattern
    return "" if len(value) <= 64 and re.fullmatch(pattern, value) else f"text as {pattern}, of 64 signs at most."


def _sent(facts: object) -> HttpResponse:
    response = HttpResponse(msgspec.json.encode(facts) + b"\n", content_type=JSON)
    response["Access-Control-Allow-Origin"] = "*"
    return response
