"""Each rule has a claim that it stops and its honest twin that passes."""

import pytest

from profiles.models import Capture
from tests import factory
from tests.editorial.rules.ground import GROUND, OFFICIALS, stopped

pytestmark = pytest.mark.django_db


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


def test_more_words_to_print_than_quoting_allows_are_stopped():
    long = "word " * 40
    most = factory.make_citation("rg-0002", excerpt=long[:200])
    assert stopped(factory.make_claim("rg-0002", citations=(most,))) == []
    more = factory.make_citation("rg-0002", excerpt=long[:200] + "s")
    assert stopped(factory.make_claim("rg-0002", citations=(more,))) == [("rg-0002", "excerpt")]
    many = tuple(factory.make_citation("rg-0002", number=n, excerpt=long[:150]) for n in (1, 2, 3))
    assert stopped(factory.make_claim("rg-0002", citations=many[:2])) == []
    assert stopped(factory.make_claim("rg-0002", citations=many)) == [("rg-0002", "excerpt")]


def test_a_subject_that_speaks_of_itself_is_not_named_as_its_speaker():
    itself = factory.make_speaker("spk-0003", "River Guards", "armed_group", profile="rg")
    cited = (factory.make_citation("rg-0002", voice="claimed", speakers=(("spk-0003",),)),)
    bare = factory.make_claim("rg-0002", "The River Guards shelled Marwa.", voice="claimed", citations=cited)
    assert stopped(itself, bare) == [("rg-0002", "unhedged")]
    said = factory.make_claim("rg-0002", "The River Guards say that they shelled it.", voice="claimed", citations=cited)
    assert stopped(itself, said) == []


def test_who_is_heard_denying_is_no_speaker_for_the_claim():
    denial = factory.make_citation("rg-0002", number=2, bearing="denies", voice="attributed", speakers=OFFICIALS)
    cited = (factory.make_citation("rg-0002", voice="reported"), denial)
    bare = "The River Guards shelled two officials."
    assert stopped(factory.make_claim("rg-0002", bare, voice="reported", citations=cited)) == [("rg-0002", "unhedged")]
    kept = "The River Guards reportedly shelled two officials."
    assert stopped(factory.make_claim("rg-0002", kept, voice="reported", citations=cited)) == []
