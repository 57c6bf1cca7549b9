"""Undo on the screen: a revision, one document, a whole profile. Each asks first, shows what it will do, wants why."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from profiles.admin.form import tidy
from profiles.admin.history import address
from profiles.admin.labels import labels_of
from profiles.editorial.accounts import has_right
from profiles.editorial.edit import Refused
from profiles.editorial.revert import Undone, plan_put_back, plan_revert, plan_undo, put_back, revert_to, undo
from profiles.models import Profile, Revision, RevisionEntry
from profiles.values import documents as docs
from profiles.values.deeds import deed

SHOWN = 300  # lines; beyond them all go together, so that the form stays under Django's limit of fields


class RevertScreens:
    """The addresses under revisions where something is undone."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/undo/", wrap(self.undo), name="profiles_revision_undo"),
            path("<int:pk>/put-back/<str:uid>/", wrap(self.put_back), name="profiles_revision_put_back"),
            path("revert/<str:uid>/<str:sha>/", wrap(self.revert), name="profiles_revision_revert"),
            *super().get_urls(),
        ]

    def undo(self, request, pk):
        revision = get_object_or_404(Revision, pk=pk)
        chosen = request.POST.getlist("uid") if "chosen" in request.POST else None
        return self._ask(
            request,
            f"Undo revision {pk}",
            lambda: plan_undo(revision),
            lambda **how: undo(revision, only=chosen, **how),
            back=reverse("admin:profiles_revision_change", args=[pk]),
            choose=True,
            ticked=chosen,
        )

    def put_back(self, request, pk, uid):
        revision, profile = get_object_or_404(Revision, pk=pk), get_object_or_404(Profile, pk=uid)
        return self._ask(
            request,
            f"Put {profile} back to what it was after revision {pk}",
            lambda: plan_put_back(uid, revision),
            lambda **how: put_back(uid, revision, **how),
            back=reverse(f"admin:profiles_{profile.model}_history", args=[uid]),
        )

    def revert(self, request, uid, sha):
        known = RevisionEntry.objects.filter(uid=uid)
        if not known.exists():
            raise Http404(f"no document {uid}")
        return self._ask(
            request,
            f"Put {uid} back",
            lambda: plan_revert(uid, sha),
            lambda **how: Undone(revert_to(uid, sha, **how)),
            back=address(uid, "history") or reverse("admin:profiles_revision_changelist"),
        )

    def _ask(self, request, title, plan, act, *, back, choose=False, ticked=None):
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if not has_right(request.user, "change"):
            raise PermissionDenied
        reason, reasons, status = tidy(request.POST.get("reason", "")), [], 200
        if request.method == "POST" and not reason:
            reasons = ["Say why: the reason is kept in the history."]
        elif request.method == "POST" and choose and ticked == []:
            reasons = ["Nothing is ticked."]
        elif request.method == "POST":
            try:
                undone = act(by=request.user, reason=reason, shown=request.POST.get("shown", "") or "-")
            except Refused as error:
                reasons, status = error.reasons, 409
            else:
                return self._done(request, undone, back)
        try:
            made = plan()
        except Refused as error:
            made, reasons, status = None, error.reasons, 409
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "reasons": reasons,
            "reason": reason,
            "back": back,
            "media": self.media,
            **_told(made, choose, ticked),
        }
        return TemplateResponse(request, "admin/desk/undo.html", context, status=status)

    def _done(self, request, undone, back):
        for sentence in undone.left.values():
            messages.warning(request, f"Not undone: {sentence}")
        made = undone.outcome
        if made.revision is None:
            messages.info(request, "Nothing was changed.")
            return HttpResponseRedirect(back)
        number = len({*made.added, *made.changed, *made.removed})
        told = "1 document is" if number == 1 else f"{number} documents are"
        messages.success(request, f"{told} as before. It is a draft until a second person approves it.")
        return HttpResponseRedirect(reverse("admin:profiles_revision_change", args=[made.revision.pk]))


def _told(plan, choose, ticked):
    """What a plan will do, line by line."""
    if plan is None:
        return {"deeds": [], "shown": ""}
    uids, now, after = plan.uids, plan.now, plan.made
    digests = {
        uid: (docs.digest(now[uid]) if uid in now else "", docs.digest(after[uid]) if uid in after else "")
        for uid in uids[:SHOWN]
    }
    names = labels_of([*now.values(), *after.values()])
    return {
        "deeds": [
            deed(uid, was, becomes, now.get(uid), after.get(uid), names) for uid, (was, becomes) in digests.items()
        ],
        "number": len(uids),
        "more": len(uids) - len(digests),
        "left": sorted(plan.left.items()),
        "shown": plan.digest,
        "choose": choose and 1 < len(uids) <= SHOWN,
        "ticked": set(uids) if ticked is None else set(ticked),
    }
