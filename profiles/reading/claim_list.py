"""What the list of all public claims can be narrowed by: each filter by one word, all of them together."""

from collections import Counter
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, Sum

from profiles.models.counts import ClaimCount
from profiles.models.editions import read_published
from profiles.models.published import (
    Entry,
    PublishedCitation,
    PublishedClaim,
    PublishedSource,
    PublishedSpeaker,
    Spelling,
)
from profiles.values.dates import DateError
from profiles.values.names import fold
from profiles.values.speech import say, say_number
from profiles.values.vocabulary import STANDING, TOPICS, VOICE, topic_label

from .claim_choices import MANY, aspects
from .orders import OrderFilter, column_of
from .timing import Question, ask, date_problem

COUNTED = ("topic", "aspect", "voice", "standing")  # what publications count claims by
CHOICES = ("topic", "aspect", "voice", "standing")  # lists of words, each with how many claims it finds
FEW = 500  # claims counted one by one for each choice of a list of words
MOST = 1_000  # claims counted one by one; beyond it "more than"
CERTAINTY = [("certainly", "certainly"), ("possibly", "possibly"), ("not", "not then")]


def _topics() -> list[tuple[str, str]]:
    """Every topic of any model, by label."""
    labels = {topic: label for topics in TOPICS.values() for topic, label in topics.items()}
    return sorted(((topic, topic_label(label)) for topic, label in labels.items()), key=lambda pair: pair[1])


class _Printable(forms.CharField):
    def validate(self, value: str) -> None:
        """Signs that print; the field itself refuses what is too long."""
        super().validate(value)
        if value and not value.isprintable():
            raise forms.ValidationError(say("It has signs that do not print."))


class _Moment(_Printable):
    def clean(self, value: Any) -> str:
        """A plain day or period."""
        text = str(super().clean(value)).strip()
        try:
            if text:
                ask(text)
        except DateError as error:
            raise forms.ValidationError(date_problem(error)) from error
        return text


class _WordFilter(django_filters.CharFilter):
    field_class = _Printable


class _CountFilter(django_filters.Filter):
    field_class = forms.IntegerField


class _MomentFilter(django_filters.CharFilter):
    field_class = _Moment

    def filter(self, qs: QuerySet[PublishedClaim], value: str) -> QuerySet[PublishedClaim]:
        """Say of each how it answers; whether that narrows is for `then` to say."""
        return qs.on(value) if value else qs  # type: ignore[attr-defined]


def chosen(narrowed: "ClaimFilter") -> list[tuple[str, str, str]]:
    """What is chosen now: name, label, and the value in words. Four queries at most, for what is chosen by uid."""
    found = []
    for name, value in narrowed.asked.items():
        field = narrowed.form.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, str(value))
        found.append((name, say(str(field.label)), _label(name, say(words))))
    return found


def _label(name: str, value: str) -> str:
    """The label of a subject, source or speaker that is public, or of a question; else what was asked for."""
    uid = value
    if name == "aspect":
        return next((label for _, some in aspects() for key, label in some if key == value), value)
    if name == "subject":
        uid = subjects(value)[0]
    elif name == "source":
        uid = PublishedSource.objects.filter(slug=value).values_list("pk", flat=True).first() or value
    elif name != "speaker":
        return value
    document = read_published([uid]).get(uid)
    return str(getattr(document, "label", "") or getattr(document, "title", "") or value)


def of_subject(qs: QuerySet[PublishedClaim], name: str, value: str) -> QuerySet[PublishedClaim]:
    """Touching a profile, by its slug, uid or name: said of it, or tying others to it, as its page shows them."""
    touched = subjects(value)
    return qs.filter(Q(subject__in=touched) | Q(about__in=touched))


def subjects(value: str) -> list[str]:
    """The uids that a slug or uid means, else those of the profiles of that name, in any spelling that looks alike."""
    found = list(Entry.objects.filter(Q(slug=value) | Q(pk=value)).order_by("model").values_list("pk", flat=True))
    if not found and (skeleton := fold(value)):
        spelt = Spelling.objects.filter(skeleton=skeleton[:300]).values_list("entry_id", flat=True)
        found = sorted(set(spelt[:MANY]))
    return found or [value]


def of_source(qs: QuerySet[PublishedClaim], name: str, value: str) -> QuerySet[PublishedClaim]:
    """Resting on a source, by its slug or uid."""
    uids = [value, *PublishedSource.objects.filter(slug=value).values_list("pk", flat=True)]
    return qs.filter(pk__in=PublishedCitation.objects.filter(source__in=uids).values("claim"))


def of_speaker(qs: QuerySet[PublishedClaim], name: str, value: str) -> QuerySet[PublishedClaim]:
    """With somebody heard in a passage, by uid."""
    return qs.filter(pk__in=PublishedSpeaker.objects.filter(speaker=value).values("claim"))


class ClaimFilter(django_filters.FilterSet):
    """Question, voice, who is heard, how many origins, standing, source, subject, and a time."""

    topic = django_filters.ChoiceFilter(choices=_topics, empty_label="any topic", label="Topic")
    aspect = _WordFilter(max_length=64, label="Question")
    voice = django_filters.ChoiceFilter(choices=lambda: VOICE.choices, empty_label="any voice", label="Voice")
    standing = django_filters.ChoiceFilter(
        choices=lambda: STANDING.choices, empty_label="any standing", label="Standing"
    )
    anonymous = django_filters.ChoiceFilter(
        choices=[("1", "all unnamed"), ("0", "not all unnamed")], empty_label="named or not", label="Who says so"
    )
    origins = _CountFilter(min_value=0, max_value=999, label="Independent origins")
    subject = _WordFilter(max_length=100, method=of_subject, label="Profile")
    source = _WordFilter(max_length=100, method=of_source, label="Source")
    speaker = _WordFilter(max_length=64, method=of_speaker, label="Heard")
    on = _MomentFilter(max_length=64, label="So on a date")
    then = django_filters.ChoiceFilter(
        choices=CERTAINTY, empty_label="any answer", label="How sure", method="sure", field_name="certainty"
    )

    order = OrderFilter("claims")

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def __init__(self, data: object = None) -> None:
        super().__init__(data, queryset=PublishedClaim.objects.filter(to_publication=None))

    @property
    def asked(self) -> dict[str, Any]:
        """What narrows the list. Only to be asked of a valid form."""
        found = self.form.cleaned_data.items()
        return {name: word for name, word in found if word not in (None, "") and name != "order"}

    @property
    def by_date(self) -> bool:
        """Whether the latest date comes first; what has no beginning comes last."""
        return column_of("claims", self.form.cleaned_data.get("order")) != "uid"

    def counts(self) -> dict[str, dict[str, int] | None]:
        """How many claims there are of each topic, question, voice and standing under all other filters: a query each,
        one where they are counted one by one and none of the four is chosen. None where they are too many for that.
        """
        found: dict[str, dict[str, int] | None] = {}
        few: dict[str, list[tuple[str, ...]]] = {}
        for place, name in enumerate(CHOICES):
            without = name if self.form.cleaned_data.get(name) else ""
            asked = {one: word for one, word in self.asked.items() if one != name}
            if set(asked) <= {*COUNTED, "on"} or not set(asked) - {*COUNTED, "then"}:
                counted = ClaimCount.objects.filter(**{one: word for one, word in asked.items() if one in COUNTED})
                numbers = counted.order_by().values_list(name).annotate(Sum("number"))
                found[name] = {word: number for word, number in numbers if number}
                continue
            if without not in few:
                few[without] = self._few(asked)
            rows = few[without]
            found[name] = dict(Counter(row[place] for row in rows)) if len(rows) <= FEW else None
        return found

    def _few(self, asked: dict[str, Any]) -> list[tuple[str, ...]]:
        """The words of the claims under some filters, of no more than tell that they are too many."""
        rows = self.queryset.all()
        for name, word in asked.items():
            rows = self.filters[name].filter(rows, word)
        return list(rows.order_by().values_list(*CHOICES)[: FEW + 1])

    def sure(self, qs: QuerySet[PublishedClaim], name: str, value: str) -> QuerySet[PublishedClaim]:
        """Of one answer to the time asked about; without a time it narrows nothing."""
        return qs.filter(**{name: value}) if self.form.cleaned_data.get("on") else qs

    @property
    def question(self) -> Question | None:
        """The time that is asked about."""
        text = self.form.cleaned_data.get("on")
        return ask(text) if text else None

    def count(self) -> tuple[int, bool]:
        """How many public claims there are under all filters, and whether there are more: one query.

        What the publications counted is added up; else they are counted one by one, up to a limit.
        """
        asked = self.asked
        if not set(asked) - {*COUNTED, "then"} or set(asked) <= {*COUNTED, "on"}:
            counted = {name: asked[name] for name in COUNTED if name in asked}
            return ClaimCount.objects.filter(**counted).aggregate(found=Sum("number"))["found"] or 0, False
        found = self.qs.order_by().values("pk")[: MOST + 1].count()
        return min(found, MOST), found > MOST


def found_in_words(count: int, more: bool, narrowed: bool) -> str:
    """How many claims the list has."""
    if more and narrowed:
        return say_number("More than %(count)s claim found.", "More than %(count)s claims found.", count)
    if more:
        return say_number("More than %(count)s claim.", "More than %(count)s claims.", count)
    if narrowed:
        return say_number("%(count)s claim found.", "%(count)s claims found.", count)
    return say_number("%(count)s claim.", "%(count)s claims.", count)
