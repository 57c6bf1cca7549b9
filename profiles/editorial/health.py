"""How well claims are founded: passages at hand and right, independent origins, primary evidence, links that are dead.

Reckoned of all drafts at once in a few queries, and the digests of their passages with them; nothing is stored, so that
a number and the claims behind it are always of the same moment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from profiles.editorial.links import DEAD_AFTER
from profiles.models import Attribution, Capture, Citation, Claim, LinkCheck, Reanchoring, Source, SourceVersion
from profiles.models.documents import chunks
from profiles.values.anchors import digest
from profiles.values.origins import DEEPEST

_TEXTS = 50  # texts held at a time


@dataclass(slots=True)
class Founded:
    """One claim and what it rests on."""

    uid: str
    profile: str
    statement: str
    listing: bool
    primary: bool
    sources: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    verified: bool = False
    dead: bool = False
    waits: bool = False


# What is counted of claims, in the order of the table: name, words, and which claims it is true of.
MEASURES: dict[str, tuple[str, Callable[[Founded], bool]]] = {
    "claims": ("Claims", lambda one: True),
    "cited": ("With a passage that supports", lambda one: bool(one.sources)),
    "verified": ("Passage at hand, and right", lambda one: one.verified),
    "two_origins": ("Two origins or more", lambda one: len(one.origins) > 1),
    "listings": ("Listings", lambda one: one.listing),
    "primary": ("Listings with primary evidence", lambda one: one.listing and one.primary),
    "dead": ("On a dead link", lambda one: one.dead),
    "waits": ("Source has a later version", lambda one: one.waits),
}
# The parts of the picture: every claim is in one of them.
PARTS: dict[str, tuple[str, Callable[[Founded], bool]]] = {
    "twice": ("verified, two origins", lambda one: one.verified and len(one.origins) > 1),
    "once": ("verified, one origin", lambda one: one.verified and len(one.origins) < 2),
    "unseen": ("cited, not verified", lambda one: bool(one.sources) and not one.verified),
    "none": ("no passage supports it", lambda one: not one.sources),
}


@dataclass(frozen=True, slots=True)
class Health:
    """The claims that were asked for; the sources with an address, and when each of these was last looked at."""

    claims: list[Founded]
    linked: set[str]
    checked: dict[str, datetime]

    def by_profile(self) -> dict[str, list[Founded]]:
        """Profile -> the claims that it is the subject of."""
        found: dict[str, list[Founded]] = defaultdict(list)
        for one in self.claims:
            found[one.profile].append(one)
        return found

    def by_source(self) -> dict[str, list[Founded]]:
        """Source -> the claims that it supports."""
        found: dict[str, list[Founded]] = defaultdict(list)
        for one in self.claims:
            for source in one.sources:
                found[source].append(one)
        return found

    def oldest_check(self, claims: Iterable[Founded]) -> datetime | None:
        """When the link that has waited longest was looked at, of the sources of some claims.

        None: one never was, or none has an address.
        """
        sources = {source for one in claims for source in one.sources} & self.linked
        days = [self.checked.get(source) for source in sources]
        known = [day for day in days if day]
        return min(known) if known and len(known) == len(days) else None


def health(claims: QuerySet[Claim] | None = None) -> Health:
    """How well some claims are founded, or all that are not retracted; a dozen queries, and one for 50 texts."""
    wanted = (Claim.objects.all() if claims is None else claims).exclude(standing="retracted").order_by("uid")
    columns = ("uid", "subject_id", "statement", "kind", "evidence")
    found = {
        uid: Founded(uid, profile, statement, kind == "designation", evidence == "primary")
        for uid, profile, statement, kind, evidence in wanted.values_list(*columns)
    }
    cited = Citation.objects.filter(bearing="supports").order_by()
    heard = Attribution.objects.filter(citation__bearing="supports").order_by("chain", "place")
    if claims is not None:
        cited, heard = cited.filter(claim__in=wanted), heard.filter(citation__claim__in=wanted)
    last: dict[str, dict[int, str]] = defaultdict(dict)
    for citation, chain, speaker in heard.values_list("citation_id", "chain", "speaker_id"):
        last[citation][chain] = speaker
    source_of = dict(SourceVersion.objects.order_by().values_list("pk", "source_id"))
    works = list(Source.objects.order_by().values_list("pk", "derives_from_id", "url"))
    derives = {uid: first for uid, first, _ in works if first}
    linked = {uid for uid, _, url in works if url}
    checks = list(LinkCheck.objects.order_by().values_list("uid", "failures", "checked_at"))
    dead = {uid for uid, failures, _ in checks if failures >= DEAD_AFTER}
    places: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    for uid, claim, version, start, end, sha256 in cited.values_list(
        "uid", "claim_id", "version_id", "start", "end", "passage_sha256"
    ):
        if (one := found.get(claim)) is None:
            continue
        source = source_of[version]
        one.sources.add(source)
        one.origins.update(last[uid].values() if uid in last else [_first_work(source, derives)])
        one.dead = one.dead or source in dead
        places[version].append((claim, start, end, sha256))
    _verify(found, places)
    for claim in Reanchoring.objects.waiting().order_by().values_list("claim", flat=True):
        if claim in found:
            found[claim].waits = True
    return Health(list(found.values()), linked, {uid: day for uid, _, day in checks})


def _first_work(source: str, derives: dict[str, str]) -> str:
    for _ in range(DEEPEST):
        if source not in derives:
            break
        source = derives[source]
    return source


def _verify(found: dict[str, Founded], places: dict[str, list[tuple[str, int, int, str]]]) -> None:
    """Mark the claims of which a passage stands, word for word, at its place in the text that is at hand."""
    for some in chunks(places):
        for at in range(0, len(some), _TEXTS):
            texts = Capture.objects.filter(pk__in=some[at : at + _TEXTS]).values_list("pk", "text")
            for version, text in texts.iterator():
                for claim, start, end, sha256 in places[version]:
                    if not found[claim].verified and digest(text[start:end]) == sha256:
                        found[claim].verified = True
