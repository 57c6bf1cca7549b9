"""Accounts and the audit log: made, given roles, deactivated; every act told, exported as plain cells."""

import csv
import io

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from profiles.editorial import people
from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.take_down import retract
from profiles.models import AuditEntry, DeskSession, Review, Revision, User
from profiles.reading.pages import project
from tests import cast, factory
from tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return cast.make_user("ada", "administrator")


@pytest.fixture
def office(ada):
    """A client signed in as an administrator."""
    return signed_in(ada)


def test_an_administrator_makes_an_account_with_a_role(office):
    password = "lantern on the weir"
    typed = {"username": "nadia", "usable_password": "true", "password1": password, "password2": password}
    assert office.post("/admin/profiles/user/add/", {**typed, "roles": ["editor"]}).status_code == 302
    made = User.objects.get(username="nadia")
    assert (made.is_staff, made.is_superuser, made.demonstration) == (True, False, False)
    assert [group.name for group in made.groups.all()] == ["editor"]
    told = AuditEntry.objects.filter(account=made).order_by("pk").values_list("act", "by__username", "note")
    assert list(told) == [("account_made", "ada", ""), ("roles_changed", "ada", "+editor")]


@pytest.mark.parametrize("password", ["short", "123456789012345", "password1234"])
def test_weak_passwords_are_refused(office, password):
    typed = {"username": "nadia", "usable_password": "true", "password1": password, "password2": password}
    assert office.post("/admin/profiles/user/add/", typed).status_code == 200
    assert not User.objects.filter(username="nadia").exists()


def test_what_a_form_did_not_ask_is_not_changed(office):
    other = cast.editor()
    typed = {
        "username": "edith", "first_name": "Edith", "roles": ["editor"], "is_superuser": "on", "is_staff": "",
        "user_permissions": ["1", "2"], "groups": ["1", "2", "3", "4"], "demonstration": "on", "is_active": "",
    }  # fmt: skip
    assert office.post(f"/admin/profiles/user/{other.pk}/change/", typed).status_code == 302
    other.refresh_from_db()
    assert (other.first_name, other.is_superuser, other.is_staff, other.is_active) == ("Edith", False, True, True)
    assert [group.name for group in other.groups.all()] == ["editor"]
    assert not other.user_permissions.exists()


def test_an_administrator_holds_no_other_role(office):
    other = cast.editor()
    typed = {"username": "edith", "roles": ["editor", "administrator"]}
    response = office.post(f"/admin/profiles/user/{other.pk}/change/", typed)
    assert "holds no other role" in response.content.decode()
    assert [group.name for group in other.groups.all()] == ["editor"]


def test_a_role_that_the_site_has_not_got_yet_is_made(ada):
    other = cast.editor()
    Group.objects.filter(name="contributor").delete()
    people.change_roles(other, ["contributor"], by=ada)
    assert User.objects.get(pk=other.pk).has_perm("profiles.add_claim")
    assert not User.objects.get(pk=other.pk).has_perm("profiles.open_review")


def test_a_superuser_is_not_for_administrators(office):
    sue = cast.superuser()
    for path in ("change/", "password/", "deactivate/now/", "reset-second-factor/now/"):
        assert office.post(f"/admin/profiles/user/{sue.pk}/{path}", {"username": "sue"}).status_code == 403
    sue.refresh_from_db()
    assert sue.is_active and sue.check_password("correct horse")


def test_deactivating_ends_sessions_and_can_be_taken_back(office):
    other = cast.editor()
    desk = signed_in(other)
    assert office.post(f"/admin/profiles/user/{other.pk}/deactivate/now/").status_code == 302
    assert not DeskSession.objects.filter(user=other).exists()
    assert desk.get("/admin/").status_code == 302
    assert office.post(f"/admin/profiles/user/{other.pk}/reactivate/now/").status_code == 302
    assert User.objects.get(pk=other.pk).is_active
    told = AuditEntry.objects.filter(account=other, by__username="ada").order_by("pk").values_list("act", flat=True)
    assert list(told) == ["deactivated", "reactivated"]


def test_a_password_set_for_somebody_is_told_and_ends_their_sessions(office):
    other = cast.editor()
    signed_in(other)
    password = "lantern on the weir"
    typed = {"usable_password": "true", "password1": password, "password2": password}
    assert office.post(f"/admin/profiles/user/{other.pk}/password/", typed).status_code == 302
    assert not DeskSession.objects.filter(user=other).exists()
    assert AuditEntry.objects.filter(act="password_set", account=other, by__username="ada").exists()
    assert [office.get(f"/admin/profiles/user/{pk}/password/").status_code for pk in ("nope", "0")] == [404, 404]


def test_roles_are_not_edited_by_hand_and_secrets_are_not_looked_at():
    desk = signed_in(cast.superuser())
    for path in ("auth/group/", "otp_totp/totpdevice/", "otp_static/staticdevice/", "axes/accessattempt/"):
        assert desk.get(f"/admin/{path}").status_code == 404


def test_verbs_ask_for_both_rights_and_an_active_account(ada):
    other = cast.editor()
    with pytest.raises(Refused, match="may not manage accounts"):
        people.deactivate(other, by=cast.reviewer())
    with pytest.raises(Refused, match="There is no role king"):
        people.change_roles(other, ["king"], by=ada)
    with pytest.raises(Refused, match="holds no other role"):
        people.change_roles(other, ["administrator", "reviewer"], by=ada)
    people.deactivate(ada, by=cast.superuser())
    with pytest.raises(Refused, match="may not manage accounts"):
        people.deactivate(other, by=ada)


# -- the log -----------------------------------------------------------------------------------------------


def test_work_is_told_as_it_is_done():
    factory.publish(*factory.make_ground())
    retract("rg-0001", by=cast.editor(), reason="It was wrong.", project=project)
    told = AuditEntry.objects.order_by("pk").values_list("act", "by__username", "thing", "note")
    later, first = Revision.objects.order_by("-pk").values_list("pk", flat=True)
    review = Review.objects.get().pk
    assert list(told) == [
        ("revised", "edith", f"revision {first}", ""),
        ("review_opened", "edith", f"review {review}", ""),
        ("claim_decided", "rashid", f"review {review}", "rg-0001: passed together with others"),
        ("review_approved", "rashid", f"review {review}", ""),
        ("published", "rashid", "publication 1", "new"),
        ("taken_down", "edith", "publication 2", "retraction"),
        ("revised", "edith", f"revision {later}", ""),
    ]
    assert not [entry for entry in AuditEntry.objects.all() if "wrong" in entry.note + entry.thing]


def test_what_is_refused_leaves_no_entry():
    factory.load(*factory.make_ground(), by=cast.editor())
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        retract("rg-0001", by=cast.editor(), reason="It was wrong.", project=project)
    assert AuditEntry.objects.count() == before


def test_an_act_that_the_log_does_not_know_is_refused():
    with pytest.raises(ValueError, match="no act of the audit log"):
        record("dreamt")


def test_the_log_is_filtered_and_exported_as_it_is_shown(office, ada):
    bad = User.objects.create_user(username="@SUM(1+1)")
    record("deactivated", by=ada, account=bad, note="=cmd|' /C calc'!A0")
    record("signed_out", by=bad)
    page = office.get("/admin/profiles/auditentry/?act__exact=deactivated")
    assert [entry.act for entry in page.context["cl"].result_list] == ["deactivated"]
    response = office.post("/admin/profiles/auditentry/export/?act__exact=deactivated")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0] == ["number", "at", "act", "by", "account", "thing", "note"]
    assert [row[2:] for row in rows[1:]] == [["deactivated", "ada", "'@SUM(1+1)", "", "'=cmd|' /C calc'!A0"]]
    assert AuditEntry.objects.filter(act="exported", by=ada, note="1 entries").exists()


def test_the_log_is_not_changed_on_the_screen(office):
    entry = record("signed_in")
    for path in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert office.post(f"/admin/profiles/auditentry/{path}", {"act": "signed_out"}).status_code == 403


def test_lists_cost_the_same_at_one_and_at_three_rows(office, django_assert_num_queries):
    counts = []
    for number in range(3):
        user = cast.make_user(f"user{number}", "editor")
        record("signed_in", by=user, account=user)
        if number != 1:
            for name, allowed in (("user", 9), ("auditentry", 10)):
                with django_assert_num_queries(allowed) as used:
                    assert office.get(f"/admin/profiles/{name}/").status_code == 200
                counts.append(len(used))
    assert counts[:2] == counts[2:]


def test_passwords_are_hashed_with_argon2():
    assert settings.PASSWORD_HASHERS[0] != ""
    from militiadb import settings as written

    assert written.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert (written.SESSION_COOKIE_HTTPONLY, written.SESSION_COOKIE_SAMESITE) == (True, "Lax")
    assert written.SESSION_COOKIE_SECURE is written.PRODUCTION
