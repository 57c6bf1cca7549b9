"""Very many documents, one a line, brought in as drafts: one transaction, one revision, memory that does not grow.

The file is read twice. First every document is checked by itself and written; then, all of them being there, each is
held against what it names. Whatever is wrong takes the whole transaction back.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from profiles.editorial.edit import Outcome, bring_in
from profiles.exchange.lines import read_lines
from profiles.exchange.placed import Fault, FixtureError, Placed
from profiles.exchange.references import Load, complete, disagreements, key_of, taken
from profiles.models import User
from profiles.values import documents as docs

BATCH = 5_000

Progress = Callable[[int], None]


def load_lines(path: Path, *, by: User | None = None, reason: str = "", progress: Progress | None = None) -> Outcome:
    """Bring in a `.jsonl` file of documents. `progress` is told the bytes of each batch, in both readings.

    Raises FixtureError naming file, line, uid and field of what is wrong, with nothing changed.
    """
    with transaction.atomic():
        first, again = sha256(), sha256()
        outcome = bring_in(_written(path, first, progress), by=by, reason=reason)
        for load in _batches(path, again, progress, _known):
            if faults := disagreements(load, set()):
                raise FixtureError(faults)
        if first.digest() != again.digest():
            raise FixtureError([Fault(path.name, 0, "", "", "this file was changed while it was read")])
    return outcome


def _written(path: Path, digest: Any, progress: Progress | None) -> Iterator[docs.Document]:
    """Each document, well formed, once, with a slug that is free."""
    with closing(_Seen()) as seen:
        for load in _batches(path, digest, progress, _clean):
            if faults := [*taken(load, set()), *seen.again(load)]:
                raise FixtureError(faults)
            yield from (document for _, document in load.values())


class _Seen:
    """The uids and keys of a file so far, in a database of their own that spills to disk: memory does not grow."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, uid TEXT, line INTEGER) WITHOUT ROWID")

    def close(self) -> None:
        """Forget all."""
        self._rows.close()

    def again(self, load: Load) -> list[Fault]:
        """Remember a batch; what of it stood in the file before."""
        rows = [(uid, uid, placed.line) for uid, (placed, _) in load.items()]
        for uid, (placed, document) in load.items():
            if key := key_of(document):
                rows.append((" ".join(key), uid, placed.line))
        made = self._rows.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows).rowcount
        return [] if made == len(rows) else [fault for row in rows for fault in self._fault(row, load)]

    def _fault(self, row: tuple[str, str, int], load: Load) -> Iterator[Fault]:
        key, uid, line = row
        found = self._rows.execute("SELECT uid, line FROM seen WHERE key = ?", [key]).fetchone()
        if found == (uid, line):
            return
        placed = load[uid][0]
        if key == uid:
            yield placed.fault("uid", f"this uid is taken already: {placed.file}: line {found[1]}")
        elif found[0] != uid:
            field = "aspect" if key.startswith("silence ") else "slug"
            yield placed.fault(field, f"'{found[0]}' has this {field} already")


def _batches(
    path: Path, digest: Any, progress: Progress | None, read: Callable[[bytes], docs.Document | None]
) -> Iterator[Load]:
    with path.open("rb") as file:
        numbered = enumerate(file, 1)
        while some := list(islice(numbered, BATCH)):
            load: Load = {}
            odd: list[Placed] = []
            for number, line in some:
                digest.update(line)
                document = read(line)
                if document is None or document.uid in load:
                    odd += _placed(line, path.name, number)
                else:
                    load[document.uid] = Placed({"uid": document.uid}, path.name, number), document
            _add_odd(load, odd)
            if progress:
                progress(sum(len(line) for _, line in some))
            yield load


def _clean(line: bytes) -> docs.Document | None:
    """The document of a line that is canonical and well formed: nearly every line of a file that we wrote."""
    try:
        document = docs.parse(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if docs.canonical(document) != line.rstrip(b"\r\n") or docs.check(document):
        return None
    return document


def _known(line: bytes) -> docs.Document | None:
    """The document of a line that was found in order at the first reading."""
    try:
        return docs.parse(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _placed(line: bytes, name: str, number: int) -> list[Placed]:
    try:
        read = read_lines([line], name)
    except FixtureError as error:
        raise FixtureError([Fault(f.file, number, f.uid, f.field, f.message) for f in error.faults]) from None
    return [Placed(one.data, name, number) for one in read.placed]


def _add_odd(load: Load, odd: list[Placed]) -> None:
    more, faults = complete(odd)
    for uid, (placed, _) in more.items():
        if uid in load:
            first = load[uid][0]
            faults.append(placed.fault("uid", f"this uid is taken already: {first.file}: line {first.line}"))
    if faults:
        raise FixtureError(faults)
    load.update(more)
