"""A number in words: its figures, how exact they are, and what is counted."""

from . import speech
from .arabic.numbers import number_in_words
from .vocabulary import COUNTED, PRECISION

SINGULAR = {
    "fighters": "fighter", "groups": "group", "attacks": "attack", "people": "person", "soldiers": "soldier",
    "seats": "seat",
}  # fmt: skip
# "dozens" counts as a noun: "dozens of attacks".
HEAPS = ("tens", "dozens", "scores", "hundreds", "thousands", "millions")


def in_words(precision: str, low: int | None, high: int | None, number_words: str, counted: str) -> str:
    """The source's own words where there are any, else the figures and how exact they are; empty without a number."""
    if not precision:
        return ""
    if speech.is_arabic():
        return number_in_words(precision, low, high, number_words, counted)
    things = COUNTED.label(counted)
    if number_words:
        joint = " of " if number_words.split()[-1].lower() in HEAPS else " "
        return f"{number_words}{joint}{things}"
    figures = [f"{number:,}" for number in (low, high) if number is not None]
    if precision == "between":
        return f"{' to '.join(figures)} {things}"
    if precision == "exact":
        return f"{figures[0]} {SINGULAR.get(counted, things) if low == 1 else things}"
    return f"{PRECISION.label(precision)} {figures[0]} {things}"
