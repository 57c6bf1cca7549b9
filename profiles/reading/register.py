"""The register of designations: who listed whom, under what, as stated, and the dated steps of each listing."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from profiles.models.documents import bodies
from profiles.models.published import Listing, PublishedClaim
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say

from .leaf import Leaf, Link
from .library import Library
from .lines import Line, line_of
from .origins import model_of
from .paging import Page, page

UNSTATED = "not stated"


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing: a claim, with its steps in order of time. `personal` says that it names a natural person.

    `certainty` says whether it was in force on the date that was asked for; empty where none was.
    """

    line: Line
    subject: Link
    personal: bool
    authority: Link
    programme: Link
    steps: tuple[Line, ...]
    evidence: words.Word | None
    certainty: str


def register(listings: QuerySet[Listing], asked: QueryDict, column: str = "uid") -> tuple[list[Entry], Page, Leaf]:
    """One page of some listings in the order of a column: eight queries. Its notes are the leaf's."""
    current = PublishedClaim.objects.filter(to_publication=None)
    shown = page(listings, column, asked)
    rows = list(current.filter(uid__in=[row.uid for row in shown.rows]))
    subjects = {row.subject for row in rows}
    steps = list(current.filter(kind="step", subject__in=subjects).order_by("start_earliest", "uid"))
    claims = _read([*rows, *steps])
    library = Library()
    library.load(uid for claim in claims.values() for _, uid in docs.references(claim))
    near = [library.get(uid) for claim in claims.values() for _, uid in docs.references(claim)]
    library.load(uid for document in near if document for _, uid in docs.references(document))
    leaf = Leaf(library)
    acts = [claims[row.uid] for row in steps if row.uid in claims]
    found = [
        _entry(claims[row.uid], acts, leaf, getattr(row, "certainty", "")) for row in shown.rows if row.uid in claims
    ]
    return found, shown, leaf


def _read(rows: list[PublishedClaim]) -> dict[str, docs.Claim]:
    texts = bodies(row.sha256 for row in rows)
    parsed = {row.uid: docs.parse(text) for row in rows if (text := texts.get(row.sha256)) is not None}
    return {uid: document for uid, document in parsed.items() if isinstance(document, docs.Claim)}


def _entry(claim: docs.Claim, acts: list[docs.Claim], leaf: Leaf, certainty: str) -> Entry:
    header = leaf.library.get(claim.subject)
    return Entry(
        line=line_of(claim, claim.subject, None, leaf),
        subject=leaf.link(claim.subject),
        personal=isinstance(header, docs.PROFILES) and model_of(header) == "person",
        authority=leaf.link(claim.authority) if claim.authority else Link(say(UNSTATED)),
        programme=leaf.link(claim.programme) if claim.programme else Link(say(UNSTATED)),
        steps=tuple(line_of(act, claim.subject, None, leaf) for act in acts if act.designation == claim.uid),
        evidence=words.EVIDENCE.get(claim.evidence),
        certainty=certainty,
    )
