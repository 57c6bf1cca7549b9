"""In which orders lists can be read. Each is a column of texts that are unique and rise: its text first, the uid last.

So every order pages by keyset as the first does, and costs what it does.
"""

from datetime import date
from typing import Any

import django_filters
from anyascii import anyascii
from django.db.models import QuerySet
from django.utils.text import slugify

from profiles.values.names import fold
from profiles.values.speech import say

LAST = date.max.isoformat()  # what has no date comes after all that have one
UNKNOWN = "not-known"  # what an address says of a publisher or language that is not known
OWN_WORK = "none"  # what it says of a work that derives from no other
_GREATEST = 9_999_999_999

# List -> what its address may say -> the words for it, and the column. The first is meant where nothing is said.
ORDERS: dict[str, dict[str, tuple[str, str]]] = {
    "group": {
        "name": ("by name", "sort_key"),
        "date": ("by founding, earliest first", "by_date"),
        "edition": ("newest edition first", "by_edition"),
    },
    "person": {"name": ("by name", "sort_key"), "edition": ("newest edition first", "by_edition")},
    "event": {
        "name": ("by name", "sort_key"),
        "date": ("by date, earliest first", "by_date"),
        "edition": ("newest edition first", "by_edition"),
    },
    # Claims have no text for it: `page`, and what makes a file of them, are told to run by the date first.
    "claims": {"number": ("by record number", "uid"), "date": ("by date, latest first", "start_earliest")},
    "designations": {
        "number": ("by record number", "uid"),
        "name": ("by the name of who is listed", "by_name"),
        "date": ("by first date of listing, earliest first", "by_date"),
    },
    "sources": {
        "title": ("by title", "by_title"),
        "publisher": ("by publisher", "by_publisher"),
        "number": ("by record number", "uid"),
    },
}


class OrderFilter(django_filters.ChoiceFilter):
    """A choice of order, which narrows nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(choices=lambda: [(key, say(words)) for key, (words, _) in ORDERS[name].items()], label="Order")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """See `column_of`."""
        return qs


def column_of(name: str, chosen: str | None) -> str:
    """The column that a list runs by."""
    orders = ORDERS[name]
    return orders[chosen if chosen in orders else next(iter(orders))][1]


def words_of(name: str) -> list[tuple[str, str]]:
    """What can be chosen of a list: value and words."""
    return [(value, say(words)) for value, (words, _) in ORDERS[name].items()]


def by_text(text: str, uid: str) -> str:
    """A text folded, then the uid."""
    return f"{fold(text)[:235]} {uid}"


def by_date(day: date | None, rest: str) -> str:
    """A day, the undated last; of equals the order of `rest`, which ends with the uid."""
    return f"{day.isoformat() if day else LAST} {rest}"


def by_newest(publication: int, rest: str) -> str:
    """The latest publication first; of one publication the order of `rest`."""
    return f"{_GREATEST - publication:010d} {rest}"


def by_publisher(publisher: str, rest: str) -> str:
    """A publisher, the unknown last; of equals the order of `rest`."""
    return f"{'0 ' + fold(publisher)[:70] if publisher else '1'} {rest}"


def publisher_key(publisher: str) -> str:
    """A publisher as an address names it, one for all spellings that differ in case or marks."""
    return slugify(anyascii(publisher))[:64] or UNKNOWN
