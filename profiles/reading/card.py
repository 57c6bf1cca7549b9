"""What the row of a list tells of a profile: its names in their script, and a few short values with their voice."""

from typing import Any

from profiles.values import dates, numbers, speech
from profiles.values import documents as docs
from profiles.values.speech import say
from profiles.values.vocabulary import ASPECTS, Aspect

from .library import Dossier, Library
from .origins import model_of, other_end, placed
from .values_of import UNSTATED_AUTHORITY, first_step

MOST = 4  # values a line
# The lines of a row, by model.
LINES = {
    "group": ("origins.founded", "leadership.leader", "umbrellas.belongs_to", "designations.listings"),
    "person": ("roles.leads", "roles.commands", "affiliations.belongs_to", "death.death"),
    "event": ("when.date", "where.place", "who.perpetrators", "who.participants", "toll.killed"),
}
SCRIPTS = ("original_script",)


def card(dossier: Dossier, library: Library) -> dict[str, Any]:
    """Plain JSON: `names` with their language, `lines` of an aspect's label, its values and how many more there are."""
    model = model_of(dossier.header)
    lines = [_line(ASPECTS[model][key], dossier, library) for key in LINES[model]]
    return {"names": _names(dossier), "lines": [line for line in lines if line["values"]]}


def _names(dossier: Dossier) -> list[dict[str, str]]:
    shown = [
        {"text": claim.name, "language": claim.language}
        for claim in dossier.claims
        if claim.kind == "name"
        and claim.subject == dossier.header.uid
        and claim.name_sort in SCRIPTS
        and not claim.negated
        and claim.standing not in ("retracted", "superseded")
    ]
    return shown[:MOST]


def _line(aspect: Aspect, dossier: Dossier, library: Library) -> dict[str, Any]:
    values: list[dict[str, Any]] = []
    for claim in dossier.claims:
        if claim.negated or claim.standing in ("retracted", "superseded") or claim.kind == "step":
            continue
        if placed(claim, dossier.header) != aspect:
            continue
        text = short_value(claim, aspect, dossier, library)
        with speech.speaking(speech.ARABIC):
            arabic = short_value(claim, aspect, dossier, library, named=False)
        value = {
            "text": text,
            "voice": claim.voice,
            "standing": claim.standing,
            "reach": claim.reach,
            "claim": claim.uid,
            "arabic": arabic,
        }
        if aspect.value == "profile" and claim.kind != "designation" and (end := other_end(claim, dossier.header.uid)):
            value["who"] = end
        if text and (text, claim.voice) not in [(v["text"], v["voice"]) for v in values]:
            values.append(value)
    return {"label": aspect.english, "values": values[:MOST], "more": max(0, len(values) - MOST)}


def short_value(claim: docs.Claim, aspect: Aspect, dossier: Dossier, library: Library, named: bool = True) -> str:
    """One value in a few words; empty where the claim has none of the aspect's type.

    Without `named` a profile's name is left for whoever prints it, who knows the name in their language.
    """
    if claim.kind == "designation":
        return _listing(claim, dossier, library)
    if aspect.value == "date":
        return dates.in_words(claim.when, claim.sense, claim.basis)
    if aspect.value == "profile":
        name = _label(other_end(claim, dossier.header.uid), library) or claim.party
        when = dates.in_words(claim.when, claim.sense) if claim.when and aspect.name == "leader" else ""
        if not named and name != claim.party:
            return when
        return say(", ").join(filter(None, (name, when if name else "")))
    if aspect.value == "place":
        return _label(claim.place, library)
    if aspect.value == "number":
        return numbers.in_words(claim.precision, claim.low, claim.high, claim.number_words, claim.counted)
    return ""


def _listing(claim: docs.Claim, dossier: Dossier, library: Library) -> str:
    who = _label(claim.authority, library) or say(UNSTATED_AUTHORITY)
    first = first_step(claim.uid, dossier.claims)
    return say(", ").join((who, dates.in_words(first.when, first.sense, first.basis))) if first else who


def _label(uid: str | None, library: Library) -> str:
    return str(getattr(library.get(uid), "label", "")) if uid else ""
