"""The first sentences of a page: of what kind a group is, since when, who leads it, where it belongs; a person's roles.

Made from structured claims, each named with its date, its voice and its notes. What no claim says is left out.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from profiles.values import dates, speech
from profiles.values import documents as docs
from profiles.values import vocabulary as words

from .leaf import Leaf, Link, Mark
from .lines import Voice, voice_of
from .origins import other_end

FIRM = list(words.VOICE)
MOST = 3  # named in one sentence, the latest


class Named(Struct, frozen=True):
    """What one sentence names: a profile or a date, words beside it, and how surely it is carried."""

    what: Link
    beside: str
    marks: tuple[Mark, ...]
    voice: Voice | None
    contested: bool
    of_a_set: bool = False


class Lead(Struct, frozen=True):
    """The parts of which the template makes sentences."""

    kind: str
    founded: tuple[Named, ...] = ()
    leaders: tuple[Named, ...] = ()
    umbrellas: tuple[Named, ...] = ()
    roles: tuple[Named, ...] = ()


def lead_of(
    model: str, header: docs.Group | docs.Person | docs.Event, shown: Mapping[str, list[docs.Claim]], leaf: Leaf
) -> Lead | None:
    """The lead of a group or person from its claims by aspect; None where they tell nothing that it is made of."""

    def named(*aspects: str) -> list[docs.Claim]:
        return [c for key in aspects for c in shown.get(key, ()) if _stands(c) and other_end(c, header.uid)]

    at = header.uid
    kind = with_article(words.KINDS_BY_MODEL[model].label(header.kind))
    if model == "group":
        founded = [c for c in shown.get("origins.founded", ()) if _stands(c) and c.when]
        made = Lead(
            kind,
            tuple(_dated(claim, leaf) for claim in founded[:MOST]),
            tuple(_one(claims, at, leaf) for claims in _latest(named("leadership.leader"), at)),
            tuple(_one(claims, at, leaf) for claims in _latest(named("umbrellas.belongs_to"), at)),
        )
        return made if made.founded or made.leaders or made.umbrellas else None
    if model == "person":
        roles = named("roles.leads", "roles.commands", "roles.founded")
        made = Lead(kind, roles=tuple(_one(claims, at, leaf, role=True) for claims in _latest(roles, at)))
        return made if made.roles else None
    return None


def in_a_sentence(when: str, sense: str, basis: str = "stated") -> str:
    """A date with the word that leads to it: "in 2014", "on 5 June 2014", "around 2013"."""
    said = dates.in_words(when, sense, basis)
    if speech.is_arabic():
        return said
    if re.match(r"\d{1,2} [A-Z]", said):
        return f"on {said}"
    return f"in {said}" if re.match(r"[\dA-Z]|the \d", said) else said


def with_article(kind: str) -> str:
    """ "an armed group"; a language without such articles has the word alone."""
    if speech.is_arabic():
        return kind
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _stands(claim: docs.Claim) -> bool:
    return not claim.negated and claim.standing not in ("retracted", "superseded")


def _latest(claims: Iterable[docs.Claim], at: str) -> list[list[docs.Claim]]:
    """Claims by the profile and role that they name, the latest few, in order of time."""
    found: dict[tuple[str, str], list[docs.Claim]] = {}
    for claim in claims:
        found.setdefault((other_end(claim, at) or "", claim.role), []).append(claim)
    ordered = sorted(found.values(), key=lambda said: (_latest_day(said[-1]), said[0].uid))
    return ordered[-MOST:]


def _latest_day(claim: docs.Claim) -> tuple[object, ...]:
    return (True, dates.sort_key(claim.when, claim.sense)) if claim.when else (False,)


def _one(claims: list[docs.Claim], at: str, leaf: Leaf, role: bool = False) -> Named:
    """The latest claim about one profile, with the notes of all that say the same."""
    last = max(dates.sort_key(claim.when, claim.sense) for claim in claims)
    # Of those of the latest date the firmest is told.
    claim = min((c for c in claims if dates.sort_key(c.when, c.sense) == last), key=lambda c: FIRM.index(c.voice))
    when = dates.in_words(claim.when, claim.sense) if claim.when else ""
    derived = speech.say("date derived") if claim.basis == "derived" and claim.sense != "as_of" else ""
    label = claim.title or words.ROLE.label(claim.role) if role else ""
    marks: tuple[Mark, ...] = ()
    for one in claims:
        marks += leaf.cite(one, marks)
    return Named(
        leaf.link(other_end(claim, at)),
        speech.say(", ").join(filter(None, (label, when, derived))),
        marks,
        voice_of(claim.voice, claim.confidence),
        any(one.standing == "contested" for one in claims),
        claim.reach == "collective",
    )


def _dated(claim: docs.Claim, leaf: Leaf) -> Named:
    return Named(
        Link(in_a_sentence(claim.when, claim.sense, claim.basis)),
        "",
        leaf.cite(claim),
        voice_of(claim.voice, claim.confidence),
        claim.standing == "contested",
    )
