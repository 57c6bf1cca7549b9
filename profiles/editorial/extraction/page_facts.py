"""What a page says of itself: title, publisher, author, language, address, date line. Proposals, never facts."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import trafilatura

_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.created", "citation_publication_date", "parsely-pub-date",
)  # fmt: skip
_ARTICLES = ("article", "posting", "report", "webpage", "publication")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Keepers of copies, whose address of a page is where an archive has it.
ARCHIVES = (
    "web.archive.org",
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "perma.cc",
    "ghostarchive.org",
)
_LONGEST = {"title": 300, "publisher": 300, "author": 300, "url": 1000}


def structured(page: Any) -> list[dict[str, Any]]:
    """The objects of a page's JSON-LD, whatever they are wrapped in; what cannot be read is left out."""
    found: list[dict[str, Any]] = []
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found += _objects(json.loads(script.text or ""), 0)
        except (ValueError, RecursionError):
            continue
    return found[:200]


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value[:200]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        yield value
        for name in ("@graph", "mainEntity", "liveBlogUpdate"):
            yield from _objects(value.get(name), depth + 1)


def is_article(said: dict[str, Any]) -> bool:
    """Whether an object of JSON-LD tells of a text."""
    return any(word in str(said.get("@type", "")).lower() for word in _ARTICLES)


def facts_of(page: Any, said: list[dict[str, Any]], url: str) -> dict[str, str]:
    """What the page says of itself, by field; a field that it does not tell is not there."""
    told = trafilatura.extract_metadata(page, default_url=url or None)
    stamp, zone = _stamp(page, said)
    site = told.sitename or ""
    found = {
        "title": told.title or "",
        "publisher": "" if "." in site and " " not in site and site.lower() == site else site,
        "author": (told.author or "").replace("; ", ", "),
        "url": told.url or url,
        "language": _language(page, told),
        "stamp": stamp,
        "stamp_zone": zone,
    }
    if url and (urlsplit(url).hostname or "").removeprefix("www.") in ARCHIVES:
        found["archive_url"] = url
        if found["url"] == url:
            found["url"] = ""
    if urlsplit(found["url"]).scheme not in ("http", "https"):
        found["url"] = ""
    plain = {name: " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", value).split()) for name, value in found.items()}
    return {name: value[: _LONGEST.get(name, 1000)] for name, value in plain.items() if value}


def _language(page: Any, told: Any) -> str:
    root = page.getroottree().getroot()
    for value in (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), told.language):
        name = (value or "").strip().replace("_", "-")
        if len(name) <= 64 and _LANGUAGE.fullmatch(name):
            return name
    return ""


def _stamp(page: Any, said: list[dict[str, Any]]) -> tuple[str, str]:
    """The publisher's date line as local time, and its zone where it is told."""
    metas: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    told = [metas[name] for name in _PUBLISHED if name in metas]
    told += [str(one["datePublished"]) for one in said if is_article(one) and "datePublished" in one]
    told += [time.get("datetime") or "" for article in page.iter("article") for time in article.iter("time")][:1]
    for value in told:
        if found := _STAMP.match(value.strip()):
            day, time, zone = found[1], found[2], found[3] or ""
            zone = "UTC" if zone == "Z" else zone
            if len(zone) == 5:
                zone = f"{zone[:3]}:{zone[3:]}"
            return (f"{day}T{time}", zone) if time else (day, "")
    return "", ""
