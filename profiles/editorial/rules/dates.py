"""Dates that cannot be: within one claim, and a role after a death."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import timezone

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.contradiction import day_of

# Said truly of the dead too.
_LASTING = ("founder", "former_unspecified")


def impossible_dates(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    """Dates of one claim that cannot all be: after its sources were read, answered before it was done, out of order."""
    try:
        own = dates.bounds(claim.when, claim.sense)
        answer = dates.bounds(claim.response_date, "happened")
    except ValueError as error:
        yield Stop(claim.uid, "impossible_date", f"has a date that cannot be read: {error}.")
        return
    read = _last_read(claim, public)
    # A notice may give the day from which it will hold.
    if claim.when and read and _begins(own, claim.sense) > read and claim.kind != "step":
        message = (
            f"gives {claim.when}, a day after its sources were read ({read}): correct the date; of what is only "
            "planned say that it is, as of the day of the source."
        )
        yield Stop(claim.uid, "impossible_date", message)
    if claim.response_date and answer.start_earliest > timezone.now().date():
        message = f"gives an answer of {claim.response_date}, which is still to come."
        yield Stop(claim.uid, "impossible_date", message)
    if claim.when and claim.response_date and claim.sense == "happened" and answer.end_latest < own.start_earliest:
        message = f"was answered in {claim.response_date}, before what it tells of ({claim.when}): correct one of both."
        yield Stop(claim.uid, "impossible_date", message)
    for uid in claim.after:
        earlier = public.get(uid)
        if isinstance(earlier, docs.Claim) and _before(claim, earlier):
            message = f"comes after {uid}, and is dated before it ({claim.when}, {earlier.when}): correct one of both."
            yield Stop(claim.uid, "impossible_date", message, uid)


def _begins(bounds: dates.Bounds, sense: str) -> date:
    return bounds.end_earliest if sense == "as_of" else bounds.start_earliest


def _last_read(claim: docs.Claim, public: Public) -> date | None:
    """When the newest of its supporting versions was captured; None where one is not at hand."""
    versions = [public.get(c.version) for c in claim.citations if c.bearing == "supports"]
    days = [date.fromisoformat(one.retrieved) for one in versions if isinstance(one, docs.Version)]
    return max(days) if days and len(days) == len(versions) else None


def _before(claim: docs.Claim, earlier: docs.Claim) -> bool:
    """Whether a claim that comes after another certainly happened before it."""
    if not claim.when or not earlier.when or {claim.sense, earlier.sense} != {"happened"}:
        return False
    try:
        own, its = dates.bounds(claim.when, claim.sense), dates.bounds(earlier.when, earlier.sense)
    except ValueError:
        return False
    return own.end_latest < its.start_earliest and not own.hedged and not its.hedged


def roles_after_deaths(claims: Mapping[str, docs.Claim], changed: Mapping[str, docs.Document]) -> Iterator[Stop]:
    """A role of a person later than their death, both dated to the day. `claims` are all that are to be compared.

    Two that are linked as a conflict pass. The stop is of the one that is changed, of both where both are.
    """
    deaths: dict[str, list[tuple[docs.Claim, date]]] = {}
    for claim in claims.values():
        if (who := _dies(claim)) and (day := day_of(claim)):
            deaths.setdefault(who, []).append((claim, day))
    for claim in claims.values():
        if claim.kind != "membership" or not _counts(claim):
            continue
        for death, day in deaths.get(claim.subject, ()):
            last = _last_day(claim)
            if last is None or last <= day or death.uid in claim.conflicts_with:
                continue
            for one, other in ((claim, death), (death, claim)):
                if one.uid in changed:
                    message = (
                        f"a role on {last} ({claim.uid}) is later than the death on {day} ({death.uid}): correct one "
                        "of the two dates, or link them as a conflict."
                    )
                    yield Stop(one.uid, "role_after_death", message, other.uid)


def _counts(claim: docs.Claim) -> bool:
    return claim.standing not in ("retracted", "superseded") and not claim.negated and not claim.superseded_by


def _dies(claim: docs.Claim) -> str:
    """Who dies by a claim: by one filed under death, or as a part in an event."""
    if not _counts(claim):
        return ""
    if claim.kind == "part":
        return claim.about or "" if claim.part == "killed" else ""
    return claim.subject if (claim.topic, claim.aspect) == ("death", "death") else ""


def _last_day(claim: docs.Claim) -> date | None:
    """The last day, given to the day, on which a role was held or seen; None where there is none."""
    if claim.sense == "as_of" and claim.role in _LASTING:
        return None
    try:
        span = dates.parse(claim.when)
    except dates.DateError:
        return None
    days = [
        side.first
        for side in (span.start, span.end)
        if side.state == "known" and not side.mark and side.first == side.last
    ]
    return max(days, default=None)
