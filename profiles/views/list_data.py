"""A list to take away, as its page shows it now."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from profiles.reading.list_data import NotAList, at_one_head

NAMES = ("groups", "people", "events", "claims", "designations", "sources")
FORMS = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json"}


@require_safe
def list_data(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """All rows of a list under its filters; 400 in words where it says what cannot be read."""
    sending = at_one_head(name, form, request.GET)
    try:
        head = next(sending).decode()
    except NotAList as refused:
        return HttpResponse(f"{refused}\n", status=400, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(sending, content_type=FORMS[form])
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'{"attachment" if form == "csv" else "inline"}; filename="{name}.{form}"'
    response["X-Chain-Head"] = head
    response["X-Robots-Tag"] = "noindex"
    if request.method == "HEAD":
        sending.close()  # type: ignore[attr-defined]
    return response
