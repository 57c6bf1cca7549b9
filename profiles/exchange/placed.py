"""Where a document stands in a file, so that whatever is wrong with it is told with file, line, uid and field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from profiles.exchange.yaml import FileError, Mapping, Node, Sequence

TOLD = 20

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file; `uid` and `field` are empty where the file itself is at fault."""

    file: str
    line: int
    uid: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, f"line {self.line}", self.uid, self.field, self.message)))


class FixtureError(ValueError):
    """Files that are refused, with all that was found wrong; nothing of them was taken in."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
        super().__init__(self.faults)

    def __str__(self) -> str:
        more = len(self.faults) - TOLD
        told = [str(fault) for fault in self.faults[:TOLD]]
        return "\n".join([*told, f"and {more} more"] if more > 0 else told)

    @classmethod
    def from_file(cls, error: FileError) -> "FixtureError":
        """A file that cannot be read at all."""
        return cls([Fault(error.file, error.line, "", "", error.message)])


@dataclass(frozen=True, slots=True)
class Placed:
    """A document in plain values, as `documents.convert` takes it, and where it stands.

    `node` is the mapping that it was read from, with the line of each field; None where a document is one line.
    """

    data: dict[str, Any]
    file: str
    line: int
    node: Mapping | None = None

    @property
    def uid(self) -> str:
        """Its uid."""
        return str(self.data["uid"])

    def line_of(self, field: str) -> int:
        """The line of a field, such as `citations[0].version`; of what is nearest around it where it is not written."""
        line = self.line
        node: Node | None = self.node
        for number, key in _STEP.findall(field):
            if isinstance(node, Mapping) and key in node:
                line, node = node.lines[key], node[key]
            elif isinstance(node, Sequence) and number and int(number) < len(node):
                line, node = node.lines[int(number)], node[int(number)]
            else:
                break
        return line

    def fault(self, field: str, message: str) -> Fault:
        """What is wrong with one of its fields."""
        return Fault(self.file, self.line_of(field), self.uid, field, message)
