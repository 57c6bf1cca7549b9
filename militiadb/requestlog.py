"""The log: each request has an id that stands in all its lines and in its answer; no line has a reader's address."""

import ipaddress
import json
import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("militiadb.request")
# No dot and no colon: an id that a proxy makes of an address is not taken.
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_ADDRESSES = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
_HIDDEN = "[address]"
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "request_id"}
# What would end a line, steer a terminal or turn the order of what is shown; a path may hold any of it.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_encoder = msgspec.json.Encoder(enc_hook=str)
# Id and environment of the request that this thread answers.
_current: ContextVar[tuple[str, dict[str, str]] | None] = ContextVar("request", default=None)


class RequestLog:
    """Middleware, outermost: gives the request its id and writes one line when it is answered.

    The line has the path and never the query: what a reader looked for is the reader's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with under_way(request.META) as number:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            write_line(request.method or "", request.path, response.status_code, began)
            return response


def write_line(method: str, path: str, status: int, began: float) -> None:
    """The line of a request that is answered; `began` as `time.perf_counter` had it."""
    # A monitor asks each few seconds.
    level = logging.DEBUG if path == "/healthz" and status == 200 else logging.INFO
    if logger.isEnabledFor(level):
        facts = {
            "method": method,
            "path": path[:500],
            "status": status,
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        logger.log(level, "%(method)s %(path)s %(status)s %(ms)s ms", facts)


@contextmanager
def under_way(environ: dict[str, Any]) -> Iterator[str]:
    """What is logged inside belongs to this request: the id it gets."""
    number = request_id(environ)
    token = _current.set((number, environ))
    try:
        yield number
    finally:
        _current.reset(token)


def request_id(headers: dict[str, str]) -> str:
    """The id that the proxy in front gave, where there is one to be trusted; else a new one."""
    given = headers.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_TLS_PROXY else ""
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def without_addresses(text: str) -> str:
    """A line without the addresses that the request under way came with, whoever wrote them into it."""
    request = _current.get()
    if request is not None:
        for header in _ADDRESSES:
            if value := request[1].get(header):
                for address in _addresses(value):
                    text = text.replace(address, _HIDDEN)
    return text


def on_one_line(text: str) -> str:
    """A text with the signs escaped that would end its line or change how it looks."""
    return _UNSHOWN.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


@lru_cache(maxsize=256)
def _addresses(header: str) -> list[str]:
    """Each address in a header as it stands there and in its usual forms; the own machine's tells of nobody."""
    found = []
    for part in re.findall(r"[0-9A-Fa-f:.]+(?:%\w+)?", header):
        for word in (part, part.rpartition(":")[0]):
            try:
                address = ipaddress.ip_address(word)
            except ValueError:
                continue
            if not (address.is_loopback or address.is_unspecified):
                found += [word, str(address), address.exploded]
    return sorted(set(found), key=len, reverse=True)


class LineFormatter(logging.Formatter):
    """A line for a person who watches; the lines of a traceback are indented, so that none passes for one of ours."""

    def format(self, record: logging.LogRecord) -> str:
        request = _current.get()
        record.request_id = f" [{request[0]}]" if request else ""
        return without_addresses("\n  ".join(map(on_one_line, super().format(record).split("\n"))))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return on_one_line(super().formatMessage(record))


class JSONFormatter(logging.Formatter):
    """A JSON object on one line, for what collects logs. Times are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := _current.get():
            line["request"] = request[0]
        if record.name == logger.name and isinstance(record.args, dict):
            line.update(record.args)
        elif record.name.startswith("profiles."):
            # What our own code tells beside the message; Django's own lines bring whole requests there.
            line.update({name: value for name, value in vars(record).items() if name not in _USUAL})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        try:
            text = _encoder.encode(line).decode()
        except UnicodeEncodeError:
            # Half a character, which UTF-8 cannot say.
            text = json.dumps(line, default=str)
        # JSON leaves some of them as they are.
        return without_addresses(_UNSHOWN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


class RefusedRequests(logging.Handler):
    """Passes what Django refuses on as a warning without a traceback: as errors anybody could fill log and mailbox."""

    def emit(self, record: logging.LogRecord) -> None:
        root = logging.getLogger()
        if root.isEnabledFor(min(record.levelno, logging.WARNING)):
            told = copy(record)
            if told.levelno > logging.WARNING:
                told.levelno, told.levelname = logging.WARNING, "WARNING"
            told.exc_info = told.exc_text = None
            root.handle(told)


class ErrorMail(logging.Handler):
    """Mails an error to those who run the site, with its traceback and nothing else of the request.

    The same error is mailed once in ten minutes by each process: a broken page that is asked for a thousand times
    fills no mailbox.
    """

    quiet = 600.0

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(LineFormatter("{asctime} {levelname} {name}{request_id}: {message}", style="{"))
        self._told: dict[tuple[str, str, int], float] = {}
        self._guard = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        if not self._due(record):
            return
        try:
            subject = without_addresses(on_one_line(" ".join(record.getMessage().split())))[:150]
            message = EmailMessage(
                f"[MilitiaDB] {subject}", self.format(record), settings.SERVER_EMAIL, settings.ERRORS_TO
            )
            message.send()
        except Exception as error:
            # A warning is not mailed. Python's own way would print the record as it came, addresses and all.
            logger.warning("an error could not be mailed: %s: %s", type(error).__name__, error)

    def _due(self, record: logging.LogRecord) -> bool:
        key = (record.name, record.pathname, record.lineno)
        if record.exc_info and record.exc_info[0]:
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            if trace:
                key = (record.exc_info[0].__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        now = time.monotonic()
        with self._guard:
            due = now - self._told.get(key, -self.quiet) >= self.quiet
            if due:
                self._told[key] = now
        return due
