"""Fetching from the web: what comes is bounded, and nothing but the public web is reached."""

import gzip
import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from types import SimpleNamespace

import pytest

from profiles.editorial import fetch as fetching
from profiles.editorial import hosts
from profiles.editorial.fetch import FetchError, Probe, fetch, is_public, probe

LATE = ("did not answer within 0.3 seconds", "was not done within 0.6 seconds")
ONLY = "only text/html, application/xhtml+xml, text/plain, application/pdf are read"


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

    def endless(self, piece, seconds, headers=b"", start=b""):
        """Send one thing again and again, until the other side has enough."""
        with suppress(OSError):
            if not headers:
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
            self.wfile.write(start)
            while not self.server.stop.wait(seconds):
                self.wfile.write(headers or piece)

    def do_HEAD(self):
        self.answer({"/page": 200, "/moved": 301}.get(self.path, 405), Location="/page")

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
            self.answer(200, b"%PDF-1.7", Content_Type="application/pdf; charset=binary")
        elif self.path == "/file":
            self.answer(200, b"%PDF-1.7", Content_Type="application/octet-stream")
        elif self.path == "/program":
            self.answer(200, b"MZ", Content_Type="application/octet-stream")
        elif self.path == "/picture":
            self.answer(200, b"GIF89a", Content_Type="image/gif")
        elif self.path == "/zipped":
            self.answer(200, gzip.compress(bytes(1_000_000)), Content_Encoding="gzip")
        elif self.path == "/packed":
            self.answer(200, b"x", Transfer_Encoding="gzip, chunked")
        elif self.path == "/round":
            self.answer(302, Location="/round")
        elif self.path == "/endless":
            self.endless(b"1000\r\n" + b"a" * 4096 + b"\r\n", 0)
        elif self.path == "/drip":
            self.endless(b"1\r\na\r\n", 0.05)
        elif self.path == "/again":
            self.endless(b"", 0, b"HTTP/1.1 100 Continue\r\n\r\n")
        elif self.path == "/headers":
            self.endless(b"", 0, b"X-Long: " + b"a" * 1000 + b"\r\n", b"HTTP/1.1 200 OK\r\n")
        elif self.path == "/garbage":
            self.wfile.write(b"\x16\x03\x01 not a web server\r\n\r\n")
        elif self.path == "/nowhere":
            self.answer(302, Location="")
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
    assert {name for name in page.headers if name not in ("Date", "Server")} == {
        "Content-Length", "Content-Type", "ETag", "Last-Modified",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/pdf", "/file"])
def test_a_pdf_is_known_by_its_first_bytes(web, path):
    assert fetch(web + path).media_type == "application/pdf"


def test_an_address_is_asked_whether_it_answers(web):
    assert probe(f"{web}/page#part") == Probe(200, f"{web}/page")
    assert probe(f"{web}/moved") == Probe(200, f"{web}/page")
    # Its server wants no HEAD.
    assert probe(f"{web}/large") == Probe(200, f"{web}/large")
    assert probe(f"{web}/none") == Probe(404, f"{web}/none")


def test_five_redirects_are_followed_and_not_six(web):
    assert fetch(f"{web}/hop/4").url == f"{web}/page"
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetch(f"{web}/hop/5")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "{url} answered 404 Not Found"),
        ("/out", "file:///etc/passwd: only http and https addresses are fetched"),
        ("/program", "{url} is application/octet-stream: " + ONLY),
        ("/picture", "{url} is image/gif: " + ONLY),
        ("/zipped", "{url} sent an encoding that was not asked for: gzip"),
        ("/short", "{url} broke off after 3 of 10 bytes"),
        ("/packed", "{url} sent an encoding that was not asked for: gzip, chunked"),
        ("/nowhere", "{url} answered 302 Found"),
        ("/round", "{url}: more than 5 redirects"),
        ("/endless", "{url} is larger than 4,999 bytes"),
        ("/drip", None),
        ("/again", None),
        ("/headers", "{url} cannot be fetched: got more than 100 headers"),
        ("/garbage", "{url} cannot be fetched: \x16\x03\x01 not a web server"),
        ("/large", "{url} is larger than 4,999 bytes"),
        ("/slow", None),
    ],
)
def test_what_is_not_taken_is_told(web, path, reason, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 4999)
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.6)
    begun = monotonic()
    with pytest.raises(FetchError) as refused:
        fetch(web + path)
    # By which of the two limits a slow answer ends depends on how busy the machine is.
    wanted = [reason.format(url=web + path)] if reason else [f"{web}{path} {late}" for late in LATE]
    assert str(refused.value).strip() in wanted
    # The limits are parts of a second; a machine that is busy may take its time to tell.
    assert monotonic() - begun < 20


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "ftp://example.org/: only http and https addresses are fetched"),
        ("http:///x", "http:///x names no host"),
        ("http://u:p@example.org/", "an address with a name or password in it is not fetched"),
        ("http://example.org:99999/", None),
        ("http://[::1/", None),
        ("http://127.0.0.1/", "127.0.0.1 is not a public address"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is not a public address"),
        ("http://[::1]/", "::1 is not a public address"),
        ("http://localhost/", None),
        ("http://localhost./", None),
        ("http://169.254.169.254/latest/", "169.254.169.254 is not a public address"),
        # Full-width digits are digits to a resolver.
        ("http://\uff11\uff12\uff17.0.0.1/", "127.0.0.1 is not a public address"),
        ("http://93.184.216.34:25/", "port 25 of 93.184.216.34 is not one of the web's"),
        ("http://93.184.216.34:0/", "port 0 of 93.184.216.34 is not one of the web's"),
        ("http://93.184.216.34\\@127.0.0.1/", "an address with a name or password in it is not fetched"),
        (" javascript:alert(1)", " javascript:alert(1): only http and https addresses are fetched"),
    ],
)
def test_addresses_that_are_not_of_the_public_web_are_refused(url, reason):
    with pytest.raises(FetchError) as refused:
        fetch(url)
    assert reason is None or str(refused.value) == reason


@pytest.mark.parametrize(
    "host",
    [
        "0x7f000001", "0x7f.1", "0x7f.0.0.1", "2130706433", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0",
        "127.0.0.1.", "127.0.0.01", "1.2.3.4.5", "[fe80::1%25eth0]", "[::1%lo]", "a..example", "-a.example",
        "a b.example", "a%2eexample", "x" * 64 + ".example",
    ],
)  # fmt: skip
def test_a_notation_that_only_some_resolvers_know_is_refused(host):
    with pytest.raises(FetchError, match=r" is not the name of a host, nor an address as it is usually written$"):
        fetch(f"http://{host}/")


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
        ("64:ff9b::93.184.216.34", True),
        ("2002:5db8:d822::1", True),
        ("2001:0:5db8:d822::1", False),
        ("fec0::1", False),
        ("::127.0.0.1", False),
        ("192.0.0.170", False),
        ("255.255.255.255", False),
        ("168.63.129.16", False),
        ("169.254.169.254", False),
        ("fd00:ec2::254", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


# Names: the local server stands for the public web, at 127.0.0.1; everything else is as it is.


@pytest.fixture
def names(web, settings, monkeypatch):
    """What the resolver answers, by name: one list of addresses for each time it is asked. `asked`: how often."""
    settings.FETCH_PRIVATE_ADDRESSES = False
    answers, asked, reached = {}, [], []
    port = int(web.rpartition(":")[2])
    resolve, connect = socket.getaddrinfo, socket.create_connection

    def answer(host, port, *args, **kwargs):
        if host not in answers:
            return resolve(host, port, *args, **kwargs)
        asked.append(host)
        given = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in given]

    def reach(address, *args, **kwargs):
        reached.append(address[0])
        return connect((address[0], port), *args, **kwargs)

    monkeypatch.setattr(hosts, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    monkeypatch.setattr(hosts.socket, "getaddrinfo", answer)
    monkeypatch.setattr(fetching.socket, "create_connection", reach)
    answers["public.example"] = [["127.0.0.1"]]
    return answers, asked, reached


def leads_to(monkeypatch, location):
    monkeypatch.setattr(Handler, "do_GET", lambda self: self.answer(302, Location=location))


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://inside.example/", "inside.example is at 10.0.0.5, which is not a public address"),
        ("//10.0.0.5/", "10.0.0.5 is not a public address"),
        ("http://2130706434/", "2130706434 is not the name of a host, nor an address as it is usually written"),
        ("http://[::1]:8000/admin/", "::1 is not a public address"),
        ("http://169.254.169.254/", "169.254.169.254 is not a public address"),
        ("gopher://public.example/", "gopher://public.example/: only http and https addresses are fetched"),
        ("http://me@public.example/", "an address with a name or password in it is not fetched"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(names, monkeypatch, location, reason):
    answers, _, reached = names
    answers["inside.example"] = [["10.0.0.5"]]
    assert fetch("http://public.example/page").media_type == "text/plain"
    leads_to(monkeypatch, location)
    with pytest.raises(FetchError) as refused:
        fetch("http://public.example/page")
    assert (str(refused.value), reached) == (reason, ["127.0.0.1", "127.0.0.1"])


def test_one_private_address_among_public_ones_is_enough(names):
    names[0]["mixed.example"] = [["127.0.0.1", "192.168.0.1"]]
    with pytest.raises(FetchError, match=r"^mixed.example is at 192.168.0.1, which is not a public address$"):
        fetch("http://mixed.example/page")
    assert names[2] == []


def test_an_answer_that_changes_after_the_check_is_never_asked_for(names):
    answers, asked, reached = names
    answers["turning.example"] = [["127.0.0.1"], ["10.0.0.5"]]
    assert fetch("http://turning.example/page").body.decode() == "لواء"
    assert (asked, reached) == (["turning.example"], ["127.0.0.1"])
    with pytest.raises(FetchError, match=r"^turning.example is at 10.0.0.5, which is not a public address$"):
        fetch("http://turning.example/page")
    assert reached == ["127.0.0.1"]


def test_who_answered_in_the_end_is_checked_again(names, monkeypatch):
    # As though a table of routes, or a resolver beneath, led the checked address somewhere else.
    answers, _, reached = names
    answers["public.example"] = [["93.184.216.34"]]
    connect = fetching.socket.create_connection
    monkeypatch.setattr(hosts, "is_public", is_public)
    monkeypatch.setattr(fetching.socket, "create_connection", lambda address, *rest: connect(("127.0.0.1", 0), *rest))
    with pytest.raises(FetchError, match=r"^public.example is at 127.0.0.1, which is not a public address$"):
        fetch("http://public.example/page")
    assert reached == ["127.0.0.1"]


def test_a_resolver_that_hangs_is_left_behind(monkeypatch, web):
    monkeypatch.setattr(fetching, "SECONDS", 0.1)
    stop = threading.Event()
    monkeypatch.setattr(hosts.socket, "getaddrinfo", lambda *args, **kwargs: [()] * (not stop.wait(5)))
    with pytest.raises(FetchError, match=r"^the host slow.example was not found within 0.1 seconds$"):
        fetch("http://slow.example/")
    stop.set()


def test_a_name_that_resolves_to_nothing_is_told(monkeypatch, web):
    monkeypatch.setattr(hosts.socket, "getaddrinfo", lambda *args, **kwargs: [])
    with pytest.raises(FetchError, match=r"^http://empty.example/ cannot be fetched: no address$"):
        fetch("http://empty.example/")


def test_what_a_server_writes_makes_no_long_message(web, monkeypatch):
    leads_to(monkeypatch, "ftp://" + "a" * 5000)
    with pytest.raises(FetchError) as refused:
        fetch(f"{web}/page")
    assert len(str(refused.value)) == 1003


@pytest.fixture
def downgrade(monkeypatch):
    """A server that leads from https to http, where it answers 200."""
    to_plain = SimpleNamespace(status=301, getheader=lambda name: "http://courier.example/a")
    there = SimpleNamespace(status=200, getheader=lambda name: None)

    @contextmanager
    def asked(url, parts, *rest):
        yield (to_plain if parts.scheme == "https" else there), None

    monkeypatch.setattr(fetching, "_asked", asked)


def test_from_https_to_http_a_page_is_not_fetched_but_its_address_answers(downgrade):
    with pytest.raises(FetchError, match="redirects from https to http://courier.example/a"):
        fetch("https://courier.example/a")
    assert probe("https://courier.example/a") == Probe(200, "http://courier.example/a")
