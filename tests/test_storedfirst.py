"""Stored pages before Django: what is sent is what Django sends, for whatever is asked, and Django does less."""

import logging
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from militiadb import storedfirst
from militiadb.storedfirst import StoredFirst
from profiles.models.projection import Page, write_pages
from profiles.models.published import Address
from tests import factory

# The connection is opened and closed as on a server, which a test's own transaction would not allow.
pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/groups/river-guards/"
SERVER = {
    "plain": {},
    "https": {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 3600,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "BEHIND_TLS_PROXY": True,
        "ALLOWED_HOSTS": [".guards.example", "[::1]"],
    },
}


@pytest.fixture
def pages():
    """One profile, one slug that was left, one page that was taken down."""
    factory.publish(*factory.make_ground())
    html = {"Content-Type": "text/html; charset=utf-8"}
    write_pages(
        [
            Page("/groups/guards/", 301, {"Location": PATH}, b""),
            Page("/people/gone-one/", 410, html, b"<p>Taken down</p>"),
        ]
    )
    return Address.objects.get(pk=PATH).etag


def environ(method="GET", path=PATH, **headers):
    query = path.partition("?")[2]
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.partition("?")[0],
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **{name: value for name, value in headers.items() if value is not None},
    }


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append({**record.args, "ms": 0})


@contextmanager
def lines():
    """What is logged of requests; the time taken is left out."""
    log, handler = logging.getLogger("militiadb.request"), Lines()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler.lines
    log.setLevel(level)
    log.removeHandler(handler)


# Each answer has its own: that it is there is what can be compared.
ANEW = ("X-Request-ID", "Set-Cookie")


def ask(application, asked):
    """Status, headers, body and log line of an answer; of what is made anew only that it is there."""
    told = []
    with lines() as logged:
        answer = application(asked, lambda status, headers, *_: told.extend((status, headers)))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
    status, headers = told
    given = asked.get("HTTP_X_REQUEST_ID")
    headers = sorted((name, "new" if name in ANEW and value != given else value) for name, value in headers)
    return status, headers, body, logged


def refuse(environ, start_response):
    raise AssertionError(f"Django was asked for {environ['PATH_INFO']}")


def test_each_kind_of_stored_page_is_sent_without_django_as_django_sends_it(pages):
    django, ours = WSGIHandler(), StoredFirst(refuse)
    statuses = []
    for path in (PATH, "/groups/river-guards.json", "/groups/guards/", "/people/gone-one/"):
        for method in ("GET", "HEAD"):
            for zipped in (None, "gzip"):
                for tag in (None, f'"{pages}"', "*"):
                    asked = {"HTTP_ACCEPT_ENCODING": zipped, "HTTP_IF_NONE_MATCH": tag}
                    made = ask(ours, environ(method, path, **asked))
                    assert made == ask(django, environ(method, path, **asked))
                    statuses.append(made[0])
    assert {status: statuses.count(status) for status in statuses} == {
        "200 OK": 12,
        "304 Not Modified": 12,
        "301 Moved Permanently": 12,
        "410 Gone": 12,
    }


METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "head"])
STORED = [PATH, "/groups/river-guards.json", "/groups/guards/", "/groups/guards.json", "/people/gone-one/"]
NEAR = [f"{PATH}?", f"{PATH}?on=2016", f"{PATH}\n", f"/{PATH}", PATH[:-1], "/groups/River-Guards/", "/groups/a--b/"]
FAR = [
    "/",
    "",
    "/groups/",
    f"{PATH}editions/1/",
    "/people/river-guards/",
    "/groups/nobody/",
    "/healthz",
    "/ar/groups/x/",
]
ODD = [
    "/groups/\xd9\x83/",
    "/groups/\xff/",
    "/groups/%72iver-guards/",
    "/static/css/tokens.css",
    "/groups/guards.json/",
]
WORDS = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20)
PIECES = st.sampled_from(
    ["/", "//", "groups", "river-guards", ".json", "..", ".", "%2F", ";a=b", "?on=2016", "?", "#", "\0"]
)
# A stored path, one beside it, one of its own pieces in any order, and a stored one with something put in anywhere.
PATHS = (
    st.sampled_from(STORED)
    | st.sampled_from([*NEAR, *FAR, *ODD])
    | st.lists(PIECES, max_size=6).map("".join)
    | st.builds(lambda path, at, put: path[:at] + put + path[at:], st.sampled_from(STORED), st.integers(0, 25), WORDS)
)
METHODS |= st.text("GETHADgetPOS-_", max_size=6)
CODING = st.sampled_from(["gzip", "GZIP", "x-gzip", "br", "*", "identity", "deflate", "gzipped", ""])
QUALITY = st.sampled_from(
    ["", ";q=0", ";q=0.0", "; q=0.001", ";q=1", ";Q=0", ";q=", ";q=x", " ; q = 0", ";q=0;q=1", ";a=b"]
)
ENCODINGS = st.none() | WORDS | st.lists(st.builds(str.__add__, CODING, QUALITY), max_size=4).map(", ".join)
OURS = [
    "localhost",
    "localhost:8000",
    "127.0.0.1",
    "LOCALHOST.",
    "www.guards.example",
    "guards.example:443",
    "[::1]:8000",
]
NOT_OURS = ["elsewhere.example", "", "a b", "[::1", "badguards.example", "localhost:x", "user@localhost", None]
HOSTS = st.sampled_from(OURS) | st.sampled_from(NOT_OURS)
OTHERS = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_COOKIE": st.sampled_from(["", "sessionid=short", "sessionid=0123456789abcdef", "csrftoken=x", "a"]),
        "HTTP_X_FORWARDED_PROTO": st.sampled_from(["https", "http", "https, http", " https", "HTTPS", ""]),
        "HTTP_X_FORWARDED_HOST": st.sampled_from(["elsewhere.example"]),
        "HTTP_X_REQUEST_ID": st.sampled_from(["abcdefgh12345678", "203.0.113.7", "x"]),
        "HTTP_RANGE": st.just("bytes=0-10"),
        "HTTP_IF_MODIFIED_SINCE": st.just("Sat, 29 Oct 2050 19:43:31 GMT"),
        "HTTP_IF_UNMODIFIED_SINCE": st.just("Sat, 29 Oct 1994 19:43:31 GMT"),
        "HTTP_IF_MATCH": st.sampled_from(["*", '"other"']),
        "HTTP_ACCEPT": st.sampled_from(["application/json", "image/png;q=0"]),
        "HTTP_ACCEPT_LANGUAGE": st.sampled_from(["ar", "en;q=0, ar"]),
        "HTTP_TRANSFER_ENCODING": st.just("chunked"),
        "CONTENT_TYPE": st.sampled_from(["", "text/html", "text/html; charset=none", "multipart/form-data"]),
        "CONTENT_LENGTH": st.sampled_from(["", "0", "5", "x"]),
        "SCRIPT_NAME": st.sampled_from(["", "/site"]),
        "wsgi.url_scheme": st.sampled_from(["http", "https"]),
        "REMOTE_ADDR": st.just("203.0.113.9"),
    },
)


@pytest.mark.parametrize("server", SERVER)
def test_whatever_is_asked_the_answer_is_djangos(pages, server):
    tag = [
        f'"{pages}"',
        f'W/"{pages}"',
        f'W/"{pages}.gz"',
        f'"{pages}.gz"',
        f'w/"{pages}"',
        "*",
        '"other"',
        pages,
        '"',
        "",
    ]
    tags = st.lists(st.sampled_from(tag), max_size=3).map(", ".join) | st.sampled_from(tag).map(" {}\t".format) | WORDS
    with override_settings(**SERVER[server]):
        django = WSGIHandler()
        ours = StoredFirst(django)

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(METHODS, PATHS, ENCODINGS, st.none() | tags, HOSTS, OTHERS)
    def holds(method, path, encoding, tag, host, others):
        asked = {"HTTP_ACCEPT_ENCODING": encoding, "HTTP_IF_NONE_MATCH": tag, "HTTP_HOST": host, **others}
        assert ask(ours, environ(method, path, **asked)) == ask(django, environ(method, path, **asked))

    with override_settings(**SERVER[server]):
        holds()


def test_a_page_costs_two_queries_then_one(pages):
    ours, counts = StoredFirst(refuse), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            ask(ours, environ())
        counts.append(len(asked))
    assert counts == [2, 1]


def test_a_take_down_is_told_at_once(pages):
    ours = StoredFirst(refuse)
    assert ask(ours, environ())[0] == "200 OK"
    write_pages([Page(PATH, 410, {"Content-Type": "text/plain"}, b"Taken down")])
    assert ask(ours, environ(HTTP_IF_NONE_MATCH=f'"{pages}"'))[0] == "410 Gone"


@pytest.mark.parametrize("lost", [OperationalError("the connection is lost"), ValueError("no such thing")])
def test_where_the_database_does_not_answer_django_is_asked_again(pages, monkeypatch, lost):
    answers = [lost]

    def fail_once(path, method, headers):
        if answers:
            raise answers.pop()
        return storedfirst.answer(path, method, headers)

    django = WSGIHandler()
    expected = ask(django, environ())
    monkeypatch.setattr(storedfirst, "answer", fail_once)
    assert ask(StoredFirst(django), environ()) == expected
    assert answers == []


def test_a_connection_that_was_lost_is_opened_again(pages):
    ours = StoredFirst(WSGIHandler())
    expected = ask(ours, environ())
    connection.connection.close()
    assert ask(ours, environ()) == expected
    assert ask(StoredFirst(refuse), environ()) == expected


def test_a_connection_past_its_age_is_closed_first(pages, monkeypatch):
    ours = StoredFirst(refuse)
    ask(ours, environ())
    before = connection.connection
    monkeypatch.setattr(connection, "close_at", 0)
    assert ask(ours, environ())[0] == "200 OK"
    assert connection.connection is not before


def test_a_middleware_or_setting_that_is_not_known_here_leaves_all_to_django(settings):
    assert storedfirst.is_known()
    for name, value in {
        "MIDDLEWARE": [*settings.MIDDLEWARE, "django.middleware.gzip.GZipMiddleware"],
        "USE_X_FORWARDED_HOST": True,
        "PREPEND_WWW": True,
        "FORCE_SCRIPT_NAME": "/site",
    }.items():
        with override_settings(**{name: value}):
            assert not storedfirst.is_known()


def test_only_paths_of_stored_pages_are_looked_up():
    matches = storedfirst.stored_paths()
    asked = (PATH, "/events/x.json", "/groups/", f"{PATH}editions/1/", "/claims/rg-0001/", "/", "/groups/a_b/")
    assert [path for path in asked if matches(path)] == [PATH, "/events/x.json"]
