"""How many there are, kept by each publication: no page counts all rows to print a number.

A publication adds what it brings and takes off what it replaces, so its work grows with itself alone.
`rebuild_published` counts anew; a test holds every number against counting.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models

from .documents import chunks

ALL = ""  # the facet whose one value, also empty, is every entry of a model
KIND = "kind"
SOURCE = "source"  # counted like a model too, under what the list of sources can be narrowed by: filter and column
WORKS = {"kind": "kind", "publisher": "publisher_key", "language": "language", "origin": "derives_from"}
LISTING = "listing"  # counted like a model, under the facets of the register and the columns that they ask
REGISTER = {
    "authority": "authority",
    "programme": "programme",
    "subject": "model",
    "profile": "entry_id",
    "evidence": "evidence",
}


class Tally(models.Model):
    """A number under a key that is made of some columns."""

    PARTS: ClassVar[tuple[str, ...]] = ()

    key = models.CharField(max_length=300, primary_key=True)
    number = models.IntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"

    @classmethod
    def key_of(cls, parts: Iterable[str]) -> str:
        """The key of some values; no uid and no word of a list has a slash."""
        return "/".join(parts)

    @classmethod
    def change(cls, by: Mapping[tuple[str, ...], int], labels: Mapping[tuple[str, ...], str] | None = None) -> None:
        """Add to the numbers under some parts; what comes to nothing goes. Inside the publication's transaction."""
        labels = labels or {}
        rows: dict[str, Any] = {}
        for some in chunks(cls.key_of(parts) for parts in by):
            rows.update(cls.objects.in_bulk(some))  # type: ignore[attr-defined]
        changed: dict[str, Any] = {}
        for parts, step in by.items():
            key = cls.key_of(parts)
            row = rows.get(key) or cls(key=key, **dict(zip(cls.PARTS, parts, strict=True)))
            label = labels.get(parts, getattr(row, "label", ""))
            if step or label != getattr(row, "label", ""):
                row.number += step
                row.label = label
                changed[key] = row
        for some in chunks(key for key, row in changed.items() if row.number < 1):
            cls.objects.filter(pk__in=some).delete()  # type: ignore[attr-defined]
        cls.objects.bulk_create(  # type: ignore[attr-defined]
            [row for row in changed.values() if row.number > 0],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["number", *(["label"] if labels else [])],
            batch_size=2_000,
        )


class FacetCount(Tally):
    """How many entries of a model have one value of a facet: of their kind, of one in `Facet`, or of all (`ALL`).

    And of listings (`LISTING`) and sources (`SOURCE`), how many have a value of each column that they can be narrowed
    by.
    """

    PARTS = ("model", "facet", "value")

    model = models.CharField(max_length=16)
    facet = models.CharField(max_length=32, blank=True)
    value = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = (models.Index("model", "facet", models.F("number").desc(), "label", name="facet_count_by_number"),)


class ClaimCount(Tally):
    """How many public claims answer one question in one voice and have one standing: few rows, however many."""

    PARTS = ("topic", "aspect", "voice", "standing")

    topic = models.CharField(max_length=64)
    aspect = models.CharField(max_length=64)
    voice = models.CharField(max_length=64)
    standing = models.CharField(max_length=64)


class SourceCount(Tally):
    """How many public claims rest on a source."""

    PARTS = ("source",)

    source = models.CharField(max_length=64)


class PublicationCount(models.Model):
    """How many documents a publication changed, and how many editions it made."""

    number = models.PositiveIntegerField(primary_key=True)
    documents = models.PositiveIntegerField()
    editions = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"publication {self.number}: {self.documents} documents, {self.editions} editions"
