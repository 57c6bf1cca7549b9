"""Decisions on claims: which need one of their own, who may give it, what it is kept with, and what it stops."""

import msgspec
import pytest

from profiles.editorial.decide import Said, decide, gives_number, pass_rest, wanting
from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.freeze import freeze_again
from profiles.editorial.publish import publish_review
from profiles.editorial.review import all_drafts, open_review, send_back
from profiles.editorial.take_down import redact
from profiles.models import AuditEntry, Capture, Decision, Review
from profiles.models.editions import published_digests
from profiles.models.projection import Projection
from profiles.values import documents as docs
from tests import cast, factory

pytestmark = pytest.mark.django_db

PLAIN = factory.make_claim("rg-0002", "The article calls the River Guards an armed group.")
NUMBER = factory.make_claim("rg-0003", "The article gives the River Guards about 2,000 fighters.", quote="about 2,000")


def publish(review, by=None):
    return publish_review(review, by=by or cast.reviewer(), project=lambda release: Projection())


def opened(*documents):
    bring_in(documents, by=cast.editor())
    return open_review(all_drafts(), by=cast.editor())


def said_of(document, verdict="supports", comment=""):
    return Said(document.uid, docs.digest(document), verdict, comment)


@pytest.fixture
def public(db):
    factory.publish(*factory.make_ground(), factory.make_person(), factory.make_name("sn-0001", "Salim Nasser"))


@pytest.mark.parametrize(
    ("values", "needs"),
    [
        ({}, False),
        ({"voice": "alleged"}, True),
        ({"topic": "conduct", "aspect": "accusations"}, True),
        ({"about": "sn"}, True),
        ({"mentions": ("sn",)}, True),
        ({"statement": "The article says that SALIM NASSER’s men were there."}, True),
        ({"statement": "The article says that Salim was there."}, False),
        ({"kind": "strength", "precision": "about", "low": 2000, "counted": "fighters"}, True),
        ({"statement": "The article says that they killed 4 people in 2016."}, True),
        ({"statement": "The article says that they began in 2016, on 4 May."}, False),
    ],
)
def test_what_alleges_or_names_the_living_or_gives_a_number_needs_its_own_decision(public, values, needs):
    review = opened(factory.make_claim("rg-0002", **values))
    assert list(wanting(review)) == (["rg-0002"] if needs else [])


def test_a_changed_voice_needs_its_own_decision_and_changed_words_do_not(public):
    factory.publish(PLAIN)
    reworded = msgspec.structs.replace(PLAIN, statement="It is an armed group, the article says.", salt="1" * 32)
    assert list(wanting(opened(reworded))) == []
    assert list(wanting(opened(msgspec.structs.replace(reworded, voice="reported", salt="2" * 32)))) == ["rg-0002"]


@pytest.mark.parametrize(
    ("statement", "gives"),
    [
        ("It was founded in 2013.", False),
        ("An article of 7 April 2025 says so.", False),
        ("It grew in the 1990s, and in 2005-2006.", False),
        ("It has 2,000 members.", True),
        ("It has 2000 fighters.", True),
        ("It won 3 seats in 2018.", True),
        ("Unnamed media outlets have blamed it for the killing of dozens of people.", True),
        ("It took part in one attack.", False),
        ("It lost one man in early 2016 and one by the late 1990s, between May 2014 and 2018.", False),
        ("It was seen from 2007 to 2010, around 2012, until 2013 and before 2014.", False),
        ("An article of 2025-04-07 says so, and one of 4-6 May 2016.", False),
        ("It lost twelve men.", True),
        ("It lost twenty-five men.", True),
        ("It lost a dozen men.", True),
        ("It has a thousand men.", True),
        ("Half of its men left.", True),
        ("One-third of its men left.", True),
        ("A quarter of its men left its headquarters.", True),
        ("Its headquarters are in Marwa.", False),
        ("It has 1500 under arms.", True),
        ("It has about 2000 of them.", True),
        ("It is made of 1000-2000 fighters.", True),
        ("It grew to 2000 armed men.", True),
        ("It put its trust in 2000 armed young men.", True),
        ("It was one of the 2000 who came.", True),
        ("In 2016 it paid members.", False),
        ("It fell by 1500%.", True),
        ("It stood in the 2018 election.", False),
        ("It won the 2018 election.", True),
        ("It lost approx.300 of them.", True),
    ],
)
def test_figures_that_are_no_date_are_numbers(statement, gives):
    assert gives_number(factory.make_claim("rg-0002", statement)) is gives


@pytest.mark.parametrize(
    ("statement", "gives"),
    [
        ("The article says that it fought beside Brigade 45 in 2016.", False),
        ("The article says that it fought beside Brigade 45 (of Marwa).", False),
        ("The article says that it fought beside Brigade 450.", True),
        ("The article says that it fought beside Brigade 45,000 strong.", True),
        ("The article says that 45 of Brigade 45 fought beside it.", True),
        ("The article says that it fought beside brigade 46.", True),
    ],
)
def test_a_number_that_is_part_of_a_stored_name_is_no_figure(public, statement, gives):
    factory.load(factory.make_group("br", "Brigade 45"), factory.make_name("br-0001", "Brigade 45"))
    made = factory.make_claim("rg-0002", statement, mentions=("br",))
    factory.load(made, by=cast.editor())
    review = open_review(["br", "br-0001", "rg-0002"], by=cast.editor())
    assert list(wanting(review)) == (["rg-0002"] if gives else [])


def test_a_name_of_figures_alone_hides_none():
    assert gives_number(factory.make_claim("rg-0002", "It has 2,000 members."), ["2,000"]) is True


def test_approval_waits_for_the_decision_on_a_number_and_passes_the_rest(public):
    review = opened(PLAIN, NUMBER)
    with pytest.raises(Refused, match="rg-0003: gives a number, so that it needs a decision of its own"):
        publish(review)
    assert "rg-0003" not in published_digests()
    decide(review, [said_of(NUMBER)], by=cast.reviewer())
    publish(review)
    kept = [(d.uid, d.sha256, d.verdict, d.by.username) for d in Decision.objects.filter(review=review)]
    assert kept == [
        ("rg-0003", docs.digest(NUMBER), "supports", "rashid"),
        ("rg-0002", docs.digest(PLAIN), "passed", "rashid"),
    ]


def test_a_decision_keeps_each_passage_and_whether_it_was_seen(public):
    review = opened(PLAIN, NUMBER)
    decide(review, [said_of(NUMBER)], by=cast.reviewer())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)
    decide(review, [said_of(NUMBER)], by=cast.reviewer())
    passage = {"citation": "rg-0003-c1", "passage": NUMBER.citations[0].passage_sha256}
    assert [d.passages for d in review.decisions.all()] == [[{**passage, "seen": False}], [{**passage, "seen": True}]]
    assert [(e.thing, e.note) for e in AuditEntry.objects.filter(act="claim_decided")][:2] == [
        (f"review {review.pk}", "rg-0003: supports as worded")
    ] * 2


def test_a_refusal_blocks_until_its_own_author_takes_it_back(public):
    review = opened(NUMBER)
    decide(review, [said_of(NUMBER, "does_not", "It says nearly.")], by=cast.reviewer())
    with pytest.raises(Refused, match="rg-0003: refused by a reviewer"):
        publish(review)
    decide(review, [said_of(NUMBER)], by=cast.reviewer("rita"))
    with pytest.raises(Refused, match="rg-0003: refused by a reviewer"):
        publish(review, by=cast.reviewer("rita"))
    decide(review, [said_of(NUMBER)], by=cast.reviewer())
    assert publish(review, by=cast.reviewer("rita")).number == 2


def test_a_plain_claim_may_be_refused_too(public):
    review = opened(PLAIN)
    decide(review, [said_of(PLAIN, "does_not", "Where?")], by=cast.reviewer())
    with pytest.raises(Refused, match="rg-0002: refused by a reviewer"):
        publish(review)
    with pytest.raises(Refused, match="Nothing is left"):
        pass_rest(review, by=cast.reviewer())


def test_the_rest_is_passed_in_one_act(public):
    review = opened(PLAIN, NUMBER)
    assert [d.uid for d in pass_rest(review, by=cast.reviewer())] == ["rg-0002"]
    with pytest.raises(Refused, match="Nothing is left"):
        pass_rest(review, by=cast.reviewer())
    with pytest.raises(Refused, match="rg-0003: gives a number"):
        publish(review)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said("rg-0009", "a" * 64, "supports"), "rg-0009 is not in this review"),
        (Said("rg-0003", "a" * 64, "supports"), "rg-0003 is not what you had before you"),
        (said_of(NUMBER, "passed"), "rg-0003: say whether"),
        (said_of(NUMBER, "does_not", "  "), "rg-0003: say what the passage does not support"),
        (said_of(NUMBER, "supports", "x" * 5001), "5,000 signs at most"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(public, said, told):
    review = opened(PLAIN, NUMBER)
    with pytest.raises(Refused, match=told):
        decide(review, [said_of(PLAIN), said], by=cast.reviewer())
    assert not review.decisions.exists()


def test_neither_opener_nor_author_nor_reader_decides(public):
    review = opened(NUMBER)
    author = cast.make_user("anna", "reviewer")
    review.authors.add(author)
    for user, told in (
        (cast.editor(), "You may not approve"), (author, "You wrote some"), (cast.make_user("rita"), "You may not"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=told):
            decide(review, [said_of(NUMBER)], by=user)
        with pytest.raises(Refused, match=told):
            pass_rest(review, by=user)
    assert not review.decisions.exists()


def test_a_decision_of_who_wrote_it_counts_for_nothing(public):
    """A row by a shell in the name of an author."""
    review = opened(NUMBER)
    Decision.objects.create(
        review=review, uid="rg-0003", sha256=docs.digest(NUMBER), verdict="supports", by=cast.editor()
    )
    with pytest.raises(Refused, match="rg-0003: gives a number"):
        publish(review)


def test_a_refusal_while_pages_are_rendered_counts(public):
    review = opened(NUMBER)
    decide(review, [said_of(NUMBER)], by=cast.reviewer())

    def meanwhile(release):
        decide(review, [said_of(NUMBER, "does_not", "Wait.")], by=cast.reviewer("rita"))
        return Projection()

    with pytest.raises(Refused, match="rg-0003: refused by a reviewer"):
        publish_review(review, by=cast.reviewer(), project=meanwhile)
    assert "rg-0003" not in published_digests()


def test_a_review_with_refused_claims_goes_back_without_more_words(public):
    review = opened(NUMBER)
    with pytest.raises(Refused, match="Say why"):
        send_back(review, by=cast.reviewer())
    decide(review, [said_of(NUMBER, "does_not", "It says nearly.")], by=cast.reviewer())
    assert send_back(review, by=cast.reviewer()).state == "sent_back"


def test_freezing_again_carries_decisions_on_what_is_the_same(public):
    other = factory.make_claim("rg-0004", "The article gives them 2,000 fighters too.", quote="about 2,000")
    review = opened(PLAIN, NUMBER, other)
    decide(review, [said_of(NUMBER), said_of(other, "does_not", "Nearly so many.")], by=cast.reviewer())
    send_back(review, by=cast.reviewer())
    mended = msgspec.structs.replace(other, statement="The article gives about 2,000.", salt="1" * 32)
    bring_in([mended], by=cast.editor())
    again = freeze_again(review, by=cast.editor())
    assert [(d.uid, d.sha256, d.verdict, d.by.username) for d in again.decisions.all()] == [
        ("rg-0003", docs.digest(NUMBER), "supports", "rashid")
    ]
    assert (again.kind, Review.objects.get(pk=review.pk).state) == (review.kind, "sent_back")
    with pytest.raises(Refused, match="rg-0004: gives a number"):
        publish(again)
    decide(again, [said_of(mended)], by=cast.reviewer())
    assert publish(again).number == 2


def test_freezing_again_takes_the_moved_base_and_carries_nothing_of_it(public):
    review = opened(NUMBER)
    decide(review, [said_of(NUMBER)], by=cast.reviewer())
    factory.publish(msgspec.structs.replace(NUMBER, statement="It has about 2,000 fighters.", salt="1" * 32))
    bring_in([NUMBER], by=cast.editor())
    with pytest.raises(Refused, match="Published meanwhile in another state"):
        publish(review)
    again = freeze_again(review, by=cast.editor())
    assert again.entries.get().before == published_digests(["rg-0003"])["rg-0003"]
    assert not again.decisions.exists()
    assert Review.objects.get(pk=review.pk).state == "dropped"


def test_a_decision_of_who_has_written_since_is_not_carried(public):
    review = opened(PLAIN, NUMBER)
    both = cast.make_user("bea", "editor", "reviewer")
    decide(review, [said_of(NUMBER)], by=both)
    bring_in([msgspec.structs.replace(PLAIN, statement="Armed, it says.", salt="1" * 32)], by=both)
    assert not freeze_again(review, by=cast.editor()).decisions.exists()


def test_the_opener_alone_freezes_again_and_no_closed_review(public):
    review = opened(NUMBER)
    with pytest.raises(Refused, match="Only who opened"):
        freeze_again(review, by=cast.editor("ed2"))
    publish(factory.decided(review))
    with pytest.raises(Refused, match="This review is approved"):
        freeze_again(review, by=cast.editor())


@pytest.mark.parametrize("number", [1, 300])
def test_deciding_and_publishing_ask_no_more_for_more(public, number, django_assert_max_num_queries):
    review = opened(*(factory.make_claim(f"rg-{n:04d}", f"It has {n} men.") for n in range(2, number + 2)))
    reviewer = cast.reviewer()
    with django_assert_max_num_queries(22):
        factory.decided(review)
    assert review.decisions.count() == number
    assert publish(review, by=reviewer).number == 2


def test_redaction_takes_the_comment_too(public):
    review = opened(NUMBER)
    decide(review, [said_of(NUMBER, "supports", "2,000, it says.")], by=cast.reviewer())
    publish(review)
    redact("rg-0003", by=cast.editor(), reason="Withdrawn.", project=lambda release: Projection())
    assert [d.comment for d in Decision.objects.filter(uid="rg-0003")] == [""]
