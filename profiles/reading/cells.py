"""A cell as a page prints it: what one profile answers to one question, or in words why nothing stands there."""

from dataclasses import dataclass

from profiles.values.vocabulary import Aspect

from . import compare
from .leaf import Leaf, Link
from .lines import Line, line_of, searched_sources, silence_in_words


@dataclass(frozen=True, slots=True)
class Cell:
    """What one profile says to one aspect: a state, and its lines; `words` say what emptiness means."""

    aspect: Aspect
    state: str
    words: str = ""
    lines: tuple[Line, ...] = ()
    searched: tuple[Link, ...] = ()


def printed_cell(cell: compare.Cell, aspect: Aspect, at: str, leaf: Leaf) -> Cell:
    """One profile's answer to one aspect as a page prints it: lines with marks, or the words of its emptiness."""
    lines = tuple(line_of(answer.claim, at, aspect, leaf) for answer in cell.answers)
    if lines:
        return Cell(aspect, cell.state, lines=lines)
    if cell.silence:
        searched = searched_sources(cell.silence, leaf)
        return Cell(aspect, cell.state, silence_in_words(cell.silence, len(searched)), searched=searched)
    return Cell(aspect, cell.state, cell.word.label.capitalize())
