"""The sentence and its voice: neither firmer than the passages, nor turning what somebody says into a fact."""

from collections.abc import Iterator

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.distance import keeps_distance
from profiles.values.origins import supporting


def too_firm(claim: docs.Claim) -> Iterator[Stop]:
    """A claim's voice is at most that of its firmest supporting passage."""
    if claim.voice not in words.FIRMNESS:
        return
    voices = [c.voice for c in supporting(claim) if c.voice in words.FIRMNESS]
    firmest = max((words.FIRMNESS[voice] for voice in voices), default=None)
    if firmest is None:
        yield Stop(claim.uid, "too_firm", "rests on the desk's own judgement only: its voice is assessed.")
    elif words.FIRMNESS[claim.voice] > firmest:
        allowed = next(voice for voice, rank in words.FIRMNESS.items() if rank == firmest)
        yield Stop(claim.uid, "too_firm", f"is firmer than its passages: its voice can be {allowed} at most.")


def unhedged(claim: docs.Claim, public: Public) -> Iterator[Stop]:
    """A sentence in another voice than the source's own says who says so, or keeps its distance."""
    if claim.voice != "stated" and not distance_of(claim, public):
        message = (
            "is not the source's own voice, and its sentence names no speaker and keeps no distance: say who says so."
        )
        yield Stop(claim.uid, "unhedged", message)


def distance_of(claim: docs.Claim, public: Public) -> bool:
    """Whether its sentence keeps its distance.

    The label of a speaker who is the subject itself is no distance: "the Guards shelled it" stays a bare fact where
    the Guards say so.
    """
    named = {claim.subject, claim.about, claim.place, claim.authority, claim.programme, *claim.mentions} - {None}
    names = {public.label(uid) for uid in named if uid} | {claim.name, claim.name_as_listed}
    speakers = {uid for c in supporting(claim) for chain in c.speakers for uid in chain}
    labels = [
        one.label
        for uid in speakers
        if isinstance(one := public.get(uid), docs.Speaker)
        and (one.profile is None or one.profile not in (claim.subject, claim.about))
    ]
    # Who says so may be mentioned: that name is then the label that is looked for.
    return keeps_distance(claim.statement, labels, {n for n in names if n.casefold() not in map(str.casefold, labels)})
