"""The desk's front page: queues that lead straight to the place, and empty by working them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.editorial.queues import SORTS
from profiles.editorial.review import all_drafts, open_review, send_back
from profiles.models import Claim, Look, Report, Review, User
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.editorial.test_queues import aged
from tests.editorial.test_reports import make_report
from tests.world import world

pytestmark = pytest.mark.django_db


def shown(client, page="/admin/"):
    """Queue -> how many wait there, for those that are not empty."""
    text = client.get(page).content.decode()
    found = re.findall(r'id="queue-(\w+)">.*?<span class="desk-count">(\d+)</span>', text)
    return {name: int(number) for name, number in found}


def links(client, page):
    return re.findall(r'<div class="desk-row-what">\s*<a href="([^"]+)"', client.get(page).content.decode())


def test_an_empty_desk_says_what_to_do_next(desk):
    page = desk.get("/admin/").content.decode()
    assert shown(desk) == {}
    for told in ("Nothing waits for you", "Write a claim on a profile", "No review", "Readers report no error."):
        assert (told in page) is (told != "No review"), told
    assert "No review waits for you" in signed_in(cast.reviewer()).get("/admin/").content.decode()


def test_who_has_no_role_is_told_whom_to_ask(db):
    page = signed_in(cast.make_user("mina")).get("/admin/").content.decode()
    assert "Ask an administrator" in page and "desk-clear" not in page
    page = signed_in(cast.make_user("ada", "administrator")).get("/admin/").content.decode()
    assert "Ask an administrator" not in page and "desk-clear" not in page


def test_each_row_leads_to_its_place_and_each_place_is_there(desk, ground):
    factory.load(factory.make_claim("rg-0002", citations=()), by=None)
    make_report(claim="rg-0001")
    make_report("objection", "rg-0001")
    review = open_review(["rg-0001"], by=cast.editor(), kind="new")
    send_back(review, by=cast.reviewer(), note="Not yet.")
    assert shown(desk) == {
        "objections": 1, "corrections": 1, "sent_back": 1, "own_drafts": 4, "orphans": 1, "uncited": 1,
    }  # fmt: skip
    found = links(desk, "/admin/")
    assert len(found) == 9
    assert {href: desk.get(href, follow=True).status_code for href in found} == dict.fromkeys(found, 200)


def test_a_long_queue_is_cut_short_and_whole_on_a_page_of_its_own(desk, ground):
    factory.load(*(factory.make_claim(f"rg-{n:04d}", citations=()) for n in range(100, 250)), by=cast.editor())
    page = desk.get("/admin/").content.decode()
    assert "All 150" in page
    assert "/admin/profiles/claim/?evidence=uncited" in page
    assert len(re.findall("desk-row-what", page)) == 10
    first, second = links(desk, "/admin/waiting/uncited/"), links(desk, "/admin/waiting/uncited/?page=2")
    assert (len(first), len(second)) == (100, 50)
    assert first + second == [f"/admin/profiles/claim/rg-{n:04d}/change/" for n in range(100, 250)]
    listed = desk.get("/admin/profiles/claim/?evidence=uncited").content.decode()
    assert "150 claims" in listed


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "٣", ""])
def test_a_page_that_is_no_number_is_the_first(desk, ground, page):
    assert len(links(desk, f"/admin/waiting/own_drafts/?page={page}")) == 4


def test_a_page_beyond_the_last_says_that_it_is_empty(desk, ground):
    assert "You have no draft" in desk.get("/admin/waiting/own_drafts/?page=9").content.decode()


def test_drafts_are_put_up_from_their_queue(desk, ground):
    answer = desk.post("/admin/profiles/review/add/", {"uid": ["rg-0001"]})
    assert answer.status_code == 200
    offered = re.search(r'name="offered" value="([^"]+)"', answer.content.decode())[1]
    ticked = {"offered": offered, "change": offered.split(), "kind": "new", "note": ""}
    assert desk.post("/admin/profiles/review/add/", ticked).status_code == 302
    assert "own_drafts" not in shown(desk)
    assert (
        'name="uid" value='
        not in signed_in(cast.make_user("carl", "contributor")).get("/admin/waiting/own_drafts/").content.decode()
    )


def test_looked_at_and_nothing_to_change_is_one_press_and_is_kept(db):
    factory.publish(*world())
    aged()
    desk = signed_in(cast.reviewer())
    assert shown(desk) == {"stale_allegations": 1, "stale_profiles": 4}
    page = desk.get("/admin/waiting/stale_profiles/").content.decode()
    assert page.count(">Nothing to change<") == 4
    answer = desk.post("/admin/profiles/look/add/", {"uid": "rg", "back": "stale_profiles"})
    assert answer["Location"] == "/admin/waiting/stale_profiles/"
    answer = desk.post("/admin/profiles/look/add/", {"uid": "sm-0001", "back": "https://elsewhere.example/"})
    assert answer["Location"] == "/admin/"
    assert shown(desk) == {"stale_profiles": 3}
    assert set(Look.objects.values_list("uid", "by__username")) == {("rg", "rashid"), ("sm-0001", "rashid")}
    told = desk.post("/admin/profiles/look/add/", {"uid": "nothing"}, follow=True).content.decode()
    assert "There is no profile, claim or review sent back under nothing." in told
    assert desk.get("/admin/profiles/look/add/").status_code == 405


def test_a_queue_that_is_not_ones_own_is_refused_and_one_that_is_not_there_not_found(desk, review_desk, client):
    assert {sort.name: review_desk.get(f"/admin/waiting/{sort.name}/").status_code for sort in SORTS} == {
        "objections": 200, "corrections": 200, "failed": 200, "reviews": 200, "sent_back": 403, "own_drafts": 403,
        "drafts": 403, "orphans": 403, "uncited": 403, "reanchored": 403, "second_look": 403, "not_at_hand": 403,
        "stale_allegations": 200, "stale_profiles": 200,
    }  # fmt: skip
    assert desk.get("/admin/waiting/nothing/").status_code == 404
    assert [client.get(f"/admin/{page}/").status_code for page in ("waiting/uncited", "outside")] == [302, 302]


def test_rows_changed_by_sql_are_found_and_adopted(desk, review_desk, ground):
    assert "All 4 rows are as the desk left them." in desk.post("/admin/outside/").content.decode()
    Claim.objects.filter(pk="rg-0001").update(statement="Changed by SQL.")
    assert "Look for them" in desk.get("/admin/outside/").content.decode()
    page = desk.post("/admin/outside/").content.decode()
    assert "1 of 4 rows are not as the desk left them." in page and "Changed by SQL." in page
    review = open_review(all_drafts(), by=cast.editor(), kind="new")
    assert review.authors.get() == cast.editor()
    assert "All 4 rows are as the desk left them." in desk.post("/admin/outside/").content.decode()
    assert [client.post("/admin/outside/").status_code for client in (review_desk,)] == [403]


def test_overdue_objections_are_marked_and_come_first(desk, ground):
    make_report("objection", "rg-0001", text="Second.")
    late = make_report("objection", "rg-0001", text="First.")
    Report.objects.filter(pk=late.pk).update(due=timezone.now().date() - timedelta(days=1))
    assert links(desk, "/admin/")[0] == f"/admin/profiles/report/{late.pk}/change/"
    page = desk.get("/admin/").content.decode()
    assert page.count(": overdue") == 1


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize(
    ("role", "front", "one"), [("contributor", 14, 6), ("editor", 30, 6), ("reviewer", 17, 0), ("administrator", 4, 0)]
)
def test_the_front_page_asks_the_same_of_the_database_whatever_waits(
    ground, number, role, front, one, django_assert_num_queries
):
    claims = [factory.make_claim(f"rg-{n:04d}", citations=()) for n in range(100, 100 + number)]
    factory.load(*claims[::2], by=cast.editor())
    factory.load(*claims[1::2], by=None)
    Report.objects.bulk_create(
        Report(kind="correction", claim="rg-0001", text="So.", once=str(n)) for n in range(number)
    )
    opener = cast.editor("omar")
    Review.objects.bulk_create(Review(kind="update", opener=opener, trouble="So.") for _ in range(number))
    client = signed_in(User.objects.get(pk=cast.make_user("mina", role).pk))
    with django_assert_num_queries(front):
        assert client.get("/admin/").status_code == 200
    if one:
        with django_assert_num_queries(one):
            assert client.get("/admin/waiting/uncited/").status_code == 200
