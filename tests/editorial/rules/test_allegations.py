"""Allegations about living people: attributed, not on nobody's word alone, with the answer and what came of it."""

import pytest

from profiles.editorial.cautions import cautions
from profiles.editorial.edit import Refused
from profiles.editorial.reasons import reasons_of
from profiles.editorial.review import open_review
from profiles.editorial.rules import stops
from profiles.exchange.release import release
from profiles.models import Decision
from profiles.values.vocabulary import ASPECT_OF_PART, PART, SUFFERED
from tests import cast, factory
from tests.editorial.rules.ground import ACCUSES, GROUND, OFFICIALS, accusation, stopped

pytestmark = pytest.mark.django_db

NOBODY = (("spk-0002",),)
UNNAMED = "Unnamed witnesses accuse Salim Nasser of having “ordered” the shelling of Marwa."


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


def test_who_says_so_must_stand_in_the_sentence_too():
    cited = (factory.make_citation("sn-0002", ACCUSES, speakers=OFFICIALS),)
    bare = accusation(voice="stated", statement="Salim Nasser ordered the shelling of Marwa.", citations=cited)
    assert stopped(bare) == [("sn-0002", "unattributed")]
    said = accusation(voice="stated", statement="Two officials name Salim Nasser for the shelling.", citations=cited)
    assert stopped(said) == []


def test_resources_are_no_source():
    values = {"speakers": (), "voice": "alleged"}
    told = "Salim Nasser allegedly took resources and articulated threats."
    assert stopped(accusation(statement=told, **values)) == [("sn-0002", "unattributed")]
    named = "An article of May 2024 says that Salim Nasser allegedly took money."
    assert stopped(accusation(statement=named, **values)) == []


def test_a_word_that_says_nothing_is_no_outcome():
    for empty in ("-", "n/a", "None.", "TBD", "…", "?"):
        assert stopped(accusation(outcome=empty)) == [("sn-0002", "no_response")]
    for told in ("Acquitted.", "The article gives none.", "برئ"):
        assert stopped(accusation(outcome=told)) == []


def test_an_answer_that_is_said_to_be_printed_must_be():
    assert stopped(accusation(response="printed")) == [("sn-0002", "no_answer")]
    told = "Two officials have accused Salim Nasser of “ordering” the shelling of Marwa, which he denies."
    assert stopped(accusation(response="printed", statement=told)) == []
    denial = factory.make_citation("sn-0002", "They are led by Salim Nasser", 2, bearing="denies")
    both = (factory.make_citation("sn-0002", ACCUSES, voice="alleged", speakers=OFFICIALS), denial)
    assert stopped(accusation(response="printed", citations=both)) == []


def test_a_living_person_is_guarded_wherever_an_allegation_names_them():
    cited = (factory.make_citation("rg-0002", ACCUSES, voice="alleged", speakers=OFFICIALS),)
    values = {"topic": "conduct", "aspect": "accusations", "voice": "alleged", "citations": cited}
    told = "Two officials accuse the River Guards and Salim Nasser of the shelling."
    assert stopped(factory.make_claim("rg-0002", told, **values)) == [("rg-0002", "unmentioned")]
    assert stopped(factory.make_claim("rg-0002", told.replace("Salim Nasser", "their men"), **values)) == []
    assert stopped(factory.make_claim("rg-0002", told, mentions=("sn",), **values)) == [("rg-0002", "no_response")]
    assert stopped(factory.make_claim("rg-0002", told, about="sn", **values)) == [("rg-0002", "no_response")]


def test_who_accuses_is_not_accused():
    accuser = factory.make_speaker("spk-0003", "Salim Nasser", "person", profile="sn")
    cited = (factory.make_citation("rg-0002", ACCUSES, voice="alleged", speakers=(("spk-0003",),)),)
    values = {"topic": "conduct", "aspect": "accusations", "voice": "alleged", "citations": cited, "mentions": ("sn",)}
    assert stopped(accuser, factory.make_claim("rg-0002", "Salim Nasser accuses the River Guards.", **values)) == []


def test_an_allegation_on_nobodys_name_waits_for_the_reviewers_reason():
    claim = accusation(speakers=NOBODY, statement=UNNAMED)
    assert stopped(claim) == [("sn-0002", "anonymous")]
    assert stopped(claim, reasons={"sn-0002": "  "}) == [("sn-0002", "anonymous")]
    assert stopped(claim, reasons={"sn-0002": "Three outlets asked the same witnesses."}) == []
    both = (*claim.citations, factory.make_citation("sn-0002", ACCUSES, 2, voice="alleged", speakers=OFFICIALS))
    assert stopped(accusation(statement=UNNAMED, citations=both)) == []


@pytest.fixture
def review():
    """A review of an allegation that nobody named makes."""
    factory.publish(*GROUND)
    factory.load(accusation(speakers=NOBODY, statement=UNNAMED), by=cast.editor())
    return open_review(["sn-0002"], by=cast.editor())


def decision(review, comment="Three outlets asked the same witnesses.", verdict="supports", **values):
    entry = review.entries.get(uid="sn-0002")
    values = {"sha256": entry.after, "by": cast.reviewer(), **values}
    return Decision.objects.create(review=review, uid="sn-0002", verdict=verdict, comment=comment, **values)


def test_the_reason_is_the_comment_of_a_decision_on_the_frozen_document(review):
    assert reasons_of(review) == {}
    with pytest.raises(Refused, match="nobody who is named"):
        release(review, by=cast.reviewer())
    decision(review)
    assert reasons_of(review) == {"sn-0002": "Three outlets asked the same witnesses."}
    assert release(review, by=cast.reviewer()).number == 2


def test_a_reason_counts_for_nothing_without_words_for_another_state_taken_back_or_from_who_opened(review):
    decision(review, comment=" ")
    decision(review, sha256="f" * 64)
    decision(review, by=cast.editor())
    assert reasons_of(review) == {}
    decision(review)
    assert reasons_of(review, barred={cast.reviewer().pk}) == {}
    decision(review, "It does not say so.", "does_not")
    assert reasons_of(review) == {}


def test_a_living_person_named_in_the_sentence_alone_must_be_mentioned():
    cited = (factory.make_citation("rg-0002", ACCUSES, voice="alleged", speakers=OFFICIALS),)
    values = {"topic": "conduct", "aspect": "accusations", "voice": "alleged", "citations": cited}
    told = "Two officials accuse the River Guards of the shelling, on SALIM NASSER’s orders."
    assert stopped(factory.make_claim("rg-0002", told, **values)) == [("rg-0002", "unmentioned")]
    looked_for = {"response": "not_sought", "outcome": "The article gives none.", "mentions": ("sn",)}
    assert stopped(factory.make_claim("rg-0002", told, **values, **looked_for)) == []
    died = factory.make_claim("sn-0003", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    assert stopped(died, factory.make_claim("rg-0002", told, **values)) == []
    assert stopped(factory.make_claim("rg-0002", "Salim Nasser leads the River Guards.")) == []


def test_a_public_name_in_another_spelling_or_script_is_known():
    arabic = factory.make_name("sn-0001", "سالم الناصر", "original_script", language="ar")
    factory.publish(*GROUND, arabic)
    cited = (factory.make_citation("rg-0002", ACCUSES, voice="alleged", speakers=OFFICIALS),)
    values = {"topic": "conduct", "aspect": "accusations", "voice": "alleged", "citations": cited}
    claim = factory.make_claim("rg-0002", "Two officials accuse سالم الناصر of the shelling.", **values)
    assert [str(stop) for stop in stops({"rg-0002": claim}, set())] == [
        "rg-0002: accuses, and names سالم الناصر (sn), whom it does not mention: add them under Mentions."
    ]


DONE = [part for part in PART if part not in SUFFERED]


def part_of(part, about="sn", **values):
    """What officials allege of the part of somebody in an event."""
    cited = (factory.make_citation("sm-0001", ACCUSES, voice="alleged", speakers=OFFICIALS),)
    place = ASPECT_OF_PART.get(part, "who.participants").split(".")
    values = {"topic": place[0], "aspect": place[1], "citations": cited, **values}
    who = {"sn": "Salim Nasser", "rg": "the River Guards"}[about]
    told = f"Two officials accuse {who} over the shelling of Marwa."
    return factory.make_claim("sm-0001", told, kind="part", part=part, about=about, voice="alleged", **values)


@pytest.mark.parametrize("part", DONE)
def test_an_alleged_part_of_a_living_person_is_guarded_whatever_they_did(part):
    assert stopped(part_of(part)) == [("sm-0001", "no_response")]
    assert stopped(part_of(part, response="not_sought", outcome="The article gives none.")) == []
    bare = (factory.make_citation("sm-0001", ACCUSES, voice="alleged"),)
    assert stopped(part_of(part, citations=bare)) == [("sm-0001", "no_response"), ("sm-0001", "unattributed")]


@pytest.mark.parametrize("part", DONE)
def test_an_alleged_part_of_a_group_or_of_the_dead_is_not(part):
    assert stopped(part_of(part, "rg")) == []
    died = factory.make_claim("sn-0003", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    assert stopped(died, part_of(part)) == []


@pytest.mark.parametrize("part", SUFFERED)
def test_of_a_living_person_to_whom_it_was_done_nothing_is_asked_but_a_warning_told(part):
    assert stopped(part_of(part)) == []
    changed = {document.uid: document for document in (*GROUND, part_of(part))}
    assert [c.uid for c in cautions(changed) if c.rule == "accusing_words"] == ["sm-0001"]
    changed["sm-0001"] = part_of("participant")
    assert [c.uid for c in cautions(changed) if c.rule == "accusing_words"] == []


def test_what_a_living_person_did_by_the_sources_own_word_alleges_nothing():
    cited = (factory.make_citation("sm-0001", ACCUSES),)
    values = {"kind": "part", "part": "participant", "about": "sn", "topic": "who", "aspect": "participants"}
    assert stopped(factory.make_claim("sm-0001", "Salim Nasser was there.", citations=cited, **values)) == []
