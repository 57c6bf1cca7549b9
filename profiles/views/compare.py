"""Two to eight columns side by side: profiles, editions of one, one at two times."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from profiles.models.published import Entry
from profiles.reading.axis import axis_of
from profiles.reading.columns import Asked, Column, asked_for, read_columns
from profiles.reading.compare import FEWEST, MOST
from profiles.reading.compare_data import compared_csv, compared_json
from profiles.reading.leaf import Leaf
from profiles.reading.library import Library
from profiles.reading.naming import columns
from profiles.reading.table import compared, table_of
from profiles.values.speech import say

from .render import render

OFFERED = 400  # profiles in the form, groups first; the rest by address
MODELS = ("group", "person", "event")


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The table; without `with`, the form to choose; with a choice that cannot be compared, the form and why."""
    names = request.GET.getlist("with")
    if not any(name.strip() for name in names):
        return _form(request, Asked((), None, False, ()), "", 200)
    asked = _asked(request)
    if asked.problem:
        return _form(request, asked, asked.problem, 404 if asked.missing else 400)
    # Old slugs, empty fields and repeated names lead to the one address.
    if request.GET.get("add") or ("on" in request.GET and not request.GET["on"].strip()):
        return HttpResponseRedirect(asked.address())
    library = Library()
    columns, missing = read_columns(asked, library)
    if missing:
        return _form(request, asked, say("No such edition: %(names)s.", names=", ".join(missing)), 404)
    library.load_around(column.dossier for column in columns)
    leaf = Leaf(library)
    found = compared(columns, leaf)
    table = table_of(found, columns, leaf, asked.differences)
    window = (asked.on.first, asked.on.last) if asked.on else None
    lanes = [(leaf.link(c.dossier.header.uid), c.dossier.header.uid, c.dossier.claims) for c in columns]
    context = {
        "asked": asked,
        "table": table,
        "axis": axis_of(lanes, Leaf(library), window),
        "notes": leaf.notes(),
        "most": MOST,
        "fewest": FEWEST,
        "offered": _offered(),
        "automatic": any(column.dossier.edition.reviewed == "demonstration" for column in columns),
    }
    return render(request, "compare.html", context)


@require_safe
def comparison_data(request: HttpRequest, form: str) -> HttpResponse:
    """The same comparison as a table or for machines; what cannot be compared is said in plain words."""
    asked = _asked(request)
    if asked.problem:
        return _plain(asked.problem, 404 if asked.missing else 400)
    library = Library()
    columns, missing = read_columns(asked, library)
    if missing:
        return _plain(say("No such edition: %(names)s.", names=", ".join(missing)), 404)
    library.load_around(column.dossier for column in columns)
    leaf = Leaf(library)
    found = compared(columns, leaf)
    made = _data(form, asked, columns, table_of(found, columns, leaf, asked.differences), library)
    made["X-Robots-Tag"] = "noindex"
    return made


def _data(form: str, asked: Asked, columns: list[Column], table: Any, library: Library) -> HttpResponse:
    if form == "csv":
        made = HttpResponse(compared_csv(table, library), content_type="text/csv; charset=utf-8")
        made["Content-Disposition"] = 'attachment; filename="comparison.csv"'
        return made
    made = HttpResponse(compared_json(asked, columns, table, library), content_type="application/json")
    made["Access-Control-Allow-Origin"] = "*"
    return made


def _plain(problem: str, status: int) -> HttpResponse:
    return HttpResponse(f"{problem}\n", status=status, content_type="text/plain; charset=utf-8")


def _asked(request: HttpRequest) -> Asked:
    names = [*request.GET.getlist("with"), *request.GET.getlist("add")]
    return asked_for(names, request.GET.get("on", ""), request.GET.get("only") == "differences")


def _offered() -> list[tuple[str, list[Entry]]]:
    rows = list(Entry.objects.order_by("sort_key").only(*columns("uid", "model", "slug", "label"))[:OFFERED])
    return [(model, [row for row in rows if row.model == model]) for model in MODELS]


def _form(request: HttpRequest, asked: Asked, problem: str, status: int) -> HttpResponse:
    offered = list(
        Entry.objects.order_by("sort_key").only(*columns("uid", "model", "slug", "label", "kind"))[: OFFERED + 1]
    )
    context = {
        "by_model": [(model, [row for row in offered[:OFFERED] if row.model == model]) for model in MODELS],
        "more": len(offered) > OFFERED,
        "chosen": [one.uid for one in asked.columns],
        "on": request.GET.get("on", "")[:64],
        "problem": problem,
        "most": MOST,
    }
    return render(request, "compare_form.html", context, status=status)
