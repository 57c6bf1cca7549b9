"""Two to eight profiles side by side: a topic a heading, an aspect a row, a profile a column.

A blank is never "no": each cell says whether it is stated, contested, denied by a source (`none`), said to be unknown,
looked for and not stated, withheld, or not researched.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.vocabulary import ASPECTS, TOPICS, Aspect, Word, Words, applies, topic_label

from .alike import Key, Relation, key_of, relate_all
from .echoes import echoes
from .library import Dossier
from .origins import model_of, placed
from .timing import NOT

FEWEST, MOST = 2, 8

CELL = Words(
    "cell",
    """
    stated | stated | At least one cited claim answers the question.
    contested | contested | Cited claims disagree; both are shown.
    none | none | A cited source says that it is not so.
    unknown | unknown | A cited source says that it is not known.
    elsewhen | of other times only | Cited claims answer it, but none can be of the time asked about.
    not_stated | not stated | Looked for in the sources named, and not found there.
    withheld | withheld | Known to the desk, and not printed.
    not_researched | not researched | Nobody has looked for it yet.
    does_not_apply | does not apply | The question is not asked of this kind of profile.
    """,
)
ROW = Words(
    "row",
    """
    same | same | Every column gives the same values.
    partly | partly | Some values are shared or may be the same, or not every column states them undisputed.
    differs | differs | The values of at least two columns differ, and none are shared.
    not comparable | not comparable | Texts, or fewer than two columns with a value that can be compared.
    """,
)
UNKNOWN = "unknown"  # the `word` of a claim that says that a thing is not known
SPEAKING = ("stated", "contested", "none")
QUIET = ("not_stated", "withheld", "not_researched", "does_not_apply")
# How an answer stands to the time that its column is asked about: certainly, possibly, undated, before, after.
Timed = Callable[["Answer"], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim in a cell, with the key it is compared by and, of a listing, its steps."""

    claim: docs.Claim
    key: Key | None
    steps: tuple[docs.Claim, ...] = ()

    @property
    def claims(self) -> tuple[docs.Claim, ...]:
        """The claim itself, then its steps."""
        return (self.claim, *self.steps)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one profile answers to one question."""

    state: str
    answers: tuple[Answer, ...] = ()
    silence: docs.Silence | None = None
    outside: tuple[Answer, ...] = ()

    @property
    def word(self) -> Word:
        """The state with its label and definition."""
        return CELL[self.state]


@dataclass(frozen=True, slots=True)
class Row:
    """One question, answered by every profile in the order of the columns.

    `alike` says that every column has the same claims, word for word, or the same values, and as surely at its time.
    """

    aspect: Aspect
    state: Relation
    cells: tuple[Cell, ...]
    alike: bool = False

    @property
    def word(self) -> Word:
        """The state with its label and definition."""
        return ROW[self.state]


@dataclass(slots=True)
class Section:
    """A topic: the rows in which somebody states something, and those in which nobody does."""

    topic: str
    label: str
    rows: list[Row] = field(default_factory=list)
    nothing: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table."""

    dossiers: tuple[Dossier, ...]
    sections: tuple[Section, ...]


def compare(dossiers: Iterable[Dossier], times: Sequence[Timed | None] = ()) -> Comparison:
    """The comparison of some profiles, in the order given. Raises ValueError unless there are two to eight.

    `times` tells for each column how an answer stands to its time: what cannot be of it stands apart, not compared.
    """
    columns = tuple(dossiers)
    if not FEWEST <= len(columns) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} profiles can be compared, not {len(columns)}")
    by_column = [_by_aspect(dossier) for dossier in columns]
    sections: dict[str, Section] = {}
    for key, label in _questions(columns).items():
        topic = key.partition(".")[0]
        section = sections.setdefault(topic, Section(topic, topic_label(label)))
        row = _row(key, columns, by_column, times or [None] * len(columns))
        stated = any(cell.state not in QUIET for cell in row.cells)
        (section.rows if stated else section.nothing).append(row)
    return Comparison(columns, tuple(sections.values()))


def _questions(columns: tuple[Dossier, ...]) -> dict[str, str]:
    """Aspect key -> label of its topic, for every model among the columns: groups first, then people, then events."""
    present = {model_of(dossier.header) for dossier in columns}
    models = [model for model in ASPECTS if model in present]
    labels: dict[str, str] = {}
    for model in models:
        for topic, label in TOPICS[model].items():
            labels.setdefault(topic, label)
    keys = {
        aspect.key: labels[topic]
        for topic in labels
        for model in models
        for aspect in ASPECTS[model].values()
        if aspect.topic == topic
    }
    return keys


def _by_aspect(dossier: Dossier) -> dict[str, list[docs.Claim]]:
    found: dict[str, list[docs.Claim]] = {}
    again = echoes(dossier)
    for claim in sorted(dossier.claims, key=lambda claim: (dates.sort_key(claim.when, claim.sense), claim.uid)):
        aspect = placed(claim, dossier.header)
        if aspect and claim.standing != "retracted" and claim.uid not in again:
            found.setdefault(aspect.key, []).append(claim)
    return found


def _row(
    key: str,
    columns: tuple[Dossier, ...],
    by_column: list[dict[str, list[docs.Claim]]],
    times: Sequence[Timed | None],
) -> Row:
    aspects = [ASPECTS[model_of(dossier.header)].get(key) for dossier in columns]
    asked = next(aspect for aspect in aspects if aspect)
    cells = tuple(
        _apart(cell_of(claims.get(key, []), aspect, dossier), timed) if aspect else Cell("does_not_apply")
        for dossier, aspect, claims, timed in zip(columns, aspects, by_column, times, strict=True)
    )
    state = row_state(asked, cells)
    said = [[answer.claims for answer in (*cell.answers, *cell.outside)] for cell in cells]
    sure = [
        sorted(timed(answer) if timed else "" for answer in (*cell.answers, *cell.outside))
        for cell, timed in zip(cells, times, strict=True)
    ]
    one_word = bool(said[0]) and all(one == said[0] for one in said)
    alike = (one_word or state == "same") and all(one == sure[0] for one in sure)
    return Row(asked, state, cells, alike)


def _apart(cell: Cell, timed: Timed | None) -> Cell:
    """The cell with what cannot be of its column's time set apart."""
    if not timed or not (beyond := tuple(answer for answer in cell.answers if timed(answer) in NOT)):
        return cell
    answers = tuple(answer for answer in cell.answers if answer not in beyond)
    return Cell(_stated_as(answers) if answers else "elsewhen", answers, cell.silence, beyond)


def row_state(aspect: Aspect, cells: Iterable[Cell]) -> Relation:
    """Whether the columns agree. Texts are shown, and never called the same or different."""
    cells = tuple(cells)
    speaking = [cell for cell in cells if cell.state in SPEAKING]
    if aspect.value == "text" or len(speaking) < FEWEST:
        return "not comparable"
    keys = [[answer.key for answer in cell.answers] for cell in speaking]
    silent = len(speaking) < len(cells)
    return relate_all(keys, silent, any(cell.state == "contested" for cell in speaking))


def cell_of(claims: Iterable[docs.Claim], aspect: Aspect, dossier: Dossier) -> Cell:
    """What one profile answers, from its claims at an aspect; without any, from its silence there.

    What newer claims replaced is left out, unless there is nothing else: then it stands, marked superseded.
    """
    everything = list(claims)
    current = [claim for claim in everything if claim.standing != "superseded"]
    answers = _answers(current or everything, aspect, dossier.header.uid)
    if answers:
        return Cell(_stated_as(answers), answers)
    silence = next((s for s in dossier.silences if f"{s.topic}.{s.aspect}" == aspect.key), None)
    if silence and silence.state in CELL:
        return Cell(silence.state, silence=silence)
    asked = applies(model_of(dossier.header), dossier.header.kind, aspect)
    return Cell("not_researched" if asked else "does_not_apply")


def _answers(claims: list[docs.Claim], aspect: Aspect, uid: str) -> tuple[Answer, ...]:
    """A step stands with its designation; one whose designation is elsewhere stands alone."""
    here = {claim.uid for claim in claims}
    found = []
    for claim in claims:
        if claim.designation in here:
            continue
        steps = tuple(step for step in claims if step.designation == claim.uid)
        found.append(Answer(claim, key_of(claim, aspect, uid, steps), steps))
    return tuple(found)


def _stated_as(answers: tuple[Answer, ...]) -> str:
    said = [answer.claim for answer in answers]
    if any(one.conflicts_with or one.standing == "contested" for answer in answers for one in answer.claims):
        return "contested"
    if all(says_unknown(claim) for claim in said):
        return "unknown"
    return "none" if all(claim.negated for claim in said) else "stated"


def says_unknown(claim: docs.Claim) -> bool:
    """Whether a claim tells that a source says it is not known."""
    return claim.word == UNKNOWN
