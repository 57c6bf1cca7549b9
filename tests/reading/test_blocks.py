"""What a page would say twice or at length: ties of several kinds, echoes, disputes of many sides."""

import re

import pytest

from profiles.reading.values_of import _ENDED
from profiles.values.vocabulary import END_REASON
from tests import factory

from .test_profile import page, section, words

pytestmark = pytest.mark.django_db
BARGE = (factory.make_group("bc", "Barge Council"), factory.make_name("bc-0001", "Barge Council"))


def tie(uid, manner, **values):
    return factory.make_claim(
        uid,
        f"An article says that the River Guards have had {manner} from the Barge Council.",
        kind="relation",
        relation="supported_by",
        manner=manner,
        about="bc",
        topic="support",
        aspect="backers",
        **values,
    )


def joined(uid, when, against=(), **values):
    return factory.make_claim(
        uid,
        f"An article says that the group of {uid} formed the Barge Council in {when}.",
        **{
            "kind": "relation", "relation": "member_of", "manner": "founding", "about": "bc", "topic": "umbrellas",
            "aspect": "belongs_to", "when": when, "sense": "happened", "conflicts_with": against,
            "standing": "contested" if against else "stands", **values,
        },
    )  # fmt: skip


def formed(uid="fm-0002", **values):
    """The part of the River Guards in the forming of the Barge Council: the same fact as their membership."""
    return factory.make_claim(
        uid,
        "An article says that the River Guards were among those that formed the Barge Council.",
        **{
            "kind": "part", "part": "founder", "about": "rg", "topic": "who", "aspect": "participants",
            "sense": "happened", "when": "2014", **values,
        },
    )  # fmt: skip


FORMING = (
    factory.make_event("fm", "Forming of the Barge Council", kind="formation"),
    factory.make_name("fm-0001", "Forming of the Barge Council"),
)


def test_ties_that_differ_in_kind_alone_share_a_line_each_with_its_notes(client):
    html = page(client, *BARGE, tie("rg-0002", "funds"), tie("rg-0003", "training"))
    for part in (section(html, "glance"), section(html, "support")):
        assert "Barge Council: funds1, training1" in words(part)
    support = section(html, "support")
    assert words(support).count("Barge Council: ") == 1
    assert "2 statements" in support
    assert "have had funds from" in support and "have had training from" in support


def test_a_tie_that_is_less_firm_or_of_another_time_keeps_its_own_line(client):
    html = page(
        client,
        *BARGE,
        tie("rg-0002", "funds"),
        tie("rg-0003", "training", voice="reported"),
        tie("rg-0004", "arms", when="2012", sense="happened"),
    )
    glance = words(section(html, "glance"))
    assert "Barge Council arms, 20121 Barge Council funds1 Barge Council training reported2" in re.sub(
        r" +", " ", glance
    )


def test_what_is_told_again_from_the_other_side_is_one_line(client):
    html = page(client, *BARGE, *FORMING, joined("rg-0002", "2014"), formed())
    assert "among those that formed" not in html
    assert '<h2 id="other">' not in html
    assert "Told again on the page of Forming of the Barge Council." in words(section(html, "umbrellas"))
    assert 'id="fm-0002"' in html


@pytest.mark.parametrize(
    "other",
    [{"voice": "reported"}, {"standing": "doubted", "standing_note": "Not checked."}, {"quote": "The River Guards"}],
)
def test_what_is_told_less_firmly_or_by_another_passage_is_printed_in_full(client, other):
    html = page(client, *BARGE, *FORMING, joined("rg-0002", "2014"), formed(**other))
    assert "among those that formed" in html


def test_a_listing_told_of_the_leaders_group_stands_once_on_the_leaders_page(client):
    quote = "The harbour authority listed the River Guards in 2019"
    html = page(
        client,
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002", "Salim Nasser was listed.", kind="designation", topic="designations", aspect="listings",
            as_stated="listed", evidence="secondary", quote=quote,
        ),
        factory.make_claim(
            "rg-0002", "Salim Nasser, who leads the River Guards, was listed; the group was not.", about="sn",
            topic="designations", aspect="listings_of_leaders", sense="happened", when="2019", quote=quote,
        ),
        path="/people/salim-nasser/",
    )  # fmt: skip
    assert "the group was not" not in html
    assert '<h2 id="other">' not in html
    told = words(section(html, "designations"))
    assert "Authority not stated (listing of a person)" in told
    assert "Told again on the page of River Guards." in told


def test_a_dispute_is_sorted_by_position_and_names_every_side(client):
    later, earlier = ("rg-0003",), ("rg-0002", "hb-0002", "gg-0002")
    html = page(
        client,
        *BARGE,
        *(d for uid, label in (("hb", "Harbour Brigade"), ("gg", "Gate Guards"))
          for d in (factory.make_group(uid, label), factory.make_name(f"{uid}-0001", label))),
        joined("rg-0002", "2014", later),
        joined("hb-0002", "2014", later),
        joined("gg-0002", "2014", later),
        joined("rg-0003", "2017", earlier),
        path="/groups/barge-council/",
    )  # fmt: skip
    figure = re.search(r'<figure class="dispute">(.*?)</figure>', html, re.DOTALL)[1]
    assert re.findall(r'<div class="position">\s*<p class="label"><bdi>([^<]+)', figure) == ["2014", "2017"]
    summary = words(re.search(r"<summary>(.*?)</summary>", figure, re.DOTALL)[1])
    assert summary == "2 more: Harbour Brigade, River Guards"
    assert {uid: figure.count(f'id="{uid}"') for uid in ("rg-0002", "hb-0002", "gg-0002", "rg-0003")} == {
        "rg-0002": 1, "hb-0002": 1, "gg-0002": 1, "rg-0003": 1,
    }  # fmt: skip
    assert figure.count("An article says that the group of") == 4


def test_no_position_holds_two_statements_that_contradict_each_other(client):
    one = joined("rg-0002", "2014", ("rg-0003",))
    two = joined("rg-0003", "2014", ("rg-0002",))
    html = page(client, *BARGE, one, two)
    figure = re.search(r'<figure class="dispute">(.*?)</figure>', html, re.DOTALL)[1]
    assert "position" not in figure
    assert figure.count('<div class="claim"') == 2


def test_a_question_that_is_not_asked_of_a_kind_is_left_out(client):
    election = (
        factory.make_event("ee", "Election of 2018", kind="election"),
        factory.make_name("ee-0001", "Election of 2018"),
    )
    html = page(client, *election, factory.make_event(), factory.make_name("sm-0001", "Shelling of Marwa"),
                path="/events/election-of-2018/")  # fmt: skip
    assert "killed" not in html
    assert "killed" in client.get("/events/shelling-of-marwa/").content.decode()


def test_a_question_that_is_not_asked_is_shown_where_somebody_answers_it(client):
    html = page(
        client,
        factory.make_event("ee", "Election of 2018", kind="election"),
        factory.make_name("ee-0001", "Election of 2018"),
        factory.make_claim(
            "ee-0002", "An article says that 3 people were killed.", kind="part", part="killed", topic="toll",
            aspect="killed", party="some voters", precision="exact", low=3, counted="people",
        ),
        path="/events/election-of-2018/",
    )  # fmt: skip
    assert "Killed 3 people (some voters)" in words(section(html, "glance"))


def test_limits_of_a_statement_are_set_apart_in_text_too(client):
    html = page(
        client,
        factory.make_claim(
            "rg-0002",
            "The River Guards have reportedly been many.",
            voice="reported",
            scope="the coast",
            reach="collective",
        ),
    )
    assert "reported · said of a set that it belongs to · scope: the coast" in words(section(html, "identity"))


def test_what_was_exchanged_is_not_among_the_released(client):
    html = page(
        client,
        factory.make_event("xx", "Exchange", kind="release_exchange"),
        factory.make_name("xx-0001", "Exchange"),
        factory.make_claim("xx-0002", "Boats were given in return.", kind="part", part="exchanged", topic="who",
                           aspect="exchanged", party="boats", sense="happened"),
        path="/events/exchange/",
    )  # fmt: skip
    who = words(section(html, "who"))
    assert "Exchanged Boats were given in return" in who
    assert "Released" not in who


def test_every_reason_for_an_end_is_told_in_words():
    assert set(_ENDED) == set(END_REASON)


def test_why_a_role_ended_is_told_and_that_it_is_not_stated(client):
    html = page(
        client,
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002", "An article says that Salim Nasser was once a commander of the River Guards.",
            kind="membership", role="commander", about="rg", topic="roles", aspect="commands",
            end_reason="not_stated",
        ),
        path="/people/salim-nasser/",
    )  # fmt: skip
    assert "River Guards commander, why it ended: not stated" in words(section(html, "glance"))
