"""Two at once on PostgreSQL: who link the same two claims hold both in one order, and no reviewer's word is lost."""

import threading

import pytest
from django.db import connection, transaction

from profiles.editorial.decide import Said, decide
from profiles.editorial.link_conflict import link_conflict
from profiles.editorial.mapping import hold_rows, read_rows
from profiles.editorial.review import open_review
from profiles.models import Claim, Decision
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import claim_page, served

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db(transaction=True)]
TWO = ["rg-0002", "rg-0003"]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def wait_for(thread):
    """Until it waits for a lock; the database says so."""
    with connection.cursor() as cursor:
        while thread.is_alive() and not cursor.execute(WAITING).fetchone()[0]:
            pass
    assert thread.is_alive()


@pytest.fixture
def two():
    alias = factory.make_name(TWO[0], "The Guards", sort="alias")
    factory.load(*factory.make_ground(), alias, factory.make_claim(TWO[1]), by=cast.editor())


def post_meanwhile(client, page, fields):
    """A post in a thread of its own; its status stands in the list once it is joined."""
    statuses = []

    def post():
        statuses.append(client.post(page, fields).status_code)
        connection.close()

    thread = threading.Thread(target=post)
    thread.start()
    return thread, statuses


@pytest.mark.parametrize(
    ("uid", "screen"), [(TWO[0], "claim"), (TWO[1], "claim"), (TWO[0], "name"), (TWO[1], "statement")]
)
def test_the_save_of_a_claim_holds_both_ends_in_one_order(two, uid, screen):
    other = next(one for one in TWO if one != uid)
    client = signed_in(cast.editor())
    page = claim_page(uid).replace("/claim/", f"/{screen}/")
    fields = {**served(client, page), "conflicts_with": [other]}
    with transaction.atomic():
        hold_rows(TWO[:1])
        thread, statuses = post_meanwhile(client, page, fields)
        wait_for(thread)
        # Whoever waits for the first holds not the second: this is refused at once where it is held.
        Claim.objects.select_for_update(no_key=True, nowait=True).get(pk=TWO[1])
    thread.join()
    assert statuses == [302]
    assert {uid: claim.conflicts_with for uid, claim in read_rows(TWO).items()} == {
        "rg-0002": ("rg-0003",), "rg-0003": ("rg-0002",),
    }  # fmt: skip


def test_one_who_unlinks_waits_for_one_who_links(two):
    link_conflict(*TWO, by=cast.editor())
    client = signed_in(cast.editor())
    fields = {**served(client, claim_page(TWO[1])), "conflicts_with": []}
    with transaction.atomic():
        hold_rows(TWO[:1])
        thread, statuses = post_meanwhile(client, claim_page(TWO[1]), fields)
        wait_for(thread)
        Claim.objects.select_for_update(no_key=True, nowait=True).get(pk=TWO[1])
    thread.join()
    assert statuses == [302]
    assert {claim.conflicts_with for claim in read_rows(TWO).values()} == {()}


def test_two_reviewers_who_decide_at_once_are_both_heard(two):
    review = open_review(TWO, by=cast.editor())
    said = [Said(uid, docs.digest(claim), "supports") for uid, claim in sorted(read_rows(TWO).items())]
    other = signed_in(cast.reviewer("ann"))
    fields = {"uid": said[1].uid, "sha256": said[1].sha256, "verdict": "does_not", "comment": "It is two."}
    with transaction.atomic():
        decide(review, said[:1], by=cast.reviewer())
        thread, statuses = post_meanwhile(other, f"/admin/profiles/review/{review.pk}/decide/", fields)
        wait_for(thread)
    thread.join()
    assert statuses == [302]
    heard = Decision.objects.order_by("uid").values_list("uid", "verdict", "by__username")
    assert list(heard) == [("rg-0002", "supports", "rashid"), ("rg-0003", "does_not", "ann")]
