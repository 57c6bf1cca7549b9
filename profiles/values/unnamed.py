"""Who is heard without a name in an English passage ("two officials said"): proposed as a speaker to be added."""

import re
from dataclasses import dataclass

# What people are called who are heard without a name, by the kind of speaker that they are.
_KINDS = {
    "official": r"officials?|diplomats?|lawmakers?|officers?|ministers?|governors?",
    "witness": r"(?:eye)?witness(?:es)?|survivors?",
    "person": r"residents?|villagers?|relatives?|inhabitants|locals|activists?|analysts?|experts?|doctors?|farmers?",
    "armed_group": r"fighters|militants|commanders?",
    "media": r"newspapers?|media|broadcasters?",
}
_NOUN = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_BEFORE = (
    r"(?:(?:an?|the|one|two|three|four|five|six|seven|several|some|many|other|unnamed|anonymous|senior|local|former"
    r"|current|military|security|government|police|intelligence|hospital|state|city|town"
    r"|[A-Z]\w+(?:i|an|ish|ese)) ){0,8}"
)
_OF = r"(?: (?:of|in|from|at) (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+){0,2}|(?:town|village|city|port|council|ministry)\b))?"
_WHO = rf"(?P<who>\b{_BEFORE}(?:{_NOUN})\b{_OF})"
_SPEECH = (
    r"(?:say|says|said|saying|tells?|told|announced?|claim(?:s|ed)?|accuse[sd]?|blame[sd]?|allege[sd]?|added|estimate[sd]?"
    r"|warned|confirm(?:s|ed)?|report(?:s|ed)?)"
)
_HEARD = (
    re.compile(rf"{_WHO},?(?: (?:has|have|had|also|later|since|then)){{0,2}} {_SPEECH}\b", re.IGNORECASE),
    re.compile(rf"\baccording to {_WHO}", re.IGNORECASE),
)
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
# "Salim Nasser, a commander, said": who is named is not heard without a name; and of "no officials" nobody is.
_NAMED = re.compile(r"\b[A-Z][\w'’-]+, $")
_NOBODY = re.compile(r"\b(?:no|not|neither|nor|without)(?: all| any)? $", re.IGNORECASE)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words of the passage for who is heard, and the kind of speaker that they speak of."""

    label: str
    kind: str


def unnamed_speaker(passage: str) -> Unnamed | None:
    """The first who is heard without a name, where one of our words for such people stands beside one of speech."""
    found = [match for pattern in _HEARD if (match := pattern.search(passage))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start("who"))
    before = passage[max(0, first.start("who") - 60) : first.start("who")]
    if _NOBODY.search(before) or (_ARTICLE.match(first["who"]) and _NAMED.search(before)):
        return None
    kind = next(kind for kind in _KINDS if first[kind])
    label = _ARTICLE.sub("", first["who"], count=1) if _ARTICLE.match(first["who"]) else first["who"]
    # Its capital began a sentence; that of a name stays.
    head, _, _ = label.partition(" ")
    if head.casefold() in _SMALL or re.fullmatch(_NOUN, head, re.IGNORECASE):
        label = label[0].lower() + label[1:]
    return Unnamed(label, kind) if len(label) <= LONGEST else None


_SMALL = set(re.findall(r"[a-z]+", _BEFORE)) - {"i", "an", "ish", "ese"}
