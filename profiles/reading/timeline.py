"""The dated statements of a profile in order of time: a row a date, its bar, and what is said of it.

What shares a date shares a row. What a source saw on its own date, without a date of the thing itself, is left out: it
would only draw the source.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.vocabulary import Aspect

from . import addresses
from .drawn import Bar, Year, bar_of, days_of, scale_of
from .leaf import Leaf
from .lines import Voice, voice_of
from .origins import placed, seen
from .timing import Timing
from .values_of import UNSTATED_AUTHORITY, Value, value_of

LEAST = 2  # dates, below which there is no order to draw
MOST_YEARS = 7  # printed along the axis: so many find room on a phone


class Told(Struct, frozen=True):
    """One statement of a date: the question it answers, its value, who carries it how, and its place on the page."""

    claim: docs.Claim
    label: str
    value: Value
    voice: Voice | None
    standing: str
    standing_label: str
    timing: Timing | None
    href: str


class Row(Struct, frozen=True):
    """One date."""

    when: str
    bar: Bar
    told: tuple[Told, ...]

    @property
    def contested(self) -> bool:
        """Whether any statement of this date is contested."""
        return any(one.standing == "contested" for one in self.told)


class Timeline(Struct, frozen=True):
    """All rows on one axis; `asked` is the stretch that the reader asks about."""

    rows: tuple[Row, ...]
    years: tuple[Year, ...]
    asked: tuple[float, float] | None
    begin: int
    end: int


def timeline_of(
    claims: Iterable[docs.Claim], header: docs.Group | docs.Person | docs.Event, leaf: Leaf
) -> Timeline | None:
    """The timeline of a profile's claims; None where they have fewer than two dates."""
    claims = list(claims)
    listings = {claim.uid: claim for claim in claims if claim.kind == "designation"}
    found: dict[tuple[str, str], list[docs.Claim]] = {}
    for claim in claims:
        if is_dated(claim, leaf):
            found.setdefault((claim.when, claim.sense), []).append(claim)
    if len(found) < LEAST:
        return None
    rows = sorted(found.items(), key=lambda pair: (dates.sort_key(*pair[0]), pair[1][0].uid))
    spans = [days_of(when, sense, newest_seen(said, leaf)) for (when, sense), said in rows]
    scale = scale_of(spans)
    asked = (scale.x(leaf.on.first), scale.x(leaf.on.last)) if leaf.on else None
    return Timeline(
        rows=tuple(
            Row(
                when=dates.in_words(when, sense),
                bar=bar_of(days, scale),
                told=tuple(_told(claim, header, listings, leaf) for claim in said),
            )
            for ((when, sense), said), days in zip(rows, spans, strict=True)
        ),
        years=scale.years(MOST_YEARS),
        asked=(asked[0], round(asked[1] - asked[0], 2)) if asked else None,
        begin=scale.begin,
        end=scale.end - 1,
    )


def is_dated(claim: docs.Claim, leaf: Leaf) -> bool:
    """Whether a claim that still stands dates the thing itself, and not only the source that saw it."""
    if not claim.when or claim.standing in ("retracted", "superseded"):
        return False
    return not (claim.sense == "as_of" and claim.basis == "derived" and _of_source(claim, leaf))


def _of_source(claim: docs.Claim, leaf: Leaf) -> bool:
    versions = [leaf.library.get(citation.version) for citation in claim.citations]
    stamps = {one.stamp[:10] or one.retrieved for one in versions if isinstance(one, docs.Version)}
    # Without a version at hand the date can only be taken for the source's.
    return claim.when in stamps or not stamps


def newest_seen(claims: Iterable[docs.Claim], leaf: Leaf) -> date | None:
    """The newest day on which a supporting source of any of them was seen."""
    return max((day for claim in claims if (day := seen(claim, leaf.library))), default=None)


def _told(
    claim: docs.Claim,
    header: docs.Group | docs.Person | docs.Event,
    listings: Mapping[str, docs.Claim],
    leaf: Leaf,
) -> Told:
    aspect = placed(claim, header)
    value = _value(claim, header.uid, aspect, listings, leaf)
    return told_of(claim, aspect.label if aspect else "", value, leaf, here=True)


def told_of(claim: docs.Claim, label: str, value: Value, leaf: Leaf, here: bool) -> Told:
    """A claim as a row tells it; `here` where the same page prints it in full, with its notes."""
    return Told(
        claim=claim,
        label=label,
        value=value,
        voice=voice_of(claim.voice, claim.confidence),
        standing=claim.standing,
        standing_label=words.STANDING.label(claim.standing),
        timing=leaf.timing(claim),
        href=f"#{claim.uid}" if here else addresses.claim(claim.uid),
    )


def _value(claim: docs.Claim, at: str, aspect: Aspect | None, listings: Mapping[str, docs.Claim], leaf: Leaf) -> Value:
    """The value without its date, which heads the row; of a step, whose listing it is."""
    if claim.kind == "step":
        listing = listings.get(claim.designation or "")
        authority = leaf.label(listing.authority) if listing and listing.authority else UNSTATED_AUTHORITY
        return Value(f"{authority}: {words.STEP.label(claim.step)}", beside=words.STEP_CHANGE.label(claim.step_change))
    if aspect and aspect.value == "date":
        return Value("")
    return value_of(claim, at, aspect, leaf)
