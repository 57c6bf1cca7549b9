"""What the list of all public claims can be narrowed by."""

import django_filters
from django import forms
from django.db.models import Sum

from profiles.models.counts import ClaimCount
from profiles.models.published import PublishedClaim
from profiles.values.vocabulary import STANDING, TOPICS, VOICE


def _topics() -> list[tuple[str, str]]:
    """Every topic of any model, by label."""
    labels = {topic: label for topics in TOPICS.values() for topic, label in topics.items()}
    return sorted(labels.items(), key=lambda pair: pair[1])


class _Printable(forms.CharField):
    def validate(self, value: str) -> None:
        """Signs that print; the field itself refuses what is too long."""
        super().validate(value)
        if value and not value.isprintable():
            raise forms.ValidationError("The aspect has signs that do not print.")


class _AspectFilter(django_filters.CharFilter):
    field_class = _Printable


class ClaimFilter(django_filters.FilterSet):
    """Topic, aspect, voice and standing, each by one word."""

    topic = django_filters.ChoiceFilter(choices=_topics, empty_label="any topic", label="Topic")
    aspect = _AspectFilter(max_length=64, label="Aspect")
    voice = django_filters.ChoiceFilter(choices=VOICE.choices, empty_label="any voice", label="Voice")
    standing = django_filters.ChoiceFilter(choices=STANDING.choices, empty_label="any standing", label="Standing")

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def __init__(self, data: object = None) -> None:
        super().__init__(data, queryset=PublishedClaim.objects.filter(to_publication=None))

    def count(self) -> int:
        """How many public claims there are under all filters, as the publications counted them: one query."""
        asked = {name: word for name, word in self.form.cleaned_data.items() if word}
        return ClaimCount.objects.filter(**asked).aggregate(found=Sum("number"))["found"] or 0
