"""Search: a name is found in any spelling, a statement whole, nonsense not at all; and no question breaks it."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.world import world

pytestmark = pytest.mark.django_db


def shown(client, question):
    page = client.get("/search/", {"q": question}).content.decode()
    return re.findall(r'<h3><a href="[^"]*"><bdi>([^<]*)', page)


def statements(client, question):
    page = client.get("/search/", {"q": question}).content.decode()
    return [re.sub("<[^>]*>", "", text) for text in re.findall(r'claim-text"><bdi>(.*?)</bdi>', page)]


@pytest.fixture
def published():
    factory.publish(
        *world(),
        factory.make_group("kh", "Kataib Hezbollah"),
        factory.make_name("kh-0001", "Kataib Hezbollah"),
        factory.make_name("kh-0002", "KH", "abbreviation"),
        factory.make_name("kh-0003", "Brigades of the Party", "translation"),
        factory.make_person("qk", "Qais Al Khazali"),
        factory.make_name("qk-0001", "Qais Al Khazali"),
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("River Guards", "River Guards"),
        ("river", "River Guards"),
        ("rivr guards", "River Guards"),
        ("حراس النهر", "River Guards"),
        ("Hurras an-Nahr", "River Guards"),
        ("Kata'ib", "Kataib Hezbollah"),
        ("Kataeb", "Kataib Hezbollah"),
        ("كتائب حزب الله", "Kataib Hezbollah"),
        ("Katāʾib Ḥizb Allāh", "Kataib Hezbollah"),
        ("KH", "Kataib Hezbollah"),
        ("brigades of the party", "Kataib Hezbollah"),
        ("Khaz'ali", "Qais Al Khazali"),
        ("Qays", "Qais Al Khazali"),
        ("قيس الخزعلي", "Qais Al Khazali"),
        ("Salim", "Salim Nasser"),
        ("Rivre", "River Guards"),
        ("river gaurds", "River Guards"),
        ("Katabi", "Kataib Hezbollah"),
        ("Hezbolhal", "Kataib Hezbollah"),
        ("Brigaeds", "Kataib Hezbollah"),
        ("Khazati", "Qais Al Khazali"),
        ("حرلس النهر", "River Guards"),
    ],
)
def test_a_name_is_found_in_any_spelling(client, published, question, expected):
    assert shown(client, question)[:1] == [expected]


@pytest.mark.parametrize("question", ["brglmp", "xqzzw", "zzz", "Wolverine Battalion Nine", "!!!", "日本語"])
def test_nonsense_finds_nothing(client, published, question):
    page = client.get("/search/", {"q": question}).content.decode()
    assert "Nothing is found for" in page
    assert shown(client, question) == []


@pytest.mark.parametrize("question", ["", "   ", "\x00"])
def test_an_empty_question_is_told_how_to_ask(client, published, question):
    page = client.get("/search/", {"q": question}).content.decode()
    assert "are found in any spelling and script" in page
    assert "Nothing is found" not in page


def test_a_page_says_which_name_was_found_and_why(client, published):
    page = client.get("/search/", {"q": "KH"}).content.decode()
    assert 'Found by <a href="/claims/kh-0002/"><bdi dir="auto">KH</bdi></a> (abbreviation): the same name.' in page


def test_a_page_says_that_a_name_is_a_near_spelling(client, published):
    page = client.get("/search/", {"q": "brigabes"}).content.decode()
    assert (
        'Found by <a href="/claims/kh-0003/"><bdi dir="auto">Brigades of the Party</bdi></a> (translation): '
        "a near spelling, in case of a typing mistake." in page
    )


def test_a_withdrawn_name_lends_its_words_to_nobody(client, published):
    assert shown(client, "brigabes") == ["Kataib Hezbollah", "Harbour Brigade"]
    factory.publish(factory.make_name("kh-0003", "Party", "translation"), kind="update")
    assert shown(client, "brigabes") == ["Harbour Brigade"]


def test_what_is_found_is_called_by_its_arabic_name_where_arabic_is_spoken(client, published):
    page = client.get("/ar/search/", {"q": "river guards"}).content.decode()
    assert re.findall(r'<h3><a href="([^"]*)"><bdi>([^<]*)', page) == [("/ar/groups/river-guards/", "حراس النهر")]


def test_a_statement_is_found_whole(client, published):
    assert statements(client, "strength of about 2,000 fighters") == [
        "Two officials have put the strength of the River Guards at about 2,000 fighters."
    ]
    assert statements(client, "fighter strength") == statements(client, "strength of about 2,000 fighters")
    assert statements(client, "strength submarine") == []


def test_words_that_were_asked_for_are_marked(client, published):
    page = client.get("/search/", {"q": "fighter"}).content.decode()
    assert re.findall("<mark>(.*?)</mark>", page) == ["fighters"]


def test_suggestions_are_names_as_json(client, published):
    found = json.loads(client.get("/search/suggest", {"q": "Katae"}).content)
    assert found == {
        "question": "Katae",
        "names": [
            {"label": "Kataib Hezbollah", "href": "/groups/kataib-hezbollah/", "kind": "armed group", "name": ""}
        ],
    }
    assert json.loads(client.get("/search/suggest", {"q": ""}).content)["names"] == []


HOSTILE = [
    "a\x00b", "\u202eright", '"', '" OR "', "NEAR(a b)", "river NEAR guards", "a* OR b", "(", ")", "river) OR (guards",
    "folded:river", "river AND", "NOT river", "-river", "^river", "'; DROP TABLE profiles_entry; --", "%", "_", "\\",
    "ا" + "\u064b" * 10_000, "e" + "\u0301" * 10_000, "x" * 100_000, "<script>alert(1)</script>", "{{ 7 * 7 }}",
    "\ud7ff\ue000\U0010ffff", "٣٣", "²", "ﷺ", "İ", "ß", "\u200f\u200e", "a & b | !c", "<->", ":*", "🚀", "\t\r\n",
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_breaks_search(client, published, question):
    for path in ("/search/", "/search/suggest"):
        response = client.get(path, {"q": question})
        assert response.status_code == 200
        assert path != "/search/" or "<script>alert" not in response.content.decode()


def test_raw_bytes_break_nothing(client, published):
    assert [client.get(f"/search/?q={raw}").status_code for raw in ("%00", "%ff%fe", "%ED%A0%80", "%")] == [200] * 4


def test_a_withdrawn_name_and_a_replaced_statement_are_found_no_more(client, published):
    assert shown(client, "Kataeb") == ["Kataib Hezbollah"]
    claim = factory.make_claim(
        "rg-0003", "An article of May 2024 says when the River Guards began.", topic="origins", aspect="founded",
        when="2013~", sense="happened",
    )  # fmt: skip
    factory.publish(claim, kind="update")
    assert statements(client, "puts the founding") == []
    assert statements(client, "guards began") == ["An article of May 2024 says when the River Guards began."]


def test_search_costs_the_same_however_much_is_found(client, published):
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/", {"q": "river guards"})
    # SQLite is told which word is the rarest; PostgreSQL knows.
    assert len(asked) == (7 if connection.vendor == "sqlite" else 6)


def test_making_all_again_finds_the_same(client, published):
    from profiles.reading.replay import rebuild

    before = [client.get("/search/", {"q": q}).content for q in ("river", "Kataeb", "strength fighters")]
    rebuild()
    assert [client.get("/search/", {"q": q}).content for q in ("river", "Kataeb", "strength fighters")] == before
