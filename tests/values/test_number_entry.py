"""Numbers as people type them: precision, bounds and words of each phrase, and what is refused with the mend."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from profiles.values import numbers
from profiles.values.number_entry import NumberError, Reading, in_words, read_number

# Text, precision, low, high, words; the words of the text are kept where they are marked so.
KEPT, NOT_KEPT = True, False
PHRASES = [
    ("5", "exact", 5, None, "5", NOT_KEPT),
    ("0", "exact", 0, None, "0", NOT_KEPT),
    ("five", "exact", 5, None, "5", NOT_KEPT),
    ("Three", "exact", 3, None, "3", NOT_KEPT),
    ("twenty-five", "exact", 25, None, "25", NOT_KEPT),
    ("a hundred", "exact", 100, None, "100", NOT_KEPT),
    ("one hundred and fifty", "exact", 150, None, "150", NOT_KEPT),
    ("fifteen hundred", "exact", 1500, None, "1,500", NOT_KEPT),
    ("five hundred thousand", "exact", 500_000, None, "500,000", NOT_KEPT),
    ("exactly 5", "exact", 5, None, "5", NOT_KEPT),
    ("7,000", "exact", 7000, None, "7,000", NOT_KEPT),
    ("50 000", "exact", 50_000, None, "50,000", NOT_KEPT),
    ("50\u202f000", "exact", 50_000, None, "50,000", NOT_KEPT),
    ("50'000", "exact", 50_000, None, "50,000", NOT_KEPT),
    ("1.234.567", "exact", 1_234_567, None, "1,234,567", NOT_KEPT),
    ("50 thousand", "exact", 50_000, None, "50,000", NOT_KEPT),
    ("٥٠٠٠٠", "exact", 50_000, None, "50,000", NOT_KEPT),
    ("١٠٬٠٠٠", "exact", 10_000, None, "10,000", NOT_KEPT),
    ("about 50,000", "about", 50_000, None, "about 50,000", NOT_KEPT),
    ("some 50,000", "about", 50_000, None, "about 50,000", NOT_KEPT),
    ("around 50 000", "about", 50_000, None, "about 50,000", NOT_KEPT),
    ("approximately 50k", "about", 50_000, None, "approximately 50k", KEPT),
    ("5 or so", "about", 5, None, "about 5", NOT_KEPT),
    ("حوالي 50 ألف", "about", 50_000, None, "about 50,000", NOT_KEPT),
    ("nearly 7,000", "about", 7000, None, "nearly 7,000", KEPT),
    ("Almost 7,000", "about", 7000, None, "almost 7,000", KEPT),
    ("50k", "about", 50_000, None, "50k", KEPT),
    ("1.5 million", "about", 1_500_000, None, "1.5 million", KEPT),
    ("half a million", "about", 500_000, None, "half a million", KEPT),
    ("a dozen", "about", 12, None, "a dozen", KEPT),
    ("two dozen", "about", 24, None, "two dozen", KEPT),
    ("an estimated 7,000", "estimate", 7000, None, "estimated 7,000", NOT_KEPT),
    ("estimated at 7,000", "estimate", 7000, None, "estimated 7,000", NOT_KEPT),
    ("7,000 (estimate)", "estimate", 7000, None, "estimated 7,000", NOT_KEPT),
    ("at least 5", "at_least", 5, None, "at least 5", NOT_KEPT),
    ("no fewer than five", "at_least", 5, None, "at least 5", NOT_KEPT),
    ("5 or more", "at_least", 5, None, "at least 5", NOT_KEPT),
    ("200+", "at_least", 200, None, "at least 200", NOT_KEPT),
    ("≥200", "at_least", 200, None, "at least 200", NOT_KEPT),
    ("more than 200", "at_least", 200, None, "more than 200", KEPT),
    ("over 200", "at_least", 200, None, "over 200", KEPT),
    ("more than a dozen", "at_least", 12, None, "more than a dozen", KEPT),
    ("أكثر من 200", "at_least", 200, None, "more than 200", KEPT),
    ("up to 30", "at_most", None, 30, "at most 30", NOT_KEPT),
    ("no more than 30", "at_most", None, 30, "at most 30", NOT_KEPT),
    ("30 or fewer", "at_most", None, 30, "at most 30", NOT_KEPT),
    ("as many as 30", "at_most", None, 30, "as many as 30", KEPT),
    ("fewer than 10", "at_most", None, 10, "fewer than 10", KEPT),
    ("7,000-10,000", "between", 7000, 10_000, "7,000 to 10,000", NOT_KEPT),
    ("7,000–10,000", "between", 7000, 10_000, "7,000 to 10,000", NOT_KEPT),
    ("7,000 to 10,000", "between", 7000, 10_000, "7,000 to 10,000", NOT_KEPT),
    ("between five and ten", "between", 5, 10, "5 to 10", NOT_KEPT),
    ("five-six", "between", 5, 6, "5 to 6", NOT_KEPT),
    ("500-1,000", "between", 500, 1000, "500 to 1,000", NOT_KEPT),
    ("at least 5 and at most 10", "between", 5, 10, "5 to 10", NOT_KEPT),
    ("five or six", "between", 5, 6, "five or six", KEPT),
    ("an estimated 7,000 to 10,000", "between", 7000, 10_000, "an estimated 7,000 to 10,000", KEPT),
    ("about 7,000 to 10,000", "between", 7000, 10_000, "about 7,000 to 10,000", KEPT),
    ("thousands", "order", None, None, "thousands", KEPT),
    ("Dozens", "order", None, None, "dozens", KEPT),
    ("hundreds", "order", None, None, "hundreds", KEPT),
    ("tens of thousands", "order", None, None, "tens of thousands", KEPT),
    ("several hundred", "order", None, None, "several hundred", KEPT),
    ("a few thousand", "order", None, None, "a few thousand", KEPT),
    ("hundreds, possibly thousands", "order", None, None, "hundreds, possibly thousands", KEPT),
    ("at least dozens", "order", None, None, "at least dozens", KEPT),
    ("a handful", "order", None, None, "a handful", KEPT),
    ("آلاف", "order", None, None, "thousands", KEPT),
    ("عشرات الآلاف", "order", None, None, "tens of thousands", KEPT),
]


@pytest.mark.parametrize(("text", "precision", "low", "high", "words", "kept"), PHRASES)
def test_phrase_is_read_and_told_back(text, precision, low, high, words, kept):
    assert read_number(text) == Reading(precision, low, high, words if kept else "", words)


@pytest.mark.parametrize(
    ("text", "words", "counted", "told"),
    [
        ("one seat", "1", "seats", "1 seat"),
        ("about 50,000 fighters", "about 50,000", "fighters", "about 50,000 fighters"),
        ("Thousands of fighters", "thousands", "fighters", "thousands of fighters"),
        ("dozens of attacks", "dozens", "attacks", "dozens of attacks"),
        ("more than 200 people", "more than 200", "people", "more than 200 people"),
    ],
)
def test_what_is_counted_is_told_apart(text, words, counted, told):
    reading = read_number(text)
    assert (reading.words, reading.counted) == (words, counted)
    number = reading.precision, reading.low, reading.high, reading.number_words
    assert numbers.in_words(*number, counted) == told


REFUSED = [
    ("1.234", "can be read in two ways: write 1,234"),
    ("50.000 fighters", "can be read in two ways: write 50,000"),
    ("1,5 million", "write 1.5 million"),
    ("1.5", "is not a whole number"),
    ("12,34", "has signs in places where no number has them"),
    ("5-10,000", "write both in full, like 5,000 to 10,000"),
    ("5 to 10 million", "write both in full, like 5,000,000 to 10,000,000"),
    ("10-7", "runs backwards: write 7 to 10"),
    ("5 to 5", "is one number twice: write 5"),
    ("-5", "is below zero"),
    ("15%", "is a share"),
    ("$5 million", "is a sum of money"),
    ("45th", "is a rank"),
    ("none", "write 0 where the source counts none"),
    ("5m", "write million or billion in full"),
    ("3 billion", "is too large"),
    ("five rockets", "is not a number we can read"),
    ("not five", "is not a number we can read"),
    ("five less three", "is not a number we can read"),
    ("two hundred five ten", "write it in figures"),
    ("", "gives no number"),
    ("five " * 40, "is too long"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_count_is_refused_with_the_mend(text, reason):
    with pytest.raises(NumberError) as refused:
        read_number(text)
    assert reason in str(refused.value)


TYPED = """
0 1 5 12 200 1,000 7.5 50k million thousand hundred dozen dozens thousands of five twenty a half and or to - – , . + % $
about some at least most more fewer than up between estimated nearly over under many several fighters no not ٥ آلاف من
"""
COUNTS = st.integers(0, 2**31 - 1)
PAIRS = st.tuples(COUNTS, COUNTS).map(sorted)


@given(st.one_of(st.text(max_size=140), st.lists(st.sampled_from(TYPED.split()), max_size=8).map(" ".join)))
@example("\u0660")
@example("²")
@example("five-")
@example("half a")
def test_any_text_is_read_or_refused(text):
    try:
        reading = read_number(text)
    except NumberError:
        return
    assert (reading.low is None) == (reading.precision in ("order", "at_most"))
    assert (reading.high is None) == (reading.precision not in ("between", "at_most"))
    assert reading.number_words or reading.precision != "order"


@given(st.sampled_from(("exact", "about", "at_least", "estimate")), COUNTS)
def test_words_of_a_number_read_again_are_the_number(precision, low):
    words = in_words(precision, low, None, "")
    assert read_number(words) == Reading(precision, low, None, "", words)


@given(PAIRS)
def test_words_of_a_range_never_read_as_another(pair):
    words = in_words("between", *pair, "")
    try:
        reading = read_number(words)
    except NumberError:
        return
    assert reading == Reading("between", *pair, "", words)


@pytest.mark.parametrize("text", [text for text, *_ in PHRASES])
def test_words_of_a_reading_read_again_say_the_same(text):
    reading = read_number(text)
    assert read_number(reading.words) == reading
