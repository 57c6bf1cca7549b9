"""Report an error in a claim, object to it, or reply: no account, no cookie, nothing kept of who writes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from profiles.editorial.reports import Message, TooMany, receive
from profiles.reading import addresses
from profiles.reading.claim_page import current_document, was_deleted
from profiles.values import documents as docs
from profiles.values.speech import say_number

from .render import render
from .report_form import ReportForm


# There is no cookie that another site could ride on; the form's token is signed instead (`report_form`).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: str) -> HttpResponse:
    """The form, and what it sends: kept for the desk, then the page that says so; all errors beside what was typed."""
    claim, sha256 = _public(uid)
    if claim is None:
        return render(request, "report_gone.html", {"uid": uid}, status=410)
    if request.method != "POST":
        kind = "objection" if request.GET.get("kind") == "objection" else "correction"
        return _page(request, claim, ReportForm(claim=uid, initial={"kind": kind}))
    form = ReportForm(request.POST, claim=uid)
    if not form.is_valid():
        return _page(request, claim, form, 400)
    typed = form.cleaned_data
    message = Message(
        kind=typed["kind"],
        text=typed["text"],
        once=typed["token"],
        evidence=typed["evidence"],
        link=typed["link"],
        contact=typed["contact"],
    )
    try:
        receive(message, claim=uid, sha256=sha256)
    except TooMany as error:
        minutes = -(-error.seconds // 60)
        form.add_error(
            None,
            say_number(
                "%(error)s Yours is not sent. It is still here: send it again in %(count)s minute, or keep a copy.",
                "%(error)s Yours is not sent. It is still here: send it again in %(count)s minutes, or keep a copy.",
                minutes,
                error=error,
            ),
        )
        response = _page(request, claim, form, 429)
        response["Retry-After"] = str(error.seconds)
        return response
    response = HttpResponseRedirect(f"{addresses.claim(uid)}report/sent/")
    response.status_code = 303
    return response


@require_safe
def sent(request: HttpRequest, uid: str) -> HttpResponse:
    """What happens with a message that was sent."""
    claim, _ = _public(uid)
    context = {"uid": uid, "claim": claim, "days": settings.OBJECTION_DUE_DAYS}
    return render(request, "report_sent.html", context)


def _public(uid: str) -> tuple[docs.Claim | None, str]:
    """The claim as it is public now, with its digest; None where its words are public no more."""
    rows, text = current_document(uid)
    if not rows and not was_deleted(uid):
        raise Http404(f"no claim {uid}")
    now = next((row for row in rows if row.to_publication is None), None)
    claim = docs.parse(text) if now and text else None
    return (claim, now.sha256) if now and isinstance(claim, docs.Claim) else (None, "")


def _page(request: HttpRequest, claim: docs.Claim, form: ReportForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "claim": claim,
        "form": form,
        "token": form.next_token(),
        "days": settings.OBJECTION_DUE_DAYS,
    }
    return render(request, "report.html", context, status=status)
