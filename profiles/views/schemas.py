"""The JSON Schemas, with the digest rule in words beside them."""

from functools import cache

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from profiles.reading.dictionary import meanings
from profiles.values import documents as docs
from profiles.values import speech
from profiles.values.profile_schema import profile_schema
from profiles.values.schemas import document_schema
from profiles.values.speech import say

from .render import render

SCHEMAS = {"document": document_schema, "profile": profile_schema}


@require_safe
def schemas(request: HttpRequest) -> HttpResponse:
    """What the schemas are, and how a digest is recomputed: no query."""
    types = [(tag, f"{say(meaning).split('. ')[0].rstrip('.')}.") for tag, meaning in meanings().items()]
    return render(request, "schemas.html", {"here": "", "types": types})


@require_safe
@cache_control(public=True, max_age=3600)
@etag(lambda request, name: f'"{docs.sha256(schema_bytes(name))}"' if name in SCHEMAS else None)
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """One schema of version 1."""
    if name not in SCHEMAS:
        raise Http404
    response = HttpResponse(schema_bytes(name), content_type="application/schema+json")
    # Validators on other sites fetch it.
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def schema_bytes(name: str) -> bytes:
    """A schema as it is served, in English whoever asks first."""
    with speech.speaking(speech.ENGLISH):
        return msgspec.json.format(msgspec.json.encode(SCHEMAS[name]()), indent=1)
