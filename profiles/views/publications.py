"""What was made public, when: the chain of publications."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.models.editions import GENESIS, Edition, Publication
from profiles.reading.corrections import ALL, corrections_of
from profiles.reading.paging import page
from profiles.reading.sources import links_to


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """All publications, newest first."""
    found = page(Publication.objects.defer("body"), "number", request.GET, falling=True)
    return render(request, "publications.html", {"page": found})


@require_safe
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """One publication: what it changed, with old and new words where it put something right, and its place."""
    made = Publication.objects.filter(pk=number).first()
    if made is None:
        raise Http404(f"no publication {number}")
    editions = list(Edition.objects.filter(publication=made).defer("manifest").order_by("profile"))
    facts = made.facts()
    context = {
        "made": made,
        "editions": editions,
        "labels": links_to(edition.profile for edition in editions),
        "changes": len(facts.get("triples", [])),
        "genesis": made.previous == GENESIS,
        "correction": next(iter(corrections_of([made], most=ALL)), None),
    }
    return render(request, "publication.html", context)
