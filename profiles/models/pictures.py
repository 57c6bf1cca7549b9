"""Pictures: portraits and emblems, whose words and file digests are rows. The files stand beside (`files`)."""

from django.db import models

from profiles.models.base import DocumentRow, WordField
from profiles.values import vocabulary as words


class Picture(DocumentRow):
    """One picture of a profile, as the desk has it: not public before a publication carries it."""

    subject = models.ForeignKey("profiles.Profile", models.PROTECT, related_name="pictures")
    kind = WordField(words.PICTURE_KIND)
    salt = models.CharField(max_length=32, editable=False)
    alt = models.CharField(
        "text for who cannot see it",
        max_length=500,
        blank=True,
        default="",
        help_text="What there is to see, in a sentence or two: no “picture of”.",
    )
    caption = models.CharField(max_length=300, blank=True, default="", help_text="Who or what, where and when.")
    credit = models.CharField(max_length=300, blank=True, default="", help_text="Whose work it is, as they want it.")
    licence = WordField(words.LICENCE, blank=True, default="")
    url = models.URLField(
        "where it was found", max_length=1000, blank=True, default="", help_text="The page, not the bare file."
    )
    files = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ("uid",)

    def __str__(self) -> str:
        return f"{self.uid}: {self.alt or self.kind}"
