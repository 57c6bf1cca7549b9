"""One claim, for readers and for machines; and all claims, filtered."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.editions import Publication
from profiles.reading.claim_choices import offered
from profiles.reading.claim_list import ClaimFilter, chosen, found_in_words
from profiles.reading.claim_page import claim_page, current_document, was_deleted
from profiles.reading.corrections import corrections_of_claim
from profiles.reading.corrections_json import correction_facts
from profiles.reading.orders import words_of
from profiles.reading.paging import page, whole, without
from profiles.reading.sources import links_to
from profiles.reading.told import told_in_arabic
from profiles.values.release import REVIEWED
from profiles.values.speech import say

from .kept import any_automatic
from .render import render


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """All public claims by uid, narrowed as the query string says; an unknown word finds nothing."""
    narrowed = ClaimFilter(request.GET)
    if not narrowed.form.is_valid():
        errors = [
            f"{say(str(narrowed.form.fields[name].label))}: {message}"
            for name, messages in narrowed.form.errors.items()
            for message in messages
        ]
        context: dict[str, Any] = {
            "page": None,
            "found": found_in_words(0, False, True),
            "chosen": [],
            "question": None,
            "subjects": {},
            "arabic": {},
            "orders": words_of("claims"),
            "filter": narrowed,
            "counts": {},
            "offered": offered(),
            "errors": errors,
            "narrowed": True,
            "automatic": False,
        }
        return render(request, "claims.html", context, status=400)
    found = narrowed.qs
    shown = (
        page(found, "uid", request.GET, falling=True, first="start_earliest")
        if narrowed.by_date
        else page(found, "uid", request.GET)
    )
    count, more = narrowed.count()
    counts = narrowed.counts()
    is_narrowed = any(request.GET.get(name) for name in narrowed.filters if name != "order")
    context = {
        "page": shown,
        "query": whole(request.GET),
        "found": found_in_words(count, more, is_narrowed),
        "chosen": [(label, value, without(request.GET, name)) for name, label, value in chosen(narrowed)],
        "question": narrowed.question,
        "subjects": links_to(row.subject for row in shown.rows),
        "arabic": told_in_arabic(shown.rows),
        "filter": narrowed,
        "counts": counts,
        "offered": offered(counts.get("aspect"), narrowed.asked.get("aspect", "")),
        "errors": [],
        "automatic": any_automatic(request),
        "orders": words_of("claims"),
        "narrowed": is_narrowed,
    }
    return render(request, "claims.html", context)


@require_safe
def claim(request: HttpRequest, uid: str) -> HttpResponse:
    """The page of a claim; 410 where its words are public no more."""
    found = claim_page(uid)
    if found is None:
        raise Http404(f"no claim {uid}")
    return render(request, "claim.html", {"page": found}, status=200 if found.claim else 410)


@require_safe
def claim_json(request: HttpRequest, uid: str) -> HttpResponse:
    """The exact document of a claim, with its digest: the SHA-256 of the bytes of `document` as they stand.

    With it what was put right of it, as the ledger tells it: a claim that is public no more says why.
    """
    rows, text = current_document(uid)
    if not rows and not was_deleted(uid):
        raise Http404(f"no claim {uid}")
    now = next((row for row in rows if row.to_publication is None), None)
    made = Publication.objects.filter(pk=now.from_publication).first() if now else None
    facts = {
        "uid": uid,
        "sha256": now.sha256 if now else None,
        "publication": now.from_publication if now else None,
        "review": made.reviewed if made else None,
        "note": REVIEWED[made.reviewed] if made else None,
        "corrections": [correction_facts(one) for one in corrections_of_claim(uid, rows)],
        "document": msgspec.Raw(text.encode()) if text else None,
    }
    body = msgspec.json.encode(facts) + b"\n"
    return HttpResponse(body, content_type="application/json", status=200 if text else 410)
