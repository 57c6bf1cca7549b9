"""The sense that words propose: of a passage by its dates and the tense of its verbs, of an aspect by what it asks.

Proposals only, for a form to show: in doubt nothing, so that the editor is asked.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from .date_entry import Reading


class Dated(Protocol):
    """A date found in a passage."""

    @property
    def reading(self) -> Reading:
        """How it is read."""


_IRREGULAR = (
    "became|began|broke|brought|built|came|chose|drew|drove|fell|fled|fought|found|gave|grew|hid|kept|knew|laid|left|lost"
    "|made|met|paid|ran|rose|sent|shot|sold|spent|split|spoke|stood|struck|swore|taught|threw|took|went|withdrew|won"
)
# "Has struck", "have been": once, or all along; nobody knows from the words.
_DONE = rf"(?:been|had|\w+ed|{_IRREGULAR}|taken|given|come|become|begun|done|grown|seen|shown)"
_BEEN = rf"(?:\w+ly |also |since |not ){{0,2}}{_DONE}\b"
_PERFECT = re.compile(rf"\b(?:has|have) {_BEEN}", re.IGNORECASE)
# What is so, by verbs that are no nouns; of "has" and "have" only where no participle follows.
_IS = re.compile(
    r"\b(?:is|are|remains?|includes?|leads|heads|commands|operates?|consists?|belongs?|holds|maintains?|retains?|receives?"
    r"|provides?|describes?|views|sees|seeks?|wants|opposes?|relies|rely|depends?|employs?|recruits|governs?|contains?"
    rf"|comprises?|owns|produces?|collects?|obeys?|follows)\b|\b(?:has|have) (?!{_BEEN})",
    re.IGNORECASE,
)
_ADVERB = r"(?:(?:also|now|still|often|mainly|mostly|today|\w+ly) )?"
_BODY = (
    r"(?:group|militia|movement|organi[sz]ation|party|force|faction|brigade|body|unit|network|coalition|alliance|army"
    r"|corps|man|commander|leader|division|branch|wing|clan|gang)"
)
# "It guards", "The group trains", "They guard"; and of a name what is a verb beyond doubt: "The River Guards guard".
_DOES = re.compile(
    rf"\b(?:[Ii]t|[Hh]e|[Ss]he|(?:[Tt]he|[Tt]his) (?:[\w-]+ )?{_BODY}),? {_ADVERB}"
    r"(?!(?:was|has|does|is|as|its|his)\b)[a-z]{2,}s\b"
    rf"|\b(?:[Tt]hey|[Ww]ho) {_ADVERB}(?:guard|control|run|keep|train|fight|back|own|use|pay|rule|call|see|want|serve"
    r"|live|work|carry|make|build|hold|lead|head|command|follow|support)\b"
    rf"|\b[A-Z]\w+ {_ADVERB}(?:guard|control|run|keep|train|own|rule|serve|live|make|build)s? "
    r"(?:the|an?|its|their|his|her|some|many|several|all|about|in|at|no)\b"
)
# "Iran-backed" and "armed" are no acts.
_DID = re.compile(
    rf"\b(?:was|were|had|did|{_IRREGULAR})\b"
    r"|(?<![\w-])(?!(?:armed|unarmed|named|unnamed|united|alleged|unprecedented|hundred|sacred|indeed|based|so-called)\b)"
    r"[a-z]{2,}ed\b"
    r"|\b(?:accus|blam|suspect)\w+ [^.;]*\b(?:of|for) (?:the )?\w+ing\b",
    re.IGNORECASE,
)


def sense_of(passage: str, found: Iterable[Dated]) -> str:
    """The sense that a passage proposes: that of its dates, else by the tense of its verbs; empty in doubt."""
    given = {one.reading.sense for one in found} - {None}
    if given:
        return str(given.pop()) if len(given) == 1 else ""
    if _IS.search(passage) or _DOES.search(passage):
        return "as_of"
    if _PERFECT.search(passage):
        return ""
    return "happened" if _DID.search(passage) else ""


_OF_KIND = {"name": "as_of", "identifier": "as_of", "designation": "held", "step": "happened"}
_OF_TOPIC = {"names": "as_of", "toll": "happened", "death": "happened"}
_ONCE = ("founded", "founder", "place", "parent", "re_formed", "renamed")
_OF_ASPECT = dict.fromkeys((f"origins.{name}" for name in _ONCE), "happened")


def usual_sense(kind: str, aspect: str) -> str:
    """The sense that a claim of a kind on an aspect (`topic.name`) has, whatever its words; empty where it has any."""
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    return _OF_ASPECT.get(aspect) or (_OF_TOPIC.get(aspect.partition(".")[0], "") if kind != "relation" else "")
