"""Fetch one page from the public web, and nothing from anywhere else.

http and https only; every address that a host resolves to must be public, and the connection goes to the very address
that was checked; each redirect is checked again. `settings.FETCH_PRIVATE_ADDRESSES` lets tests reach themselves.
"""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
SECONDS = 20
MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
# Kept beside a capture: what dates and identifies what was sent, and no cookie.
_KEPT = ("Content-Type", "Date", "Last-Modified", "ETag", "Content-Language")
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(ValueError):
    """A page that could not or may not be fetched; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: the address that answered in the end, its bytes, what the server calls them."""

    url: str
    body: bytes
    media_type: str
    charset: str
    headers: dict[str, str]


def fetch(url: str) -> Fetched:
    """The page at an address: at most 10 MB, each step within 20 seconds, at most five redirects. Raises FetchError."""
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url)
        found = _ask(url, parts)
        if isinstance(found, Fetched):
            return found
        onward = urljoin(url, found)
        if parts.scheme == "https" and urlsplit(onward).scheme != "https":
            raise FetchError(f"{url} redirects from https to {onward}")
        url = onward
    raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is not an address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url}: only http and https addresses are fetched")
    if not host:
        raise FetchError(f"{url} names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name or password in it is not fetched")
    return parts


def _addresses(host: str, port: int) -> list[str]:
    """Where a host is, all of it public. FetchError names the first address that is not."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host} cannot be found: {error}") from None
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not getattr(settings, "FETCH_PRIVATE_ADDRESSES", False):
        for address in found:
            if not is_public(address):
                raise FetchError(f"{host} is at {address}, which is not a public address")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it carries another inside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
        if ip.ipv4_mapped:
            return True
    return ip.is_global and not ip.is_multicast


class _Connection(http.client.HTTPConnection):
    """A connection to the first of the checked addresses that answers, whatever the name resolves to by now."""

    def __init__(self, host: str, port: int, addresses: list[str], tls: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.addresses = addresses
        self.tls = tls
        self.line: socket.socket | None = None

    def connect(self) -> None:
        """Connect, and for https prove the host's name."""
        failure: OSError | None = None
        for address in self.addresses:
            try:
                line = socket.create_connection((address, self.port), SECONDS)
            except OSError as error:
                failure = error
                continue
            self.line = line
            self.sock = ssl.create_default_context().wrap_socket(line, server_hostname=self.host) if self.tls else line
            self.line = self.sock
            return
        raise failure or OSError("no address")

    def cut(self) -> None:
        """End whatever is still being waited for."""
        self.timed_out = True
        if self.line is not None:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)

    timed_out = False


def _ask(url: str, parts: SplitResult) -> Fetched | str:
    """The page, or where it redirects to."""
    tls = parts.scheme == "https"
    host = str(parts.hostname)
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    port = parts.port or (443 if tls else 80)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    connection = _Connection(host, port, _addresses(host, port), tls)
    # One limit for the whole answer: a server that sends a byte a second would never time out.
    limit = Timer(SECONDS, connection.cut)
    limit.start()
    try:
        headers = {"User-Agent": "MilitiaDB", "Accept": ", ".join(MEDIA_TYPES), "Accept-Encoding": "identity"}
        connection.request("GET", path + query, headers=headers)
        response = connection.getresponse()
        if response.status in _REDIRECTS and response.getheader("Location"):
            return str(response.getheader("Location"))
        return _read(url, response, connection)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, FetchError):
            raise
        if connection.timed_out or isinstance(error, TimeoutError):
            raise FetchError(f"{url} did not answer within {SECONDS} seconds") from None
        raise FetchError(f"{url} cannot be fetched: {error}") from None
    finally:
        limit.cancel()
        connection.close()


def _read(url: str, response: http.client.HTTPResponse, connection: _Connection) -> Fetched:
    if response.status != 200:
        raise FetchError(f"{url} answered {response.status} {response.reason}")
    if response.getheader("Content-Encoding", "identity") != "identity":
        raise FetchError(f"{url} sent an encoding that was not asked for: {response.getheader('Content-Encoding')}")
    media_type = response.headers.get_content_type()
    if media_type not in MEDIA_TYPES:
        raise FetchError(f"{url} is {media_type}: only {', '.join(MEDIA_TYPES)} are read")
    body = bytearray()
    while chunk := response.read1(65536):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError(f"{url} is larger than {MAX_BYTES:,} bytes")
    length = response.getheader("Content-Length")
    if connection.timed_out:
        raise FetchError(f"{url} did not answer within {SECONDS} seconds")
    if length and length.isdigit() and len(body) < int(length):
        raise FetchError(f"{url} broke off after {len(body):,} of {int(length):,} bytes")
    kept = {name: str(value) for name in _KEPT if (value := response.getheader(name))}
    return Fetched(url, bytes(body), media_type, response.headers.get_content_charset() or "", kept)
