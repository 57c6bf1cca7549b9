"""What every test stands on: the database, quick settings, and the outside tools that some tests need.

A test that needs Chromium, Java or PostgreSQL is skipped, with the reason, where that is missing; with CI=1
or REQUIRE_ALL=1 it fails instead.
"""

import gc
import logging
import os
import shutil

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase, client, override_settings

from profiles.views import kept, stored
from tests import template

# CI tries the same examples each time, so that a red run is the change's own doing.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_collection_modifyitems(config, items):
    vendor = django_settings.DATABASES["default"]["ENGINE"].rpartition(".")[2].replace("sqlite3", "sqlite")
    elsewhere = [item for item in items if (mark := item.get_closest_marker("only_on")) and vendor not in mark.args]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if "java" in item.fixturenames:
            item.add_marker(pytest.mark.java)
        if "postgres_url" in item.fixturenames:
            item.add_marker(pytest.mark.postgres)


def pytest_collection_finish():
    """What is imported by now stays: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def pages_keep_what_they_show():
    """A response's context is kept for tests to look at, but not that of each of its hundreds of widgets."""
    real = client.store_rendered_templates

    def keep(store, signal, sender, template, context, **more):
        if not (template.name or "").startswith(("django/forms/", "admin/widgets/")):
            real(store, signal, sender, template, context, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_line_of_each_request():
    """Thousands of requests are answered; their lines are formatted and kept only where a test is about lines."""
    logger = logging.getLogger("militiadb.request")
    level = logger.level
    logger.setLevel(logging.WARNING)
    yield
    logger.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def quick_settings(tmp_path_factory):
    """No collected static files, a folder of its own for pictures, and a password hash that costs nothing."""
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=str(tmp_path_factory.mktemp("media")),
        STORAGES={
            **django_settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def no_second_factor(request, monkeypatch):
    """Who signs in needs no code, but in the tests that are about codes (`second_factor`)."""
    if not request.node.get_closest_marker("second_factor"):
        monkeypatch.setattr("profiles.editorial.second_factor.needs_second_factor", lambda user: False)


@pytest.fixture(autouse=True)
def nothing_kept():
    """No page is kept from the test before: the same world has the same addresses and digests each time."""
    kept.pages.clear()
    stored.bodies.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """On SQLite a file of its own: only a file has a write-ahead log and connections that meet.

    It need not outlive a power failure, and a test's whole transaction stays in memory until it is undone.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """A copy of a database that the migrations made once, instead of all migrations in each process."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        template.create(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: template.put_back(connection))
        yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(name, verbosity=0)


def missing(what: str):
    """Skip the test for want of a tool, or fail it where everything is required."""
    if os.environ.get("CI", "").lower() in ("1", "true") or os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and everything is required here", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium: of the one without windows where it is, which opens a page in a third of the time."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    missing("Chromium is not installed")


@pytest.fixture(scope="session")
def java():
    """The path of Java."""
    return shutil.which("java") or missing("Java is not installed")


@pytest.fixture(scope="session")
def postgres_url():
    """The URL of a PostgreSQL database in which a test may make databases of its own."""
    urls = (os.environ.get("TEST_POSTGRES_URL", ""), os.environ.get("DATABASE_URL", ""))
    url = next((url for url in urls if url.startswith(("postgres://", "postgresql://"))), "")
    return url or missing("no PostgreSQL: neither TEST_POSTGRES_URL nor DATABASE_URL names one")


@pytest.fixture(scope="session")
def browser(chromium):
    """One Chromium for the whole run, with a profile of its own."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would take every query after it for an unsafe one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        playwright = sync_playwright().start()
    except Exception as error:
        # Its driver is a program of its own, which wants libatomic.
        missing(f"Playwright does not start ({error})")
    instance = playwright.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    )
    yield instance
    instance.close()
    playwright.stop()
