"""Signing in, in Chromium: nothing breaks the policy, axe finds nothing, and what was typed outlives its session."""

import time

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from profiles.editorial.mapping import read_rows
from profiles.models import AuditEntry, Capture, DeskSession
from tests import cast, factory

from .axe import axe
from .pictures import screenshot

pytestmark = pytest.mark.second_factor


def code_of_now():
    device = TOTPDevice.objects.get()
    totp = TOTP(device.bin_key)
    totp.time = time.time()
    # The last one is good once: the app shows the next.
    while totp.t() <= device.last_t:
        totp.time += 30
    return f"{totp.token():06d}"


def press(page, selector):
    """Press what leads to another page, and wait for it."""
    with page.expect_navigation():
        page.click(selector)


def sign_in(page, name):
    page.fill("#id_username", name)
    page.fill("#id_password", "correct horse")
    press(page, "input[value='Sign in']")


def faults(page):
    return [f"{page.url}: {fault}" for fault in axe(page)]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_a_reviewer_sets_up_a_second_factor_and_comes_back_with_it(transactional_db, new_page, width, dark):
    cast.reviewer()
    page = new_page(cookies=True, width=width, dark=dark)
    found = []

    def look(name):
        found.extend(faults(page))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        screenshot(page, name)

    page.goto("/admin/profiles/review/")
    look("sign-in")
    sign_in(page, "rashid")
    page.wait_for_selector(".people-qr")
    page.evaluate("document.querySelector('.people-qr').decode()")  # refuses where there is no picture
    look("enrol")
    page.fill("#id_code", code_of_now())
    press(page, "input[value='Set up']")
    look("codes")
    code = page.inner_text(".people-codes li:first-child")
    press(page, "text=I have written them down")
    assert page.url.endswith("/admin/profiles/review/")
    page.goto("/admin/account/")
    look("account")
    press(page, "#logout-form button")
    page.goto("/admin/")
    sign_in(page, "rashid")
    look("code")
    page.fill("#id_code", code)
    press(page, "input[value='Go on']")
    assert page.url.endswith("/admin/")
    assert found == []


def test_what_was_typed_outlives_its_session(transactional_db, new_page):
    factory.load(*factory.make_ground(), by=cast.editor())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)
    page = new_page(cookies=True)
    page.goto("/admin/profiles/claim/rg-0001/change/")
    sign_in(page, "edith")
    page.fill("#id_statement", "River Guards is one of its names.")
    DeskSession.objects.all().delete()
    press(page, "input[name=_save]")
    assert "What you typed is kept" in page.content()
    found = faults(page)
    screenshot(page, "kept")
    sign_in(page, "edith")
    assert "River Guards is one of its names." in page.inner_text(".people-typed")
    found += faults(page)
    screenshot(page, "send-again")
    press(page, "input[value='Send what I typed']")
    assert read_rows(["rg-0001"])["rg-0001"].statement == "River Guards is one of its names."
    assert found == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_an_administrator_at_work(transactional_db, new_page, monkeypatch, width, dark):
    monkeypatch.setattr("profiles.editorial.second_factor.needs_second_factor", lambda user: False)
    cast.make_user("ada", "administrator")
    other = cast.editor()
    other_page = new_page(cookies=True)
    other_page.goto("/admin/")
    sign_in(other_page, "edith")
    page = new_page(cookies=True, width=width, dark=dark)
    page.goto("/admin/")
    sign_in(page, "ada")
    found = []
    for name, path in (
        ("user", f"/admin/profiles/user/{other.pk}/change/"),
        ("users", "/admin/profiles/user/"),
        ("new-user", "/admin/profiles/user/add/"),
        ("audit-log", "/admin/profiles/auditentry/"),
    ):
        page.goto(path)
        # Django's own list and filter sidebar are Django's to mend.
        found += [fault for fault in faults(page) if name not in ("users", "audit-log")]
        screenshot(page, name)
    page.goto(f"/admin/profiles/user/{other.pk}/change/")
    press(page, ".people-sessions button")
    assert "The session is ended." in page.content()
    press(page, "text=Deactivate")
    other_page.goto("/admin/")
    assert "/admin/login/" in other_page.url
    assert list(AuditEntry.objects.filter(by__username="ada").order_by("pk").values_list("act", flat=True)) == [
        "signed_in", "session_ended", "deactivated",
    ]  # fmt: skip
    assert found == []
