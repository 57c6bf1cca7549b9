"""Sources: all of them, and one with every claim that rests on it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.orders import words_of
from profiles.reading.paging import whole, without
from profiles.reading.source_filter import SourceFilter, found_in_words
from profiles.reading.sources import list_sources, resting_on, source_at
from profiles.reading.told import told_in_arabic
from profiles.values.speech import say

from .kept import any_automatic
from .render import render


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The works that claims rest on, narrowed as the query string says; 400 where it says what cannot be read."""
    narrowed = SourceFilter(request.GET)
    context: dict[str, Any] = {
        "orders": words_of("sources"),
        "order": request.GET.get("order", "")[:64],
        "errors": [
            f"{say(narrowed.filters[name].label)}: {message}"
            for name, messages in narrowed.form.errors.items()
            for message in messages
        ],
        "sources": [],
        "page": None,
        "choices": [],
        "chosen": [],
        "found": found_in_words(0, False, True),
        "narrowed": True,
        "automatic": any_automatic(request),
    }
    if context["errors"]:
        return render(request, "sources.html", context, status=400)
    found, page = list_sources(narrowed.narrow(), narrowed.column, request.GET)
    choices = narrowed.choices()
    context |= {
        "sources": found,
        "page": page,
        "query": whole(request.GET),
        "choices": choices,
        "chosen": [
            (label, choice.label, without(request.GET, name, choice.value))
            for name, label, values in choices
            for choice in values
            if choice.chosen
        ],
        "found": found_in_words(*narrowed.count(), narrowed.narrowed()),
        "narrowed": narrowed.narrowed(),
    }
    return render(request, "sources.html", context)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One work: what is known of it, its versions, and what rests on it."""
    found = source_at(slug)
    if found is None:
        raise Http404(f"no source {slug}")
    groups, page = resting_on(found.source.uid, request.GET)
    context = {
        "s": found,
        "groups": groups,
        "page": page,
        "arabic": told_in_arabic(resting.claim for group in groups for resting in group.claims),
        "automatic": any_automatic(request),
    }
    return render(request, "source.html", context)
