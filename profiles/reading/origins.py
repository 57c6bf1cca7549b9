"""Where a claim comes from: who was heard first, when it was last seen so, and where it stands on a page."""

from collections.abc import Iterable, Iterator
from datetime import date

from profiles.values import documents as docs
from profiles.values import origins as counted
from profiles.values.vocabulary import Aspect, aspect_of, place_at_about

from .library import Library


def load_origins(claims: Iterable[docs.Claim], library: Library) -> None:
    """Fetch all that the origins of some claims are told by: a round for each step from citation to first work."""
    claims = list(claims)
    library.load(uid for claim in claims for _, uid in docs.references(claim))
    wanted = counted.works_behind(library.get(citation.version) for claim in claims for citation in claim.citations)
    for _ in range(counted.DEEPEST):
        library.load(wanted)
        wanted = counted.works_behind(map(library.get, wanted))
        if not wanted:
            return


def origins(claim: docs.Claim, library: Library) -> set[str]:
    """Uids of the independent origins: the last speaker of each chain, else the first work, else the source."""
    return counted.origins(claim, library.get)


def is_anonymous(claim: docs.Claim, library: Library) -> bool:
    """Whether the claim has origins, and each of them is a speaker who is not named."""
    return counted.is_anonymous(claim, library.get)


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


_MODELS: dict[type, str] = {kind: str(kind.__struct_config__.tag) for kind in docs.PROFILES}


def model_of(profile: docs.Group | docs.Person | docs.Event) -> str:
    """The word for a profile's model: group, person or event."""
    return _MODELS[type(profile)]


def other_end(claim: docs.Claim, uid: str) -> str | None:
    """The profile at the other end of a claim, seen from one of its two profiles."""
    return claim.about if claim.subject == uid else claim.subject


def standing_claims(claims: Iterable[docs.Claim]) -> Iterator[docs.Claim]:
    """The claims that still assert something: what is retracted does not."""
    return (claim for claim in claims if claim.standing != "retracted")


def asserting(claims: Iterable[docs.Claim]) -> list[docs.Claim]:
    """The claims that say that something is so: not denied, not retracted, not replaced by a newer one."""
    return [claim for claim in claims if not claim.negated and claim.standing not in ("retracted", "superseded")]
