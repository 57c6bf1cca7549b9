"""The corrections ledger: what was put right or taken back, with old and new words, for readers and for machines."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.editions import PUT_RIGHT
from profiles.reading.corrections import ledger, links_to
from profiles.reading.corrections_json import ledger_json
from profiles.reading.pages import JSON
from profiles.values.speech import say
from profiles.values.vocabulary import PUBLICATION_KIND

from .kept import any_automatic
from .render import render


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """One page of the ledger, newest first, narrowed by kind and profile; an unknown kind is refused."""
    kind, profile = request.GET.get("kind", ""), request.GET.get("profile", "")[:64]
    known = not kind or kind in PUT_RIGHT
    found, page = ledger(request.GET) if known else ((), None)
    context = {
        "corrections": found,
        "page": page,
        "kinds": [(one, PUBLICATION_KIND.label(one)) for one in PUT_RIGHT],
        "kind": kind,
        "profile": profile,
        "place": links_to([profile]).get(profile) if profile else None,
        "error": "" if known else say("“%(kind)s” is no kind of correction. Choose one from the list.", kind=kind[:64]),
        "narrowed": bool(kind or profile),
        "automatic": any_automatic(request),
    }
    return render(request, "corrections.html", context, status=200 if known else 400)


@require_safe
def corrections_json(request: HttpRequest) -> HttpResponse:
    """The same page of the ledger as JSON."""
    kind = request.GET.get("kind", "")
    if kind and kind not in PUT_RIGHT:
        body = f'{{"error":"kind: one of {", ".join(PUT_RIGHT)}."}}\n'.encode()
        return HttpResponse(body, status=400, headers=JSON)
    return HttpResponse(ledger_json(*ledger(request.GET)), headers=JSON)
