"""A page of rows by ORM and Django templates, and a view that does nothing but send bytes."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from profiles.models import Claim, Profile
from profiles.views.stored import Answer, answer


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """All claims of a profile with their citations, from the rows."""
    profile = get_object_or_404(Profile, slug=slug)
    claims = (
        Claim.objects.touching(profile.pk)
        .select_related("subject", "about", "place", "authority", "programme", "designation")
        .prefetch_related("citations__version__source", "citations__attributions__speaker")
        .order_by("topic", "aspect", "start_earliest", "uid")
    )
    return render(request, "naive.html", {"profile": profile, "claims": claims})


def bare(request: HttpRequest) -> HttpResponse:
    """The bytes of a stored page, kept in the process."""
    made = _kept(request.GET["path"])
    return HttpResponse(made.body, headers=made.headers)


@cache
def _kept(path: str) -> Answer:
    made = answer(path, "GET", {"Accept-Encoding": "gzip"})
    if made is None:
        raise LookupError(f"nothing is stored at {path}")
    return made
