"""A list asked about a time: every row stays, under its answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models import Entry
from profiles.reading.list_time import answer, answering
from profiles.reading.timing import ask
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


def answers(page):
    """What the choice of answers says: value -> how many, and whether it is chosen."""
    found = re.findall(r'name="then" value="(\w+)"( checked)?>.*?class="count">(\d+)<', page)
    return {value: (int(number), bool(chosen)) for value, chosen, number in found}


def test_answers_are_counted_over_the_whole_list_and_narrow_it(client):
    factory.publish(*WORLD, *[d for n in range(60) for d in group(f"g{n:02}", f"Guard {n:02}", founded="1999")])
    page = text(client, "/groups/?on=2013")
    assert answers(page) == {"certainly": (61, False), "possibly": (1, False), "undated": (2, False)}
    assert (
        "In the whole list: Certainly founded by the end of 2013: 61; Possibly founded by the end of 2013: 1;" in page
    )
    page = text(client, "/groups/?on=2013&then=possibly&then=undated")
    assert answers(page) == {"certainly": (61, False), "possibly": (1, True), "undated": (2, True)}
    assert heads(page) == {
        "Possibly founded by the end of 2013": ["Birch Guards"],
        "Founding not stated, so possible at any time": ["Cedar List", "Union of Rivers"],
    }
    assert "3 groups match" in page
    kinds = re.findall(r'name="kind" value="(\w+)".*?class="count">(\d+)<', page)
    assert kinds == [("armed_group", "1"), ("umbrella", "1"), ("electoral_list", "1")]
    assert len(heads(text(client, "/groups/?then=possibly"))) == 0
    assert "64 groups match" in text(client, "/groups/?then=possibly")
    assert len(heads(text(client, "/groups/?on=2013&then=certainly"))["Certainly founded by the end of 2013"]) == 50


WHENS = [
    "2005",
    "2005~",
    "2005?",
    "2013-06",
    "2013-06-05",
    "2013-06-XX",
    "201X",
    "2012/2014",
    "[2012,2014]",
    "2014",
    "",
]


@pytest.mark.parametrize("question", ["2013", "2013-06-05", "2012/2013", "2005"])
def test_the_database_answers_as_the_page_does(client, question):
    on = ask(question)
    found = [event for n, when in enumerate(WHENS) for event in dated_event(f"e{n:02}", when)]
    factory.publish(
        *GROUND, *found, *[d for n, when in enumerate(WHENS) for d in group(f"g{n:02}", f"G {n}", founded=when)]
    )
    for model in ("group", "event"):
        rows = list(answering(Entry.objects.filter(model=model), model, on))
        assert len(rows) == len(WHENS)
        assert [(row.when, row.answer) for row in rows] == [(row.when, answer(row, on)) for row in rows]


def dated_event(uid, when):
    event = factory.make_event(uid, f"Shelling {uid}")
    name = factory.make_name(f"{uid}-0002", f"Shelling {uid}")
    if not when:
        return [event, name]
    return [event, name, factory.make_claim(
        f"{uid}-0001", "It was then.", topic="when", aspect="date", when=when, sense="happened",
    )]  # fmt: skip


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_do_not_grow(client, count):
    factory.publish(*GROUND, *[d for n in range(count) for d in group(f"g{n}", f"Guard {n}")])
    with CaptureQueriesContext(connection) as asked:
        text(client, "/groups/?on=2016")
    assert len(asked) == 8
