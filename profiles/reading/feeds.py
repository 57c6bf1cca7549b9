"""Atom feeds (RFC 4287) of what was published. Each carries the head of the chain, for whoever wants to remember it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from profiles.models.counts import PublicationCount
from profiles.models.editions import Edition, Publication, head
from profiles.models.published import Entry
from profiles.values.release import REVIEWED
from profiles.values.vocabulary import PUBLICATION_KIND

from . import addresses
from .corrections import Correction, ledger

NEWEST = 50
PROFILES = 20  # named in one entry, the first by uid
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "/data/dictionary/#"


class _Feed(Atom1Feed):
    """Atom with `mdb:head` (digest of the newest publication) and `mdb:sha256` (what an entry is the digest of)."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:mdb": addresses.absolute(NAMESPACE)}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["head"]:
            number, sha256 = self.feed["head"]
            handler.addQuickElement("mdb:head", sha256, {"publication": str(number)})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["sha256"]:
            handler.addQuickElement("mdb:sha256", item["sha256"])

    def latest_post_date(self) -> datetime:
        """When something was last published: the same feed has the same bytes."""
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def changes() -> bytes:
    """The newest publications: six queries, one more for each that made many profiles anew."""
    rows = list(Publication.objects.defer("body")[:NEWEST])
    feed = _feed("Changes", "Everything that was published, newest first.", "/changes.atom", "/publications/")
    named = _profiles(rows)
    for row in rows:
        _add(feed, row, _about(*named.get(row.number, ([], 0)), row))
    return _written(feed)


def changes_of(entry: Entry) -> bytes:
    """The newest editions of one profile: two queries."""
    path = addresses.place(entry.model, entry.slug)
    feed = _feed(entry.label, f"Editions of {entry.label}, newest first.", f"{path}changes.atom", path)
    rows = Edition.objects.filter(profile=entry.pk).defer("manifest", "publication__body")
    for row in rows.select_related("publication")[:NEWEST]:
        made = row.publication
        feed.add_item(
            title=f"{entry.label}, edition {row.number}: {PUBLICATION_KIND.label(made.kind)}",
            link=addresses.absolute(addresses.edition(path, row.number)),
            unique_id=addresses.absolute(addresses.edition(path, row.number)),
            description=_html([made.note, REVIEWED.get(made.reviewed, "")]),
            updateddate=made.at,
            sha256=row.sha256,
        )
    return _written(feed)


def corrections() -> bytes:
    """The newest corrections with their old and new words."""
    found, _ = ledger(QueryDict(""))
    feed = _feed("Corrections", "What was put right or taken back.", "/corrections/changes.atom", "/corrections/")
    for one in found:
        _add(feed, one.made, _words(one))
    return _written(feed)


def _feed(title: str, subtitle: str, path: str, page: str) -> _Feed:
    newest = head()
    return _Feed(
        title=f"{title} · MilitiaDB",
        link=addresses.absolute(page),
        description=None,
        subtitle=subtitle,
        language="en",
        author_name="MilitiaDB",
        feed_url=addresses.absolute(path),
        feed_guid=addresses.absolute(path),
        head=(newest.number, newest.sha256) if newest else None,
    )


def _add(feed: _Feed, made: Publication, told: str) -> None:
    url = addresses.absolute(addresses.publication(made.number))
    feed.add_item(
        title=f"Publication {made.number}: {PUBLICATION_KIND.label(made.kind)}",
        link=url,
        unique_id=url,
        description=told,
        updateddate=made.at,
        sha256=made.sha256,
    )


def _profiles(rows: Iterable[Publication]) -> dict[int, tuple[list[str], int]]:
    """Publication -> labels of the profiles that it made anew, those public now, by name, and how many more it made.

    Of one that made many the first are asked for alone: a feed costs what it names.
    """
    numbers = [row.pk for row in rows]
    counts = dict(PublicationCount.objects.filter(pk__in=numbers).values_list("pk", "editions"))
    made = Edition.objects.order_by("publication_id", "id").values_list("publication_id", "profile")
    pairs = list(made.filter(publication__in=[n for n in numbers if counts.get(n, 0) <= PROFILES]))
    for number in numbers:
        if counts.get(number, 0) > PROFILES:
            pairs += made.filter(publication=number)[:PROFILES]
    labels = dict(Entry.objects.filter(pk__in={uid for _, uid in pairs}).order_by().values_list("uid", "label"))
    found: dict[int, list[str]] = {}
    for number, uid in pairs:
        if uid in labels:
            found.setdefault(number, []).append(labels[uid])
    return {number: (sorted(some), max(0, counts.get(number, 0) - PROFILES)) for number, some in found.items()}


def _about(labels: list[str], more: int, made: Publication) -> str:
    named = "; ".join(labels) + (f"; and {more} more" if more else "")
    return _html([made.note, named, REVIEWED.get(made.reviewed, "")])


def _words(one: Correction) -> str:
    lines = [one.made.note]
    for wording in one.wordings:
        lines.append(f"{wording.uid}: {wording.act}.")
        lines += [f"{label}: {text}" for label, text in (("Was", wording.before), ("Is", wording.after)) if text]
    if one.more:
        lines.append(f"And {one.more} more.")
    return _html(lines)


def _html(lines: Iterable[str]) -> str:
    """A summary is HTML to a feed reader: every word escaped, a line a paragraph."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _written(feed: _Feed) -> bytes:
    return str(feed.writeString("utf-8")).encode()
