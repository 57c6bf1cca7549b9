"""What every form is made from: an edition, what its documents name, and what became of its statements since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from profiles.models.editions import Edition
from profiles.reading.corrections import Later, later_than
from profiles.reading.leaf import Leaf
from profiles.reading.library import Dossier, Library
from profiles.reading.machine import claim_facts
from profiles.reading.pages import as_published, load_all
from profiles.reading.references import permalink
from profiles.values import documents as docs


@dataclass(frozen=True, slots=True)
class Work:
    """A source in one version, and the claims that cite it, in order."""

    source: docs.Source
    version: docs.Version
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """An edition to be carried away. `later` is uid -> what the ledger tells since an older edition was made."""

    dossier: Dossier
    leaf: Leaf
    later: dict[str, Later] = field(default_factory=dict)

    @property
    def permalink(self) -> str:
        """The whole address of this edition."""
        return permalink(self.dossier)

    def records(self) -> Iterator[tuple[docs.Claim, dict[str, Any]]]:
        """Each claim, and its facts with labels; `since` says what became of it."""
        for claim in self.dossier.claims:
            facts = claim_facts(claim, self.leaf)
            if claim.uid in self.later:
                facts["since"] = since_in_words(self.later[claim.uid])
            yield claim, facts

    def version(self, uid: str) -> docs.Version | None:
        """A version that is public."""
        found = self.leaf.library.get(uid)
        return found if isinstance(found, docs.Version) else None

    def source_of(self, version: docs.Version | None) -> docs.Source | None:
        """The work of a version."""
        found = self.leaf.library.get(version.source) if version else None
        return found if isinstance(found, docs.Source) else None

    def works(self) -> list[Work]:
        """The versions that the claims cite, by uid."""
        return works_of(self.dossier.claims, self.leaf.library)


def of_edition(row: Edition, newest_number: int) -> Taken:
    """A stored edition without what may not be shown any more: a constant number of queries."""
    dossier, library = as_published(row)
    later = later_than(row, dossier) if row.number < newest_number else {}
    load_all([dossier], library)
    return Taken(dossier, Leaf(library), later)


def newest(uid: str) -> Taken | None:
    """The newest edition of a profile that is public."""
    library = Library()
    dossier = library.dossiers([uid]).get(uid)
    if dossier is None:
        return None
    load_all([dossier], library)
    return Taken(dossier, Leaf(library))


def works_of(claims: tuple[docs.Claim, ...], library: Library) -> list[Work]:
    """The versions that some claims cite, by uid, each with the claims."""
    resting: dict[str, dict[str, None]] = {}
    for claim in claims:
        for citation in claim.citations:
            resting.setdefault(citation.version, {})[claim.uid] = None
    found = []
    for uid in sorted(resting):
        version = library.get(uid)
        source = library.get(version.source) if isinstance(version, docs.Version) else None
        if isinstance(version, docs.Version) and isinstance(source, docs.Source):
            found.append(Work(source, version, tuple(resting[uid])))
    return found


def since_in_words(later: Later) -> str:
    """What became of a statement after its edition, in one line."""
    note = f": {later.note}" if later.note else ""
    return f"{later.label} on {later.on} (publication {later.publication}){note}"
