"""A claim says something else over passages that stayed: it waits for a second look, until somebody has looked."""

import pytest

from profiles.editorial.edit import Refused, Stale
from profiles.editorial.mapping import read_rows
from profiles.editorial.revert import revert_to
from profiles.editorial.second_look import still_supports
from profiles.models import AuditEntry, Claim, SecondLook
from profiles.values import documents as docs
from tests import cast, factory

pytestmark = pytest.mark.django_db

FIRST = {"topic": "origins", "aspect": "founded", "when": "2013~", "sense": "happened"}


@pytest.fixture(autouse=True)
def ground():
    factory.load(*factory.make_ground(), factory.make_claim("rg-0002", **FIRST), by=cast.editor())


def say(statement="The River Guards were founded in 2013.", **values):
    factory.load(factory.make_claim("rg-0002", statement, **{**FIRST, **values}), by=cast.editor())
    return docs.digest(read_rows(["rg-0002"])["rg-0002"])


def waiting():
    return [row.claim for row in SecondLook.objects.waiting()]


def test_other_words_or_another_date_over_the_same_passage_wait():
    assert waiting() == []
    say()
    assert waiting() == ["rg-0002"]
    say(when="2013")
    assert waiting() == ["rg-0002"]
    assert SecondLook.objects.count() == 2


def test_what_no_passage_speaks_of_may_change():
    factory.load(factory.make_claim("rg-0003"))
    changed = {"aspect": "place", "standing": "doubted", "standing_note": "Unsure.", "mentions": ("rg",)}
    factory.load(factory.make_claim("rg-0002", **{**FIRST, **changed}), by=cast.editor())
    assert waiting() == []


def test_a_claim_that_is_cited_anew_waits_no_more():
    say()
    say(quote="The harbour authority listed the River Guards in 2019")
    assert waiting() == []
    assert SecondLook.objects.latest("pk").decision == "recited"


def test_one_passage_of_two_that_stays_is_enough_to_ask():
    one, two = factory.make_citation("rg-0002"), factory.make_citation("rg-0002", "listed the River Guards", 2)
    factory.load(factory.make_claim("rg-0002", citations=(one, two), **FIRST), by=cast.editor())
    say(citations=(one, factory.make_citation("rg-0002", "in 2019", 2)))
    assert waiting() == ["rg-0002"]


def test_still_supports_is_kept_by_digest_and_asked_again_with_the_next_change():
    sha = say()
    (row,) = still_supports({"rg-0002": sha}, by=cast.editor())
    assert (row.decision, row.decided, row.decided_by) == ("supports", sha, cast.editor())
    assert AuditEntry.objects.get(act="second_look").thing == "rg-0002"
    assert waiting() == []
    say("The River Guards were founded in about 2013.")
    assert waiting() == ["rg-0002"]


def test_what_changed_since_it_was_shown_is_not_decided_on():
    sha = say()
    say("The River Guards were founded in about 2013.")
    with pytest.raises(Stale, match="changed one of these"):
        still_supports({"rg-0002": sha}, by=cast.editor())
    assert waiting() == ["rg-0002"]


def test_what_does_not_wait_and_what_one_may_not_change_is_refused():
    sha = say()
    with pytest.raises(Refused, match="You may not"):
        still_supports({"rg-0002": sha}, by=cast.reviewer())
    still_supports({"rg-0002": sha}, by=cast.editor())
    with pytest.raises(Refused, match="meanwhile"):
        still_supports({"rg-0002": sha}, by=cast.editor())
    with pytest.raises(Refused, match="Tick"):
        still_supports({}, by=cast.editor())


def test_a_claim_put_back_to_what_it_said_waits_no_more_and_to_anything_else_does():
    first = Claim.objects.get(pk="rg-0002").draft_digest
    second = say()
    say("The River Guards were founded in about 2013.")
    revert_to("rg-0002", second, by=cast.editor())
    assert waiting() == ["rg-0002"]
    revert_to("rg-0002", first, by=cast.editor())
    assert waiting() == []


def test_a_retracted_claim_does_not_wait():
    say()
    Claim.objects.filter(pk="rg-0002").update(standing="retracted")
    assert waiting() == []
