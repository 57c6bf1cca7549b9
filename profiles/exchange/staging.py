"""Staging: files of documents or tables of claims, read and checked whole, kept beside the drafts. Nothing is touched.

Whatever is wrong is told at once, with file, row and column. Documents are spooled to disk while they are checked, and
the one transaction at the end only writes what was found: memory stays flat, and a kill in the middle leaves nothing.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import IO

from django.db import transaction

from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.exchange.fixtures import File, read_file
from profiles.exchange.lines import read_lines
from profiles.exchange.placed import TOLD, Fault, FixtureError
from profiles.exchange.references import Load, complete, disagreements, label_warnings, taken
from profiles.exchange.spool import Spool, SpooledRows, where
from profiles.exchange.table_claims import Serials, claims_of
from profiles.exchange.tables import SUFFIXES, read_table
from profiles.models import Claim, Picture, Silence, Stage, StageFault, StageRow, User, bulk
from profiles.models.documents import chunks
from profiles.models.editions import published_digests
from profiles.values import documents as docs

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]
BATCH = 1_000
_NOT_THERE = re.compile(r"there is no \w+ '([^']+)'")
_COLUMNS = ("stage_id", "uid", "model", "before", "sha256", "body", "given", "file", "line")


@dataclass(frozen=True, slots=True)
class Staging:
    """A staged set, or the report of why it was refused; `warnings` are sentences that stop nothing."""

    stage: Stage
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.faults:
            return f"{len(self.faults)} wrong; nothing was staged"
        counts = [f"{number} {what}" for what, number in counted(self.stage).items() if number]
        return ", ".join([*counts, f"{self.stage.unchanged} unchanged"])


def told(fault: Fault) -> str:
    """What is wrong in a file in one line, with row and column where it is a table."""
    table = where(fault.file) == "row"
    place = f"row {fault.line}" if table else f"line {fault.line}"
    field = f"column {fault.field}" if table and fault.field else fault.field
    return ": ".join(filter(None, (fault.file, ", ".join(filter(None, (place, field))), fault.uid, fault.message)))


def counted(stage: Stage) -> dict[str, int]:
    """How many documents of a set are new, changed, taken out: one query."""
    counts = {"new": 0, "changed": 0, "taken out": 0}
    for before, sha256 in stage.rows.values_list("before", "sha256"):
        counts["taken out" if not sha256 else "changed" if before else "new"] += 1
    return counts


def report_rows(stage: Stage) -> Iterator[tuple[object, ...]]:
    """The report of a refused set as rows of a table, its heading first."""
    columns = ("file", "line", "uid", "field", "message")
    yield ("file", "row or line", "uid", "column or field", "what is wrong")
    yield from stage.faults.values_list(*columns).iterator()


def stage(
    files: Iterable[tuple[str, IO[bytes]]],
    *,
    by: User | None = None,
    reason: str = "",
    progress: Progress | None = None,
) -> Staging:
    """Read fixtures (.yaml), lines (.jsonl) and tables (.csv, .xlsx) as one set, and keep it until it is accepted.

    `progress` is told the rows of each batch. Refuses who may not put changes up for review; what is wrong in the
    files is kept as the report of a refused set, with none of its documents.
    """
    if by is not None and not by.has_perm("profiles.open_review"):
        raise Refused("You may not bring in files.")
    with ExitStack() as stack:
        reading = _Reading(stack.enter_context(closing(Spool())), progress or (lambda rows: None))
        given = list(files)
        reading.read_documents([file for file in given if not file[0].lower().endswith(SUFFIXES)])
        for name, file in given:
            if name.lower().endswith(SUFFIXES):
                reading.read_rows(name, file, stack.enter_context(closing(SpooledRows())))
        reading.read_claims()
        reading.hold_together()
        made = reading.keep([name for name, _ in given], by, reason)
    logger.info("staged", extra={"stage": made.stage.pk, "faults": len(made.faults)})
    return made


class _Reading:
    """One set while it is read."""

    def __init__(self, spool: Spool, progress: Progress) -> None:
        self.spool, self.progress = spool, progress
        self.faults: list[Fault] = []
        self.owners: dict[str, str] = {}
        self.headers: list[docs.Document] = []
        self.warnings: list[str] = []
        self.serials = Serials()
        self.tables: list[tuple[str, SpooledRows]] = []
        self.failed: set[str] = set()
        self.twins: list[str] = []

    def read_documents(self, files: Iterable[tuple[str, IO[bytes]]]) -> None:
        """Fixtures and lines, each document by itself."""
        read: list[File] = []
        for name, file in files:
            try:
                file.seek(0)
                read.append(_document_file(name, file.read()))
            except FixtureError as error:
                self.faults += error.faults
        self.owners = {file.owner: file.name for file in read if file.kind == "profile"}
        load, faults = complete(placed for file in read for placed in file.placed)
        self.faults += [*faults, *taken(load, set(self.owners))]
        self.failed |= {fault.uid for fault in faults}
        self.warnings = list(label_warnings(load))
        for placed, document in load.values():
            self.spool.add(placed, document)
            if not isinstance(document, docs.OWNED):
                self.headers.append(document)

    def read_rows(self, name: str, file: IO[bytes], rows: SpooledRows) -> None:
        """The rows of a table, and the uids that it gives itself."""
        number = 0
        try:
            for row in read_table(file, name):
                rows.add(row)
                self.serials.take(row)
                number += 1
        except FixtureError as error:
            self.faults += error.faults
            return
        if not number:
            self.faults.append(Fault(name, 1, "", "", "there is no row below the headings"))
        self.tables.append((name, rows))

    def read_claims(self) -> None:
        """The claims of all tables, each by itself."""
        for name, rows in self.tables:
            self.serials.keys.clear()  # the words in `row` are the table's own
            for some in claims_of(name, rows, self.serials, self.headers):
                for made in some:
                    self.faults += made.faults
                    if made.document is None:
                        self.failed.add(made.placed.uid)
                    elif fault := self.spool.add(made.placed, made.document, given=made.new):
                        self.faults.append(fault)
                self.progress(len(some))

    def hold_together(self) -> None:
        """Each document against what it names, in these files and in the database."""
        known = {(fault.file, fault.uid, fault.field) for fault in self.faults}
        for uids in _some(self.spool.uids()):
            load = self.spool.load(uids)
            named = {uid for _, document in load.values() for _, uid in docs.references(document)}
            beside = self.spool.load(uid for uid in named if uid in self.spool and uid not in load)
            for fault in disagreements({**load, **beside}, set(self.owners)):
                missing = _NOT_THERE.match(fault.message)
                # What names a claim that is wrong itself is not wrong for that.
                misled = missing and missing[1] in self.failed
                if fault.uid in load and not misled and (fault.file, fault.uid, fault.field) not in known:
                    self.faults.append(fault)
            self._warn_of_twins(load)
            self.progress(len(uids))

    def _warn_of_twins(self, load: Load) -> None:
        """New claims whose very sentence the drafts have already: is this file in twice?"""
        new = {
            (document.subject, document.statement): placed
            for uid, (placed, document) in load.items()
            if isinstance(document, docs.Claim) and self.spool.given(uid)
        }
        subjects, statements = {subject for subject, _ in new}, {statement for _, statement in new}
        there = Claim.objects.filter(subject_id__in=subjects, statement__in=statements).order_by("pk") if new else ()
        for claim in there:
            if placed := new.get((claim.subject_id, claim.statement)):
                self.twins.append(told(placed.fault("statement", f"{claim.pk} says this word for word already")))

    def keep(self, names: list[str], by: User | None, reason: str) -> Staging:
        """Write what was found, in one short transaction."""
        before: dict[str, str] = {}
        changed: list[str] = []
        for uids in _some(self.spool.uids()):
            there = read_rows(uids)
            before.update({uid: docs.digest(document) for uid, document in there.items()})
            changed += [uid for uid, (_, d) in self.spool.load(uids).items() if there.get(uid) != d]
        gone = self._gone()
        faults = sorted(dict.fromkeys(self.faults), key=lambda fault: (fault.file, fault.line))
        if not faults and not self.spool:
            faults = [Fault(", ".join(names), 1, "", "", "there is nothing in it")]
        with transaction.atomic():
            made = Stage.objects.create(
                state="refused" if faults else "staged" if changed or gone else "accepted",
                files=names,
                reason=reason,
                by=by,
                unchanged=len(self.spool) - len(changed),
                owners=sorted(self.owners),
            )
            if faults:
                columns = ("stage_id", "file", "line", "uid", "field", "message")
                bulk.insert(StageFault, columns, ((made.pk, f.file, f.line, f.uid, f.field, f.message) for f in faults))
            else:
                bulk.insert(StageRow, _COLUMNS, self._rows(made.pk, changed, before, gone))
        more = len(self.twins) - TOLD
        twins = [*self.twins[:TOLD], *([f"and {more} more sentences that are there already"] if more > 0 else [])]
        return Staging(made, tuple(faults), (*self.warnings, *twins))

    def _rows(
        self, stage: int, changed: list[str], before: dict[str, str], gone: dict[str, docs.Document]
    ) -> Iterator[tuple[object, ...]]:
        for uids in _some(changed):
            for uid, (placed, document) in self.spool.load(uids).items():
                body = docs.canonical(document)
                where = (self.spool.given(uid), placed.file, placed.line)
                yield stage, uid, docs.tag_of(document), before.get(uid, ""), docs.sha256(body), body.decode(), *where
        for uid, document in sorted(gone.items()):
            file = self.owners[document.subject]  # type: ignore[union-attr]  # what is owned has one
            yield stage, uid, docs.tag_of(document), docs.digest(document), "", "", False, file, 1

    def _gone(self) -> dict[str, docs.Document]:
        """What the profiles that the files hold whole have in the drafts, and not in the files."""
        owners = list(self.owners)
        uids: set[str] = set()
        for some in chunks(owners):
            uids |= set(Claim.objects.filter(subject_id__in=some).values_list("uid", flat=True))
            uids |= set(Silence.objects.filter(subject_id__in=some).values_list("uid", flat=True))
            uids |= set(Picture.objects.filter(subject_id__in=some).values_list("uid", flat=True))
        there = read_rows(uid for uid in uids if uid not in self.spool)
        public = published_digests(there)
        for uid, document in there.items():
            if uid in public and isinstance(document, docs.Silence | docs.Picture):
                file = self.owners[document.subject]
                told = "is published and cannot be left out: say in the file what holds instead"
                self.faults.append(Fault(file, 1, uid, "", told))
        return {
            uid: document
            for uid, document in there.items()
            if not (uid in public and getattr(document, "standing", "") == "retracted")
        }


def _document_file(name: str, data: bytes) -> File:
    if name.lower().endswith(".jsonl"):
        return read_lines(data, name)
    if name.lower().endswith((".yaml", ".yml")):
        return read_file(data, name)
    raise FixtureError([Fault(name, 1, "", "", "a file ends in .yaml, .jsonl, .csv or .xlsx")])


def _some(uids: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(uids), BATCH):
        yield uids[at : at + BATCH]
