"""Attacks on decisions and on set times: nobody decides on their own words, and no time is a second person."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.decide import Said, decide, wanting
from profiles.editorial.edit import Refused
from profiles.editorial.freeze import freeze_again
from profiles.editorial.people import change_roles, deactivate
from profiles.editorial.review import open_review
from profiles.editorial.schedule import schedule_review
from profiles.exchange.release import release
from profiles.models import Decision, Review, User
from profiles.models.editions import published_digests
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.second_person.pressing import nothing_is_public, press

pytestmark = pytest.mark.django_db

UIDS = ["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"]


@pytest.fixture
def review(drafts):
    """One that gives a number, so that somebody has to decide on it."""
    factory.load(factory.make_claim("rg-0002", "It has 2,000 fighters, the article says."), by=cast.editor())
    return open_review(UIDS, by=cast.editor(), kind="new")


def approves(review):
    return [Said(uid, sha, "supports") for uid, sha in wanting(review).items()]


def soon():
    return timezone.now() + timedelta(hours=1)


def make_due(review):
    Review.objects.filter(pk=review.pk).update(publish_at=timezone.now() - timedelta(minutes=1))


def run_timer():
    try:
        call_command("publish_due", verbosity=0)
    except Exception as error:
        return str(error)
    return ""


def test_without_a_decision_no_path_publishes(review):
    reviewer = cast.reviewer()
    sue = cast.superuser()
    assert press(reviewer, review) == 409
    assert press(sue, review) == 409
    for user in (reviewer, sue):
        with pytest.raises(Refused, match="rg-0002: gives a number"):
            release(review, by=user)
        with pytest.raises(Refused, match="rg-0002: gives a number"):
            schedule_review(review, by=user, at=soon())
    make_due(review)
    run_timer()
    assert nothing_is_public()
    assert press(reviewer, factory.decided(review)) == 302


def test_a_review_set_to_scheduled_by_sql_is_not_published_by_the_timer(review):
    """Each way to forge it: nobody approved, the opener did, a second person did and decided on nothing."""
    for who in (None, cast.editor(), cast.reviewer()):
        Review.objects.filter(pk=review.pk).update(state="scheduled", decided_by=who)
        make_due(review)
        assert run_timer() == "Not published at their time: 1."
        review.refresh_from_db()
        assert review.state == "open"
    assert nothing_is_public()


def test_nobody_decides_on_a_review_that_they_opened_or_wrote(drafts):
    sue = cast.superuser()
    factory.load(factory.make_claim("rg-0002", "It has 2,000 fighters, the article says."), by=sue)
    review = open_review(UIDS, by=cast.editor(), kind="new")
    cast.editor().groups.add(*cast.reviewer().groups.all())
    opener = User.objects.get(username="edith")
    for user, told in ((sue, "You wrote some"), (opener, "You opened this review")):
        with pytest.raises(Refused, match=told):
            decide(review, approves(review), by=user)
    assert not review.decisions.exists()


def test_decisions_forged_in_the_authors_name_or_on_other_words_count_for_nothing(review):
    frozen = wanting(review)["rg-0002"]
    for values in (
        {"by": cast.editor(), "sha256": frozen},
        {"by": cast.reviewer("rita"), "sha256": "a" * 64},
        {"by": cast.reviewer("rita"), "sha256": frozen, "verdict": "passed"},
    ):
        Decision.objects.create(**{"review": review, "uid": "rg-0002", "verdict": "supports", **values})
    assert press(cast.reviewer(), review) == 409
    assert nothing_is_public()


def test_an_account_that_the_author_got_into_decides_on_nothing(review):
    reviewer = cast.reviewer()
    record("password_set", by=cast.editor(), account=reviewer)
    with pytest.raises(Refused, match="a third person decides"):
        decide(review, approves(review), by=User.objects.get(pk=reviewer.pk))


def lose_role(reviewer):
    change_roles(reviewer, ["editor"], by=cast.superuser())


def lose_activity(reviewer):
    deactivate(reviewer, by=cast.superuser())


def lose_account_to_the_author(reviewer):
    record("second_factor_reset", by=cast.editor(), account=reviewer)


@pytest.mark.parametrize("loss", [lose_role, lose_activity, lose_account_to_the_author])
def test_an_approver_who_lost_the_right_meanwhile_publishes_nothing(review, loss):
    reviewer = cast.reviewer()
    schedule_review(factory.decided(review), by=reviewer, at=soon())
    loss(User.objects.get(pk=reviewer.pk))
    make_due(review)
    assert run_timer() == "Not published at their time: 1."
    review.refresh_from_db()
    assert (review.state, review.decided_by) == ("open", None)
    assert nothing_is_public()


def test_the_positive_twin_at_its_time_it_is_published(review):
    schedule_review(factory.decided(review), by=cast.reviewer(), at=soon())
    make_due(review)
    assert run_timer() == ""
    assert not nothing_is_public()


def test_a_set_time_is_not_an_approval_that_one_gives_oneself(review):
    opener = cast.editor()
    opener.groups.add(*cast.reviewer().groups.all())
    User.objects.filter(pk=opener.pk).update(is_superuser=True)
    with pytest.raises(Refused, match="You opened this review"):
        schedule_review(factory.decided(review), by=User.objects.get(pk=opener.pk), at=soon())


# -- by what is posted -------------------------------------------------------------------------------------


def posted(review, **values):
    uid, sha = next(iter(wanting(review).items()))
    return {"uid": uid, "sha256": sha, "verdict": "supports", "comment": "I say so.", **values}


ACTS = ("decide", "pass", "approve", "schedule", "send-back")


@pytest.mark.parametrize("superuser", [False, True])
def test_whoever_opened_posts_to_each_act_in_vain(review, superuser):
    opener = cast.editor()
    opener.groups.add(*cast.reviewer().groups.all())
    User.objects.filter(pk=opener.pk).update(is_superuser=superuser)
    before = Review.objects.values().get()
    for act in ACTS:
        desk = signed_in(User.objects.get(pk=opener.pk))
        fields = posted(review, at=f"{soon():%Y-%m-%dT%H:%M}", note="n", by=cast.reviewer().pk, user="rashid")
        assert desk.post(f"/admin/profiles/review/{review.pk}/{act}/", fields).status_code == 403
    assert Review.objects.values().get() == before
    assert not review.decisions.exists()


def test_a_decision_is_its_own_posters_whatever_is_posted(review):
    desk = signed_in(cast.reviewer())
    fields = posted(review, by=cast.reviewer("rita").pk, at="2001-01-01", review_id=99, passages='[{"seen": true}]')
    assert desk.post(f"/admin/profiles/review/{review.pk}/decide/", fields).status_code == 302
    kept = review.decisions.get()
    assert (kept.by.username, [passage["seen"] for passage in kept.passages]) == ("rashid", [False])


@pytest.mark.parametrize("values", [{"sha256": "a" * 64}, {"uid": "rg-0001"}, {"verdict": "passed"}, {"verdict": ""}])
def test_a_post_for_other_words_or_without_a_verdict_keeps_nothing(review, values):
    desk = signed_in(cast.reviewer())
    assert desk.post(f"/admin/profiles/review/{review.pk}/decide/", posted(review, **values)).status_code == 409
    assert not review.decisions.exists()


@pytest.mark.parametrize("act", [*ACTS, "freeze-again", "take-back", "cancel"])
def test_each_act_takes_a_post_with_a_token(review, act):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(cast.reviewer())
    address = f"/admin/profiles/review/{review.pk}/{act}/"
    assert desk.get(address).status_code == 405
    assert desk.post(address, posted(review)).status_code == 403
    assert not review.decisions.exists()


def test_a_reviewer_does_not_freeze_again_what_another_opened(review):
    desk = signed_in(cast.make_user("bea", "editor", "reviewer"))
    assert desk.post(f"/admin/profiles/review/{review.pk}/freeze-again/").status_code == 403
    assert Review.objects.count() == 1


def test_freezing_again_takes_no_decision_of_its_new_author_along(review):
    """Who decided, then edited, then has the opener freeze it again: their word on the rest is gone."""
    both = cast.make_user("bea", "editor", "reviewer")
    decide(review, approves(review), by=both)
    factory.load(factory.make_claim("rg-0002", "It has 3,000 fighters, the article says."), by=both)
    again = freeze_again(review, by=cast.editor())
    assert not again.decisions.exists()
    assert press(both, again) == 403
    assert press(cast.reviewer(), again) == 409
    assert nothing_is_public()


@pytest.mark.parametrize("loss", [lose_role, lose_activity, lose_account_to_the_author])
def test_freezing_again_takes_no_word_along_of_who_may_no_longer_decide(review, loss):
    """Their refusal is taken along: else it would be gone with their right."""
    rosa = cast.reviewer("rosa")
    factory.load(factory.make_claim("rg-0003", "It has 40 boats, the article says."), by=cast.editor())
    review = open_review([*UIDS, "rg-0003"], by=cast.editor(), kind="new")
    frozen = wanting(review)
    said = [
        Said("rg-0002", frozen["rg-0002"], "supports"),
        Said("rg-0003", frozen["rg-0003"], "does_not", "No boats are in it."),
    ]
    decide(review, said, by=rosa)
    kept = freeze_again(review, by=cast.editor())
    assert list(kept.decisions.values_list("uid", "verdict")) == [("rg-0002", "supports"), ("rg-0003", "does_not")]
    loss(User.objects.get(pk=rosa.pk))
    again = freeze_again(kept, by=cast.editor())
    assert list(again.decisions.values_list("uid", "verdict")) == [("rg-0003", "does_not")]


@pytest.mark.parametrize("loss", [lose_role, lose_activity, lose_account_to_the_author])
def test_who_lost_the_right_decides_on_nothing(review, loss):
    rosa = cast.reviewer("rosa")
    desk = signed_in(rosa)
    loss(User.objects.get(pk=rosa.pk))
    with pytest.raises(Refused):
        decide(review, approves(review), by=User.objects.get(pk=rosa.pk))
    assert desk.post(f"/admin/profiles/review/{review.pk}/decide/", posted(review)).status_code in (302, 403)
    assert not review.decisions.exists()


@pytest.mark.parametrize("became", ["author of the frozen words", "author of later ones"])
def test_an_approver_who_writes_meanwhile(review, became):
    """What was frozen is not theirs, and is published as it was approved; what they write later is not in it."""
    both = cast.make_user("bea", "editor", "reviewer")
    schedule_review(factory.decided(review), by=both, at=soon())
    if became == "author of later ones":
        factory.load(factory.make_claim("rg-0002", "It has 3,000 fighters, the article says."), by=both)
    else:
        review.authors.add(both)
    make_due(review)
    told = run_timer()
    if became == "author of later ones":
        assert told == ""
        frozen = review.entries.get(uid="rg-0002").after
        assert published_digests(["rg-0002"]) == {"rg-0002": frozen}
    else:
        assert told == "Not published at their time: 1."
        assert nothing_is_public()
