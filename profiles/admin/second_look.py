"""Claims that changed over passages that stayed: the passage beside the new sentence, and whether it supports it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from profiles.admin.labels import labels_of
from profiles.admin.passages import Shown, beside
from profiles.editorial.asking import last_looked_at
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.second_look import still_supports
from profiles.models import Claim, SecondLook
from profiles.models.editions import read_documents
from profiles.values import documents as docs
from profiles.values.diff import Change, changes

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A claim to look at: what it says now, what changed since its passages were looked at, and these."""

    claim: docs.Claim
    digest: str
    subject: str
    changes: list[Change]
    passages: list[Shown]


def second_look(request: HttpRequest) -> HttpResponse:
    """All that wait, the oldest first; one of them first where the address names it."""
    if not request.user.has_perm("profiles.change_claim"):
        raise PermissionDenied
    if request.method == "POST":
        return _supported(request)
    waiting = SecondLook.objects.waiting().order_by("at", "pk")
    total = waiting.count()
    uids = list(waiting.values_list("claim", flat=True)[:SHOWN])
    first = request.GET.get("claim", "")
    if first and waiting.filter(claim=first).exists():
        uids = [first, *(uid for uid in uids if uid != first)][:SHOWN]
    context = {
        **admin.site.each_context(request),
        "title": "Changed claims: do their passages still support them?",
        "items": _items(uids),
        "total": total,
        "media": forms.Media(css={"all": ("css/admin-desk.css", "css/admin-evidence.css")}),
    }
    return TemplateResponse(request, "admin/desk/second_look.html", context)


def _supported(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    back = reverse("admin:second_look")
    try:
        looked = still_supports({request.POST.get("uid", ""): request.POST.get("digest", "")}, by=user)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    messages.success(request, f"{looked[0].claim}: kept that its passages support it as it is worded now.")
    left = SecondLook.objects.waiting().exists()
    return HttpResponseRedirect(back if left else reverse("admin:index"))


def _items(uids: list[str]) -> list[Item]:
    now = {uid: one for uid, one in read_rows(uids).items() if isinstance(one, docs.Claim)}
    before = read_documents(last_looked_at(uids))
    shown = beside(citation for claim in now.values() for citation in claim.citations)
    labels = labels_of([*now.values(), *before.values()])
    subjects = dict(Claim.objects.filter(pk__in=uids).values_list("pk", "subject__label"))
    return [
        Item(
            now[uid],
            docs.digest(now[uid]),
            subjects.get(uid, ""),
            changes(before.get(uid), now[uid], labels) if uid in before else [],
            [shown[citation.uid] for citation in now[uid].citations],
        )
        for uid in uids
        if uid in now
    ]
