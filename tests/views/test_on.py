"""A profile asked about a time: every statement stays on the page, each with its answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.views.test_profiles import many

pytestmark = pytest.mark.django_db


def text(client, path, status=200):
    found = client.get(path)
    assert found.status_code == status
    return found.content.decode()


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def answers(page):
    """Uid -> the answer beside it, where claims stand by themselves."""
    found = {}
    for one in re.split(r'<div class="claim', page)[1:]:
        uid = re.search(r'id="([^"]+)"', one)[1]
        tag = re.search(r'<p class="on-tag on-tag-\w+">([^<]+)<', one)
        found[uid] = tag and tag[1]
    return found


def dated(uid, when, sense="held"):
    return factory.make_claim(uid, f"An article dates {uid}.", when=when, sense=sense)


@pytest.fixture
def world(db):
    factory.publish(
        *factory.make_ground(),
        dated("rg-0002", "2014/2018"),
        dated("rg-0003", "2016?", "happened"),
        dated("rg-0004", "2013", "happened"),
        dated("rg-0005", "2020/.."),
        factory.make_claim("rg-0006", "An article gives no date."),
    )


def test_each_statement_says_how_it_answers(client, world):
    page = text(client, "/groups/river-guards/?on=2016")
    assert answers(page) == {
        "rg-0001": "No date stated",
        "rg-0002": "Certainly in 2016",
        "rg-0003": "Possibly in 2016",
        "rg-0004": "Not in 2016: before it",
        "rg-0005": "Not in 2016: after it",
        "rg-0006": "No date stated",
    }
    assert re.findall(r'<div class="claim on-outside" id="([^"]+)"', page) == ["rg-0004", "rg-0005"]
    assert (
        "Certainly in 2016 1 Possibly in 2016 1 No date stated, so possible at any time 2 "
        "Not in 2016: before it 1 Not in 2016: after it 1"
    ) in plain(page)


def test_without_a_date_no_statement_has_an_answer(client, world):
    page = text(client, "/groups/river-guards/")
    assert set(answers(page).values()) == {None}
    assert 'class="on-tag' not in page


def test_a_page_asked_about_a_time_is_one_view_of_the_page_itself(client, world):
    answer = client.get("/groups/river-guards/?on=2016")
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/groups/river-guards/">' in answer.content.decode()
    assert client.get("/groups/river-guards/?on=")["Location"] == "/groups/river-guards/"


def test_an_edition_is_asked_about_a_time_too(client, world):
    factory.publish(dated("rg-0007", "2016", "happened"), kind="update")
    assert "rg-0007" not in answers(text(client, "/groups/river-guards/editions/1/?on=2016"))
    assert answers(text(client, "/groups/river-guards/editions/2/?on=2016"))["rg-0007"] == "Certainly in 2016"


@pytest.mark.parametrize("path", ["/groups/river-guards/", "/groups/river-guards/editions/1/"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2007~", "The date 2007~ is not a question: ask like 2007, 2010-12, 2007-01-01 or 2007/2010."),
        ("<b>", "The date &lt;b&gt; is not a date: write it like 2014, 2014-06 or 2014-06-05"),
        ("2016/9999", "reaches 9999-12-31, which stands for no end"),
    ],
)
def test_a_time_that_cannot_be_asked_about_is_said_beside_the_field(client, world, path, asked, told):
    page = text(client, f"{path}?on={asked}", 400)
    assert told in page
    assert 'class="on-tag' not in page


def test_the_question_is_put_in_words(client, world):
    for asked, words in [
        ("2016-05-01", "Asked on 1 May 2016."),
        ("2016-05", "Asked in May 2016."),
        ("2014/2016-05", "Asked between 2014 and May 2016."),
    ]:
        assert words in plain(text(client, f"/groups/river-guards/?on={asked}"))


def test_where_nothing_stands_a_date_changes_nothing(client, world):
    assert client.get("/groups/nobody/?on=2016").status_code == 404
    assert client.post("/groups/river-guards/?on=2016").status_code == 405


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_do_not_grow(client, count):
    factory.publish(*factory.make_ground(), *many(count), pages=False)
    with CaptureQueriesContext(connection) as asked:
        text(client, "/groups/river-guards/?on=2016")
    assert len(asked) == 9
