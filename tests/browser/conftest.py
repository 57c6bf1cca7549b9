"""Pages in Chromium, against the live server."""

from urllib.parse import urlsplit

import pytest

from profiles.models import Capture
from tests import cast, factory


@pytest.fixture
def new_page(browser, live_server):
    """Open pages that tell on the site: new_page(width=..., dark=..., javascript=...).

    Relative addresses go to the live server. When the test ends, it fails if a page broke its Content
    Security Policy, threw a script error, asked another host for anything, or (but for `cookies=True`) was
    given a cookie.
    """
    contexts, complaints = [], []
    own = urlsplit(live_server.url).netloc

    def watch_request(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != own:
            complaints.append(f"asked another host: {request.url}")

    def watch_console(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def make(width=1280, height=900, dark=False, javascript=True, cookies=False):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append((context, cookies))
        context.on("request", watch_request)
        page = context.new_page()
        page.on("console", watch_console)
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        return page

    yield make
    for context, cookies in contexts:
        if not cookies:
            complaints += [f"set the cookie {cookie['name']}" for cookie in context.cookies()]
        context.close()
    assert complaints == []


@pytest.fixture
def desk(transactional_db, new_page):
    """Open the desk for somebody, signed in through the login page."""
    factory.load(*factory.make_ground(), factory.make_person(), factory.make_speaker(), by=cast.editor())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)

    def open_for(user, **options):
        page = new_page(cookies=True, **options)
        page.goto("/admin/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", "correct horse")
        page.click("input[type=submit]")
        page.wait_for_selector("#user-tools")
        return page

    return open_for
