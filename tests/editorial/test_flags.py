"""Each flag is raised by its claim, and not by the same claim without its cause."""

import pytest

from profiles.editorial.flags import FLAGS, flags_of
from tests import factory

pytestmark = pytest.mark.django_db

GROUND = [
    *factory.make_ground(),
    factory.make_person(),
    factory.make_speaker(),
    factory.make_speaker("spk-0002", "a clerk", anonymous=True),
    factory.make_source("src-0002", "The river today", "today"),
    factory.make_version("src-0002-v1"),
]
TWO_ORIGINS = (
    factory.make_citation("rg-0002"),
    factory.make_citation("rg-0002", number=2, version="src-0002-v1"),
)


def raised(*claims):
    """The flags of the first of some claims, beside a ground."""
    documents = {document.uid: document for document in (*GROUND, *claims)}
    return [flag.value for flag in flags_of(documents)[claims[0].uid]]


def test_a_claim_without_cause_has_no_flag():
    assert raised(factory.make_claim("rg-0002", citations=TWO_ORIGINS)) == []


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"about": "sn"}, "living"),
        ({"mentions": ("sn",)}, "living"),
        ({"topic": "conduct", "aspect": "accusations"}, "allegation"),
        ({"voice": "alleged"}, "allegation"),
        ({"citations": TWO_ORIGINS[:1]}, "one_origin"),
        ({"basis": "derived", "when": "2013", "reckoning": "From the year of the article."}, "derived"),
        ({"reach": "collective"}, "collective"),
        ({"standing": "doubted", "standing_note": "The year was not checked."}, "doubted"),
    ],
)
def test_each_flag_has_its_cause(values, flag):
    assert raised(factory.make_claim("rg-0002", **{"citations": TWO_ORIGINS, **values})) == [flag]


def test_a_claim_about_a_person_is_flagged_until_a_cited_claim_says_that_they_died():
    role = factory.make_claim("rg-0002", about="sn", citations=TWO_ORIGINS)
    died = factory.make_claim("sn-0003", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    bare = factory.make_claim("sn-0003", "Salim Nasser died.", topic="death", aspect="death", citations=())
    assert raised(role) == ["living"]
    assert raised(role, bare) == ["living"]
    assert raised(role, died) == []


def test_a_claim_whose_only_speaker_is_not_named_is_anonymous():
    unnamed = factory.make_citation("rg-0002", speakers=(("spk-0002",),))
    named = factory.make_citation("rg-0002", number=2, speakers=(("spk-0001",),))
    assert raised(factory.make_claim("rg-0002", citations=(unnamed,))) == ["one_origin", "anonymous"]
    assert raised(factory.make_claim("rg-0002", citations=(unnamed, named))) == []


def test_every_flag_has_words_for_the_screen():
    assert all(flag.label and flag.definition for flag in FLAGS.values())


@pytest.mark.parametrize("number", [1, 40])
def test_flags_cost_the_same_however_many_claims(django_assert_num_queries, number):
    factory.publish(*GROUND)
    claims = [factory.make_claim(f"rg-{serial:04}", about="sn") for serial in range(2, 2 + number)]
    # What they name, and the works behind it: two queries each; and who died.
    with django_assert_num_queries(6):
        found = flags_of({claim.uid: claim for claim in claims})
    assert {flag.value for flags in found.values() for flag in flags} == {"living", "one_origin"}
    assert len(found) == number
