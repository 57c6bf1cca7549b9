"""What the register of designations can be narrowed by; a date asks whether each was in force then."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, QuerySet

from profiles.models.published import Interval, Listing
from profiles.values import dates
from profiles.values.vocabulary import EVIDENCE

from .filters import SHOWN, Choice, ValuesFilter, YearFilter

LISTED = {"group": "groups", "person": "people (personal listings)", "event": "events"}
STATUS = {"certainly": "certainly in force", "possibly": "possibly in force", "not": "not in force"}


class DateField(forms.CharField):
    """A plain year, month, day or period, as EDTF."""

    def clean(self, value: Any) -> str:
        """Refuse what is no question, in words."""
        text: str = super().clean(value)
        if text:
            try:
                dates.window(text)
            except dates.DateError as error:
                raise forms.ValidationError(str(error)) from error
        return text


class OnFilter(django_filters.Filter):
    """Listings with whether they were in force on a date; those that were not are left out unless asked for."""

    field_class = DateField

    def filter(self, qs: QuerySet[Listing], value: str) -> QuerySet[Listing]:
        """Only what stands is asked: what was denied or retracted was never in force."""
        return qs.filter(asserted=True).on(value) if value else qs  # type: ignore[attr-defined]


class BegunFilter(YearFilter):
    """Listings that may have begun, or begun again, in the years from, or up to, the one given; undated ones are left
    out. Both years are asked of one beginning, so together: see `begun`.
    """

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        """Only what stands and is dated can have begun."""
        return qs if value is None else qs.filter(dated=True, asserted=True)


def begun(since: int | None, until: int | None) -> QuerySet[Any]:
    """The listings with a beginning in these years, as lists of groups do with their founding."""
    found = Interval.objects.all()
    if since is not None:
        found = found.filter(start_latest__year__gte=since)
    if until is not None:
        found = found.filter(start_earliest__year__lte=until)
    return found.values("listing")


class ListingFilter(django_filters.FilterSet):
    """Authority, programme, who is listed, evidence, begun between, and status on a date."""

    authority = ValuesFilter(field_name="authority", label="Authority")
    programme = ValuesFilter(field_name="programme", label="Programme")
    subject = ValuesFilter(field_name="model", label="Listed are")
    profile = ValuesFilter(field_name="entry_id", label="Profile")
    evidence = ValuesFilter(field_name="evidence", label="Evidence")
    since = BegunFilter("since", label="Listed from year")
    until = BegunFilter("until", label="Listed to year")
    on = OnFilter(label="Date", required=False, max_length=64)
    status = ValuesFilter(field_name="certainty", label="Status on that date")

    class Meta:
        model = Listing
        fields: list[str] = []

    def narrow(self, without: str = "") -> QuerySet[Listing]:
        """The listings under all filters but one. Only to be asked of a valid form."""
        found = Listing.objects.all()
        asked = self.form.cleaned_data
        for name, value in asked.items():
            if name not in (without, "status"):
                found = self.filters[name].filter(found, value)
        if (since := asked.get("since")) is not None or asked.get("until") is not None:
            found = found.filter(pk__in=begun(since, asked.get("until")))
        if asked.get("on") and without != "on":
            statuses = asked.get("status") if without != "status" else list(STATUS)
            found = found.filter(certainty__in=statuses or ["certainly", "possibly"])
        return found

    def choices(self, name: str) -> list[Choice]:
        """The values of one filter under the others, the most frequent first: one query."""
        column = self.filters[name].field_name
        chosen = self.form.cleaned_data.get(name) or []
        if name == "status" and not self.form.cleaned_data.get("on"):
            return []
        label = {"authority": "authority_label", "programme": "programme_label", "profile": "entry__label"}.get(
            name, column
        )
        rows = self.narrow(without=name).order_by().values_list(column, label).annotate(found=Count("uid"))
        words = {"subject": LISTED, "status": STATUS, "evidence": {word: EVIDENCE.label(word) for word in EVIDENCE}}
        ranked = sorted(rows, key=lambda row: (-row[2], row[1], row[0]))
        return [
            Choice(value, words.get(name, {}).get(value, told) or "not stated", number, value in chosen)
            for place, (value, told, number) in enumerate(ranked)
            if value and (place < SHOWN or value in chosen)
        ]
