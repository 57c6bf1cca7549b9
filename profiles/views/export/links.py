"""What becomes of the site's own addresses in an export: a file cannot answer a query or take a form."""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl

# They need the running site.
LIVE = re.compile(r"/(?:admin|healthz|search|claims/[^/]+/report)(?:/.*)?")
PATH = re.compile(r"(?:/[A-Za-z0-9_~.-]+)*/?")
_LINK = re.compile(r'( (?:href|action)="/[^"]*")')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
# Further pages of a list; and what the ledger tells of one profile, which each corrected profile links to.
_FOLLOWED = {"after", "before"}
_OF_LEDGER = _FOLLOWED | {"profile"}


class Links:
    """Where each address of the site leads in an export.

    What no file can answer leads to the running `site` where one is named, else nowhere: the words stay, and forms go.
    """

    def __init__(self, comparisons: Iterable[tuple[str, ...]] = (), site: str = "") -> None:
        self.site = site.rstrip("/")
        self.comparisons = frozenset(comparisons)
        self._led = lru_cache(maxsize=200_000)(self._lead)

    def target(self, address: str) -> str | None:
        """The path under which an address is exported; None where it is not."""
        path, _, query = address.partition("?")
        if LIVE.fullmatch(path) or not PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
            return None
        if not query:
            return path
        pairs = parse_qsl(query, keep_blank_values=True)
        names = {name for name, _ in pairs}
        if path == "/compare/" and names == {"with"}:
            slugs = tuple(value for _, value in pairs)
            return comparison(slugs) if slugs in self.comparisons else None
        if path.endswith("/") and names <= (_OF_LEDGER if path == "/corrections/" else _FOLLOWED):
            return f"{path}{hashlib.sha256(query.encode()).hexdigest()[:16]}/"
        return None

    def rewrite(self, page: str, base: str) -> tuple[str, set[str]]:
        """A page's HTML with its links led anew, and the addresses of this site that it leads to."""
        if not self.site:
            page = _FORM.sub("", page)
        page = page.replace(' href="?', f' href="{base}?').replace(' action="?', f' action="{base}?')
        pieces = _LINK.split(page)
        led = [self._led(link) for link in pieces[1::2]]
        pieces[1::2] = [new for _, new in led]
        return "".join(pieces), {address for address, _ in led} - {""}

    def _lead(self, link: str) -> tuple[str, str]:
        """The address to export that an attribute leads to, empty where there is none, and what is to stand for it."""
        attribute, _, raw = link[1:-1].partition('="')
        if attribute == "action":
            return "", f' action="{escape(self.site)}{raw}"'
        address, new = self._find(raw)
        return address, f' {attribute}="{new}"' if new else ""

    def _find(self, raw: str) -> tuple[str, str]:
        """The address to export, empty where there is none, and what is to stand for it, both from HTML's own text."""
        address, mark, fragment = unescape(raw).partition("#")
        if address.startswith("//"):
            return "", raw
        target = self.target(address)
        if target is None:
            return "", escape(f"{self.site}{address}{mark}{fragment}") if self.site else ""
        return address, raw if target == address else escape(f"{target}{mark}{fragment}")


def comparison(slugs: Iterable[str]) -> str:
    """The path of a comparison in an export."""
    return f"/compare/{'...'.join(slugs)}/"


def file_of(path: str) -> str:
    """The file, below the folder of the export, that answers a path."""
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")
