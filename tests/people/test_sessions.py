"""Sessions, listed and ended; and no work lost with one."""

import re

import pytest
from django.test import Client

from profiles.editorial import people
from profiles.editorial.mapping import read_rows
from profiles.models import DeskSession
from tests import cast, factory
from tests.admin.forms import served
from tests.people.signing import PASSWORD, acts, code_of, enrolled, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.second_factor]


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
