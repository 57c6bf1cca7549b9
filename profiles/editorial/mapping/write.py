"""Documents to rows: what is new is inserted in bulk, what changed is replaced, the rest is left as it is."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

import msgspec

from profiles.models import Attribution, Citation, Claim, ClaimLink, Picture, Silence, Translation, bulk
from profiles.models.documents import CHUNK, chunks
from profiles.values import dates
from profiles.values import documents as docs

from .columns import CITATION, COLUMNS, TABLES
from .read import read_rows

# Versions before the claims that cite them: what is certain of an open end goes by their stamps.
_IN_ORDER = ("source", "version", *(tag for tag in TABLES if tag not in ("source", "version")))
_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "hedged", "start", "end")
_BOUND_COLUMNS = (*_BOUNDS[:5], "start_is", "end_is")


def write_rows(documents: Iterable[docs.Document], there: Mapping[str, docs.Document] | None = None) -> None:
    """Make the rows spell these documents, all in the caller's transaction. References may go forward among them.

    `there` is what the rows of all of them spell now, where the caller has read it under their lock: what is not in
    it is new, and what is nested in a document and does not differ is not looked at again.
    """
    by_table: dict[str, list[Any]] = {tag: [] for tag in _IN_ORDER}
    for document in documents:
        by_table["profile" if isinstance(document, docs.PROFILES) else docs.tag_of(document)].append(document)
    known = {tag: _write_table(tag, some, there) for tag, some in by_table.items() if some}
    if claims := by_table["claim"]:
        # Only what was there can have rows that hang on it.
        for write, fields in _NESTED:
            some = [claim for claim in claims if there is None or _differ(there.get(claim.uid), claim, fields)]
            write(some, [claim for claim in some if claim.uid in known["claim"]])
    if silences := by_table["silence"]:
        _write_searched(silences, [silence for silence in silences if silence.uid in known["silence"]])


def _differ(was: docs.Document | None, claim: docs.Claim, fields: tuple[str, ...]) -> bool:
    return was is None or any(getattr(was, name) != getattr(claim, name) for name in fields)


def spelling(row: Any, document: docs.Document) -> Any:
    """A row that was read before its document was written, with the columns that it has now."""
    columns = COLUMNS["profile" if isinstance(document, docs.PROFILES) else docs.tag_of(document)]
    for field, attname in zip(columns.fields, columns.attnames, strict=True):
        setattr(row, attname, getattr(document, field))
    return row


def settle_seen() -> None:
    """Give claims that came before the versions they cite the day they were last seen; in the caller's transaction."""
    supported = Citation.objects.filter(bearing="supports").values("claim_id")
    waiting = Claim.objects.filter(seen=None, pk__in=supported).order_by("pk").values_list("pk", flat=True)
    last = ""
    while uids := list(waiting.filter(pk__gt=last)[:CHUNK]):
        _write_table("claim", list(read_rows(uids).values()))
        last = uids[-1]


def _write_table(tag: str, documents: list[Any], there: Mapping[str, Any] | None = None) -> set[str]:
    """Write the rows of one table; returns the uids of those that were there."""
    table = TABLES[tag]
    uids = [document.uid for document in documents]
    known = bulk.existing(table, uids) if there is None else {uid for uid in uids if uid in there}
    columns: tuple[str, ...] = ("draft_digest", *COLUMNS[tag].attnames)
    values = attrgetter(*COLUMNS[tag].fields)
    rows: Iterable[tuple[Any, ...]] = ((docs.digest(d), *values(d)) for d in documents)
    if tag == "profile":
        columns = (*columns, "model")
        rows = ((*row, docs.tag_of(d)) for row, d in zip(rows, documents, strict=True))
    elif tag in ("source", "picture"):
        rows = (_with_lists(columns, row) for row in rows)
    elif tag == "claim":
        versions = _versions_of(documents)
        columns = (*columns, "seen", *_BOUND_COLUMNS)
        rows = ((*row, *_when(d, versions)) for row, d in zip(rows, documents, strict=True))
    elif tag == "version":
        # Captures are immutable: a guard would refuse an INSERT over an existing key.
        fresh = [d for d in documents if d.uid not in known]
        bulk.insert(table, columns, ((docs.digest(d), *values(d)) for d in fresh))
        return known
    _put(table, columns, rows, known)
    return known


def _with_lists(columns: tuple[str, ...], row: tuple[Any, ...]) -> tuple[Any, ...]:
    lists = ("unknown", "no_fact", "archived", "files")
    return tuple(
        msgspec.json.encode(value).decode() if name in lists else value
        for name, value in zip(columns, row, strict=True)
    )


def _when(claim: docs.Claim, versions: dict[str, docs.Version]) -> tuple[Any, ...]:
    seen = docs.seen_on(claim, versions)
    found = dates.bounds(claim.when, claim.sense, seen)
    return (seen, *(getattr(found, name) for name in _BOUNDS))


def _put(table: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], known: set[str]) -> None:
    """Insert what is new, the quick way; replace what is `known` to be there."""
    if not known:
        bulk.insert(table, columns, rows)
        return
    rows = list(rows)
    place = columns.index(table._meta.pk.attname)
    bulk.insert(table, columns, [row for row in rows if row[place] not in known])
    bulk.insert(table, columns, [row for row in rows if row[place] in known], replace=True)


def _versions_of(claims: list[docs.Claim]) -> dict[str, docs.Version]:
    cited = {c.version for claim in claims for c in claim.citations}
    return {uid: doc for uid, doc in read_rows(cited).items() if isinstance(doc, docs.Version)}


def _write_citations(claims: list[docs.Claim], old: list[docs.Claim]) -> None:
    columns = ("uid", "claim_id", "position", "version_id", *CITATION)
    values = attrgetter(*CITATION)
    rows = [
        (c.uid, claim.uid, position, c.version, *values(c))
        for claim in claims
        for position, c in enumerate(claim.citations)
    ]
    wanted = {c.uid for claim in old for c in claim.citations}
    kept: set[str] = set()
    for some in chunks(claim.uid for claim in old):
        there = set(Citation.objects.filter(claim_id__in=some).order_by().values_list("uid", flat=True))
        kept |= there & wanted
        if gone := there - wanted:
            Citation.objects.filter(uid__in=gone).delete()
    _put(Citation, columns, rows, kept)
    heard = {
        (c.uid, chain, place): speaker
        for claim in claims
        for c in claim.citations
        for chain, speakers in enumerate(c.speakers)
        for place, speaker in enumerate(speakers)
    }
    rows = [(*key, speaker) for key, speaker in heard.items()]
    _keep_only(Attribution, "citation__claim_id", old, ("citation_id", "chain", "place", "speaker_id"), rows)


def _write_links(claims: list[docs.Claim], old: list[docs.Claim]) -> None:
    rows = [
        (claim.uid, link, None, uid) if link == "mentions" else (claim.uid, link, uid, None)
        for claim in claims
        for link in ClaimLink.LINKS
        for uid in getattr(claim, link)
    ]
    _keep_only(ClaimLink, "claim_id", old, ("claim_id", "link", "target_claim_id", "target_profile_id"), rows)


def _write_translations(claims: list[docs.Claim], old: list[docs.Claim]) -> None:
    rows = [(claim.uid, t.language, t.text, t.sha256) for claim in claims for t in claim.translations]
    _keep_only(Translation, "claim_id", old, ("claim_id", "language", "text", "sha256"), rows)


# What is nested in a claim, and the fields that tell whether it changed.
_NESTED: tuple[tuple[Callable[[list[docs.Claim], list[docs.Claim]], None], tuple[str, ...]], ...] = (
    (_write_citations, ("citations",)),
    (_write_links, ClaimLink.LINKS),
    (_write_translations, ("translations",)),
)


def _write_searched(silences: list[docs.Silence], old: list[docs.Silence]) -> None:
    rows = [(silence.uid, version) for silence in silences for version in silence.searched]
    _keep_only(Silence.searched.through, "silence_id", old, ("silence_id", "sourceversion_id"), rows)


def _keep_only(
    table: Any, owner: str, owners: Iterable[Any], columns: tuple[str, ...], wanted: Iterable[tuple[Any, ...]]
) -> None:
    """Delete the owners' rows that are not wanted, add those that are missing, leave the rest as they are."""
    missing = dict.fromkeys(wanted)
    gone = []
    for some in chunks(document.uid for document in owners):
        for pk, *values in table.objects.filter(**{f"{owner}__in": some}).values_list("pk", *columns):
            if tuple(values) in missing:
                del missing[tuple(values)]
            else:
                gone.append(pk)
    for lost in chunks(gone):
        table.objects.filter(pk__in=lost).delete()
    bulk.insert(table, columns, missing)


def remove_rows(uids: Iterable[str]) -> None:
    """Delete the rows of claims, silences and pictures with all that is nested in them, in the caller's transaction.

    Raises ProtectedError where a row that stays still names one of them.
    """
    claims = [uid for uid in uids if docs.model_of(uid) == "claim"]
    silences = [uid for uid in uids if docs.model_of(uid) == "silence"]
    for some in chunks(claims):
        ClaimLink.objects.filter(claim_id__in=some).delete()
        Citation.objects.filter(claim_id__in=some).delete()
    for some in chunks(claims):
        Claim.objects.filter(pk__in=some, designation__isnull=False).delete()  # steps before what they are steps of
    for some in chunks(claims):
        Claim.objects.filter(pk__in=some).delete()
    for some in chunks(silences):
        Silence.objects.filter(pk__in=some).delete()
    for some in chunks(uid for uid in uids if docs.model_of(uid) == "picture"):
        Picture.objects.filter(pk__in=some).delete()
