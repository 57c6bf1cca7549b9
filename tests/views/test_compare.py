import re

import pytest

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


def test_a_date_that_cannot_be_asked_yet_is_not_passed_over(client):
    factory.publish(*WORLD)
    response = client.get(TWO + "&on=2016")
    assert response.status_code == 400
    assert "Profiles cannot be compared on a date yet" in response.content.decode()
