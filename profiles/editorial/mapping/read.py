"""Rows to documents: a handful of queries for each kind of document, whatever their number."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models

from profiles.models import Attribution, Citation, Claim, ClaimLink, Picture, Silence, Translation, bulk
from profiles.models.documents import chunks
from profiles.values import documents as docs

from .columns import CITATION, COLUMNS, TABLES

FEW = 1_000  # asked for at once, whether they are there or not


def read_rows(uids: Iterable[str] | None = None) -> dict[str, docs.Document]:
    """Uid -> the document that the draft rows spell now, for those that exist; all of them where no uids are given.

    A handful of queries for each kind of document, whatever their number.
    """
    found: dict[str, docs.Document] = {}
    if uids is None:
        for tag in TABLES:
            found.update(_READERS[tag](None))
        return found
    by_table = defaultdict(list)
    for uid in dict.fromkeys(uids):
        by_table[docs.model_of(uid)].append(uid)
    for tag, wanted in by_table.items():
        for some in chunks(_there(tag, wanted)):
            found.update(_READERS[tag](some))
    return found


def hold_rows(uids: Iterable[str]) -> None:
    """Let nobody else change the rows of these documents before the caller's transaction ends.

    Who waits reads what the other has written: of two saves at once the second begins where the first ended.
    """
    if connection.vendor == "sqlite":
        return  # its transactions begin with the write lock
    by_table = defaultdict(list)
    for uid in uids:
        by_table[docs.model_of(uid)].append(uid)
    for tag in TABLES:
        bulk.existing(TABLES[tag], by_table[tag], hold=True)


def known_rows(uids: Iterable[str]) -> set[str]:
    """Those of the documents that have a row: one query a table, where reading them all takes several."""
    by_table = defaultdict(list)
    for uid in uids:
        by_table[docs.model_of(uid)].append(uid)
    return {uid for tag in by_table.keys() & TABLES.keys() for uid in bulk.existing(TABLES[tag], by_table[tag])}


def _there(tag: str, wanted: list[str]) -> Iterable[str]:
    """Those that have a row: what is brought in is mostly new, and not looked for in every table that hangs on it."""
    if tag not in _READERS:
        return []
    return wanted if len(wanted) <= FEW else bulk.existing(TABLES[tag], wanted)


def read_touching(profiles: Iterable[str]) -> dict[str, docs.Document]:
    """The headers of some profiles, and the claims, silences and pictures that stand in their dossiers."""
    wanted = list(profiles)
    claims = Claim.objects.filter(models.Q(subject_id__in=wanted) | models.Q(about_id__in=wanted))
    silences = Silence.objects.filter(subject_id__in=wanted)
    pictures = Picture.objects.filter(subject_id__in=wanted)
    owned = (uid for rows in (claims, silences, pictures) for uid in rows.values_list("uid", flat=True))
    return read_rows([*wanted, *owned])


def _values(tag: str, uids: list[str] | None) -> Iterable[dict[str, Any]]:
    columns = COLUMNS[tag]
    rows = TABLES[tag].objects.order_by()
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
        row["archived"] = tuple(docs.Archived(**copy) for copy in row["archived"])
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


def _read_pictures(uids: list[str] | None) -> dict[str, docs.Document]:
    found: dict[str, docs.Document] = {}
    for row in _values("picture", uids):
        row["files"] = tuple(docs.PictureFile(**file) for file in row["files"])
        found[row["uid"]] = docs.Picture(schema=docs.SCHEMA, **row)
    return found


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
        "claim_id", "position", "uid", "version_id", "version__text_sha256", *CITATION
    ):
        chains = heard.get(uid, {})
        speakers = tuple(tuple(s for _, s in sorted(chains[number])) for number in sorted(chains))
        citation = docs.Citation(
            uid=uid,
            version=version,
            text_sha256=text_sha256,
            speakers=speakers,
            **dict(zip(CITATION, values, strict=True)),
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
    "picture": _read_pictures,
    "source": _read_sources,
    "version": _read_versions,
    **{tag: _read_headers(tag) for tag in ("speaker", "authority", "programme", "place")},
}
