"""Works to cite, written as BibTeX, RIS, CSL-JSON and plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from profiles.models.editions import Edition
from profiles.values import documents as docs

from . import addresses
from .library import Dossier

PUBLISHER = "MilitiaDB"
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip
_URL = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Reference:
    """One work to cite. Dates are year, month and day as far as they are known; `author` is never split into parts."""

    key: str
    title: str
    url: str
    note: str
    csl: str
    ris: str
    author: str = ""
    publisher: str = ""
    container: str = ""
    edition: int | None = None
    issued: tuple[int, ...] = ()
    accessed: tuple[int, ...] = ()
    archive: str = ""
    language: str = ""
    claims: tuple[str, ...] = ()
    said: str = ""


def edition_reference(dossier: Dossier) -> Reference:
    """One edition of a profile, by its permalink."""
    header, edition = dossier.header, dossier.edition
    return Reference(
        key=f"militiadb-{addresses.model_of(header)}-{header.slug}-{edition.number}",
        title=header.label,
        url=permalink(dossier),
        note=f"Edition {edition.number}, publication {edition.publication}. SHA-256 {edition.sha256}.",
        csl="entry-encyclopedia",
        ris="ENCYC",
        author=PUBLISHER,
        publisher=PUBLISHER,
        container=PUBLISHER,
        edition=edition.number,
        issued=day_of(edition.published_at),
        language="en",
    )


def claim_reference(
    claim: docs.Claim, said_by: Iterable[str], sha256: str, publication: int, at: datetime, url: str
) -> Reference:
    """One claim, by its place in the edition that first had this wording, with how it is said and its digest."""
    said = f"{claim.voice}: {', '.join(said_by)}" if said_by else claim.voice
    standing = "" if claim.standing == "stands" else f"; {claim.standing}"
    return Reference(
        key=f"militiadb-claim-{claim.uid}",
        title=claim.statement,
        url=url,
        note=f"Claim {claim.uid} ({said}{standing}), publication {publication}. SHA-256 {sha256}.",
        csl="entry-encyclopedia",
        ris="ENCYC",
        author=PUBLISHER,
        publisher=PUBLISHER,
        container=PUBLISHER,
        issued=day_of(at),
        language="en",
        claims=(claim.uid,),
        said=f"[{said}{standing}] ",
    )


def permalink(dossier: Dossier) -> str:
    """The whole address of one edition."""
    path = addresses.profile(dossier.header)
    return addresses.absolute(addresses.edition(path, dossier.edition.number))


def claim_permalink(claim: docs.Claim, header: docs.Document | None, publication: int) -> str:
    """The whole address of a claim in the edition of its subject that a publication made, where the wording stays as
    it is cited: one query. Where there is no such edition, the claim's own page.
    """
    made = Edition.objects.filter(profile=claim.subject, publication=publication).values_list("number", flat=True)
    number = made.first() if isinstance(header, docs.PROFILES) else None
    if number is None or not isinstance(header, docs.PROFILES):
        return addresses.absolute(addresses.claim(claim.uid))
    return addresses.absolute(f"{addresses.edition(addresses.profile(header), number)}#{claim.uid}")


def bibtex_of(found: Iterable[Reference]) -> bytes:
    """Entries of type misc: UTF-8, names and titles held together, signs of TeX escaped but in addresses."""
    return "\n".join(map(_bibtex, found)).encode()


def _bibtex(one: Reference) -> str:
    fields = {
        "title": _tex(one.title, "{{", "}}"),
        "author": _tex(one.author, "{{", "}}"),
        "publisher": _tex(one.publisher),
        "howpublished": _tex(one.container),
        "edition": _held(str(one.edition or "")),
        "year": _held(_iso(one.issued[:1])),
        "month": _MONTHS[one.issued[1] - 1] if len(one.issued) > 1 else "",
        "date": _held(_iso(one.issued)),
        "url": _address(one.url),
        "urldate": _held(_iso(one.accessed)),
        "langid": _tex(one.language),
        "note": _tex(one.note),
        "keywords": _tex(", ".join(one.claims)),
        "archive": _address(one.archive),
    }
    body = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{one.key},\n{body}}}\n"


def ris_of(found: Iterable[Reference]) -> bytes:
    """Records as RIS: UTF-8, lines end in CR LF, a claim's uid is a keyword."""
    return "".join(f"{_ris(one)}\r\n" for one in found).encode()


def _ris(one: Reference) -> str:
    pairs = [
        ("TY", one.ris),
        ("ID", one.key),
        ("TI", one.title),
        ("AU", one.author),
        ("T2", one.container),
        ("PB", one.publisher),
        ("ET", str(one.edition or "")),
        ("PY", f"{one.issued[0]:04}" if one.issued else ""),
        ("DA", _slashed(one.issued)),
        ("Y2", _slashed(one.accessed)),
        ("UR", one.url),
        ("L2", one.archive),
        ("LA", one.language),
        ("N1", one.note),
        *(("KW", uid) for uid in one.claims),
    ]
    lines = [f"{tag}  - {_line(text)}" for tag, text in pairs if text]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_of(found: Iterable[Reference]) -> bytes:
    """An array of CSL items."""
    return msgspec.json.format(msgspec.json.encode([_csl(one) for one in found]), indent=1) + b"\n"


def _csl(one: Reference) -> dict[str, Any]:
    item = {
        "id": one.key,
        "type": one.csl,
        "title": one.title,
        "author": [{"literal": one.author}] if one.author else None,
        "container-title": one.container,
        "publisher": one.publisher,
        "edition": one.edition,
        "issued": {"date-parts": [list(one.issued)]} if one.issued else None,
        "accessed": {"date-parts": [list(one.accessed)]} if one.accessed else None,
        "URL": one.url,
        "archive_location": one.archive,
        "language": one.language,
        "note": one.note,
        "keyword": ", ".join(one.claims),
    }
    return {name: value for name, value in item.items() if value}


def in_words(one: Reference) -> str:
    """A reference as plain text, for a reader to copy."""
    day = f"{one.issued[2]} {MONTH_NAMES[one.issued[1] - 1]} {one.issued[0]}"
    where = f"Edition {one.edition}, " if one.edition else ""
    sha = one.note.rpartition("SHA-256 ")[2].rstrip(".")
    closing = "" if one.title.endswith((".", "?", "!", "”")) else "."
    return f"{PUBLISHER}, “{one.title}{closing}” {one.said}{where}{day}. {one.url} (SHA-256 {sha})"


MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_of(at: datetime) -> tuple[int, int, int]:
    """Year, month, day in UTC."""
    return at.year, at.month, at.day


def parts_of(stamp: str) -> tuple[int, ...]:
    """The parts of a date as far as they are stated: 2024-05-03T10:00 is three."""
    return tuple(int(part) for part in stamp.partition("T")[0].split("-") if part)


def _iso(parts: tuple[int, ...]) -> str:
    return "-".join(f"{part:02}" for part in parts)


def _slashed(parts: tuple[int, ...]) -> str:
    """RIS has year/month/day/, with what is not known left empty."""
    if not parts:
        return ""
    padded = [f"{part:02}" for part in parts] + ["", ""]
    return f"{'/'.join(padded[:3])}/"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tex(text: str, opening: str = "{", closing: str = "}") -> str:
    if not text:
        return ""
    return opening + _line(text).translate(_TEX) + closing


def _held(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _address(url: str) -> str:
    return _held(url.translate(_URL))
