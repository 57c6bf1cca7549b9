"""Attacks: no path leads to a publication without a second person."""

import json
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command, get_commands
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from profiles.editorial import people
from profiles.editorial.accounts import ROLES, ensure_roles
from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.publish import publish_review
from profiles.editorial.review import open_review, send_back
from profiles.exchange.release import release
from profiles.models import (
    Document,
    Edition,
    Publication,
    PublishedDocument,
    Review,
    ReviewEntry,
    Revision,
    RevisionEntry,
    Stage,
    StageRow,
    User,
)
from profiles.models.accounts import AccountKept
from profiles.models.editions import published_digests
from profiles.reading.pages import project
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db
ALL_ROLES = tuple(role for role in ROLES if role != "administrator")


@pytest.fixture
def drafts():
    factory.load(*factory.make_ground(), by=cast.editor())


@pytest.fixture
def review(drafts):
    return open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")


def nothing_is_public():
    return not Publication.objects.exists() and not Edition.objects.exists() and not published_digests()


def press(user, review, typed=None):
    return signed_in(user).post(f"/admin/profiles/review/{review.pk}/approve/", typed or {}).status_code


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


def test_no_single_permission_of_any_table_publishes_what_one_wrote(review):
    """Every permission that there is, one after another, on the account that opened the review."""
    for permission in Permission.objects.all():
        opener = User.objects.get(username="edith")
        opener.user_permissions.set([permission])
        assert press(opener, review) == 403
    assert nothing_is_public()


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
    assert {"/admin/profiles/review/1/approve/", "/admin/profiles/user/add/", "/admin/second-factor/"} <= set(found)


@pytest.mark.parametrize("who", ["editor with every role", "superuser", "administrator"])
def test_no_address_under_the_admin_publishes_by_one_person(drafts, who):
    """Every address, fetched and posted to with every field that might matter, by the one who wrote it all."""
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
    }  # fmt: skip
    number = Review.objects.latest("pk").pk if Review.objects.exists() else 1
    broken = []
    for address in admin_addresses():
        address = address.replace("/review/1/", f"/review/{number}/").replace("/review/rg/", f"/review/{number}/")
        desk = signed_in(user)
        desk.raise_request_exception = False
        desk.get(address)
        broken += [address] if desk.post(address, posted).status_code == 500 else []
    assert (nothing_is_public(), broken) == (True, [])
    user.refresh_from_db()
    assert (user.demonstration, user.is_superuser) == (False, who == "superuser")
    assert set(User.objects.values_list("pk", flat=True)) == others


def test_no_action_of_any_list_publishes(review):
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
    assert tried == {"delete_selected", "put_up_for_review"}
    assert nothing_is_public()
    assert set(User.objects.values_list("username", flat=True)) == {"edith"}


# -- by accounts -------------------------------------------------------------------------------------------


def test_nobody_gives_themself_a_role(review):
    administrator = cast.make_user("ada", "administrator")
    desk = signed_in(administrator)
    typed = {"username": "ada", "roles": ["reviewer"], "_save": "Save"}
    assert desk.post(f"/admin/profiles/user/{administrator.pk}/change/", typed).status_code == 403
    with pytest.raises(Refused, match="Nobody manages their own account"):
        people.change_roles(administrator, ["reviewer"], by=administrator)
    assert press(administrator, review) == 403
    assert [group.name for group in administrator.groups.all()] == ["administrator"]


def test_an_administrator_who_is_given_the_right_is_still_stopped_by_what_they_wrote(drafts):
    administrator = cast.make_user("ada", "administrator", "editor")
    factory.load(factory.make_claim("rg-0002"), by=administrator)
    review = open_review(["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")
    administrator.groups.add(ensure_roles()["reviewer"])
    assert press(administrator, review) == 403
    assert nothing_is_public()


def test_a_second_name_made_by_the_author_is_no_second_person(drafts):
    sue = cast.superuser()
    factory.load(factory.make_claim("rg-0002"), by=sue)
    review = open_review(["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"], by=sue, kind="new")
    puppet = people.make_account(User(username="puppet"), by=sue)
    people.change_roles(puppet, ["reviewer"], by=sue)
    assert press(puppet, review) == 403
    assert nothing_is_public()


@pytest.mark.parametrize("act", ["password_set", "second_factor_reset", "roles_changed", "reactivated"])
def test_an_account_that_the_author_got_into_is_no_second_person(review, act):
    reviewer = cast.reviewer()
    record(act, by=cast.editor(), account=reviewer)
    with pytest.raises(Refused, match="a third person decides"):
        release(review, by=User.objects.get(pk=reviewer.pk))
    with pytest.raises(Refused, match="a third person decides"):
        send_back(review, by=User.objects.get(pk=reviewer.pk), note="No.")
    assert nothing_is_public()
    assert press(cast.reviewer("rita"), review) == 302


def test_an_account_is_for_demonstration_from_the_start_or_never(review):
    for value in (True, False):
        user = cast.make_user(f"demo-{value}", "reviewer", demonstration=value)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(demonstration=not value)
    desk = signed_in(cast.superuser())
    other = cast.reviewer()
    typed = {"username": other.username, "roles": ["reviewer"], "demonstration": "on", "_save": "Save"}
    assert desk.post(f"/admin/profiles/user/{other.pk}/change/", typed).status_code == 302
    other.refresh_from_db()
    assert other.demonstration is False


def test_no_account_is_deleted():
    user = cast.make_user("gone")
    with pytest.raises(AccountKept):
        user.delete()
    with pytest.raises(AccountKept):
        User.objects.filter(pk=user.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM profiles_user")
    desk = signed_in(cast.superuser())
    assert desk.post(f"/admin/profiles/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(username="gone").exists()


# -- by the database and the shell -------------------------------------------------------------------------


def test_a_review_keeps_its_opener_and_its_authors(review):
    other = cast.reviewer("rita")
    for change in ({"opener": other}, {"kind": "correction"}, {"note": "Another."}, {"opened_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        review.authors.clear()
    with pytest.raises(IntegrityError), transaction.atomic():
        review.delete()


def test_a_closed_review_is_not_opened_again(review):
    send_back(review, by=cast.reviewer(), note="No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state="open")


def forge_review(opener, author, **values):
    """Rows as a shell or SQL might write them: somebody else's name over one's own words."""
    document = factory.make_group("fg", "Forged Guards")
    body = docs.canonical(document).decode()
    Document.objects.create(sha256=docs.digest(document), uid="fg", model="group", body=body)
    if author:
        revision = Revision.objects.create(act="save", by=author)
        RevisionEntry.objects.create(revision=revision, uid="fg", after=docs.digest(document))
    review = Review.objects.create(kind="new", opener=opener, **values)
    ReviewEntry.objects.create(review=review, uid="fg", after=docs.digest(document), model="group")
    return review


def test_a_review_row_that_hides_its_author_is_found_out():
    author = cast.make_user("rosa", "editor", "reviewer")
    forged = forge_review(cast.editor(), author)
    with pytest.raises(Refused, match="You wrote some of these changes"):
        release(forged, by=author)
    assert nothing_is_public()


def test_a_review_row_of_words_that_nobody_wrote_is_found_out():
    with pytest.raises(Refused, match="Nobody is known to have written fg"):
        release(forge_review(cast.editor(), None), by=cast.reviewer())
    assert nothing_is_public()


def test_an_empty_review_publishes_nothing():
    with pytest.raises(Refused):
        release(Review.objects.create(kind="new", opener=cast.editor()), by=cast.reviewer())
    assert nothing_is_public()


def test_who_staged_what_another_accepted_is_an_author(drafts):
    rosa = cast.make_user("rosa", "editor", "reviewer")
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    accepted = Revision.objects.latest("pk")
    stage = Stage.objects.create(state="accepted", by=rosa)
    StageRow.objects.create(stage=stage, uid="rg-0002", model="claim", revision=accepted)
    review = open_review(["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")
    assert {user.username for user in review.authors.all()} == {"edith", "rosa"}
    assert press(rosa, review) == 403
    assert press(cast.reviewer(), review) == 302


def test_what_an_author_edits_after_the_freeze_is_not_in_the_review(review):
    reviewer = cast.make_user("rosa", "editor", "reviewer")
    factory.load(factory.make_name("rg-0001", "River Guardians"), by=reviewer)
    assert "rg" in {uid for uid, *_ in release(review, by=reviewer).editions.values_list("profile")}
    assert published_digests(["rg-0001"])["rg-0001"] == review.entries.get(uid="rg-0001").after


ROWS = {
    "profiles.publication": {
        "sha256": "a" * 64, "previous": "", "kind": "new", "at": "2026-01-01T00:00:00Z", "body": "{}", "note": "",
    },
    "profiles.edition": {"profile": "rg", "number": 9, "sha256": "a" * 64, "publication": 1, "manifest": "{}"},
    "profiles.publisheddocument": {"model": "group", "sha256": "a" * 64, "publication": 1},
    "profiles.review": {"kind": "new", "opener": 1, "state": "open", "opened_at": "2026-01-01T00:00:00Z"},
    "profiles.reviewentry": {"review": 1, "uid": "rg", "after": "a" * 64, "model": "group"},
    "profiles.user": {"username": "mallory", "password": "!", "is_superuser": True, "demonstration": True},
    "profiles.auditentry": {"act": "signed_in", "at": "2026-01-01T00:00:00Z"},
    "profiles.address": {"path": "/groups/x/", "etag": "x", "status": 200, "publication": 1},
    "auth.group": {"name": "contributor", "permissions": []},
    "otp_totp.totpdevice": {"user": 1, "name": "x", "key": "00" * 20},
}  # fmt: skip


@pytest.mark.parametrize("model", ROWS)
def test_loaddata_writes_no_row_of_any_table(tmp_path, model):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"model": model, "pk": None, "fields": ROWS[model]}]))
    with pytest.raises(CommandError):
        call_command("loaddata", str(file), verbosity=0)
    assert nothing_is_public()
    assert not User.objects.exists()


def test_loaddata_brings_our_files_in_as_drafts(settings):
    folder = settings.BASE_DIR / "tests" / "data" / "fixtures"
    call_command("loaddata", *map(str, sorted(folder.rglob("*.yaml"))), verbosity=0)
    assert Revision.objects.filter(by=None).exists()
    assert nothing_is_public()


# What is ours, and what each asks for beside drafts. A new command is thought about here.
COMMANDS = {
    "attach_text", "backup", "capture_source", "check_citations", "check_drift", "ensure_roles", "load_lines",
    "loaddata", "migrate", "prepare", "rebuild_published", "restore", "setup_demo", "stage", "staging_template",
    "verify_publications", "write_fixtures",
}  # fmt: skip
PUBLISHES = {"prepare", "setup_demo"}


def test_of_the_commands_one_publishes_with_two_marked_accounts_on_an_empty_site():
    """Of the rest none imports what publishes; `restore` brings back a whole database, whose chain it then proves."""
    from importlib import import_module

    ours = {name for name, app in get_commands().items() if app == "profiles"}
    assert ours - COMMANDS == set()
    for name in sorted(ours - PUBLISHES):
        source = import_module(f"profiles.management.commands.{name}").__loader__.get_source(
            f"profiles.management.commands.{name}"
        )
        wrong = ("exchange.release", "publish_review", "take_down", "retract(", "withdraw(", "commit(")
        assert [word for word in wrong if word in source] == [], name


def test_the_demonstration_takes_nobodys_account(drafts):
    cast.make_user("demo-reviewer", "reviewer")
    with pytest.raises(CommandError, match="demo-reviewer is somebody's account"):
        call_command("setup_demo", verbosity=0)
    assert nothing_is_public()


def test_rows_slipped_into_the_index_are_told(review):
    """SQL owns the database; what it makes public has no publication, and the proof says so."""
    release(review, by=cast.reviewer())
    document = factory.make_group("fg", "Forged Guards")
    PublishedDocument.objects.create(uid="fg", model="group", sha256=docs.digest(document), publication=1)
    with pytest.raises((SystemExit, CommandError)):
        call_command("verify_publications", verbosity=0)


def test_the_log_of_acts_is_only_added_to():
    entry = record("signed_in", by=cast.editor())
    for sql in ("UPDATE profiles_auditentry SET note = 'x'", "DELETE FROM profiles_auditentry"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.at -= timedelta(days=1)
        entry.save()
