"""Signing in: password, code, lock."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from profiles.editorial import people, second_factor
from profiles.models import AuditEntry, User
from tests import cast
from tests.people.signing import FIREFOX, acts, code_of, enrolled, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.second_factor]


# -- the second factor -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "needed"), [("contributor", False), ("editor", False), ("reviewer", True), ("administrator", True)]
)
def test_reviewers_and_administrators_need_a_second_factor(client, role, needed):
    cast.make_user("mina", role)
    assert sign_in(client, "mina").headers["Location"] == (
        "/admin/second-factor/?next=%2Fadmin%2F" if needed else "/admin/"
    )
    assert client.get("/admin/").status_code == (302 if needed else 200)


def test_superusers_need_it_and_demonstration_accounts_do_not(settings):
    assert second_factor.needs_second_factor(cast.superuser())
    demo = cast.make_user("demo", "reviewer", demonstration=True)
    assert not second_factor.needs_second_factor(demo)
    settings.PRODUCTION = True
    assert second_factor.needs_second_factor(demo)


def test_the_right_to_approve_by_whatever_way_asks_for_it():
    from django.contrib.auth.models import Permission

    user = cast.make_user("mina", "contributor")
    user.user_permissions.add(Permission.objects.get(codename="approve_review"))
    assert second_factor.needs_second_factor(User.objects.get(pk=user.pk))


def test_enrolling_opens_the_desk_and_shows_recovery_codes_once(client):
    reviewer = cast.reviewer()
    sign_in(client, "rashid")
    page = client.get("/admin/second-factor/").content.decode()
    device = TOTPDevice.objects.get(user=reviewer)
    assert second_factor.secret_of(device) in page
    picture = client.get("/admin/second-factor/qr.svg")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/svg+xml")
    assert "style" not in picture.content.decode()
    assert "not the code of now" in client.post("/admin/second-factor/", {"code": "000000"}).content.decode()
    device.refresh_from_db()
    assert device.confirmed is False
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    shown = client.post("/admin/second-factor/", {"code": code_of(device)}).content.decode()
    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", shown)
    assert len(set(codes)) == second_factor.RECOVERY_CODES == StaticToken.objects.count()
    assert not StaticToken.objects.filter(token__in=[code.replace("-", "") for code in codes]).exists()
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/second-factor/qr.svg").status_code == 404
    assert second_factor.secret_of(device) not in client.get("/admin/second-factor/", follow=True).content.decode()
    assert acts("second_factor_set", "recovery_codes_made") == ["second_factor_set", "recovery_codes_made"]


def test_the_code_is_asked_at_every_sign_in_and_is_good_once(client):
    device, _ = enrolled(cast.reviewer())
    assert sign_in(client, "rashid").headers["Location"] == "/admin/code/?next=%2Fadmin%2F"
    for path in ("/admin/", "/admin/profiles/review/", "/admin/account/", "/admin/autocomplete/"):
        assert client.get(path).headers["Location"].startswith("/admin/code/")
    key = client.session.session_key
    assert client.post("/admin/code/", {"code": code_of(device)}).headers["Location"] == "/admin/"
    assert client.session.session_key != key
    assert client.get("/admin/").status_code == 200
    other = Client()
    sign_in(other, "rashid")
    assert "wrong, or was used" in other.post("/admin/code/", {"code": code_of(device)}).content.decode()
    assert other.get("/admin/").status_code == 302


def test_a_recovery_code_lets_in_once(client):
    _, codes = enrolled(cast.reviewer())
    sign_in(client, "rashid")
    assert client.post("/admin/code/", {"code": codes[0].upper()}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert second_factor.recovery_codes_left(User.objects.get()) == 9
    other = Client()
    sign_in(other, "rashid")
    assert other.post("/admin/code/", {"code": codes[0]}).status_code == 200
    assert acts("recovery_code_used", "code_failed") == ["recovery_code_used", "code_failed"]


def test_wrong_codes_make_one_wait(client):
    device, _ = enrolled(cast.reviewer())
    sign_in(client, "rashid")
    client.post("/admin/code/", {"code": "000000"})
    told = client.post("/admin/code/", {"code": code_of(device)}).content.decode()
    assert "Too many wrong codes: wait a little" in told


def test_a_session_that_knows_the_password_cannot_set_up_another_factor(client):
    enrolled(cast.reviewer())
    sign_in(client, "rashid")
    for method in (client.get, client.post):
        assert method("/admin/second-factor/").headers["Location"].startswith("/admin/code/")
    assert client.get("/admin/second-factor/qr.svg").status_code == 404
    assert client.post("/admin/account/codes/", {"code": "1"}).status_code == 403
    assert TOTPDevice.objects.count() == 1


def test_somebody_elses_code_is_no_code(client):
    enrolled(cast.reviewer())
    other, codes = enrolled(cast.reviewer("rita"))
    sign_in(client, "rashid")
    for typed in (code_of(other), codes[0]):
        assert client.post("/admin/code/", {"code": typed}).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_who_sets_one_up_without_need_is_asked_for_it_from_then_on(client):
    enrolled(cast.editor())
    assert sign_in(client, "edith").headers["Location"].startswith("/admin/code/")


def test_a_role_given_meanwhile_asks_at_the_next_request(client):
    editor = cast.editor()
    sign_in(client, "edith")
    assert client.get("/admin/").status_code == 200
    people.change_roles(editor, ["editor", "reviewer"], by=cast.superuser())
    assert client.get("/admin/").headers["Location"].startswith("/admin/second-factor/")


def test_new_recovery_codes_take_a_code(client):
    device, codes = enrolled(cast.reviewer())
    sign_in(client, "rashid")
    client.post("/admin/code/", {"code": codes[0]})
    assert "is wrong" in client.post("/admin/account/codes/", {"code": codes[0]}).content.decode()
    shown = client.post("/admin/account/codes/", {"code": code_of(device)}).content.decode()
    assert len(re.findall(r"<code>[a-z2-7-]{19}</code>", shown)) == 10
    assert second_factor.recovery_codes_left(User.objects.get()) == 10


def test_sign_in_leads_nowhere_else(client):
    cast.editor()
    assert sign_in(client, "edith", next="https://elsewhere.example/").headers["Location"] == "/admin/"


# -- the lock ----------------------------------------------------------------------------------------------


def test_seven_wrong_passwords_lock_the_name_and_the_log_says_so(client):
    cast.editor()
    statuses = [sign_in(client, "edith", "wrong").status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429]
    response = sign_in(client, "edith")
    assert response.status_code == 429
    assert "locked for 15 minutes" in response.content.decode()
    assert acts("sign_in_failed", "locked") == ["sign_in_failed"] * 7 + ["locked"]
    assert Client().get("/admin/").status_code == 302
    assert sign_in(Client(), "edith").status_code == 429


def test_a_lock_tells_nothing_about_who_there_is(client):
    pages = [sign_in(client, "nobody-here", "wrong") for _ in range(8)]
    assert [page.status_code for page in pages] == [200] * 6 + [429] * 2
    assert AuditEntry.objects.count() == 0


def test_a_lock_ends_by_itself_or_by_an_administrator(client):
    editor = cast.editor()
    for _ in range(7):
        sign_in(client, "edith", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, "edith").status_code == 302
    for _ in range(7):
        sign_in(Client(), "edith", "wrong")
    people.unlock(editor, by=cast.superuser())
    assert sign_in(Client(), "edith").status_code == 302
    assert acts("unlocked") == ["unlocked"]


def test_no_address_browser_or_word_typed_is_kept_of_a_failed_try(client):
    client.post(
        "/admin/login/?next=/admin/profiles/claim/secret-0001/",
        {"username": "edith", "password": "hunter2hunter2", "kept": "what was typed"},
        headers={"User-Agent": FIREFOX, "Accept": "text/x-mine"},
        REMOTE_ADDR="203.0.113.9",
    )
    [row] = AccessAttempt.objects.values()
    told = {name: value for name, value in row.items() if name not in ("id", "attempt_time")}
    assert told == {
        "username": "edith", "ip_address": None, "user_agent": "", "http_accept": "", "path_info": "", "get_data": "",
        "post_data": "", "failures_since_start": 1,
    }  # fmt: skip


def test_who_knew_the_password_first_has_not_seen_the_secret_that_its_owner_sets_up():
    """Each session is shown a secret of its own, and those without a code are asked for one afterwards."""
    reviewer = cast.reviewer()
    early, owner = Client(), Client()
    seen = []
    for client in (early, owner):
        sign_in(client, "rashid")
        page = client.get("/admin/second-factor/").content.decode()
        seen.append(next(one for one in TOTPDevice.objects.all() if second_factor.secret_of(one) in page))
    assert seen[0].key != seen[1].key
    assert "not the code of now" in owner.post("/admin/second-factor/", {"code": code_of(seen[0])}).content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert "<code>" in owner.post("/admin/second-factor/", {"code": code_of(seen[1])}).content.decode()
    kept = TOTPDevice.objects.get(user=reviewer)
    assert (kept.key, kept.confirmed, kept.name) == (seen[1].key, True, "app")
    assert early.post("/admin/second-factor/", {"code": code_of(seen[0])}).status_code == 302
    assert early.get("/admin/").headers["Location"].startswith("/admin/code/")
    assert early.get("/admin/second-factor/qr.svg").status_code == 404
