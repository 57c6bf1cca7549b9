"""What stops a publication: rules about the claims that it changes, each with its reason in words."""

from collections.abc import Collection, Iterator, Mapping

from profiles.editorial.public import Public, public_with
from profiles.editorial.rules.allegations import accused_of, accuses, allegation_stops, heard_in
from profiles.editorial.rules.compared import compared_with
from profiles.editorial.rules.conflicts import conflicts
from profiles.editorial.rules.dates import impossible_dates, roles_after_deaths
from profiles.editorial.rules.named import unmentioned
from profiles.editorial.rules.never_public import never_public, private_note
from profiles.editorial.rules.passages import broken, too_long, uncited
from profiles.editorial.rules.pictures import fileless, unsourced
from profiles.editorial.rules.places import dangling, misplaced, one_sided, stray_step
from profiles.editorial.rules.stop import RULES, Stop
from profiles.editorial.rules.wording import too_firm, unhedged
from profiles.models import Capture, User
from profiles.models.documents import chunks
from profiles.values import documents as docs

__all__ = ["RULES", "Stop", "accused_of", "accuses", "heard_in", "stops"]


def stops(
    changed: Mapping[str, docs.Document],
    dead: Collection[str],
    reasons: Mapping[str, str] | None = None,
    *,
    note: str = "",
    public: Public | None = None,
    beside: Mapping[str, docs.Claim] | None = None,
) -> list[Stop]:
    """All that stops these documents; their number makes no more queries.

    `dead` are the people of whom a public, cited claim says that they died. `reasons` say, by uid, why a reviewer lets
    an allegation pass that nobody named makes (see `reasons_of`). `note` is the public note of the publication. Who
    has what will be public at hand, or the claims to compare with, gives them.
    """
    around = public_with(changed) if public is None else public
    others = compared_with(changed) if beside is None else beside
    claims = {uid: document for uid, document in changed.items() if isinstance(document, docs.Claim)}
    texts = _texts(claims)
    desk = _desk()
    found: list[Stop] = []
    for document in changed.values():
        found += dangling(document, around)
        found += never_public(document, around, desk)
        if isinstance(document, docs.Claim):
            found += _claim_stops(document, around, dead, reasons or {}, texts)
        elif isinstance(document, docs.Silence):
            found += misplaced(document, around)
        elif isinstance(document, docs.Picture):
            found += unsourced(document)
            found += fileless(document)
    accusing = [claim for claim in claims.values() if claim.standing != "retracted" and accuses(claim)]
    found += unmentioned(accusing, around, dead)
    found += roles_after_deaths({**others, **claims}, changed)
    found += conflicts({**others, **claims}, changed, around)
    return [*found, *private_note(note)]


def _claim_stops(
    claim: docs.Claim, public: Public, dead: Collection[str], reasons: Mapping[str, str], texts: Mapping[str, str]
) -> Iterator[Stop]:
    yield from misplaced(claim, public)
    yield from one_sided(claim, public)
    yield from stray_step(claim, public)
    yield from too_long(claim)
    if claim.standing == "retracted":
        return
    yield from broken(claim, texts)
    yield from impossible_dates(claim, public)
    if without := list(uncited(claim)):
        yield from without
        return
    yield from too_firm(claim)
    yield from unhedged(claim, public)
    if accuses(claim):
        yield from allegation_stops(claim, public, dead, reasons)


def _texts(claims: Mapping[str, docs.Claim]) -> dict[str, str]:
    """Version -> its text, where that is at hand."""
    versions = {c.version for claim in claims.values() for c in claim.citations}
    found: dict[str, str] = {}
    for some in chunks(sorted(versions)):
        found.update(Capture.objects.filter(pk__in=some).values_list("version_id", "text"))
    return found


def _desk() -> list[str]:
    """The full names of those who work here; who gave only one name is not told by it."""
    names = User.objects.exclude(first_name="").exclude(last_name="").values_list("first_name", "last_name")
    return [f"{first} {last}" for first, last in names]
