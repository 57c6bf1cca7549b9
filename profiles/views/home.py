"""The first page: what this is, where to begin, what is new."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.counts import KIND, FacetCount, PublicationCount
from profiles.models.editions import Publication
from profiles.models.published import Entry
from profiles.reading import addresses
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, MODEL

from .render import render

# Where a reader who knows nothing yet may begin.
FIRST = (
    "kataib-hezbollah",
    "al-nujaba-movement",
    "kataib-sayyid-al-shuhada",
    "asaib-ahl-al-haq",
    "imam-ali-brigades",
    "jund-al-imam",
    "ansar-allah-al-awfiya",
)
LATEST = 5
PEOPLE = 10  # named on the first page: a model of one kind has no kinds to browse by


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Counts by kind, the groups to begin with, the first people, the latest publications: five queries."""
    kinds: dict[str, list[tuple[str, str, int]]] = {model: [] for model in MODEL}
    counted = FacetCount.objects.filter(facet=KIND, model__in=KINDS_BY_MODEL)
    for model, kind, number in counted.values_list("model", "value", "number"):
        kinds[model].append((kind, KINDS_BY_MODEL[model].label(kind), number))
    first = {e.slug: e for e in Entry.objects.filter(model="group", slug__in=FIRST)}
    shelves = [
        {
            "model": model,
            "label": say({"group": "Groups", "person": "People", "event": "Events"}[model]),
            "href": f"{addresses.root()}/{addresses.FOLDERS[model]}/",
            "number": sum(number for _, _, number in found),
            "kinds": sorted(found, key=lambda kind: (-kind[2], kind[1])) if len(found) > 1 else [],
        }
        for model, found in kinds.items()
    ]
    context = {
        "here": "home",
        "shelves": shelves,
        "first": [(first[slug], addresses.place("group", slug)) for slug in FIRST if slug in first],
        "people": Entry.objects.filter(model="person").order_by("sort_key")[:PEOPLE],
        "publications": latest(),
    }
    return render(request, "home.html", context)


def latest() -> list[dict[str, object]]:
    """The newest publications, each with how many profiles it made anew: two queries."""
    made = list(Publication.objects.defer("body")[:LATEST])
    counts = dict(PublicationCount.objects.filter(pk__in=[one.pk for one in made]).values_list("pk", "editions"))
    return [{"publication": one, "editions": counts.get(one.pk, 0)} for one in made]
