"""What a publication is about to make public, as plain values: the write side hands it to the read side to render."""

from dataclasses import dataclass, field
from datetime import datetime

from profiles.values.documents import Document

# How a publication was reviewed, in the words that pages and JSON print.
REVIEWED = {
    "second_person": "Reviewed and approved by a second person of the desk.",
    "one_person": "Taken down by one person of the desk, at once.",
    "demonstration": "Approved automatically for demonstration. No person has checked it.",
}


@dataclass(frozen=True, slots=True)
class NewEdition:
    """A profile's dossier as the publication makes it: header digest, and uid -> digest of its documents."""

    profile: str
    number: int
    sha256: str
    header: str
    documents: dict[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """One publication before its transaction opens. `documents` holds all that it changes: uid -> (digest, document).

    `gone` holds the uids of documents that leave the public, `withdrawn` those of profiles that it takes down (they
    are gone too); `reviewed` is a key of REVIEWED.
    """

    number: int
    at: datetime
    kind: str
    note: str
    reviewed: str
    editions: dict[str, NewEdition]
    documents: dict[str, tuple[str, Document]]
    withdrawn: frozenset[str] = field(default_factory=frozenset)
    gone: frozenset[str] = field(default_factory=frozenset)
