"""Fetch one page from the public web, and nothing from anywhere else.

http and https only; every address that a host resolves to must be public, and the connection goes to the very address
that was checked; each redirect is checked again. Nothing is sent that tells of us, and no encoding is undone.
"""

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from time import monotonic
from typing import TypeVar
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from profiles.editorial.hosts import FetchError, addresses_of, is_public, may_connect, plain_host

__all__ = ["FetchError", "Fetched", "Probe", "fetch", "is_public", "probe"]

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
# Of silence: for the resolver, a connection, and each wait for more bytes.
SECONDS = 20
# For all of it, redirects included: who sends a byte a second would never be silent for long.
SECONDS_IN_ALL = 60
PDF = "application/pdf"
MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain", PDF)
# What servers call a file whose kind they do not know; its first bytes then tell.
_UNTOLD = ("application/octet-stream", "application/x-pdf", "binary/octet-stream", "application/force-download")
# Kept beside a capture: what dates and identifies what was sent. No cookie, and nothing that echoes who asked.
_KEPT = (
    "Age", "Cache-Control", "Content-Disposition", "Content-Language", "Content-Length", "Content-Location",
    "Content-Type", "Date", "ETag", "Expires", "Last-Modified", "Link", "Memento-Datetime", "Server", "X-Robots-Tag",
)  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: the address that answered in the end, its bytes, what the server calls them."""

    url: str
    body: bytes
    media_type: str
    charset: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether an address answers: with which status, and at which address in the end."""

    status: int
    url: str


def fetch(url: str) -> Fetched:
    """The page at an address: at most 20 MB, within a minute, at most five redirects. Raises FetchError."""
    return _follow(url, "GET", {}, _read)


def probe(url: str) -> Probe:
    """Whether an address still answers: asked for its head alone, else for its first bytes. Raises FetchError.

    Nothing of the answer is kept, so a redirect from https to http is followed: `url` tells of it.
    """
    found = _follow(url, "HEAD", {}, _status, plain=True)
    if found.status < 400:
        return found
    # Many servers refuse to be asked so, in words of their own.
    return _follow(url, "GET", {"Range": "bytes=0-1023"}, _status, plain=True)


def _follow(
    url: str,
    method: str,
    extra: dict[str, str],
    take: Callable[[str, http.client.HTTPResponse, "_Connection"], Found],
    *,
    plain: bool = False,
) -> Found:
    """What `take` makes of the answer at the end of all redirects; `plain`: from https on to http, too."""
    until = monotonic() + SECONDS_IN_ALL
    for _ in range(MAX_REDIRECTS + 1):
        url = urldefrag(url).url
        parts = _checked(url)
        with _asked(url, parts, method, extra, until) as (response, connection):
            onward = _onward(response)
            if not onward:
                return take(url, response, connection)
        onward = urljoin(url, onward)
        if not plain and parts.scheme == "https" and urlsplit(onward).scheme == "http":
            raise FetchError(f"{url} redirects from https to {onward}")
        url = onward
    raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects")


def _onward(response: http.client.HTTPResponse) -> str:
    """Where a redirect leads; empty if it is none. Many servers write the address in UTF-8, against the rule."""
    if response.status not in _REDIRECTS:
        return ""
    told = response.getheader("Location") or ""
    with suppress(UnicodeError):
        told = told.encode("latin-1").decode()
    return told.strip()


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is not an address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name or password in it is not fetched")
    if not host:
        raise FetchError(f"{url} names no host")
    return parts


class _Connection(http.client.HTTPConnection):
    """A connection to the first of the checked addresses that answers, whatever the name resolves to by now."""

    def __init__(self, host: str, port: int, addresses: list[str], tls: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.addresses = addresses
        self.tls = tls
        self.line: socket.socket | None = None
        self.timed_out = False

    def connect(self) -> None:
        """Connect, look once more whom to, and for https prove the host's name."""
        failure: OSError | None = None
        for address in self.addresses:
            if self.timed_out:
                break
            try:
                line = socket.create_connection((address, self.port), SECONDS)
            except OSError as error:
                failure = error
                continue
            self.line = self.sock = line
            may_connect(self.host, str(line.getpeername()[0]))
            if self.tls:
                self.line = self.sock = ssl.create_default_context().wrap_socket(line, server_hostname=self.host)
            # The limit may have passed while there was no line to cut.
            if self.timed_out:
                raise TimeoutError
            return
        raise failure or OSError("no address")

    def cut(self) -> None:
        """End whatever is still being waited for."""
        self.timed_out = True
        if self.line is not None:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _asked(
    url: str, parts: SplitResult, method: str, extra: dict[str, str], until: float
) -> Iterator[tuple[http.client.HTTPResponse, _Connection]]:
    """The answer of one server, while it is read; all that can go wrong becomes a FetchError."""
    tls = parts.scheme == "https"
    host = plain_host(str(parts.hostname))
    port = parts.port if parts.port is not None else 443 if tls else 80
    left = until - monotonic()
    if left <= 0:
        raise FetchError(_late(url))
    connection = _Connection(host, port, addresses_of(host, port, min(SECONDS, left)), tls)
    limit = Timer(max(0, until - monotonic()), connection.cut)
    limit.daemon = True
    limit.start()
    headers = {"User-Agent": "MilitiaDB", "Accept": ", ".join(MEDIA_TYPES), "Accept-Encoding": "identity"}
    try:
        connection.request(method, _target(parts), headers=headers | extra)
        yield connection.getresponse(), connection
        if connection.timed_out:
            raise FetchError(_late(url))
    except FetchError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.timed_out:
            raise FetchError(_late(url)) from None
        if isinstance(error, TimeoutError):
            raise FetchError(f"{url} did not answer within {SECONDS} seconds") from None
        raise FetchError(f"{url} cannot be fetched: {str(error) or type(error).__name__}") from None
    finally:
        limit.cancel()
        connection.close()


def _late(url: str) -> str:
    return f"{url} was not done within {SECONDS_IN_ALL} seconds"


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")


def _status(url: str, response: http.client.HTTPResponse, connection: _Connection) -> Probe:
    return Probe(response.status, url)


def _read(url: str, response: http.client.HTTPResponse, connection: _Connection) -> Fetched:
    if response.status != 200:
        raise FetchError(f"{url} answered {response.status} {response.reason}")
    for name in ("Content-Encoding", "Transfer-Encoding"):
        told = response.getheader(name, "identity").strip().lower()
        # Nothing is inflated, so nothing can burst.
        if told not in ("identity", "", "chunked" if name == "Transfer-Encoding" else ""):
            raise FetchError(f"{url} sent an encoding that was not asked for: {told}")
    media_type = response.headers.get_content_type()
    if media_type not in (*MEDIA_TYPES, *_UNTOLD):
        raise FetchError(f"{url} is {media_type}: only {', '.join(MEDIA_TYPES)} are read")
    length = response.getheader("Content-Length") or ""
    body = _body(url, response, int(length) if re.fullmatch(r"[0-9]{1,15}", length) else 0)
    if connection.timed_out:
        raise FetchError(_late(url))
    if body.startswith(b"%PDF-"):
        media_type = PDF
    elif media_type in _UNTOLD:
        raise FetchError(f"{url} is {media_type}: only {', '.join(MEDIA_TYPES)} are read")
    kept = {name: str(value)[:1000] for name in _KEPT if (value := response.getheader(name))}
    return Fetched(url, body, media_type, response.headers.get_content_charset() or "", kept)


def _body(url: str, response: http.client.HTTPResponse, length: int) -> bytes:
    """The bytes of an answer, never more than MAX_BYTES of them in memory."""
    if length > MAX_BYTES:
        raise FetchError(f"{url} is larger than {MAX_BYTES:,} bytes")
    body = bytearray()
    while chunk := response.read1(65536):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError(f"{url} is larger than {MAX_BYTES:,} bytes")
    if len(body) < length:
        raise FetchError(f"{url} broke off after {len(body):,} of {length:,} bytes")
    return bytes(body)
