"""All data to take away, and the dictionary that explains it."""

from collections.abc import Generator

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from profiles.models.editions import head
from profiles.reading.dictionary import LISTS, dictionary
from profiles.reading.formats.bulk import FILES, at_one_head, manifest
from profiles.reading.pages import JSON

from .kept import any_automatic
from .render import render
from .words import VALUES


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The files, what each holds, and the head of the chain."""
    context = {"files": FILES, "head": head(), "automatic": any_automatic(request)}
    return render(request, "data.html", context)


@require_safe
def data_file(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One file, sent while it is made."""
    sending = _sending(name)
    response = StreamingHttpResponse(sending, content_type=FILES[name].media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Chain-Head"] = next(sending).decode()
    if request.method == "HEAD":
        sending.close()
    return response


def _sending(name: str) -> Generator[bytes, None, None]:
    """First the head, which is a header's; then the lines. Closed when the answer is, sent whole or not."""
    with at_one_head(name) as (head_then, lines):
        yield head_then.encode()
        yield from lines


@require_safe
def data_manifest(request: HttpRequest) -> HttpResponse:
    """Digest and length of each file, with the head of the chain."""
    return HttpResponse(_written(manifest()), headers=JSON)


@require_safe
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every field, closed list and question: no query."""
    return render(request, "dictionary.html", {"dictionary": dictionary(), "known": LISTS, "kinds": VALUES})


@require_safe
def data_dictionary_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return HttpResponse(_written(dictionary()), headers=JSON)


def _written(facts: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"
