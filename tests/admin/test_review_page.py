"""The page of a review: what stands beside a claim, decisions by post, what is left, what was sent back or moved."""

from datetime import timedelta

import msgspec
import pytest
from django.utils import timezone

from profiles.editorial.decide import wanting
from profiles.models import Decision, Publication, Review
from profiles.models.editions import published_digests
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.test_review import page, put_up
from tests.again import standing

NUMBER = factory.make_claim(
    "rg-0002", "The article gives the River Guards about 2,000 fighters, two officials said.", voice="attributed",
    kind="strength", topic="strength", aspect="fighters", precision="about", low=2000, counted="fighters",
    citations=(
        factory.make_citation("rg-0002", "have about 2,000 fighters, two officials said", voice="attributed",
                              speakers=(("spk-0001",),)),
    ),
)  # fmt: skip
PLAIN = factory.make_claim("rg-0003", "An article calls the River Guards an armed group.")


@pytest.fixture
@standing
def review(desk, public):
    factory.load(factory.make_speaker(), NUMBER, PLAIN, by=cast.editor())
    return put_up(desk, "spk-0001", "rg-0002", "rg-0003")


def items(response):
    return {item.uid: item for group in response.context["groups"] for item in group.items}


def say(client, review, claim, verdict="supports", comment="", **values):
    fields = {"uid": claim.uid, "sha256": docs.digest(claim), "verdict": verdict, "comment": comment, **values}
    return client.post(page(review, "decide"), fields)


def test_a_claim_is_shown_with_all_that_it_is_judged_by(review, review_desk):
    item = items(review_desk.get(page(review)))["rg-0002"]
    assert [(fact.label, fact.text) for fact in item.facts] == [
        ("Question", "Fighters"), ("Voice", "attributed"), ("Who is heard", "two officials"),
        ("Number", "about 2,000 fighters"),
    ]  # fmt: skip
    assert item.appears == ["River Guards › Strength › Fighters"]
    assert [flag.value for flag in item.flags] == ["one_origin"]
    assert item.demands == ("gives a number",)
    passage = item.passages[0]
    assert [words for words, hedge in passage.words if hedge] == ["about", "said"]
    assert "".join(words for words, _ in passage.words) == "have about 2,000 fighters, two officials said"
    assert "".join(words for words, _ in passage.before).startswith("The River Guards were founded in around 2013")
    assert "".join(words for words, _ in passage.after).endswith("the shelling of Marwa in 2016.")


def test_a_reworded_claim_is_shown_before_and_after_with_its_voice(review, review_desk, desk):
    review_desk.post(page(review, "approve"))
    for claim in (NUMBER,):
        say(review_desk, review, claim)
    review_desk.post(page(review, "approve"))
    changed = msgspec.structs.replace(
        PLAIN, statement="Articles call them an armed group.", voice="reported", salt="1" * 32
    )
    factory.load(changed, by=cast.editor())
    second = put_up(desk, "rg-0003")
    item = items(review_desk.get(page(second)))["rg-0003"]
    assert item.before == PLAIN.statement
    assert ("out", " calls the River Guards") in item.statement or (
        "out",
        "An article calls the River Guards",
    ) in item.statement
    assert [(f.label, f.before, f.text) for f in item.facts if f.before] == [("Voice", "stated", "reported")]
    assert item.demands == ("changed its voice",)
    assert (item.earlier.verdict, item.earlier.review_id) == ("passed", review.pk)


def test_cautions_stand_beside_their_claim(review_desk, desk, public):
    copied = factory.make_claim(
        "rg-0004", "The River Guards were founded in 2013 by Salim Nasser in the town of Marwa.",
        quote="The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa",
    )  # fmt: skip
    factory.load(copied, by=cast.editor())
    told = items(review_desk.get(page(put_up(desk, "rg-0004"))))["rg-0004"].cautions
    assert [one.split(" “")[0] for one in told] == ["shares", "leaves out"]


def test_a_stop_between_two_claims_leads_to_the_other_and_to_its_mend(review_desk, desk, public):
    told = {"topic": "origins", "aspect": "founded", "sense": "happened"}
    two = [
        factory.make_claim(f"rg-000{n}", f"An article puts the founding at {year}.", when=year, **told)
        for n, year in ((2, "2013"), (3, "2017"))
    ]
    factory.load(*two, by=cast.editor())
    review = put_up(desk, "rg-0002", "rg-0003")
    see = '<a href="/admin/profiles/claim/rg-0003/change/">See rg-0003</a>'
    link = '<a href="/admin/profiles/claim/rg-0002/change/#checks-title">link the two on the page of rg-0002</a>'
    # At the claim, and in the list of all that stops it.
    content = desk.get(page(review)).content.decode()
    assert (content.count(see), content.count(link)) == (2, 2)
    content = review_desk.get(page(review)).content.decode()
    assert (content.count(see), content.count(link)) == (2, 0)


def test_a_decision_goes_to_the_next_that_waits_and_survives(review_desk, desk, public):
    claims = [factory.make_claim(f"rg-{n:04d}", f"It has {n} men, an article says.") for n in range(2, 6)]
    factory.load(*claims, by=cast.editor())
    review = put_up(desk, *(claim.uid for claim in claims))
    assert say(review_desk, review, claims[1]).url == f"{page(review)}?p=1#rg-0004"
    assert say(review_desk, review, claims[3]).url == f"{page(review)}?p=1#rg-0002"
    response = review_desk.get(page(review))
    assert "2 of 4 decided" in response.content.decode()
    assert {uid: item.verdict for uid, item in items(response).items()} == {
        "rg-0002": "", "rg-0003": "supports", "rg-0004": "", "rg-0005": "supports",
    }  # fmt: skip
    assert [items(response)[uid].next for uid in ("rg-0002", "rg-0005")] == ["?p=1#rg-0004", "?p=1#rg-0002"]
    assert say(review_desk, review, claims[0]).url == f"{page(review)}?p=1#rg-0004"
    assert say(review_desk, review, claims[2]).url == f"{page(review)}?p=1#review-bar"


def test_approval_is_offered_once_all_that_needs_it_is_decided(review, review_desk):
    button = 'value="Approve and publish"'
    assert (
        f'{button} data-key="Alt+p" data-key-help="Approve and publish" disabled'
        in review_desk.get(page(review)).content.decode()
    )
    response = review_desk.post(page(review, "approve"))
    assert response.status_code == 409
    assert "rg-0002: gives a number, so that it needs a decision of its own." in response.content.decode()
    say(review_desk, review, NUMBER, comment="Seen.")
    content = review_desk.get(page(review)).content.decode()
    assert f'{button} data-key="Alt+p" data-key-help="Approve and publish">' in content
    assert "1 of 1 decided" in content
    assert "1 other passes with the approval." in content
    assert review_desk.post(page(review, "approve")).status_code == 302
    assert [(d.uid, d.verdict) for d in Decision.objects.filter(review=review)] == [
        ("rg-0002", "supports"), ("rg-0003", "passed"),
    ]  # fmt: skip


def test_a_refusal_without_a_word_is_told_and_a_stale_one_keeps_what_was_typed(review, review_desk):
    response = say(review_desk, review, NUMBER, "does_not", "  ")
    assert response.status_code == 409
    assert "rg-0002: say what the passage does not support" in response.content.decode()
    response = say(review_desk, review, NUMBER, "does_not", "It says nearly.", sha256="a" * 64)
    assert response.status_code == 409
    assert items(response)["rg-0002"].typed == "It says nearly."
    assert not Decision.objects.filter(review=review).exists()


def test_what_is_sent_back_leads_to_each_refused_claim(review, review_desk, desk):
    say(review_desk, review, NUMBER, "does_not", "The article says nearly.")
    assert review_desk.post(page(review, "send-back"), {"note": ""}).status_code == 302
    response = desk.get(page(review))
    content = response.content.decode()
    assert [(uid, one.comment) for uid, _, one in response.context["sent_back"]] == [
        ("rg-0002", "The article says nearly.")
    ]
    assert '<a href="/admin/profiles/claim/rg-0002/change/">rg-0002</a>' in content
    assert "The article says nearly." in content
    assert "Freeze again" in content
    mended = msgspec.structs.replace(NUMBER, low=1900, salt="1" * 32)
    factory.load(mended, by=cast.editor())
    response = desk.post(page(review, "freeze-again"))
    again = Review.objects.latest("pk")
    assert (response.url, again.opener) == (page(again), cast.editor())
    assert list(wanting(again)) == ["rg-0002"]
    earlier = items(desk.get(page(again)))["rg-0002"].earlier
    assert (earlier.verdict, earlier.comment) == ("does_not", "The article says nearly.")
    say(review_desk, again, mended)
    assert review_desk.post(page(again, "approve")).status_code == 302


def test_a_moved_base_is_shown_against_what_is_published_and_frozen_again(review_desk, desk, public):
    factory.load(PLAIN, by=cast.editor())
    first = put_up(desk, "rg-0003")
    better = msgspec.structs.replace(PLAIN, statement="An article calls them a river militia.", salt="1" * 32)
    factory.load(better, by=cast.editor())
    assert review_desk.post(page(put_up(desk, "rg-0003"), "approve")).status_code == 302
    item = items(review_desk.get(page(first)))["rg-0003"]
    assert item.moved
    assert [(c.field, c.before, c.after) for c in item.published] == [("statement", better.statement, PLAIN.statement)]
    assert "Freeze again" not in review_desk.get(page(first)).content.decode()
    assert review_desk.post(page(first, "freeze-again")).status_code == 403
    assert desk.post(page(first, "freeze-again")).status_code == 409
    third = msgspec.structs.replace(PLAIN, statement="An article calls them river men.", salt="2" * 32)
    factory.load(third, by=cast.editor())
    assert desk.post(page(first, "freeze-again")).status_code == 302
    again = Review.objects.latest("pk")
    assert not items(review_desk.get(page(again)))["rg-0003"].moved
    assert review_desk.post(page(again, "approve")).status_code == 302
    assert published_digests(["rg-0003"])["rg-0003"] == docs.digest(third)


def test_what_another_review_has_published_as_it_is_frozen_here_is_told_and_stops_nothing(review_desk, desk, public):
    factory.load(PLAIN, by=cast.editor())
    first = put_up(desk, "rg-0003")
    factory.load(factory.make_source("src-0002", "Two", slug="two"), by=cast.editor())
    both = put_up(desk, "rg-0003", "src-0002")
    told = "Public already, as it is frozen here"
    assert told not in review_desk.get(page(both)).content.decode()
    assert review_desk.post(page(first, "approve")).status_code == 302
    content = review_desk.get(page(both)).content.decode()
    assert content.count(told) == 1
    assert "Published meanwhile in another state" not in content
    assert review_desk.post(page(both, "approve")).status_code == 302
    both.refresh_from_db()
    assert both.state == "approved"


def test_a_review_is_approved_for_a_set_time_and_taken_back(review, review_desk, desk):
    say(review_desk, review, NUMBER)
    for typed, told in (("soon", "Give the time as"), ("2001-01-01T00:00", "still to come")):
        response = review_desk.post(page(review, "schedule"), {"at": typed})
        assert (response.status_code, told in response.content.decode()) == (409, True)
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    assert review_desk.post(page(review, "schedule"), {"at": f"{at:%Y-%m-%dT%H:%M}"}).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.publish_at, review.decided_by) == ("scheduled", at, cast.reviewer())
    content = desk.get(page(review)).content.decode()
    assert f"It is published at {at.day} {at:%b %Y, %H:%M} UTC" in content
    assert say(review_desk, review, NUMBER, "does_not", "Wait.").status_code == 409
    assert signed_in(cast.editor("ed2")).post(page(review, "cancel")).status_code == 403
    assert desk.post(page(review, "cancel")).status_code == 302
    review.refresh_from_db()
    assert (review.state, Publication.objects.count()) == ("open", 1)


def test_why_it_was_not_published_at_its_time_stands_on_the_page(review, review_desk):
    Review.objects.filter(pk=review.pk).update(trouble="You may not approve reviews.\nrg-0002: other.")
    content = review_desk.get(page(review)).content.decode()
    assert "It was approved for a set time, and not published then" in content
    assert '<li dir="auto">rg-0002: other.</li>' in content


def test_the_rest_is_passed_together_by_one_press(review, review_desk):
    assert "Pass together now" in review_desk.get(page(review)).content.decode()
    assert review_desk.post(page(review, "pass")).status_code == 302
    response = review_desk.get(page(review))
    assert items(response)["rg-0003"].verdict == "passed"
    assert "Pass together now" not in response.content.decode()


def test_neither_opener_nor_reader_sees_a_form_or_decides_by_post(review, desk, review_desk):
    both = cast.editor()
    both.groups.add(*cast.reviewer().groups.all())
    content = desk.get(page(review)).content.decode()
    assert "Supports as worded</button>" not in content
    assert "Supports as worded</button>" in review_desk.get(page(review)).content.decode()
    for act in ("decide", "pass", "approve", "schedule", "send-back"):
        assert desk.post(page(review, act), {"uid": "rg-0002", "verdict": "supports", "note": "n"}).status_code == 403
        assert desk.get(page(review, act)).status_code == 405
    assert not Decision.objects.filter(review=review).exists()


def test_comments_and_notes_are_escaped(review, review_desk, desk):
    hostile = '"><script>alert(1)</script>'
    say(review_desk, review, NUMBER, "does_not", hostile)
    for client in (desk, review_desk):
        content = client.get(page(review)).content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;alert(1)" in content


def test_a_long_review_is_read_a_hundred_a_page(review_desk, desk, public):
    claims = [factory.make_claim(f"rg-{n:04d}", f"It has {n} men, an article says.") for n in range(2, 152)]
    factory.load(*claims, by=cast.editor())
    review = put_up(desk, *(claim.uid for claim in claims))
    assert [len(items(review_desk.get(page(review), {"p": p}))) for p in (1, 2, 99, "x")] == [100, 50, 50, 100]
    assert say(review_desk, review, claims[99]).url == f"{page(review)}?p=2#rg-0102"
    response = say(review_desk, review, claims[120], "does_not")
    assert response.context["read"].page == 2
