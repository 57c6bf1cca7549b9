"""A comparison to take away: a row a claim of a cell as CSV, the whole table as JSON, each with voice and speakers."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from profiles.values import documents as docs

from . import addresses
from .columns import Asked, Column
from .formats.sheet import lines
from .library import Library
from .lines import Line
from .table import ShownCell, ShownRow, Table

HEAD = (
    "topic", "aspect", "question", "row", "column", "profile", "label", "edition", "edition_sha256", "on", "cell",
    "cell_words", "uid", "url", "value", "statement", "when", "sense", "answer", "voice", "speakers", "standing",
    "negated", "reach", "sources",
)  # fmt: skip


def compared_csv(table: Table, library: Library) -> bytes:
    """The table as CSV: a row a claim; a cell without one has a row of its own, that says why."""
    return b"".join(lines(HEAD, _records(table, library)))


def compared_json(asked: Asked, columns: Sequence[Column], table: Table, library: Library) -> bytes:
    """The table as JSON: the columns, then each row with its cells."""
    sections = [*table.sections, *table.nothing]
    rows = [row for section in sections for row in (*section.rows, *section.nothing)]
    made = {
        "address": addresses.absolute(asked.address()),
        "on": asked.on.text if asked.on else None,
        "columns": [_column(column) for column in columns],
        "rows": [
            {
                **_question(row),
                "cells": [
                    {"state": cell.state, "words": cell.words or cell.word.label,
                     "claims": [_claim(line, library) for line in _lines(cell)]}
                    for cell in row.cells
                ],
            }
            for row in rows
        ],
    }  # fmt: skip
    return msgspec.json.encode(made) + b"\n"


def _records(table: Table, library: Library) -> Iterator[dict[str, Any]]:
    for section in (*table.sections, *table.nothing):
        for row in (*section.rows, *section.nothing):
            for cell, (_, column) in zip(row.cells, table.columns, strict=True):
                shared = {**_question(row), **_column(column), "cell": cell.state, "cell_words": cell.words}
                claims = [_claim(line, library) for line in _lines(cell)]
                for claim in claims or [{}]:
                    yield {**shared, **claim}


def _lines(cell: ShownCell) -> list[Line]:
    return [line for answer in (*cell.answers, *cell.outside) for line in answer.lines]


def _question(row: ShownRow) -> dict[str, Any]:
    aspect = row.aspect
    return {"topic": aspect.topic, "aspect": aspect.name, "question": aspect.label, "row": row.state}


def _column(column: Column) -> dict[str, Any]:
    header, edition = column.dossier.header, column.dossier.edition
    return {
        "column": column.wanted.name,
        "profile": header.uid,
        "label": header.label,
        "edition": edition.number,
        "edition_sha256": edition.sha256,
        "on": column.on.text if column.on else None,
    }


def _claim(line: Line, library: Library) -> dict[str, Any]:
    claim = line.claim
    versions = [library.get(citation.version) for citation in claim.citations]
    return {
        "uid": claim.uid,
        "url": addresses.absolute(addresses.claim(claim.uid)),
        "value": line.value.text,
        "statement": claim.statement,
        "when": claim.when,
        "sense": claim.sense,
        "answer": line.timing.answer if line.timing else None,
        "voice": claim.voice,
        "speakers": list(line.said_by),
        "standing": claim.standing,
        "negated": claim.negated,
        "reach": claim.reach,
        "sources": sorted({version.source for version in versions if isinstance(version, docs.Version)}),
    }
