"""Each rule has a claim that it stops and its honest twin that passes."""

import pytest

from profiles.editorial.living import people_who_died
from profiles.editorial.rules import stops
from profiles.models import Capture
from tests import factory

pytestmark = pytest.mark.django_db

ACCUSES = "Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016."
OFFICIALS = (("spk-0001",),)
GROUND = [
    *factory.make_ground(),
    factory.make_person(),
    factory.make_event(),
    factory.make_speaker(),
    factory.make_authority(),
]


def stopped(*claims):
    """The rules that stop these claims, beside a ground that passes."""
    changed = {document.uid: document for document in (*GROUND, *claims)}
    return sorted({(stop.uid, stop.rule) for stop in stops(changed, people_who_died(changed))})


def accusation(**values):
    """An honest allegation about a living person."""
    speakers = values.pop("speakers", OFFICIALS)
    defaults = {
        "topic": "conduct",
        "aspect": "accusations",
        "voice": "alleged",
        "response": "not_sought",
        "outcome": "The source read gives no outcome.",
        "citations": (factory.make_citation("sn-0002", ACCUSES, voice="alleged", speakers=speakers),),
    }
    statement = values.pop("statement", "Two officials have accused Salim Nasser of “ordering” the shelling of Marwa.")
    return factory.make_claim("sn-0002", statement, **{**defaults, **values})


def test_the_ground_passes():
    assert stopped() == []


def test_an_uncited_claim_is_stopped():
    assert stopped(factory.make_claim("rg-0002", citations=())) == [("rg-0002", "uncited")]
    assert stopped(factory.make_claim("rg-0002")) == []


def test_a_citation_that_only_mentions_does_not_support():
    mention = factory.make_citation("rg-0002", bearing="mentions")
    assert stopped(factory.make_claim("rg-0002", citations=(mention,))) == [("rg-0002", "uncited")]


def test_a_claim_firmer_than_its_passages_is_stopped():
    reported = (factory.make_citation("rg-0002", voice="reported"),)
    statement = "The River Guards have reportedly returned."
    assert stopped(factory.make_claim("rg-0002", statement, voice="stated", citations=reported)) == [
        ("rg-0002", "too_firm")
    ]
    assert stopped(factory.make_claim("rg-0002", statement, voice="reported", citations=reported)) == []


def test_one_firm_passage_is_enough():
    cited = (factory.make_citation("rg-0002", voice="reported"), factory.make_citation("rg-0002", number=2))
    assert stopped(factory.make_claim("rg-0002", citations=cited)) == []


def test_a_sentence_that_turns_a_report_into_fact_is_stopped():
    assert stopped(factory.make_claim("rg-0002", "The River Guards returned.", voice="reported")) == [
        ("rg-0002", "unhedged")
    ]
    assert stopped(factory.make_claim("rg-0002", "The River Guards reportedly returned.", voice="reported")) == []


def test_a_sentence_that_names_its_speaker_keeps_its_distance():
    cited = (factory.make_citation("rg-0002", voice="attributed", speakers=OFFICIALS),)
    named = "In the words of two officials, the River Guards returned."
    assert stopped(factory.make_claim("rg-0002", named, voice="attributed", citations=cited)) == []
    bare = "The River Guards returned."
    assert stopped(factory.make_claim("rg-0002", bare, voice="attributed", citations=cited)) == [
        ("rg-0002", "unhedged")
    ]


def test_an_attributed_allegation_about_a_living_person_passes():
    assert stopped(accusation()) == []


def test_an_unattributed_allegation_about_a_living_person_is_stopped():
    assert stopped(accusation(speakers=())) == [("sn-0002", "unattributed")]


def test_an_allegation_told_as_the_sources_own_fact_is_stopped_too():
    plain = factory.make_citation("sn-0002", ACCUSES)
    claim = accusation(voice="stated", statement="Salim Nasser shelled Marwa.", citations=(plain,))
    assert stopped(claim) == [("sn-0002", "unattributed")]


def test_an_allegation_whose_answer_was_not_looked_for_is_stopped():
    assert stopped(accusation(response="")) == [("sn-0002", "no_response")]
    assert stopped(accusation(outcome="")) == [("sn-0002", "no_response")]


def test_a_living_person_accused_through_a_part_in_an_event_is_guarded():
    values = {"kind": "part", "part": "perpetrator", "about": "sn", "topic": "who", "aspect": "perpetrators"}
    bare = factory.make_claim("sm-0001", "Salim Nasser shelled Marwa.", **values)
    assert stopped(bare) == [("sm-0001", "no_response"), ("sm-0001", "unattributed")]


def test_of_the_dead_less_is_asked():
    died = factory.make_claim("sn-0003", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    assert stopped(accusation(speakers=(), response=""), died) == []


def test_a_death_that_nobody_cites_does_not_count():
    died = factory.make_claim("sn-0003", topic="death", aspect="death", citations=())
    assert ("sn-0002", "unattributed") in stopped(accusation(speakers=()), died)


def test_a_conflict_that_only_one_side_names_is_stopped():
    one = factory.make_claim("rg-0002", conflicts_with=("rg-0003",))
    other = factory.make_claim("rg-0003")
    assert stopped(one, other) == [("rg-0002", "one_sided")]
    assert stopped(one, factory.make_claim("rg-0003", conflicts_with=("rg-0002",))) == []


def test_a_reference_to_what_is_not_public_is_stopped():
    assert stopped(factory.make_claim("rg-0002", about="hb")) == [("rg-0002", "dangling")]
    assert stopped(factory.make_claim("rg-0002", about="sn")) == []


def test_an_aspect_that_its_subject_does_not_have_is_stopped():
    assert stopped(factory.make_claim("rg-0002", topic="death", aspect="death")) == [("rg-0002", "misplaced")]
    assert stopped(factory.make_silence(topic="death", aspect="death")) == [("rg-s01", "misplaced")]
    assert stopped(factory.make_silence()) == []


def test_a_step_of_another_subjects_designation_is_stopped():
    listing = {"kind": "designation", "as_stated": "terrorist group", "evidence": "secondary"}
    listed = factory.make_claim("rg-0002", topic="designations", aspect="listings", **listing)
    place = {"topic": "designations", "aspect": "listings", "kind": "step", "step": "listed", "designation": "rg-0002"}
    assert stopped(listed, factory.make_claim("sn-0003", **place)) == [("sn-0003", "stray_step")]
    assert stopped(listed, factory.make_claim("rg-0003", **place)) == []


def test_a_passage_that_fails_its_digest_is_stopped_where_the_text_is_at_hand():
    factory.load(*GROUND)
    good = factory.make_claim("rg-0002")
    bad = factory.make_claim("rg-0003", citations=(factory.make_citation("rg-0003", passage_sha256="f" * 64),))
    assert stopped(good, bad) == []
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)
    assert stopped(good, bad) == [("rg-0003", "passage")]


def test_words_to_print_that_the_passage_does_not_have_are_stopped():
    factory.load(*GROUND)
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)
    good = factory.make_claim(
        "rg-0002", citations=(factory.make_citation("rg-0002", excerpt="founded in around 2013"),)
    )
    bad = factory.make_claim("rg-0003", citations=(factory.make_citation("rg-0003", excerpt="founded in 2013"),))
    assert stopped(good, bad) == [("rg-0003", "excerpt")]


def test_a_retracted_claim_needs_no_evidence():
    assert stopped(factory.make_claim("rg-0002", standing="retracted", standing_note="Wrong.", citations=())) == []
