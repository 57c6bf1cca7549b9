"""The links of a page and what they may lead to, for the live site and for an export."""

from urllib.parse import urldefrag, urljoin

from lxml import html


def links_of(page, address):
    """(address, fragment) of each link within the site that a page has; the last parts of a form's action too."""
    found = set()
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("href", "src", "action"):
            if (raw := element.get(name)) is not None:
                whole, fragment = urldefrag(urljoin(f"http://site{address}", raw))
                if whole.startswith("http://site/"):
                    found.add((whole.removeprefix("http://site"), fragment))
    return found


def anchors_of(page):
    """What a fragment may name on a page."""
    return {element.get("id") for element in html.document_fromstring(page).iter() if element.get("id")}


class Checker:
    """Goes from page to page by its links; `get` answers an address by (status, media type, bytes)."""

    def __init__(self, get, good=(200, 301)):
        self.get, self.good = get, good
        self.seen, self.anchors, self.wrong = {}, {}, []

    def run(self, *roots):
        """Follow all links from some addresses on; what is broken is in `wrong` afterwards."""
        todo, fragments = [(root, "") for root in roots], set()
        while todo:
            address, came = todo.pop()
            if address in self.seen:
                continue
            status, media, body = self.get(address)
            self.seen[address] = status
            if status not in self.good:
                self.wrong.append(f"{came} leads to {address}, which answers {status}")
            if status in (200, 410) and media.startswith("text/html"):
                self.anchors[address] = anchors_of(body)
                for target, fragment in sorted(links_of(body, address)):
                    todo.append((target, address))
                    if fragment and not fragment.startswith(":~:"):
                        fragments.add((address, target, fragment))
        self.wrong += [
            f"{came} leads to {target}#{fragment}, which is not on that page"
            for came, target, fragment in sorted(fragments)
            if target in self.anchors and fragment not in self.anchors[target]
        ]
        return self
