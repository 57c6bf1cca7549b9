"""Paging by keyset: a page is found by what stands at its edge, so the thousandth costs what the first does."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, Model, Q, QuerySet
from django.http import QueryDict

SIZE = 50
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the query strings of its neighbours (empty where there are none)."""

    rows: list[Any]
    before: str
    after: str


def page(
    entries: QuerySet, key: str, asked: QueryDict, size: int = SIZE, falling: bool = False, first: str = ""
) -> Page:
    """The rows after or before the edge that the query string names, by a unique column: one query.

    `falling` runs from the greatest to the least; `first` is a column of days to run by before that one. An edge that
    the columns cannot have counts as none.
    """
    if first:
        return _by_day(entries, first, key, asked, size, falling)
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
        _query(asked, "before", getattr(rows[0], key)) if rows and more_before else "",
        _query(asked, "after", getattr(rows[-1], key)) if rows and more_after else "",
    )


def _by_day(entries: QuerySet, day: str, key: str, asked: QueryDict, size: int, falling: bool) -> Page:
    after, before = _day_edge(asked, "after"), _day_edge(asked, "before")
    backwards = before is not None and after is None
    edge = before if backwards else after
    down = falling != backwards
    if edge is not None:
        # Said twice, so that the index finds where to begin.
        sign = "lt" if down else "gt"
        later = Q(**{f"{day}__{sign}": edge[0]}) | Q(**{day: edge[0], f"{key}__{sign}": edge[1]})
        entries = entries.filter(later, **{f"{day}__{sign}e": edge[0]})
    found = list(entries.order_by(*(f"-{name}" if down else name for name in (day, key)))[: size + 1])
    rows = found[:size][::-1] if backwards else found[:size]
    more = len(found) > size
    return Page(
        rows,
        _query(asked, "before", _day_key(rows[0], day, key)) if rows and (more if backwards else edge) else "",
        _query(asked, "after", _day_key(rows[-1], day, key)) if rows and (backwards or more) else "",
    )


def _day_key(row: Model, day: str, key: str) -> str:
    return f"{getattr(row, day).isoformat()} {getattr(row, key)}"


def _day_edge(asked: QueryDict, name: str) -> tuple[date, str] | None:
    day, _, key = asked.get(name, "")[:300].partition(" ")
    try:
        return (date.fromisoformat(day), key) if key.isprintable() else None
    except ValueError:
        return None


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


def _query(asked: QueryDict, name: str, edge: Any) -> str:
    pairs = [(k, v) for k, values in asked.lists() for v in values if k not in ("after", "before") and v]
    return "?" + urlencode([*pairs, (name, edge)])
