"""Passages looked for together: what changed is told from what moved, also where words stand twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.anchors import find, normalise, pin, sentences
from profiles.values.passages import verify_together

TEXT = normalise(
    """
    The Lamp Brigade
    Photo: Jo Marsh
    The brigade was founded in 2013. It has 700 men, two officials said. Nobody was named.
    It fought in Marwa in 2014.
    Photo: Jo Marsh
    لواء المصباح جماعة مسلحة. تأسس عام 2013.
    It fought in Marwa in 2014.
    Its leader denies it.
    """
)
EVERY = [pin(TEXT, *bounds) for bounds in sentences(TEXT)]
WORDS = [match.span() for match in re.finditer(r"\w+", TEXT)]


def states(text, passages):
    return [finding.state for finding in verify_together(text, len(TEXT), passages)]


def test_in_its_own_text_every_passage_is_verified():
    assert set(states(TEXT, EVERY)) == {"verified"}
    assert verify_together(TEXT, len(TEXT), []) == []


@given(st.sampled_from(WORDS), st.sampled_from(["", "x", "elsewhere", "ثلاثة"]))
def test_one_changed_word_changes_exactly_the_passages_that_hold_it(word, instead):
    start, end = word
    changed = normalise(TEXT[:start] + instead + TEXT[end:])
    if changed == TEXT:
        return
    found = verify_together(changed, len(TEXT), EVERY)
    assert {f.pinned.start for f in found if f.state in ("changed", "gone")} == {
        p.start for p in EVERY if p.start < end and start < p.end
    }


def test_a_caption_that_stands_twice_is_not_taken_for_the_other():
    first, second = find(TEXT, "Photo: Jo Marsh", 1), find(TEXT, "Photo: Jo Marsh", 2)
    around = [find(TEXT, "The Lamp Brigade"), find(TEXT, "Its leader denies it.")]
    changed = TEXT.replace("Photo: Jo Marsh", "Photo: Jo Ma", 1)
    assert states(changed, [around[0], first, second, around[1]]) == ["verified", "changed", "moved", "moved"]
    # Where nobody cites the other one, its place is not free either: this one's own still holds other words.
    assert states(changed, [around[0], first, around[1]]) == ["verified", "changed", "moved"]


def test_a_paragraph_put_elsewhere_has_moved():
    lines = TEXT.split("\n")
    moved = "\n".join([*lines[:2], *lines[3:6], lines[2], *lines[6:]])
    found = {f.pinned.start: f for f in verify_together(moved, len(TEXT), EVERY)}
    assert {f.state for f in found.values()} == {"verified", "moved"}
    assert found[find(TEXT, "Nobody was named.").start].found.paragraph == 5


def test_a_sentence_left_out_is_gone():
    shorter = TEXT.replace(" Nobody was named.", "")
    assert [f.pinned.start for f in verify_together(shorter, len(TEXT), EVERY) if f.state == "gone"] == [
        find(TEXT, "Nobody was named.").start
    ]


def test_a_changed_passage_shows_what_stands_in_its_stead():
    changed = TEXT.replace("The Lamp Brigade", "The Lamp and Light Brigade").replace("700 men", "900 men")
    found = next(
        f for f in verify_together(changed, len(TEXT), EVERY) if f.pinned.start == find(TEXT, "It has 700").start
    )
    assert found.state == "changed"
    assert changed[found.found.start : found.found.end] == "It has 900 men, two officials said."


@pytest.mark.parametrize("text", ["", "Something else entirely."])
def test_of_another_text_nothing_is_left(text):
    assert "verified" not in states(text, EVERY) and "moved" not in states(text, EVERY)


def test_a_word_that_only_begins_alike_is_another_word():
    first = find(TEXT, "Photo: Jo Marsh", 1)
    changed = TEXT.replace("Photo: Jo Marsh", "Photo: Jo Marshall", 1)
    assert states(changed, [first]) == ["changed"]
    assert states(TEXT.replace("fought in Marwa", "fought in Marwan"), [pin(TEXT, 125, 140)]) == ["changed"]
