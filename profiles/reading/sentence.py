"""A claim as an Arabic sentence: its reviewed translation, else, for the typed kinds, made from structure.

What is made from structure says who says so and how firmly, as the sentence that the desk wrote does; nouns stand where
English has verbs, since Arabic verbs would have to know whether a group is masculine or feminine. A plain statement
without a translation is not told here: it stands in English, marked so.
"""

from collections.abc import Callable, Iterator

from profiles.values import dates, numbers
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say

from .leaf import Leaf, Link


def in_arabic(claim: docs.Claim, leaf: Leaf) -> tuple[Link, ...] | None:
    """The sentence in pieces, names linked; None where there is none."""
    if text := translation(claim):
        return (Link(text),)
    tell = _KINDS.get(claim.kind)
    told = [piece for piece in tell(claim, leaf) if piece.label] if tell else []
    if not told:
        return None
    denied = (Link("نفيٌ لما يلي: "),) if claim.negated else ()
    return (*denied, leaf.link(claim.subject), Link(": "), *told, *_when(claim), *_voice(claim, leaf), Link("."))


def translation(claim: docs.Claim) -> str:
    """The reviewed Arabic translation of the sentence as it stands; empty where there is none, or of other words."""
    sha256 = docs.sha256(claim.statement.encode())
    return next((one.text for one in claim.translations if one.language == "ar" and one.sha256 == sha256), "")


def _name(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(f"{words.NAME_SORT.label(claim.name_sort)} «{claim.name}»")
    if claim.used_by:
        yield Link(f"، {say('used by %(who)s', who=words.USED_BY.label(claim.used_by))}")


def _identifier(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(f"{words.IDENTIFIER_SCHEME.label(claim.scheme)} «{claim.identifier}»")


def _membership(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    role = words.ROLE.label(claim.role)
    yield Link(f"{role} (بلقب «{claim.title}») في " if claim.title else f"{role} في ")
    yield leaf.link(claim.about) if claim.about else Link(claim.party)
    if claim.end_reason:
        yield Link(f"؛ سبب الانتهاء: {words.END_REASON.label(claim.end_reason)}")


def _relation(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    label = words.RELATION.label(claim.relation)
    # A preposition of one letter is written with its noun.
    yield Link(label if label.endswith(" لـ") or label.endswith(" بـ") else f"{label} ")
    yield leaf.link(claim.about) if claim.about else Link(claim.party)
    if claim.manner not in ("", "unspecified"):
        yield Link(f" ({words.MANNER.label(claim.manner)})")


def _part(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(words.PART.label(claim.part))
    other = leaf.link(claim.about) if claim.about else Link(claim.party)
    if other.label:
        yield Link(" – ")
        yield other
    if number := _number(claim):
        yield Link(f" ({number})")


def _presence(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(f"{words.PRESENCE.label(claim.presence)} ")
    yield leaf.link(claim.place)


def _strength(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(_number(claim))


def _designation(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link("إدراج لدى ")
    yield leaf.link(claim.authority) if claim.authority else Link(say("authority not stated"))
    if claim.programme:
        yield Link("، بموجب ")
        yield leaf.link(claim.programme)
    if claim.as_stated:
        yield Link(f"، وبلفظ المصدر «{claim.as_stated}»")


def _step(claim: docs.Claim, leaf: Leaf) -> Iterator[Link]:
    yield Link(f"خطوة في الإدراج: {words.STEP.label(claim.step)}")
    if claim.step_change:
        yield Link(f" ({words.STEP_CHANGE.label(claim.step_change)})")


def _number(claim: docs.Claim) -> str:
    return numbers.in_words(claim.precision, claim.low, claim.high, claim.number_words, claim.counted)


def _when(claim: docs.Claim) -> tuple[Link, ...]:
    when = dates.in_words(claim.when, claim.sense, claim.basis)
    return (Link(f"، {when}"),) if when else ()


def _voice(claim: docs.Claim, leaf: Leaf) -> tuple[Link, ...]:
    """Who says so; nothing where the source says it itself."""
    if claim.voice == "stated":
        return ()
    speakers = "؛ ".join(leaf.speakers(claim)) if claim.voice != "assessed" else ""
    return (Link(f" ({words.VOICE.label(claim.voice)}{f': {speakers}' if speakers else ''})"),)


_KINDS: dict[str, Callable[[docs.Claim, Leaf], Iterator[Link]]] = {
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
