"""Capture a source: its text normalised and pinned by digest as a new version; text and raw bytes stay private."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

import trafilatura
from django.db import transaction

from profiles.editorial.edit import Refused, bring_in
from profiles.models import Capture, RevisionEntry, Source, SourceVersion, User
from profiles.values import anchors
from profiles.values import documents as docs

_HTML = ("text/html", "application/xhtml+xml")
_HTML_NAMES = (".html", ".htm", ".xhtml")
# Trafilatura's tags for what is part of a line.
_WITHIN_LINES = ("hi", "ref", "del", "graphic")


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
    """The bytes of a file, as HTML where its name says so, else as plain text."""
    html = PurePath(name).suffix.lower() in _HTML_NAMES
    return Raw(data, "text/html" if html else "text/plain", "file")


def text_of(raw: Raw) -> str:
    """The normalised text of captured bytes; Refused where there is none or it cannot be read."""
    if raw.data.startswith(b"%PDF"):
        raise Refused("A PDF is not read: give its text.")
    try:
        text = anchors.normalise(_page_text(raw) if raw.media_type in _HTML else _decoded(raw.data, raw.charset))
    except anchors.AnchorError as error:
        raise Refused(f"This is not a text: {error}.") from error
    if not text:
        raise Refused("There is no text in it.")
    return text


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(codecs.lookup(charset).name if charset else "utf-8")
    except LookupError:
        raise Refused(f"The encoding {charset} is not known.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = charset or "UTF-8"
        raise Refused(f"Line {line}: byte 0x{data[error.start]:02X} is not {told}: save the text as UTF-8.") from None


def _page_text(raw: Raw) -> str:
    """The article of a page, without navigation, scripts, comments and captions of pictures; only words that it has.

    Trafilatura's own text has marks that no page has: front matter, bars between cells, dashes before items.
    """
    page = trafilatura.load_html(_decoded(raw.data, raw.charset) if raw.charset else raw.data)
    if page is None:
        return ""
    headline = _headline(page)
    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None:
        return ""
    text = "".join(_words(body))
    lines = {" ".join(line.split()) for line in text.splitlines()}
    return text if headline in lines or not any(lines) else f"{headline}\n{text}"


def _headline(page: Any) -> str:
    """The page's title where it stands as a headline in the page too, else nothing."""
    headlines = {" ".join(heading.text_content().split()) for heading in page.iter("h1")}
    title = " ".join((trafilatura.extract_metadata(page).title or "").split())
    return title if title in headlines else ""


def _words(element: Any) -> Iterator[str]:
    """What stands in an article: a line for each paragraph, heading, item of a list and row of a table."""
    edge = "" if element.tag in _WITHIN_LINES else " " if element.tag == "cell" else "\n"
    text = element.text or ""
    yield edge
    yield text if element.tag == "code" else re.sub(r"\s+", " ", text)
    for child in element:
        yield from _words(child)
    yield edge
    yield re.sub(r"\s+", " ", element.tail or "")


def capture(
    source: Source,
    raw: Raw,
    *,
    by: User | None = None,
    stamp: str = "",
    stamp_zone: str = "",
    retrieved: str = "",
    archive_url: str = "",
    note: str = "",
) -> Captured:
    """Pin what was fetched as the source's next version, in one transaction and one revision.

    A text that a version has already makes no new one; it is attached where that version's text was not at hand.
    `stamp` is the publisher's own date line, `retrieved` a UTC date (today). Refused names what is wrong.
    """
    text = text_of(raw)
    with transaction.atomic():
        same = SourceVersion.objects.filter(source=source, text_sha256=anchors.digest(text)).order_by("uid").first()
        if same:
            return Captured(same, False, _attach(same, text, raw))
        document = _version(
            source,
            text,
            raw,
            stamp=stamp,
            stamp_zone=stamp_zone,
            retrieved=retrieved or datetime.now(UTC).date().isoformat(),
            archive_url=archive_url,
            note=note,
        )
        bring_in([document], by=by, reason=f"captured {source.slug}", act="capture")
        version = SourceVersion.objects.get(pk=document.uid)
        return Captured(version, True, _attach(version, text, raw))


def attach_text(source: Source, raw: Raw) -> Captured:
    """Attach a text to the version that has its digest; Refused tells which digests were looked for."""
    text = text_of(raw)
    sha256 = anchors.digest(text)
    with transaction.atomic():
        versions = list(SourceVersion.objects.filter(source=source).order_by("uid"))
        same = next((version for version in versions if version.text_sha256 == sha256), None)
        if same:
            return Captured(same, False, _attach(same, text, raw))
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
