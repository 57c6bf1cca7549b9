"""What the log says of a request, and what it must not."""

import json
import logging
from urllib.parse import quote

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory

from militiadb import requestlog
from militiadb.requestlog import ErrorMail, JSONFormatter, LineFormatter, RequestLog

ADDRESSES = ("203.0.113.77", "203.0.113.78", "2001:db8::77", "198.51.100.9")
READER = {
    "REMOTE_ADDR": "203.0.113.77",
    "headers": {
        "X-Forwarded-For": "[2001:db8::77]:4711, 203.0.113.78",
        "X-Real-IP": "203.0.113.78",
        "Forwarded": 'for="198.51.100.9:80"',
    },
}


class Lines(logging.Handler):
    """Everything that is logged, as the formatter writes it."""

    def __init__(self, formatter):
        super().__init__(logging.DEBUG)
        self.setFormatter(formatter)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def objects(self):
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def log():
    """The log as a server writes it, down to the last detail."""
    yield from attached(JSONFormatter())


@pytest.fixture
def watched():
    """The log as `make run` shows it."""
    yield from attached(LineFormatter("{levelname} {name}{request_id}: {message}", style="{"))


def attached(formatter):
    handler = Lines(formatter)
    root, requests = logging.getLogger(), logging.getLogger("militiadb.request")
    levels = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    requests.setLevel(logging.DEBUG)
    yield handler
    requests.setLevel(levels[1])
    root.setLevel(levels[0])
    root.removeHandler(handler)


def fail(request):
    logging.getLogger("somebody.else").warning("login failed from %s", request.META["REMOTE_ADDR"])
    raise ValueError(f"cannot answer {request.META['HTTP_X_FORWARDED_FOR']}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/groups/nobody/?q=secret", 404), ("/groups/?q=secret", 200)]
)
def test_a_request_is_one_line_without_query_and_address(log, path, status):
    response = Client().get(path, **READER)
    (line,) = [line for line in log.objects() if line["logger"] == "militiadb.request"]
    assert set(line) == {"time", "level", "logger", "message", "request", "method", "path", "status", "ms"}
    assert (line["method"], line["path"], line["status"]) == ("GET", path.partition("?")[0], status)
    assert line["request"] == response.headers["X-Request-ID"]
    assert not any(word in text for text in log.lines for word in (*ADDRESSES, "secret"))


@pytest.mark.django_db
def test_what_is_not_well_is_told_once_with_the_requests_id(log, monkeypatch):
    monkeypatch.setattr("profiles.views.health.lacking", lambda connection: "guards are missing: citation")
    response = Client().get("/healthz")
    assert response.content == b"guards are missing: citation\n"
    found = [(line["level"], line["message"], line["request"]) for line in log.objects()]
    number = response.headers["X-Request-ID"]
    assert found[0] == ("ERROR", "Not well: guards are missing: citation", number)
    assert [line[0] for line in found] == ["ERROR", "INFO"]


def test_no_line_has_a_readers_address_whoever_writes_it(log, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    application = RequestLog(django_answer(fail))
    response = application(RequestFactory().get("/groups/", **READER))
    assert response.status_code == 500
    assert [line["message"] for line in log.objects()] == [
        "login failed from [address]",
        "Internal Server Error: /groups/",
        f"GET /groups/ 500 {log.objects()[-1]['ms']} ms",
    ]
    assert "ValueError: cannot answer [[address]]:4711, [address]" in log.objects()[1]["traceback"]
    assert {line["request"] for line in log.objects()} == {response.headers["X-Request-ID"]}
    assert not any(address in line for line in log.lines for address in ADDRESSES)


def django_answer(view):
    """A view as Django's handler calls it: an exception becomes a logged 500."""
    from django.core.handlers.exception import convert_exception_to_response

    return convert_exception_to_response(view)


def test_refusals_have_no_address_either(watched):
    client = Client(enforce_csrf_checks=True)
    statuses = [
        client.post("/admin/login/", {"username": "x"}, **READER).status_code,
        client.get("/healthz", **READER | {"HTTP_HOST": "elsewhere.example"}).status_code,
    ]
    assert statuses == [403, 400]
    text = "\n".join(watched.lines)
    assert "django.security" in text
    assert not any(address in text for address in ADDRESSES)


def test_a_line_to_watch_is_plain(watched):
    made = RequestLog(lambda request: HttpResponse())(RequestFactory().get("/x/", **READER)).headers["X-Request-ID"]
    (line,) = watched.lines
    assert line.startswith(f"INFO militiadb.request [{made}]: GET /x/ 200 ")


def test_what_is_logged_outside_a_request_has_no_id(log):
    logging.getLogger("profiles").info("at 203.0.113.77")
    assert [(line["message"], "request" in line) for line in log.objects()] == [("at 203.0.113.77", False)]


def answered(**headers):
    request = RequestFactory().get("/", headers=headers)
    return RequestLog(lambda request: HttpResponse())(request).headers["X-Request-ID"]


def test_the_id_of_a_trusted_proxy_is_taken_and_returned(settings, log):
    settings.BEHIND_TLS_PROXY = True
    given = "4bf92f3577b34da6a3ce929d0e0e4736"
    assert answered(**{"X-Request-ID": given}) == given
    assert [line["request"] for line in log.objects()] == [given]


@pytest.mark.parametrize("given", ["", "short", "203.0.113.77-1", "2001:db8::77:1234", "x" * 65, "with space here"])
def test_an_id_that_could_be_anything_is_not_taken(settings, given):
    settings.BEHIND_TLS_PROXY = True
    assert answered(**{"X-Request-ID": given}) != given


def test_the_id_of_a_stranger_is_not_taken(settings):
    settings.BEHIND_TLS_PROXY = False
    given = "4bf92f3577b34da6a3ce929d0e0e4736"
    first, second = answered(**{"X-Request-ID": given}), answered(**{"X-Request-ID": given})
    assert len({given, first, second}) == 3


@pytest.fixture
def mailed(settings):
    """A logger whose errors are mailed, and its handler."""
    settings.ERRORS_TO = ["desk@militiadb.example"]
    handler = ErrorMail()
    logger = logging.getLogger("test.mailed")
    logger.addHandler(handler)
    yield logger, handler
    logger.removeHandler(handler)


def tell(logger, number):
    try:
        raise ValueError(f"no {number}")
    except ValueError:
        logger.exception("Internal Server Error: /groups/")


def test_an_error_is_mailed_once_with_its_traceback_and_no_address(mailed):
    logger, handler = mailed

    def view(request):
        for number in (1, 2, 3):
            tell(logger, f"{number} {request.META['REMOTE_ADDR']}")
        return HttpResponse()

    made = RequestLog(view)(RequestFactory().get("/groups/", **READER)).headers["X-Request-ID"]
    (message,) = mail.outbox
    assert message.to == ["desk@militiadb.example"]
    assert message.subject == "[MilitiaDB] Internal Server Error: /groups/"
    assert f"[{made}]: Internal Server Error: /groups/\n  Traceback" in message.body
    assert message.body.endswith("ValueError: no 1 [address]")
    # After ten minutes it is news again.
    handler.quiet = 0.0
    tell(logger, 4)
    assert len(mail.outbox) == 2


def test_what_is_no_error_is_not_mailed(mailed):
    mailed[0].warning("odd")
    assert mail.outbox == []


def test_a_mail_server_that_fails_harms_no_request(mailed, log, monkeypatch):
    def refuse(self):
        raise OSError("connection refused")

    monkeypatch.setattr(requestlog.EmailMessage, "send", refuse)
    tell(mailed[0], 1)
    assert [(line["level"], line["message"]) for line in log.objects()] == [
        ("WARNING", "an error could not be mailed: OSError: connection refused"),
        ("ERROR", "Internal Server Error: /groups/"),
    ]


def test_what_our_code_tells_beside_a_message_is_logged(log):
    logging.getLogger("profiles.editorial.publish").info("published", extra={"publication": 7})
    logging.getLogger("django.request").error("odd", extra={"request": "GET /?q=secret"})
    assert [line.get("publication") for line in log.objects()] == [7, None]
    assert "secret" not in "".join(log.lines)


def test_half_a_character_is_logged_too(log):
    # To our handler alone: pytest would keep it for its report, which cannot be passed on between processes.
    log.handle(logging.makeLogRecord({"name": "profiles", "levelname": "INFO", "msg": "half a \ud800 character"}))
    assert [line["message"] for line in log.objects()] == ["half a \ud800 character"]


FORGED = "/x\n2026-01-01 INFO militiadb.request: GET /y/ 200\r\x1b[2J\x00\x7f\x9b\u2028\u202e/"
SHOWN = r"/x\n2026-01-01 INFO militiadb.request: GET /y/ 200\r\x1b[2J\x00\x7f\x9b\u2028\u202e/"


@pytest.mark.django_db
def test_a_path_forges_no_line(watched):
    assert Client().get(quote(FORGED)).status_code == 404
    (line,) = [line for line in watched.lines if "militiadb.request [" in line]
    assert line.isprintable()
    assert f"]: GET {SHOWN} 404 " in line


def test_a_traceback_forges_no_line(watched):
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("profiles").exception("at %s", FORGED)
    (record,) = watched.lines
    lines = record.split("\n")
    assert lines[0] == f"ERROR profiles: at {SHOWN}"
    assert lines[1] == "  Traceback (most recent call last):"
    assert all(line.startswith("  ") and line.isprintable() for line in lines[1:])


@pytest.mark.django_db
def test_a_path_forges_nothing_in_json(log):
    assert Client().get(quote(FORGED)).status_code == 404
    (line,) = [line for line in log.lines if '"militiadb.request"' in line]
    assert line.isprintable()
    assert json.loads(line)["path"] == FORGED


@pytest.mark.django_db
def test_a_request_that_django_refuses_is_a_warning_without_a_traceback(log, monkeypatch):
    sent = []
    monkeypatch.setattr(ErrorMail, "emit", lambda self, record: sent.append(record))
    mailing = ErrorMail()
    logging.getLogger().addHandler(mailing)
    try:
        assert Client().get("/groups/?" + "&".join(["a=1"] * 1001)).status_code == 400
        assert Client().get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400
    finally:
        logging.getLogger().removeHandler(mailing)
    lines = [line for line in log.objects() if line["logger"].startswith("django.security")]
    assert [(line["logger"].rpartition(".")[2], line["level"], "traceback" in line) for line in lines] == [
        ("TooManyFieldsSent", "WARNING", False),
        ("DisallowedHost", "WARNING", False),
    ]
    assert sent == []
