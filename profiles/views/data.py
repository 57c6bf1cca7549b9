"""All data to take away, and the dictionary that explains it."""

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from profiles.models.editions import head
from profiles.reading.dictionary import dictionary
from profiles.reading.formats.bulk import FILES, manifest
from profiles.reading.pages import JSON

from .kept import any_automatic
from .render import render


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The files, what each holds, and the head of the chain."""
    context = {"files": FILES, "head": head(), "automatic": any_automatic(request)}
    return render(request, "data.html", context)


@require_safe
def data_file(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One file, sent while it is made."""
    file = FILES[name]
    response = StreamingHttpResponse(file.lines(), content_type=file.media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    newest = head()
    response["X-Chain-Head"] = newest.sha256 if newest else ""
    return response


@require_safe
def data_manifest(request: HttpRequest) -> HttpResponse:
    """Digest and length of each file, with the head of the chain."""
    return HttpResponse(_written(manifest()), headers=JSON)


@require_safe
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every field, closed list and question: no query."""
    return render(request, "dictionary.html", {"dictionary": dictionary()})


@require_safe
def data_dictionary_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return HttpResponse(_written(dictionary()), headers=JSON)


def _written(facts: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"
