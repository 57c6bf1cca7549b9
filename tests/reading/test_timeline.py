"""The timeline: every dated statement in order, drawn where it can have been and dark where it surely was."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.reading.drawn import Scale, bar_of, days_of, scale_of
from profiles.reading.leaf import Leaf
from profiles.reading.timeline import timeline_of
from profiles.values import dates
from tests import factory
from tests.models.test_dated import every_form

from .dossiers import make_claim, make_dossier, make_library
from .real import real_dossiers

FORMS = [text for text in every_form() if text]
SENSES = ["happened", "held", "as_of"]
STAMP = "2025-04-07"  # of the version that make_claim cites


def timeline(*dated, **fields):
    claims = [make_claim(f"ab-{n:04}", when=when, sense=sense, **fields) for n, (when, sense) in enumerate(dated, 1)]
    return timeline_of(claims, make_dossier().header, Leaf(make_library()))


@given(st.sampled_from(FORMS), st.sampled_from(SENSES), st.sampled_from(FORMS))
@settings(max_examples=300, deadline=None)
def test_every_form_of_date_is_drawn_within_the_picture_and_is_sure_only_within_its_bar(when, sense, other):
    days = days_of(when, sense, date(2025, 4, 7))
    bar = bar_of(days, scale_of([days, days_of(other, "held")]))
    assert 0 <= bar.x <= 100
    assert 0 <= bar.width <= round(100 - bar.x, 2)
    if bar.sure:
        assert bar.x <= bar.sure[0]
        assert round(bar.sure[0] + bar.sure[1], 2) <= round(bar.x + bar.width, 2)


@given(st.sampled_from(FORMS), st.sampled_from(["happened", "held"]), st.dates(date(1950, 1, 1), date(2040, 1, 1)))
@settings(max_examples=300, deadline=None)
def test_a_day_is_under_the_dark_only_if_it_was_certainly_so_and_off_the_bar_only_if_it_was_not(when, sense, day):
    answer = dates.on(dates.bounds(when, sense), sense, day.isoformat())
    days = days_of(when, sense)
    dark = bool(days.sure) and days.sure[0] <= day <= days.sure[1]
    on_bar = (days.open_before or days.first <= day) and (days.open_after or day <= days.last)
    assert dark == (answer == "certainly")
    assert on_bar == (answer != "not")


def test_rows_stand_in_order_of_time_and_share_a_date():
    made = timeline(("2014", "happened"), ("2009", "happened"), ("2014", "happened"), ("2003~/..", "held"))
    assert [(row.when, len(row.told)) for row in made.rows] == [("since around 2003", 1), ("2009", 1), ("2014", 2)]
    assert (made.begin, made.end) == (2002, 2014)


def test_what_only_says_when_its_source_was_written_is_left_out():
    both = ("2009", "happened"), ("2011", "happened")
    assert len(timeline(*both, (STAMP, "as_of"), basis="derived", reckoning="Its date line.").rows) == 2
    assert len(timeline(*both, (STAMP, "as_of")).rows) == 3
    assert len(timeline(*both, ("2005", "as_of"), basis="derived", reckoning="By the founding.").rows) == 3


def test_fewer_than_two_dates_make_no_timeline():
    assert timeline(("2009", "happened")) is None
    assert timeline(("2009", "happened"), ("2011", "happened"), standing="retracted") is None


def test_an_open_end_is_dark_up_to_its_newest_source_and_fades_beyond():
    bar = timeline(("2003/..", "held"), ("2010", "happened")).rows[0].bar
    scale = Scale(2003, 2026)
    assert (bar.x, bar.fade) == (0.0, "after")
    assert bar.sure == (scale.x(date(2003, 12, 31)), round(scale.x(date(2025, 4, 7)) - scale.x(date(2003, 12, 31)), 2))


@pytest.mark.parametrize("span", [1, 3, 7, 12, 40, 99, 800, 9000])
def test_the_years_printed_are_few_and_stand_apart(span):
    years = Scale(1000, 1000 + span).years(7)
    assert 1 <= len(years) <= 8
    assert all(b.x - a.x >= 10 for a, b in itertools.pairwise(years))


def test_the_real_timelines_hold_every_dated_claim_once_and_in_order():
    dossiers, library = real_dossiers()
    drawn = 0
    for dossier in dossiers.values():
        made = timeline_of(dossier.claims, dossier.header, Leaf(library))
        expected = {
            claim.uid
            for claim in dossier.claims
            if claim.when
            if claim.standing not in ("retracted", "superseded")
            if not (claim.sense == "as_of" and claim.basis == "derived" and claim.when in (STAMP, "2026-11-22"))
        }
        if made is None:
            assert len({claim.when for claim in dossier.claims if claim.uid in expected}) < 2
            continue
        told = [e.claim.uid for row in made.rows for e in row.told]
        assert sorted(told) == sorted(expected)
        keys = [dates.sort_key(row.told[0].claim.when, row.told[0].claim.sense) for row in made.rows]
        assert keys == sorted(keys)
        drawn += 1
    assert drawn == 27


def test_the_real_bars_are_where_the_claims_say():
    dossiers, library = real_dossiers()
    made = timeline_of(dossiers["kh"].claims, dossiers["kh"].header, Leaf(library))
    scale = Scale(2000, 2026)
    by_when = {row.when: row.bar for row in made.rows}
    assert (by_when["2009"].x, by_when["2009"].sure) == (scale.x(date(2009, 1, 1)), None)
    assert (by_when["until 2020, start not known"].x, by_when["until 2020, start not known"].fade) == (0.0, "before")
    assert (by_when["2003 or later"].x, by_when["2003 or later"].fade) == (scale.x(date(2003, 1, 1)), "after")


@pytest.mark.django_db
def test_each_row_of_the_page_leads_to_its_statement(client):
    factory.publish(
        *factory.make_ground(),
        *(
            factory.make_claim(
                f"rg-000{n}", f"The River Guards did a thing in {year}.", topic="operations", aspect="methods",
                when=year, sense="happened",
            )
            for n, year in ((3, "2009"), (4, "2013~"))
        ),
    )  # fmt: skip
    html = client.get("/groups/river-guards/").content.decode()
    table = html[html.index('<table class="timeline">') :].partition("</table>")[0]
    assert re.findall(r'<th scope="row">([^<]+)</th>', table) == ["2009", "Around 2013"]
    targets = re.findall(r'class="told" href="#([^"]+)"', table)
    assert targets == ["rg-0003", "rg-0004"]
    assert [html.count(f'id="{uid}"') for uid in targets] == [1, 1]
