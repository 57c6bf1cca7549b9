"""What a claim answers, as a typed value in a few words: shared by profile pages, comparison and lists.

The words that say who says so, and how surely, stand beside the value in a Line: a value is never printed without it.
"""

from msgspec import Struct

from profiles.values import dates, languages, numbers, speech
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say
from profiles.values.vocabulary import Aspect

from .leaf import Leaf, Link
from .sentence import translation

# Relations that an aspect's label says in other words.
_IMPLIED = (("belongs_to", "member_of"), ("components", "member_of"), ("backers", "supported_by"))
UNSTATED_AUTHORITY = "authority not stated"
_ENDED = {
    "death": "ended by death",
    "resigned": "ended by resignation",
    "removed": "ended by removal",
    "detained": "ended by detention",
    "group_ended": "ended with the group",
    "not_stated": "why it ended: not stated",
}


class Value(Struct, frozen=True):
    """A typed value: its text and address, a language where it is a name, and discreet words before and beside it.

    `manner` is of what kind a tie is, apart from the other words, since ties that differ in it alone share a line.
    `sentence` says that the text is the claim's whole statement, since the aspect asks for text.
    """

    text: str
    href: str = ""
    lang: str = ""
    before: str = ""
    beside: str = ""
    manner: str = ""
    when: str = ""
    sentence: bool = False

    @property
    def rtl(self) -> bool:
        """Written from right to left; what is spelt in Latin letters is not."""
        return languages.is_rtl(self.lang)

    @property
    def language(self) -> str:
        """The language in words, where it is not plain English."""
        return languages.in_words(self.lang) if self.lang != "en" else ""


def value_of(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    """The value of a claim on the page of the profile `at` (its subject or its about), for the aspect it answers."""
    return leaf.made_of(claim, at, aspect, _value_of)


def _value_of(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    if aspect and aspect.value == "date" and claim.when and claim.kind not in ("designation", "step"):
        return Value(when_of(claim))
    make = _KINDS.get(claim.kind)
    made = make(claim, at, aspect, leaf) if make else _statement(claim, at, aspect, leaf)
    if made.text:
        return made
    if not speech.is_arabic():
        return Value(claim.statement, sentence=True)
    translated = translation(claim)
    return Value(translated or claim.statement, lang="" if translated else "en", sentence=True)


def when_of(claim: docs.Claim) -> str:
    """The claim's date in words, empty where it has none."""
    return dates.in_words(claim.when, claim.sense, claim.basis)


def number_of(claim: docs.Claim) -> str:
    """The claim's number in words, empty where it has none."""
    return numbers.in_words(claim.precision, claim.low, claim.high, claim.number_words, claim.counted)


def first_step(designation: str, claims: tuple[docs.Claim, ...] | list[docs.Claim]) -> docs.Claim | None:
    """The earliest dated step of a designation."""
    steps = [c for c in claims if c.designation == designation and c.when and not c.negated]
    return min(steps, key=lambda step: dates.sort_key(step.when, step.sense), default=None)


def _name(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    beside = [] if claim.name_sort == "primary" else [words.NAME_SORT.label(claim.name_sort)]
    if claim.used_by:
        beside.append(say("used by %(who)s", who=words.USED_BY.label(claim.used_by)))
    return Value(claim.name, lang=claim.language, beside=_all(*beside))


def _identifier(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    return Value(claim.identifier, beside=words.IDENTIFIER_SCHEME.label(claim.scheme))


def _membership(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    other = _other(claim, at, leaf)
    role = claim.title or ("" if _says(aspect, words.ROLE.english(claim.role)) else words.ROLE.label(claim.role))
    end = say(_ENDED.get(claim.end_reason, claim.end_reason))
    return Value(other.label, other.href, beside=_all(role, end), when=when_of(claim))


def _relation(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    """ "split from Jaish Al Mahdi" on the subject's page; on the other's, "Asaib Ahl Al Haq, split from it"."""
    other, label = _other(claim, at, leaf), words.RELATION.label(claim.relation)
    says = _says(aspect, words.RELATION.english(claim.relation))
    implied = says or (aspect is not None and (aspect.name, claim.relation) in _IMPLIED)
    manner = words.MANNER.label(claim.manner) if claim.manner not in ("", "unspecified") else ""
    if claim.subject == at:
        before = "" if implied else label
        return Value(other.label, other.href, before=before, manner=manner, when=when_of(claim))
    return Value(
        other.label,
        other.href,
        beside="" if implied else say("%(relation)s it", relation=label),
        manner=manner,
        when=when_of(claim),
    )


def _part(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    other = _other(claim, at, leaf)
    number, label = number_of(claim), words.PART.label(claim.part)
    if aspect and aspect.value == "number" and number:
        return Value(number, beside=f"({other.label})" if other.label else "")
    beside = _all(number, "" if _says(aspect, words.PART.english(claim.part)) else label)
    return Value(other.label, other.href, beside=beside, when=when_of(claim) if at != claim.subject else "")


def _presence(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    label = words.PRESENCE.label(claim.presence)
    first_word = words.PRESENCE.english(claim.presence).split()[0]
    implied = claim.presence == "took_place_in" or _says(aspect, first_word)
    return Value(leaf.label(claim.place), before="" if implied else label, when=when_of(claim))


def _strength(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    return Value(number_of(claim), when=when_of(claim))


def _designation(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    authority = leaf.link(claim.authority) if claim.authority else Link(say(UNSTATED_AUTHORITY))
    beside = say("“%(words)s”", words=claim.as_stated) if claim.as_stated else ""
    return Value(authority.label, authority.href, beside=beside)


def _step(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    return Value(words.STEP.label(claim.step), beside=words.STEP_CHANGE.label(claim.step_change), when=when_of(claim))


def _statement(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Value:
    asked = aspect.value if aspect else "text"
    if asked == "word" and claim.word:
        label = aspect.words.label(claim.word) if aspect and aspect.words else claim.word
        return Value(label, when=when_of(claim))
    if asked == "number" and claim.precision:
        return Value(number_of(claim), when=when_of(claim))
    if asked == "place" and claim.place:
        return Value(leaf.label(claim.place), when=when_of(claim))
    if asked == "profile" and (claim.about or claim.party):
        other = _other(claim, at, leaf)
        return Value(other.label, other.href, when=when_of(claim))
    return Value("")


def _other(claim: docs.Claim, at: str, leaf: Leaf) -> Link:
    """The profile, or the described party, at the other end."""
    if claim.subject != at:
        return leaf.link(claim.subject)
    return leaf.link(claim.about) if claim.about else Link(claim.party)


def _all(*parts: str) -> str:
    """Some words beside a value, in a row."""
    return say(", ").join(filter(None, parts))


def _says(aspect: Aspect | None, label: str) -> bool:
    return bool(aspect) and label.lower() in aspect.english.lower()  # type: ignore[union-attr]


_KINDS = {
    "name": _name,
    "identifier": _identifier,
    "membership": _membership,
    "relation": _relation,
    "part": _part,
    "presence": _presence,
    "strength": _strength,
    "designation": _designation,
    "step": _step,
}
