"""Where a claim comes from: who was heard first, when it was last seen so, and where it stands on a page."""

from collections.abc import Iterable, Iterator
from datetime import date

from profiles.values import documents as docs
from profiles.values.vocabulary import Aspect, aspect_of, place_at_about

from .library import Library

_DEEPEST = 8  # works that derive from works: no real chain is as long, and a ring must end


def load_origins(claims: Iterable[docs.Claim], library: Library) -> None:
    """Fetch all that the origins of some claims are told by: a round for each step from citation to first work."""
    claims = list(claims)
    library.load(uid for claim in claims for _, uid in docs.references(claim))
    found = [library.get(citation.version) for claim in claims for citation in claim.citations]
    wanted = {version.source for version in found if isinstance(version, docs.Version)}
    for _ in range(_DEEPEST):
        library.load(wanted)
        works = [library.get(uid) for uid in wanted]
        wanted = {work.derives_from for work in works if isinstance(work, docs.Source) and work.derives_from}
        if not wanted:
            return


def supporting(claim: docs.Claim) -> list[docs.Citation]:
    """The citations that support the claim as worded."""
    return [citation for citation in claim.citations if citation.bearing == "supports"]


def origins(claim: docs.Claim, library: Library) -> set[str]:
    """Uids of the independent origins: the last speaker of each chain, else the first work, else the source."""
    found: set[str] = set()
    for citation in supporting(claim):
        if citation.speakers:
            found.update(chain[-1] for chain in citation.speakers)
        else:
            found.add(_first_work(citation.version, library))
    return found


def is_anonymous(claim: docs.Claim, library: Library) -> bool:
    """Whether the claim has origins, and each of them is a speaker who is not named."""
    found = [library.get(uid) for uid in origins(claim, library)]
    return bool(found) and all(isinstance(origin, docs.Speaker) and origin.anonymous for origin in found)


def seen(claim: docs.Claim, library: Library) -> date | None:
    """The day up to which an open end is sure: the stamp, else the retrieval, of its newest supporting version."""
    cited = {citation.version: library.get(citation.version) for citation in claim.citations}
    return docs.seen_on(claim, {uid: found for uid, found in cited.items() if isinstance(found, docs.Version)})


def placed(claim: docs.Claim, profile: docs.Group | docs.Person | docs.Event) -> Aspect | None:
    """The aspect that a claim answers on one profile's page: its own at the subject, by the table at the other end."""
    model = model_of(profile)
    if claim.subject == profile.uid:
        return aspect_of(model, claim.topic, claim.aspect)
    return place_at_about(claim.kind, docs.word_of(claim), model, claim.topic, claim.aspect)


def model_of(profile: docs.Group | docs.Person | docs.Event) -> str:
    """The word for a profile's model: group, person or event."""
    return str(type(profile).__struct_config__.tag)


def other_end(claim: docs.Claim, uid: str) -> str | None:
    """The profile at the other end of a claim, seen from one of its two profiles."""
    return claim.about if claim.subject == uid else claim.subject


def standing_claims(claims: Iterable[docs.Claim]) -> Iterator[docs.Claim]:
    """The claims that still assert something: what is retracted does not."""
    return (claim for claim in claims if claim.standing != "retracted")


def _first_work(version_uid: str, library: Library) -> str:
    version = library.get(version_uid)
    uid = version.source if isinstance(version, docs.Version) else version_uid
    for _ in range(_DEEPEST):
        work = library.get(uid)
        if not isinstance(work, docs.Source) or not work.derives_from:
            break
        uid = work.derives_from
    return uid
