"""A comparison as its page prints it: values with voice and notes, the words of each emptiness, one set of notes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from profiles.models.published import Entry
from profiles.values.vocabulary import Aspect, Word

from .cells import printed_cell
from .compare import FEWEST, MOST, QUIET, Answer, Cell, Comparison, Row
from .kin import in_kin
from .leaf import Leaf, Link
from .library import Dossier
from .lines import Line, line_of


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer: its line, and of a listing the lines of its steps."""

    line: Line
    steps: tuple[Line, ...]

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


@dataclass(slots=True)
class ShownSection:
    """A topic with the rows that somebody answers."""

    topic: str
    label: str
    rows: list[ShownRow]
    nothing: list[ShownRow]


@dataclass(slots=True)
class Table:
    """The page of a comparison, without its notes: ask the leaf for them when all is made."""

    columns: list[tuple[Link, Dossier]]
    sections: list[ShownSection] = field(default_factory=list)
    nothing: list[ShownSection] = field(default_factory=list)


def table_of(comparison: Comparison, leaf: Leaf) -> Table:
    """The comparison in lines and words. Its footnotes are numbered along the rows."""
    columns = [(leaf.link(dossier.header.uid), dossier) for dossier in comparison.dossiers]
    made = Table(columns)
    for section in comparison.sections:
        shown = ShownSection(
            section.topic,
            section.label,
            [_row(row, comparison.dossiers, leaf) for row in section.rows],
            [_row(row, comparison.dossiers, leaf) for row in section.nothing],
        )
        if shown.rows:
            made.sections.append(shown)
        if shown.nothing:
            made.nothing.append(shown)
    return made


def _row(row: Row, dossiers: tuple[Dossier, ...], leaf: Leaf) -> ShownRow:
    pairs = zip(row.cells, dossiers, strict=True)
    return ShownRow(row.aspect, row.state, row.word, tuple(_cell(cell, row.aspect, d, leaf) for cell, d in pairs))


def _cell(cell: Cell, aspect: Aspect, dossier: Dossier, leaf: Leaf) -> ShownCell:
    label = dossier.header.label
    if cell.state in QUIET:
        silent = printed_cell(cell, aspect, dossier.header.uid, leaf)
        return ShownCell(label, cell.state, cell.word, words=silent.words, searched=silent.searched)
    answers = tuple(_answer(answer, aspect, dossier.header.uid, leaf) for answer in cell.answers)
    return ShownCell(label, cell.state, cell.word, answers)


def _answer(answer: Answer, aspect: Aspect, uid: str, leaf: Leaf) -> ShownAnswer:
    line = line_of(answer.claim, uid, aspect, leaf)
    return ShownAnswer(line, tuple(line_of(step, uid, aspect, leaf) for step in answer.steps))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query string asks to compare: uids in order, and what it names that is not published."""

    uids: list[str]
    unknown: list[str]
    chosen: list[str]

    @property
    def problem(self) -> str:
        """Why these cannot be compared, in words; empty where they can."""
        if self.unknown:
            names = ", ".join(f"“{name}”" for name in self.unknown)
            return f"Nothing is published under {names}."
        if len(self.uids) < FEWEST:
            return "Choose at least two profiles: one alone cannot be compared."
        if len(self.uids) > MOST:
            return f"Choose at most {MOST} profiles: {len(self.uids)} were asked for."
        return ""


FOLDERS = {"groups": "group", "people": "person", "events": "event"}
_ORDER = ("group", "person", "event")


def asked_for(names: Iterable[str]) -> Asked:
    """The profiles behind slugs, groups before people before events; `people/<slug>` says which. One query."""
    wanted = [name.strip().strip("/")[:120] for name in dict.fromkeys(names) if name.strip()]
    slugs = {name.rpartition("/")[2] for name in wanted[:100] if name.isprintable()}
    rows = Entry.objects.filter(slug__in=slugs).values_list("model", "slug", "uid")
    there = {(model, slug): uid for model, slug, uid in rows}
    uids: list[str] = []
    chosen: list[str] = []
    unknown: list[str] = []
    for name in wanted:
        folder, _, slug = name.rpartition("/")
        models = _ORDER if not folder else (FOLDERS.get(folder, ""),)
        uid = next((there[model, slug] for model in models if (model, slug) in there), None)
        if uid is None:
            unknown.append(name)
        elif uid not in uids:
            uids.append(uid)
            chosen.append(name)
    return Asked(uids, unknown, chosen)
