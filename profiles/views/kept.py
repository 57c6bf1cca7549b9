"""Pages made on request, kept in the process until the next publication: what is public is the same till then.

A page is kept under the digest of the newest publication, which each request asks: none can be stale.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse

from profiles.models.editions import Publication

from .stored import Bodies

LONGEST = 2_000  # signs of an address; what is longer is made anew each time
View = Callable[..., HttpResponse]

pages = Bodies(limit=32 * 2**20)


def published_state(request: HttpRequest) -> tuple[str, bool]:
    """The digest of the newest publication, empty where there is none, and whether any was approved automatically.

    One query a request, for whoever asks first.
    """
    if not hasattr(request, "published_state"):
        with connection.cursor() as cursor:
            cursor.execute(*_asked(connection.vendor))
            row = cursor.fetchone()
        request.published_state = (row[0], bool(row[1])) if row else ("", False)  # type: ignore[attr-defined]
    found: tuple[str, bool] = request.published_state  # type: ignore[attr-defined]
    return found


@cache
def _asked(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The query of every request, put into words once: that takes longer than the answer."""
    automatic = Publication.objects.filter(reviewed="demonstration")
    asked = Publication.objects.order_by("-number").values_list("sha256", Exists(automatic))[:1]
    return asked.query.sql_with_params()


def any_automatic(request: HttpRequest) -> bool:
    """Whether anything public was approved without a person: a page that shows such rows says so."""
    return published_state(request)[1]


def kept(view: View) -> View:
    """Make a page once a publication; only what was found, and only for GET."""

    @wraps(view)
    def answered(request: HttpRequest, **place: Any) -> HttpResponse:
        address = request.get_full_path()
        head = published_state(request)[0]
        if request.method != "GET" or not head or len(address) > LONGEST:
            return view(request, **place)
        key = f"{head} {address}"
        if found := pages.kept(key):
            return HttpResponse(found[1], headers=found[0])
        response = view(request, **place)
        if response.status_code == 200:
            pages.keep(key, (dict(response.headers), response.content))
        return response

    return answered
