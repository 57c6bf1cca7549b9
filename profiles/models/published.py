"""What a publication writes for readers: rows to ask, pages to serve. All of it can be remade from documents."""

from typing import Any, Self

from django.db import connections, models

from profiles.models.base import Bounded, Dated, DatedQuerySet


class Entry(models.Model):
    """One published profile, as a list shows it. Single-valued facets are columns; the many-valued are in Facet."""

    uid = models.CharField(max_length=64, primary_key=True)
    model = models.CharField(max_length=16)
    slug = models.CharField(max_length=100)
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=64)
    sort_key = models.CharField(max_length=300, help_text="The label folded, then the uid: unique, for keyset paging.")
    edition = models.PositiveIntegerField()
    publication = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    # A group's founding, an event's date: bounds, with the EDTF text as stated.
    when = models.CharField(max_length=64, blank=True, default="")
    when_earliest = models.DateField(null=True)
    when_latest = models.DateField(null=True)
    card = models.JSONField(default=dict)
    # Other orders of a list, each as a text that is unique and rises: see `reading/orders.py`.
    by_date = models.CharField(max_length=320, blank=True, default="")
    by_edition = models.CharField(max_length=320, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="entry_slug_unique"),)
        indexes = (
            models.Index(fields=("model", "sort_key"), name="entry_in_order"),
            models.Index(fields=("model", "kind", "sort_key"), name="entry_by_kind"),
            models.Index(fields=("model", "when_earliest", "when_latest"), name="entry_by_when"),
            models.Index(fields=("sort_key",), name="entry_by_sort_key"),
            models.Index(fields=("model", "by_date"), name="entry_by_date"),
            models.Index(fields=("model", "by_edition"), name="entry_by_edition"),
        )

    def __str__(self) -> str:
        return self.label


class FacetQuerySet(models.QuerySet):
    """Facets by what they say."""

    def entries(self, facet: str, values: list[str]) -> models.QuerySet:
        """The uids of the entries that have any of the values."""
        return self.filter(facet=facet, value__in=values).values("entry_id")


class PublishedFile(models.Model):
    """A file that readers may fetch: of some public state of a picture that is public now."""

    sha256 = models.CharField(max_length=64)
    picture = models.CharField(max_length=64, db_index=True, help_text="Uid.")
    media_type = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sha256", "picture"), name="published_file_once"),)

    def __str__(self) -> str:
        return self.sha256


class Facet(Bounded):
    """One value of a many-valued facet of an entry (designated by, member of, led by), and the claim that says so."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="facets", db_constraint=False)
    facet = models.CharField(max_length=32)
    value = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    claim = models.CharField(max_length=64)

    objects = FacetQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("facet", "value", "entry"), name="facet_by_value"),)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.facet}={self.value}"


class Spelling(models.Model):
    """A name that an entry is found by, with its skeleton for search."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="spellings", db_constraint=False)
    name = models.CharField(max_length=300)
    skeleton = models.CharField(max_length=300, db_index=True)
    name_sort = models.CharField(max_length=64)
    claim = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class ListingQuerySet(models.QuerySet):
    """Listings, asked about a time."""

    def on(self, question: str) -> Self:
        """Annotate `certainty`: whether each was in force at some time within `question`, in any of its intervals.

        Raises DateError for a question that is no plain period.
        """
        asked = Interval.objects.on(question)
        found = {word: asked.filter(certainty=word).values("listing") for word in ("certainly", "possibly")}
        return self.annotate(
            certainty=models.Case(
                *(models.When(pk__in=listings, then=models.Value(word)) for word, listings in found.items()),
                default=models.Value("not"),
                output_field=models.CharField(),
            )
        )


class Listing(models.Model):
    """One designation of a published profile. When it was in force, its intervals tell."""

    uid = models.CharField(max_length=64, primary_key=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="listings", db_constraint=False)
    model = models.CharField(max_length=16)
    authority = models.CharField(max_length=64, help_text="Uid, or not_stated.")
    authority_label = models.CharField(max_length=300)
    programme = models.CharField(max_length=64, help_text="Uid, or not_stated.")
    programme_label = models.CharField(max_length=300)
    evidence = models.CharField(max_length=64, blank=True)
    asserted = models.BooleanField(help_text="Neither denied nor retracted nor replaced.")
    dated = models.BooleanField(help_text="A source tells when it began, or ended.")
    # Other orders of the register: see `reading/orders.py`.
    by_name = models.CharField(max_length=380, blank=True, default="")
    by_date = models.CharField(max_length=80, blank=True, default="")

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("authority", "uid"), name="listing_by_authority"),
            models.Index(fields=("model", "entry"), name="listing_by_entry"),
            models.Index(fields=("by_name",), name="listing_by_name"),
            models.Index(fields=("by_date",), name="listing_by_date"),
        )

    def __str__(self) -> str:
        return self.uid


class Interval(Bounded):
    """One time for which a listing was in force by its steps: of what was listed again after a delisting, each."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="intervals", db_constraint=False)
    number = models.PositiveSmallIntegerField(help_text="In order of time, from 1.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("listing", "number"), name="interval_once"),)

    def __str__(self) -> str:
        return f"{self.listing_id} ({self.number})"


class PublishedClaim(Dated):
    """A claim as one publication made it public, and until which: both times can be asked."""

    uid = models.CharField(max_length=64, db_index=True)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64, db_index=True)
    about = models.CharField(max_length=64, blank=True, default="", db_index=True)
    topic = models.CharField(max_length=64)
    aspect = models.CharField(max_length=64)
    statement = models.TextField()
    voice = models.CharField(max_length=64)
    standing = models.CharField(max_length=64)
    negated = models.BooleanField(default=False)
    authority = models.CharField(max_length=64, blank=True, default="")
    anonymous = models.BooleanField(default=False, help_text="Its only origins are anonymous speakers.")
    origins = models.PositiveSmallIntegerField(default=0)
    from_publication = models.PositiveIntegerField()
    to_publication = models.PositiveIntegerField(null=True, help_text="The publication that replaced it.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("uid",),
                condition=models.Q(to_publication__isnull=True),
                name="published_claim_current_once",
            ),
        )
        # Lists run by uid within one word of what they are narrowed by.
        indexes = (
            models.Index(fields=("topic", "aspect"), name="published_claim_by_aspect"),
            *(
                models.Index(
                    fields=(name, "uid"),
                    name=f"published_claim_{name}",
                    condition=models.Q(to_publication__isnull=True),
                )
                for name in ("kind", "topic", "aspect", "voice", "standing", "origins")
            ),
            models.Index(
                fields=("-start_earliest", "-uid"),
                name="published_claim_latest",
                condition=models.Q(to_publication__isnull=True),
            ),
            models.Index(
                fields=("uid",),
                name="published_claim_anonymous",
                condition=models.Q(to_publication__isnull=True, anonymous=True),
            ),
            models.Index(
                fields=("authority", "uid"),
                name="published_claim_authority",
                condition=models.Q(to_publication__isnull=True) & ~models.Q(authority=""),
            ),
        )

    def __str__(self) -> str:
        return self.uid


class PublishedCitation(models.Model):
    """A citation of a published claim, so that a source page can list what rests on it."""

    claim = models.ForeignKey(PublishedClaim, models.CASCADE, related_name="citations")
    uid = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    bearing = models.CharField(max_length=64)
    voice = models.CharField(max_length=64)
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("source", "uid"), name="published_citation_by_source"),)

    def __str__(self) -> str:
        return self.uid


class PublishedSpeaker(models.Model):
    """Somebody who is heard in a passage that a published claim cites, so that claims can be asked by who is heard."""

    claim = models.ForeignKey(PublishedClaim, models.CASCADE, related_name="speakers")
    speaker = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("speaker", "claim"), name="published_speaker_once"),)

    def __str__(self) -> str:
        return f"{self.speaker} in {self.claim_id}"


class PublishedSource(models.Model):
    """A source that is public, found by its slug."""

    uid = models.CharField(max_length=64, primary_key=True)
    slug = models.CharField(max_length=100, db_index=True)
    title = models.CharField(max_length=300, blank=True, default="")
    kind = models.CharField(max_length=64, blank=True, default="")
    publisher = models.CharField(max_length=300, blank=True, default="")
    publisher_key = models.CharField(max_length=64, blank=True, default="", help_text="For addresses.")
    language = models.CharField(max_length=64, blank=True, default="")
    derives_from = models.CharField(max_length=64, blank=True, default="", help_text="Uid of a work, or none.")
    # Orders of the list: see `reading/orders.py`.
    by_title = models.CharField(max_length=320, blank=True, default="")
    by_publisher = models.CharField(max_length=380, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("by_title",), name="source_by_title"),
            models.Index(fields=("by_publisher",), name="source_by_publisher"),
        )

    def __str__(self) -> str:
        return self.slug


class PublishedVersion(models.Model):
    """A version that is public, found by its source."""

    uid = models.CharField(max_length=64, primary_key=True)
    source = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return self.uid


class Address(models.Model):
    """Where a stored page is served: narrow, since each request asks it."""

    path = models.CharField(max_length=300, primary_key=True)
    etag = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=200)
    publication = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path

    @classmethod
    def find(cls, path: str) -> tuple[str, int] | None:
        """Etag and status of what is stored at a path: one query, its SQL not put together for each reader anew."""
        connection = connections[cls.objects.db]
        sql = "SELECT etag, status FROM profiles_address WHERE path = %s"
        if connection.vendor == "postgresql" and not connection.queries_logged:
            return _prepared(connection, sql, path)
        with connection.cursor() as cursor:
            cursor.execute(sql, [path])
            row: tuple[str, int] | None = cursor.fetchone()
            return row


def _prepared(connection: Any, sql: str, path: str) -> tuple[str, int] | None:
    """The same, which PostgreSQL reads and plans once a connection: a third of the CPU of both sides."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.Database.Cursor(connection.connection)
        row: tuple[str, int] | None = cursor.execute(sql, [path], prepare=True).fetchone()
        return row


class Body(models.Model):
    """A rendered page, content-addressed: headers and gzip bytes under the SHA-256 of both."""

    etag = models.CharField(max_length=64, primary_key=True)
    headers = models.JSONField()
    gzip = models.BinaryField()

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.etag


class Mention(models.Model):
    """A stored page prints this profile's label or address: a rename or withdrawal re-renders the page."""

    profile = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("profile", "path"), name="mention_once"),)

    def __str__(self) -> str:
        return f"{self.path} prints {self.profile}"


class OldSlug(models.Model):
    """A slug that a published profile once had: it redirects."""

    model = models.CharField(max_length=16)
    slug = models.CharField(max_length=100)
    profile = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="old_slug_once"),)

    def __str__(self) -> str:
        return self.slug
