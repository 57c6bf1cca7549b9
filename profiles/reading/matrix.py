"""Groups by authorities: who is told to have listed whom, on a date. An empty cell says that no source tells of it."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from profiles.models.published import Entry, Interval, Listing
from profiles.values.dates import MAX, MIN
from profiles.values.speech import say

from . import addresses
from .leaf import Link
from .naming import heading
from .paging import Page, page

GROUPS, AUTHORITIES = 50, 12  # on one page, the most frequent authorities first
STATUS = {"certainly": "certainly", "possibly": "possibly", "not": "not in force"}


@dataclass(frozen=True, slots=True)
class Told:
    """One listing in a cell: its status on the date, or that it is told of; its claim, programme and beginning."""

    href: str
    status: str
    programme: str
    began: str


@dataclass(slots=True)
class Row:
    """One group, and for each authority the listings told of."""

    group: Link
    cells: list[list[Told]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of groups. `left_out` counts authorities that there was no room for."""

    authorities: list[tuple[str, str]]
    rows: list[Row]
    page: Page
    left_out: int


def matrix(asked: QueryDict, on: str) -> Matrix:
    """The matrix for a date that can be asked, or for none: three queries."""
    listed = Listing.objects.filter(model="group", asserted=True)
    # Asked of each group in turn, in the order of the list, until a page is full.
    groups = Entry.objects.filter(Exists(listed.filter(entry=OuterRef("pk"))), model="group")
    shown = page(groups, "sort_key", asked, GROUPS)
    found = listed.filter(entry_id__in=[entry.uid for entry in shown.rows]).order_by("uid")
    rows = list(found.on(on) if on else found)
    times: dict[str, list[Interval]] = {}
    for time in Interval.objects.filter(listing__in=[row.uid for row in rows]).order_by("listing", "number"):
        times.setdefault(time.listing_id, []).append(time)
    labels = {row.authority: row.authority_label for row in rows}
    often = Counter(row.authority for row in rows)
    authorities = sorted(labels.items(), key=lambda pair: (-often[pair[0]], pair[1], pair[0]))
    cells: dict[tuple[str, str], list[Told]] = {}
    for row in rows:
        cells.setdefault((row.entry_id, row.authority), []).append(_told(row, times.get(row.uid, [])))
    made = [
        Row(
            Link(heading(entry), addresses.place("group", entry.slug)),
            [cells.get((entry.uid, authority), []) for authority, _ in authorities[:AUTHORITIES]],
        )
        for entry in shown.rows
    ]
    return Matrix(authorities[:AUTHORITIES], made, shown, max(len(authorities) - AUTHORITIES, 0))


def _told(row: Listing, times: list[Interval]) -> Told:
    status = say(STATUS.get(getattr(row, "certainty", ""), "listed"))
    return Told(
        addresses.claim(row.uid),
        status if row.dated else say("%(status)s, date not stated", status=status),
        "" if row.programme == "not_stated" else row.programme_label,
        say(", again from ").join(began for time in times if (began := _years(time))),
    )


def _years(row: Interval) -> str:
    first, last = row.start_earliest, row.start_latest
    if MIN in (first, last) or MAX in (first, last):
        return ""
    return (
        f"{first.year}" if first.year == last.year else say("%(first)s to %(last)s", first=first.year, last=last.year)
    )
