"""Dates that cannot be: each is stopped, and its honest twin passes."""

import pytest

from tests import factory
from tests.editorial.rules.ground import GROUND, accusation, found, stopped

pytestmark = pytest.mark.django_db


def dated(uid="rg-0002", when="2013", sense="happened", **values):
    return factory.make_claim(uid, when=when, sense=sense, **values)


def death(when="2018-03-05", **values):
    values = {"topic": "death", "aspect": "death", "when": when, "sense": "happened", **values}
    return factory.make_claim("sn-0003", "Salim Nasser died.", **values)


def role(when, sense="happened", **values):
    values = {"kind": "membership", "topic": "roles", "aspect": "leads", "about": "rg", "role": "leader", **values}
    return factory.make_claim("sn-0004", "Salim Nasser led the River Guards.", when=when, sense=sense, **values)


def test_what_happened_after_its_source_was_read_is_stopped():
    assert stopped(dated(when="2024-06-02")) == [("rg-0002", "impossible_date")]
    assert stopped(dated(when="2025/..", sense="held")) == [("rg-0002", "impossible_date")]
    assert stopped(dated(when="2024-07", sense="as_of")) == [("rg-0002", "impossible_date")]
    for when, sense in (("2024-06-01", "happened"), ("2024", "happened"), ("2024/..", "held"), ("2024-06", "as_of")):
        assert stopped(dated(when=when, sense=sense)) == []


def test_a_notice_may_give_the_day_from_which_it_will_hold():
    listing = {"kind": "designation", "as_stated": "listed", "evidence": "secondary"}
    listed = factory.make_claim("rg-0002", topic="designations", aspect="listings", **listing)
    values = {"topic": "designations", "aspect": "listings", "kind": "step", "designation": "rg-0002"}
    assert stopped(listed, dated("rg-0003", "2024-07-01", step="effective", **values)) == []


def test_an_answer_before_the_act_is_stopped():
    values = {"when": "2016", "sense": "happened", "response": "declined"}
    assert stopped(accusation(response_date="2015", **values)) == [("sn-0002", "impossible_date")]
    assert stopped(accusation(response_date="2016", **values)) == []
    assert stopped(accusation(response_date="9998", **values)) == [("sn-0002", "impossible_date")]


def test_what_comes_after_another_and_is_dated_before_it_is_stopped():
    first = dated("rg-0002", "2013")
    assert stopped(first, dated("rg-0003", "2012", after=("rg-0002",))) == [("rg-0003", "impossible_date")]
    assert stopped(first, dated("rg-0003", "2013", after=("rg-0002",))) == []
    assert stopped(first, dated("rg-0003", "2012?", after=("rg-0002",))) == []


def test_a_role_after_a_death_is_stopped_where_both_are_dated_to_the_day():
    both = [("sn-0003", "role_after_death"), ("sn-0004", "role_after_death")]
    assert stopped(death(), role("2018-03-06")) == both
    assert stopped(death(), role("2018-03-06", "as_of")) == both
    assert stopped(death(), role("2010/2019-01-01", "held")) == both
    for when, sense in (
        ("2018-03-05", "happened"), ("2019", "happened"), ("2018-03-06?", "happened"), ("2010/..", "held"),
        ("2010/2018-03-05", "held"),
    ):  # fmt: skip
        assert stopped(death(), role(when, sense)) == []
    assert stopped(death("2018"), role("2018-03-06")) == []


def test_the_stop_names_both_and_the_mend():
    message = next(stop.message for stop in found(death(), role("2018-03-06")) if stop.uid == "sn-0004")
    assert message == (
        "a role on 2018-03-06 (sn-0004) is later than the death on 2018-03-05 (sn-0003): correct one of the two dates, "
        "or link them as a conflict."
    )


def test_what_is_said_truly_of_the_dead_passes():
    assert stopped(death(), role("2024-05-03", "as_of", role="founder")) == []
    assert stopped(death(), role("2024-05-03", "as_of", role="former_unspecified")) == []
    assert stopped(death(), role("2018-03-06", negated=True)) == []
    linked = {"standing": "contested", "standing_note": "They disagree."}
    assert (
        stopped(death(conflicts_with=("sn-0004",), **linked), role("2018-03-06", conflicts_with=("sn-0003",), **linked))
        == []
    )


def test_a_death_in_an_event_counts_too():
    killed = factory.make_claim(
        "sm-0001", "Salim Nasser was killed there.", kind="part", part="killed", about="sn", topic="toll",
        aspect="killed", when="2018-03-05", sense="happened",
    )  # fmt: skip
    assert stopped(killed, role("2018-03-06")) == [("sm-0001", "role_after_death"), ("sn-0004", "role_after_death")]


def test_only_what_is_changed_is_stopped_and_public_claims_are_asked():
    factory.publish(*GROUND, death())
    assert stopped(role("2018-03-06")) == [("sn-0004", "role_after_death")]
    assert stopped(role("2018-03-04")) == []


def test_a_public_role_is_compared_with_a_new_death():
    factory.publish(*GROUND, role("2018-03-06"))
    assert stopped(death()) == [("sn-0003", "role_after_death")]
    assert stopped(death("2018-03-07")) == []
