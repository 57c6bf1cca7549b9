"""Each caution has a claim that it warns of and its honest twin; none of them stops anything."""

from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.editorial import cautions as module
from profiles.editorial.cautions import cautions
from profiles.editorial.looks import look_over
from profiles.editorial.rules import stops
from profiles.models import Capture
from tests import cast, factory

pytestmark = pytest.mark.django_db

GROUND = [
    *factory.make_ground(),
    factory.make_speaker(),
    factory.make_source("src-0002", "The river today", "today"),
    factory.make_version("src-0002-v1"),
]
FOUNDED = "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa"
STRENGTH = "have about 2,000 fighters, two officials said"


def warned(*claims, rule=None):
    """The cautions about these claims, beside a ground."""
    documents = {document.uid: document for document in (*GROUND, *claims)}
    found = [(caution.uid, caution.rule) for caution in cautions(documents) if caution.uid != "rg-0001"]
    return [pair for pair in found if rule in (None, pair[1])]


def at_hand(*documents):
    """The ground as drafts, with the text of its article."""
    factory.load(*GROUND, *documents)
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)


def test_one_origin_is_told_and_two_are_not():
    one = factory.make_citation("rg-0002")
    other = factory.make_citation("rg-0002", number=2, version="src-0002-v1")
    assert warned(factory.make_claim("rg-0002", citations=(one,))) == [("rg-0002", "one_origin")]
    assert warned(factory.make_claim("rg-0002", citations=(one, other))) == []


def test_a_superseded_version_is_told_whatever_number_the_newer_one_has():
    factory.load(*GROUND)
    claim = factory.make_claim("rg-0002")
    assert warned(claim, rule="superseded_version") == []
    factory.load(factory.make_version("src-0001-v10"), factory.make_version("src-0001-v9"))
    assert warned(claim, rule="superseded_version") == [("rg-0002", "superseded_version")]
    newest = factory.make_citation("rg-0003", version="src-0001-v10")
    documents = [factory.make_version("src-0001-v10"), factory.make_claim("rg-0003", citations=(newest,))]
    assert warned(*documents, rule="superseded_version") == []


def test_words_taken_over_are_told_where_the_text_is_at_hand():
    copied = factory.make_claim("rg-0002", "They were founded in around 2013 by Salim Nasser in the town.", FOUNDED)
    own = factory.make_claim("rg-0003", "The article puts their founding at around 2013.", FOUNDED)
    assert warned(copied, own, rule="shared_words") == []
    at_hand()
    assert warned(copied, own, rule="shared_words") == [("rg-0002", "shared_words")]


def test_the_names_of_those_concerned_are_no_words_taken_over():
    at_hand(factory.make_person())
    sentence = "The River Guards were founded in around 2013 by Salim Nasser there."
    person = factory.make_person()
    unnamed = factory.make_claim("rg-0002", sentence, FOUNDED)
    named = factory.make_claim("rg-0002", sentence, FOUNDED, mentions=("sn",))
    assert warned(person, unnamed, rule="shared_words") == [("rg-0002", "shared_words")]
    assert warned(person, named, rule="shared_words") == []


def test_a_hedge_left_out_is_told():
    at_hand()
    cited = (factory.make_citation("rg-0002", STRENGTH, voice="attributed", speakers=(("spk-0001",),)),)
    bare = "In the words of two officials the River Guards have 2,000 fighters."
    kept = "Two officials say that the River Guards have about 2,000 fighters."
    claim = factory.make_claim("rg-0002", bare, voice="attributed", citations=cited)
    assert warned(claim, rule="missing_hedge") == [("rg-0002", "missing_hedge")]
    message = next(c.message for c in cautions({claim.uid: claim}) if c.rule == "missing_hedge")
    assert message == "leaves out “about”, “said” of its passage: keep the distance it keeps."
    honest = factory.make_claim("rg-0002", kept, voice="attributed", citations=cited)
    assert warned(honest, rule="missing_hedge") == []


def test_words_that_accuse_a_living_person_are_told_where_nothing_else_says_so():
    person = factory.make_person()
    filed = {"topic": "other", "aspect": "other"}
    accusing = factory.make_claim("sn-0002", "Salim Nasser ordered the shelling of Marwa.", **filed)
    honest = factory.make_claim("sn-0003", "Salim Nasser studied in Marwa.", **filed)
    of_guards = factory.make_claim("rg-0002", "The River Guards shelled Marwa.", **filed)
    assert warned(person, accusing, honest, of_guards, rule="accusing_words") == [("sn-0002", "accusing_words")]
    died = factory.make_claim("sn-0004", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    assert warned(person, died, accusing, rule="accusing_words") == []


def test_a_profile_that_nobody_looked_at_for_a_year_is_told_once(monkeypatch):
    factory.publish(*GROUND)
    claims = [factory.make_claim("rg-0002"), factory.make_claim("rg-0003")]
    assert warned(*claims, rule="stale_profile") == []
    later = timezone.now() + timedelta(days=366)
    monkeypatch.setattr(module.timezone, "now", lambda: later)
    assert warned(*claims, rule="stale_profile") == [("rg", "stale_profile")]
    look_over("rg", by=cast.reviewer())
    assert warned(*claims, rule="stale_profile") == []


def test_a_caution_stops_nothing():
    claim = factory.make_claim("rg-0002")
    documents = {document.uid: document for document in (*GROUND, claim)}
    assert [c.rule for c in cautions({"rg-0002": claim})] == ["one_origin"]
    assert stops(documents, set()) == []


def test_a_retracted_claim_is_not_warned_of():
    gone = factory.make_claim("rg-0002", standing="retracted", standing_note="Wrong.")
    assert warned(gone) == []


@pytest.mark.parametrize("number", [1, 40])
def test_cautions_cost_the_same_however_many_claims(django_assert_num_queries, number):
    factory.publish(*GROUND)
    claims = [factory.make_claim(f"rg-{serial:04}") for serial in range(2, 2 + number)]
    # What they name and the works behind it: two each; who died, newer versions, texts, names, editions, looks.
    with django_assert_num_queries(10):
        found = cautions({claim.uid: claim for claim in claims})
    assert len(found) == number
