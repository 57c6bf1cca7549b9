"""What of a page its text does not have: every block of words that is in the page and in no line that was kept."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from profiles.editorial.extraction.found import Lost

# A block's words belong together; the words of what is none of these are part of the block around it.
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr",
    "label", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table",
    "tbody", "textarea", "tfoot", "thead", "tr", "ul", "noscript", "iframe", "video", "audio", "object", "embed", "img",
    "amp-img",
}  # fmt: skip
# Not the head itself: of a page that opens no body, the parser leaves all in it.
_SILENT = {"script", "style", "template", "title", "svg", "math"}
_KINDS = {
    "figcaption": "caption", "table": "table", "caption": "table", "nav": "navigation", "menu": "navigation",
    "footer": "footer", "header": "page header", "aside": "aside", "form": "form", "button": "form", "select": "form",
    "textarea": "form", "blockquote": "quotation", "ul": "list", "ol": "list", "dl": "list", "h1": "heading",
    "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "noscript": "shown without scripts",
}  # fmt: skip
_ROLES = {"navigation": "navigation", "contentinfo": "footer", "banner": "page header", "complementary": "aside"}
# What wins where one stands in the other.
_STRONG = ("hidden", "shown without scripts", "comments", "navigation", "footer", "form", "caption", "table", "aside")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus\w*|responses)(?:$|[\s_-])", re.IGNORECASE)
_EMBEDDED = {"iframe": "src", "video": "src", "audio": "src", "object": "data", "embed": "src"}
# Shorter words may stand in any sentence by chance: only a line of their own keeps them.
_BY_CHANCE = 25
MOST = 2_000


def lost_of(page: Any, lines: list[str]) -> list[Lost]:
    """The blocks of a page that are not in its lines, in their order; the same words are told once."""
    kept = {squashed(line) for line in lines}
    text = "".join(squashed(line) for line in lines)
    found: dict[str, Lost] = {}
    for kind, words in _blocks(page):
        key = squashed(words)
        if not key or key in found or key in kept or (len(key) >= _BY_CHANCE and key in text):
            continue
        found[key] = Lost(kind, words)
    return list(found.values())[:MOST]


def squashed(words: str) -> str:
    """Words without what stands between them."""
    return "".join(words.split())


def _blocks(page: Any) -> Iterator[tuple[str, str]]:
    """(kind, words) of each block, without what no reader sees as words."""
    kinds = ["paragraph"]
    parts: list[str] = []
    silent = 0

    def block() -> Iterator[tuple[str, str]]:
        words = " ".join("".join(parts).split())
        parts.clear()
        if words:
            yield kinds[-1], words

    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag == "svg" and not silent:
                yield from block()
                yield from _of_drawing(element, kinds[-1])
            if tag in _SILENT or not tag:
                silent += 1
            if silent:
                continue
            if tag in _BLOCKS:
                yield from block()
                kinds.append(_kind(element, tag, kinds[-1]))
                yield from _without_words(element, tag)
            parts.append(element.text or "")
            continue
        if tag in _SILENT or not tag:
            silent -= 1
        elif not silent and tag in _BLOCKS:
            yield from block()
            kinds.pop()
        if not silent:
            parts.append(" " if tag in ("td", "th", "br") else "")
            parts.append(element.tail or "")
    yield from block()


def _kind(element: Any, tag: str, outer: str) -> str:
    if is_hidden(element):
        return "hidden"
    if outer in _STRONG:
        return outer
    if _COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return "comments"
    return _ROLES.get(element.get("role") or "", "") or _KINDS.get(tag, outer)


def is_hidden(element: Any) -> bool:
    """Whether the page itself says that no reader sees it."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _of_drawing(svg: Any, outer: str) -> Iterator[tuple[str, str]]:
    """The words that a drawing within the page shows, as the names and figures of a chart."""
    words = " ".join(" ".join(" ".join(text.itertext()) for text in svg.iter("text")).split())
    if words:
        yield (outer if outer in _STRONG else "drawing"), words


def _without_words(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    """What tells something without words of its own: a picture by its description, a frame by its address."""
    if tag in ("img", "amp-img") and len((element.get("alt") or "").split()) > 1:
        yield "description of a picture", " ".join(element.get("alt").split())
    elif tag in _EMBEDDED and (address := (element.get(_EMBEDDED[tag]) or "").strip()):
        yield "embedded", address[:300]
