"""What tables share: text uids given by code, words from closed lists, dates with their bounds."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.query_utils import DeferredAttribute
from django.utils.text import capfirst

from profiles.values import dates
from profiles.values.vocabulary import SENSE, Words


class UidField(models.CharField):
    """A uid: given by code once, never changed, used by foreign keys, fixtures, documents and permalinks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 64, **kwargs})


class WordField(models.CharField):
    """A word of a closed list. The list lives in code: a new word needs no migration."""

    def __init__(self, words: Words | None = None, **kwargs: Any) -> None:
        self.words = words
        super().__init__(**{"max_length": 64, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """A select with the list's labels, an empty row first where the field may be empty."""
        if self.words is None:
            return super().formfield(**kwargs)
        choices = self.words.choices if not self.blank else [("", "---------"), *self.words.choices]
        kwargs.pop("choices_form_class", None)
        kwargs.pop("max_length", None)
        return forms.TypedChoiceField(
            choices=choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            initial=self.get_default() or None,
            empty_value="",
            widget=kwargs.get("widget") or forms.Select,
        )


class DocumentRow(models.Model):
    """A row that is read and written as one document. `draft_digest` is what the last known way in left there."""

    uid = UidField(primary_key=True)
    draft_digest = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.uid


class DatedQuerySet(models.QuerySet):
    """Rows with bounds, asked about a time."""

    def on(self, question: str) -> Self:
        """Annotate `certainty`: "certainly", "possibly" or "not" at some time within `question` (EDTF day or period).

        The one formula of `values.dates.on`, in SQL. Raises DateError for a question that is no plain period.
        """
        first, last = dates.window(question)
        return self.annotate(
            certainty=Case(
                When(Q(start_earliest__gt=last) | Q(end_latest__lt=first), then=Value("not")),
                When(start_latest__lte=last, end_earliest__gte=first, hedged=False, then=Value("certainly")),
                default=Value("possibly"),
                output_field=models.CharField(),
            )
        )


class Bounded(models.Model):
    """Four bounds of a time, both ends inclusive; 0001-01-01 and 9999-12-31 stand for none."""

    start_earliest = models.DateField(default=dates.MIN, editable=False)
    start_latest = models.DateField(default=dates.MAX, editable=False)
    end_earliest = models.DateField(default=dates.MIN, editable=False)
    end_latest = models.DateField(default=dates.MAX, editable=False)
    hedged = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class _Derived(DeferredAttribute):
    """Reads what follows from the EDTF text, whatever was set: so every path in writes it right, raw loads too."""

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return (
            self if instance is None else getattr(instance.found_bounds(), _BOUND.get(name := self.field.attname, name))
        )

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value  # what is not there counts as deferred, and is not saved


_BOUND = {"start_is": "start", "end_is": "end"}


class DerivedDateField(models.DateField):
    """A bound of the row's EDTF text."""

    descriptor_class = _Derived


class DerivedBooleanField(models.BooleanField):
    """Whether the row's EDTF text is hedged."""

    descriptor_class = _Derived


class DerivedCharField(models.CharField):
    """How an end of the row's EDTF text is given: known, open or unknown."""

    descriptor_class = _Derived


class Dated(models.Model):
    """A row that says when: EDTF text (ISO 8601-2), its sense, and the bounds that follow from both.

    `seen` is the stamp of the newest supporting source version: an open end is certain only up to it.
    """

    when = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="EDTF: 2013~ (around 2013), 2005/2006, 2014-06, 2018/.. (still so when last seen).",
    )
    sense = WordField(SENSE)
    seen = models.DateField(null=True, blank=True, editable=False)
    start_earliest = DerivedDateField(editable=False)
    start_latest = DerivedDateField(editable=False)
    end_earliest = DerivedDateField(editable=False)
    end_latest = DerivedDateField(editable=False)
    hedged = DerivedBooleanField(editable=False)
    start_is = DerivedCharField(max_length=8, editable=False)
    end_is = DerivedCharField(max_length=8, editable=False)

    class Meta:
        abstract = True

    def found_bounds(self) -> dates.Bounds:
        """The bounds that the text means. Raises DateError on text that is refused."""
        return dates.bounds(self.when, self.sense, self.seen)

    def set_bounds(self) -> None:
        """Check the text. Raises ValidationError naming what is wrong with it."""
        try:
            if self.sense:
                self.found_bounds()
        except dates.DateError as error:
            raise ValidationError({"when": str(error)}) from error
