"""Citations: where a claim's evidence stands, and who is heard there."""

from django.db import models

from profiles.models.base import UidField, WordField
from profiles.values import vocabulary as words


class Citation(models.Model):
    """Claim -> source version: a half-open range of code points, the passage's digest, its bearing and voice."""

    uid = UidField(primary_key=True)
    claim = models.ForeignKey("profiles.Claim", models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.ForeignKey("profiles.SourceVersion", models.PROTECT, related_name="citations")
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    passage_sha256 = models.CharField("digest of the passage", max_length=64)
    bearing = WordField(words.BEARING)
    voice = WordField(words.VOICE)
    part = WordField(words.CITATION_PART, default="body")
    excerpt = models.CharField("words to print", max_length=200, blank=True, default="", help_text="Of the passage.")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("claim_id", "position", "uid")
        constraints = (
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="citation_passage_not_empty"),
        )

    def __str__(self) -> str:
        return self.uid


class Attribution(models.Model):
    """One speaker in one chain of a citation; within a chain, place 0 is nearest to the source."""

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="attributions")
    chain = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=0)
    speaker = models.ForeignKey("profiles.Speaker", models.PROTECT, related_name="attributions")

    class Meta:
        ordering = ("citation_id", "chain", "place")
        constraints = (models.UniqueConstraint(fields=("citation", "chain", "place"), name="attribution_place_once"),)

    def __str__(self) -> str:
        return f"{self.citation_id} {self.chain}.{self.place}"
