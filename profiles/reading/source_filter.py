"""What the list of sources can be narrowed by: kind, publisher, language, and the work that they derive from.

As in the register, what nothing narrows was counted by the publications, and what is narrowed is counted one by one, up
to `MOST`.
"""

from collections import Counter
from typing import Any

import django_filters
from django.db.models import QuerySet

from profiles.models.counts import SOURCE, WORKS, FacetCount
from profiles.models.published import PublishedSource
from profiles.values.languages import in_words
from profiles.values.speech import say, say_number
from profiles.values.vocabulary import SOURCE_KIND

from .filters import (
    MOST,
    SHOWN,
    Choice,
    Counted,
    ValuesFilter,
    by_number,
    stored_number,
    stored_values,
    up_to_most,
)
from .orders import OWN_WORK, UNKNOWN, OrderFilter, column_of

EMPTY = {
    ("publisher", UNKNOWN): "not known",
    ("language", UNKNOWN): "not recorded",
    ("origin", OWN_WORK): "no other work",
}


class SourceFilter(django_filters.FilterSet):
    """Within one filter any of the chosen values will do; all filters must hold."""

    kind = ValuesFilter(field_name="kind", label="Kind")
    publisher = ValuesFilter(field_name="publisher_key", label="Publisher")
    language = ValuesFilter(field_name="language", label="Language")
    origin = ValuesFilter(field_name="derives_from", label="Derives from")
    order = OrderFilter("sources")

    class Meta:
        model = PublishedSource
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._found: dict[str, dict[str, list[Counted]] | None] = {}

    @property
    def column(self) -> str:
        """What the list runs by."""
        return column_of("sources", self.form.cleaned_data.get("order"))

    def narrow(self, without: str = "") -> QuerySet[PublishedSource]:
        """The sources under all filters but one. Only to be asked of a valid form."""
        found = PublishedSource.objects.all()
        for name in WORKS:
            if name != without:
                found = self.filters[name].filter(found, self.form.cleaned_data[name])
        return found

    def count(self) -> tuple[int, bool]:
        """How many sources there are under all filters, and whether there are more than that: one query."""
        if self.narrowed():
            return up_to_most(self.narrow())
        return stored_number(SOURCE), False

    def narrowed(self, without: str = "") -> bool:
        """Whether anything but one filter is chosen."""
        return any(self.form.cleaned_data[name] for name in WORKS if name != without)

    def choices(self) -> list[tuple[str, str, list[Choice]]]:
        """Each filter, its label, and its values under the others, the most frequent first, with their counts: two
        queries a filter at most, and one for the titles and publishers.
        """
        found = {name: self._counted(name) for name in WORKS}
        labels = self._labels({name: [value for value, *_ in rows] for name, rows in found.items()})
        return [
            (
                name,
                say(self.filters[name].label),
                [
                    Choice(value, labels.get((name, value), value), number, value in self.form.cleaned_data[name])
                    for value, _, number in rows
                ],
            )
            for name, rows in found.items()
        ]

    def _counted(self, name: str) -> list[Counted]:
        chosen: list[str] = self.form.cleaned_data[name]
        narrowed = self.narrowed(without=name)
        under = self._under(name) if narrowed else None
        if under is None:
            rows = stored_values(SOURCE, name, chosen)
            rows = [(value, label, None if narrowed else number) for value, label, number in rows]
        else:
            rows = under.get(name, [])
        rows = [row for place, row in enumerate(rows) if place < SHOWN or row[0] in chosen]
        return rows + [(value, "", 0) for value in chosen if value not in {one for one, *_ in rows}]

    def _under(self, name: str) -> dict[str, list[Counted]] | None:
        """Filter -> its values under all others, the most frequent first; None where the sources are too many.

        One query, once for all filters of which nothing is chosen.
        """
        without = name if self.form.cleaned_data[name] else ""
        if without not in self._found:
            rows = list(self.narrow(without).order_by().values_list(*WORKS.values())[: MOST + 1])
            self._found[without] = None if len(rows) > MOST else {
                name: sorted(((value, "", number) for value, number in Counter(values).items()), key=by_number)
                for name, values in zip(WORKS, zip(*rows, strict=True), strict=False)
            }  # fmt: skip
        return self._found[without]

    def _labels(self, values: dict[str, list[str]]) -> dict[tuple[str, str], str]:
        """(filter, value) -> how it is called: words of ours, languages, publishers as they are written, titles."""
        found = {("kind", value): SOURCE_KIND.label(value) for value in values["kind"]}
        found |= {("language", value): in_words(value) for value in values["language"]}
        works = PublishedSource.objects.filter(pk__in=values["origin"]).values_list("uid", "title")
        found |= {("origin", uid): title for uid, title in works}
        kept = FacetCount.objects.filter(model=SOURCE, facet="publisher", value__in=values["publisher"])
        found |= {("publisher", value): label for value, label in kept.values_list("value", "label")}
        return found | {key: say(words) for key, words in EMPTY.items()}


def found_in_words(count: int, more: bool, narrowed: bool) -> str:
    """How many sources the list has."""
    if more:
        return say_number("More than %(count)s source found.", "More than %(count)s sources found.", count)
    if narrowed:
        return say_number("%(count)s source found.", "%(count)s sources found.", count)
    return say_number("%(count)s source.", "%(count)s sources.", count)
