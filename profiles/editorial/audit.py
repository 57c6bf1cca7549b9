"""The audit log: who did what. Written by the verbs themselves, in their transaction: no act without its entry."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from profiles.models import AuditEntry, User
from profiles.values.cells import neutral

COLUMNS = ("number", "at", "act", "by", "account", "thing", "note")


def record(act: str, *, by: Any = None, account: User | None = None, thing: object = "", note: str = "") -> AuditEntry:
    """Add an entry. `by` is who acted (nobody: a shell, a fixture), `account` whose account it is about."""
    known = dict(AuditEntry.ACTS)
    if act not in known:
        raise ValueError(f"{act!r} is no act of the audit log")
    actor = by.pk if by is not None and by.is_authenticated else None
    return AuditEntry.objects.create(act=act, by_id=actor, account=account, thing=str(thing)[:100], note=note[:300])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The entries as CSV (RFC 4180), line by line; no cell is a formula to a spreadsheet."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for entry in entries:
        cells = (
            str(entry.pk),
            entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            entry.act,
            entry.by.get_username() if entry.by else "",
            entry.account.get_username() if entry.account else "",
            entry.thing,
            entry.note,
        )
        yield writer.writerow([neutral(cell) for cell in cells])
