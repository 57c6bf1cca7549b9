"""What a reviewer looks at twice: short marks of a claim, each with what it means."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from profiles.editorial.living import people_who_died
from profiles.editorial.public import Public, public_with
from profiles.editorial.rules import accuses
from profiles.editorial.rules.named import people_in_sentences
from profiles.values import documents as docs
from profiles.values.origins import is_anonymous, origins
from profiles.values.vocabulary import Word, Words

Flag: TypeAlias = Word

FLAGS = Words(
    "flag",
    """
    living | living person | Names a person of whom no cited claim says that they died.
    allegation | allegation | Accuses somebody.
    one_origin | one origin | All of its support goes back to one speaker or one work.
    anonymous | anonymous | Nobody whom it goes back to is named.
    derived | derived date | The desk reckoned the date; the source does not give it.
    collective | of a set | Said of a set that the subject belongs to, not of it by name.
    doubted | doubted | A stated part could not be confirmed.
    """,
)


def flags_of(
    changed: Mapping[str, docs.Document], public: Public | None = None, dead: Collection[str] | None = None
) -> dict[str, tuple[Flag, ...]]:
    """Uid -> the flags of each claim among these, in the order of the list; their number makes no more queries.

    Who has `public_with` and `people_who_died` of the same documents at hand gives them, and it asks nothing.
    """
    around = public_with(changed) if public is None else public
    died = people_who_died(changed) if dead is None else dead
    said = people_in_sentences(around.claims, around)
    return {claim.uid: _flags(claim, around, died, said[claim.uid].keys()) for claim in around.claims}


def _flags(claim: docs.Claim, public: Public, dead: Collection[str], said: Collection[str]) -> tuple[Flag, ...]:
    people = {uid for uid in _named(claim) if isinstance(public.get(uid), docs.Person)}
    raised = {
        "living": any(uid not in dead for uid in people.union(said)),
        "allegation": accuses(claim),
        "one_origin": len(origins(claim, public.get)) == 1,
        "anonymous": is_anonymous(claim, public.get),
        "derived": claim.basis == "derived",
        "collective": claim.reach == "collective",
        "doubted": claim.standing == "doubted",
    }
    return tuple(flag for value, flag in FLAGS.items() if raised[value])


def _named(claim: docs.Claim) -> tuple[str, ...]:
    return (claim.subject, *([claim.about] if claim.about else []), *claim.mentions)
