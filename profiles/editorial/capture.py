"""Capture a source: its text normalised and pinned by digest as a new version; text and raw bytes stay private."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction

from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.extraction.apart import read_apart
from profiles.editorial.extraction.found import Extracted, Unreadable
from profiles.editorial.extraction.letters import letters_of_text
from profiles.editorial.pictures.apart import make_apart
from profiles.editorial.pictures.made import NoPicture
from profiles.editorial.reanchor import number_of, reanchor_source
from profiles.models import Capture, RevisionEntry, Source, SourceVersion, User
from profiles.values import anchors
from profiles.values import documents as docs

PDF = "application/pdf"
_HTML = ("text/html", "application/xhtml+xml")
# By the first bytes: a name may lie. Kept as they are; to be shown they are made again.
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"),
)  # fmt: skip
# What a file whose name says nothing begins with, if it is a page.
_LIKE_A_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NAMED = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes to capture, what they are and how they came (`method`: file, text or url)."""

    data: bytes
    media_type: str
    method: str
    charset: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Captured:
    """The version that holds a text. `new`: it was made now; `attached`: its text is at hand from now on."""

    version: SourceVersion
    new: bool
    attached: bool


def raw_file(data: bytes, name: str) -> Raw:
    """The bytes of a file as what they are: a PDF, a picture, a page or plain text; Refused if none of these."""
    if b"%PDF-" in data[:1024]:
        return Raw(data, PDF, "file")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Raw(data, "image/webp", "file")
    if data[4:8] == b"ftyp" and data[:3] == b"\x00\x00\x00":
        raise Refused("Films and pictures of this kind (AVIF, HEIC) are not taken: give PNG, JPEG, GIF, WebP or TIFF.")
    for begins, media_type in _PICTURES:
        if data.startswith(begins):
            return Raw(data, media_type, "file")
    ending = PurePath(name).suffix.lower()
    if ending == ".pdf":
        raise Refused("This is no PDF, whatever its name says.")
    if ending in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff"):
        raise Refused("This is no picture of the kind that its name says.")
    if ending in _NAMED:
        return Raw(data, _NAMED[ending], "file")
    if ending in (".svg", ".xml", ".docx", ".doc", ".odt", ".rtf", ".epub", ".zip", ".exe"):
        raise Refused(f"A {ending} file is not read: give a page, a PDF, a picture or plain text.")
    return Raw(data, "text/html" if _LIKE_A_PAGE.match(data[:4096]) else "text/plain", "file")


def is_picture(raw: Raw) -> bool:
    """Whether its words have to be typed."""
    return raw.media_type.startswith("image/")


def read(raw: Raw, url: str = "") -> Extracted:
    """What captured bytes say: pages and PDFs are read in a process apart. Refused where they cannot be read."""
    try:
        if raw.media_type == PDF or raw.media_type in _HTML:
            way = "pdf" if raw.media_type == PDF else "page"
            return read_apart(way, raw.data, charset=raw.charset, url=url, folder=str(settings.BASE_DIR))
        if is_picture(raw):
            return Extracted("", warnings=list(_not_shown(raw.data)))
        return Extracted(letters_of_text(raw.data, raw.charset))
    except Unreadable as error:
        raise Refused(str(error)) from error


def _not_shown(data: bytes) -> Iterator[str]:
    """That a picture cannot be seen beside its transcript, and why: it is decoded within the limits of all pictures."""
    try:
        make_apart(data, folder=str(settings.BASE_DIR))
    except NoPicture as error:
        yield f"The picture cannot be shown here: compare the transcript with the file itself. {error}"


def normalised(text: str) -> str:
    """The text that is pinned; Refused where it is none."""
    try:
        text = anchors.normalise(text)
    except anchors.AnchorError as error:
        raise Refused(f"This is not a text: {error}.") from error
    if not text:
        raise Refused("There is no text in it.")
    return text


def text_of(raw: Raw) -> str:
    """The normalised text of captured bytes; Refused where there is none or it cannot be read."""
    return normalised(read(raw).text)


def capture(
    source: Source,
    raw: Raw,
    *,
    found: Extracted | None = None,
    transcript: str = "",
    beside: Iterable[docs.Document] = (),
    by: User | None = None,
    stamp: str = "",
    stamp_zone: str = "",
    retrieved: str = "",
    archive_url: str = "",
    note: str = "",
) -> Captured:
    """Pin what was fetched as the source's next version, in one transaction and one revision.

    The text of the newest version makes no new one; it is attached where that version's text was not at hand. A page
    that goes back to what an older version said has changed, and is a version.
    `found` is what was read out of it before (else it is read now); a `transcript` stands in its place, and is marked.
    `stamp` is the publisher's own date line, `retrieved` a UTC date (today); documents `beside` it, such as a source
    that is new, come in with it. Refused names what is wrong.
    """
    found = found or (Extracted("") if transcript else read(raw))
    text = normalised(transcript or found.text)
    # One word put right makes none of the others exact.
    changed = transcript and text != anchors.normalise(found.text)
    fidelity = found.fidelity or ("transcript" if changed else "")
    with transaction.atomic():
        newest = newest_version(source.pk)
        if newest and newest.text_sha256 == anchors.digest(text):
            return Captured(newest, False, _attach(newest, text, raw))
        document = _version(
            source,
            text,
            raw,
            stamp=stamp,
            stamp_zone=stamp_zone,
            retrieved=retrieved or datetime.now(UTC).date().isoformat(),
            archive_url=archive_url,
            fidelity=fidelity,
            note=note,
        )
        bring_in([*beside, document], by=by, reason=f"captured {source.slug}", act="capture")
        version = SourceVersion.objects.get(pk=document.uid)
        return Captured(version, True, _attach(version, text, raw))


def newest_version(source: str) -> SourceVersion | None:
    """A source's version with the highest number; None before its first."""
    return max(SourceVersion.objects.filter(source=source), key=lambda one: number_of(one.pk), default=None)


def attach_text(source: Source, raw: Raw) -> Captured:
    """Attach a text to each version that has its digest, and tell the newest of them; Refused tells all digests."""
    text = text_of(raw)
    sha256 = anchors.digest(text)
    with transaction.atomic():
        versions = list(SourceVersion.objects.filter(source=source).order_by("uid"))
        # A page that went back to an older text has it twice.
        same = sorted((one for one in versions if one.text_sha256 == sha256), key=lambda one: number_of(one.pk))
        if same:
            attached = [_attach(version, text, raw) for version in same]
            return Captured(same[-1], False, any(attached))
    wanted = ", ".join(f"{version.text_sha256} ({version.uid})" for version in versions) or "none: it has no version"
    raise Refused(f"The digest of this text is {sha256}; {source.slug} has {wanted}.")


def _attach(version: SourceVersion, text: str, raw: Raw) -> bool:
    """Keep a text, and the raw bytes where they are the very ones; False if it is there already."""
    if Capture.objects.filter(pk=version.pk).exists():
        return False
    same_bytes = docs.sha256(raw.data) == version.raw_sha256
    Capture.objects.create(
        version=version, text=text, raw=raw.data if same_bytes else None, headers=raw.headers if same_bytes else {}
    )
    reanchor_source(version.source_id)
    return True


def _version(source: Source, text: str, raw: Raw, **values: str) -> docs.Version:
    given = {name: value for name, value in values.items() if value}
    try:
        document = docs.convert(
            {
                "model": "version",
                "uid": _next_uid(source),
                "schema": docs.SCHEMA,
                "source": source.uid,
                "text_sha256": anchors.digest(text),
                "text_length": len(text),
                "paragraphs": len(anchors.paragraphs(text)),
                "raw_sha256": docs.sha256(raw.data),
                "raw_length": len(raw.data),
                "media_type": raw.media_type,
                "method": raw.method,
                **given,
            }
        )
    except docs.DocumentError as error:
        raise Refused(*(f"{problem}." for problem in error.problems)) from error
    assert isinstance(document, docs.Version)  # noqa: S101 (told to the type checker)
    return document


def _next_uid(source: Source) -> str:
    """The next number of a source's versions; never one that was ever used."""
    head = f"{source.uid}-v"
    used = {
        *SourceVersion.objects.filter(uid__startswith=head).values_list("uid", flat=True),
        *RevisionEntry.objects.filter(uid__startswith=head).values_list("uid", flat=True),
    }
    return f"{head}{max((int(uid.removeprefix(head)) for uid in used), default=0) + 1}"
