"""A ground that passes every rule, and what stops the claims that a test lays on it."""

from profiles.editorial.living import people_who_died
from profiles.editorial.rules import stops
from tests import factory

ACCUSES = "Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016."
OFFICIALS = (("spk-0001",),)
GROUND = [
    *factory.make_ground(),
    factory.make_person(),
    factory.make_event(),
    factory.make_speaker(),
    factory.make_speaker("spk-0002", "unnamed witnesses", "witness", anonymous=True),
    factory.make_authority(),
]


def found(*documents, **given):
    """The stops of these documents, beside a ground that passes."""
    changed = {document.uid: document for document in (*GROUND, *documents)}
    return stops(changed, people_who_died(changed), **given)


def stopped(*documents, **given):
    """The rules that stop these documents, as (uid, rule)."""
    return sorted({(stop.uid, stop.rule) for stop in found(*documents, **given)})


def accusation(**values):
    """An honest allegation about a living person."""
    speakers = values.pop("speakers", OFFICIALS)
    defaults = {
        "topic": "conduct",
        "aspect": "accusations",
        "voice": "alleged",
        "response": "not_sought",
        "outcome": "The source read gives no outcome.",
        "citations": (factory.make_citation("sn-0002", ACCUSES, voice="alleged", speakers=speakers),),
    }
    statement = values.pop("statement", "Two officials have accused Salim Nasser of “ordering” the shelling of Marwa.")
    return factory.make_claim("sn-0002", statement, **{**defaults, **values})
