"""Paging by keyset: a page is found by what stands at its edge, so the thousandth costs what the first does."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, Model, QuerySet
from django.http import QueryDict

SIZE = 50
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the query strings of its neighbours (empty where there are none)."""

    rows: list[Any]
    before: str
    after: str


def page(entries: QuerySet, key: str, asked: QueryDict, size: int = SIZE, falling: bool = False) -> Page:
    """The rows after or before the edge that the query string names, by a unique column: one query.

    `falling` runs from the greatest to the least. An edge that the column cannot have counts as none.
    """
    after, before = _edge(asked, "after", entries, key), _edge(asked, "before", entries, key)
    onward, back = ("lt", "gt") if falling else ("gt", "lt")
    if before is not None and after is None:
        backwards = entries.filter(**{f"{key}__{back}": before}).order_by(key if falling else f"-{key}")
        found = list(backwards[: size + 1])
        more_before, more_after = len(found) > size, True
        rows = found[:size][::-1]
    else:
        later = entries if after is None else entries.filter(**{f"{key}__{onward}": after})
        found = list(later.order_by(f"-{key}" if falling else key)[: size + 1])
        more_before, more_after = after is not None, len(found) > size
        rows = found[:size]
    return Page(
        rows,
        _query(asked, "before", rows[0], key) if rows and more_before else "",
        _query(asked, "after", rows[-1], key) if rows and more_after else "",
    )


def without(asked: QueryDict, name: str, value: str | None = None) -> str:
    """The query string without one value, or without a whole name, from the first page on."""
    pairs = [
        (key, one)
        for key, values in asked.lists()
        for one in values
        if key not in ("after", "before") and one and not (key == name and value in (None, one))
    ]
    return "?" + urlencode(pairs)


def whole(asked: QueryDict) -> str:
    """The query string of all pages of a list together; empty where nothing is asked."""
    return without(asked, "after").rstrip("?")


def _edge(asked: QueryDict, name: str, entries: QuerySet, key: str) -> Any:
    text = asked.get(name, "")[:300]
    if not text or not text.isprintable():
        return None
    if isinstance(entries.model._meta.get_field(key), IntegerField):
        return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
    return text


def _query(asked: QueryDict, name: str, row: Model, key: str) -> str:
    pairs = [(k, v) for k, values in asked.lists() for v in values if k not in ("after", "before") and v]
    return "?" + urlencode([*pairs, (name, getattr(row, key))])
