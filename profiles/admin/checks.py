"""What would stop a draft, shown to its editor before review, with the one-act mend where there is one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from profiles.editorial.edit import Refused
from profiles.editorial.link_conflict import link_conflict
from profiles.editorial.preview import preview, to_link
from profiles.models import Claim, Decision
from profiles.values import documents as docs


class ChecksScreen:
    """A claim's page with what would stop it, and the act that links it to another as a conflict."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        # One address for all kinds: the kinds' own screens lead there.
        own = [path("<path:uid>/link-conflict/", wrap(self.link_conflict), name="profiles_claim_link_conflict")]
        return [*(own if self.model is Claim else []), *super().get_urls()]

    def link_conflict(self, request, uid):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(Claim, pk=uid)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        other = request.POST.get("other", "")
        try:
            link_conflict(uid, other, by=request.user, reason=request.POST.get("reason", "").strip())
        except Refused as error:
            messages.error(request, " ".join(error.reasons))
        else:
            told = f"{uid} and {other} are linked: each says that the other disagrees, and both are published together."
            messages.success(request, told)
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(back if safe else reverse("admin:profiles_claim_change", args=[uid]))


def checks_of_claim(document, published=""):
    """What the box on a claim's page says; `published` is the digest of what is public."""
    if document.standing == "retracted":
        return None
    found, sha256 = preview({document.uid: document}), docs.digest(document)
    return {
        "stops": [_told(stop) for stop in found.stops],
        "cautions": [_sentence(one) for one in found.cautions],
        "refused": None if sha256 == published else refused(document.uid, sha256),
    }


def refused(uid, sha256):
    """What a reviewer said against the very words that the draft still has; None where the last word is not that."""
    said = Decision.objects.filter(uid=uid, sha256=sha256).select_related("by").order_by("-pk").first()
    return said if said and said.verdict == "does_not" else None


def checks_of_profile(header, documents):
    """What the box on a profile's page says: its claims that exclude each other."""
    return {"stops": [_told(stop) for stop in to_link(header, documents)]}


def _told(stop):
    return {"uid": stop.uid, "told": _sentence(stop), "other": stop.other if stop.is_linkable else ""}


def _sentence(one):
    first = one.message.split(" ", 1)[0]
    # A uid stays as it is.
    return one.message if "-" in first else f"{one.message[:1].upper()}{one.message[1:]}"
