"""A list to take away, narrowed as its page is: all of its rows, as CSV or JSON, of one head of the chain.

Rows are read in batches by key and sent while they are made. How a row answers a date
that is asked about stands in `answer`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from django.http import QueryDict

from profiles.models.editions import head
from profiles.models.moment import one_moment
from profiles.models.published import Entry, Facet, Interval, Listing, PublishedClaim

from . import addresses
from .claim_list import ClaimFilter
from .filters import FILTERS
from .formats import sheet
from .list_time import answer
from .listing_filter import ListingFilter
from .resources import claims_told, profile_facts, source_facts
from .source_filter import SourceFilter
from .sources import links_to

BATCH = 200
Record = dict[str, Any]
# Of a claim; its citations stand in JSON alone.
_CLAIM = (
    "uid", "kind", "topic", "aspect", "statement", "voice", "attributed_to", "standing", "negated", "when", "sense",
    "reach", "subject", "subject_label", "about", "sha256", "url",
)  # fmt: skip
_LISTING = (
    "authority", "authority_label", "programme", "programme_label", "as_stated", "name_as_listed", "listing_id",
    "evidence", "personal", "intervals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batches:
    """The rows of a list under its filters, the unique column they run by, and how some of them are told.

    `newest` is a column of days by which they run before that, both from the greatest to the least.
    """

    rows: QuerySet[Any]
    key: str
    tell: Callable[[list[Any]], Iterable[Record]]
    columns: tuple[str, ...]
    newest: str = ""


class NotAList(Exception):
    """What was asked cannot be read; its words name each filter."""


def batches(name: str, asked: QueryDict) -> Batches:
    """A list as its address narrows it. Raises NotAList for what its page refuses too."""
    if name == "claims":
        return _claims(asked)
    if name == "designations":
        return _listings(asked)
    if name == "sources":
        return _sources(asked)
    return _entries(addresses.MODELS[name], asked)


def at_one_head(name: str, form: str, asked: QueryDict) -> Iterator[bytes]:
    """First the head of the chain, then the bytes of the list. Raises NotAList before anything is sent."""
    found = batches(name, asked)
    with one_moment():
        newest = head()
        yield (newest.sha256 if newest else "").encode()
        yield from _csv(found) if form == "csv" else _json(name, asked, found, newest.sha256 if newest else "")


def _csv(found: Batches) -> Iterator[bytes]:
    yield from sheet.lines(found.columns, _records(found))


def _json(name: str, asked: QueryDict, found: Batches, sha256: str) -> Iterator[bytes]:
    facts = msgspec.json.encode({"list": name, "asked": dict(asked.lists()), "head": sha256})
    yield facts[:-1] + b',"items":['
    for number, record in enumerate(_records(found)):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(record)
    yield b"\n]}\n"


def _records(found: Batches) -> Iterator[Record]:
    falling = [found.newest, found.key] if found.newest else []
    rows = found.rows.order_by(*(f"-{column}" for column in falling)) if falling else found.rows.order_by(found.key)
    later = rows
    while some := list(later[:BATCH]):
        key = getattr(some[-1], found.key)
        if falling:
            day = getattr(some[-1], found.newest)
            beyond = Q(**{f"{found.newest}__lt": day}) | Q(**{found.newest: day, f"{found.key}__lt": key})
            # Said twice, so that the index finds where to begin.
            later = rows.filter(beyond, **{f"{found.newest}__lte": day})
        else:
            later = rows.filter(**{f"{found.key}__gt": key})
        yield from found.tell(some)


def _refuse_bad(form: Any, labels: dict[str, str]) -> None:
    if not form.is_valid():
        told = [f"{labels.get(name, name)}: {m}" for name, messages in form.errors.items() for m in messages]
        raise NotAList("\n".join(told))


def _entries(model: str, asked: QueryDict) -> Batches:
    narrowed = FILTERS[model](asked)
    _refuse_bad(narrowed.form, {name: kept.label for name, kept in narrowed.filters.items()})
    on = narrowed.question
    facets = tuple(facet for kept in narrowed.filters.values() if (facet := getattr(kept, "facet", "")))

    def tell(rows: list[Entry]) -> Iterator[Record]:
        said: dict[tuple[str, str], dict[str, None]] = {}
        found = Facet.objects.filter(entry__in=[row.uid for row in rows], facet__in=facets).order_by("label", "value")
        for entry, facet, label in found.values_list("entry_id", "facet", "label"):
            said.setdefault((entry, facet), {})[label] = None
        for row, facts in zip(rows, profile_facts(rows), strict=True):
            path = addresses.place(row.model, row.slug)
            yield {
                **facts,
                "permalink": addresses.absolute(addresses.edition(path, row.edition)),
                "when": row.when,
                **({"answer": answer(row, on)} if on else {}),
                **{facet: list(said.get((row.uid, facet), ())) for facet in facets},
            }

    columns = (
        "uid", "model", "kind", "name", "slug", "when", *(("answer",) if on else ()), *facets, "edition", "publication",
        "published_at", "url", "permalink",
    )  # fmt: skip
    return Batches(narrowed.narrow(), narrowed.column, tell, columns)


def _claims(asked: QueryDict) -> Batches:
    narrowed = ClaimFilter(asked)
    _refuse_bad(narrowed.form, {name: str(field.label) for name, field in narrowed.form.fields.items()})
    on = narrowed.question

    def tell(rows: list[PublishedClaim]) -> Iterator[Record]:
        links = links_to(row.subject for row in rows)
        by_uid = {row.uid: row for row in rows}
        for facts in claims_told(rows):
            row = by_uid[facts["uid"]]
            said = {"answer": on.answer(row.when, row.sense, row.seen)} if on else {}
            yield {**facts, "subject_label": links[row.subject].label if row.subject in links else "", **said}

    newest = "start_earliest" if narrowed.by_date else ""
    return Batches(narrowed.qs, "uid", tell, (*_CLAIM, *(("answer",) if on else ())), newest)


def _sources(asked: QueryDict) -> Batches:
    narrowed = SourceFilter(asked)
    _refuse_bad(narrowed.form, {name: kept.label for name, kept in narrowed.filters.items()})
    columns = ("uid", "kind", "title", "slug", "publisher", "author", "original_url", "language", "url")
    return Batches(narrowed.narrow(), narrowed.column, source_facts, columns)


def _listings(asked: QueryDict) -> Batches:
    narrowed = ListingFilter(asked)
    _refuse_bad(narrowed.form, {name: kept.label for name, kept in narrowed.filters.items()})
    on = narrowed.form.cleaned_data.get("on")

    def tell(rows: list[Listing]) -> Iterator[Record]:
        by_uid = {row.uid: row for row in rows}
        links = links_to(row.entry_id for row in rows)
        times: dict[str, list[str]] = {}
        for time in Interval.objects.filter(listing__in=by_uid).order_by("listing", "number"):
            times.setdefault(time.listing_id, []).append(_days(time))
        current = {row.uid: row for row in PublishedClaim.objects.filter(uid__in=by_uid, to_publication=None)}
        for facts in claims_told([current[uid] for uid in by_uid if uid in current]):
            row = by_uid[facts["uid"]]
            yield {
                **facts,
                "subject_label": links[row.entry_id].label if row.entry_id in links else "",
                "authority_label": row.authority_label,
                "programme_label": row.programme_label,
                "personal": row.model == "person",
                "intervals": times.get(row.uid, []),
                **({"answer": row.certainty} if on else {}),  # type: ignore[attr-defined]
            }

    return Batches(narrowed.narrow(), narrowed.column, tell, (*_CLAIM, *_LISTING, *(("answer",) if on else ())))


def _days(time: Interval) -> str:
    """The four bounds of a time and whether a date is hedged: first and last beginning, first and last end."""
    bounds = (time.start_earliest, time.start_latest, time.end_earliest, time.end_latest)
    return " ".join([*(day.isoformat() for day in bounds), *(["hedged"] if time.hedged else [])])
