"""A profile: its stored newest edition, its permalinks, the list of its editions."""

import re
from urllib.parse import urlencode

from django.db.models import Max, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from profiles.models.editions import Edition, Publication
from profiles.models.published import Address, Entry, OldSlug
from profiles.reading import addresses
from profiles.reading.edition_diff import difference
from profiles.reading.pages import JSON, edition_machine, edition_page, notice, page_on
from profiles.reading.printing import printed
from profiles.reading.timing import Question, ask, date_problem
from profiles.values import speech
from profiles.values.dates import DateError

from .render import render
from .stored import respond

NUMBER = re.compile(r"[1-9][0-9]{0,8}")
LISTED = 50  # publications between two editions, the newest first


@csrf_exempt  # another method is refused as such: nothing here is changed by one
def stored(request: HttpRequest, **place: str) -> HttpResponse:
    """The newest edition, HTML or JSON, as the publication rendered it: one query, or two; `on` asks about a time."""
    if "on" in request.GET and request.method in ("GET", "HEAD") and not request.path.endswith(".json"):
        return _on(request, **place)
    made = respond(request)
    if made is None:
        raise Http404
    return made


@require_safe
def newest(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """The newest edition made on request, for the language of which no pages are stored; `on` asks about a time."""
    if "on" in request.GET:
        return _on(request, folder, slug)
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    if entry is None:
        return elsewhere(request, folder, slug, "")
    row = Edition.objects.filter(profile=entry.pk).order_by("-number").select_related("publication")[0]
    return HttpResponse(page_on(row, None))


def _on(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """The newest edition with an answer beside each claim."""
    asked = request.GET["on"].strip()
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    if entry is None:
        return elsewhere(request, folder, slug, f"?{urlencode({'on': asked[:64]})}")
    if not asked:
        return HttpResponseRedirect(addresses.place(entry.model, slug))
    row = Edition.objects.filter(profile=entry.pk).order_by("-number").select_related("publication")[0]
    on, problem = _question(asked)
    response = HttpResponse(page_on(row, on, problem), status=400 if problem else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _question(asked: str) -> tuple[Question | None, str]:
    """The time that is asked about, or in words why it cannot be."""
    try:
        return (ask(asked), "") if asked else (None, "")
    except DateError as error:
        return None, date_problem(error)


@require_safe
def editions(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """All editions of a profile, newest first; `first` and `last` lead to what differs between two of them."""
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    if entry is None:
        return elsewhere(request, folder, slug, "editions/")
    asked = [request.GET.get(name, "") for name in ("first", "last")]
    if all(NUMBER.fullmatch(one) for one in asked):
        first, last = map(int, asked)
        return HttpResponseRedirect(addresses.edition_diff(addresses.place(entry.model, slug), first, last))
    rows = Edition.objects.filter(profile=entry.pk).defer("manifest").select_related("publication")
    context = {"entry": entry, "path": addresses.place(entry.model, slug), "editions": rows, "here": folder}
    return render(request, "editions.html", context)


@require_safe
def edition(request: HttpRequest, folder: str, slug: str, number: int) -> HttpResponse:
    """One edition as it was published, with what has been put right since; `on` asks it about a time."""
    row = edition_at(folder, slug, number)
    if row is None:
        return elsewhere(request, folder, slug, f"editions/{number}/")
    on, problem = _question(request.GET.get("on", "").strip())
    made = edition_page(row, row.newest, on, problem)  # type: ignore[attr-defined]
    response = HttpResponse(made, status=400 if problem else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def between(request: HttpRequest, folder: str, slug: str, first: str, last: str) -> HttpResponse:
    """What became of one edition on the way to a later one. The same numbers turned round lead here."""
    numbers = sorted((int(first), int(last)))
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    if entry is None:
        return elsewhere(request, folder, slug, f"editions/{first}...{last}/")
    path = addresses.place(entry.model, slug)
    if numbers[0] == numbers[1]:
        return HttpResponsePermanentRedirect(addresses.edition(path, numbers[0]))
    if int(first) > int(last):
        return HttpResponsePermanentRedirect(addresses.edition_diff(path, *numbers))
    there = {row.number: row for row in Edition.objects.filter(profile=entry.pk, number__in=numbers)}
    if len(there) < len(numbers):
        raise Http404
    made = Edition.objects.filter(profile=entry.pk, number__gt=numbers[0], number__lte=numbers[1])
    context = {
        "entry": entry,
        "path": path,
        "first": there[numbers[0]],
        "last": there[numbers[1]],
        "made": made.defer("manifest").select_related("publication")[:LISTED],
        "difference": difference(there[numbers[0]], there[numbers[1]]),
        "here": folder,
    }
    response = render(request, "edition_diff.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def edition_json(request: HttpRequest, folder: str, slug: str, number: int) -> HttpResponse:
    """The same edition for machines."""
    row = edition_at(folder, slug, number)
    if row is None:
        return elsewhere(request, folder, slug, f"editions/{number}.json")
    response = HttpResponse(edition_machine(row, row.newest), headers=JSON)  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex"
    return response


def edition_at(folder: str, slug: str, number: int) -> Edition | None:
    """An edition of a profile that is public under the slug, with the number of its newest as `newest`."""
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).values("pk")[:1]
    newest = Edition.objects.filter(profile=Subquery(entry)).values("profile").annotate(newest=Max("number"))
    return (
        Edition.objects.filter(profile=Subquery(entry), number=number)
        .annotate(newest=Subquery(newest.values("newest")))
        .select_related("publication")
        .first()
    )


def elsewhere(request: HttpRequest, folder: str, slug: str, rest: str) -> HttpResponse:
    """Where a slug was left: its newest; where a profile was taken down: the notice; else nothing is there."""
    model = addresses.MODELS[folder]
    old = OldSlug.objects.filter(model=model, slug=slug).values("profile")[:1]
    entry = Entry.objects.filter(pk=Subquery(old)).first()
    if entry:
        place = addresses.place(entry.model, entry.slug)
        return HttpResponsePermanentRedirect(f"{place.rstrip('/') if rest.startswith('.') else place}{rest}")
    gone = respond(request, addresses.neutral(addresses.place(model, slug)))
    if gone is None or gone.status_code != 410:
        raise Http404
    return _notice(addresses.neutral(addresses.place(model, slug))) if speech.is_arabic() else gone


def _notice(path: str) -> HttpResponse:
    """The notice of a profile that was taken down, in the language spoken."""
    number = Address.objects.filter(path=path).values("publication")[:1]
    made = Publication.objects.defer("body").get(pk=Subquery(number))
    return HttpResponse(notice(made.number, made.at, made.note), status=410)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address at which nothing stands."""
    tag = speech.ARABIC if request.path_info.startswith("/ar/") else speech.ENGLISH
    with speech.speaking(tag):
        page = HttpResponse(printed("404.html", {"here": ""}), status=404)
        page.headers["Content-Language"] = tag
        return page
