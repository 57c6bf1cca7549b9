"""Permalinks, histories, the first page, what is not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory

pytestmark = pytest.mark.django_db


def many(count):
    """Claims that name other people, so that a page of many has much to look up."""
    documents = []
    for n in range(count):
        uid = f"p{n:03}"
        documents += [
            factory.make_person(uid, f"Person {n}"),
            factory.make_name(f"{uid}-0001", f"Person {n}", quote="Salim Nasser"),
            factory.make_claim(
                f"{uid}-0002",
                f"An article of May 2024 says that Person {n} leads the River Guards.",
                kind="membership",
                topic="roles",
                aspect="leads",
                about="rg",
                role="leader",
                quote="They are led by Salim Nasser",
            ),
        ]
    return documents


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("count", [3, 300])
def test_pages_made_on_request_cost_the_same_whatever_they_hold(client, count):
    factory.publish(*factory.make_ground(), *many(count), pages=False)
    paths = ("/groups/river-guards/editions/1/", "/groups/river-guards/editions/", "/", "/about/words/")
    assert {path: queries(client, path) for path in paths} == {
        "/groups/river-guards/editions/1/": 6,
        "/groups/river-guards/editions/": 2,
        "/": 6,
        "/about/words/": 0,
    }


def test_an_older_edition_says_so_and_names_what_was_retracted(client):
    factory.publish(*factory.make_ground(), factory.make_claim("rg-0002", "An article calls the River Guards a group."))
    factory.publish(
        factory.make_claim(
            "rg-0002",
            "An article calls the River Guards a group.",
            standing="retracted",
            standing_note="The passage is about others.",
        ),
        kind="retraction",
    )
    old = client.get("/groups/river-guards/editions/1/")
    text = old.content.decode()
    assert old["X-Robots-Tag"] == "noindex"
    assert "<strong>Edition 1 of 2</strong>" in text
    assert "1 statement has been retracted since" in text
    assert "The passage is about others." in text
    newest = client.get("/groups/river-guards/editions/2/").content.decode()
    assert "It is the newest" in newest
    assert "<del><bdi" in newest
    assert "<del>" not in text.split("</ul>", 1)[0]


def test_the_history_lists_the_editions_newest_first(client):
    factory.publish(*factory.make_ground())
    factory.publish(factory.make_claim("rg-0002", "An article calls the River Guards a group."), kind="update")
    text = client.get("/groups/river-guards/editions/").content.decode()
    places = [text.index(f'href="/groups/river-guards/editions/{n}/"') for n in (2, 1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "path", ["/groups/nobody/", "/groups/nobody.json", "/groups/nobody/editions/", "/groups/nobody/editions/1/"]
)
def test_where_nothing_stands_the_answer_is_404(client, path):
    factory.publish(*factory.make_ground())
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Nothing stands at this address" in answer.content.decode()


def test_an_edition_that_was_never_made_is_404(client):
    factory.publish(*factory.make_ground())
    assert client.get("/groups/river-guards/editions/2/").status_code == 404
    assert client.get("/people/river-guards/").status_code == 404


def test_the_first_page_counts_what_is_published(client):
    factory.publish(*factory.make_ground(), *many(2))
    text = client.get("/").content.decode()
    assert '<a href="/groups/">Groups</a> <span class="count">1</span>' in text
    assert '<a href="/people/">People</a> <span class="count">2</span>' in text


def test_every_label_that_leads_to_our_words_arrives(client):
    import re

    from profiles.reading import addresses
    from profiles.values import vocabulary

    text = client.get("/about/words/").content.decode()
    ids = set(re.findall(r'id="([^"]+)"', text))
    for words in (vocabulary.VOICE, vocabulary.STANDING, vocabulary.REACH, vocabulary.PUBLICATION_KIND):
        wanted = {addresses.word(words.name, value).partition("#")[2] for value in words}
        assert wanted - ids == set()
