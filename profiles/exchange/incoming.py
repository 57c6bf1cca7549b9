"""Files in: read, checked against each other and the database, and brought in as drafts, all of them or none."""

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.editorial.edit import bring_in
from profiles.exchange.fixtures import File, read_file
from profiles.exchange.lines import read_lines
from profiles.exchange.placed import Fault, FixtureError
from profiles.exchange.references import complete, disagreements, label_warnings
from profiles.models import Revision, User


@dataclass(frozen=True, slots=True)
class Report:
    """What one load did, as uids; `warnings` are sentences that stop nothing."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    retracted: tuple[str, ...]
    unchanged: int
    revision: Revision | None
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = {name: len(getattr(self, name)) for name in ("added", "changed", "removed", "retracted")}
        told = [f"{number} {name}" for name, number in counts.items() if number]
        return ", ".join([*told, f"{self.unchanged} unchanged"])


def bring_in_files(files: Iterable[tuple[str, bytes]], *, by: User | None = None, reason: str = "") -> Report:
    """Bring in fixture files, or lines (names ending in .jsonl): one transaction, one revision, none without a change.

    A claim or silence that its profile's file leaves out is retracted if it is published, else removed. Raises
    FixtureError with all that is wrong, or Refused, with nothing changed.
    """
    return bring_in_read(read_all(files), by=by, reason=reason)


def bring_in_read(files: Iterable[File], *, by: User | None = None, reason: str = "") -> Report:
    """Bring in files that were read before; else as `bring_in_files`."""
    read = list(files)
    owners = {file.owner for file in read if file.kind == "profile"}
    load, faults = complete(placed for file in read for placed in file.placed)
    faults = faults or disagreements(load, owners)
    if faults:
        raise FixtureError(faults)
    outcome = bring_in((document for _, document in load.values()), owners=owners, by=by, reason=reason)
    return Report(
        tuple(outcome.added),
        tuple(outcome.changed),
        tuple(outcome.removed),
        tuple(outcome.retracted),
        outcome.unchanged,
        outcome.revision,
        tuple(label_warnings(load)),
    )


def read_all(files: Iterable[tuple[str, bytes]]) -> list[File]:
    """Every file by itself. Raises FixtureError with what is wrong in any of them."""
    read: list[File] = []
    faults: list[Fault] = []
    for name, data in files:
        try:
            read.append(read_lines(data, name) if name.endswith(".jsonl") else read_file(data, name))
        except FixtureError as error:
            faults += error.faults
    if faults:
        raise FixtureError(faults)
    return read
