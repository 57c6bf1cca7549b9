"""The lineage of all groups, or of one with those around it, made on request from what is public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from profiles.models.editions import read_published
from profiles.models.published import Entry, PublishedClaim
from profiles.values import documents as docs

from .descent import OWN, RELATIONS, Lineage, lineage_of
from .leaf import Leaf, Link
from .library import Library

MOST = 40  # groups in one picture
HOPS = 3  # ties from the group asked about
CLAIMS = 2_000  # read for one picture, at most, of each sort


@dataclass(frozen=True, slots=True)
class LineagePage:
    """`of` is the profile asked about, if any; `left_out` counts groups for which there was no room."""

    of: Link
    lineage: Lineage | None
    left_out: int


def lineage_page(slug: str = "") -> LineagePage | None:
    """All groups, or those around a group or person by slug; None where there is none. A constant number of queries."""
    library = Library()
    leaf = Leaf(library)
    entry = Entry.objects.filter(slug=slug, model__in=("group", "person")).order_by("model").first() if slug else None
    if slug and entry is None:
        return None
    ties = _around(entry.uid, library) if entry else _read(_current().filter(kind="relation"), library)
    groups = _groups(ties, library)
    if entry and entry.model == "group":
        groups = list(dict.fromkeys([entry.uid, *groups]))
    shown = set(groups[:MOST])
    ties = [claim for claim in ties if {claim.subject, claim.about or claim.subject} <= shown]
    own = _current().filter(Q(kind="statement", topic="origins", aspect__in=OWN), subject__in=shown)
    people = _current().filter(kind="membership", about__in=shown)
    claims = [*ties, *_read(own, library), *_read(people, library)]
    library.load(uid for claim in claims for _, uid in docs.references(claim))
    return LineagePage(
        leaf.link(entry.uid) if entry else Link(""), lineage_of(claims, leaf), max(0, len(groups) - MOST)
    )


def _current() -> QuerySet[PublishedClaim]:
    return PublishedClaim.objects.filter(to_publication=None)


def _read(rows: QuerySet[PublishedClaim], library: Library) -> list[docs.Claim]:
    """The documents of some claims that still stand, in order of uid."""
    uids = rows.exclude(standing__in=("retracted", "superseded")).order_by("uid").values_list("uid", flat=True)
    found = read_published(uids[:CLAIMS])
    claims = [found[uid] for uid in sorted(found)]
    return [claim for claim in claims if isinstance(claim, docs.Claim) and not claim.negated]


def _around(uid: str, library: Library) -> list[docs.Claim]:
    """The ties of a profile's groups, of those tied to them, and so on for a few steps."""
    found: dict[str, docs.Claim] = {}
    reached, edge = {uid}, {uid}
    for hop in range(HOPS):
        kinds = ("relation", "membership") if hop == 0 else ("relation",)
        rows = _current().filter(Q(subject__in=edge) | Q(about__in=edge), kind__in=kinds)
        near = {claim.uid: claim for claim in _read(rows, library)}
        ends = {
            end
            for claim in near.values()
            if claim.kind == "membership" or claim.relation in RELATIONS
            for end in (claim.subject, claim.about)
            if end
        }
        found.update({key: claim for key, claim in near.items() if claim.relation in RELATIONS})
        edge = ends - reached
        reached |= edge
    return list(found.values())


def _groups(ties: Iterable[docs.Claim], library: Library) -> list[str]:
    """The groups of some ties, those with the most ties first."""
    ties = [claim for claim in ties if claim.relation in RELATIONS and claim.when]
    library.load(end for claim in ties for end in (claim.subject, claim.about) if end)
    often: dict[str, int] = {}
    for claim in ties:
        for end in (claim.subject, claim.about):
            if end and isinstance(library.get(end), docs.Group):
                often[end] = often.get(end, 0) + 1
    return sorted(often, key=lambda uid: (-often[uid], uid))
