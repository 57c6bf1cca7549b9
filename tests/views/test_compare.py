import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.views.test_lists import GROUND, WORLD, group, text

pytestmark = pytest.mark.django_db
TWO = "/compare/?with=alder-guards&with=birch-guards"


def row(page, label):
    """The row of an aspect, without its tags."""
    found = re.search(rf'<th scope="row">{label}<br>(.*?)</tr>', page, re.S)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_two_profiles_stand_side_by_side_with_voice_and_notes(client):
    factory.publish(*WORLD)
    page = text(client, TWO)
    assert row(page, "Founded") == (
        "differs 2005 1 1 statement An article says that Alder Guards was founded. aa-0002 "
        "around 2013 1 1 statement An article says that Birch Guards was founded. bb-0002"
    )
    assert row(page, "Belongs to").startswith("same Union of Rivers as one of a set 1 1 statement")
    assert page.count('<li id="n1">') == 1


def test_a_third_column_that_is_silent_is_never_a_no(client):
    factory.publish(*WORLD)
    page = text(client, TWO + "&with=cedar-list")
    assert row(page, "Founded").endswith("bb-0002 Not researched")
    assert row(page, "Belongs to").startswith("partly")


def test_a_question_looked_for_in_vain_says_in_how_many_sources(client):
    factory.publish(*WORLD, factory.make_silence("cc-s01", "origins", "founded"))
    assert row(text(client, TWO + "&with=cedar-list"), "Founded").endswith("Not stated in the 1 source read")


def test_what_nobody_states_is_folded_into_a_line(client):
    factory.publish(*WORLD)
    page = text(client, TWO)
    assert "Nothing stated about: leader, deputies, commanders, former leaders, succession" in page
    assert '<th scope="row">Deputies' not in page


def test_claims_that_disagree_stand_in_one_cell(client):
    more = factory.make_claim(
        "aa-0009", "Another passage says 2014.", topic="origins", aspect="founded", sense="happened", when="2014",
        standing="contested", standing_note="Two passages.", conflicts_with=("aa-0002",),
    )  # fmt: skip
    first = factory.make_claim(
        "aa-0002", "An article says 2005.", topic="origins", aspect="founded", sense="happened", when="2005",
        standing="contested", standing_note="Two passages.", conflicts_with=("aa-0009",),
    )  # fmt: skip
    others = [document for document in WORLD if document.uid != "aa-0002"]
    factory.publish(*others, first, more)
    found = row(text(client, TWO), "Founded")
    assert found.startswith("partly 2005 contested 1 2014 contested 1 2 statements")
    assert "Contradicted by aa-0009" in found


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("?with=alder-guards", 400, "Choose at least two profiles: one alone cannot be compared."),
        ("?with=alder-guards&with=alder-guards", 400, "Choose at least two profiles: one alone cannot be compared."),
        ("?with=alder-guards&with=nobody", 404, "Nothing is published under “nobody”."),
        ("?with=alder-guards&with=people/alder-guards", 404, "Nothing is published under “people/alder-guards”."),
        ("?with=alder-guards&with=<b>", 404, "Nothing is published under “&lt;b&gt;”."),
        ("?with=alder-guards&with=a%00b", 404, "Nothing is published under"),
    ],
)
def test_what_cannot_be_compared_is_said_in_words_beside_the_form(client, query, status, message):
    factory.publish(*WORLD)
    page = text(client, f"/compare/{query}", status)
    assert message in page
    assert 'name="with" value="alder-guards" checked>' in page


def test_nine_are_too_many_and_eight_are_not(client):
    nine = [document for n in range(9) for document in group(f"g{n}", f"Guard {n}")]
    factory.publish(*GROUND, *nine)
    asked = [f"guard-{n}" for n in range(9)]
    assert client.get("/compare/", {"with": asked[:8]}).status_code == 200
    response = client.get("/compare/", {"with": asked})
    assert response.status_code == 400
    assert "Choose at most 8 profiles: 9 were asked for." in response.content.decode()


def test_a_slug_of_two_models_means_the_group_unless_its_folder_is_named(client):
    person = factory.make_person("pp", "Alder Guards")
    factory.publish(*WORLD, person, factory.make_name("pp-0001", "Alder Guards"))
    assert 'href="/groups/alder-guards/"' in text(client, TWO)
    page = text(client, "/compare/?with=people/alder-guards&with=birch-guards")
    assert 'href="/people/alder-guards/"' in page
    assert "Does not apply" in page


def test_the_form_offers_every_profile(client):
    factory.publish(*WORLD)
    page = text(client, "/compare/")
    assert re.findall(r'name="with" value="([^"]*)"', page) == [
        "alder-guards",
        "birch-guards",
        "cedar-list",
        "union-of-rivers",
    ]


def test_a_demonstration_says_so(client):
    from tests import cast

    cast.make_user("edith", "editor", demonstration=True)
    factory.publish(*WORLD)
    notice = "Approved automatically for demonstration. No person has checked it."
    assert notice in text(client, TWO)
    assert "Some of what is published here was approved automatically" in text(client, "/groups/")


def test_what_a_person_checked_has_no_such_notice(client):
    factory.publish(*WORLD)
    assert "approved automatically" not in text(client, TWO).lower()
    assert "approved automatically" not in text(client, "/groups/")


def dated(uid, when, sense="held", **fields):
    return factory.make_claim(uid, f"An article dates {uid}.", when=when, sense=sense, **fields)


def test_a_date_asks_every_column_and_folds_what_cannot_be_of_it(client):
    factory.publish(*WORLD)
    page = text(client, TWO + "&on=2010")
    assert "Asked in 2010." in page
    found = row(page, "Founded")
    # 2005 in one column, around 2013 in the other: neither is of 2010.
    assert found.startswith("not comparable Stated of other times only 1 not in 2010 2005 not in 2010: before it")
    assert "around 2013 not in 2010: after it" in found
    assert row(text(client, TWO + "&on=2013"), "Founded").startswith(
        "not comparable Stated of other times only 1 not in 2013 2005"
    )
    assert "around 2013 possibly in 2013" in row(text(client, TWO + "&on=2013"), "Founded")


def test_a_column_has_a_time_of_its_own(client):
    factory.publish(*WORLD)
    page = text(client, "/compare/?with=alder-guards@on:2005&with=alder-guards@on:2006")
    found = row(page, "Founded")
    assert "2005 certainly in 2005" in found
    assert "Stated of other times only 1 not in 2006" in found


def test_two_editions_of_one_profile_stand_side_by_side(client):
    factory.publish(*WORLD)
    factory.publish(
        factory.make_claim(
            "aa-0002", "An article says 2006.", topic="origins", aspect="founded", sense="happened", when="2006",
            salt="1" * 32,
        ),
        kind="correction", note="A digit.",
    )  # fmt: skip
    page = text(client, "/compare/?with=alder-guards@1&with=alder-guards@2&only=differences")
    assert row(page, "Founded").startswith("differs 2005")
    assert "2006" in row(page, "Founded")
    assert "edition 1</a>, not the newest" in page
    assert '<th scope="row">Names' not in page
    assert "rows are left out in which all columns say the same" in page or "row is left out" in page


def test_what_was_retracted_since_says_so_in_an_older_edition(client):
    from profiles.editorial.take_down import retract
    from profiles.reading.pages import project
    from tests import cast

    factory.publish(*WORLD)
    retract("aa-0002", by=cast.editor(), reason="Of others.", project=project)
    page = text(client, "/compare/?with=alder-guards@1&with=alder-guards")
    assert row(page, "Founded").startswith("not comparable retracted since 2005")


def test_nothing_that_left_the_public_stands_in_an_older_edition(client):
    from profiles.editorial.take_down import redact
    from profiles.reading.pages import project
    from tests import cast

    factory.publish(*WORLD)
    factory.publish(factory.make_claim("aa-0020", "An article says more."), kind="update")
    redact("aa-0002", by=cast.editor(), reason="Court.", project=project)
    for address in ("/compare/", "/compare.csv", "/compare.json"):
        page = text(client, address + "?with=alder-guards@1&with=alder-guards")
        assert "An article says that Alder Guards was founded." not in page


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("&on=2016~", 400, "The date 2016~ is not a question"),
        ("&with=alder-guards@on:soon", 400, "The date soon is not a date"),
        ("&with=alder-guards@9", 404, "No such edition: alder-guards@9."),
        ("&with=alder-guards@x", 404, "Nothing is published under “alder-guards@x”."),
    ],
)
def test_a_time_or_edition_that_is_none_is_said(client, query, status, told):
    factory.publish(*WORLD)
    assert told in text(client, TWO + query, status)
    answer = client.get(TWO.replace("/compare/", "/compare.json") + query)
    assert (answer.status_code, told in answer.content.decode()) == (status, True)


def test_columns_are_reordered_taken_out_and_added_by_links_and_a_form(client):
    factory.publish(*WORLD)
    page = text(client, TWO + "&with=cedar-list@on:2016&on=2010")
    assert 'href="/compare/?with=birch-guards&amp;with=alder-guards&amp;with=cedar-list@on:2016&amp;on=2010"' in page
    assert 'href="/compare/?with=alder-guards&amp;with=cedar-list@on:2016&amp;on=2010"' in page
    assert '<link rel="canonical" href="/compare/?with=alder-guards&amp;with=birch-guards&amp;with=cedar-list' in page
    moved = client.get(TWO + "&add=cedar-list&on=")
    assert moved["Location"] == "/compare/?with=alder-guards&with=birch-guards&with=cedar-list"


def test_no_cell_of_the_table_is_a_formula(client):
    import csv
    import io

    told = {"topic": "identity", "aspect": "legal_status", "citations": (factory.make_citation("g1-0002"),)}
    factory.publish(
        factory.make_source(), factory.make_version(), factory.make_group("g1", "=Guards", slug="one"),
        factory.make_name("g1-0001", "=Guards"), factory.make_group("g2", "-Guards", slug="two"),
        factory.make_name("g2-0001", "-Guards"), factory.make_claim("g1-0002", "+1 is what the guards are.", **told),
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(text(client, "/compare.csv?with=one&with=two"))))
    cells = {cell for row in rows for cell in row.values()}
    assert {"'+1 is what the guards are.", "'=Guards"} - cells == set()
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_table_is_handed_out_with_voice_and_speakers(client):
    import csv
    import io
    import json

    factory.publish(*WORLD)
    query = "?with=alder-guards&with=birch-guards&with=cedar-list&on=2010"
    rows = list(csv.DictReader(io.StringIO(text(client, f"/compare.csv{query}"))))
    made = json.loads(text(client, f"/compare.json{query}"))
    told = {
        (r["question"], column["column"], claim["uid"], claim["voice"], claim["answer"])
        for r in made["rows"]
        for cell, column in zip(r["cells"], made["columns"], strict=True)
        for claim in cell["claims"]
    }
    assert {(r["question"], r["column"], r["uid"], r["voice"], r["answer"]) for r in rows if r["uid"]} == told
    assert ("Founded", "alder-guards", "aa-0002", "stated", "before") in told
    assert {r["cell"] for r in rows if r["question"] == "Founded"} == {"elsewhen", "not_researched"}


def test_every_dated_statement_of_a_column_is_on_the_axis_and_in_its_list(client):
    factory.publish(*WORLD, dated("aa-0030", "2010/.."), dated("bb-0030", ""), dated("bb-0031", "2024", "as_of"))
    page = text(client, TWO)
    listed = page.split("The same as a list", 1)[1].split("</details>", 1)[0]
    assert re.findall(r'class="uid"[^>]*>([^<]+)<', listed) == ["aa-0002", "aa-0030", "bb-0002", "bb-0031"]
    assert page.count('<rect class="axis-may"') == 4


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_of_a_comparison_do_not_grow(client, count):
    factory.publish(*WORLD)
    factory.publish(*[factory.make_claim(f"aa-{1000 + n}", f"Thing {n} is said.") for n in range(count)], kind="update")
    queries = {}
    for query in ("", "&on=2010&only=differences", "&with=alder-guards@1"):
        with CaptureQueriesContext(connection) as asked:
            text(client, TWO + query)
        queries[query] = len(asked)
    assert list(queries.values()) == [9, 9, 13], queries
