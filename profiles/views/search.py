"""Search: names in any spelling and script, then statements; and suggestions while a reader types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from profiles.reading.search import find_names, read_question
from profiles.reading.search_text import find_texts
from profiles.reading.told import told_in_arabic

from .kept import any_automatic
from .render import render

SUGGESTED = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found for a question; without one, how to ask."""
    question = read_question(request.GET.get("q", ""))
    names = find_names(question)
    texts, more = find_texts(question)
    context = {
        "here": "search",
        "question": question,
        "names": names,
        "texts": texts,
        "more": more,
        "arabic": told_in_arabic(found.claim for found in texts),
        "automatic": any_automatic(request),
    }
    return render(request, "search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """The names that a question may mean, for the search box: label, address, kind, and the name that fits."""
    question = read_question(request.GET.get("q", ""))
    found = find_names(question, SUGGESTED) if len(question) > 1 else []
    rows = [{"label": f.label, "href": f.href, "kind": f.kind, "name": "" if f.by_label else f.name} for f in found]
    return JsonResponse({"question": question, "names": rows})
