"""Each queue of the desk: what brings a row into it, whose it is, and what takes it out again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from profiles.editorial.allegations import about_the_living
from profiles.editorial.looks import look_over
from profiles.editorial.mapping import read_rows
from profiles.editorial.public import public_with
from profiles.editorial.queues import SORTS, queue_for, queues_for
from profiles.editorial.reports import close_report
from profiles.editorial.review import all_drafts, drop_review, open_review, send_back, why_not_approve
from profiles.editorial.rules import accused_of, accuses
from profiles.exchange.release import release
from profiles.models import Claim, Entry, Look, Publication, Report, Review, Source, User
from profiles.models.guards import guards_down
from profiles.values.vocabulary import PART
from tests import cast, factory
from tests.admin.conftest import attach
from tests.editorial.test_reports import make_report
from tests.world import world

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def uids(user, name):
    queue = queue_for(user, name, 0, 100)
    assert queue.total == len(queue.rows)
    return [row.uid for row in queue.rows]


@pytest.fixture
def ground():
    factory.load(*factory.make_ground(), by=cast.editor())


def other_editor():
    return cast.editor("omar")


def aged(model=Publication):
    """Everything published was published more than a year ago."""
    with guards_down(connection):
        Publication.objects.update(at=timezone.now() - YEAR)
        Entry.objects.update(published_at=timezone.now() - YEAR)


# -- drafts ------------------------------------------------------------------------------------------------


def test_a_draft_waits_for_who_saved_it_last_and_is_anothers_to_everybody_else(ground):
    assert uids(cast.editor(), "own_drafts") == ["rg", "rg-0001", "src-0001", "src-0001-v1"]
    assert uids(cast.editor(), "drafts") == uids(other_editor(), "own_drafts") == []
    factory.load(factory.make_name(statement="The name in use is River Guards."), by=other_editor())
    assert uids(cast.editor(), "own_drafts") == uids(other_editor(), "drafts") == ["rg", "src-0001", "src-0001-v1"]
    assert uids(cast.editor(), "drafts") == uids(other_editor(), "own_drafts") == ["rg-0001"]


def test_a_draft_leaves_the_queue_under_review_and_comes_back_when_it_is_sent_back(ground):
    editor = cast.editor()
    review = open_review(all_drafts(), by=editor, kind="new")
    assert uids(editor, "own_drafts") == []
    factory.load(factory.make_name(statement="The name in use is River Guards."), by=editor)
    assert uids(editor, "own_drafts") == ["rg-0001"]
    send_back(review, by=cast.reviewer(), note="Not yet.")
    assert len(uids(editor, "own_drafts")) == 4
    release(open_review(all_drafts(), by=editor, kind="new"), by=cast.reviewer())
    assert uids(editor, "own_drafts") == []


def test_what_came_from_a_fixture_or_a_shell_has_no_author_until_somebody_puts_it_up(ground):
    editor = cast.editor()
    factory.load(factory.make_claim("rg-0002"), by=None)
    Source.objects.create(uid="src-0002", kind="news_article", title="Unknown", slug="unknown")
    assert uids(editor, "orphans") == ["src-0002", "rg-0002"] or uids(editor, "orphans") == ["rg-0002", "src-0002"]
    open_review(["rg-0002", "src-0002"], by=editor)
    assert uids(editor, "orphans") == []


def test_what_was_adopted_stays_its_adopters(ground):
    editor = cast.editor()
    Claim.objects.filter(pk="rg-0001").update(statement="Changed by a shell.")
    review = open_review(all_drafts(), by=editor, kind="new")
    drop_review(review, by=editor)
    assert "rg-0001" in uids(editor, "own_drafts")
    release(open_review(all_drafts(), by=editor, kind="new"), by=cast.reviewer())
    assert [uids(editor, name) for name in ("own_drafts", "drafts", "orphans")] == [[], [], []]


# -- reviews -------------------------------------------------------------------------------------------------


def test_the_reviews_that_wait_are_those_that_one_may_decide_on(ground):
    editor, reviewer, second = cast.editor(), cast.reviewer(), cast.reviewer("rita")
    both = cast.make_user("bo", "editor", "reviewer")
    factory.load(factory.make_claim("rg-0002"), by=both)
    first = open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=editor, kind="new")
    mixed = open_review(["rg-0002"], by=editor)
    own = open_review(["rg-0002"], by=both)
    from profiles.editorial.audit import record

    record("roles_changed", by=editor, account=second)
    reviews = [Review.objects.get(pk=review.pk) for review in (first, mixed, own)]
    for user in (reviewer, second, both, cast.superuser()):
        user = User.objects.get(pk=user.pk)
        may = [str(review.pk) for review in reviews if not why_not_approve(review, user)]
        assert uids(user, "reviews") == may, user
    assert uids(reviewer, "reviews") == [str(review.pk) for review in reviews]
    send_back(first, by=reviewer, note="No.")
    assert uids(reviewer, "reviews") == [str(mixed.pk), str(own.pk)]


def test_a_review_sent_back_waits_for_its_opener_until_all_of_it_is_put_up_again(ground):
    editor = cast.editor()
    factory.load(factory.make_claim("rg-0002"), by=editor)
    review = open_review(all_drafts(), by=editor, kind="new")
    assert uids(editor, "sent_back") == []
    send_back(review, by=cast.reviewer(), note="Not yet.")
    assert uids(editor, "sent_back") == [str(review.pk)]
    assert uids(other_editor(), "sent_back") == []
    again = open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=editor, kind="new")
    assert uids(editor, "sent_back") == [str(review.pk)]
    rest = open_review(["rg-0002"], by=other_editor())
    assert uids(editor, "sent_back") == []
    drop_review(rest, by=other_editor())
    assert uids(editor, "sent_back") == [str(review.pk)]
    look_over(f"review:{review.pk}", by=editor)
    assert uids(editor, "sent_back") == []
    send_back(again, by=cast.reviewer(), note="Still not.")
    assert uids(editor, "sent_back") == [str(again.pk)]


def test_a_review_that_was_not_published_at_its_time_waits_with_what_stopped_it(ground):
    review = open_review(all_drafts(), by=cast.editor(), kind="new")
    assert uids(cast.editor(), "failed") == []
    Review.objects.filter(pk=review.pk).update(trouble="The approver lost the right.")
    for user in (cast.editor(), cast.reviewer()):
        queue = queue_for(user, "failed", 0, 5)
        assert [(row.uid, row.note) for row in queue.rows] == [(str(review.pk), "The approver lost the right.")]
    drop_review(review, by=cast.editor())
    assert uids(cast.editor(), "failed") == []


def test_a_review_whose_time_went_by_waits_until_it_is_published(ground):
    review = open_review(all_drafts(), by=cast.editor(), kind="new")
    at = timezone.now() - timedelta(minutes=4)
    Review.objects.filter(pk=review.pk).update(state="scheduled", publish_at=at)
    assert uids(cast.editor(), "failed") == []
    at -= timedelta(minutes=2)
    Review.objects.filter(pk=review.pk).update(publish_at=at)
    told = f"Approved for {at:%Y-%m-%d %H:%M} UTC. Nothing published it: the log of the site says more."
    for user in (cast.editor(), cast.reviewer()):
        assert [(row.uid, row.note) for row in queue_for(user, "failed", 0, 5).rows] == [(str(review.pk), told)]
    Review.objects.filter(pk=review.pk).update(state="approved")
    assert uids(cast.editor(), "failed") == []


# -- evidence ------------------------------------------------------------------------------------------------


def test_a_claim_without_evidence_waits_until_it_cites_or_is_retracted(ground):
    editor = cast.editor()
    factory.load(
        factory.make_claim("rg-0002", citations=()),
        factory.make_claim("rg-0003", citations=(factory.make_citation("rg-0003", bearing="mentions"),)),
        factory.make_claim("rg-0004", citations=()),
        by=editor,
    )
    assert uids(editor, "uncited") == ["rg-0002", "rg-0003", "rg-0004"]
    factory.load(factory.make_claim("rg-0002"), by=editor)
    factory.load(factory.make_claim("rg-0004", citations=(), standing="retracted", standing_note="Wrong."), by=editor)
    assert uids(editor, "uncited") == ["rg-0003"]


def test_a_cited_version_waits_until_its_text_is_attached(ground):
    editor = cast.editor()
    factory.load(factory.make_claim("rg-0002"), factory.make_version("src-0001-v2", "Another text."), by=editor)
    queue = queue_for(editor, "not_at_hand", 0, 5)
    assert [(row.uid, row.note) for row in queue.rows] == [("src-0001-v1", "2 claims cite it")]
    attach()
    assert uids(editor, "not_at_hand") == []


# -- readers -------------------------------------------------------------------------------------------------


def test_reports_wait_each_in_its_queue_until_they_are_closed(ground):
    editor = cast.editor()
    error, objection = make_report(), make_report("objection")
    assert uids(editor, "corrections") == [str(error.pk)]
    queue = queue_for(editor, "objections", 0, 5)
    assert [(row.uid, row.at) for row in queue.rows] == [(str(objection.pk), objection.due)]
    for report in (error, objection):
        close_report(report, "answered", by=editor, answer="So.")
    assert [uids(editor, name) for name in ("corrections", "objections")] == [[], []]


# -- what is to be looked at again -----------------------------------------------------------------------------


def test_a_profile_waits_a_year_after_its_edition_unless_somebody_looked(ground):
    reviewer = cast.reviewer()
    factory.publish()
    assert uids(reviewer, "stale_profiles") == []
    aged()
    assert uids(reviewer, "stale_profiles") == ["rg"]
    look_over("rg", by=reviewer)
    assert uids(reviewer, "stale_profiles") == []
    Look.objects.update(at=timezone.now() - YEAR)
    assert uids(reviewer, "stale_profiles") == ["rg"]
    factory.publish(factory.make_name(statement="The name in use is River Guards."), kind="update")
    assert uids(reviewer, "stale_profiles") == []


def test_an_allegation_about_a_living_person_waits_a_year_after_it_was_published(db):
    editor = cast.editor()
    factory.publish(*world())
    assert uids(editor, "stale_allegations") == []
    aged()
    assert uids(editor, "stale_allegations") == ["sm-0001"]
    look_over("sm-0001", by=editor)
    assert uids(editor, "stale_allegations") == []
    Look.objects.all().delete()
    death = {"topic": "death", "aspect": "death", "sense": "happened", "when": "2020", "quote": "led by Salim Nasser"}
    factory.publish(factory.make_claim("sn-0009", "Salim Nasser died in 2020.", **death), kind="update")
    aged()
    assert uids(editor, "stale_allegations") == []


@pytest.mark.parametrize("died", [False, True])
def test_the_query_for_allegations_says_what_the_rules_say(db, died):
    """Every voice, part and accusing aspect, of a group and of a person: as subject, about, mentioned and heard."""
    made = [*world(), factory.make_speaker("spk-0009", "Salim Nasser", "person", profile="sn")]
    numbers = iter(range(100, 400))

    def add(owner, **values):
        uid = f"{owner}-{next(numbers):04d}"
        made.append(factory.make_claim(uid, **{"sense": "happened", **values}))

    for owner in ("rg", "sn"):
        for aspect in ("accusations", "denials", "investigations", "proceedings", "outcomes"):
            add(owner, topic="conduct", aspect=aspect)
        for voice in ("stated", "reported", "claimed", "alleged"):
            add(owner, voice=voice)
    for part in PART:
        for about in ("sn", "rg"):
            for voice in ("stated", "alleged"):
                add("sm", kind="part", part=part, about=about, topic="who", aspect="participants", voice=voice)
    for aspect in ("attributions.accused", "detention_proceedings.proceedings", "what.type"):
        topic, aspect = aspect.split(".")
        for voice in ("stated", "alleged"):
            for named in ({"about": "sn"}, {"about": "rg"}, {"mentions": ("sn",)}, {"mentions": ("rg",)}, {}):
                add("sm", topic=topic, aspect=aspect, voice=voice, **named)
    for bearing in ("supports", "disputes"):
        uid = f"sm-{next(numbers):04d}"
        cited = factory.make_citation(uid, "They are led by Salim Nasser", bearing=bearing, speakers=(("spk-0009",),))
        made.append(factory.make_claim(uid, voice="alleged", mentions=("sn",), sense="happened", citations=(cited,)))
    if died:
        made.append(factory.make_claim("sn-0099", "He died.", topic="death", aspect="death", sense="happened"))
    factory.load(*made)
    from profiles.models import PublishedClaim

    if died:
        PublishedClaim.objects.create(
            uid="sn-0099", sha256="0" * 64, kind="statement", subject="sn", topic="death", aspect="death",
            statement="He died.", voice="stated", standing="stands", from_publication=1, sense="happened",
        )  # fmt: skip
    people = set() if died else {"sn"}
    rows = read_rows(Claim.objects.values_list("pk", flat=True))
    around = public_with({document.uid: document for document in made})
    told = {uid for uid, claim in rows.items() if accuses(claim) and accused_of(claim, around) & people}
    assert set(about_the_living(Claim.objects.all()).values_list("pk", flat=True)) == told
    assert died or len(told) > 8


# -- who sees what, and how much it asks -----------------------------------------------------------------------

SEEN = {
    "contributor": ["own_drafts", "uncited", "reanchored", "second_look", "not_at_hand"],
    "editor": [
        "objections", "corrections", "failed", "sent_back", "own_drafts", "drafts", "orphans", "uncited", "reanchored",
        "second_look", "not_at_hand",
        "stale_allegations", "stale_profiles",
    ],
    "reviewer": ["objections", "corrections", "failed", "reviews", "stale_allegations", "stale_profiles"],
    "administrator": [],
}  # fmt: skip


@pytest.mark.parametrize("role", [*SEEN, "no role"])
def test_everybody_sees_the_queues_that_they_can_work(db, role):
    user = cast.make_user("mina", *([role] if role in SEEN else []))
    assert [queue.name for queue in queues_for(user, 5)] == SEEN.get(role, [])
    hidden = {sort.name for sort in SORTS} - set(SEEN.get(role, []))
    assert [name for name in hidden if queue_for(user, name, 0, 5)] == []


def test_who_was_deactivated_sees_nothing(db):
    editor = cast.editor()
    editor.is_active = False
    assert queues_for(editor, 5) == []


@pytest.mark.parametrize("number", [0, 3, 300])
@pytest.mark.parametrize(("role", "queries"), [("contributor", 12), ("editor", 28), ("reviewer", 15)])
def test_the_queries_do_not_grow_with_what_waits(ground, number, role, queries):
    editor = cast.editor()
    claims = [factory.make_claim(f"rg-{n:04d}", citations=()) for n in range(100, 100 + number)]
    factory.load(*claims[::2], by=editor)
    factory.load(*claims[1::2], by=None)
    Report.objects.bulk_create(
        Report(kind="correction", claim="rg-0001", text="So.", once=str(n)) for n in range(number)
    )
    user = cast.make_user("mina", role)
    with CaptureQueriesContext(connection) as asked:
        queues_for(user, 5)
    assert len(asked) == queries
