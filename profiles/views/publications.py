"""What was made public, when: the chain of publications."""

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.counts import PublicationCount
from profiles.models.editions import GENESIS, Edition, Publication
from profiles.reading.corrections import ALL, corrections_of
from profiles.reading.paging import page
from profiles.reading.sources import links_to

from .render import render

EDITIONS_A_PAGE = 100


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """All publications, newest first."""
    found = page(Publication.objects.defer("body"), "number", request.GET, falling=True)
    return render(request, "publications.html", {"page": found})


@require_safe
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """One publication: what it changed, with old and new words where it put something right, and its place."""
    counted = PublicationCount.objects.filter(pk=OuterRef("pk"))
    made = (
        Publication.objects.defer("body")  # it grows with what was published
        .annotate(changed=Subquery(counted.values("documents")), edited=Subquery(counted.values("editions")))
        .filter(pk=number)
        .first()
    )
    if made is None:
        raise Http404(f"no publication {number}")
    # Written in the order of profiles, so that of their numbers is the same.
    found = page(Edition.objects.filter(publication=made).defer("manifest"), "id", request.GET, EDITIONS_A_PAGE)
    context = {
        "made": made,
        "page": found,
        "labels": links_to(edition.profile for edition in found.rows),
        "genesis": made.previous == GENESIS,
        "correction": next(iter(corrections_of([made], most=ALL)), None),
    }
    return render(request, "publication.html", context)
