"""Is the site up, and as it should be? For a monitor."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from profiles.checks import lacking


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" if the database answers, is migrated and has its guards; else 503 and what is missing."""
    try:
        problem = lacking(connection)
    except DatabaseError:
        problem = "the database does not answer"
    if problem:
        response = HttpResponse(f"{problem}\n", status=503, content_type="text/plain")
        # Here, not by Django when the request is over: the line and the mail have its id, and say what is wrong.
        log_response("Not well: %s", problem, response=response, request=request)
        return response
    return HttpResponse("ok\n", content_type="text/plain")
