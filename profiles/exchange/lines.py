"""The same documents one a line (`.jsonl`): each line the canonical JSON of one whole document.

Lines add and change. Nothing is taken out for want of a line, since a file cut at a line end looks whole.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from profiles.exchange.fixtures import File
from profiles.exchange.placed import Fault, FixtureError, Placed
from profiles.values import documents as docs


def read_lines(lines: bytes | Iterable[bytes], name: str) -> File:
    """The documents of a file of lines, each with its place; empty lines are passed over. Raises FixtureError."""
    placed: list[Placed] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines.split(b"\n") if isinstance(lines, bytes) else lines, 1):
        if not line.strip():
            continue
        try:
            placed.append(Placed(_object(line), name, number))
        except _Wrong as wrong:
            faults.append(Fault(name, number, "", wrong.field, str(wrong)))
    if faults:
        raise FixtureError(faults)
    return File(name, "lines", "", tuple(placed))


def write_lines(documents: Iterable[docs.Document]) -> Iterator[bytes]:
    """Each document's canonical bytes and a line feed, by uid."""
    for document in sorted(documents, key=lambda document: document.uid):
        yield docs.canonical(document) + b"\n"


class _Wrong(ValueError):
    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _Wrong(f"this is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise _Wrong("a line holds one document: a JSON object")
    # Any reader takes the last of two equal keys and says nothing; canonical lines have none, and are not read twice.
    if msgspec.json.encode(data, order="sorted") != line.strip():
        json.loads(line, object_pairs_hook=_once)
    for field in ("uid", "model"):
        if not isinstance(data.get(field), str):
            raise _Wrong("this is missing: a document needs it", field)
    if data["model"] not in docs.TYPES:
        raise _Wrong(f"{data['model']!r} is not one of {', '.join(docs.TYPES)}", "model")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise _Wrong("the key is here twice", twice)
    return dict(pairs)
