"""Fetching from the web: what comes is bounded, and nothing but the public web is reached."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from profiles.editorial import fetch as fetching
from profiles.editorial.fetch import FetchError, fetch, is_public


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def log_message(self, *args):
        pass

    def answer(self, status=200, body=b"", **headers):
        self.send_response(status)
        defaults = {"Content_Type": "text/plain; charset=utf-8", "Content_Length": str(len(body))}
        for name, value in {**defaults, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.startswith("/hop/"):
            left = int(self.path.removeprefix("/hop/"))
            self.answer(302, Location=f"/hop/{left - 1}" if left else "/page")
        elif self.path == "/out":
            self.answer(302, Location="file:///etc/passwd")
        elif self.path == "/large":
            self.answer(200, b"a" * 5000)
        elif self.path == "/short":
            self.answer(200, b"abc", Content_Length="10")
        elif self.path == "/pdf":
            self.answer(200, b"%PDF", Content_Type="application/pdf")
        elif self.path == "/zipped":
            self.answer(200, b"x", Content_Encoding="gzip")
        elif self.path == "/slow":
            self.answer(200, b"a", Content_Length="10")
            self.server.stop.wait(5)
        elif self.path.startswith("/page"):
            self.answer(
                200, "لواء".encode(), Set_Cookie="id=1", ETag='"1"', Last_Modified="Fri, 03 May 2024 10:00:00 GMT"
            )
        else:
            self.answer(404)


@pytest.fixture
def web(settings):
    settings.FETCH_PRIVATE_ADDRESSES = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.stop = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.stop.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_with_what_dates_it_and_no_cookie(web):
    page = fetch(f"{web}/page?id=1&q=ä")
    assert (page.body.decode(), page.media_type, page.charset) == ("لواء", "text/plain", "utf-8")
    assert {name for name in page.headers if name != "Date"} == {"Content-Type", "ETag", "Last-Modified"}


def test_five_redirects_are_followed_and_not_six(web):
    assert fetch(f"{web}/hop/4").url == f"{web}/page"
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetch(f"{web}/hop/5")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "{url} answered 404 Not Found"),
        ("/out", "file:///etc/passwd: only http and https addresses are fetched"),
        ("/pdf", "{url} is application/pdf: only text/html, application/xhtml+xml, text/plain are read"),
        ("/zipped", "{url} sent an encoding that was not asked for: gzip"),
        ("/short", "{url} broke off after 3 of 10 bytes"),
        ("/large", "{url} is larger than 4,999 bytes"),
        ("/slow", "{url} did not answer within 0.3 seconds"),
    ],
)
def test_what_is_not_taken_is_told(web, path, reason, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 4999)
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    with pytest.raises(FetchError) as refused:
        fetch(web + path)
    assert str(refused.value) == reason.format(url=web + path)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "ftp://example.org/: only http and https addresses are fetched"),
        ("http:///x", "http:///x names no host"),
        ("http://u:p@example.org/", "an address with a name or password in it is not fetched"),
        ("http://example.org:99999/", None),
        ("http://[::1/", None),
        ("http://127.0.0.1/", "127.0.0.1 is at 127.0.0.1, which is not a public address"),
        ("http://0x7f000001/", "0x7f000001 is at 127.0.0.1, which is not a public address"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is at ::ffff:10.0.0.1, which is not a public address"),
        ("http://localhost/", None),
        ("http://169.254.169.254/latest/", "169.254.169.254 is at 169.254.169.254, which is not a public address"),
    ],
)
def test_addresses_that_are_not_of_the_public_web_are_refused(url, reason):
    with pytest.raises(FetchError) as refused:
        fetch(url)
    assert reason is None or str(refused.value) == reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::10.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_a_redirect_is_checked_like_the_first_address(web, settings, monkeypatch):
    port = web.rpartition(":")[2]
    hosts = {"public.example": "93.184.216.34", "inside.example": "10.0.0.5"}
    real, real_resolve = socket.create_connection, socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        if host == "127.0.0.1":
            return real_resolve(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (hosts[host], port))]

    def connect(address, *args, **kwargs):
        assert address[0] == "93.184.216.34"
        return real(("127.0.0.1", int(port)), *args, **kwargs)

    settings.FETCH_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    assert fetch("http://public.example/page").media_type == "text/plain"
    monkeypatch.setattr(Handler, "do_GET", lambda self: self.answer(302, Location="http://inside.example/"))
    with pytest.raises(FetchError, match=r"^inside.example is at 10.0.0.5, which is not a public address$"):
        fetch("http://public.example/page")
