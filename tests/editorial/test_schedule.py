"""Approved for a set time: every check is made again at that time, and what fails is put back, saying why."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from profiles.editorial.decide import decide
from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.publication import TryAgain
from profiles.editorial.publish import publish_review
from profiles.editorial.review import drop_review, open_review, send_back
from profiles.editorial.schedule import cancel_schedule, publish_due, schedule_review
from profiles.editorial.working import work
from profiles.models import AuditEntry, Decision, Publication, Review, User
from profiles.models.editions import published_digests
from profiles.models.projection import Projection
from tests import cast, factory
from tests.again import standing
from tests.editorial.test_decide import NUMBER, PLAIN, said_of

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=3)


def no_pages(release):
    return Projection()


def due(project=no_pages):
    return [(review.pk, made and made.number) for review, made in publish_due(project, now=timezone.now() + LATER)]


@pytest.fixture
@standing
def review(db):
    factory.publish(*factory.make_ground())
    bring_in([PLAIN, NUMBER], by=cast.editor())
    return factory.decided(open_review(["rg-0002", "rg-0003"], by=cast.editor()))


@pytest.fixture
def scheduled(review):
    return schedule_review(review, by=cast.reviewer(), at=timezone.now() + timedelta(hours=2))


def acts():
    return [(e.act, e.note) for e in AuditEntry.objects.filter(act__startswith="review_").order_by("pk")][3:]


def test_it_is_published_when_its_time_has_come_and_not_before(scheduled):
    assert (scheduled.state, scheduled.decided_by.username) == ("scheduled", "rashid")
    assert list(publish_due(no_pages)) == []
    assert "rg-0003" not in published_digests()
    assert due() == [(scheduled.pk, 2)]
    assert due() == []
    approved = scheduled.decided_at
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publication_id, scheduled.decided_at) == ("approved", 2, approved)
    assert {"rg-0002", "rg-0003"} <= published_digests().keys()


def test_the_rest_is_passed_when_it_is_approved(scheduled):
    assert [(d.uid, d.verdict) for d in Decision.objects.filter(review=scheduled)] == [
        ("rg-0003", "supports"), ("rg-0002", "passed"),
    ]  # fmt: skip


@pytest.mark.parametrize("ahead", [timedelta(hours=-1), timedelta(days=400)])
def test_a_time_that_is_past_or_far_is_refused(review, ahead):
    with pytest.raises(Refused, match="still to come"):
        schedule_review(review, by=cast.reviewer(), at=timezone.now() + ahead)


def test_what_cannot_be_published_now_is_not_scheduled(review):
    soon = timezone.now() + timedelta(hours=1)
    decide(review, [said_of(NUMBER, "does_not", "Nearly.")], by=cast.reviewer())
    for user, told in ((cast.reviewer(), "refused by a reviewer"), (cast.editor(), "You may not approve")):
        with pytest.raises(Refused, match=told):
            schedule_review(review, by=user, at=soon)
    review.refresh_from_db()
    assert review.state == "open"


def loses_role(review):
    User.objects.get(username="rashid").groups.clear()


def is_deactivated(review):
    User.objects.filter(username="rashid").update(is_active=False)


def became_author(review):
    review.authors.add(cast.reviewer())


def base_moved(review):
    other = factory.make_claim("rg-0003", "Other words with 2,000 men.", quote="about 2,000")
    bring_in([other], by=cast.editor())
    publish_review(factory.decided(open_review(["rg-0003"], by=cast.editor())), by=cast.reviewer(), project=no_pages)


def nobody_approved(review):
    Review.objects.filter(pk=review.pk).update(decided_by=None)


def decision_is_a_refusal_now(review):
    Decision.objects.create(
        review=review, uid="rg-0003", sha256=said_of(NUMBER).sha256, verdict="does_not", by=cast.reviewer("rita")
    )


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (loses_role, "You may not approve reviews."),
        (is_deactivated, "You may not approve reviews."),
        (became_author, "You wrote some of these changes: a second person decides on them."),
        (base_moved, "Published meanwhile in another state: rg-0003. Put them up for review again."),
        (nobody_approved, "Nobody approved it."),
        (decision_is_a_refusal_now, "rg-0003: refused by a reviewer. Send the review back, or decide anew."),
    ],
)
def test_what_fails_at_its_time_is_put_back_and_says_why(scheduled, loss, told):
    loss(scheduled)
    before = published_digests()
    assert due() == [(scheduled.pk, None)]
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.trouble, scheduled.publish_at, scheduled.decided_by) == (
        "open",
        told,
        None,
        None,
    )
    assert published_digests() == before
    assert (AuditEntry.objects.first().act, AuditEntry.objects.first().by) == ("review_put_back", None)
    assert due() == []


def test_a_fault_of_the_machine_leaves_it_for_the_next_run(scheduled):
    def broken(release):
        raise OSError("no room")

    assert due(broken) == [(scheduled.pk, None)]
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.trouble) == ("scheduled", "")
    assert due() == [(scheduled.pk, 2)]


def test_another_publication_that_goes_first_does_not_put_it_back(scheduled):
    tries = []

    def late(release):
        tries.append(1)
        if len(tries) == 1:
            raise TryAgain("Another publication went first.")
        return Projection()

    assert (due(late), len(tries)) == ([(scheduled.pk, 2)], 2)


def test_taken_back_while_pages_are_rendered_it_is_not_published(scheduled):
    def meanwhile(release):
        cancel_schedule(Review.objects.get(pk=scheduled.pk), by=cast.reviewer())
        return Projection()

    assert due(meanwhile) == [(scheduled.pk, None)]
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.trouble, Publication.objects.count()) == ("open", "", 1)


@pytest.mark.parametrize("who", [cast.editor, cast.reviewer, lambda: cast.reviewer("rita")])
def test_the_opener_and_whoever_approves_takes_it_back_before_its_time(scheduled, who):
    assert cancel_schedule(scheduled, by=who()).state == "open"
    assert due() == []
    with pytest.raises(Refused, match="This review is open"):
        cancel_schedule(scheduled, by=who())


def test_others_take_nothing_back(scheduled):
    for user in (cast.editor("ed2"), cast.make_user("rita")):
        with pytest.raises(Refused, match="You may not take back"):
            cancel_schedule(scheduled, by=user)
    assert due() == [(scheduled.pk, 2)]


def test_until_its_time_nothing_else_is_done_with_it(scheduled):
    refused = (
        lambda: decide(scheduled, [said_of(NUMBER)], by=cast.reviewer()),
        lambda: send_back(scheduled, by=cast.reviewer(), note="No."),
        lambda: drop_review(scheduled, by=cast.editor()),
        lambda: publish_review(scheduled, by=cast.reviewer(), project=no_pages),
    )
    for act in refused:
        with pytest.raises(Refused):
            act()
    assert due() == [(scheduled.pk, 2)]


def test_the_command_tells_what_it_did_and_is_safe_to_run_twice(scheduled, capsys, monkeypatch):
    call_command("publish_due", dry_run=True)
    assert f"Review {scheduled.pk} is to be published at" in capsys.readouterr().out
    call_command("publish_due")
    assert capsys.readouterr().out == ""
    Review.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_due")
    assert capsys.readouterr().out == f"Review {scheduled.pk} is published: publication 2.\n"
    call_command("publish_due")
    assert capsys.readouterr().out == ""


@pytest.fixture
def one_transaction(monkeypatch):
    """A test is one transaction: the worker must not take that for a connection left open."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def test_the_worker_publishes_what_is_due(scheduled, one_transaction):
    call_command("work", once=True)
    assert Publication.objects.count() == 1
    Review.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    call_command("work", once=True)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publication_id) == ("approved", 2)


def test_a_fault_in_what_is_due_does_not_end_the_worker(db, one_transaction, caplog):
    def fault():
        raise OSError("the disk is full")

    work(worker_id="one", due=fault, once=True)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == ["what is due could not be done"]


def test_the_command_fails_where_something_was_put_back(scheduled, capsys):
    loses_role(scheduled)
    Review.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(CommandError, match="Not published at their time: 1"):
        call_command("publish_due")
    assert capsys.readouterr().err == f"Review {scheduled.pk} (open) is not published: You may not approve reviews.\n"
