"""Works, their captures, and the small tables that claims point to."""

from django.db import models

from profiles.models.base import DocumentRow, WordField
from profiles.values import vocabulary as words


class Source(DocumentRow):
    """A work: an article, a notice, a list."""

    kind = WordField(words.SOURCE_KIND)
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=100, unique=True)
    publisher = models.CharField(max_length=300, blank=True, default="")
    author = models.CharField(max_length=300, blank=True, default="")
    url = models.URLField("address", max_length=1000, blank=True, default="")
    language = models.CharField(max_length=64, blank=True, default="", help_text="BCP 47, as en or ar.")
    derives_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        help_text="The work that it retells.",
    )
    unknown = models.JSONField(
        default=list, blank=True, help_text='Fields looked for and not known, as ["author", "publisher"].'
    )
    text_may_travel = models.BooleanField(
        default=False, help_text="Only for texts of our own: may stand in fixtures and downloads."
    )
    no_fact = models.JSONField(
        "paragraphs without fact",
        default=list,
        blank=True,
        help_text='Left out of coverage: [{"version": "src-0001-v1", "paragraph": 0}].',
    )
    archived = models.JSONField(
        "archived copies",
        default=list,
        blank=True,
        help_text='Found after the capture: [{"version": "src-0001-v1", "url": "https://..."}].',
    )
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("title", "uid")

    def __str__(self) -> str:
        return self.title


class SourceVersion(DocumentRow):
    """One capture of a source: digests and lengths. Immutable once made; the text is in `Capture`, and private."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="versions")
    text_sha256 = models.CharField("digest of the text", max_length=64, db_index=True)
    text_length = models.PositiveIntegerField(help_text="In code points.")
    paragraphs = models.PositiveIntegerField()
    raw_sha256 = models.CharField("digest of the raw bytes", max_length=64)
    raw_length = models.PositiveIntegerField(help_text="In bytes.")
    media_type = models.CharField(max_length=64)
    method = WordField(words.CAPTURE_METHOD)
    retrieved = models.DateField(help_text="UTC.")
    stamp = models.CharField(
        max_length=16, blank=True, default="", help_text="The publisher's own date line: 2025-04-07T17:22."
    )
    stamp_zone = models.CharField(max_length=64, blank=True, default="", help_text="Empty where it is unknown.")
    archive_url = models.URLField(max_length=1000, blank=True, default="")
    fidelity = WordField(words.TEXT_FIDELITY, blank=True, default="", help_text="Empty: the text is as it was read.")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("uid",)

    def __str__(self) -> str:
        return f"{self.uid} ({self.stamp or self.retrieved})"

    @property
    def titled(self) -> str:
        """What to choose it by: its source's title first. Costs a query where the source was not selected with it."""
        return f"{self.source.title} ({self.uid}, {self.stamp or self.retrieved})"


class Capture(models.Model):
    """The private bytes of a version: its normalised text and what was fetched. Never in a fixture or on a page."""

    version = models.OneToOneField(SourceVersion, models.PROTECT, primary_key=True, related_name="capture")
    text = models.TextField()
    raw = models.BinaryField(null=True)
    headers = models.JSONField(default=dict, blank=True)
    attached_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.version_id


class Speaker(DocumentRow):
    """Who is heard in a passage."""

    kind = WordField(words.SPEAKER_KIND)
    label = models.CharField(max_length=300)
    anonymous = models.BooleanField(default=False)
    count = models.PositiveIntegerField(null=True, blank=True, help_text="How many, where the source says so.")
    profile = models.ForeignKey("profiles.Profile", models.PROTECT, null=True, blank=True, related_name="speakers")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("label", "uid")

    def __str__(self) -> str:
        return self.label


class Authority(DocumentRow):
    """A body that lists."""

    label = models.CharField(max_length=300)
    country = models.CharField(max_length=64, blank=True, default="", help_text="ISO 3166-1 alpha-2, as US.")
    profile = models.ForeignKey("profiles.Profile", models.PROTECT, null=True, blank=True, related_name="authorities")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("label", "uid")
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.label


class Programme(DocumentRow):
    """One list or programme of an authority."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="programmes")
    label = models.CharField(max_length=300)
    code = models.CharField(max_length=64, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("label", "uid")

    def __str__(self) -> str:
        return self.label


class Place(DocumentRow):
    """A place, no finer than a town unless a public landmark."""

    kind = WordField(words.PLACE_KIND)
    label = models.CharField(max_length=300)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    country = models.CharField(max_length=64, blank=True, default="", help_text="ISO 3166-1 alpha-2, as IQ.")
    latitude = models.CharField(max_length=10, blank=True, default="", help_text="Decimal text, WGS 84.")
    longitude = models.CharField(max_length=10, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("label", "uid")

    def __str__(self) -> str:
        return self.label
