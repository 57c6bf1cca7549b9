"""BibTeX, RIS and CSL-JSON: the edition (or one claim) as a work to cite, then each source version cited.

A source's record names the claims that rest on it, so that the whole edition can be followed from a reference manager.
"""

from collections.abc import Iterator

from profiles.models.editions import Publication
from profiles.reading import addresses
from profiles.reading.claim_page import current_document
from profiles.reading.leaf import Leaf
from profiles.reading.library import Library
from profiles.reading.references import (
    PUBLISHER,
    Reference,
    bibtex_of,
    claim_permalink,
    claim_reference,
    csl_of,
    edition_reference,
    parts_of,
    ris_of,
)
from profiles.values import documents as docs

from .taken import Taken, Work, works_of

_CSL = {"news_article": "article-newspaper", "report": "report", "official_notice": "legislation"}
_RIS = {"news_article": "NEWS", "report": "RPRT", "official_notice": "GOVDOC"}


def bibtex(taken: Taken) -> bytes:
    """The edition and its sources as BibTeX."""
    return bibtex_of(references(taken))


def ris(taken: Taken) -> bytes:
    """The same as RIS."""
    return ris_of(references(taken))


def csl_json(taken: Taken) -> bytes:
    """The same as CSL-JSON."""
    return csl_of(references(taken))


def references(taken: Taken) -> Iterator[Reference]:
    """The edition, then the works that it cites, by version."""
    yield edition_reference(taken.dossier)
    yield from map(work_reference, taken.works())


def work_reference(work: Work) -> Reference:
    """A source in one version: the publisher's own date, the day of retrieval, the digest of the text that was read."""
    source, version = work.source, work.version
    return Reference(
        key=version.uid,
        title=source.title,
        url=source.url or addresses.absolute(addresses.source(source.slug)),
        note=f"Version {version.uid} as retrieved, text SHA-256 {version.text_sha256}. "
        f"{PUBLISHER} cites it for: {', '.join(work.claims)}.",
        csl=_CSL.get(source.kind, "webpage"),
        ris=_RIS.get(source.kind, "ELEC"),
        author=source.author,
        publisher=source.publisher,
        container=source.publisher,
        issued=parts_of(version.stamp),
        accessed=parts_of(version.retrieved),
        archive=docs.archive_of(version, source),
        language=source.language,
        claims=work.claims,
    )


def claim_references(uid: str) -> list[Reference] | None:
    """One claim that is public now, then the versions that it cites; None where it is not."""
    rows, text = current_document(uid)
    now = next((row for row in rows if row.to_publication is None), None)
    claim = docs.parse(text) if text else None
    if now is None or not isinstance(claim, docs.Claim):
        return None
    made = Publication.objects.only("number", "at").get(pk=now.from_publication)
    library = Library()
    library.load(uid for _, uid in docs.references(claim))
    works = works_of((claim,), library)
    said_by = Leaf(library).speakers(claim)
    url = claim_permalink(claim, library.get(claim.subject), made.number)
    return [claim_reference(claim, said_by, now.sha256, made.number, made.at, url), *map(work_reference, works)]
