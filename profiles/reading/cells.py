"""A cell as a page prints it: what one profile answers to one question, or in words why nothing stands there."""

from msgspec import Struct
from msgspec.structs import replace

from profiles.values.vocabulary import Aspect

from . import compare
from .kin import in_kin
from .leaf import Leaf, Link
from .lines import Line, line_of, searched_sources, silence_in_words
from .timing import rank
from .values_of import first_step, when_of


class Cell(Struct, frozen=True):
    """What one profile says to one aspect: a state, and its lines; `words` say what emptiness means."""

    aspect: Aspect
    state: str
    words: str = ""
    lines: tuple[Line, ...] = ()
    searched: tuple[Link, ...] = ()

    @property
    def kin(self) -> tuple[tuple[Line, ...], ...]:
        """The lines in order, those that differ only in the kind of one tie together."""
        return in_kin(self.lines, lambda line: line.claim)


def printed_cell(cell: compare.Cell, aspect: Aspect, at: str, leaf: Leaf) -> Cell:
    """One profile's answer to one aspect as a page prints it: lines with marks, or the words of its emptiness."""
    if cell.answers:
        # What cannot be of the time asked about stands last.
        answers = (
            sorted(cell.answers, key=lambda answer: rank(leaf.timing(answer.claim, answer.steps)))
            if leaf.on
            else cell.answers
        )
        return Cell(aspect, cell.state, lines=tuple(_line(answer, aspect, at, leaf) for answer in answers))
    if cell.silence:
        searched = searched_sources(cell.silence, leaf)
        return Cell(aspect, cell.state, silence_in_words(cell.silence, len(searched)), searched=searched)
    return Cell(aspect, cell.state, cell.word.label.capitalize())


def _line(answer: compare.Answer, aspect: Aspect, at: str, leaf: Leaf) -> Line:
    """A claim's line; a listing's value has the date of its first dated step, with that step's marks."""
    line = line_of(answer.claim, at, aspect, leaf, answer.steps)
    step = first_step(answer.claim.uid, answer.steps)
    if step is None:
        return line
    value = replace(line.value, when=when_of(step))
    return replace(line, value=value, marks=(*line.marks, *leaf.cite(step, line.marks)))
