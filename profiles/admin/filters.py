"""Filters of the lists."""

from django.contrib import admin
from django.db.models import Count

from profiles.models import Citation, Claim, Profile
from profiles.values import vocabulary as words
from profiles.values.documents import SHAPE


def by_words(field: str, choices: list, name: str = "") -> type[admin.SimpleListFilter]:
    """A filter by the words of a closed list; no query of its own."""

    class ByWord(admin.SimpleListFilter):
        title = name or field.replace("_", " ")
        parameter_name = field

        def lookups(self, request, model_admin):
            return choices

        def queryset(self, request, queryset):
            return queryset.filter(**{field: self.value()}) if self.value() else queryset

    return ByWord


def _topics() -> list:
    found = {}
    for model in words.MODEL:
        for topic, label in words.TOPICS[model].items():
            found.setdefault(topic, label)
    return sorted(found.items(), key=lambda pair: pair[1])


ByTopic = by_words("topic", _topics())
ByVoice = by_words("voice", words.VOICE.choices)
ByStanding = by_words("standing", words.STANDING.choices)
ByKind = by_words("kind", [(kind, kind) for kind in SHAPE])


class BySubject(admin.SimpleListFilter):
    """The profiles with the most claims, and the one chosen; the search finds all others."""

    title = "subject"
    parameter_name = "subject"

    def lookups(self, request, model_admin):
        most = Claim.objects.order_by().values("subject_id").annotate(n=Count("pk")).order_by("-n", "subject_id")[:12]
        wanted = [row["subject_id"] for row in most]
        if self.used_parameters.get("subject"):
            wanted.append(self.used_parameters["subject"])
        return list(Profile.objects.filter(pk__in=wanted).values_list("pk", "label"))

    def queryset(self, request, queryset):
        return queryset.filter(subject_id=self.value()) if self.value() else queryset


class ByEvidence(admin.SimpleListFilter):
    """Claims without a citation that supports them cannot be published; passages whose text nobody attached."""

    title = "evidence"
    parameter_name = "evidence"

    def lookups(self, request, model_admin):
        return [("uncited", "uncited"), ("cited", "cited"), ("not_at_hand", "a passage not at hand")]

    def queryset(self, request, queryset):
        if self.value() == "uncited":
            return queryset.uncited().exclude(standing="retracted")
        if self.value() == "not_at_hand":
            unseen = Citation.objects.filter(version__capture=None).values("claim_id")
            return queryset.filter(pk__in=unseen).exclude(standing="retracted")
        return queryset.cited() if self.value() == "cited" else queryset
