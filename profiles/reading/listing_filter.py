"""What the register of designations can be narrowed by; a date asks whether each was in force then.

As in the lists of profiles, what nothing narrows was counted by the publications, and what is narrowed is counted one
by one, up to `MOST`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from profiles.models.counts import LISTING, REGISTER
from profiles.models.published import Interval, Listing
from profiles.values import dates, speech
from profiles.values.speech import say
from profiles.values.vocabulary import EVIDENCE

from .filters import MOST, SHOWN, Choice, Counted, ValuesFilter, YearFilter, stored_number, stored_values, up_to_most
from .naming import arabic_names
from .orders import OrderFilter, column_of
from .timing import date_problem

LISTED = {"group": "groups", "person": "people (personal listings)", "event": "events"}
LABELS = {"authority": "authority_label", "programme": "programme_label", "profile": "entry__label"}
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
                raise forms.ValidationError(date_problem(error) if speech.is_arabic() else str(error)) from error
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
    order = OrderFilter("designations")

    class Meta:
        model = Listing
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._found: dict[str, dict[str, list[Counted]] | None] = {}

    @property
    def column(self) -> str:
        """What the register runs by."""
        return column_of("designations", self.form.cleaned_data.get("order"))

    def narrow(self, without: str = "") -> QuerySet[Listing]:
        """The listings under all filters but one. Only to be asked of a valid form."""
        found = Listing.objects.all()
        asked = self.form.cleaned_data
        for name, value in asked.items():
            if name not in (without, "status", "order"):
                found = self.filters[name].filter(found, value)
        if (since := asked.get("since")) is not None or asked.get("until") is not None:
            found = found.filter(pk__in=begun(since, asked.get("until")))
        if asked.get("on") and without != "on":
            statuses = asked.get("status") if without != "status" else list(STATUS)
            found = found.filter(certainty__in=statuses or ["certainly", "possibly"])
        return found

    def count(self) -> tuple[int, bool]:
        """How many listings there are under all filters, and whether there are more than that: one query."""
        if self._narrowed():
            return up_to_most(self.narrow())
        return stored_number(LISTING), False

    def choices(self, name: str) -> list[Choice]:
        """The values of one filter under the others, the most frequent first; where the others leave too many to
        count, the values that are frequent without them, uncounted.
        """
        chosen = self.form.cleaned_data.get(name) or []
        if name == "status" and not self.form.cleaned_data.get("on"):
            return []
        narrowed = self._narrowed(without=name)
        under = self._under(name) if narrowed else None
        rows = self._stored(name, chosen) if under is None else under.get(name, [])
        if narrowed and under is None:
            rows = [(value, label, None) for value, label, _ in rows]
        words: dict[str, dict[str, str]] = {
            "subject": LISTED,
            "status": STATUS,
            "evidence": {word: EVIDENCE.label(word) for word in EVIDENCE},
        }
        if name == "profile" and speech.is_arabic():
            words["profile"] = arabic_names(value for value, *_ in rows)
        return [
            Choice(value, say(words.get(name, {}).get(value, label) or "not stated"), number, value in chosen)
            for place, (value, label, number) in enumerate(rows)
            if value and (place < SHOWN or value in chosen)
        ]

    def _narrowed(self, without: str = "") -> bool:
        """Whether anything but one filter is chosen; a status without a date chooses nothing."""
        asked = self.form.cleaned_data
        idle = {without, "order"} if asked.get("on") and without != "on" else {without, "order", "status"}
        return any(value not in (None, "", []) for name, value in asked.items() if name not in idle)

    def _stored(self, name: str, chosen: list[str]) -> list[Counted]:
        """The values of a filter as the publications counted them, the most frequent first, then those chosen."""
        if name == "status":
            return [(value, label, None) for value, label in STATUS.items()]
        return stored_values(LISTING, name, chosen)

    def _under(self, name: str) -> dict[str, list[Counted]] | None:
        """Filter -> its values under all others, the most frequent first; None where the listings are too many.

        One query, once for all filters of which nothing is chosen.
        """
        chosen = name == "status" or self.form.cleaned_data.get(name)
        without = name if chosen else ""
        if without not in self._found:
            found = self.narrow(without).order_by()
            certainty = ("certainty",) if "certainty" in found.query.annotations else ()
            rows = list(found.values(*REGISTER.values(), *LABELS.values(), *certainty)[: MOST + 1])
            self._found[without] = _counted(rows) if len(rows) <= MOST else None
        return self._found[without]


def _counted(rows: Iterable[dict[str, str]]) -> dict[str, list[Counted]]:
    """Filter -> how many of some listings have each value of it."""
    found: dict[str, list[Counted]] = {}
    for name, column in {**REGISTER, "status": "certainty"}.items():
        counts = Counter((row[column], row[LABELS.get(name, column)]) for row in rows if row.get(column))
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0][1], one[0][0]))
        found[name] = [(value, label, number) for (value, label), number in ranked]
    return found
