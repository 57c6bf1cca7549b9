"""A comparison as its page prints it: values with voice and notes, the words of each emptiness, one set of notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from profiles.values.vocabulary import Aspect, Word

from .cells import printed_cell
from .columns import Column
from .compare import QUIET, Answer, Cell, Comparison, Row, Timed, compare
from .kin import in_kin
from .leaf import Leaf, Link
from .lines import Line, line_of
from .origins import seen


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer: its line, and of a listing the lines of its steps."""

    line: Line
    steps: tuple[Line, ...]
    retracted: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All claims of the answer."""
        return (self.line, *self.steps)


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its column's name, for screens that show one column at a time."""

    column: str
    state: str
    word: Word
    answers: tuple[ShownAnswer, ...] = ()
    words: str = ""
    searched: tuple[Link, ...] = ()
    outside: tuple[ShownAnswer, ...] = ()
    when: str = ""

    @property
    def kin(self) -> tuple[tuple[ShownAnswer, ...], ...]:
        """The answers in order, those that differ only in the kind of one tie together."""
        return in_kin(self.answers, lambda answer: answer.line.claim)

    @property
    def folded(self) -> list[Line]:
        """The lines whose statement is not already in the open: their value is shorter than the sentence."""
        return [line for answer in self.answers for line in answer.lines if not line.value.sentence]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One question with its cells."""

    aspect: Aspect
    state: str
    word: Word
    cells: tuple[ShownCell, ...]
    alike: bool = False


@dataclass(slots=True)
class ShownSection:
    """A topic with the rows that somebody answers."""

    topic: str
    label: str
    rows: list[ShownRow]
    nothing: list[ShownRow]


@dataclass(slots=True)
class Table:
    """The page of a comparison; `alike` counts the rows left out. Ask the leaf for the notes when all is made."""

    columns: list[tuple[Link, Column]]
    sections: list[ShownSection] = field(default_factory=list)
    nothing: list[ShownSection] = field(default_factory=list)
    alike: int = 0


def compared(columns: Sequence[Column], leaf: Leaf) -> Comparison:
    """The comparison of some columns, each asked about its own time."""
    return compare([column.dossier for column in columns], [_timed(column, leaf) for column in columns])


def _timed(column: Column, leaf: Leaf) -> Timed | None:
    on = column.on
    if on is None:
        return None

    def timed(answer: Answer) -> str:
        timing = on.timing(answer.claim, seen(answer.claim, leaf.library), answer.steps)
        return timing.answer if timing else ""

    return timed


def table_of(comparison: Comparison, columns: Sequence[Column], leaf: Leaf, differences: bool = False) -> Table:
    """The comparison in lines and words. Its footnotes are numbered along the rows.

    `differences` leaves out the rows in which all columns say the same, and those in which none says anything.
    """
    made = Table([(leaf.link(column.dossier.header.uid), column) for column in columns])
    for section in comparison.sections:
        rows = [row for row in section.rows if not differences or not row.alike]
        made.alike += len(section.rows) - len(rows)
        shown = ShownSection(
            section.topic,
            section.label,
            [_row(row, columns, leaf) for row in rows],
            [] if differences else [_row(row, columns, leaf) for row in section.nothing],
        )
        if shown.rows:
            made.sections.append(shown)
        if shown.nothing:
            made.nothing.append(shown)
    return made


def _row(row: Row, columns: Sequence[Column], leaf: Leaf) -> ShownRow:
    cells = []
    for cell, column in zip(row.cells, columns, strict=True):
        leaf.on = column.on
        cells.append(_cell(cell, row.aspect, column, leaf))
    leaf.on = None
    return ShownRow(row.aspect, row.state, row.word, tuple(cells), row.alike)


def _cell(cell: Cell, aspect: Aspect, column: Column, leaf: Leaf) -> ShownCell:
    header = column.dossier.header
    when = column.on.when if column.on else ""
    if cell.state in QUIET:
        silent = printed_cell(cell, aspect, header.uid, leaf)
        return ShownCell(leaf.label(header.uid), cell.state, cell.word, words=silent.words, searched=silent.searched)
    answers = tuple(_answer(answer, aspect, column, leaf) for answer in cell.answers)
    outside = tuple(_answer(answer, aspect, column, leaf) for answer in cell.outside)
    return ShownCell(leaf.label(header.uid), cell.state, cell.word, answers, outside=outside, when=when)


def _answer(answer: Answer, aspect: Aspect, column: Column, leaf: Leaf) -> ShownAnswer:
    uid = column.dossier.header.uid
    line = line_of(answer.claim, uid, aspect, leaf, answer.steps)
    steps = tuple(line_of(step, uid, aspect, leaf) for step in answer.steps)
    return ShownAnswer(line, steps, answer.claim.uid in column.retracted)
