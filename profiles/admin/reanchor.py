"""One screen for a later version of a source: pin again in bulk what is the same, decide the rest one by one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from profiles.admin.passages import pin_quote, texts_of
from profiles.editorial.edit import Refused
from profiles.editorial.reanchor import reanchor_source
from profiles.editorial.repin import keep, repin, retract_claims
from profiles.models import Capture, Citation, Claim, Reanchoring, SourceVersion
from profiles.values import anchors
from profiles.values.diff import Piece, pieces

LINES = 100  # of those that are the same, on one page
CARDS = 20  # of those to decide one by one
STATE_LABELS = {"same": "same place", "moved": "moved", "changed": "changed", "gone": "gone"}

Quoted = tuple[str, str, str]  # what stands before the words, the words, what stands after


@dataclass(frozen=True, slots=True)
class Card:
    """One citation to decide on, as the page shows it; what is not at hand is None."""

    row: Reanchoring
    claim: Claim
    was: Quoted | None
    now: Quoted | None
    pieces: tuple[Piece, ...]

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        return STATE_LABELS[self.row.state]

    @property
    def has_same_words(self) -> bool:
        """Whether the pinned words stand there still, within another sentence."""
        return bool(self.was and self.now and self.was[1] == self.now[1] and self.row.start is not None)


def reanchoring(request: HttpRequest, version: str) -> HttpResponse:
    """What waits of the citations that this version may take over."""
    if not request.user.has_perm("profiles.change_claim"):
        raise PermissionDenied
    row = get_object_or_404(SourceVersion.objects.select_related("source"), pk=version)
    if request.method == "POST":
        return _decided(request, row)
    cited = Citation.objects.filter(pk=OuterRef("citation"))
    waiting = Reanchoring.objects.waiting().filter(version=version).order_by("pk")
    of_sure = list(waiting.filter(sure=True).values_list("pk", flat=True))
    waiting = waiting.annotate(at_start=Subquery(cited.values("start")), at_end=Subquery(cited.values("end")))
    doubtful = waiting.filter(sure=False)
    shown, total, sure = list(doubtful[:CARDS]), doubtful.count(), list(waiting.filter(sure=True)[:LINES])
    texts = texts_of({version, *(one.pinned for one in (*shown, *sure))})
    claims = Claim.objects.select_related("subject").in_bulk({one.claim for one in (*shown, *sure)})
    context = {
        **admin.site.each_context(request),
        "title": f"Passages of {row.source} in {row.pk}",
        "version": row,
        "sure": [_card(one, claims[one.claim], texts) for one in sure],
        "sure_total": len(of_sure),
        "sure_last": of_sure[-1] if of_sure else 0,
        "cards": [_card(one, claims[one.claim], texts) for one in shown],
        "total": total,
        "media": forms.Media(css={"all": ("css/admin-desk.css", "css/admin-evidence.css")}),
    }
    return TemplateResponse(request, "admin/desk/reanchor.html", context)


def _decided(request: HttpRequest, version: SourceVersion) -> HttpResponse:
    """Do what was pressed, say what came of it, and show what is left."""
    back = reverse("admin:reanchor", args=[version.pk])
    if request.POST.get("act") == "look":
        return _looked(request, version)
    try:
        told = _act(request, version, request.POST.get("act", ""), request.POST.get("note", ""))
    except (Refused, anchors.AnchorError) as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}")
        row = request.POST.get("row", "")
        return HttpResponseRedirect(f"{back}#row-{row}" if row.isdecimal() else back)
    messages.success(request, told)
    if not Reanchoring.objects.waiting().filter(version=version.pk).exists():
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(f"{back}#decide" if request.POST.get("row") else back)


def _looked(request: HttpRequest, version: SourceVersion) -> HttpResponse:
    """Look for what was pinned in an older version after the later one came; what was asked is not asked again."""
    found = reanchor_source(version.source_id)
    if not found:
        messages.info(request, "No passage waits to be looked for: each was, or is kept, in the newest text at hand.")
        return HttpResponseRedirect(reverse("admin:profiles_source_change", args=[version.source_id]))
    newest = Reanchoring.objects.filter(version__startswith=f"{version.source_id}-v").latest("pk").version
    messages.success(request, f"{_count(found, 'passage')} looked for in {newest}.")
    return HttpResponseRedirect(reverse("admin:reanchor", args=[newest]))


def _act(request: HttpRequest, version: SourceVersion, act: str, note: str) -> str:
    by: Any = request.user
    rows = _rows(request, version, act)
    if act in ("repin", "repin_ticked", "repin_all"):
        outcome = repin(rows, by=by, note=note)
        return f"{_count(len(rows), 'citation')} pinned again in {version.pk}: {_count(len(outcome.changed), 'draft')}."
    if act in ("keep", "keep_ticked"):
        keep(rows, by=by, note=note)
        return f"{_count(len(rows), 'citation')} kept where it is, with your note."
    if act == "words":
        text = get_object_or_404(Capture, pk=version.pk).text
        quote, nth = request.POST.get("quote", ""), request.POST.get("nth", "")
        passage = pin_quote(text, quote, int(nth) if nth.isdecimal() else None)
        repin(rows, by=by, chosen=dict.fromkeys(rows, passage), note=note)
        return f"Pinned to “{text[passage.start : passage.end]}”. Does the claim still say what these words say?"
    if act == "retract":
        here = Reanchoring.objects.filter(pk__in=rows)
        retract_claims(rows, by=by, note=note)
        claims = sorted(set(here.values_list("claim", flat=True)))
        return format_html(
            'Retracted in the draft: {}. <a href="{}?{}">Put it up for review</a>: until then it stands for readers.',
            ", ".join(claims),
            reverse("admin:profiles_review_add"),
            urlencode({"uid": claims}, doseq=True),
        )
    raise Refused("Press one of the buttons.")


def _rows(request: HttpRequest, version: SourceVersion, act: str) -> list[int]:
    """The rows of this version that a button is about; all that are sure, where they are as many as were shown."""
    given = {int(pk) for pk in request.POST.getlist("row") if pk.isascii() and pk.isdecimal() and len(pk) < 18}
    here = Reanchoring.objects.filter(version=version.pk)
    if act != "repin_all":
        return list(here.filter(pk__in=given).values_list("pk", flat=True))
    last, count = request.POST.get("last", ""), request.POST.get("count", "")
    sure = here.waiting().filter(sure=True, pk__lte=int(last) if last.isdecimal() else 0)
    found = list(sure.values_list("pk", flat=True))
    if str(len(found)) != count:
        raise Refused("Somebody has decided on some of these meanwhile. Look again.")
    return found


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _card(row: Any, claim: Claim, texts: dict[str, str]) -> Card:
    old, new = texts.get(row.pinned), texts.get(row.version, "")
    cited = row.evidence
    was = now = None
    if old is not None and cited["was"]:
        was = _quoted(old, cited["was"], (row.at_start, row.at_end))
    if row.start is not None:
        now = _quoted(new, cited["sentence"] or (row.start, row.end), (row.start, row.end))
    elif cited["sentence"]:
        first, last = cited["sentence"]
        now = (new[first:last], "", "")
    told = pieces("".join(was), "".join(now)) if was and now else ()
    return Card(row, claim, was, now, told)


def _quoted(text: str, around: Any, words: tuple[int, int]) -> Quoted:
    first, last = min(around[0], words[0]), max(around[1], words[1])
    return text[first : words[0]], text[words[0] : words[1]], text[words[1] : last]
