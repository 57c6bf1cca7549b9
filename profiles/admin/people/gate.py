"""The gate of the desk: whatever lies under the admin is passed only with what one's role asks for.

A middleware and not a decorator, so that no screen, of ours or of Django, can be forgotten.
"""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.views.csrf import csrf_failure

from profiles.admin.people.kept import seal, send_again
from profiles.admin.people.sign_in import ask
from profiles.admin.people.steps import is_desk, next_step
from profiles.editorial.sign_ins import SEEN

# Screens on this side of the gate.
OUTSIDE = {
    "admin:login", "admin:logout", "admin:jsi18n", "people:sign_in", "people:code", "people:enrol", "people:qr",
}  # fmt: skip
# A session in use is renewed once in so many seconds.
RENEW = 60


class Gate:
    """Asks of every request to the desk: signed in, second factor shown. Then it renews the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_desk(request):
            # What an editor sees is for no cache.
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """What to answer instead of the desk's screen; nothing where the way is free."""
        if not is_desk(request) or request.resolver_match.view_name in OUTSIDE:
            return None
        if step := next_step(request):
            if request.method == "POST":
                return ask(request, step, kept=seal(request), status=403)
            return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
        _renew(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A NUL, which no keyboard makes, in a uid that was sent: PostgreSQL takes none, and nothing was written."""
        if not is_desk(request) or not isinstance(exception, DataError) or not _has_nul(request):
            return None
        told = "What was sent has a NUL in it, which no text may have. Nothing was saved: go back, and take it out."
        return HttpResponseBadRequest(told, content_type="text/plain; charset=utf-8")


def _has_nul(request: HttpRequest) -> bool:
    sent = (value for data in (request.GET, request.POST) for values in data.lists() for value in values[1])
    return "\0" in request.path or any("\0" in value for value in sent)


def _renew(request: HttpRequest) -> None:
    """Put off the end of a session that is in use."""
    now = int(time.time())
    if now - request.session.get(SEEN, 0) > RENEW:
        request.session[SEEN] = now


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is from before a sign-in elsewhere: shown again, if a page of this very site has sent it.

    The browser says so itself, in Origin; another site cannot. All else is refused as Django refuses it.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    own = (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
    if request.method == "POST" and own and is_desk(request) and request.resolver_match.view_name not in OUTSIDE:
        kept, step = seal(request), next_step(request)
        page = ask(request, step, kept=kept, status=403) if step else send_again(request, kept, status=403)
        if page:
            return page
    return csrf_failure(request, reason=reason)
