"""The files of pictures: taken in made again, kept once, deleted with the last picture that names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from profiles.editorial.pictures.apart import make_apart
from profiles.models import Document, Picture, PublishedFile, files
from profiles.models.documents import chunks
from profiles.values import documents as docs


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload made again: its files as a document names them, their bytes, and what was not kept of what came."""

    files: tuple[docs.PictureFile, ...]
    bytes: Mapping[str, bytes]
    told: tuple[str, ...] = ()


def take(data: bytes) -> Taken:
    """Make an upload again; nothing is written yet. NoPicture says why not.

    Not within a transaction: it takes seconds.
    """
    made = make_apart(data, folder=str(settings.BASE_DIR))
    found = tuple(
        docs.PictureFile(
            sha256=docs.sha256(file.data),
            width=file.width,
            height=file.height,
            media_type=file.media_type,
            bytes=len(file.data),
        )
        for file in made.files
    )
    return Taken(found, {docs.sha256(file.data): file.data for file in made.files}, made.told)


def keep(taken: Taken) -> None:
    """Write the files, each once."""
    for file in taken.files:
        files.keep(file, taken.bytes[file.sha256])


def files_of(uids: Iterable[str]) -> set[str]:
    """The digests of all files that any state of some pictures names."""
    found: set[str] = set()
    for some in chunks(uids):
        stored = Document.objects.filter(uid__in=some, model="picture", body__isnull=False)
        for body in stored.values_list("body", flat=True):
            document = docs.parse(body or "")
            if isinstance(document, docs.Picture):
                found |= {file.sha256 for file in document.files}
    return found


def forget(digests: Iterable[str]) -> None:
    """Delete these files, but for those that another picture names, once the transaction is through."""
    wanted = set(digests)
    if wanted:
        transaction.on_commit(lambda: _delete(wanted))


def _delete(digests: set[str]) -> None:
    named = {file["sha256"] for made in Picture.objects.values_list("files", flat=True) for file in made}
    for some in chunks(digests):
        named |= set(PublishedFile.objects.filter(sha256__in=some).values_list("sha256", flat=True))
    for sha256 in sorted(digests - named):
        files.delete(sha256)
