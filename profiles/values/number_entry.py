"""Numbers typed as a text has them ("about 50,000", "dozens", "at least 5"), read into precision and bounds.

Only a bound that the text gives is kept: "thousands" has none. Where the precision says less than the words ("more
than 200" is stored as at least 200, "nearly 7,000" as about), the words are kept and shown in its stead.
`numbers.in_words` tells a number with what is counted; `in_words` here tells it alone.
"""

import re
from dataclasses import dataclass
from functools import cache

from . import numbers
from .number_lexicon import FIGURE, HEAP, ROUNDED, NumberError, cannot_read, in_one_way, value_of, without_counted

__all__ = ["NumberError", "Reading", "in_words", "read_number"]

LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed number as read; `counted` is the closed list's word where the text names one of its things."""

    precision: str
    low: int | None
    high: int | None
    number_words: str
    words: str
    counted: str = ""


# N is a number; with * the words of the text are kept.
_RULES = (
    (r"(?:exactly |only |just )?N", "exact"),
    (r"estimated N|N estimated", "estimate"),
    (r"about N|N (?:or so|about)", "about"),
    (r"nearly N", "about*"),
    (r"at-least N|N (?:or more|at-least)|N ?\+", "at_least"),
    (r"more-than N", "at_least*"),
    (r"at-most N|N (?:or fewer|at-most)", "at_most"),
    (r"(?:fewer-than|as-many-as) N", "at_most*"),
    (r"(?:from )?N to N|between N and N|at-least N (?:and|but) at-most N", "between"),
    (r"N or N|(?:about|estimated|nearly) (?:between |from )?N (?:to|and|or) N", "between*"),
    (r"between (?:about|estimated) N and N|more-than N (?:and|but) (?:fewer-than|at-most) N", "between*"),
)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ORDER = re.compile(rf"(?:(?:about|at-least|more-than|nearly|estimated|many|several) )*{HEAP}")


def read_number(text: str) -> Reading:
    """Read a number typed in words or figures, with or without what it counts; NumberError names the mend.

    "An estimated 7,000 to 10,000" is between, its words kept, since an estimate has one number. A dozen is about 12,
    and "1.5 million" about that many: a rounded form counts nothing exactly. Arabic words are kept in English.
    A share, a sum of money, a rank, a negative or broken number is no count.
    """
    typed = " ".join(text.split())
    if len(typed) > LONGEST_TEXT:
        raise cannot_read(typed, f"is too long: a number has at most {LONGEST_TEXT} characters here")
    given, counted = without_counted(typed)
    phrase = in_one_way(given)
    if _ARABIC.search(given):
        given = phrase.replace("-", " ")
    if not phrase:
        raise cannot_read(typed, "gives no number: leave it empty, or write one like 5, about 50,000 or dozens")
    if _ORDER.fullmatch(phrase):
        return _reading("order*", [], given, counted)
    for pattern, precision in _rules():
        if match := pattern.fullmatch(phrase):
            values = [value_of(group, typed) for group in match.groups() if group]
            if ROUNDED.search(phrase):
                precision = "about*" if precision == "exact" else f"{precision}*"
            if len(values) == 2:
                _refuse_unclear_range(values[0], values[1], typed)
            return _reading(precision, values, given, counted)
    raise cannot_read(
        typed, "is not a number we can read: write it like 5, about 50,000, at least 5, 7 to 10 or dozens"
    )


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    """The rules compiled, at the first number typed: at each start it would cost a tenth of it."""
    return [(re.compile(pattern.replace("N", f"({FIGURE})")), precision) for pattern, precision in _RULES]


def in_words(precision: str, low: int | None, high: int | None, number_words: str) -> str:
    """The number alone, without what is counted: the source's words where they are kept."""
    return number_words or numbers.in_words(precision, low, high, "", "").strip()


def _reading(precision: str, values: list[int], given: str, counted: str) -> Reading:
    if given[1:2].islower():
        given = given[0].lower() + given[1:]  # its capital began a sentence
    number_words = given if precision.endswith("*") else ""
    precision = precision.rstrip("*")
    low = None if precision in ("at_most", "order") else values[0]
    high = values[-1] if precision in ("at_most", "between") else None
    return Reading(precision, low, high, number_words, in_words(precision, low, high, number_words), counted)


def _refuse_unclear_range(low: int, high: int, typed: str) -> None:
    """Refuse 10-7 and 5-5; and 7-10,000, which may begin at 7 or at 7,000."""
    if low > high:
        raise cannot_read(typed, f"runs backwards: write {high:,} to {low:,}")
    if low == high:
        raise cannot_read(typed, f"is one number twice: write {low:,}")
    for scale in (1_000_000, 1_000):
        if 0 < low < 1_000 and high % scale == 0 and low * scale < high:
            raise cannot_read(
                typed, f"does not say where it begins: write both in full, like {low * scale:,} to {high:,}"
            )
