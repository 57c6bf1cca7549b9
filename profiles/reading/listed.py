"""The rows of designations: each with the times for which it was in force by its steps."""

from profiles.models.published import Interval, Listing
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.listing import intervals

from .library import Dossier, Library
from .orders import by_date, by_text
from .origins import asserting, model_of, seen

NOT_STATED = "not_stated"


def listings(dossier: Dossier, library: Library) -> list[tuple[Listing, list[Interval]]]:
    """The designations of one profile. A leader's are the leader's own: none is carried over."""
    asserted = asserting(dossier.claims)
    return [
        _rows(claim, asserted, dossier, library)
        for claim in dossier.claims
        if claim.kind == "designation" and claim.subject == dossier.header.uid
    ]


def _rows(
    claim: docs.Claim, asserted: list[docs.Claim], dossier: Dossier, library: Library
) -> tuple[Listing, list[Interval]]:
    steps = [step for step in asserted if step.kind == "step" and step.designation == claim.uid and step.when]
    spans = [(step.step or "", dates.bounds(step.when, step.sense, seen(step, library))) for step in steps]
    told = seen(claim, library)
    own = dates.bounds(claim.when, claim.sense, told) if claim.when else None
    days = [day for day in (told, *(seen(step, library) for step in steps)) if day]
    times = intervals(spans, own, max(days, default=None))
    authority, programme = library.get(claim.authority), library.get(claim.programme)
    listing = Listing(
        uid=claim.uid,
        entry_id=dossier.header.uid,
        model=model_of(dossier.header),
        authority=claim.authority or NOT_STATED,
        authority_label=str(getattr(authority, "label", claim.authority or "not stated")),
        programme=claim.programme or NOT_STATED,
        programme_label=str(getattr(programme, "label", claim.programme or "not stated")),
        evidence=claim.evidence or "",
        asserted=claim in asserted,
        dated=bool(spans or own),
        by_name=by_text(dossier.header.label, claim.uid),
        by_date=by_date(
            min((span.start_earliest for span in times), default=None) if spans or own else None, claim.uid
        ),
    )
    return listing, [
        Interval(
            listing_id=claim.uid,
            number=number,
            start_earliest=span.start_earliest,
            start_latest=span.start_latest,
            end_earliest=span.end_earliest,
            end_latest=span.end_latest,
            hedged=span.hedged,
        )
        for number, span in enumerate(times, 1)
    ]
