"""Pages in Chromium, against the live server."""

import io
import itertools
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client
from django_tasks_db.management.commands import db_worker
from PIL import Image

from profiles.models import Capture
from tests import cast, factory

from .axe import axe
from .pictures import screenshot


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
        # Long, since a busy machine is no fault of the site's; what is there at once is not waited for.
        context.set_default_timeout(60_000)
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
def enter(live_server):
    """Sign somebody in without the form, which tests of its own fill in: enter(page, user)."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sign_in


@pytest.fixture
def desk(transactional_db, new_page, enter):
    """Open the desk for somebody, signed in."""
    factory.load(*factory.make_ground(), factory.make_person(), factory.make_speaker(), by=cast.editor())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)

    def open_for(user, **options):
        page = new_page(cookies=True, **options)
        enter(page, user)
        page.goto("/admin/")
        return page

    return open_for


@pytest.fixture
def people(django_db_reset_sequences, new_page, enter):
    """Open the desk for somebody, signed in; nothing is there but their accounts."""

    def sign_in(user, **options):
        page = new_page(cookies=True, **options)
        enter(page, user)
        page.goto("/admin/")
        return page

    return sign_in


@pytest.fixture
def look(request):
    """Look at a step: look(page, name), in which axe must find nothing; with PICTURES=folder a picture is kept there.

    With HANDBOOK=1 the pictures of the handbook are taken again: those that the module's HANDBOOK names.
    """
    numbers, faults = itertools.count(1), []
    drawn = getattr(request.module, "HANDBOOK", {}) if os.environ.get("HANDBOOK") else {}
    story = request.module.__name__.rpartition("test_")[2].replace("_", "-")

    def keep(page, name):
        faults.extend(f"{name}: {fault}" for fault in axe(page) if "select2" not in fault)
        screenshot(page, f"{story}-{next(numbers):02d}-{name}")
        if name in drawn:
            picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            picture.quantize(64).save(site.BASE_DIR / "docs" / "pictures" / f"{drawn[name]}.png", optimize=True)

    yield keep
    assert faults == []


@pytest.fixture
def web(settings, monkeypatch):
    """A server of strangers on this machine, which may be fetched from: web.url, and web.pages by path, to change."""
    settings.FETCH_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            body = server.pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.pages, server.url = {}, f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
