"""Living people whom an accusing sentence names and the claim does not mention: only who is mentioned is guarded."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeGuard

from profiles.editorial.public import Public
from profiles.editorial.rules.allegations import heard_in
from profiles.editorial.rules.stop import Stop
from profiles.models.documents import chunks
from profiles.models.published import Spelling
from profiles.values import documents as docs
from profiles.values.names import fold

# A single name is too many people's.
_FEWEST, _MOST = 2, 6
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)


def unmentioned(accusing: Iterable[docs.Claim], public: Public, dead: Collection[str]) -> Iterator[Stop]:
    """Each living person whom an accusing claim names by a known name, and no field of it; one query at most for each
    ten thousand groups of words."""
    claims = list(accusing)
    named = people_in_sentences(claims, public)
    for claim in claims:
        told = {claim.subject, claim.about, *claim.mentions, *heard_in(claim, public)}
        for uid, words in sorted(named[claim.uid].items()):
            if uid in told or uid in dead:
                continue
            name = public.label(uid) if public.get(uid) else words.title()
            message = f"accuses, and names {name} ({uid}), whom it does not mention: add them under Mentions."
            yield Stop(claim.uid, "unmentioned", message, uid)


def people_in_sentences(claims: Iterable[docs.Claim], public: Public) -> dict[str, dict[str, str]]:
    """Uid of each claim -> the people whom its sentence names by a known name, each with the words that do."""
    groups = {claim.uid: _groups_of_words(claim.statement) for claim in claims}
    known = _people({words for some in groups.values() for words in some}, public)
    return {
        claim: {uid: words for words in sorted(some) for uid in known.get(words, ())} for claim, some in groups.items()
    }


def _groups_of_words(statement: str) -> set[str]:
    words = fold(_POSSESSIVE.sub("", statement)).split()
    lengths = range(_FEWEST, _MOST + 1)
    return {" ".join(words[at : at + n]) for n in lengths for at in range(len(words) - n + 1)}


def _people(groups: set[str], public: Public) -> Mapping[str, set[str]]:
    """Folded name -> the people who have it: those that are changed, and those that are public."""
    found: dict[str, set[str]] = {}
    for document in (*public.changed.values(), *public.around.values()):
        if isinstance(document, docs.Person):
            found.setdefault(fold(document.label), set()).add(document.uid)
        elif _names_person(document, public):
            found.setdefault(fold(document.name), set()).add(document.subject)
    for some in chunks(sorted(groups)):
        rows = Spelling.objects.filter(skeleton__in=some, entry__model="person").values_list("skeleton", "entry_id")
        for name, uid in rows:
            found.setdefault(name, set()).add(uid)
    return found


def _names_person(document: docs.Document, public: Public) -> TypeGuard[docs.Claim]:
    if not isinstance(document, docs.Claim) or document.kind != "name":
        return False
    return isinstance(public.get(document.subject), docs.Person)
