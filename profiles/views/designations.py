"""The register of designations, and the matrix of groups and authorities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.listing_filter import ListingFilter
from profiles.reading.matrix import matrix as make_matrix
from profiles.reading.orders import words_of
from profiles.reading.paging import whole, without
from profiles.reading.register import register
from profiles.reading.timing import date_problem
from profiles.values import dates, speech
from profiles.values.speech import say

from .kept import any_automatic
from .render import render

FACETS = ("authority", "programme", "subject", "profile", "evidence", "status")
TYPED = ("since", "until", "on", "order")


@require_safe
def designations(request: HttpRequest) -> HttpResponse:
    """The listings that sources tell of, narrowed as the query string says, with their steps and their notes."""
    narrowed = ListingFilter(request.GET)
    context: dict[str, Any] = {
        "typed": {name: request.GET.get(name, "")[:64] for name in TYPED},
        "errors": [
            f"{say(narrowed.filters[name].label)}: {message}"
            for name, messages in narrowed.form.errors.items()
            for message in messages
        ],
        "narrowed": any(request.GET.get(name) for name in narrowed.filters if name != "order"),
        "orders": words_of("designations"),
    }
    if context["errors"]:
        nothing = {
            "entries": [],
            "page": None,
            "notes": (),
            "count": 0,
            "more": False,
            "choices": [],
            "chosen": [],
            "automatic": False,
        }
        return render(request, "designations.html", {**context, **nothing}, status=400)
    found = narrowed.narrow()
    entries, page, leaf = register(found, request.GET, narrowed.column)
    choices = [(name, say(narrowed.filters[name].label), narrowed.choices(name)) for name in FACETS]
    chosen = [
        (label, choice.label, without(request.GET, name, choice.value))
        for name, label, values in choices
        for choice in values
        if choice.chosen
    ]
    chosen += [
        (say(narrowed.filters[name].label), context["typed"][name], without(request.GET, name))
        for name in TYPED
        if name != "order" and context["typed"][name]
    ]
    count, more = narrowed.count()
    context |= {
        "entries": entries,
        "page": page,
        "query": whole(request.GET),
        "notes": leaf.notes(),
        "count": count,
        "more": more,
        "choices": choices,
        "chosen": chosen,
        "automatic": any_automatic(request),
    }
    return render(request, "designations.html", context)


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Which authorities are told to have listed which groups, on a date; 400 for a date that cannot be asked."""
    on = request.GET.get("on", "").strip()[:64]
    error = ""
    if on:
        try:
            dates.window(on)
        except dates.DateError as refused:
            error = date_problem(refused) if speech.is_arabic() else str(refused)
    context = {
        "on": on,
        "error": error,
        "matrix": None if error else make_matrix(request.GET, on),
        "automatic": any_automatic(request),
    }
    return render(request, "matrix.html", context, status=400 if error else 200)
