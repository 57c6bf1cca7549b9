"""Where a claim comes from: its independent origins, each once, however many passages retell it."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from profiles.values import documents as docs

DEEPEST = 8  # works that derive from works: no real chain is as long, and a ring must end

# The document under a uid, among those at hand; None where there is none.
Get: TypeAlias = Callable[[str], docs.Document | None]


def supporting(claim: docs.Claim) -> list[docs.Citation]:
    """The citations that support the claim as worded."""
    return [citation for citation in claim.citations if citation.bearing == "supports"]


def origins(claim: docs.Claim, get: Get) -> set[str]:
    """Uids of the independent origins: the last speaker of each chain, else the first work, else the source."""
    return origins_of(supporting(claim), lambda version: first_work(version, get))


def origins_of(cited: Iterable[docs.Citation], first: Callable[[str], str]) -> set[str]:
    """The same of some citations, where `first` tells the work at the start of a version's chain of works."""
    found: set[str] = set()
    for citation in cited:
        if citation.speakers:
            found.update(chain[-1] for chain in citation.speakers)
        else:
            found.add(first(citation.version))
    return found


def is_anonymous(claim: docs.Claim, get: Get) -> bool:
    """Whether the claim has origins, and each of them is a speaker who is not named."""
    found = [get(uid) for uid in origins(claim, get)]
    return bool(found) and all(isinstance(origin, docs.Speaker) and origin.anonymous for origin in found)


def first_work(version_uid: str, get: Get) -> str:
    """The uid of the work at the start of a version's chain of works; its own source where that retells none."""
    version = get(version_uid)
    uid = version.source if isinstance(version, docs.Version) else version_uid
    for _ in range(DEEPEST):
        work = get(uid)
        if not isinstance(work, docs.Source) or not work.derives_from:
            break
        uid = work.derives_from
    return uid


def works_behind(made: Iterable[docs.Document | None]) -> set[str]:
    """The uids one step nearer to the origin: the source of a version, the work that a work retells."""
    steps = (
        document.source
        if isinstance(document, docs.Version)
        else document.derives_from
        if isinstance(document, docs.Source)
        else None
        for document in made
    )
    return {uid for uid in steps if uid}
