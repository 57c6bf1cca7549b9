"""Signing in: password, code, lock; sessions; and no work lost with one."""

import re
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from profiles.editorial import people, second_factor
from profiles.editorial.mapping import read_rows
from profiles.models import AuditEntry, DeskSession, User
from tests import cast, factory
from tests.admin.forms import served

pytestmark = [pytest.mark.django_db, pytest.mark.second_factor]
PASSWORD = "correct horse"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def code_of(device, step=0):
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def sign_in(client, name, password=PASSWORD, **typed):
    return client.post(
        "/admin/login/", {"username": name, "password": password, **typed}, headers={"User-Agent": FIREFOX}
    )


def enrolled(user):
    """An account with its second factor set up, and its recovery codes."""
    device = second_factor.device_to_confirm(user)
    _, codes = second_factor.confirm(user, code_of(device, -1))
    return TOTPDevice.objects.get(user=user), codes


def acts(*names):
    return list(AuditEntry.objects.filter(act__in=names).order_by("pk").values_list("act", flat=True))


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


# -- sessions ----------------------------------------------------------------------------------------------


def test_sessions_are_listed_and_ended_by_their_owner(client):
    user = cast.editor()
    sign_in(client, "edith")
    other = Client()
    sign_in(other, "edith")
    page = client.get("/admin/account/").content.decode()
    assert page.count("Firefox") == 2 + 1  # the third names the button
    assert "this one" in page
    assert not [key for key in DeskSession.objects.values_list("session_key", flat=True) if key in page]
    name = DeskSession.objects.get(session_key=other.session.session_key).name
    assert client.post(f"/admin/sessions/{user.pk}/end/", {"session": name}).status_code == 302
    assert other.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert acts("session_ended") == ["session_ended"]


def test_only_who_manages_accounts_ends_the_sessions_of_others(client):
    other = cast.make_user("olga", "editor")
    session = Client()
    sign_in(session, "olga")
    name = DeskSession.objects.get(user=other).name
    cast.editor()
    sign_in(client, "edith")
    assert client.post(f"/admin/sessions/{other.pk}/end/", {"session": name}).status_code == 403
    people.end_session(other, name, by=cast.make_user("ada", "administrator"))
    assert session.get("/admin/").status_code == 302


def test_a_session_keeps_no_address_and_a_family_only(client):
    cast.editor()
    sign_in(client, "edith")
    row = DeskSession.objects.get()
    assert (row.user.username, row.agent) == ("edith", "Firefox")
    assert set(row.get_decoded()) <= {
        "_auth_user_id", "_auth_user_backend", "_auth_user_hash", "agent", "begun", "seen", "asks",
    }  # fmt: skip


def test_a_new_password_ends_other_sessions(client):
    cast.editor()
    other = Client()
    sign_in(client, "edith")
    sign_in(other, "edith")
    typed = {"old_password": PASSWORD, "new_password1": "lantern on the weir", "new_password2": "lantern on the weir"}
    assert client.post("/admin/password_change/", typed).status_code == 302
    assert other.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert DeskSession.objects.count() == 1
    assert acts("password_set") == ["password_set"]


def test_a_session_in_use_is_renewed_once_a_minute(client):
    cast.editor()
    sign_in(client, "edith")
    before = DeskSession.objects.get().expire_date
    client.get("/admin/")
    assert DeskSession.objects.get().expire_date == before
    session = client.session
    session["seen"] -= 120
    session.save()
    before = DeskSession.objects.get().expire_date
    assert client.get("/admin/").cookies["sessionid"]["max-age"] == 7200
    assert DeskSession.objects.get().expire_date > before


def test_the_desk_is_for_no_cache_and_readers_get_no_cookie(client):
    cast.editor()
    sign_in(client, "edith")
    assert client.get("/admin/").headers["Cache-Control"] == "no-store, private"
    assert not Client().get("/").cookies


def test_sign_outs_are_logged(client):
    cast.editor()
    sign_in(client, "edith")
    client.post("/admin/logout/")
    assert acts("signed_in", "signed_out") == ["signed_in", "signed_out"]
    assert not DeskSession.objects.exists()


# -- no work is lost ---------------------------------------------------------------------------------------

CLAIM = "/admin/profiles/claim/rg-0001/change/"
WORDS = "The River Guards <are> an “armed” group\nof the river."


@pytest.fixture
def typed(client):
    """A claim's form as somebody has filled it in, whose session ended meanwhile."""
    factory.load(*factory.make_ground(), by=cast.editor())
    sign_in(client, "edith")
    fields = {**served(client, CLAIM), "statement": "River Guards is one of its names.", "reason": WORDS}
    DeskSession.objects.all().delete()
    return fields


def hidden(response):
    import html

    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.content.decode())
    return {html.unescape(name): html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_form_that_comes_too_late_is_sent_again_after_signing_in(client, typed):
    late = client.post(CLAIM, typed)
    assert late.status_code == 403
    assert "What you typed is kept" in late.content.decode()
    wrong = sign_in(client, "edith", "wrong", **hidden(late))
    again = sign_in(client, "edith", **hidden(wrong))
    assert again.status_code == 200
    fields = hidden(again)
    del typed["csrfmiddlewaretoken"]
    assert {name: value for name, value in typed.items() if value} == {n: v for n, v in fields.items() if v}
    assert f'<form action="{CLAIM}" method="post"' in again.content.decode()
    before = read_rows(["rg-0001"])["rg-0001"]
    assert client.post(CLAIM, fields).status_code == 302
    after = read_rows(["rg-0001"])["rg-0001"]
    assert (before.statement != after.statement, after.statement) == (True, "River Guards is one of its names.")


def test_it_rides_along_past_the_code_too(client):
    device, _ = enrolled(cast.reviewer())
    factory.load(*factory.make_ground(), by=cast.editor())
    late = client.post("/admin/profiles/review/1/send-back/", {"note": "Say who says so."})
    asked = sign_in(client, "rashid", **hidden(late))
    assert 'id="code-form"' in asked.content.decode()
    again = client.post("/admin/code/", {"code": code_of(device), **hidden(asked)})
    assert "Say who says so." in again.content.decode()


def test_nothing_is_done_before_signing_in(client, typed):
    before = read_rows()
    client.post(CLAIM, typed)
    Client().post(CLAIM, typed)
    assert read_rows() == before


@pytest.mark.parametrize("kept", ["", "forged", "eyJhIjoxfQ:1a:b"])
def test_a_forged_form_is_not_shown(client, kept):
    cast.editor()
    assert sign_in(client, "edith", kept=kept).headers["Location"] == "/admin/"


def test_a_form_from_before_a_sign_in_elsewhere_is_shown_again_to_this_site_alone(typed):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.editor())
    browser.get(CLAIM)
    old = {**typed, "csrfmiddlewaretoken": "a" * 64}
    own = browser.post(CLAIM, old, headers={"Origin": "http://testserver"})
    assert own.status_code == 403
    assert "Send what I typed" in own.content.decode()
    for origin in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}):
        refused = browser.post(CLAIM, old, headers=origin)
        assert refused.status_code == 403
        assert "Send what I typed" not in refused.content.decode()
