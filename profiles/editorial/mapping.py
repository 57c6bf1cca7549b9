"""Rows to documents and documents to rows: once each, for history, review, fixtures, imports and exports alike."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import msgspec
from django.db import models
from msgspec import Struct

from profiles.models import (
    Attribution,
    Authority,
    Citation,
    Claim,
    ClaimLink,
    Place,
    Profile,
    Programme,
    Silence,
    Source,
    SourceVersion,
    Speaker,
    Translation,
    bulk,
)
from profiles.models.documents import chunks
from profiles.values import dates
from profiles.values import documents as docs

_TABLES: dict[str, Any] = {
    "profile": Profile,
    "claim": Claim,
    "silence": Silence,
    "source": Source,
    "version": SourceVersion,
    "speaker": Speaker,
    "authority": Authority,
    "programme": Programme,
    "place": Place,
}
# Fields of a document that are not columns of its own table, or are implied there.
_NESTED = {"schema", "conflicts_with", "after", "mentions", "rests_on", "translations", "citations", "searched"}
_CITATION = ("paragraph", "start", "end", "passage_sha256", "bearing", "voice", "part", "excerpt", "note")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which field of a document stands in which column of its table."""

    fields: tuple[str, ...]
    attnames: tuple[str, ...]


def _columns(table: Any, struct: type[Struct]) -> _Columns:
    fields = tuple(f for f in struct.__struct_fields__ if f not in _NESTED)
    return _Columns(fields, tuple(table._meta.get_field(f).attname for f in fields))


_COLUMNS = {tag: _columns(_TABLES.get(tag, Profile), struct) for tag, struct in docs.TYPES.items()}
# Profiles: one table for three types of document.
_COLUMNS["profile"] = _COLUMNS["group"]


# -- rows to documents ---------------------------------------------------------------------------------


def read_rows(uids: Iterable[str] | None = None) -> dict[str, docs.Document]:
    """Uid -> the document that the draft rows spell now, for those that exist; all of them where no uids are given.

    A handful of queries for each kind of document, whatever their number.
    """
    found: dict[str, docs.Document] = {}
    if uids is None:
        for tag in _TABLES:
            found.update(_READERS[tag](None))
        return found
    by_table = defaultdict(list)
    for uid in dict.fromkeys(uids):
        by_table[docs.model_of(uid)].append(uid)
    for tag, wanted in by_table.items():
        for some in chunks(wanted):
            found.update(_READERS[tag](some) if tag in _READERS else {})
    return found


def read_touching(profiles: Iterable[str]) -> dict[str, docs.Document]:
    """The headers of some profiles, and the claims and silences that stand in their dossiers."""
    wanted = list(profiles)
    claims = Claim.objects.filter(models.Q(subject_id__in=wanted) | models.Q(about_id__in=wanted))
    silences = Silence.objects.filter(subject_id__in=wanted)
    uids = [*wanted, *claims.values_list("uid", flat=True), *silences.values_list("uid", flat=True)]
    return read_rows(uids)


def _values(tag: str, uids: list[str] | None) -> Iterable[dict[str, Any]]:
    columns = _COLUMNS[tag]
    rows = _TABLES[tag].objects.order_by()
    if uids is not None:
        rows = rows.filter(pk__in=uids)
    extra = ("model",) if tag == "profile" else ()
    for row in rows.values_list(*columns.attnames, *extra):
        yield dict(zip((*columns.fields, *extra), row, strict=True))


def _read_profiles(uids: list[str] | None) -> dict[str, docs.Document]:
    return {
        row["uid"]: docs.TYPES[row.pop("model")](schema=docs.SCHEMA, **row)  # type: ignore[misc]
        for row in _values("profile", uids)
    }


def _read_headers(tag: str) -> Callable[[list[str] | None], dict[str, docs.Document]]:
    struct = docs.TYPES[tag]

    def read(uids: list[str] | None) -> dict[str, docs.Document]:
        return {row["uid"]: struct(schema=docs.SCHEMA, **row) for row in _values(tag, uids)}  # type: ignore[misc]

    return read


def _read_sources(uids: list[str] | None) -> dict[str, docs.Document]:
    found: dict[str, docs.Document] = {}
    for row in _values("source", uids):
        row["unknown"] = tuple(row["unknown"])
        row["no_fact"] = tuple(docs.NoFact(**mark) for mark in row["no_fact"])
        found[row["uid"]] = docs.Source(schema=docs.SCHEMA, **row)
    return found


def _read_versions(uids: list[str] | None) -> dict[str, docs.Document]:
    found: dict[str, docs.Document] = {}
    for row in _values("version", uids):
        row["retrieved"] = row["retrieved"].isoformat()
        found[row["uid"]] = docs.Version(schema=docs.SCHEMA, **row)
    return found


def _read_silences(uids: list[str] | None) -> dict[str, docs.Document]:
    through = Silence.searched.through.objects.order_by()
    if uids is not None:
        through = through.filter(silence_id__in=uids)
    searched = defaultdict(list)
    for silence, version in through.values_list("silence_id", "sourceversion_id"):
        searched[silence].append(version)
    return {
        row["uid"]: docs.Silence(schema=docs.SCHEMA, searched=tuple(sorted(searched[row["uid"]])), **row)
        for row in _values("silence", uids)
    }


def _read_claims(uids: list[str] | None) -> dict[str, docs.Document]:
    citations = _read_citations(uids)
    links = _read_links(uids)
    translations = _read_translations(uids)
    return {
        row["uid"]: docs.Claim(
            schema=docs.SCHEMA,
            citations=citations.get(row["uid"], ()),
            translations=translations.get(row["uid"], ()),
            **{**links.get(row["uid"], {}), **row},
        )
        for row in _values("claim", uids)
    }


def _of_claims(queryset: models.QuerySet, column: str, uids: list[str] | None) -> models.QuerySet:
    queryset = queryset.order_by()
    return queryset if uids is None else queryset.filter(**{f"{column}__in": uids})


def _read_citations(uids: list[str] | None) -> dict[str, tuple[docs.Citation, ...]]:
    heard: dict[str, dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    rows = _of_claims(Attribution.objects.all(), "citation__claim_id", uids)
    for citation, chain, place, speaker in rows.values_list("citation_id", "chain", "place", "speaker_id"):
        heard[citation][chain].append((place, speaker))
    found = defaultdict(list)
    rows = _of_claims(Citation.objects.all(), "claim_id", uids)
    for claim, position, uid, version, text_sha256, *values in rows.values_list(
        "claim_id", "position", "uid", "version_id", "version__text_sha256", *_CITATION
    ):
        chains = heard.get(uid, {})
        speakers = tuple(tuple(s for _, s in sorted(chains[number])) for number in sorted(chains))
        citation = docs.Citation(
            uid=uid,
            version=version,
            text_sha256=text_sha256,
            speakers=speakers,
            **dict(zip(_CITATION, values, strict=True)),
        )
        found[claim].append((position, uid, citation))
    return {claim: tuple(c for *_, c in sorted(rows, key=lambda r: r[:2])) for claim, rows in found.items()}


def _read_links(uids: list[str] | None) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = _of_claims(ClaimLink.objects.all(), "claim_id", uids)
    for claim, link, target, profile in rows.values_list("claim_id", "link", "target_claim_id", "target_profile_id"):
        found[claim][link].append(target or profile)
    return {claim: {link: tuple(sorted(uids)) for link, uids in links.items()} for claim, links in found.items()}


def _read_translations(uids: list[str] | None) -> dict[str, tuple[docs.Translation, ...]]:
    found = defaultdict(list)
    rows = _of_claims(Translation.objects.all(), "claim_id", uids)
    for claim, language, text, sha in rows.values_list("claim_id", "language", "text", "sha256"):
        found[claim].append(docs.Translation(language=language, text=text, sha256=sha))
    return {claim: tuple(sorted(made, key=lambda t: t.language)) for claim, made in found.items()}


_READERS: dict[str, Callable[[list[str] | None], dict[str, docs.Document]]] = {
    "profile": _read_profiles,
    "claim": _read_claims,
    "silence": _read_silences,
    "source": _read_sources,
    "version": _read_versions,
    **{tag: _read_headers(tag) for tag in ("speaker", "authority", "programme", "place")},
}


# -- documents to rows ---------------------------------------------------------------------------------

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "hedged", "start", "end")
_BOUND_COLUMNS = (*_BOUNDS[:5], "start_is", "end_is")


def write_rows(documents: Iterable[docs.Document]) -> None:
    """Make the rows spell these documents, all in the caller's transaction. References may go forward among them."""
    by_table: dict[str, list[Any]] = defaultdict(list)
    for document in documents:
        by_table["profile" if isinstance(document, docs.PROFILES) else docs.tag_of(document)].append(document)
    for tag, some in by_table.items():
        _write_table(tag, some)
    if claims := by_table["claim"]:
        _write_citations(claims)
        _write_links(claims)
        _write_translations(claims)
    if by_table["silence"]:
        _write_searched(by_table["silence"])


def _write_table(tag: str, documents: list[Any]) -> None:
    table = _TABLES[tag]
    columns: tuple[str, ...] = ("draft_digest", *_COLUMNS[tag].attnames)
    values = attrgetter(*_COLUMNS[tag].fields)
    rows: Iterable[tuple[Any, ...]] = ((docs.digest(d), *values(d)) for d in documents)
    if tag == "profile":
        columns = (*columns, "model")
        rows = ((*row, docs.tag_of(d)) for row, d in zip(rows, documents, strict=True))
    elif tag == "source":
        rows = (_with_lists(columns, row) for row in rows)
    elif tag == "claim":
        versions = _versions_of(documents)
        columns = (*columns, "seen", *_BOUND_COLUMNS)
        rows = ((*row, *_when(d, versions)) for row, d in zip(rows, documents, strict=True))
    elif tag == "version":
        # Captures are immutable: a guard would refuse an INSERT over an existing key.
        known = _existing(table, (d.uid for d in documents))
        fresh = [d for d in documents if d.uid not in known]
        bulk.insert(table, columns, ((docs.digest(d), *values(d)) for d in fresh))
        return
    _put(table, columns, rows, (d.uid for d in documents))


def _with_lists(columns: tuple[str, ...], row: tuple[Any, ...]) -> tuple[Any, ...]:
    lists = ("unknown", "no_fact")
    return tuple(
        msgspec.json.encode(value).decode() if name in lists else value
        for name, value in zip(columns, row, strict=True)
    )


def _when(claim: docs.Claim, versions: dict[str, docs.Version]) -> tuple[Any, ...]:
    seen = docs.seen_on(claim, versions)
    found = dates.bounds(claim.when, claim.sense, seen)
    return (seen, *(getattr(found, name) for name in _BOUNDS))


def _existing(table: Any, keys: Iterable[str]) -> set[str]:
    return {pk for some in chunks(keys) for pk in table.objects.filter(pk__in=some).values_list("pk", flat=True)}


def _put(table: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], keys: Iterable[str]) -> None:
    """Insert what is new, the quick way; replace what is there."""
    rows = list(rows)
    place = columns.index(table._meta.pk.attname)
    known = _existing(table, keys)
    bulk.insert(table, columns, [row for row in rows if row[place] not in known])
    if known:
        bulk.insert(table, columns, [row for row in rows if row[place] in known], replace=True)


def _versions_of(claims: list[docs.Claim]) -> dict[str, docs.Version]:
    cited = {c.version for claim in claims for c in claim.citations}
    return {uid: doc for uid, doc in read_rows(cited).items() if isinstance(doc, docs.Version)}


def _write_citations(claims: list[docs.Claim]) -> None:
    columns = ("uid", "claim_id", "position", "version_id", *_CITATION)
    values = attrgetter(*_CITATION)
    rows = [
        (c.uid, claim.uid, position, c.version, *values(c))
        for claim in claims
        for position, c in enumerate(claim.citations)
    ]
    kept = {row[0] for row in rows}
    for some in chunks(claim.uid for claim in claims):
        there = Citation.objects.filter(claim_id__in=some).values_list("uid", flat=True)
        gone = [uid for uid in there if uid not in kept]
        if gone:
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
    _keep_only(Attribution, "citation__claim_id", claims, ("citation_id", "chain", "place", "speaker_id"), rows)


def _write_links(claims: list[docs.Claim]) -> None:
    rows = [
        (claim.uid, link, None, uid) if link == "mentions" else (claim.uid, link, uid, None)
        for claim in claims
        for link in ClaimLink.LINKS
        for uid in getattr(claim, link)
    ]
    _keep_only(ClaimLink, "claim_id", claims, ("claim_id", "link", "target_claim_id", "target_profile_id"), rows)


def _write_translations(claims: list[docs.Claim]) -> None:
    rows = [(claim.uid, t.language, t.text, t.sha256) for claim in claims for t in claim.translations]
    _keep_only(Translation, "claim_id", claims, ("claim_id", "language", "text", "sha256"), rows)


def _write_searched(silences: list[docs.Silence]) -> None:
    rows = [(silence.uid, version) for silence in silences for version in silence.searched]
    _keep_only(Silence.searched.through, "silence_id", silences, ("silence_id", "sourceversion_id"), rows)


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
    """Delete the rows of claims and silences with all that is nested in them, in the caller's transaction.

    Raises ProtectedError where a row that stays still names one of them.
    """
    claims = [uid for uid in uids if docs.model_of(uid) == "claim"]
    silences = [uid for uid in uids if docs.model_of(uid) == "silence"]
    for some in chunks(claims):
        ClaimLink.objects.filter(claim_id__in=some).delete()
        Citation.objects.filter(claim_id__in=some).delete()
    for some in chunks(claims):
        Claim.objects.filter(pk__in=some).delete()
    for some in chunks(silences):
        Silence.objects.filter(pk__in=some).delete()
