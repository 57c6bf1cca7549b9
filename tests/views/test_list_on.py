"""A list asked about a time: every row stays, under its answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.views.test_lists import GROUND, WORLD, group, text

pytestmark = pytest.mark.django_db


def heads(page):
    """Heading -> the names under it."""
    parts = re.split(r'<h2 class="entries-head[^>]*>([^<]+)</h2>', page)[1:]
    return {
        head: re.findall(r'class="entry-name"><a[^>]*><bdi>([^<]+)<', body)
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_group_stands_under_its_answer(client):
    factory.publish(*WORLD)
    assert heads(text(client, "/groups/?on=2013")) == {
        "Certainly founded by the end of 2013": ["Alder Guards"],
        "Possibly founded by the end of 2013": ["Birch Guards"],
        "Founding not stated, so possible at any time": ["Cedar List", "Union of Rivers"],
    }
    assert heads(text(client, "/groups/?on=2004-06-01")) == {
        "Founding not stated, so possible at any time": ["Cedar List", "Union of Rivers"],
        "Not founded by 1 June 2004: founded later": ["Alder Guards", "Birch Guards"],
    }
    assert 'class="entries-head' not in text(client, "/groups/")


def test_events_answer_by_their_date(client):
    event = factory.make_event()
    when = factory.make_claim("sm-0001", "It was in 2016.", topic="when", aspect="date", when="2016", sense="happened")
    factory.publish(*WORLD, event, when)
    assert heads(text(client, "/events/?on=2016")) == {"Certainly in 2016": ["Shelling of Marwa"]}
    assert heads(text(client, "/events/?on=2016-05")) == {"Possibly in May 2016": ["Shelling of Marwa"]}
    assert heads(text(client, "/events/?on=2017")) == {"Not in 2017: before it": ["Shelling of Marwa"]}


def test_a_time_that_cannot_be_asked_about_is_said(client):
    factory.publish(*WORLD)
    assert "The date 2013~ is not a question" in text(client, "/groups/?on=2013~", 400)


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_do_not_grow(client, count):
    factory.publish(*GROUND, *[d for n in range(count) for d in group(f"g{n}", f"Guard {n}")])
    with CaptureQueriesContext(connection) as asked:
        text(client, "/groups/?on=2016")
    assert len(asked) == 7
