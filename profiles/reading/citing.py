"""How a page is cited and taken away: words to copy, and what reference managers read in its head."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from profiles.values import documents as docs
from profiles.values import speech

from .library import Dossier
from .references import (
    PUBLISHER,
    Reference,
    bibtex_of,
    claim_reference,
    csl_of,
    edition_reference,
    in_words,
    ris_of,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A form that a page can be had in: its media type, its name, and what it is good for."""

    media_type: str
    label: str
    use: str


# The end of the address -> the form.
ENDINGS = {
    "json": Ending("application/json; charset=utf-8", "JSON", "claims, and the exact documents of the digest"),
    "csv": Ending("text/csv; charset=utf-8; header=present", "CSV", "every claim in a table, a row a citation"),
    "ftm.jsonl": Ending("application/x-ndjson; charset=utf-8", "FollowTheMoney", "entities, one a line"),
    "jsonld": Ending("application/ld+json; charset=utf-8", "JSON-LD", "linked data with names of schema.org"),
    "bib": Ending("application/x-bibtex; charset=utf-8", "BibTeX", "this edition and the sources it cites"),
    "ris": Ending("application/x-research-info-systems; charset=utf-8", "RIS", "the same, for reference managers"),
    "csl.json": Ending(
        "application/vnd.citationstyles.csl+json; charset=utf-8", "CSL-JSON", "the same, for citation processors"
    ),
}
REFERENCES = ("bib", "ris", "csl.json")


@dataclass(frozen=True, slots=True)
class Cited:
    """One work to cite: `copied` holds label and text of each form, `metas` name and content for the head."""

    plain: str
    permalink: str
    sha256: str
    on: str
    copied: tuple[tuple[str, str], ...]
    metas: tuple[tuple[str, str], ...]
    published_at: str


def cite_edition(dossier: Dossier) -> Cited:
    """A profile, as the edition that its page shows."""
    edition = dossier.edition
    # A work is cited alike in all languages.
    with speech.speaking(speech.ENGLISH):
        return _cited(edition_reference(dossier), edition.sha256, edition.published_at)


def cite_claim(
    claim: docs.Claim, said_by: Iterable[str], sha256: str, publication: int, at: datetime, url: str
) -> Cited:
    """One claim, as the document that its page shows; `url` is its permalink."""
    with speech.speaking(speech.ENGLISH):
        return _cited(claim_reference(claim, said_by, sha256, publication, at, url), sha256, at)


def _cited(one: Reference, sha256: str, at: datetime) -> Cited:
    day = f"{at:%Y/%m/%d}"
    return Cited(
        plain=in_words(one),
        permalink=one.url,
        sha256=sha256,
        on=f"{at.day} {at:%B %Y}",
        copied=(
            ("BibTeX", bibtex_of([one]).decode()),
            ("RIS", ris_of([one]).decode().replace("\r\n", "\n").strip()),
            ("CSL-JSON", csl_of([one]).decode()),
        ),
        # Highwire names first, which Zotero and Google Scholar prefer; then Dublin Core.
        metas=(
            ("citation_title", one.title),
            ("citation_author", PUBLISHER),
            ("citation_publisher", PUBLISHER),
            ("citation_inbook_title", PUBLISHER),
            ("citation_publication_date", day),
            ("citation_online_date", day),
            ("citation_language", "en"),
            ("citation_public_url", one.url),
            ("DC.title", one.title),
            ("DC.creator", PUBLISHER),
            ("DC.publisher", PUBLISHER),
            ("DC.date", day.replace("/", "-")),
            ("DC.identifier", one.url),
            ("DC.type", "Text"),
            ("DC.language", "en"),
        ),
        published_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
