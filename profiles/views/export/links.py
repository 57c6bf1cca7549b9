"""What becomes of the site's own addresses in an export: a file cannot answer a query or take a form."""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl

# They need the running site.
LIVE = re.compile(r"(?:/ar)?/(?:admin|healthz|search|claims/[^/]+/report)(?:/.*)?")
PATH = re.compile(r"(?:/[A-Za-z0-9_~.-]+)*/?")
# As our templates print them; what a reader may see of them in a text is escaped.
_HREF, _ACTION, _FORM, _FORM_END = b' href="/', b' action="/', b"<form ", b"</form>"
# Further pages of a list; and what the ledger tells of one profile, which each corrected profile links to.
_FOLLOWED = {"after", "before"}
_OF_LEDGER = _FOLLOWED | {"profile"}


class Links:
    """Where each address of the site leads in an export.

    What no file can answer leads to the running `site` where one is named, else nowhere: the words stay, and forms go.
    """

    def __init__(self, comparisons: Iterable[tuple[str, ...]] = (), site: str = "") -> None:
        self.site = site.rstrip("/")
        self._action = b' action="%b/' % escape(self.site).encode()
        self.comparisons = frozenset(comparisons)
        self._led = lru_cache(maxsize=200_000)(self._lead)

    def target(self, address: str) -> str | None:
        """The path under which an address is exported; None where it is not."""
        path, _, query = address.partition("?")
        if LIVE.fullmatch(path) or not PATH.fullmatch(path) or ("/." in path and {".", ".."} & set(path.split("/"))):
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

    def rewrite(self, page: bytes, base: str) -> tuple[bytes, set[str]]:
        """A page's HTML with its links led anew, and the addresses of this site that it leads to."""
        if b'="?' in page:
            path = base.encode()
            page = page.replace(b' href="?', b' href="%b?' % path).replace(b' action="?', b' action="%b?' % path)
        page = page.replace(_ACTION, self._action) if self.site else without_forms(page)
        before, *links = page.split(_HREF)
        pieces, found = [before], set()
        for link in links:
            raw, _, after = link.partition(b'"')
            address, new = self._led(raw)
            pieces += new, after
            found.add(address)
        return b"".join(pieces), found - {""}

    def _lead(self, raw: bytes) -> tuple[str, bytes]:
        """The address to export that a link leads to, empty where there is none, and the attribute to stand for it.

        `raw` is what stands between its first slash and the closing quotation mark.
        """
        address, new = self._find(f"/{raw.decode()}")
        return address, b' href="%b"' % new.encode() if new else b""

    def _find(self, raw: str) -> tuple[str, str]:
        """The address to export, empty where there is none, and what is to stand for it, both from HTML's own text."""
        address, mark, fragment = unescape(raw).partition("#")
        if address.startswith("//"):
            return "", raw
        target = self.target(address)
        if target is None:
            return "", escape(f"{self.site}{address}{mark}{fragment}") if self.site else ""
        return address, raw if target == address else escape(f"{target}{mark}{fragment}")


def without_forms(page: bytes) -> bytes:
    """A page's HTML without what asks the running site."""
    before, *forms = page.split(_FORM)
    return b"".join([before, *(form.partition(_FORM_END)[2] for form in forms)])


def comparison(slugs: Iterable[str]) -> str:
    """The path of a comparison in an export."""
    return f"/compare/{'...'.join(slugs)}/"


def file_of(path: str) -> str:
    """The file, below the folder of the export, that answers a path."""
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")
