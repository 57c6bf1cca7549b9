"""What became of one edition on the way to another, told to readers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.take_down import redact, retract, withdraw
from profiles.reading.pages import project
from tests import cast, factory
from tests.again import standing
from tests.reading.test_pages import ties
from tests.views.test_profiles import many

pytestmark = pytest.mark.django_db

BAND = "An article calls the Guards a band of 20 men."
PATH = "/groups/river-guards/editions/"


def answer(client, rest, status=200):
    found = client.get(PATH + rest)
    assert found.status_code == status
    return found.content.decode()


def told(page):
    """Heading -> the uids under it."""
    sections = page.split('<section class="deeds"')[1:]
    return {
        re.search(r"<h2[^>]*>(.*?) <span", one)[1]: re.findall(r'class="uid"[^>]*>([^<]+)<', one) for one in sections
    }


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.fixture
@standing
def changed(db):
    """Two editions between which everything happens to some claim."""
    claims = [factory.make_claim(f"rg-000{n}", f"An article says thing {n}.") for n in (3, 4, 5, 6)]
    dated = factory.make_claim("rg-0007", "An article dates it.", when="2013", sense="happened")
    factory.publish(*factory.make_ground(), factory.make_claim("rg-0002", BAND), dated, *claims)
    again = "1" * 32
    quote = "They are led by Salim Nasser"
    factory.publish(
        factory.make_claim("rg-0002", "An article calls the Guards a band of 200 men.", salt=again),
        factory.make_claim(
            "rg-0003", "An article says thing 3.", standing="retracted", standing_note="Of others.", salt=again
        ),
        factory.make_claim("rg-0004", "An article says thing 4.", quote=quote, salt=again),
        factory.make_claim("rg-0007", "An article dates it.", when="2014~", sense="happened", salt=again),
        factory.make_claim("rg-0008", "An article says thing 8."),
        factory.make_silence(),
        kind="correction",
        note="Read again.",
    )


def test_each_change_stands_once_under_its_name(client, changed):
    page = answer(client, "1...2/")
    assert told(page) == {
        "Added": ["rg-0008", "rg-s01"],
        "Retracted": ["rg-0003"],
        "Reworded": ["rg-0002"],
        "Re-dated": ["rg-0007"],
        "Re-cited": ["rg-0004"],
    }
    assert "<del> 20</del>" in page
    assert "<ins> 200</ins>" in page
    words = plain(page)
    assert "Date2013 around 2014 (2014~)" in words
    assert "Deputies: not stated" in words
    assert "Why Of others." in words
    assert "4 records stand in both alike." in words
    assert "correction: Read again." in words


def test_the_same_numbers_turned_round_lead_to_one_address(client, changed):
    assert client.get(PATH + "2...1/")["Location"] == PATH + "1...2/"
    assert client.get(PATH + "2...2/")["Location"] == PATH + "2/"
    assert client.get(PATH + "?first=1&last=2")["Location"] == PATH + "1...2/"


def test_numbers_that_are_none_show_the_history(client, changed):
    assert "Editions of" in answer(client, "?first=1&last=x")


def test_an_edition_never_made_is_404(client, changed):
    answer(client, "1...3/", 404)
    assert client.get("/groups/nobody/editions/1...2/").status_code == 404


def test_the_history_leads_to_each_step_and_is_not_for_search_engines(client, changed):
    assert f'href="{PATH}1...2/"' in answer(client, "")
    assert client.get(PATH + "1...2/")["X-Robots-Tag"] == "noindex"


def test_nothing_that_left_the_public_is_told(client):
    factory.publish(*ties(), factory.make_claim("rg-0002", "The Guards own a secret mill."))
    factory.publish(factory.make_claim("rg-0009", "An article says more."), kind="update")
    retract("rg-0002", by=cast.editor(), reason="Wrong.", project=project)
    assert "The Guards own a secret mill." in plain(answer(client, "1...3/"))
    redact("rg-0002", by=cast.editor(), reason="Court.", project=project)
    last = PATH + "1...2/"
    for rest in ("1...2/", "1...3/", "2...3/"):
        assert "secret mill" not in plain(answer(client, rest))
    assert client.get(last).status_code == 200


def test_a_profile_that_was_withdrawn_takes_its_words_from_the_others_history(client):
    factory.publish(*ties())
    withdraw("sn", by=cast.editor(), reason="Not him.", project=project)
    page = plain(answer(client, "1...2/"))
    assert "Salim Nasser" not in page
    assert "No longer public" in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_do_not_grow(client, count):
    factory.publish(*factory.make_ground())
    factory.publish(*many(count), kind="update")
    with CaptureQueriesContext(connection) as asked:
        answer(client, "1...2/")
    assert len(asked) == 8


def test_a_statement_that_another_names_is_not_called_gone(client):
    factory.publish(*factory.make_ground(), factory.make_claim("rg-0002", "An article says it is so."), pages=False)
    contested = {"standing": "contested", "standing_note": "Two articles differ."}
    factory.publish(
        factory.make_claim(
            "rg-0002", "An article says it is so.", salt="1" * 32, conflicts_with=("rg-0003",), **contested
        ),
        factory.make_claim("rg-0003", "An article says it is not so.", conflicts_with=("rg-0002",), **contested),
        kind="update",
        pages=False,
    )
    page = plain(answer(client, "1...2/"))
    assert re.findall(r"Conflicts with\s*(\S+)", page)[0].startswith("rg-0003")
    assert "no longer public" not in page
