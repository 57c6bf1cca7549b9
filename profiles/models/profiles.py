"""Profiles: the identity of one subject, and nothing more. All that is asserted about it is a claim."""

from django.db import models

from profiles.models.base import DocumentRow, WordField
from profiles.values import vocabulary as words


class Profile(DocumentRow):
    """One table for groups, people and events; the three are proxies with their own manager and screen."""

    model = WordField(words.MODEL, editable=False)
    kind = WordField()
    label = models.CharField(max_length=300, help_text="Equals a published main name.")
    slug = models.SlugField(max_length=100)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ("label", "uid")
        constraints = (
            models.UniqueConstraint(fields=("model", "slug"), name="profile_slug_unique"),
            models.CheckConstraint(condition=models.Q(model__in=list(words.MODEL)), name="profile_model_known"),
        )

    def __str__(self) -> str:
        return self.label


class _ModelManager(models.Manager):
    def __init__(self, model_word: str) -> None:
        super().__init__()
        self.model_word = model_word

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(model=self.model_word)

    def create(self, **kwargs: object) -> Profile:
        return super().create(**{"model": self.model_word, **kwargs})


class Group(Profile):
    """An organised body."""

    objects = _ModelManager("group")

    class Meta:
        proxy = True


class Person(Profile):
    """A natural person."""

    objects = _ModelManager("person")

    class Meta:
        proxy = True
        verbose_name_plural = "people"


class Event(Profile):
    """Something that happened."""

    objects = _ModelManager("event")

    class Meta:
        proxy = True


PROXIES: dict[str, type[Profile]] = {"group": Group, "person": Person, "event": Event}
