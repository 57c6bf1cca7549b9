"""HTML: the article of a page as lines of its own words, and beside it what of the page was left out."""

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree, html

from profiles.editorial.extraction.found import Extracted, Unreadable
from profiles.editorial.extraction.letters import letters_of_page
from profiles.editorial.extraction.lost import is_hidden, lost_of
from profiles.editorial.extraction.page_facts import facts_of, structured
from profiles.editorial.extraction.page_warnings import warnings_of

# Trafilatura's tags for what is part of a line.
_WITHIN_LINES = ("hi", "ref", "del", "graphic")
_BOXES = ("head", "body", "main", "article", "section", "div")
MOST_TAGS = 200_000


def read_page(data: bytes, charset: str = "", url: str = "") -> Extracted:
    """The article of a page, without navigation, scripts, comments and captions of pictures; only words that it has.

    Trafilatura's own text has marks that no page has: front matter, bars between cells, dashes before items.
    """
    if (tags := data.count(b"<")) > MOST_TAGS:
        raise Unreadable(f"This page has {tags:,} tags; at most {MOST_TAGS:,} are read.")
    letters, warnings = letters_of_page(data, charset)
    if "\x00" in letters:
        raise Unreadable("It has NUL bytes: it is no page, or its letters are in another encoding than it says.")
    page = _tree(letters)
    said = structured(page)
    page = _seen(page)
    proposed = facts_of(page, said, url)
    lines = _lines(page)
    # Reading has changed the tree.
    whole = _tree(letters)
    lost = lost_of(whole, lines)
    return Extracted(
        text="\n".join(lines),
        lost=lost,
        warnings=warnings + _broken(lines, warnings) + warnings_of(whole, said, lines, lost),
        proposed=proposed,
    )


def _broken(lines: list[str], warnings: list[str]) -> list[str]:
    """Whether letters are broken that were not so when the bytes were read."""
    broken = sum(line.count("\N{REPLACEMENT CHARACTER}") for line in lines)
    told = any("broken" in warning for warning in warnings)
    return (
        [f"{broken} of its letters are broken, and stand as \N{REPLACEMENT CHARACTER}."] if broken and not told else []
    )


def _tree(letters: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(letters.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise Unreadable("This is not a page that can be read.") from None


def _seen(page: Any) -> Any:
    """The page without what no reader of it sees, or only one whose browser runs no scripts."""
    for element in list(page.iterdescendants()):
        if element.tag in ("noscript", "script", "style", "template") or is_hidden(element):
            # What it says of itself stays, but never within words.
            said = element.tag == "script" and "ld+json" in (element.get("type") or "")
            if element.tag not in ("body", "head") and not (said and element.getparent().tag in _BOXES):
                element.drop_tree()
    return page


def _lines(page: Any) -> list[str]:
    headline = _headline(page)
    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None:
        return []
    lines = [line for line in "".join(_words(body)).splitlines() if line.strip()]
    if not lines or headline in {" ".join(line.split()) for line in lines}:
        return lines
    return [headline, *lines] if headline else lines


def _headline(page: Any) -> str:
    """The page's title where it stands as a headline in the page too, else nothing."""
    headlines = {" ".join(heading.text_content().split()) for heading in page.iter("h1")}
    title = " ".join((trafilatura.extract_metadata(page).title or "").split())
    return title if title in headlines else ""


def _words(element: Any) -> Iterator[str]:
    """What stands in an article: a line for each paragraph, heading, item of a list and row of a table."""
    edge = "" if element.tag in _WITHIN_LINES else " " if element.tag == "cell" else "\n"
    text = element.text or ""
    yield edge
    yield text if element.tag == "code" else re.sub(r"\s+", " ", text)
    for child in element:
        yield from _words(child)
    yield edge
    yield re.sub(r"\s+", " ", element.tail or "")
