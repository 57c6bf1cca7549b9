"""Two to eight profiles side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.models.published import Entry
from profiles.reading.compare import MOST, compare
from profiles.reading.leaf import Leaf
from profiles.reading.library import Library
from profiles.reading.table import asked_for, table_of

NO_DATES = "Profiles cannot be compared on a date yet: leave out “on”. Each date stands beside what it dates."
OFFERED = 400  # profiles in the form, groups first; the rest by address


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The table; without `with`, the form to choose; with a choice that cannot be compared, the form and why."""
    names = request.GET.getlist("with")
    if "on" in request.GET:  # said, since a table of today would pass for one of that date
        return _form(request, asked_for(names).uids if names else [], NO_DATES, 400)
    if not names:
        return _form(request, [], "", 200)
    asked = asked_for(names)
    if asked.problem:
        return _form(request, asked.uids, asked.problem, 404 if asked.unknown else 400)
    library = Library()
    dossiers = library.dossiers(asked.uids)
    library.load_around(dossiers.values())
    leaf = Leaf(library)
    table = table_of(compare(dossiers[uid] for uid in asked.uids if uid in dossiers), leaf)
    notes = leaf.notes()
    context = {
        "table": table,
        "notes": notes,
        "automatic": any(dossier.edition.reviewed == "demonstration" for _, dossier in table.columns),
    }
    return render(request, "compare.html", context)


def _form(request: HttpRequest, chosen: list[str], problem: str, status: int) -> HttpResponse:
    offered = list(Entry.objects.order_by("sort_key").only("uid", "model", "slug", "label", "kind")[: OFFERED + 1])
    context = {
        "by_model": [(model, [row for row in offered[:OFFERED] if row.model == model]) for model in MODELS],
        "more": len(offered) > OFFERED,
        "chosen": chosen,
        "problem": problem,
        "most": MOST,
    }
    return render(request, "compare_form.html", context, status=status)


MODELS = ("group", "person", "event")
