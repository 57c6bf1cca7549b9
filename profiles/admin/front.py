"""The desk's front page: what waits for whoever has signed in, as queues; each has a page of its own for all of it."""

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
from django.utils import timezone
from django.utils.text import Truncator

from profiles.admin.review_action import may_open
from profiles.editorial.drift import check_drift
from profiles.editorial.queues import Queue, Row, queue_for, queues_for
from profiles.models.drafts import named

SHOWN = 5  # rows of a queue on the front page
PAGE = 100  # rows of a queue on its own page


@dataclass(frozen=True, slots=True)
class Told:
    """A queue in words: what it is, how it empties, what its emptiness means, and the list that has it too."""

    title: str
    how: str
    empty: str
    since: str = "waits for"
    list: tuple[str, str] = ("", "")
    look: str = ""
    put_up: bool = False


TOLD = {
    "objections": Told(
        "Objections and replies of readers",
        "Look at the claim, mend it if it is wrong, write back, and close the report.",
        "Nobody objects.",
        "due",
        ("profiles_report_changelist", "state__exact=open&kind__exact=objection"),
    ),
    "corrections": Told(
        "Errors that readers report",
        "Look at the claim, mend it if it is wrong, and close the report.",
        "Readers report no error.",
        list=("profiles_report_changelist", "state__exact=open&kind__exact=correction"),
    ),
    "failed": Told(
        "Reviews that were not published at their time",
        "Open the review: it says what stopped it. Mend that and put it up again, or let it be decided anew. "
        "Where only its time went by, ask whoever runs the site whether the worker runs.",
        "Every review with a set time was published then.",
    ),
    "reviews": Told(
        "Reviews for you to decide",
        "Open the review, look at each change with its passage, and approve it or send it back.",
        "No review waits for you; what you wrote or opened yourself waits for somebody else.",
        list=("profiles_review_changelist", "state__exact=open"),
    ),
    "sent_back": Told(
        "Your reviews that were sent back",
        "Read why, mend the claims, and put them up again. What you will not mend you can set aside.",
        "Nothing of yours was sent back.",
        "sent back",
        look="Set aside",
    ),
    "own_drafts": Told(
        "Your drafts",
        "Finish them. Then they are put up for review, and a second person decides.",
        "You have no draft that is not under review. Write a claim on a profile's page, or stage a table of them.",
        "saved",
        put_up=True,
    ),
    "drafts": Told(
        "Drafts of others",
        "Look them over and put them up for review: who wrote them counts as their author, not you.",
        "Others have no drafts that are not under review.",
        "saved",
        put_up=True,
    ),
    "orphans": Told(
        "Changes without an author",
        "From a shell, a fixture or SQL. Whoever puts them up for review adopts them, and counts as their author.",
        "Every draft has an author.",
        "since",
        put_up=True,
    ),
    "uncited": Told(
        "Claims without evidence",
        "Cite a passage that supports the claim; without one it cannot be published.",
        "Every claim cites a passage.",
        "saved",
        ("profiles_claim_changelist", "evidence=uncited"),
    ),
    "reanchored": Told(
        "Sources with a later version",
        "Pin again what is the same there, and decide on what changed or is gone.",
        "Every cited passage was looked for in the newest version of its source.",
        "retrieved",
    ),
    "second_look": Told(
        "Claims that changed over the same passages",
        "Does the passage still support the sentence? Say so, or cite anew.",
        "Every changed claim was looked at beside its passages.",
        "changed",
    ),
    "not_at_hand": Told(
        "Sources whose text is not at hand",
        "Attach the text that has the version's digest: the passages of all its claims can then be seen and checked.",
        "Every cited text is at hand.",
        "retrieved",
        ("profiles_claim_changelist", "evidence=not_at_hand"),
    ),
    "stale_allegations": Told(
        "Allegations about living people, not looked at for a year",
        "Does it stand as worded? Was there an answer, a ruling? Change it, or say that there is nothing to change.",
        "Each was looked at within the last year.",
        "looked at",
        look="Nothing to change",
    ),
    "stale_profiles": Told(
        "Profiles not looked at for a year",
        "Look the profile over for what is new or no longer so. Change it, or say that there is nothing to change.",
        "Each was looked at within the last year.",
        "looked at",
        look="Nothing to change",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a queue as the page shows it."""

    row: Row
    href: str
    title: str
    note: str
    when: datetime | None
    date: Any
    late: bool
    look: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A queue as the page shows it."""

    name: str
    told: Told
    total: int
    lines: list[Line]
    list_href: str
    first: int = 0

    @property
    def more(self) -> bool:
        """Whether there are rows that are not shown."""
        return self.total > len(self.lines)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the front page shows: queues with something in them first, then those that are empty."""
    found = [_shown(queue, request) for queue in queues_for(request.user, SHOWN)]
    return {
        "queues": [queue for queue in found if queue.total],
        "clear": [queue for queue in found if not queue.total],
        "may_open": may_open(request.user),
        "has_role": request.user.is_superuser or bool(request.user.get_all_permissions()),
        "subtitle": None,
    }


def waiting(request: HttpRequest, name: str) -> HttpResponse:
    """One queue whole, a page at a time."""
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and 0 < int(page[:6]) < 10_000 and len(page) < 6 else 1
    first = (number - 1) * PAGE
    queue = queue_for(request.user, name, first, first + PAGE)
    if queue is None:
        if name in TOLD:
            raise PermissionDenied
        raise Http404(f"no queue {name}")
    shown = _shown(queue, request, first)
    told = {
        **admin.site.each_context(request),
        "title": shown.told.title,
        "queue": shown,
        "page": number,
        "earlier": number - 1,
        "later": number + 1 if first + len(queue.rows) < queue.total else 0,
        "last": first + len(queue.rows),
        "may_put_up": shown.told.put_up and may_open(request.user),
        "media": forms.Media(css={"all": ("css/admin-desk.css",)}),
    }
    return TemplateResponse(request, "admin/desk/waiting.html", told)


def outside(request: HttpRequest) -> HttpResponse:
    """Rows that spell another document than their last known way in left: found by reckoning all digests anew."""
    if not may_open(request.user):
        raise PermissionDenied
    asked = request.method == "POST"
    drift = check_drift() if asked else None
    found = named(drift.unnoted[:PAGE]) if drift else []
    told = {
        **admin.site.each_context(request),
        "title": "Rows changed outside the desk",
        "asked": asked,
        "rows": drift.rows if drift else 0,
        "total": len(drift.unnoted) if drift else 0,
        "found": [(uid, _href(model, uid), title) for uid, model, title in found],
        "media": forms.Media(css={"all": ("css/admin-desk.css",)}),
    }
    return TemplateResponse(request, "admin/desk/outside.html", told)


def _shown(queue: Queue, request: HttpRequest, first: int = 0) -> Shown:
    told = TOLD[queue.name]
    name, query = told.list
    href = f"{reverse(f'admin:{name}')}?{query}" if name else ""
    today = timezone.now().date()
    return Shown(queue.name, told, queue.total, [_line(row, told, today) for row in queue.rows], href, first)


def _line(row: Row, told: Told, today: Any) -> Line:
    when = row.at if isinstance(row.at, datetime) else None
    day = row.at if when is None else None
    look = f"review:{row.uid}" if row.model == "review" else row.uid
    return Line(
        row=row,
        href=_href(row.model, row.uid),
        title=Truncator(row.title).chars(160),
        note=Truncator(row.note).chars(100),
        when=when,
        date=day,
        late=told.since == "due" and day is not None and day < today,
        look=look if told.look else "",
    )


def _href(model: str, uid: str) -> str:
    if model == "reanchoring":
        return reverse("admin:reanchor", args=[uid])
    if model == "secondlook":
        return f"{reverse('admin:second_look')}?{urlencode({'claim': uid})}"
    return reverse(f"admin:profiles_{model}_change", args=[uid])
