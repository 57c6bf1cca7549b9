"""The lists of groups, people and events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.filters import FILTERS, EntryFilter
from profiles.reading.list_time import MODELS, grouped
from profiles.reading.list_words import list_words
from profiles.reading.paging import page, without
from profiles.reading.timing import Question, ask
from profiles.values.dates import DateError

from .kept import any_automatic
from .render import render


@require_safe
def entries(request: HttpRequest, model: str) -> HttpResponse:
    """One list, narrowed as the query string says; 400 where it says what cannot be read."""
    narrowed = FILTERS[model](request.GET)
    on, problem = _time(model, request.GET.get("on", ""))
    context: dict[str, Any] = {
        "model": model,
        "filter": narrowed,
        "values": _asked(narrowed),
        "errors": [*_errors(narrowed), *problem],
        "on": on,
        "asked_on": request.GET.get("on", "")[:64],
        "narrowed": bool(on) or any(request.GET.get(name) for name in narrowed.filters),
    }
    if problem or not narrowed.form.is_valid():
        nothing = {"page": None, "undated": 0, "choices": [], "chosen": [], "automatic": False}
        words = list_words(model, 0, context["narrowed"])
        return render(request, "list.html", {**context, **nothing, "told": words}, status=400)
    found = narrowed.narrow()
    choices = [
        (name, kept.label, narrowed.choices(name)) for name, kept in narrowed.filters.items() if name not in YEARS
    ]
    shown = page(found, "sort_key", request.GET)
    context |= {
        "page": shown,
        "groups": grouped(shown.rows, on) if on else [("", "", shown.rows)],
        "told": list_words(model, narrowed.count(), context["narrowed"]),
        "undated": narrowed.undated() if narrowed.narrow_dates() else 0,
        "choices": choices,
        "chosen": _chosen(request, choices),
        "automatic": any_automatic(request),
    }
    return render(request, "list.html", context)


YEARS = ("since", "until")


def _time(model: str, text: str) -> tuple[Question | None, list[str]]:
    """The time that a list is asked about, or in words why it cannot be."""
    if model not in MODELS or not text.strip():
        return None, []
    try:
        return ask(text), []
    except DateError as error:
        return None, [f"The date {error}."]


def _asked(narrowed: EntryFilter) -> dict[str, str]:
    return {name: str(narrowed.data.get(name, "")) for name in YEARS if name in narrowed.filters}


def _errors(narrowed: EntryFilter) -> list[str]:
    return [
        f"{narrowed.filters[name].label}: {message}" if name in narrowed.filters else str(message)
        for name, messages in narrowed.form.errors.items()
        for message in messages
    ]


def _chosen(request: HttpRequest, choices: list[tuple[str, str, list[Any]]]) -> list[tuple[str, str, str]]:
    """What is chosen now: (filter, value, query string without it)."""
    found = [
        (label, choice.label, without(request.GET, name, choice.value))
        for name, label, values in choices
        for choice in values
        if choice.chosen
    ]
    years = [
        (label, request.GET[name], without(request.GET, name))
        for name, label in (("since", "From"), ("until", "To"))
        if request.GET.get(name)
    ]
    return found + years
