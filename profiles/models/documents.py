"""The store of documents: each once, under its SHA-256, immutable."""

from collections.abc import Collection, Iterable

from django.db import models

from profiles.models import bulk
from profiles.values import documents


class Document(models.Model):
    """The canonical bytes of one document. `body` is NULL only after a redaction; its digest stays."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    uid = models.CharField(max_length=64, db_index=True)
    model = models.CharField(max_length=16)
    body = models.TextField(null=True)  # noqa: DJ001 (NULL says redacted; an empty body cannot be)

    def __str__(self) -> str:
        return f"{self.uid} {self.sha256[:12]}"

    def parsed(self) -> documents.Document | None:
        """The document itself, or None where it is redacted."""
        return documents.parse(self.body) if self.body is not None else None


CHUNK = 10_000  # below SQLite's limit of 32,766 variables a query


def chunks(items: Iterable[str]) -> list[list[str]]:
    """The items in lists short enough for one query each."""
    rows = list(items)
    return [rows[i : i + CHUNK] for i in range(0, len(rows), CHUNK)]


def bodies(digests: Iterable[str]) -> dict[str, str | None]:
    """Digest -> canonical text for those that are stored: one query."""
    return dict(bulk.columns_of(Document, ("sha256", "body"), digests))


def store(made: Iterable[documents.Document], *, salted: Collection[str] = ()) -> dict[str, str]:
    """Keep each document under its digest, once; returns uid -> digest.

    Of those whose salt was made just now (`salted`, as uids) no such bytes are looked for: there can be none.
    """
    rows: dict[str, tuple[str, str, str, str]] = {}
    digests: dict[str, str] = {}
    for document in made:
        body = documents.canonical(document)
        sha = documents.sha256(body)
        digests[document.uid] = sha
        rows[sha] = (sha, document.uid, documents.tag_of(document), body.decode())
    # Only what is missing: the guard against an INSERT over an existing key stays quiet.
    there = bulk.existing(Document, (sha for sha, row in rows.items() if row[1] not in salted))
    bulk.insert(Document, ("sha256", "uid", "model", "body"), (row for sha, row in rows.items() if sha not in there))
    return digests
