"""What would stop a draft, and what a reviewer would be warned of: told to its editor before review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from profiles.editorial.cautions import Caution, cautions
from profiles.editorial.living import tells_death
from profiles.editorial.mapping import read_rows
from profiles.editorial.public import Public
from profiles.editorial.rules import Stop, stops
from profiles.editorial.rules.compared import comparable
from profiles.editorial.rules.conflicts import conflicts
from profiles.editorial.rules.dates import roles_after_deaths
from profiles.models import Claim
from profiles.values import documents as docs
from profiles.values.origins import DEEPEST, works_behind


@dataclass(frozen=True, slots=True)
class Preview:
    """What is told of some drafts before review."""

    stops: list[Stop]
    cautions: list[Caution]


def preview(changed: Mapping[str, docs.Document]) -> Preview:
    """What the rules say of these drafts, beside all other drafts: what they name is published with them.

    A fixed number of queries for each kind of document that they name.
    """
    public = _drafts_around(changed)
    people = {uid for uid, document in public.around.items() if isinstance(document, docs.Person)}
    subjects = {claim.subject for claim in public.claims} | people
    rows = Claim.objects.filter(comparable(sorted(subjects), published=False)).order_by().values_list("uid", flat=True)
    beside = _claims(read_rows(set(rows) - changed.keys()))
    dead = {claim.subject for claim in {**beside, **_claims(changed)}.values() if tells_death(claim)}
    return Preview(stops(changed, dead, public=public, beside=beside), cautions(changed, public, dead))


def to_link(profile: docs.Document, documents: Mapping[str, docs.Document]) -> list[Stop]:
    """The claims of a profile's dossier that exclude each other, each pair once; no query without two places."""
    claims = _claims(documents)
    own = {uid: claim for uid, claim in claims.items() if claim.subject == profile.uid}
    settled = [claim.place for claim in own.values() if (claim.topic, claim.aspect) == ("origins", "place")]
    places = _within(filter(None, settled)) if len(settled) > 1 else {}
    public = Public({}, {profile.uid: profile, **places})
    found = [*conflicts(own, own, public), *roles_after_deaths(claims, claims)]
    once: dict[frozenset[str], Stop] = {}
    for stop in found:
        once.setdefault(frozenset((stop.uid, stop.other)), stop)
    return list(once.values())


def _claims(documents: Mapping[str, docs.Document]) -> dict[str, docs.Claim]:
    return {uid: document for uid, document in documents.items() if isinstance(document, docs.Claim)}


def _drafts_around(changed: Mapping[str, docs.Document]) -> Public:
    named = {uid for document in changed.values() for _, uid in docs.references(document)} - changed.keys()
    around = read_rows(named)
    for _ in range(DEEPEST):
        wanted = works_behind([*changed.values(), *around.values()])
        wanted |= {place.within for place in around.values() if isinstance(place, docs.Place) and place.within}
        wanted -= changed.keys() | around.keys()
        found = read_rows(wanted) if wanted else {}
        if not found:
            break
        around.update(found)
    return Public(changed, around)


def _within(uids: Iterable[str]) -> dict[str, docs.Document]:
    """Places, and all that they lie in."""
    found: dict[str, docs.Document] = {}
    wanted = set(uids)
    while wanted:
        found.update(read_rows(wanted))
        wanted = {place.within for place in found.values() if isinstance(place, docs.Place) and place.within}
        wanted -= found.keys()
    return found
