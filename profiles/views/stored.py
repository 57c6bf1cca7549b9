"""Stored pages: one pure answer to a path, a method and headers, over two tables."""

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse

from profiles.models.published import Address, Body

CACHE_CONTROL = "public, max-age=0, must-revalidate"
CACHE_BYTES = 64 * 2**20
_TAG = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: a status, headers, and a body that is empty for HEAD and 304."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Bodies:
    """The bodies lately served, by etag, bounded in bytes. An etag never means other bytes, so none is ever stale."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[str, tuple[dict[str, str], bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, etag: str) -> tuple[dict[str, str], bytes] | None:
        """Headers and gzip bytes under an etag; one query unless they were served lately."""
        if there := self.kept(etag):
            return there
        row = Body.objects.filter(pk=etag).values_list("headers", "gzip").first()
        if row is None:
            return None
        found = (row[0], bytes(row[1]))
        self.keep(etag, found)
        return found

    def kept(self, etag: str) -> tuple[dict[str, str], bytes] | None:
        """What is in the process' memory: no query."""
        with self._lock:
            if etag not in self._kept:
                return None
            self._kept.move_to_end(etag)
            return self._kept[etag]

    def keep(self, etag: str, found: tuple[dict[str, str], bytes]) -> None:
        """Remember it, and forget what was longest not asked for."""
        with self._lock:
            if etag not in self._kept and len(found[1]) <= self.limit:
                self._kept[etag] = found
                self.size += len(found[1])
            while self.size > self.limit:
                _, (_, dropped) = self._kept.popitem(last=False)
                self.size -= len(dropped)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self.size = 0


bodies = Bodies()


def answer(path: str, method: str, headers: Mapping[str, str]) -> Answer | None:
    """The stored answer to a request, or None where nothing is stored at the path. At most two queries.

    `headers` are looked up as `If-None-Match` and `Accept-Encoding`, in lower or upper case as the mapping has it.
    """
    if method not in ("GET", "HEAD"):
        known = Address.objects.filter(pk=path).exists()
        return Answer(405, {"Allow": "GET, HEAD", "Content-Length": "0"}) if known else None
    # A publication between the two queries may drop the body that the first one named: ask once more.
    for _ in range(2):
        row = Address.find(path)
        if row is None:
            return None
        etag, status = row
        zipped = takes_gzip(headers.get("Accept-Encoding", ""))
        tag = f'"{etag}.gz"' if zipped else f'"{etag}"'
        shared = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
        if status == 200 and matches(headers.get("If-None-Match", ""), etag):
            return Answer(304, shared)
        found = bodies.get(etag)
        if found:
            return _whole(status, shared, found, zipped, method)
    return None


def _whole(
    status: int, shared: dict[str, str], found: tuple[dict[str, str], bytes], zipped: bool, method: str
) -> Answer:
    stored, packed = found
    body = packed if zipped else gzip.decompress(packed)
    headers = {**stored, **shared, "Content-Length": str(len(body))}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Answer(status, headers, body if method == "GET" else b"")


def matches(condition: str, etag: str) -> bool:
    """Whether If-None-Match names the page, in either encoding; weak comparison (RFC 9110, 13.1.2)."""
    if condition.strip() == "*":
        return True
    return any(tag.removesuffix(".gz") == etag for tag in _TAG.findall(condition))


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding allows gzip (RFC 9110, 12.5.3): by name before `*`, and not with a weight of zero."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        name, _, parameter = (part.strip() for part in item.partition(";"))
        try:
            weights[name] = float(parameter.removeprefix("q=")) if parameter else 1.0
        except ValueError:
            weights[name] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def answer_at_once(path: str, method: str, headers: Mapping[str, str]) -> Answer | None:
    """The same over a connection that is not asked first whether it lives, which would cost as much as the answer;
    where it does not, over a new one.
    """
    connection = connections[Address.objects.db]
    connection.health_check_done = True
    try:
        return answer(path, method, headers)
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return answer(path, method, headers)


def respond(request: HttpRequest, path: str = "") -> HttpResponse | None:
    """The stored answer at the request's path, or at another, as a Django response; None where nothing is stored."""
    made = answer_at_once(path or request.path, request.method or "GET", request.headers)
    if made is None:
        return None
    response = HttpResponse(made.body, status=made.status)
    if "Content-Type" not in made.headers:
        del response["Content-Type"]
    for name, value in made.headers.items():
        response[name] = value
    return response
