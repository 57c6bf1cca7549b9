"""What the lists of groups, people and events can be narrowed by: django-filter over entries and their facets.

Within one facet any of the chosen values will do; all facets must hold. What is not known matches nothing, and is
counted, so that a list can say how many it leaves out. What nothing narrows was counted by the publications.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, QuerySet

from profiles.models.counts import ALL, KIND, FacetCount
from profiles.models.published import Entry, Facet
from profiles.values.dates import DateError
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, Words

from .list_time import answering, words
from .timing import ORDER, Question, ask

# A value of a facet, its label, and how many entries have it.
Counted = tuple[str, str, int]
SHOWN = 40  # values of one facet, the most frequent first; chosen ones are always shown


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with how many entries have it under all other filters."""

    value: str
    label: str
    count: int
    chosen: bool


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
            self.add_error("since", f"The first year, {since}, is after the second, {until}.")
        return found


class EntryFilter(django_filters.FilterSet):
    """What every list has: the queries behind its choices, each under all filters but its own."""

    when_label = ""
    model = ""

    class Meta:
        model = Entry
        fields: list[str] = []
        form = _Form

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
    def question(self) -> Question | None:
        """The time that is asked about."""
        text = self.form.cleaned_data.get("on")
        return ask(text) if text else None

    def answers(self) -> list[Choice]:
        """How many entries give each answer to the time asked about, the surest first, under all other filters: one
        query, none where no time is asked about.
        """
        on = self.question
        if on is None:
            return []
        rows = answering(self.narrow(without="then"), self.model, on).order_by().values_list("answer")
        counts = dict(rows.annotate(Count("pk")))
        chosen = self.form.cleaned_data["then"]
        return [
            Choice(answer, told[:1].upper() + told[1:], counts.get(answer, 0), answer in chosen)
            for answer in ORDER
            if (counts.get(answer) or answer in chosen) and (told := words(self.model, answer, on))
        ]

    def count(self) -> int:
        """How many entries there are under all filters: one query."""
        if self._narrowed():
            return self.narrow().count()
        return sum(FacetCount.objects.filter(model=self.model, facet=ALL).values_list("number", flat=True))

    def narrow_dates(self) -> bool:
        """Whether a year is asked for."""
        found = self.form.cleaned_data
        return found.get("since") is not None or found.get("until") is not None

    def undated(self) -> int:
        """How many entries fit but for a date that is not stated: one query."""
        entries = Entry.objects.filter(model=self.model, when_earliest__isnull=True)
        for name, value in self.form.cleaned_data.items():
            if name not in ("since", "until"):
                entries = self.filters[name].filter(entries, value)
        return entries.count()

    def choices(self, name: str) -> list[Choice]:
        """The most frequent values of one filter that anything has under the others, with their counts, and those
        chosen: one query, two where a chosen one is not frequent.
        """
        if name == "then":
            return self.answers()
        chosen = self.form.cleaned_data.get(name) or []
        facet = getattr(self.filters[name], "facet", "")
        if not facet:
            return self._kinds(name, chosen)
        counted = self._counted(name, facet)
        rows = list(counted[:SHOWN])
        if hidden := set(chosen) - {value for value, *_ in rows}:
            rows += counted.filter(value__in=hidden)
        labels = self._labels(facet, set(chosen) - {value for value, *_ in rows})
        rows += [(value, labels.get(value, value), 0) for value in dict.fromkeys(chosen) if value in labels]
        return [Choice(value, label, number, value in chosen) for value, label, number in rows]

    def _narrowed(self, without: str = "") -> bool:
        """Whether anything but one filter is chosen."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if name not in (without, "on")}
        if self.question is None:
            asked.pop("then", None)
        return any(value not in (None, []) for value in asked.values())

    def _counted(self, name: str, facet: str) -> "QuerySet[Any, Counted]":
        if not self._narrowed(without=name):
            stored = FacetCount.objects.filter(model=self.model, facet=facet).values_list("value", "label", "number")
            return stored.order_by("-number", "label", "value")
        return (
            Facet.objects.filter(facet=facet, entry__in=self.narrow(without=name).values("pk"))
            .values_list("value", "label")
            .annotate(found=Count("entry", distinct=True))
            .order_by("-found", "label", "value")
        )

    def _labels(self, facet: str, values: set[str]) -> dict[str, str]:
        """Labels of values that nothing has under the other filters; an unknown value is its own."""
        if not values:
            return {}
        rows = FacetCount.objects.filter(model=self.model, facet=facet, value__in=values)
        return {**{value: value for value in values}, **dict(rows.values_list("value", "label"))}

    def _kinds(self, name: str, chosen: list[str]) -> list[Choice]:
        kinds: Words = KINDS_BY_MODEL[self.model]
        if self._narrowed(without=name):
            counts = dict(self.narrow(without=name).values_list("kind").annotate(Count("pk")).order_by())
        else:
            counts = dict(FacetCount.objects.filter(model=self.model, facet=KIND).values_list("value", "number"))
        values = [*kinds, *(value for value in (*sorted(counts), *chosen) if value not in kinds)]
        return [
            Choice(value, kinds.label(value), counts.get(value, 0), value in chosen)
            for value in dict.fromkeys(values)
            if counts.get(value) or value in chosen
        ]


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


class PersonFilter(EntryFilter):
    """People by group and authority."""

    model = "person"
    group = ValuesFilter("group", label="Said to be of the group, now or once")
    designated_by = ValuesFilter("designated_by", label="Said to be designated by")


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


FILTERS: dict[str, type[EntryFilter]] = {"group": GroupFilter, "person": PersonFilter, "event": EventFilter}
