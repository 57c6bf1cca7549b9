"""The axis of a comparison: where each form of date is drawn."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.reading.axis import WIDTH, axis_of
from profiles.reading.leaf import Leaf, Link
from tests.models.test_dated import every_form

from .dossiers import make_claim, make_library

FORMS = [text for text in every_form() if text]


def axis(*dated):
    claims = [make_claim(f"ab-{n:04}", when=when, sense=sense) for n, (when, sense) in enumerate(dated, 1)]
    return axis_of([(Link("Amber Brigade"), "ab", claims)], Leaf(make_library()))


@given(
    st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(["happened", "held", "as_of"])), min_size=1, max_size=6)
)
@settings(max_examples=200, deadline=None)
def test_every_form_of_date_is_drawn_within_the_picture_and_none_over_another(dated):
    marks = axis(*dated).lanes[0].marks
    assert len(marks) == len(set(dated))
    for mark in marks:
        assert mark.x >= 0
        assert mark.width > 0
        assert mark.x + mark.width <= WIDTH
        assert mark.sure is None or mark.x <= mark.sure[0]
    for track in {mark.track for mark in marks}:
        row = sorted((mark.x, mark.x + mark.width) for mark in marks if mark.track == track)
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(row))


def test_an_open_end_runs_to_the_edge_and_does_not_widen_the_years():
    made = axis(("2003/..", "held"), ("[..2014]", "happened"), ("2010", "happened"))
    assert made.years[0][0] == 2003
    by_when = {mark.when: mark for mark in made.lanes[0].marks}
    assert (by_when["since 2003"].x, by_when["since 2003"].width) == (0, WIDTH)
    assert (by_when["2014 or earlier"].x, by_when["2014 or earlier"].more_before) == (0, True)


def test_nothing_dated_makes_no_axis():
    assert axis(("", "held")) is None


@pytest.mark.parametrize("text", ["2003~/..", "2003?", "2003%/2005"])
def test_a_hedged_date_is_never_drawn_as_sure(text):
    assert axis((text, "held")).lanes[0].marks[0].sure is None
