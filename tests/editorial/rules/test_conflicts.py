"""Claims that exclude each other: unlinked they are stopped, linked they pass, and what may both be right passes."""

import pytest

from profiles.editorial.rules.compared import compared_with
from tests import factory
from tests.editorial.rules.ground import GROUND, found, stopped

pytestmark = pytest.mark.django_db

MEND = "These conflict: link them on the page of either, or supersede the older."
LINKED = {"standing": "contested", "standing_note": "They disagree."}


def founded(uid, when, **values):
    values = {"topic": "origins", "aspect": "founded", "sense": "happened", **values}
    return factory.make_claim(uid, f"An article puts the founding at {when or 'no date'}.", when=when, **values)


def strength(uid, precision="exact", low=2000, high=None, when="2024-05-03", sense="as_of", **values):
    values = {"kind": "strength", "topic": "strength", "aspect": "fighters", "counted": "fighters", **values}
    numbers = {"precision": precision, "low": low, "high": high}
    return factory.make_claim(uid, "They had some fighters.", when=when, sense=sense, **numbers, **values)


def conflict(one, other, *beside):
    return stopped(one, other, *beside) == [(one.uid, "conflict"), (other.uid, "conflict")]


def test_two_foundings_are_stopped_until_they_are_linked():
    one, other = founded("rg-0002", "2013"), founded("rg-0003", "2017")
    assert conflict(one, other)
    assert [str(stop) for stop in found(one, other)] == [
        f"rg-0002: says otherwise than rg-0003 (2013 or 2017). {MEND}",
        f"rg-0003: says otherwise than rg-0002 (2013 or 2017). {MEND}",
    ]
    assert [stop.other for stop in found(one, other)] == ["rg-0003", "rg-0002"]
    linked = founded("rg-0002", "2013", conflicts_with=("rg-0003",), **LINKED)
    assert stopped(linked, founded("rg-0003", "2017", conflicts_with=("rg-0002",), **LINKED)) == []


def test_linked_on_one_side_only_it_is_told_as_such():
    one = founded("rg-0002", "2013", conflicts_with=("rg-0003",), **LINKED)
    assert stopped(one, founded("rg-0003", "2017")) == [("rg-0002", "one_sided")]


@pytest.mark.parametrize("when", ["2013", "2013-05", "2013~", "2017?", "2012/2014", "[2013..]", ""])
def test_dates_that_may_be_one_do_not_conflict(when):
    assert stopped(founded("rg-0002", "2013"), founded("rg-0003", when)) == []


@pytest.mark.parametrize("when", ["2017", "2016~", "2014/2015", "[2014..]", "[..2012]"])
def test_dates_that_cannot_be_one_conflict(when):
    assert conflict(founded("rg-0002", "2013"), founded("rg-0003", when))


@pytest.mark.parametrize(
    "values",
    [
        {"standing": "retracted", "standing_note": "Wrong."},
        {"standing": "superseded", "superseded_by": "rg-0002"},
        {"superseded_by": "rg-0002"},
        {"sense": "as_of"},
        {"negated": True},
        {"scope": "as a party"},
        {"topic": "origins", "aspect": "re_formed"},
    ],
)
def test_what_is_settled_or_answers_another_question_does_not_conflict(values):
    assert stopped(founded("rg-0002", "2013"), founded("rg-0003", "2017", **values)) == []


def test_a_number_has_one_answer_at_a_time():
    assert conflict(strength("rg-0002"), strength("rg-0003", low=3000))
    assert conflict(strength("rg-0002"), strength("rg-0003", "at_most", None, 1500))
    assert conflict(strength("rg-0002", "between", 100, 200), strength("rg-0003", "at_least", 300))
    for values in (
        {"low": 3000, "when": "2024-05-02"}, {"low": 3000, "when": "2024"}, {"low": 3000, "precision": "about"},
        {"low": 3000, "precision": "estimate"}, {"low": 1000, "precision": "at_least"}, {"low": 9, "counted": "people"},
        {"low": 9, "scope": "in the town"}, {"low": 9, "reach": "members_together"},
    ):  # fmt: skip
        assert stopped(strength("rg-0002"), strength("rg-0003", **values)) == []


def test_a_toll_has_one_answer_for_each_party():
    def killed(uid, low, party="sailors", **values):
        values = {"kind": "part", "part": "killed", "topic": "toll", "aspect": "killed", **values}
        numbers = {"precision": "exact", "low": low, "counted": "people"}
        return factory.make_claim(uid, "People were killed.", party=party, sense="happened", **numbers, **values)

    assert conflict(killed("sm-0001", 3), killed("sm-0002", 5, "Sailors"))
    assert stopped(killed("sm-0001", 3), killed("sm-0002", 5, "fishermen")) == []
    assert stopped(killed("sm-0001", 3), killed("sm-0002", 3)) == []


def test_words_exclude_each_other_where_the_list_says_so():
    def status(uid, word, when="2024-05-03"):
        values = {"topic": "identity", "aspect": "legal_status", "word": word, "when": when, "sense": "as_of"}
        return factory.make_claim(uid, "The law says so.", **values)

    assert conflict(status("rg-0002", "state_recognised"), status("rg-0003", "unlawful"))
    assert stopped(status("rg-0002", "state_recognised"), status("rg-0003", "not_specified")) == []
    assert stopped(status("rg-0002", "state_recognised"), status("rg-0003", "unlawful", "2023-05-03")) == []


def test_two_towns_of_founding_conflict_and_a_town_and_its_country_do_not():
    land = factory.make_place("place-0002", "Riverland", "country", country="IQ")
    abroad = factory.make_place("place-0003", "Farland", "country", country="SY")
    marwa = factory.make_place("place-0001", "Marwa", within="place-0002", country="IQ")
    safa = factory.make_place("place-0004", "Safa", within="place-0002", country="IQ")
    region = factory.make_place("place-0005", "The west", "region", within="place-0002", country="IQ")
    places = (land, abroad, marwa, safa, region)

    def begun(uid, place):
        values = {"kind": "presence", "presence": "founded_in", "topic": "origins", "aspect": "place"}
        return factory.make_claim(uid, "They were founded there.", place=place, **values)

    assert conflict(begun("rg-0002", "place-0001"), begun("rg-0003", "place-0004"), *places)
    assert conflict(begun("rg-0002", "place-0001"), begun("rg-0003", "place-0003"), *places)
    assert stopped(begun("rg-0002", "place-0001"), begun("rg-0003", "place-0002"), *places) == []
    assert stopped(begun("rg-0002", "place-0001"), begun("rg-0003", "place-0005"), *places) == []


def test_yes_and_no_of_one_thing_at_one_time_conflict():
    def leads(uid, when="2024-05-03", **values):
        values = {"kind": "membership", "topic": "roles", "aspect": "leads", "about": "rg", "role": "leader", **values}
        return factory.make_claim(uid, "On Salim Nasser and the Guards.", when=when, sense="as_of", **values)

    assert conflict(leads("sn-0002"), leads("sn-0003", negated=True))
    assert stopped(leads("sn-0002"), leads("sn-0003", "2023-05-03", negated=True)) == []
    assert stopped(leads("sn-0002"), leads("sn-0003", negated=True, role="founder")) == []
    assert stopped(leads("sn-0002"), leads("sn-0003")) == []


def test_one_step_of_a_designation_has_one_date():
    values = {"topic": "designations", "aspect": "listings", "sense": "happened"}
    kind = {"kind": "designation", "as_stated": "listed", "evidence": "secondary"}
    listing = factory.make_claim("rg-0002", **values, **kind)
    again = factory.make_claim("rg-0005", **values, **kind)

    def step(uid, when, step="listed", designation="rg-0002"):
        return factory.make_claim(uid, kind="step", when=when, step=step, designation=designation, **values)

    assert conflict(step("rg-0003", "2019"), step("rg-0004", "2020"), listing)
    assert stopped(listing, again, step("rg-0003", "2019"), step("rg-0004", "2020", designation="rg-0005")) == []
    assert stopped(listing, step("rg-0003", "2019", "renewed"), step("rg-0004", "2020", "renewed")) == []


def test_what_is_public_is_compared_and_only_what_is_changed_is_stopped():
    factory.publish(*GROUND, founded("rg-0002", "2013"))
    assert stopped(founded("rg-0003", "2017")) == [("rg-0003", "conflict")]
    assert stopped(founded("rg-0003", "2013")) == []
    assert stopped(founded("rg-0002", "2017")) == []


@pytest.mark.parametrize("number", [1, 300])
def test_comparing_costs_two_queries_however_many_claims(django_assert_num_queries, number):
    factory.publish(*GROUND, founded("rg-0002", "2013"))
    claims = [founded(f"rg-{serial:04}", "2013") for serial in range(3, 3 + number)]
    with django_assert_num_queries(2):
        assert list(compared_with({claim.uid: claim for claim in claims})) == ["rg-0002"]
