"""Very many documents, one a line, brought in as drafts: one transaction, one revision, memory that does not grow.

The file is read twice. First every document is checked by itself and written; then, all of them being there, each is
held against what it names. Whatever is wrong takes the whole transaction back.
"""

from collections.abc import Callable, Iterator
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
    lines: dict[str, int] = {}
    keys: dict[tuple[str, ...], str] = {}
    for load in _batches(path, digest, progress, _clean):
        faults = taken(load, set())
        for uid, (placed, document) in load.items():
            if uid in lines:
                faults.append(placed.fault("uid", f"this uid is taken already: {path.name}: line {lines[uid]}"))
            lines[uid] = placed.line
            key = key_of(document)
            if key and keys.setdefault(key, uid) != uid:
                field = "aspect" if key[0] == "silence" else "slug"
                faults.append(placed.fault(field, f"'{keys[key]}' has this {field} already"))
        if faults:
            raise FixtureError(faults)
        yield from (document for _, document in load.values())


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
