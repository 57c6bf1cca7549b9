"""Take down on the screen: retract a claim, withdraw a profile, redact words. One person's act, at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from profiles.admin.form import tidy
from profiles.admin.history import address
from profiles.admin.labels import labels
from profiles.editorial.accounts import has_right
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.take_down import redact, repeating, retract, to_redact, withdraw
from profiles.models.editions import newest_editions, published_digests, read_documents, read_published
from profiles.reading.pages import project
from profiles.values import documents as docs
from profiles.values.deeds import title_of

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Going:
    """What leaves, or loses its words: one document, or one state of it."""

    uid: str
    title: str
    where: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the page that asks says of an act."""

    name: str
    does: str
    button: str
    run: object
    models: tuple[str, ...]


ACTS = {
    "retract": Act(
        "Retract",
        "The claim stays on its page, struck out, with this reason. Say so where it was wrong to have printed it.",
        "Retract it now", retract, ("claim",),
    ),
    "withdraw": Act(
        "Withdraw",
        "The profile’s page answers “gone” with this reason, and all that touches the profile leaves the public, on "
        "the pages of others too. The drafts stay.",
        "Withdraw it now", withdraw, ("profile",),
    ),
    "take-away": Act(
        "Take away",
        "The picture leaves every page and every edition, and its files are deleted. Only its words stay, in the "
        "history. To show it again it must be uploaded and reviewed again.",
        "Take it away now", retract, ("picture",),
    ),
    "redact": Act(
        "Redact",
        "The words are deleted everywhere, for good: in drafts, history, reviews, every edition and every page. Only "
        "digests stay. Nobody can bring them back.",
        "Delete the words for good", redact, ("claim", "silence", "picture"),
    ),
}  # fmt: skip


class TakeDownScreens:
    """The address under publications where something is taken down."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_down)
        return [
            path("take-down/<str:act>/<str:uid>/", view, name="profiles_publication_take_down"),
            *super().get_urls(),
        ]

    def take_down(self, request, act, uid):
        chosen = ACTS.get(act)
        if chosen is None or docs.model_of(uid) not in chosen.models:
            raise Http404(f"{act} {uid}")
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if not has_right(request.user, "take_down") or not self.has_view_permission(request):
            raise PermissionDenied
        going, why_not = _going(act, uid)
        shown = docs.sha256(docs.canonical({"going": [[one.uid, one.sha256] for one in going]}))
        reason, reasons, status = tidy(request.POST.get("reason", "")), list(why_not), 409 if why_not else 200
        if request.method == "POST" and not why_not:
            reasons, status = self._wrong(request, act, uid, reason, shown)
            if not reasons:
                try:
                    made = chosen.run(uid, by=request.user, reason=reason, project=project)
                except Refused as error:
                    reasons, status = error.reasons, 409
                else:
                    messages.success(request, f"Done, and public: publication {made.number}.")
                    return HttpResponseRedirect(reverse("admin:profiles_publication_change", args=[made.number]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{chosen.name} {uid}",
            "opts": self.opts,
            "act": chosen,
            "verb": act,
            "uid": uid,
            "going": going[:SHOWN],
            "number": len(going),
            "more": max(0, len(going) - SHOWN),
            "shown": shown,
            "reason": reason,
            "reasons": reasons,
            "possible": not why_not,
            "repeated": repeating(uid) if act == "redact" else [],
            "back": address(uid) or reverse("admin:profiles_publication_changelist"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/take_down.html", context, status=status)

    def _wrong(self, request, act, uid, reason, shown):
        if not reason:
            return ["Give the reason: it is printed."], 200
        if act == "redact" and request.POST.get("confirm", "").strip() != uid:
            return [f"Type {uid} to say that you mean it: nobody can bring the words back."], 200
        if request.POST.get("shown", "") != shown:
            return ["This has changed meanwhile. Look again at what will go."], 409
        return [], 200


def _going(act, uid):
    """(what leaves, why it cannot)."""
    if act == "redact":
        return _states(uid)
    current = read_published([uid]).get(uid)
    if act == "retract":
        if not isinstance(current, docs.Claim):
            return [], [f"{uid} is not public: there is nothing to retract."]
        if current.standing == "retracted":
            return [], [f"{uid} is retracted already."]
        names = labels(filter(None, (current.subject, current.about)))
        return [Going(uid, title_of(current), ", ".join(names.values()), docs.digest(current))], []
    if act == "take-away":
        if not isinstance(current, docs.Picture):
            return [], [f"{uid} is not public: there is nothing to take away."]
        return [Going(uid, title_of(current), labels([current.subject])[current.subject], docs.digest(current))], []
    if current is None:
        return [], [f"{uid} is not public: there is nothing to withdraw."]
    digests = published_digests({uid, *newest_editions([uid])[uid].contents()[1]})
    found = read_documents(digests)
    names = labels({other for one in found.values() for other in docs.touched(one)} - {uid})
    return [
        Going(
            one, title_of(found[one]), ", ".join(names[x] for x in docs.touched(found[one]) if x in names), digests[one]
        )
        for one in sorted(digests, key=lambda one: (one != uid, one))
        if one in found
    ], []


def _states(uid):
    """Every stored state of what a redaction deletes, by digest."""
    uids, digests = to_redact(uid)
    if not digests:
        return [], [f"There is nothing of {uid} to redact."]
    public, drafts = published_digests(uids), {one: docs.digest(d) for one, d in read_rows(uids).items()}
    found = read_documents({sha: sha for sha in digests})
    return [
        Going(
            document.uid,
            title_of(document),
            "public now" if public.get(document.uid) == sha
            else "the draft" if drafts.get(document.uid) == sha else "an older state",
            sha,
        )
        for sha, document in sorted(found.items(), key=lambda pair: (pair[1].uid, pair[0]))
    ], []  # fmt: skip
