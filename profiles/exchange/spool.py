"""Documents of a staging while they are read: on disk, so that memory does not grow; gone with the process."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from profiles.exchange.placed import Fault, Placed
from profiles.exchange.references import Load
from profiles.exchange.table_claims import PlacedRow
from profiles.exchange.tables import Row
from profiles.values import documents as docs


@dataclass(frozen=True, slots=True)
class _Place:
    offset: int
    placed: Placed
    given: bool


class Spool:
    """Uid -> document and place, each document as its canonical bytes on disk."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._places: dict[str, _Place] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, uid: str) -> bool:
        return uid in self._places

    def add(self, placed: Placed, document: docs.Document, *, given: bool = False) -> Fault | None:
        """Keep a document; the fault where its uid stands already."""
        if document.uid in self._places:
            first = self._places[document.uid].placed
            return placed.fault("uid", f"this uid is taken already: {first.file}: {where(first.file)} {first.line}")
        offset = self._file.seek(0, 2)
        self._file.write(docs.canonical(document) + b"\n")
        # What it was read from is not needed any more, only where it stood.
        slim = placed if isinstance(placed, PlacedRow) else Placed({"uid": document.uid}, placed.file, placed.line)
        self._places[document.uid] = _Place(offset, slim, given)
        return None

    def uids(self) -> list[str]:
        """All uids, as they were read."""
        return list(self._places)

    def given(self, uid: str) -> bool:
        """Whether the uid was given by us."""
        return self._places[uid].given

    def load(self, uids: Iterable[str]) -> Load:
        """Some documents with their places."""
        found: Load = {}
        for uid in uids:
            place = self._places[uid]
            self._file.seek(place.offset)
            found[uid] = place.placed, docs.parse(self._file.readline())
        return found

    def close(self) -> None:
        """Let go of the disk."""
        self._file.close()


class SpooledRows:
    """The rows of a table, to be gone through more than once."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._file.write(msgspec.json.encode(row) + b"\n")

    def __iter__(self) -> Iterator[Row]:
        decoder: Any = msgspec.json.Decoder(Row)
        self._file.seek(0)
        for line in self._file:
            yield decoder.decode(line)

    def close(self) -> None:
        """Let go of the disk."""
        self._file.close()


def where(file: str) -> str:
    """What a place in a file is called."""
    return "row" if file.lower().endswith((".csv", ".xlsx")) else "line"
