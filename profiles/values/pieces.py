"""A paragraph cut into pieces, so that passages that overlap, hedges and what nobody cites can each be marked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that all lie in the same passages. `of` numbers these from 1, `ends` those that end with the piece."""

    words: str
    of: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    is_hedge: bool = False
    is_uncited: bool = False


def cut(
    text: str, within: Range, passages: Sequence[Range], hedges: Iterable[Range] = (), uncited: Iterable[Range] = ()
) -> list[Piece]:
    """The pieces of `within`, in order; together they are its very words. All ranges are half-open code points.

    `passages` are numbered as they come. What of a range lies outside is left out.
    """
    start, end = within
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for number, (first, last) in enumerate(passages, 1):
        first, last = max(first, start), min(last, end)
        if first < last:
            opens[first].append(number)
            closes[last].append(number)
    in_hedge, in_uncited = _Inside(hedges, within), _Inside(uncited, within)
    cuts = sorted({start, end, *opens, *closes, *in_hedge.edges, *in_uncited.edges})
    found = []
    of: set[int] = set()
    for first, last in pairwise(cuts):
        of -= set(closes[first])
        of |= set(opens[first])
        ends = tuple(sorted(closes[last]))
        found.append(Piece(text[first:last], tuple(sorted(of)), ends, in_hedge.at(first), in_uncited.at(first)))
    return found


class _Inside:
    """Ranges that are asked for places in rising order: inside, or not."""

    def __init__(self, ranges: Iterable[Range], within: Range) -> None:
        start, end = within
        clipped = [(max(first, start), min(last, end)) for first, last in ranges]
        self._left = sorted((one for one in clipped if one[0] < one[1]), reverse=True)
        self.edges = [edge for one in self._left for edge in one]

    def at(self, place: int) -> bool:
        """Whether the place lies in one of the ranges."""
        while self._left and self._left[-1][1] <= place:
            self._left.pop()
        return bool(self._left) and self._left[-1][0] <= place
