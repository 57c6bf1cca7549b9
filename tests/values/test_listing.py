"""A listing is in force for certain only where every reading of its steps says so."""

import pytest

from profiles.values import dates
from profiles.values.listing import in_force

SEEN = dates.parse("2025-04-07").start.first


def status(steps, question, own=""):
    spans = [(step, dates.bounds(when, "happened")) for step, when in steps]
    found = in_force(spans, dates.bounds(own, "held", SEEN) if own else None, SEEN)
    return dates.on(found, "held", question)


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
    ([("listed", "2009"), ("revoked_or_delisted", "2015"), ("relisted", "2020")], "2017", "possibly"),
    ([("listed", "2009~")], "2015", "possibly"),
    ([("renewed", "2015")], "2014", "possibly"),
    ([("renewed", "2015")], "2016", "certainly"),
    ([("revoked_or_delisted", "2015")], "2014", "possibly"),
    ([("revoked_or_delisted", "2015")], "2016", "not"),
    ([], "2015", "possibly"),
]


@pytest.mark.parametrize(("steps", "question", "expected"), CASES)
def test_status_on_a_date(steps, question, expected):
    assert status(steps, question) == expected


@pytest.mark.parametrize(("question", "expected"), [("2018", "not"), ("2021", "certainly"), ("2026", "possibly")])
def test_a_date_of_the_listing_itself_stands_where_no_step_tells_of_it(question, expected):
    assert status([], question, own="2020/..") == expected
