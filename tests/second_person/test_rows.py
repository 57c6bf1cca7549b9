"""Attacks by accounts, by rows and by the shell: no publication without a second person."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from profiles.editorial import people
from profiles.editorial.accounts import ensure_roles
from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.revert import revert_to
from profiles.editorial.review import open_review, send_back
from profiles.exchange.release import release
from profiles.models import (
    Document,
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
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.second_person.pressing import nothing_is_public, press

pytestmark = pytest.mark.django_db

UIDS = ["rg", "rg-0001", "src-0001", "src-0001-v1"]


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


def test_a_second_name_made_by_way_of_another_account_is_no_second_person(drafts):
    """Sue makes an administrator, who makes a reviewer: all three may be hers."""
    sue = cast.superuser()
    review = open_review(UIDS, by=sue, kind="new")
    ada = people.make_account(User(username="ada"), by=sue)
    people.change_roles(ada, ["administrator"], by=sue)
    puppet = people.make_account(User(username="puppet"), by=User.objects.get(pk=ada.pk))
    people.change_roles(puppet, ["reviewer"], by=User.objects.get(pk=ada.pk))
    assert press(User.objects.get(pk=puppet.pk), review) == 403
    assert nothing_is_public()
    assert press(cast.reviewer(), review) == 302


@pytest.mark.parametrize("by_way", [False, True])
def test_who_made_the_authors_account_is_no_second_person(drafts, by_way):
    """The same the other way round: the puppet writes, and its maker approves."""
    sue = maker = cast.superuser()
    if by_way:
        maker = people.make_account(User(username="ada"), by=sue)
        people.change_roles(maker, ["administrator"], by=sue)
        maker = User.objects.get(pk=maker.pk)
    puppet = people.make_account(User(username="puppet"), by=maker)
    people.change_roles(puppet, ["editor"], by=maker)
    puppet = User.objects.get(pk=puppet.pk)
    factory.load(factory.make_claim("rg-0002"), by=puppet)
    review = open_review([*UIDS, "rg-0002"], by=puppet, kind="new")
    assert press(User.objects.get(pk=sue.pk), review) == 403
    with pytest.raises(Refused, match="a third person decides"):
        release(review, by=User.objects.get(pk=sue.pk))
    assert nothing_is_public()
    assert press(cast.reviewer(), review) == 302


def test_two_accounts_that_one_administrator_made_are_two_persons(drafts):
    """Every site has one who makes all accounts; the log names who."""
    ada = cast.make_user("ada", "administrator")
    made = [people.make_account(User(username=name), by=ada) for name in ("ed", "ro")]
    for user, role in zip(made, ("editor", "reviewer"), strict=True):
        people.change_roles(user, [role], by=ada)
    review = open_review(UIDS, by=User.objects.get(username="ed"), kind="new")
    assert press(User.objects.get(username="ro"), review) == 302


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


def test_who_wrote_the_very_words_that_another_brings_back_is_an_author(review):
    """Bea's draft was put away before anything was published; somebody reverts to it, and Bea would approve it."""
    bea = cast.make_user("bea", "editor", "reviewer")
    factory.load(factory.make_claim("rg-0002", "It is led by Omar, the article says."), by=bea)
    hers = Revision.objects.latest("pk")
    factory.load(factory.make_claim("rg-0002", "It is led by Zayd, the article says."), by=cast.editor())
    release(open_review([*UIDS, "rg-0002"], by=cast.editor(), kind="new"), by=cast.reviewer())
    revert_to("rg-0002", hers.entries.get(uid="rg-0002").after, by=cast.editor())
    again = open_review(["rg-0002"], by=cast.editor())
    assert {user.username for user in again.authors.all()} == {"edith", "bea"}
    assert press(bea, again) == 403
    assert press(cast.reviewer(), again) == 302


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
    "attach_text", "backup", "capture_source", "check_citations", "check_drift", "check_links", "ensure_roles",
    "forget_reports", "load_lines", "loaddata", "migrate", "prepare", "publish_due", "rebuild_published",
    "render_pages", "restore",
        "export_site",
    "setup_demo", "stage", "staging_template", "sweep_pictures", "verify_publications", "work", "write_fixtures",
}  # fmt: skip
# The timer's publishes what a second person has approved, and so does the worker: tests of its own attack it.
PUBLISHES = {"prepare", "publish_due", "setup_demo", "work"}


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


def test_the_demonstration_takes_nobodys_account():
    cast.make_user("demo-reviewer", "reviewer")
    with pytest.raises(CommandError, match="demo-reviewer is somebody's account"):
        call_command("setup_demo", verbosity=0)
    assert nothing_is_public()


def test_the_demonstration_publishes_nothing_that_people_wrote(drafts):
    """A site whose editors have begun is no empty one, though nothing is public yet."""
    call_command("setup_demo", verbosity=0)
    assert nothing_is_public()
    assert set(User.objects.values_list("username", flat=True)) == {"edith"}


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
