"""The health of the evidence: a table with a picture, per profile and per source; each number leads to its claims."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from profiles.editorial.health import MEASURES, PARTS, Founded, Health, health
from profiles.models import Claim, Profile, Source

ROWS = 50
CLAIMS = 200
BY: dict[str, tuple[Any, str, str]] = {
    "profile": (Profile, "label", "Profiles"),
    "source": (Source, "title", "Sources"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: how many claims each measure is true of, and where these are; the parts of its picture."""

    label: str
    href: str
    numbers: list[tuple[int, str]]
    parts: list[tuple[str, str, int, int, int]]  # name, words, number, where it begins, how wide: of 1000
    checked: datetime | None


def evidence(request: HttpRequest) -> HttpResponse:
    """The table, a page at a time, with a last row for all."""
    _may(request)
    by = request.GET.get("by", "profile")
    if by not in BY:
        raise Http404(f"no table by {by}")
    table, column, _ = BY[by]
    found = health()
    groups = found.by_profile() if by == "profile" else found.by_source()
    labels = dict(table.objects.order_by().values_list("pk", column))
    order = sorted(groups, key=lambda uid: (labels.get(uid, uid).casefold(), uid))
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 6 and int(page) else 1
    shown = order[(number - 1) * ROWS : number * ROWS]
    lines = [_line(labels.get(uid, uid), by, uid, groups[uid], found) for uid in shown]
    context = {
        **admin.site.each_context(request),
        "title": "Health of the evidence",
        "tabs": [(name, told, name == by) for name, (_, _, told) in BY.items()],
        "by": by,
        "measures": [told for told, _ in MEASURES.values()],
        "parts": [(name, told) for name, (told, _) in PARTS.items()],
        "lines": lines,
        "all": _line("All", by, "", found.claims, found),
        "earlier": number - 1,
        "later": number + 1 if number * ROWS < len(order) else 0,
        "media": forms.Media(css={"all": ("css/admin-desk.css", "css/admin-evidence.css")}),
    }
    return TemplateResponse(request, "admin/desk/health.html", context)


def claims_behind(request: HttpRequest) -> HttpResponse:
    """The claims that a number counts, or with `not` the rest of them."""
    _may(request)
    measure, lacking = request.GET.get("has", "claims"), bool(request.GET.get("not"))
    if measure not in MEASURES:
        raise Http404(f"nothing is counted as {measure}")
    claims, of = Claim.objects.all(), "all"
    if profile := request.GET.get("profile", ""):
        claims, of = claims.filter(subject=profile), profile
    if source := request.GET.get("source", ""):
        cited = Claim.objects.filter(citations__version__source=source, citations__bearing="supports")
        claims, of = claims.filter(pk__in=cited.values("pk")), source
    told, holds = MEASURES[measure]
    among = health(claims).claims
    if measure == "primary":
        among = [one for one in among if one.listing]
    found = [one for one in among if holds(one) is not lacking]
    kept = {name: value for name, value in request.GET.items() if name in ("has", "profile", "source")}
    other = urlencode(kept if lacking else {**kept, "not": "1"})
    context = {
        **admin.site.each_context(request),
        "title": f"{told}, {of}" if not lacking else f"Not so: {told[:1].lower()}{told[1:]}, {of}",
        "claims": found[:CLAIMS],
        "total": len(found),
        "others": len(among) - len(found),
        "other_href": f"?{other}",
        "by": "source" if source else "profile",
        "media": forms.Media(css={"all": ("css/admin-desk.css", "css/admin-evidence.css")}),
    }
    return TemplateResponse(request, "admin/desk/health_claims.html", context)


def _may(request: HttpRequest) -> None:
    if not request.user.has_perm("profiles.view_claim"):
        raise PermissionDenied


def _line(label: str, by: str, uid: str, claims: list[Founded], found: Health) -> Line:
    address = reverse("admin:evidence_claims")
    of = {by: uid} if uid else {}
    numbers = [
        (sum(map(holds, claims)), f"{address}?{urlencode({**of, 'has': name})}")
        for name, (_, holds) in MEASURES.items()
    ]
    parts, begun = [], 0
    for name, (told, holds) in PARTS.items():
        number = sum(map(holds, claims))
        upto = round(1000 * (sum(part[2] for part in parts) + number) / len(claims)) if claims else 0
        parts.append((name, told, number, begun, upto - begun))
        begun = upto
    href = reverse(f"admin:profiles_{by}_change", args=[uid]) if uid else ""
    return Line(label, href, numbers, parts, found.oldest_check(claims))
