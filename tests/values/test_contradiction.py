"""Which claims cannot both be right: the same either way round, and never of one claim and itself."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from profiles.values import documents as docs
from profiles.values.contradiction import exclusion, pairs
from profiles.values.dates import bounds
from tests import factory

DATES = ("", "2013", "2013~", "2013?", "2013-05", "2013-05-01", "[2013..]", "[..2012]", "2012/2014", "2017", "2020/..")
HEADER = {"rg": factory.make_group()}


def founded(uid, when, sense, **values):
    values = {"topic": "origins", "aspect": "founded", **values}
    return factory.make_claim(uid, when=when, sense=sense, citations=(), **values)


def strength(uid, when, precision, low, high):
    values = {"kind": "strength", "topic": "strength", "aspect": "fighters", "counted": "fighters", "sense": "as_of"}
    return factory.make_claim(uid, when=when, precision=precision, low=low, high=high, citations=(), **values)


claims = st.builds(
    founded,
    st.sampled_from(["rg-0002", "rg-0003"]),
    st.sampled_from(DATES),
    st.sampled_from(["happened", "held", "as_of"]),
    standing=st.sampled_from(["stands", "contested", "retracted", "superseded"]),
    negated=st.booleans(),
    scope=st.sampled_from(["", "as a party"]),
) | st.builds(
    strength,
    st.sampled_from(["rg-0002", "rg-0003"]),
    st.sampled_from(DATES),
    st.sampled_from(["exact", "about", "at_least", "at_most", "between", "order"]),
    st.none() | st.integers(0, 9),
    st.none() | st.integers(0, 9),
)


@given(claims, claims)
def test_it_is_the_same_either_way_round(one, other):
    assert bool(exclusion(one, other, HEADER.get)) is bool(exclusion(other, one, HEADER.get))
    assert exclusion(one, one, HEADER.get) == ""


@given(st.lists(claims, max_size=6))
def test_pairs_are_those_that_exclude_each_other(some):
    every = list({(claim.uid, docs.digest(claim)): claim for claim in some}.values())
    found = {frozenset((docs.digest(a), docs.digest(b))) for a, b, _ in pairs(every, HEADER.get)}
    wanted = {frozenset((docs.digest(a), docs.digest(b))) for a in every for b in every if exclusion(a, b, HEADER.get)}
    assert found == wanted


@given(st.sampled_from(DATES), st.sampled_from(DATES), st.dates(date(2010, 1, 1), date(2022, 1, 1)))
def test_two_foundings_that_may_be_of_one_day_exclude_nothing(one, other, day):
    may = [bounds(when, "happened") for when in (one, other)]
    if all(b.start_earliest <= day <= b.end_latest for b in may):
        assert exclusion(founded("rg-0002", one, "happened"), founded("rg-0003", other, "happened"), HEADER.get) == ""
