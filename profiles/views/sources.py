"""Sources: all of them, and one with every claim that rests on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.paging import whole
from profiles.reading.sources import list_sources, resting_on, source_at

from .kept import any_automatic
from .render import render


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The works that claims rest on."""
    found, page = list_sources(request.GET)
    return render(
        request,
        "sources.html",
        {"sources": found, "page": page, "query": whole(request.GET), "automatic": any_automatic(request)},
    )


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One work: what is known of it, its versions, and what rests on it."""
    found = source_at(slug)
    if found is None:
        raise Http404(f"no source {slug}")
    groups, page = resting_on(found.source.uid, request.GET)
    return render(
        request, "source.html", {"s": found, "groups": groups, "page": page, "automatic": any_automatic(request)}
    )
