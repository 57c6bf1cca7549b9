"""Every public page as a file: stored pages as they are stored, all others as the site makes them on request.

The walk begins at what publications wrote and follows the links of each page, so that none leads to nothing.
"""

import hashlib
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from itertools import combinations, islice
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.urls import get_resolver, resolve
from django.urls.resolvers import RoutePattern

from profiles.models.editions import Edition, Publication
from profiles.models.published import Address, Body, Entry, PublishedClaim, PublishedSource
from profiles.reading import addresses
from profiles.reading.upkeep import code_digest

from .folder import Folder
from .links import Links, comparison, file_of

BATCH = 100
_GZIP = 16 + zlib.MAX_WBITS  # how zlib is told that bytes are packed by gzip
NOT_FOUND = "404.html"
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")  # of a sitemap
_CHOOSE = re.compile(r'<form class="choose".*?</form>', re.DOTALL)
Told = Callable[[int], object]  # how many pages are done since the last time


def pairs(limit: int) -> list[tuple[str, ...]]:
    """The first so many pairs of groups, in the order of the list of groups."""
    slugs = Entry.objects.filter(model="group").order_by("sort_key").values_list("slug", flat=True)[: limit + 1]
    return list(islice(combinations(slugs, 2), limit))


def state_of(links: Links) -> dict[str, str]:
    """What an export was made from: the newest publication, the code, and what was asked for."""
    head = Publication.objects.order_by("-number").values_list("sha256", flat=True).first() or ""
    code = hashlib.sha256(code_digest().encode())
    for path in sorted(Path(settings.BASE_DIR).glob("profiles/views/**/*.py")):
        code.update(path.read_bytes())
    asked = repr((sorted(links.comparisons), links.site))
    return {"head": head, "code": code.hexdigest(), "asked": hashlib.sha256(asked.encode()).hexdigest()}


class Export:
    """One export into a folder that is open."""

    def __init__(self, folder: Folder, links: Links, told: Told) -> None:
        self.folder, self.links, self.told = folder, links, told
        self.state = state_of(links)
        self.files: dict[str, list[str]] = {}
        self._todo: deque[str] = deque()
        self._seen: set[str] = set()

    def run(self) -> list[str]:
        """Write what has changed, delete what is no more; returns the names of what was deleted."""
        # Pages stand for the code too: other code may lead other links.
        same = {**self.state, "head": ""} == {**self.folder.state, "head": ""}
        if self.folder.state == self.state:
            self.files = {n: m for n, m in self.folder.files.items() if (self.folder.root / n).exists()}
        if len(self.files) < len(self.folder.files) or not self.files:
            self.files.clear()
            self._stored(same)
            self._made()
        self._static()
        gone = sorted(self.folder.surplus(self.files))
        if not self.folder.dry_run:
            self.folder.delete(gone)
            self.folder.close(self.state, self.files)
        return gone

    # -- stored pages ------------------------------------------------------------------------------------------

    def _stored(self, same: bool) -> None:
        rows = list(Address.objects.order_by("path").values_list("path", "etag", "status"))
        self._seen.update(path for path, _, _ in rows)
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            due = []
            for path, etag, status in some:
                name = file_of(path)
                if same and self.folder.has(name, etag):
                    self.files[name] = self.folder.files[name]
                else:
                    due.append((path, etag, status))
            rows_of = Body.objects.filter(etag__in={etag for _, etag, _ in due}).values_list("etag", "headers", "gzip")
            bodies = {etag: (headers, packed) for etag, headers, packed in rows_of}
            for path, etag, status in due:
                if etag in bodies:
                    headers, packed = bodies[etag]
                    self._keep(path, path, status, headers, zlib.decompress(packed, _GZIP), etag)
            self.told(len(some))

    # -- pages made on request ---------------------------------------------------------------------------------

    def _made(self) -> None:
        for address in self._begin():
            self._follow(address)
        while self._todo:
            address = self._todo.popleft()
            response = made(address, self.links.site)
            if response is not None:
                target = self.links.target(address)
                self._keep(address, target or "", response.status_code, response.headers, response.content)
            self.told(1)
        # Last, since it has links too.
        page = made_by(resolve_not_found, "/404", self.links.site).content
        self._put(NOT_FOUND, self.links.rewrite(page, "/")[0], "")

    def _begin(self) -> Iterator[str]:
        yield from plain_addresses()
        for slugs in sorted(self.links.comparisons):
            yield "/compare/?" + "&".join(f"with={slug}" for slug in slugs)
        claims = PublishedClaim.objects.order_by("uid").values_list("uid", flat=True).distinct()
        for uid in claims.iterator(chunk_size=2000):
            yield addresses.claim(uid)
            yield f"/claims/{uid}.json"
        for slug in PublishedSource.objects.order_by("slug").values_list("slug", flat=True):
            yield addresses.source(slug)
        for number in Publication.objects.order_by("number").values_list("number", flat=True):
            yield addresses.publication(number)
        entries = Entry.objects.values_list("uid", "model", "slug")
        places = {uid: addresses.place(model, slug) for uid, model, slug in entries}
        for profile, number in Edition.objects.order_by("id").values_list("profile", "number"):
            if place := places.get(profile):
                yield addresses.editions(place)
                yield addresses.edition(place, number)
                yield addresses.edition_json(place, number)
        # The links of stored pages that are as they were are not read again.
        for name in self.folder.files:
            if not name.startswith("static/"):
                yield "/" + name.removesuffix("index.html")

    def _follow(self, address: str) -> None:
        if address not in self._seen and self.links.target(address):
            self._seen.add(address)
            self._todo.append(address)

    # -- files ---------------------------------------------------------------------------------------------------

    def _keep(
        self, address: str, path: str, status: int, headers: Mapping[str, str], body: bytes, mark: str = ""
    ) -> None:
        """Put an answer into its file: a page, the notice of what was taken down, or where a page has gone."""
        if status in (301, 302):
            where = headers["Location"]
            self._follow(where)
            if not path.endswith("/"):
                # A data file cannot tell where it has gone: under its old name stands what the new one has.
                target = made(where, self.links.site)
                if target is not None and target.status_code == 200:
                    self._put(file_of(path), target.content, "")
                return
            body = render_to_string("export_moved.html", {"where": where}, using="jinja2").encode()
        elif status not in (200, 410):
            return
        elif "text/html" in headers.get("Content-Type", ""):
            if status == 410 and not path.endswith("/"):
                return  # the notice stands at the page; under the name of a data file it would be none
            if address == "/compare/":
                body = self._with_listed(body.decode()).encode()
            body, found = self.links.rewrite(body, address.partition("?")[0])
            # What the page leads to is exported, or it would lead nowhere.
            self._todo.extend(found - self._seen)
            self._seen |= found
        elif path.endswith(".xml"):
            for whole in _LOCATION.findall(body.decode()):
                self._follow(urlsplit(unescape(whole)).path)
        self._put(file_of(path), body, mark)

    def _with_listed(self, page: str) -> str:
        """The page of the form to choose by, with the comparisons that are here."""
        labels = dict(Entry.objects.values_list("slug", "label"))
        listed = [(comparison(s), [labels.get(slug, slug) for slug in s]) for s in sorted(self.links.comparisons)]
        here = render_to_string("export_listed.html", {"listed": listed}, using="jinja2")
        return _CHOOSE.sub(lambda form: form[0] + here, page)

    def _put(self, name: str, body: bytes, mark: str) -> None:
        self.files[name] = [self.folder.put(name, body), mark]

    def _static(self) -> None:
        for root in map(Path, settings.STATICFILES_DIRS):
            for path in sorted(root.rglob("*")):
                if path.is_file():
                    name = f"{settings.STATIC_URL.strip('/')}/{path.relative_to(root).as_posix()}"
                    self._put(name, path.read_bytes(), "")


def made(address: str, site: str = "") -> HttpResponse | None:
    """What the site answers to an address, asked without the server and the middleware; None where nothing is."""
    try:
        match = resolve(address.partition("?")[0])
        return made_by(lambda request: match.func(request, *match.args, **match.kwargs), address, site)
    except Http404:
        return None


def made_by(view: Callable[[HttpRequest], HttpResponse], address: str, site: str = "") -> HttpResponse:
    """What a view answers to a plain request for an address."""
    request = HttpRequest()
    scheme, _, host = (site or "http://localhost").partition("://")
    path, _, query = address.partition("?")
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host}
    request.GET = QueryDict(query)  # type: ignore[assignment]
    request._get_scheme = lambda: scheme  # type: ignore[method-assign]
    request.get_host = lambda: host  # type: ignore[method-assign]
    response = view(request)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if response.streaming:
        whole: Iterable[bytes] = response.streaming_content  # type: ignore[attr-defined]
        return HttpResponse(b"".join(whole), status=response.status_code, headers=response.headers)
    return response


def plain_addresses() -> list[str]:
    """Every address of the site that is no pattern."""
    found = [one.pattern for one in get_resolver("profiles.views.urls").url_patterns]
    return [f"/{one}" for one in found if isinstance(one, RoutePattern) and "<" not in str(one)]


def resolve_not_found(request: HttpRequest) -> HttpResponse:
    """The page of an address at which nothing stands."""
    from profiles.views.profiles import not_found

    return not_found(request, Http404())


def asked_comparisons(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """The comparisons of a list: one a line, slugs with spaces between; what follows a # is a remark."""
    found = [tuple(line.partition("#")[0].split()) for line in lines]
    return [slugs for slugs in found if slugs]
