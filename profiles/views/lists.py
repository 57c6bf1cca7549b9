"""The lists of groups, people and events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.filters import FILTERS, EntryFilter
from profiles.reading.list_time import grouped
from profiles.reading.list_words import list_words, undated_words
from profiles.reading.naming import named_in
from profiles.reading.orders import words_of
from profiles.reading.paging import page, whole, without
from profiles.values.speech import say

from .kept import any_automatic
from .render import render


@require_safe
def entries(request: HttpRequest, model: str) -> HttpResponse:
    """One list, narrowed as the query string says; 400 where it says what cannot be read."""
    narrowed = FILTERS[model](request.GET)
    context: dict[str, Any] = {
        "model": model,
        "filter": narrowed,
        "values": _asked(narrowed),
        "errors": _errors(narrowed),
        "on": None,
        "narrowed": any(request.GET.get(name) for name in narrowed.filters if name != "order"),
        "orders": words_of(model),
    }
    if not narrowed.form.is_valid():
        nothing = {
            "page": None,
            "names": {},
            "undated": 0,
            "choices": [],
            "answers": [],
            "chosen": [],
            "automatic": False,
        }
        words = list_words(model, 0, context["narrowed"])
        return render(request, "list.html", {**context, **nothing, "told": words}, status=400)
    found, on = narrowed.narrow(), narrowed.question
    choices = [
        (name, say(kept.label), narrowed.choices(name)) for name, kept in narrowed.filters.items() if name not in TYPED
    ]
    shown = page(found, narrowed.column, request.GET)
    count, more = narrowed.count()
    undated, undated_more = narrowed.undated() if narrowed.narrow_dates() else (0, False)
    context |= {
        "page": shown,
        "names": named_in(shown.rows),
        "on": on,
        "query": whole(request.GET),
        "answers": next((values for name, _, values in choices if name == "then"), []),
        "groups": grouped(shown.rows, on) if on else [("", "", shown.rows)],
        "told": list_words(model, count, context["narrowed"], more=more),
        "undated": undated_words(undated, undated_more) if undated else "",
        "choices": choices,
        "chosen": _chosen(request, choices),
        "automatic": any_automatic(request),
    }
    return render(request, "list.html", context)


TYPED = ("since", "until", "on", "order")


def _asked(narrowed: EntryFilter) -> dict[str, str]:
    return {name: str(narrowed.data.get(name, ""))[:64] for name in TYPED if name in narrowed.filters}


def _errors(narrowed: EntryFilter) -> list[str]:
    return [
        f"{say(narrowed.filters[name].label)}: {message}" if name in narrowed.filters else str(message)
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
        (say(label), request.GET[name], without(request.GET, name))
        for name, label in (("since", "From"), ("until", "To"), ("on", "Date"))
        if request.GET.get(name)
    ]
    return found + years
