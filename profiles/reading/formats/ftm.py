"""FollowTheMoney entities, one a line: the profile, each claim under its own uid, the profiles and sources it names.

FollowTheMoney has no field for how firmly something is said, so each claim says it in `summary` and, where its schema
has one, in `status`. What a source denies, what was retracted and what is a sentence alone is a Note: never a tie, a
sanction or a date that a program would take for a fact.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from profiles.reading import addresses
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.date_text import is_plain

from .taken import Taken, Work

SCHEMATA = {"group": "Organization", "person": "Person", "event": "Event"}
# A name that only an authority or an opponent uses never makes two records one.
_NAMES = {"former": "previousName", "abbreviation": "abbreviation", "weak": "weakAlias", "as_listed": "weakAlias"}
# FollowTheMoney takes ISO 639-2 codes.
_LANGUAGES = {"en": "eng", "ar": "ara", "fa": "fas", "ku": "kur", "fr": "fra", "de": "deu", "tr": "tur", "he": "heb"}
Entity = dict[str, Any]


def ftm_lines(taken: Taken) -> bytes:
    """The edition as entities: UTF-8, one JSON object a line."""
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities(taken))


def entities(taken: Taken) -> Iterator[Entity]:
    """The profile first, then other profiles that its claims name, sources, and the claims by uid."""
    header = taken.dossier.header
    yield profile_entity(taken)
    yield from others(taken, {header.uid})
    yield from map(work_entity, taken.works())
    yield from claim_entities(taken)


def others(taken: Taken, known: set[str]) -> Iterator[Entity]:
    """The profiles at the other end of a claim: name and address alone."""
    ends = {uid for claim in taken.dossier.claims for uid in (claim.subject, claim.about) if uid}
    for uid in sorted(ends - known):
        other = taken.leaf.library.get(uid)
        if isinstance(other, docs.PROFILES):
            yield _thing(other)


def profile_entity(taken: Taken) -> Entity:
    """The profile with its stated names; each stands again, with its voice, in the claim that states it."""
    header = taken.dossier.header
    made = _thing(header, taken.permalink)
    names: dict[str, list[str]] = {}
    for claim in taken.dossier.claims:
        if claim.kind != "name" or claim.subject != header.uid or _doubtful(claim, taken) or claim.name == header.label:
            continue
        weak = claim.used_by in ("authority", "opponents")
        key = "weakAlias" if weak else _NAMES.get(claim.name_sort, "alias")
        if key == "abbreviation" and made["schema"] == "Event":
            key = "weakAlias"
        names.setdefault(key, []).append(claim.name)
    made["properties"].update({key: sorted(set(found)) for key, found in sorted(names.items())})
    return made


def claim_entities(taken: Taken) -> Iterator[Entity]:
    """Each claim as what it ties or lists, else as a note."""
    for claim, facts in taken.records():
        schema, own = ("Note", {}) if _doubtful(claim, taken) else _shape(claim, taken)
        if schema == "Note":
            ends = [uid for uid in (claim.subject, claim.about) if uid]
            own = {"entity": ends, "keywords": [f"{claim.topic}.{claim.aspect}"]}
        else:
            own |= {"recordId": claim.uid, "status": f"{claim.voice}; {claim.standing}", **_when(claim)}
        shared = {
            "description": claim.statement,
            "summary": how_said(claim, facts),
            "proof": sorted({c.version for c in claim.citations if taken.version(c.version)}),
            "publisher": "MilitiaDB",
            "sourceUrl": addresses.absolute(addresses.claim(claim.uid)),
        }
        yield _entity(claim.uid, schema, {**own, **shared})


def how_said(claim: docs.Claim, facts: dict[str, Any]) -> str:
    """Voice, speakers, standing and date of a claim in one line."""
    parts = [f"voice: {claim.voice}"]
    if facts["attributed_to"]:
        parts.append(f"said by: {', '.join(facts['attributed_to'])}")
    parts.append(f"standing: {claim.standing}")
    if claim.standing_note:
        parts.append(f"note: {claim.standing_note}")
    if facts.get("since"):
        parts.append(f"since: {facts['since']}")
    if claim.negated:
        parts.append("a denial: a source says that it is not so")
    if claim.reach != "named":
        parts.append(f"reach: {claim.reach}")
    if claim.when:
        parts.append(f"when: {dates.in_words(claim.when, claim.sense, claim.basis)} ({claim.when}, {claim.sense})")
    return "; ".join(parts)


def work_entity(work: Work) -> Entity:
    """A version of a source."""
    source, version = work.source, work.version
    own = {
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "sourceUrl": source.url,
        "language": _LANGUAGES.get(source.language.partition("-")[0], ""),
        "retrievedAt": version.retrieved,
        "publishedAt": version.stamp.partition("T")[0],
        "notes": f"Version {version.uid}; text SHA-256 {version.text_sha256}",
    }
    return _entity(version.uid, "Article", own)


def _doubtful(claim: docs.Claim, taken: Taken) -> bool:
    """Whether a program must not take the claim for a tie: denied, retracted, superseded, or put right since."""
    return claim.negated or claim.standing in ("retracted", "superseded") or claim.uid in taken.later


def _shape(claim: docs.Claim, taken: Taken) -> tuple[str, dict[str, Any]]:
    """The schema of a claim and the properties of its kind."""
    library = taken.leaf.library
    subject, about = library.get(claim.subject), library.get(claim.about)
    if claim.kind == "designation":
        programme = taken.leaf.label(claim.programme) if claim.programme else ""
        authority = taken.leaf.label(claim.authority) if claim.authority else ""
        reason = [text for text in (claim.ground, f"as stated: {claim.as_stated}") if text]
        return "Sanction", {
            "entity": claim.subject, "authority": authority, "program": programme, "reason": reason,
            "authorityId": claim.listing_id,
        }  # fmt: skip
    if not isinstance(subject, docs.PROFILES) or not isinstance(about, docs.PROFILES):
        return "Note", {}
    if claim.kind == "membership":
        role = claim.title or words.ROLE.label(claim.role)
        if isinstance(about, docs.Group) and not isinstance(subject, docs.Event):
            return "Membership", {"member": claim.subject, "organization": claim.about, "role": role}
        return "UnknownLink", {"subject": claim.subject, "object": claim.about, "role": role}
    if claim.kind == "relation":
        label = words.RELATION.label(claim.relation)
        return "UnknownLink", {"subject": claim.subject, "object": claim.about, "role": label}
    if claim.kind == "part":
        # The part is that of the party in the event.
        return "UnknownLink", {"subject": claim.about, "object": claim.subject, "role": words.PART.label(claim.part)}
    return "Note", {}


def _when(claim: docs.Claim) -> dict[str, str]:
    """Dates without a hedge, as far as FollowTheMoney can say them; every date stands in words in the summary."""
    start, slash, end = claim.when.partition("/")
    if not slash:
        return {"date": start} if is_plain(start) else {}
    sides = {"startDate": start, "endDate": end}
    return {name: side for name, side in sides.items() if is_plain(side)}


def _thing(header: addresses.Profile, url: str = "") -> Entity:
    where = url or addresses.absolute(addresses.profile(header))
    own = {"name": header.label, "sourceUrl": where, "publisher": "MilitiaDB"}
    return _entity(header.uid, SCHEMATA[addresses.model_of(header)], own)


def _entity(uid: str, schema: str, properties: dict[str, Any]) -> Entity:
    """Every property is a list of text; empty ones are left out."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": uid, "schema": schema, "properties": lists}
