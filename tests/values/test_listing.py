"""A listing is in force for certain only where every reading of its steps says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.values import dates
from profiles.values.listing import intervals

SEEN = dates.parse("2025-04-07").start.first


def told(steps):
    return [(step, dates.bounds(when, "happened")) for step, when in steps]


def status(steps, question, own=""):
    found = intervals(told(steps), dates.bounds(own, "held", SEEN) if own else None, SEEN)
    answers = {dates.on(bounds, "held", question) for bounds in found}
    return next(answer for answer in ("certainly", "possibly", "not") if answer in answers)


AGAIN = [("listed", "2009"), ("revoked_or_delisted", "2015"), ("relisted", "2020"), ("expired", "2022-05")]
CASES = [
    ([("designated", "2020-01-03")], "2019", "not"),
    ([("designated", "2020-01-03")], "2020-01-02", "not"),
    ([("designated", "2020-01-03")], "2021", "certainly"),
    ([("designated", "2020-01-03")], "2025-04-07", "certainly"),
    ([("designated", "2020-01-03")], "2026", "possibly"),
    ([("announced", "2020-01-03"), ("effective", "2020-01-10")], "2020-01-05", "possibly"),
    ([("announced", "2020-01-03"), ("effective", "2020-01-10")], "2020-01-10", "certainly"),
    ([("listed", "2009"), ("revoked_or_delisted", "2021")], "2015", "certainly"),
    ([("listed", "2009"), ("revoked_or_delisted", "2021-02-16")], "2022", "not"),
    ([("listed", "2009"), ("revoked_or_delisted", "2021")], "2021-06", "possibly"),
    ([("listed", "2009"), ("suspended", "2015")], "2016", "possibly"),
    (AGAIN, "2008", "not"),
    (AGAIN, "2012", "certainly"),
    (AGAIN, "2015-06", "possibly"),
    (AGAIN, "2017", "not"),
    (AGAIN, "2020-06", "possibly"),
    (AGAIN, "2021", "certainly"),
    (AGAIN, "2022-05-15", "possibly"),
    (AGAIN, "2023", "not"),
    (AGAIN[:3], "2017", "not"),
    (AGAIN[:3], "2024", "certainly"),
    (AGAIN[:3], "2026", "possibly"),
    ([*AGAIN[:2], ("listed", "2020")], "2017", "not"),
    ([*AGAIN[:2], ("listed", "2020")], "2012", "certainly"),
    ([*AGAIN[:2], ("relisted", "2015")], "2016", "possibly"),
    ([*AGAIN[:2], ("relisted", "2015")], "2008", "not"),
    ([("listed", "2009"), ("suspended", "2015"), ("relisted", "2020")], "2017", "possibly"),
    ([("listed", "2009"), ("suspended", "2015"), ("relisted", "2020")], "2021", "certainly"),
    ([("relisted", "2020"), ("revoked_or_delisted", "2022")], "2015", "possibly"),
    ([("relisted", "2020"), ("revoked_or_delisted", "2022")], "2021", "certainly"),
    ([("revoked_or_delisted", "2015"), ("relisted", "2020")], "2012", "possibly"),
    ([("revoked_or_delisted", "2015"), ("relisted", "2020")], "2017", "not"),
    ([("listed", "2009"), ("revoked_or_delisted", "2021-02-12"), ("published", "2021-02-16")], "2015", "certainly"),
    ([("listed", "2009~")], "2015", "possibly"),
    ([("renewed", "2015")], "2014", "possibly"),
    ([("renewed", "2015")], "2016", "certainly"),
    ([("revoked_or_delisted", "2015")], "2014", "possibly"),
    ([("revoked_or_delisted", "2015")], "2016", "not"),
    ([], "2015", "possibly"),
    # Told of after the end, so of the end; kept before the beginning that is told of; of one day, so in either order.
    ([("revoked_or_delisted", "2020-01-08"), ("announced", "2020-01-15")], "2020-01-15", "not"),
    ([("revoked_or_delisted", "2020-01-08"), ("announced", "2020-01-15")], "2020-01-07", "possibly"),
    ([("renewed", "2020-01-07"), ("designated", "2020-01-20")], "2020-01-08", "possibly"),
    ([("listed", "2009"), ("expired", "2020-01-14"), ("listed", "2020-01-14")], "2012", "certainly"),
    ([("listed", "2009"), ("expired", "2020-01-14"), ("listed", "2020-01-14")], "2021", "certainly"),
    ([("listed", "2009"), ("expired", "2020"), ("listed", "2020")], "2021", "possibly"),
    ([("expired", "2020-01-14"), ("designated", "2020-01-14")], "2021", "possibly"),
]


@pytest.mark.parametrize(("steps", "question", "expected"), CASES)
def test_status_on_a_date(steps, question, expected):
    assert status(steps, question) == expected


@pytest.mark.parametrize(("question", "expected"), [("2018", "not"), ("2021", "certainly"), ("2026", "possibly")])
def test_a_date_of_the_listing_itself_stands_where_no_step_tells_of_it(question, expected):
    assert status([], question, own="2020/..") == expected


def test_a_listing_after_a_delisting_is_a_time_of_its_own():
    found = intervals(told(AGAIN), None, SEEN)
    assert [(b.start_earliest.year, b.end_latest.year, b.hedged) for b in found] == [
        (2009, 2015, False),
        (2020, 2022, False),
    ]


def test_where_the_order_is_not_sure_there_is_one_time():
    assert len(intervals(told([*AGAIN[:2], ("relisted", "2015")]), None, SEEN)) == 1


# What really happened: from when to when it was listed, once or again, with what was told of in between.

FIRST = date(2019, 12, 31)


@st.composite
def histories(draw):
    """Steps whose dates are told with more or less care, and of each day whether it was listed then."""
    days = sorted(draw(st.lists(st.integers(2, 40), min_size=1, max_size=6, unique=True)))
    word = draw(st.sampled_from(["listed", "designated"]))
    steps, listed, was = [], {}, False
    for number, day in enumerate(days):
        if not was:
            step = word if not steps else draw(st.sampled_from([word, "relisted"]))
        else:
            step = draw(st.sampled_from(["renewed", "reviewed_kept", "amended", "expired", "revoked_or_delisted"]))
        was = step not in ("expired", "revoked_or_delisted")
        steps.append((step, day))
        listed.update(dict.fromkeys(range(day, days[number + 1] if number + 1 < len(days) else 60), was))
    told = []
    for step, day in steps:
        first, last = (FIRST + timedelta(day + draw(st.integers(*some))) for some in ((-3, 0), (0, 3)))
        told.append((step, f"[{first}..{last}]" if first != last else f"{first}"))
    on_its_day = {day for _, day in steps}
    return draw(st.permutations(told)), {day: was for day, was in listed.items() if day not in on_its_day}


@given(histories())
@settings(max_examples=80, deadline=None)
def test_what_really_was_so_is_never_denied_nor_said_for_certain_where_it_was_not(history):
    steps, listed = history
    for day, was in listed.items():
        answer = status(steps, f"{FIRST + timedelta(day)}")
        assert answer in (("certainly", "possibly") if was else ("possibly", "not")), (steps, day)
