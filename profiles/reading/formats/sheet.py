"""CSV (RFC 4180): a row a citation, every row with the whole claim; without citations one row."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from profiles.reading import addresses
from profiles.reading.origins import seen
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.cells import neutral

from .taken import Taken

_CITED = (
    "citation", "bearing", "citation_voice", "speakers", "citation_part", "citation_note", "source", "source_title",
    "publisher", "source_url", "version", "stamp", "retrieved", "archive_url", "paragraph", "start", "end",
    "passage_sha256", "text_sha256",
)  # fmt: skip
_CLAIM = (
    "uid", "record", "url", "profile", "edition", "edition_sha256", "permalink", "kind", "topic", "aspect",
    "statement", "voice", "attributed_to", "confidence", "standing", "standing_note", "since", "negated", "reach",
    "when", "sense", "basis", "reckoning", "start_earliest", "start_latest", "end_earliest", "end_latest", "subject",
    "about", "verification", "verified_by", "scope", "response", "response_date", "outcome", "conflicts_with",
    "superseded_by", "after", "mentions", "rests_on",
)  # fmt: skip
_SILENCE = ("state", "searched", "note")
COLUMNS = tuple(dict.fromkeys((*_CLAIM, *docs.KIND_COLUMNS, "place_label", "authority_label", "programme_label",
                               *_SILENCE, *_CITED)))  # fmt: skip
_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def csv_sheet(taken: Taken) -> bytes:
    """The edition as a table: UTF-8, lines end in CR LF."""
    return b"".join(lines(COLUMNS, rows(taken)))


def rows(taken: Taken) -> Iterator[dict[str, Any]]:
    """The rows of an edition: claims by uid, then silences."""
    edition, header = taken.dossier.edition, taken.dossier.header
    shared = {
        "profile": header.slug,
        "edition": edition.number,
        "edition_sha256": edition.sha256,
        "permalink": taken.permalink,
    }
    for claim, facts in taken.records():
        told = {**{k: v for k, v in facts.items() if k not in ("citations", "translations")}, **shared}
        told |= {"record": "claim", "url": addresses.absolute(addresses.claim(claim.uid)), **_bounds(claim, taken)}
        for citation in claim.citations or (None,):
            yield {**told, **(_cited(citation, taken) if citation else {})}
    for silence in taken.dossier.silences:
        yield {
            **shared,
            "record": "silence",
            "uid": silence.uid,
            "subject": header.slug,
            "topic": silence.topic,
            "aspect": silence.aspect,
            "state": silence.state,
            "searched": silence.searched,
            "note": silence.note,
        }


def lines(columns: Iterable[str], records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A head and rows as CSV, a line at a time; lists are joined by `; `, and no text is left that would reckon."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    columns = tuple(columns)
    writer.writerow(columns)
    yield _taken(buffer)
    for record in records:
        writer.writerow([cell(record.get(name)) for name in columns])
        yield _taken(buffer)


def cell(value: Any) -> str | int:
    """A value as a cell: words for yes and no, lists in one cell, text that begins like a formula behind a `'`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    return neutral("; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _bounds(claim: docs.Claim, taken: Taken) -> dict[str, str]:
    if not claim.when:
        return {}
    found = dates.bounds(claim.when, claim.sense, seen(claim, taken.leaf.library))
    return {name: getattr(found, name).isoformat() for name in _BOUNDS}


def _cited(citation: docs.Citation, taken: Taken) -> dict[str, Any]:
    version = taken.version(citation.version)
    source = taken.source_of(version)
    return {
        "citation": citation.uid,
        "bearing": citation.bearing,
        "citation_voice": citation.voice,
        "speakers": [" < ".join(taken.leaf.label(uid) for uid in chain) for chain in citation.speakers],
        "citation_part": citation.part,
        "citation_note": citation.note,
        "source": source.slug if source else "",
        "source_title": source.title if source else "",
        "publisher": source.publisher if source else "",
        "source_url": source.url if source else "",
        "version": citation.version,
        "stamp": version.stamp if version else "",
        "retrieved": version.retrieved if version else "",
        "archive_url": docs.archive_of(version, source) if version else "",
        "paragraph": citation.paragraph,
        "start": citation.start,
        "end": citation.end,
        "passage_sha256": citation.passage_sha256,
        "text_sha256": citation.text_sha256,
    }
