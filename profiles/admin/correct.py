"""From the page of a claim straight to its review: save, and put it up as a correction with its public note."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from profiles.admin.form import tidy
from profiles.editorial.correct import KINDS, put_up_correction
from profiles.editorial.edit import Refused
from profiles.values.vocabulary import PUBLICATION_KIND

LONGEST = 5_000
CORRECTING = [(kind, PUBLICATION_KIND[kind]) for kind in KINDS]


def public_note(request):
    """The note that was typed, where the claim is to be put up as a correction."""
    return tidy(request.POST.get("correction_note", ""))[:LONGEST] if "_correct" in request.POST else ""


def correct(request, uid):
    """Open the review, and go there; where that is refused, back to the claim with the note."""
    note = public_note(request)
    try:
        review = put_up_correction(uid, by=request.user, note=note, kind=request.POST.get("correction_kind", ""))
    except Refused as error:
        for sentence in error.reasons:
            messages.error(request, f"Not put up: {sentence}")
        address = reverse("admin:profiles_claim_change", args=[uid])
        return HttpResponseRedirect(f"{address}?{urlencode({'correction_note': note})}#correct")
    messages.success(request, f"Review {review.pk} is open: a second person decides on it.")
    return HttpResponseRedirect(reverse("admin:profiles_review_change", args=[review.pk]))
