"""The register of designations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.reading.register import register

from .kept import any_automatic


@require_safe
def designations(request: HttpRequest) -> HttpResponse:
    """Every listing that a source tells of, with its steps and its notes."""
    entries, page, leaf = register(request.GET)
    context = {"entries": entries, "page": page, "notes": leaf.notes(), "automatic": any_automatic(request)}
    return render(request, "designations.html", context)
