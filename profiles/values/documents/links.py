"""What a document names and where it stands: its type by uid, its profiles, its references."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from .shape import UID_PATTERNS
from .types import (
    PROFILES,
    Authority,
    Claim,
    Document,
    Event,
    Group,
    Person,
    Picture,
    Place,
    Programme,
    Silence,
    Source,
    Speaker,
    Version,
)


def model_of(uid: str) -> str:
    """The type that a uid names by its form: claim, silence, source, version, speaker ..., or profile."""
    for kind, (pattern, _) in UID_PATTERNS.items():
        if re.fullmatch(pattern, uid):
            return str(kind.__struct_config__.tag or "citation")
    return "profile"


def tag_of(document: Struct) -> str:
    """The word that stands as `model` in a document."""
    return str(document.__struct_config__.tag)


def seen_on(claim: Claim, versions: Mapping[str, Version]) -> date | None:
    """The day of the newest version that supports a claim: its stamp, else when it was retrieved.

    A stamp without a day counts from the first day that it can mean.
    """
    days = []
    for citation in claim.citations:
        version = versions.get(citation.version)
        if version and citation.bearing == "supports":
            stamp = version.stamp[:10] or version.retrieved
            days.append(date.fromisoformat((stamp + "-01-01")[:10]))
    return max(days, default=None)


def archive_of(version: Version, source: Source | None) -> str:
    """Where an archive keeps a copy of a version: as its source says since, else as its capture did; or empty."""
    found = source.archived if source else ()
    return next((one.url for one in found if one.version == version.uid), version.archive_url)


def touched(document: Document) -> tuple[str, ...]:
    """The uids of the profiles whose dossier a document stands in; none for what is no part of a dossier."""
    if isinstance(document, Claim):
        return (document.subject, document.about) if document.about else (document.subject,)
    if isinstance(document, Silence | Picture):
        return (document.subject,)
    return (document.uid,) if isinstance(document, PROFILES) else ()


def references(document: Document) -> Iterator[tuple[str, str]]:
    """Each (field, uid) of another document that this one names. A publication refuses one that is not public."""
    for field in _REFERENCES.get(type(document), ()):
        value = getattr(document, field)
        if isinstance(value, str):
            yield field, value
        elif value:
            for uid in value:
                yield field, uid
    if isinstance(document, Claim):
        for index, citation in enumerate(document.citations):
            yield f"citations[{index}].version", citation.version
            for chain in citation.speakers:
                for speaker in chain:
                    yield f"citations[{index}].speakers", speaker
    elif isinstance(document, Source):
        for index, copy in enumerate(document.archived):
            yield f"archived[{index}].version", copy.version


_REFERENCES: dict[type[Struct], tuple[str, ...]] = {
    Claim: (
        "subject", "about", "superseded_by", "designation", "authority", "programme", "place",
        "conflicts_with", "after", "mentions", "rests_on",
    ),
    Silence: ("subject", "searched"),
    Picture: ("subject",),
    Group: ("merged_into",),
    Person: ("merged_into",),
    Event: ("merged_into",),
    Source: ("derives_from",),
    Version: ("source",),
    Speaker: ("profile",),
    Authority: ("profile",),
    Programme: ("authority",),
    Place: ("within",),
}  # fmt: skip


def word_of(claim: Claim) -> str:
    """The word that says which sub-kind a claim is: its role, relation, part, presence or step; else empty."""
    return claim.role or claim.relation or claim.part or claim.presence or claim.step
