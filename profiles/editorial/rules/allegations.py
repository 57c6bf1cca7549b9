"""Allegations about living people: who says so, whom it goes back to, what the accused answered, what came of it."""

import re
from collections.abc import Collection, Iterator, Mapping

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.editorial.rules.wording import distance_of
from profiles.values import documents as docs
from profiles.values.origins import is_anonymous, supporting
from profiles.values.vocabulary import SUFFERED

# Aspects under which somebody is accused of something.
ACCUSING = {
    "conduct.accusations",
    "conduct.acts",
    "conduct.investigations",
    "conduct.proceedings",
    "detention_proceedings.proceedings",
    "attributions.accused",
}
ACCUSED_PARTS = ("perpetrator", "accused")
_SOURCE = re.compile(r"\b(?:sources?|articles?|reports?|newspapers?|outlets?)\b", re.IGNORECASE)
_EMPTY = {"n/a", "na", "none", "no", "yes", "tbd", "tba", "todo", "unknown", "nil", "null", "x", "xx", "xxx", "test"}
_ANSWERS = re.compile(
    r"\b(?:den(?:y|ies|ied|ials?)|reject(?:s|ed)?|dismiss(?:es|ed)?|answer(?:s|ed)?|repl(?:y|ies|ied)|respond\w*)\b",
    re.IGNORECASE,
)


def accuses(claim: docs.Claim) -> bool:
    """Whether a claim accuses somebody: by its voice, its part in an event, or where it stands."""
    if claim.voice == "alleged" or claim.part in ACCUSED_PARTS:
        return True
    return f"{claim.topic}.{claim.aspect}" in ACCUSING or bool(claim.ground)


def allegation_stops(
    claim: docs.Claim, public: Public, dead: Collection[str], reasons: Mapping[str, str]
) -> Iterator[Stop]:
    """What is asked of a claim that accuses somebody who lives.

    `reasons` are the reviewer's own, by uid, of why what nobody named says may be public all the same.
    """
    accused = accused_of(claim, public)
    if not any(isinstance(public.get(uid), docs.Person) and uid not in dead for uid in accused):
        return
    attributed = any(c.speakers for c in supporting(claim)) or bool(claim.authority)
    names_source = claim.voice in ("reported", "alleged") and _SOURCE.search(claim.statement)
    # A sentence of another voice that says nothing of who says so is stopped for that already.
    says_so = claim.voice != "stated" or distance_of(claim, public)
    if not (attributed or names_source) or not says_so:
        message = "alleges something about a living person without saying who says so: attribute it."
        yield Stop(claim.uid, "unattributed", message)
    if is_anonymous(claim, public.get) and not reasons.get(claim.uid, "").strip():
        message = (
            "alleges something about a living person on the word of nobody who is named: find a named origin, or the "
            "reviewer writes with “supports as worded” why it may be public all the same."
        )
        yield Stop(claim.uid, "anonymous", message)
    if not claim.response or not _says_something(claim.outcome):
        message = (
            "alleges something about a living person: give the response and the outcome, or that both were sought."
        )
        yield Stop(claim.uid, "no_response", message)
    elif claim.response == "printed" and not _answered(claim):
        message = "says that the answer of the accused is printed, and prints none: cite it as “denies”, or tell it."
        yield Stop(claim.uid, "no_answer", message)


def accused_of(claim: docs.Claim, public: Public) -> set[str]:
    """Whom an accusing claim may accuse: all whom it names but who accuses; of a part in an event who took it, unless
    it was done to them."""
    own = {claim.about} if claim.kind == "part" else {claim.subject, claim.about}
    if claim.kind == "part" and claim.part in SUFFERED:
        own = set()
    return {uid for uid in own | {*claim.mentions} - heard_in(claim, public) if uid}


def heard_in(claim: docs.Claim, public: Public) -> set[str]:
    """The profiles of those whose word a claim gives."""
    speakers = [public.get(uid) for c in supporting(claim) for chain in c.speakers for uid in chain]
    return {one.profile for one in speakers if isinstance(one, docs.Speaker) and one.profile}


def _says_something(outcome: str) -> bool:
    told = outcome.strip(" .-–—?!…/").casefold()
    return any(sign.isalpha() for sign in told) and told not in _EMPTY


def _answered(claim: docs.Claim) -> bool:
    if any(citation.bearing in ("denies", "disputes") for citation in claim.citations) or claim.conflicts_with:
        return True
    return bool(_ANSWERS.search(f"{claim.statement} {claim.outcome}"))
