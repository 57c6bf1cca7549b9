"""Rows of a table to claims: cells over what the draft has, names to uids, quotes to pinned passages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from profiles.editorial.edit import new_salt, next_uid
from profiles.editorial.mapping import read_rows
from profiles.exchange.columns import (
    BOOLEANS,
    CITATION_COLUMNS,
    CLAIM_COLUMNS,
    CLAIM_UIDS,
    DATES,
    LISTS,
    LOOKED_UP,
    NEEDED,
    NUMBER_FIELDS,
    NUMBERS,
    column_of,
)  # fmt: skip
from profiles.exchange.lookups import Lookups, Unknown, names_in
from profiles.exchange.placed import Fault, Placed
from profiles.exchange.table_citations import citations_of, numbers_given
from profiles.exchange.tables import Row, Wrong, true_or_false, whole_number
from profiles.models import Profile, StageRow
from profiles.values import documents as docs
from profiles.values.date_entry import read_date
from profiles.values.dates import DateError
from profiles.values.number_entry import NumberError, read_number

BATCH = 500
# Takes the value out of a claim that is there.
EMPTY = "-"
# Stands for what is wrong and told already, so that the rest of the claim can still be checked.
_STANDING_IN = {
    "kind": "statement", "subject": "xx", "topic": "x", "aspect": "x", "statement": "x", "sense": "as_of",
    "voice": "stated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacedRow(Placed):
    """A claim of a table: its place is its first row, its fields are columns, `rows` those of its citations."""

    rows: tuple[int, ...] = ()

    def line_of(self, field: str) -> int:
        """The row of a field: the citation's own for what a citation says."""
        found = re.match(r"citations\[(\d+)\]", field)
        return self.rows[int(found[1])] if found and int(found[1]) < len(self.rows) else self.line

    def fault(self, field: str, message: str) -> Fault:
        """What is wrong with one of its columns."""
        return Fault(self.file, self.line_of(field), self.uid, column_of(field), message)


@dataclass(frozen=True, slots=True)
class Made:
    """One claim as the rows spell it, and what is wrong with it; no document where not even its types are right."""

    placed: PlacedRow
    document: docs.Claim | None
    faults: list[Fault]
    new: bool


@dataclass(slots=True)
class Serials:
    """Uids for new claims: after all that were ever used, that wait in a staging, or that these files name."""

    highest: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Note a uid that the files give themselves."""
        owner, _, serial = row.cells.get("uid", "").rpartition("-")
        if owner and serial.isdecimal() and len(serial) < 10:
            self.highest[owner] = max(self.highest.get(owner, 0), int(serial))

    def give(self, subject: str) -> str:
        """The next free uid of a subject's claims."""
        if subject not in self._next:
            head = f"{subject}-"
            waiting = (
                StageRow.objects.waiting().filter(uid__startswith=head, model="claim").values_list("uid", flat=True)
            )
            numbers = [int(uid[len(head) :]) for uid in waiting if uid[len(head) :].isdecimal()]
            first = int(next_uid(Profile(uid=subject)).rpartition("-")[2])
            self._next[subject] = max(first, max(numbers, default=0) + 1, self.highest.get(subject, 0) + 1)
        number = self._next[subject]
        self._next[subject] += 1
        return f"{subject}-{number:04d}"


def claims_of(
    name: str, rows: Iterable[Row], serials: Serials, beside: Iterable[docs.Document] = ()
) -> Iterator[list[Made]]:
    """The claims of a table in batches. Rows of one claim stand one under another."""
    groups = _grouped(rows)
    known = list(beside)
    while some := list(islice(groups, BATCH)):
        lookups = Lookups((row for group in some for row in group), known)
        uids = {uid for group in some if (uid := group[0].cells.get("uid"))}
        drafts, numbers = read_rows(uids), numbers_given(uids)
        yield [_Claim(name, group, lookups, drafts, numbers, serials).made() for group in some]


def _grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if group and not _same(group[0].cells, row.cells):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _same(first: dict[str, str], other: dict[str, str]) -> bool:
    return any(first.get(key) and first.get(key) == other.get(key) for key in ("row", "uid"))


class _Claim:
    """One claim in the making."""

    def __init__(
        self,
        file: str,
        rows: list[Row],
        lookups: Lookups,
        drafts: dict[str, docs.Document],
        numbers: dict[str, int],
        serials: Serials,
    ) -> None:
        self.file, self.rows, self.lookups, self.numbers, self.serials = file, rows, lookups, numbers, serials
        self.cells = rows[0].cells
        draft = drafts.get(self.cells.get("uid", ""))
        self.draft = draft if isinstance(draft, docs.Claim) else None
        self.faults: list[Fault] = [fault for row in rows for fault in row.faults]
        self.uid = self.cells.get("uid", "")

    def wrong(self, row: int, column: str, message: str) -> None:
        """One thing that is wrong."""
        self.faults.append(Fault(self.file, row, self.uid, column, message))

    def made(self) -> Made:
        """The claim, or all that is wrong with it."""
        self._agree()
        data = self._values()
        new = not self.cells.get("uid")
        if new:
            self.uid = self._given_uid(str(data["subject"]))
        self._take_key()
        if new:
            self.faults = [Fault(f.file, f.line, self.uid, f.field, f.message) for f in self.faults]
        uid = self.uid or "xx-0000"
        citations, cited = citations_of(uid, self.rows, self.draft, self.lookups, self.numbers, self._wrong_in)
        placed = PlacedRow({"uid": self.uid}, self.file, self.rows[0].number, None, cited)
        told = {fault.field for fault in self.faults} | (set() if self.uid else {"uid"})
        full = {**data, "uid": uid, "model": "claim", "schema": docs.SCHEMA, "citations": citations}
        full["salt"] = self.draft.salt if self.draft else new_salt()
        document, problems = _converted(full)
        if "number" in told:
            told |= {*NUMBER_FIELDS, "counted"}
        self.faults += [placed.fault(p.field, p.message) for p in problems if not {p.field, column_of(p.field)} & told]
        if document and self.draft and document != self.draft:
            # A new salt with new content: two states cannot be told to be alike from their digests.
            document = msgspec.structs.replace(document, salt=new_salt())
        # Without a subject there is no uid to keep it under.
        return Made(placed, document if self.uid else None, self.faults, new)

    def _wrong_in(self, row: Row, wrong: Wrong) -> None:
        self.wrong(row.number, wrong.column, str(wrong))

    def _given_uid(self, subject: str) -> str:
        if subject == _STANDING_IN["subject"] and any(fault.field == "subject" for fault in self.faults):
            return ""
        return self.serials.give(subject)

    def _take_key(self) -> None:
        if key := self.cells.get("row"):
            if key in self.serials.keys:
                self.wrong(self.rows[0].number, "row", f"'{key}' stands further up: keep rows of one claim together")
            self.serials.keys[key] = self.uid

    def _agree(self) -> None:
        """Later rows of a claim repeat what the first says of it, or leave it empty."""
        for row in self.rows[1:]:
            for column in CLAIM_COLUMNS:
                if row.cells.get(column) and row.cells[column] != self.cells.get(column, ""):
                    self.wrong(row.number, column, f"row {self.rows[0].number} says otherwise for the same claim")
            if not any(column in row.cells for column in CITATION_COLUMNS):
                self.wrong(
                    row.number, "version", f"this claim stands in row {self.rows[0].number} and is not cited here"
                )

    def _values(self) -> dict[str, Any]:
        """The claim's own fields as plain values."""
        number = self.rows[0].number
        data: dict[str, Any] = msgspec.to_builtins(self.draft) if self.draft else {}
        cells = dict(self.cells)
        topic, dot, aspect = cells.get("aspect", "").partition(".")
        if dot:
            if cells.setdefault("topic", topic) != topic:
                self.wrong(number, "aspect", f"names the topic {topic}, and the topic here is {cells['topic']}")
            cells["aspect"] = aspect
        for column in CLAIM_COLUMNS:
            text = cells.get(column)
            if not text or column == "uid":
                continue
            if column == "number":
                self._number(text, data)
                continue
            if text == EMPTY:
                data.pop(column, None)
                continue
            try:
                data[column] = self._value(column, text, cells.get("sense") or data.get("sense") or "")
            except (Wrong, Unknown, DateError) as error:
                self.wrong(number, column, str(error))
                data.pop(column, None)
        for column in NEEDED:
            if column not in data:
                if not any(fault.field == column for fault in self.faults):
                    self.wrong(number, column, "this is missing: a claim needs it")
                data[column] = _STANDING_IN[column]
        return data

    def _number(self, text: str, data: dict[str, Any]) -> None:
        """A number as the text has it, in the place of what the draft has."""
        for name in NUMBER_FIELDS:
            data.pop(name, None)
        if text == EMPTY:
            data.pop("counted", None)
            return
        try:
            found = read_number(text)
        except NumberError as error:
            self.wrong(self.rows[0].number, "number", str(error))
            return
        data |= {name: value for name in NUMBER_FIELDS if (value := getattr(found, name)) not in (None, "")}
        if found.counted:
            data["counted"] = found.counted

    def _value(self, column: str, text: str, sense: str) -> Any:
        if column in LOOKED_UP:
            if column not in LISTS:
                return self.lookups.one(LOOKED_UP[column], text)
            return sorted({self.lookups.one(LOOKED_UP[column], name) for name in names_in(text)})
        if column in CLAIM_UIDS:
            uids = [self.serials.keys.get(name, name) for name in names_in(text)]
            if column not in LISTS and len(uids) > 1:
                raise Wrong(column, "one uid is wanted here")
            return sorted(set(uids)) if column in LISTS else uids[0]
        if column in DATES:
            return self._date(column, text, sense)
        if column in NUMBERS:
            return whole_number(column, text)
        if column in BOOLEANS:
            return true_or_false(column, text)
        return text

    def _date(self, column: str, text: str, sense: str) -> str:
        if self.draft and getattr(self.draft, column) == text:
            return text
        known = sense if sense in ("happened", "held", "as_of") and column == "when" else None
        found = read_date(text, known)
        if found.asks:
            meant = " or ".join(f"{words} ({edtf})" for edtf, words in found.alternatives)
            raise Wrong(column, f"'{text}' may mean {meant}: write which")
        return found.edtf


def _converted(data: dict[str, Any]) -> tuple[docs.Claim | None, list[docs.Problem]]:
    try:
        document = docs.convert(data)
        problems = []
    except docs.DocumentError as error:
        problems = error.problems
        try:
            # So that it can be held against what it names even so.
            document = msgspec.convert(data, docs.Claim)
        except msgspec.ValidationError:
            return None, problems
    return (document if isinstance(document, docs.Claim) else None), problems
