"""What was made public, and when: publications chained by hash, editions by digest."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db import models

from profiles.models import bulk
from profiles.models.base import WordField
from profiles.models.documents import Document, bodies, chunks
from profiles.values import documents
from profiles.values import vocabulary as words

GENESIS = "0" * 64


class Publication(models.Model):
    """One approved review, or one take-down, made public at once and whole.

    `body` is canonical JSON of all that the hash covers; the other columns repeat parts of it for asking.
    """

    number = models.PositiveIntegerField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    previous = models.CharField(max_length=64, unique=True)
    kind = WordField(words.PUBLICATION_KIND)
    at = models.DateTimeField(db_index=True)
    note = models.TextField(blank=True, default="")
    reviewed = models.CharField(max_length=32)
    body = models.TextField()

    class Meta:
        ordering = ("-number",)
        # Each page of a list asks whether there is any.
        indexes = (
            models.Index(
                fields=("number",), name="publication_automatic", condition=models.Q(reviewed="demonstration")
            ),
        )

    def __str__(self) -> str:
        return f"publication {self.number}"

    def facts(self) -> dict[str, Any]:
        """What the hash covers, decoded."""
        return msgspec.json.decode(self.body)


class Edition(models.Model):
    """A profile's dossier as one publication made it. `manifest` is the text whose SHA-256 is the edition's."""

    profile = models.CharField(max_length=64, help_text="Uid.")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    manifest = models.TextField()
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="editions")

    class Meta:
        ordering = ("profile", "-number")
        constraints = (models.UniqueConstraint(fields=("profile", "number"), name="edition_number_once"),)

    def __str__(self) -> str:
        return f"{self.profile}, edition {self.number}"

    def contents(self) -> tuple[str, dict[str, str]]:
        """The digest of the header, and uid -> digest of the documents, from the manifest."""
        manifest = msgspec.json.decode(self.manifest)
        return manifest["header"], dict(manifest["documents"])


class PublishedDocument(models.Model):
    """Which document is public now under a uid. Follows from the publications; `rebuild_published` remakes it."""

    uid = models.CharField(max_length=64, primary_key=True)
    model = models.CharField(max_length=16, db_index=True)
    sha256 = models.CharField(max_length=64)
    publication = models.PositiveIntegerField(help_text="Number of the publication that made it public.")

    def __str__(self) -> str:
        return self.uid


class Redaction(models.Model):
    """A digest whose bytes may be deleted: written first, then the body may become NULL."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    publication = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.sha256


def published_digests(uids: Iterable[str] | None = None) -> dict[str, str]:
    """Uid -> digest of what is public now; all of it where no uids are given."""
    if uids is None:
        return dict(PublishedDocument.objects.values_list("uid", "sha256"))
    return dict(bulk.columns_of(PublishedDocument, ("uid", "sha256"), uids))


def read_published(uids: Iterable[str]) -> dict[str, documents.Document]:
    """Uid -> the document that is public now; two queries."""
    digests = published_digests(uids)
    return read_documents(digests)


def read_documents(digests: dict[str, str]) -> dict[str, documents.Document]:
    """Uid -> document, for uid -> digest; those redacted are left out. One query."""
    texts = bodies(digests.values())
    return {uid: documents.parse(text) for uid, sha in digests.items() if (text := texts.get(sha)) is not None}


def newest_editions(profiles: Iterable[str]) -> dict[str, Edition]:
    """Profile uid -> its newest edition, with the facts of the publication that made it; one query.

    A publication's body, which grows with what it published, is not read.
    """
    asked = list(dict.fromkeys(profiles))
    if not asked:
        return {}
    among, one = bulk.among(asked)
    edition, publication = Edition._meta.db_table, Publication._meta.db_table
    # Put as SQL: as a query set the question costs three times as much as its answer.
    sql = (
        "SELECT p.number, p.sha256, p.previous, p.kind, p.at, p.note, p.reviewed,"  # noqa: S608 (names of tables)
        " e.id AS e_id, e.profile AS e_profile, e.number AS e_number, e.sha256 AS e_sha256, e.manifest AS e_manifest"
        f" FROM {edition} e JOIN {publication} p ON p.number = e.publication_id WHERE e.profile {among}"
        f" AND e.number = (SELECT MAX(number) FROM {edition} WHERE profile = e.profile)"
    )
    rows = Publication.objects.raw(sql, [one])
    return {row.e_profile: _edition(row) for row in rows}


def _edition(row: Any) -> Edition:
    """An edition of the columns that stand beside its publication's."""
    names = ("id", "profile", "number", "sha256", "manifest")
    made = Edition.from_db(row._state.db, names, [getattr(row, f"e_{name}") for name in names])
    made.publication = row
    return made


def head() -> Publication | None:
    """The newest publication; its body, which grows with what it published, is read only where it is asked for."""
    return Publication.objects.defer("body").order_by("-number").first()


# The kinds of publications by which something that was public is put right or taken back.
PUT_RIGHT = ("clarification", "correction", "retraction", "withdrawal", "redaction")


def redactions_of(uids: Iterable[str]) -> dict[str, list[int]]:
    """Uid -> numbers of the publications that deleted words of it, newest first; two queries."""
    lost: dict[str, str] = {}
    for some in chunks(dict.fromkeys(uids)):
        lost.update(Document.objects.filter(uid__in=some, body=None).values_list("sha256", "uid"))
    found: dict[str, set[int]] = {}
    for some in chunks(lost):
        for sha, number in Redaction.objects.filter(sha256__in=some).values_list("sha256", "publication"):
            if number is not None:
                found.setdefault(lost[sha], set()).add(number)
    return {uid: sorted(numbers, reverse=True) for uid, numbers in found.items()}
