"""Anything on the never-public list, in any words of a document that readers would see."""

import re
from collections.abc import Collection, Iterator

from profiles.editorial.public import Public
from profiles.editorial.rules.stop import Stop
from profiles.values import documents as docs
from profiles.values.dates import parse
from profiles.values.private import BORN, PRIVATE, private

# The free words of each document: the rest are closed words, uids, digests and dates.
_FREE: dict[type, tuple[str, ...]] = {
    docs.Claim: (
        "statement", "reckoning", "verified_by", "standing_note", "scope", "outcome", "name", "identifier", "title",
        "party", "number_words", "as_stated", "listing_id", "name_as_listed", "ground",
    ),
    docs.Silence: ("note",),
    docs.Picture: ("alt", "caption", "credit", "url"),
    docs.Group: ("label",),
    docs.Person: ("label",),
    docs.Event: ("label",),
    docs.Source: ("title", "publisher", "author", "url", "note"),
    docs.Version: ("archive_url", "note"),
    docs.Speaker: ("label", "note"),
    docs.Authority: ("label", "note"),
    docs.Programme: ("label", "code", "note"),
    docs.Place: ("label", "note", "latitude", "longitude"),
}  # fmt: skip
_DECIMALS = 2
_UNNAMED = re.compile(
    r"\b(?:un-?named|anonymous|not named|unidentified|on condition of anonymity|asked not to be|sources? close to|"
    r"insiders?)\b|لم يكشف|مجهول",
    re.IGNORECASE,
)


def never_public(document: docs.Document, public: Public, desk: Collection[str] = ()) -> Iterator[Stop]:
    """What no page, format or export may carry. `desk` are the full names of those who work here."""
    found: dict[tuple[str, str], str] = {}
    of_person = _is_of_person(document, public)
    for field, text in _texts(document):
        for one in private(text, of_person=of_person):
            found.setdefault((field, one.kind), one.words)
        for name in desk:
            if (
                re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
                and text.casefold() != name.casefold()
            ):
                yield Stop(document.uid, "private", f"{_named(field)} names somebody of the desk: take it out.")
    for (field, kind), told in found.items():
        word = PRIVATE[kind]
        message = f"{_named(field)} gives {word.label} (“{told[:60]}”), which is never public. {word.definition}"
        yield Stop(document.uid, "private", message)
    if isinstance(document, docs.Claim) and of_person and ("birth" not in {kind for _, kind in found}):
        yield from _born_on(document)
    if isinstance(document, docs.Place):
        yield from _too_exact(document)
    if isinstance(document, docs.Speaker):
        yield from _unmasked(document, public)


def private_note(note: str) -> Iterator[Stop]:
    """The public note of a publication is read by everybody too."""
    for one in private(note, of_person=True):
        word = PRIVATE[one.kind]
        message = f"gives {word.label} (“{one.words[:60]}”), which is never public. {word.definition}"
        yield Stop("public note", "private", message)


def _texts(document: docs.Document) -> Iterator[tuple[str, str]]:
    for field in _FREE[type(document)]:
        if text := getattr(document, field):
            yield field, text
    if isinstance(document, docs.Source):
        for copy in document.archived:
            yield f"archived copy of {copy.version}", copy.url
    if isinstance(document, docs.Claim):
        for translation in document.translations:
            yield f"translation ({translation.language})", translation.text
        for citation in document.citations:
            if citation.excerpt:
                yield f"{citation.uid}: words to print", citation.excerpt
            if citation.note:
                yield f"{citation.uid}: note", citation.note


def _named(field: str) -> str:
    return f"its {field.replace('_', ' ')}" if "-" not in field else field


def _is_of_person(document: docs.Document, public: Public) -> bool:
    if isinstance(document, docs.Claim):
        named = (document.subject, document.about, *document.mentions)
        return any(isinstance(public.get(uid), docs.Person) for uid in named)
    return isinstance(document, docs.Person | docs.Speaker)


def _born_on(claim: docs.Claim) -> Iterator[Stop]:
    """The date of a claim may give what its sentence leaves out."""
    if claim.sense != "as_of" and len(claim.when.strip("?~%")) > len("1974") and BORN.search(claim.statement):
        side = parse(claim.when).start
        if (side.last - side.first).days < 300 and side.state == "known":
            message = "its date gives a full date of birth, which is never public. Give the year only."
            yield Stop(claim.uid, "private", message)


def _too_exact(place: docs.Place) -> Iterator[Stop]:
    """Two decimals are about a kilometre: a town. A public landmark may be given as it stands on maps."""
    decimals = max(len(text.partition(".")[2]) for text in (place.latitude, place.longitude))
    if place.kind != "landmark" and decimals > _DECIMALS:
        message = "gives coordinates finer than a town, which are never public: two decimals at most."
        yield Stop(place.uid, "private", message)


def _unmasked(speaker: docs.Speaker, public: Public) -> Iterator[Stop]:
    """Nothing narrows an anonymous speaker down to one person; and who is not named is marked so."""
    if speaker.anonymous and isinstance(public.get(speaker.profile), docs.Person):
        message = "is anonymous, and is tied to a person: take the tie out, or mark them as named."
        yield Stop(speaker.uid, "unmasked", message)
    if not speaker.anonymous and _UNNAMED.search(speaker.label):
        message = f"is called “{speaker.label}”, and is not marked as anonymous: mark it."
        yield Stop(speaker.uid, "unmasked", message)
