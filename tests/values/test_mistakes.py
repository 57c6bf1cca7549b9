"""Typing mistakes: what one or two of them make of a word is near to it, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.mistakes import ENDS, allowed, heads, mistakes, mistakes_between, one_away, tails

LETTERS = "abcdeilmn"


@st.composite
def mistyped(draw, least, most, slips):
    """(a word, what some mistakes made of it)."""
    word = draw(st.text(LETTERS, min_size=least, max_size=most))
    made = word
    for _ in range(slips):
        place, letter = draw(st.integers(0, len(made) - 2)), draw(st.sampled_from(LETTERS))
        before, after = made[:place], made[place:]
        made = draw(
            st.sampled_from(
                [before + after[1:], before + letter + after, before + letter + after[1:],
                 before + after[1] + after[0] + after[2:]]
            )
        )  # fmt: skip
    return word, made


@pytest.mark.parametrize(
    ("typed", "meant", "away"),
    [
        ("nujada", "nujaba", 1), ("badar", "badr", 1), ("hezbolah", "hezbollah", 1), ("abdr", "badr", 1),
        ("soleimni", "suleimani", 2), ("nujaba", "nujaba", 0), ("bad", "badr", None), ("nujada", "nijaba", None),
        ("brigade45", "brigade46", None), ("2003", "2004", None), ("2003", "2003", 0), ("نجباا", "نجباء", 1),
    ],
)  # fmt: skip
def test_a_word_may_hold_so_many_mistakes(typed, meant, away):
    assert mistakes(typed, meant) == away


def test_each_word_of_a_name_is_meant_once():
    assert mistakes_between(["nujada", "movment"], ["movement", "nujaba"]) == 2
    assert mistakes_between(["nujada", "nujaba"], ["movement", "nujaba"]) is None
    assert mistakes_between(["nujaba"], ["movement", "nujaba"]) == 0


@given(mistyped(4, 7, 1))
def test_every_single_mistake_is_tried(pair):
    typed, meant = pair[1], pair[0]
    assert allowed(typed) != 1 or meant in one_away(typed)


# Two that touch the same letters may be more than two by the reckoning that moves no letter twice.
@given(mistyped(8, 14, 2))
def test_every_pair_of_mistakes_is_found_by_an_end(pair):
    typed, meant = pair[1], pair[0]
    if allowed(typed) == 2 and mistakes(typed, meant) is not None:
        begun, ended = meant[:ENDS], meant[-ENDS:]
        kept = begun == typed[:ENDS] or ended == typed[-ENDS:]
        assert kept or (begun in heads(typed) and ended in tails(typed))


@given(st.text(LETTERS, min_size=4, max_size=7), st.text(LETTERS, min_size=4, max_size=7))
def test_nothing_else_is_one_away(one, other):
    assert (other in one_away(one)) == (mistakes(one, other) is not None)
