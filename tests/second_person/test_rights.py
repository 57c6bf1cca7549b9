"""Attacks: no path leads to a publication without a second person."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLResolver, get_resolver
from django_tasks_db.models import DBTaskResult

from profiles.editorial import people
from profiles.editorial.accounts import ensure_roles
from profiles.editorial.edit import Refused
from profiles.editorial.intake import ask_for_file, ask_for_text
from profiles.editorial.publish import publish_review
from profiles.editorial.review import open_review
from profiles.exchange.release import release
from profiles.models import (
    Review,
    User,
)
from profiles.models.editions import published_digests
from profiles.reading.pages import project
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.second_person.pressing import nothing_is_public, press

pytestmark = pytest.mark.django_db


# -- by rights -------------------------------------------------------------------------------------------


def test_the_positive_twin_a_second_person_publishes(review):
    assert press(cast.reviewer(), review) == 302
    assert "rg" in published_digests()


def test_the_opener_never_approves_whatever_their_roles(review):
    opener = cast.editor()
    opener.groups.set(ensure_roles().values())
    assert press(opener, review) == 403
    User.objects.filter(pk=opener.pk).update(is_superuser=True)
    assert press(opener, review) == 403
    assert nothing_is_public()


def test_an_author_never_approves_even_as_a_superuser(drafts):
    author = cast.superuser()
    factory.load(factory.make_claim("rg-0002"), by=author)
    review = open_review(["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")
    assert press(author, review) == 403
    with pytest.raises(Refused, match="You wrote some"):
        release(review, by=author)
    assert nothing_is_public()


PUBLISHING = sorted(
    f"profiles.{codename}" for codename in ("approve_review", "view_review")
)  # what pressing "approve" needs


@pytest.mark.parametrize("lost", PUBLISHING)
def test_each_right_that_is_stripped_closes_the_way(review, lost):
    reviewer = cast.make_user("rosa")
    for name in PUBLISHING:
        if name != lost:
            reviewer.user_permissions.add(Permission.objects.get(codename=name.partition(".")[2]))
    assert press(reviewer, review) == 403
    assert nothing_is_public()
    reviewer.user_permissions.add(Permission.objects.get(codename=lost.partition(".")[2]))
    assert press(reviewer, review) == 302


def test_no_permission_of_any_table_publishes_what_one_wrote(review):
    """Every permission that there is, one by one, beside the right to approve and the opener's role; then all."""
    opener = User.objects.get(username="edith")
    approve = Permission.objects.get(codename="approve_review")
    others = Permission.objects.exclude(pk=approve.pk)
    opener.user_permissions.set([approve, others.first()])
    given = User.user_permissions.through.objects.filter(user=opener).exclude(permission=approve)
    for permission in others:
        assert given.update(permission=permission) == 1
        with pytest.raises(Refused, match="You opened"):
            # What the button calls; before it, the desk only refuses more.
            release(review, by=User.objects.get(pk=opener.pk))
    opener.user_permissions.set(Permission.objects.all())
    desk = signed_in(opener)
    assert desk.post(f"/admin/profiles/review/{review.pk}/approve/").status_code == 403
    assert nothing_is_public()
    assert desk.get("/admin/").status_code == 200


# -- by time ---------------------------------------------------------------------------------------------


def test_a_right_lost_between_page_and_press_counts(review):
    reviewer = cast.reviewer()
    desk = signed_in(reviewer)
    assert "Approve and publish" in desk.get(f"/admin/profiles/review/{review.pk}/change/").content.decode()
    reviewer.groups.clear()
    assert desk.post(f"/admin/profiles/review/{review.pk}/approve/").status_code == 403
    assert nothing_is_public()


@pytest.mark.parametrize("loss", ["role", "activity", "authorship"])
def test_a_right_lost_while_pages_are_rendered_counts(review, loss):
    """The account as it was read keeps its permissions in memory; the database is asked again in the transaction."""
    reviewer = cast.reviewer()
    assert reviewer.has_perm("profiles.approve_review")

    def meanwhile(made):
        if loss == "role":
            User.objects.get(pk=reviewer.pk).groups.clear()
        elif loss == "activity":
            User.objects.filter(pk=reviewer.pk).update(is_active=False)
        else:
            review.authors.add(reviewer)
        return project(made)

    with pytest.raises(Refused):
        publish_review(review, by=reviewer, project=meanwhile)
    assert nothing_is_public()


def test_a_deactivated_account_loses_its_open_session(review):
    reviewer = cast.reviewer()
    desk = signed_in(reviewer)
    people.deactivate(reviewer, by=cast.superuser())
    assert desk.get("/admin/").status_code == 302
    assert desk.post(f"/admin/profiles/review/{review.pk}/approve/").status_code == 403
    with pytest.raises(Refused):
        release(review, by=User.objects.get(pk=reviewer.pk))
    assert nothing_is_public()


# -- by what is posted -------------------------------------------------------------------------------------


def test_a_review_takes_no_words_from_a_post(review):
    """Opener, authors, state and entries are not in any form: what is posted beside changes nothing."""
    forged = {
        "opener": cast.reviewer().pk, "opener_id": cast.reviewer().pk, "authors": [cast.reviewer().pk],
        "decided_by": cast.reviewer().pk, "state": "approved", "kind": "update", "by": cast.reviewer().pk,
        "user": cast.reviewer().pk, "_save": "Save", "entries-TOTAL_FORMS": "1", "entries-0-after": "a" * 64,
    }  # fmt: skip
    before = Review.objects.values().get()
    for user in (cast.editor(), cast.superuser()):
        for path in ("change/", "", "delete/", "history/"):
            signed_in(user).post(f"/admin/profiles/review/{review.pk}/{path}", forged)
    assert press(cast.editor(), review, forged) == 403
    assert Review.objects.values().get() == before
    assert [user.username for user in review.authors.all()] == ["edith"]
    assert nothing_is_public()


def test_a_review_is_opened_in_nobody_elses_name(drafts):
    typed = {"offered": "rg", "change": "rg rg-0001 src-0001 src-0001-v1", "kind": "new", "note": ""}
    other = cast.reviewer()
    desk = signed_in(cast.editor())
    desk.post("/admin/profiles/review/add/", {**typed, "opener": other.pk, "by": other.pk, "authors": [other.pk]})
    made = Review.objects.get()
    assert (made.opener.username, [user.username for user in made.authors.all()]) == ("edith", ["edith"])


def test_approving_takes_a_post_with_a_token(review):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(cast.reviewer())
    address = f"/admin/profiles/review/{review.pk}/approve/"
    assert desk.get(address).status_code == 405
    assert desk.post(address).status_code == 403
    assert desk.post(address, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert nothing_is_public()


def admin_addresses():
    """Every address under the admin, with something in the place of its parameters."""
    values = {"object_id": "rg", "pk": "1", "act": "deactivate", "kind": "csv", "url": "x", "content_type_id": "1"}

    def walk(patterns, head):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, head + str(pattern.pattern))
            else:
                yield head + str(pattern.pattern)

    found = set()
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == "admin/":
            for route in walk(pattern.url_patterns, "admin/"):
                address = route
                for part in route.split("<")[1:]:
                    name = part.partition(">")[0]
                    address = address.replace(f"<{name}>", values.get(name.rpartition(":")[2], "1"))
                found.add("/" + address.replace("(.*)$", "x").split("(?P")[0].replace("^", "").replace("\\", ""))
    return sorted(found - {"/admin/logout/"})


def test_the_list_of_addresses_is_real():
    found = admin_addresses()
    assert len(found) > 100
    assert {"/admin/profiles/review/1/decide/", "/admin/profiles/review/1/schedule/"} <= set(found)
    assert {"/admin/profiles/review/1/approve/", "/admin/profiles/user/add/", "/admin/second-factor/"} <= set(found)


@pytest.mark.parametrize("who", ["editor with every role", "superuser", "administrator"])
def test_no_address_under_the_admin_publishes_by_one_person(drafts, who):
    """Every address, posted to with every field that might matter, by the one who wrote it all."""
    user = cast.editor()
    if who == "superuser":
        User.objects.filter(pk=user.pk).update(is_superuser=True)
    else:
        made = ensure_roles()
        user.groups.set([made["administrator"]] if who == "administrator" else made.values())
    user = User.objects.get(pk=user.pk)
    others = set(User.objects.values_list("pk", flat=True))
    if who != "administrator":
        open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=user, kind="new")
    posted = {
        "action": "put_up_for_review", "_selected_action": ["rg", "1"], "index": "0", "post": "yes", "note": "No.",
        "offered": "rg rg-0001 src-0001 src-0001-v1", "change": "rg rg-0001 src-0001 src-0001-v1", "kind": "new",
        "reason": "I say so.", "state": "approved", "opener": "1", "demonstration": "on", "is_superuser": "on",
        "groups": ["1", "2", "3"], "roles": ["reviewer"], "next": "/admin/", "row": ["rg"], "uid": "rg",
        "verdict": "supports", "comment": "I say so.", "sha256": "a" * 64, "at": "2030-01-01T00:00",
    }  # fmt: skip
    number = Review.objects.latest("pk").pk if Review.objects.exists() else 1
    broken, desk, fresh = [], signed_in(user), {}
    for address in admin_addresses():
        address = address.replace("/review/1/", f"/review/{number}/").replace("/review/rg/", f"/review/{number}/")
        if dict(desk.session) != fresh:
            # The address before has ended the session or changed it.
            desk = signed_in(user)
            fresh = dict(desk.session)
        desk.raise_request_exception = False
        if who == "superuser":
            # Who sees every page; posts are answered for each.
            desk.get(address)
        broken += [address] if desk.post(address, posted).status_code == 500 else []
        desk.cookies.pop("messages", None)
    assert (nothing_is_public(), broken) == (True, [])
    user.refresh_from_db()
    assert (user.demonstration, user.is_superuser) == (False, who == "superuser")
    assert set(User.objects.values_list("pk", flat=True)) == others


# No drafts, and yet begun by hand: their acts are attacked by tests of their own.
WRITTEN_BY_HAND = {"Intake", "Look", "Report", "Review", "Stage", "SourceVersion", "User"}


def test_nothing_that_the_site_writes_itself_is_written_at_a_list(rf):
    """Publications, editions, revisions, the log and what waits for the worker are looked at, by superusers too."""
    request = rf.get("/admin/")
    request.user = cast.superuser()
    drafts = {*Permission.objects.filter(group=ensure_roles()["editor"], codename__startswith="change_")}
    edited = {permission.content_type.model for permission in drafts}
    found = {}
    for model, screen in admin.site._registry.items():
        name = model._meta.model_name
        if name not in edited and model.__name__ not in WRITTEN_BY_HAND:
            rights = (screen.has_add_permission, screen.has_change_permission, screen.has_delete_permission)
            found[model.__name__] = [right(request) for right in rights]
    never = ("Publication", "Edition", "AuditEntry", "Revision", "DBTaskResult")
    assert found == {name: [False, False, False] for name in never}


def test_a_superuser_slips_no_task_to_the_worker():
    """The list of tasks is the library's: nothing is added there, changed or begun again, whatever is posted."""
    ask_for_text("Words.", by=cast.editor())
    ask_for_file(b"Words.", "words.txt", by=cast.editor())
    before = list(DBTaskResult.objects.values())
    desk = signed_in(cast.superuser())
    forged = {"task_path": "profiles.exchange.release.release", "args_kwargs": "{}", "status": "READY", "_save": "Save"}
    here = "/admin/django_tasks_database/dbtaskresult/"
    for path in ("add/", f"{before[0]['id']}/change/", f"{before[0]['id']}/delete/"):
        assert desk.post(here + path, {**forged, "post": "yes"}).status_code == 403
    assert list(DBTaskResult.objects.values()) == before


def test_no_action_of_any_list_publishes_what_is_ones_own(review):
    opener = cast.editor()
    User.objects.filter(pk=opener.pk).update(is_superuser=True)
    desk = signed_in(User.objects.get(pk=opener.pk))
    tried = set()
    for model, screen in admin.site._registry.items():
        for action in ["delete_selected", *(getattr(one, "__name__", one) for one in screen.actions or ())]:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            keys = [str(pk) for pk in model._default_manager.values_list("pk", flat=True)[:5]]
            desk.post(address, {"action": action, "_selected_action": keys, "index": "0", "post": "yes"})
            tried.add(action)
    assert tried == {"delete_selected", "put_up_for_review", "approve_and_publish", "decline"}
    assert nothing_is_public()
    assert set(User.objects.values_list("username", flat=True)) == {"edith"}
