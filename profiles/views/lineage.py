"""The lineage of groups as a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading.lineage_page import lineage_page

from .kept import any_automatic
from .render import render


@require_safe
def lineage(request: HttpRequest) -> HttpResponse:
    """Where all groups come from and go, or those around the one that the query string names."""
    slug = request.GET.get("of", "").strip()[:100]
    page = lineage_page(slug)
    if page is None:
        raise Http404(f"No profile has the slug {slug}.")
    return render(request, "lineage.html", {"page": page, "slug": slug, "automatic": any_automatic(request)})
