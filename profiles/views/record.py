"""A record to print: what a profile's page said on a date."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.published import Entry
from profiles.reading import addresses
from profiles.reading.pages import record_context
from profiles.reading.said import said
from profiles.values.speech import say

from .profiles import elsewhere
from .render import render


@require_safe
def record(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """The edition that was public at the end of the day `said`, whole; 404 and why where none was."""
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    if entry is None:
        return elsewhere(request, folder, slug, "record/")
    asked = request.GET.get("said", "").strip()[:32]
    day, problem = _day(asked)
    context = {"entry": entry, "path": addresses.place(entry.model, slug), "here": folder, "asked": asked}
    if day is None:
        shown = render(
            request, "record_none.html", {**context, "problem": problem, "said": None}, status=400 if problem else 200
        )
    else:
        found = said(entry.pk, day)
        if found.edition is None:
            shown = render(request, "record_none.html", {**context, "problem": "", "said": found}, status=404)
        else:
            shown = render(
                request, "record.html", {**context, **record_context(found.edition, entry.edition), "said": found}
            )
    shown["X-Robots-Tag"] = "noindex"
    return shown


def _day(asked: str) -> tuple[date | None, str]:
    """The day that is asked about, or in words why it cannot be; nothing asked is no fault."""
    if not asked:
        return None, ""
    try:
        day = datetime.strptime(asked, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None, say(
            "“%(asked)s” is no day of the calendar: write year, month and day, as 2026-03-01.", asked=asked
        )
    today = datetime.now(UTC).date()
    if day > today:
        return None, say("%(day)s has not come yet: ask for a day until %(today)s.", day=day, today=today)
    return day, ""
