"""What the lists of groups, people and events can be narrowed by: django-filter over entries and their facets.

Within one facet any of the chosen values will do; all facets must hold. What is not known matches nothing, and is
counted, so that a list can say how many it leaves out. What nothing narrows was counted by the publications; what is
narrowed is counted one by one, up to `MOST`: no list costs more for what it does not show.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, QuerySet

from profiles.models.counts import ALL, KIND, FacetCount
from profiles.models.published import Entry, Facet
from profiles.values import speech
from profiles.values.dates import DateError
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, Words

from .list_time import answering, words
from .naming import arabic_names
from .orders import OrderFilter, column_of
from .timing import ORDER, Question, ask

# A value of a facet, its label, and how many entries have it.
Counted = tuple[str, str, int | None]
SHOWN = 40  # values of one facet, the most frequent first; chosen ones are always shown
MOST = 500  # counted one by one; beyond it "more than", and no numbers beside the choices


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with how many entries have it under all other filters; None where they are too many."""

    value: str
    label: str
    count: int | None
    chosen: bool


def up_to_most(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows there are, and whether there are more than that: one query, bounded."""
    found = rows.order_by().values("pk")[: MOST + 1].count()
    return min(found, MOST), found > MOST


class ValuesField(forms.MultipleChoiceField):
    """Any values that could be of a closed list or a uid; whether they exist shows in what is found."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        """An empty value, as a form sends it, chooses nothing."""
        return [one for one in super().to_python(value) if one]

    def valid_value(self, value: str) -> bool:
        """Short, and of signs that print."""
        return len(value) <= 64 and value.isprintable()


class ValuesFilter(django_filters.Filter):
    """Entries whose column, or whose facet, has any of the values."""

    field_class = ValuesField

    def __init__(self, facet: str = "", **options: Any) -> None:
        super().__init__(required=False, **options)
        self.facet = facet

    def filter(self, qs: QuerySet[Entry], value: list[str]) -> QuerySet[Entry]:
        """Narrow by a subquery, which is the quick form on both databases."""
        if not value:
            return qs
        if self.facet:
            return qs.filter(pk__in=Facet.objects.entries(self.facet, value))
        return qs.filter(**{f"{self.field_name}__in": value})


class YearFilter(django_filters.Filter):
    """Entries whose date may lie in the years from, or up to, the one given."""

    field_class = forms.IntegerField

    def __init__(self, end: str, **options: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=9998, **options)
        self.end = end

    def filter(self, qs: QuerySet[Entry], value: int | None) -> QuerySet[Entry]:
        """Since: it can have been so late. Until: it can have been so early."""
        if value is None:
            return qs
        if self.end == "since":
            return qs.filter(when_latest__gte=date(value, 1, 1))
        return qs.filter(when_earliest__lte=date(value, 12, 31))


class MomentField(forms.CharField):
    """A plain day or period that can be asked about."""

    def clean(self, value: Any) -> str:
        """Refuse what is no question, in words."""
        text = str(super().clean(value)).strip()
        try:
            if text:
                ask(text)
        except DateError as error:
            raise forms.ValidationError(say("The date %(told)s.", told=error)) from error
        return text


class MomentFilter(django_filters.Filter):
    """A time that is asked about: each entry answers, and stays."""

    field_class = MomentField

    def filter(self, qs: QuerySet[Entry], value: str) -> QuerySet[Entry]:
        """See `EntryFilter.narrow`."""
        return qs


class AnswerFilter(ValuesFilter):
    """Entries of any of these answers to the time that is asked about; without one it narrows nothing."""

    def filter(self, qs: QuerySet[Entry], value: list[str]) -> QuerySet[Entry]:
        """See `EntryFilter.narrow`."""
        return qs


class _Form(forms.Form):
    def clean(self) -> dict[str, Any]:
        """The first year is not after the second."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since is not None and until is not None and since > until:
            self.add_error(
                "since", say("The first year, %(first)s, is after the second, %(second)s.", first=since, second=until)
            )
        return found


class EntryFilter(django_filters.FilterSet):
    """What every list has: the queries behind its choices, each under all filters but its own."""

    when_label = ""
    model = ""

    class Meta:
        model = Entry
        fields: list[str] = []
        form = _Form

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._entries: dict[str, list[tuple[str, str]] | None] = {}
        self._found: dict[str, dict[str, list[Counted]] | None] = {}

    def narrow(self, without: str = "") -> QuerySet[Entry]:
        """The entries under all filters but one. Only to be asked of a valid form."""
        entries = Entry.objects.filter(model=self.model)
        for name, value in self.form.cleaned_data.items():
            if name != without:
                entries = self.filters[name].filter(entries, value)
        answers = self.form.cleaned_data.get("then")
        if self.question and answers and without != "then":
            return answering(entries, self.model, self.question).filter(answer__in=answers)
        return entries

    @property
    def column(self) -> str:
        """What the list runs by."""
        return column_of(self.model, self.form.cleaned_data.get("order"))

    @property
    def question(self) -> Question | None:
        """The time that is asked about."""
        text = self.form.cleaned_data.get("on")
        return ask(text) if text else None

    def answers(self) -> list[Choice]:
        """How many entries give each answer to the time asked about, the surest first, under all other filters; every
        answer, uncounted, where they are too many. One query, none where no time is asked about.
        """
        on = self.question
        if on is None:
            return []
        rows = answering(self.narrow(without="then"), self.model, on).order_by().values_list("answer", flat=True)
        counts = Counter(found := list(rows[: MOST + 1]))
        chosen, many = self.form.cleaned_data["then"], len(found) > MOST
        return [
            Choice(answer, told[:1].upper() + told[1:], None if many else counts[answer], answer in chosen)
            for answer in ORDER
            if (many or counts[answer] or answer in chosen) and (told := words(self.model, answer, on))
        ]

    def count(self) -> tuple[int, bool]:
        """How many entries there are under all filters, and whether there are more than that: one query."""
        if self._narrowed():
            found = self._few()
            return (MOST, True) if found is None else (len(found), False)
        return stored_number(self.model), False

    def narrow_dates(self) -> bool:
        """Whether a year is asked for."""
        found = self.form.cleaned_data
        return found.get("since") is not None or found.get("until") is not None

    def undated(self) -> tuple[int, bool]:
        """How many entries fit but for a date that is not stated, and whether there are more: one query."""
        entries = Entry.objects.filter(model=self.model, when_earliest__isnull=True)
        for name, value in self.form.cleaned_data.items():
            if name not in ("since", "until"):
                entries = self.filters[name].filter(entries, value)
        return up_to_most(entries)

    def choices(self, name: str) -> list[Choice]:
        """The most frequent values of one filter that anything has under the others, with their counts, and those
        chosen. Where the others leave too many to count: the values that are frequent without them, uncounted.
        """
        if name == "then":
            return self.answers()
        chosen = self.form.cleaned_data.get(name) or []
        facet = getattr(self.filters[name], "facet", "") or KIND
        narrowed = self._narrowed(without=name)
        under = self._under(name) if narrowed else None
        rows = self._stored(facet, chosen) if under is None else under.get(facet, [])
        if narrowed and under is None:
            rows = [(value, label, None) for value, label, _ in rows]
        if facet == KIND:
            return self._kinds(rows, chosen)
        rows = [row for place, row in enumerate(rows) if place < SHOWN or row[0] in chosen]
        labels = self._labels(facet, set(chosen) - {value for value, *_ in rows})
        rows += [(value, labels[value], 0) for value in dict.fromkeys(chosen) if value in labels]
        called = arabic_names(value for value, *_ in rows) if speech.is_arabic() else {}
        return [Choice(value, called.get(value, say(label)), number, value in chosen) for value, label, number in rows]

    def _narrowed(self, without: str = "") -> bool:
        """Whether anything but one filter is chosen."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if name not in (without, "on", "order")}
        if self.question is None:
            asked.pop("then", None)
        return any(value not in (None, []) for value in asked.values())

    def _stored(self, facet: str, chosen: list[str]) -> list[Counted]:
        """The values of a facet as the publications counted them, the most frequent first, then those chosen."""
        return stored_values(
            self.model, facet, chosen, most=len(KINDS_BY_MODEL[self.model]) if facet == KIND else SHOWN
        )

    def _under(self, name: str) -> dict[str, list[Counted]] | None:
        """Facet -> its values under all filters but one, the most frequent first; None where the entries are too many.

        Two queries at most, once for all filters of which nothing is chosen: without them it is the same list.
        """
        without = name if self.form.cleaned_data.get(name) else ""
        if without not in self._found:
            entries = self._few(without)
            facets = [getattr(kept, "facet", "") for one, kept in self.filters.items() if without in ("", one)]
            self._found[without] = None if entries is None else _counted(entries, [*filter(None, facets)])
        return self._found[without]

    def _few(self, without: str = "") -> list[tuple[str, str]] | None:
        """Uid and kind of the entries under all filters but one; None where they are too many: one query, once."""
        if without not in self._entries:
            rows = list(self.narrow(without).order_by().values_list("pk", "kind")[: MOST + 1])
            self._entries[without] = rows if len(rows) <= MOST else None
        return self._entries[without]

    def _labels(self, facet: str, values: set[str]) -> dict[str, str]:
        """Labels of values that nothing has under the other filters; an unknown value is its own."""
        if not values:
            return {}
        rows = FacetCount.objects.filter(model=self.model, facet=facet, value__in=values)
        return {**{value: value for value in values}, **dict(rows.values_list("value", "label"))}

    def _kinds(self, rows: Iterable[Counted], chosen: list[str]) -> list[Choice]:
        kinds: Words = KINDS_BY_MODEL[self.model]
        counts = {value: number for value, _, number in rows}
        values = [*kinds, *(value for value in (*sorted(counts), *chosen) if value not in kinds)]
        return [
            Choice(value, kinds.label(value), counts.get(value, 0), value in chosen)
            for value in dict.fromkeys(values)
            if value in counts or value in chosen
        ]


def stored_number(model: str) -> int:
    """How many there are in all, as the publications counted them: one query."""
    return sum(FacetCount.objects.filter(model=model, facet=ALL).values_list("number", flat=True))


def stored_values(model: str, facet: str, chosen: Iterable[str], most: int = SHOWN) -> list[Counted]:
    """The most frequent values as the publications counted them, then those chosen: two queries at most."""
    stored = FacetCount.objects.filter(model=model, facet=facet).order_by("-number", "label", "value")
    values = stored.values_list("value", "label", "number")
    rows: list[Counted] = sorted(values[:most], key=by_number)
    if hidden := set(chosen) - {value for value, *_ in rows}:
        rows += values.filter(value__in=hidden)
    return rows


def by_number(row: Counted) -> tuple[int, str, str]:
    """The most frequent first, and of equals by label: in the order of code points, whatever the database's is."""
    value, label, number = row
    return -(number or 0), label, value


def _counted(entries: list[tuple[str, str]], facets: list[str]) -> dict[str, list[Counted]]:
    """Facet -> how many of some entries, given as (uid, kind), have each value of it: one query at most."""
    kinds = Counter(kind for _, kind in entries)
    found: dict[str, list[Counted]] = {KIND: [(kind, "", number) for kind, number in kinds.items()]}
    if not entries or not facets:
        return found
    rows = (
        Facet.objects.filter(entry__in=[uid for uid, _ in entries], facet__in=facets)
        .values_list("facet", "value", "label")
        .annotate(found=Count("entry", distinct=True))
        .order_by()
    )
    for facet, value, label, number in rows:
        found.setdefault(facet, []).append((value, label, number))
    return {facet: sorted(some, key=by_number) for facet, some in found.items()}


class GroupFilter(EntryFilter):
    """Groups by kind, umbrella, authority, leader, founding. Labels say "said": a filter is not the site's own word."""

    model, when_label = "group", "Founded"
    kind = ValuesFilter(field_name="kind", label="Kind")
    umbrella = ValuesFilter("umbrella", label="Said to belong to")
    designated_by = ValuesFilter("designated_by", label="Said to be designated by")
    led_by = ValuesFilter("led_by", label="Said to be led by, now or once")
    since = YearFilter("since", label="From year")
    until = YearFilter("until", label="To year")
    on = MomentFilter(label="Date", required=False, max_length=64)
    then = AnswerFilter(label="Answer for that date")
    order = OrderFilter("group")


class PersonFilter(EntryFilter):
    """People by group and authority."""

    model = "person"
    group = ValuesFilter("group", label="Said to be of the group, now or once")
    designated_by = ValuesFilter("designated_by", label="Said to be designated by")
    order = OrderFilter("person")


class EventFilter(EntryFilter):
    """Events by kind, participant, place, date."""

    model, when_label = "event", "Happened"
    kind = ValuesFilter(field_name="kind", label="Kind")
    # Actors, the accused and those who suffered it alike: the label must hold of all.
    participant = ValuesFilter("participant", label="Named in what is told of it")
    place = ValuesFilter("place", label="Place told of")
    since = YearFilter("since", label="From year")
    until = YearFilter("until", label="To year")
    on = MomentFilter(label="Date", required=False, max_length=64)
    then = AnswerFilter(label="Answer for that date")
    order = OrderFilter("event")


FILTERS: dict[str, type[EntryFilter]] = {"group": GroupFilter, "person": PersonFilter, "event": EventFilter}
