"""What is wrong with a document taken by itself: words, shape, uids, text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct

from profiles.values import vocabulary as words

from .canonical import canonical
from .shape import FIELD_WORDS, KIND_COLUMNS, PROFILE_UID, SHAPE, UID_PATTERNS
from .types import SCHEMA, Claim, Document, Picture, Source, Version

# C0 and C1 controls, DEL, and the separators that break lines in JSON's readers; msgspec escapes C0 as \u00XX.
# Signs that take no ink: joiners, direction marks, fillers, selectors, spaces.
_UNSEEN = (
    r"[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\s]+"
)
_UNSEEN_ALONE = re.compile(_UNSEEN)
_SUSPECT = re.compile(rf'\\u00|\\[bfnrt]|" | "|"{_UNSEEN}"|[\x7f-\x9f\u2028\u2029\ufffe\uffff]')
# What msgspec says of a wrong shape, and the same for people.
_PLAIN = [
    (re.compile(r"Expected `str` of length <= (\d+)"), r"is too long: \1 characters at most"),
    (re.compile(r"Expected `str` of length >= (\d+)"), r"is too short: \1 characters at least"),
    (re.compile(r"Expected `str` matching regex .*"), "is not written in the form that this field has"),
    (re.compile(r"Expected `int` >= (-?\d+)"), r"is too small a number: \1 at least"),
    (re.compile(r"Expected `int` <= (-?\d+)"), r"is too great a number: \1 at most"),
    (re.compile(r"Expected `(?:str|int|array|object|bool)(?: \| null)?`, got `null`"), "is missing"),
    (re.compile(r"Expected `str(?: \| null)?`, got .*"), "should be text"),
    (re.compile(r"Expected `int(?: \| null)?`, got .*"), "should be a whole number"),
    (re.compile(r"Expected `bool(?: \| null)?`, got .*"), "should be yes or no (true or false)"),
    (re.compile(r"Expected `array(?: \| null)?`, got .*"), "should be a list"),
    (re.compile(r"Expected `object(?: \| null)?`, got .*"), "should have fields of its own"),
    (re.compile(r"Object missing required field `(\w+)`"), r"lacks the field \1"),
    (re.compile(r"Object contains unknown field `(\w+)`"), r"has a field that is not known: \1"),
]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of a document, and how to mend it."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class DocumentError(ValueError):
    """A document that is not well formed; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def convert(data: dict[str, Any]) -> Document:
    """A document from plain values, checked whole. Raises DocumentError naming each field that is wrong."""
    try:
        document: Document = msgspec.convert(data, Document)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        raise DocumentError([Problem(path.rstrip("`").lstrip("."), _in_plain_words(message))]) from None
    problems = check(document)
    if problems:
        raise DocumentError(problems)
    return document


def _in_plain_words(message: str) -> str:
    for pattern, plain in _PLAIN:
        if found := pattern.fullmatch(message):
            return found.expand(plain)
    return message


def check(document: Document) -> list[Problem]:
    """All that is wrong with a document taken by itself: words, shape, uids, text. Empty where it is well formed."""
    problems = [*_check_words(document, ""), *_check_uid(document), *_check_text(document)]
    if document.schema != SCHEMA:
        problems.append(Problem("schema", f"this code reads schema {SCHEMA}, not {document.schema}"))
    if isinstance(document, Claim):
        problems += check_claim(document)
    elif isinstance(document, Picture):
        problems += _check_picture(document)
    elif isinstance(document, Source):
        problems += _check_archived(document)
    return problems


def check_claim(claim: Claim) -> list[Problem]:
    """What is wrong with a claim: its kind's columns, its dates, its numbers, its citations."""
    from profiles.values import dates  # here: the parser is slow to import, and most documents have no date

    if claim.kind not in SHAPE:
        return [Problem("kind", f"'{claim.kind}' is not one of {', '.join(SHAPE)}")]
    problems = list(shape_problems(claim.kind, {c: getattr(claim, c) for c in KIND_COLUMNS}))
    for field in ("when", "response_date"):
        try:
            dates.bounds(getattr(claim, field), claim.sense if field == "when" else "happened")
        except dates.DateError as error:
            problems.append(Problem(field, str(error)))
        except ValueError:
            pass  # a wrong sense is told once, as a word
    if (claim.basis == "derived") != bool(claim.reckoning):
        problems.append(Problem("reckoning", "say how the date was derived, and only then"))
    if claim.basis == "derived" and not claim.when:
        problems.append(Problem("when", "a derived date needs the date"))
    if claim.about == claim.subject:
        problems.append(Problem("about", "a claim is not about its own subject"))
    for name in ("conflicts_with", "after", "mentions", "rests_on"):
        linked: tuple[str, ...] = getattr(claim, name)
        if list(linked) != sorted(set(linked)):
            problems.append(Problem(name, "uids stand once each, in order"))
        if claim.uid in linked:
            problems.append(Problem(name, "a claim does not name itself"))
    seen: set[str] = set()
    for index, citation in enumerate(claim.citations):
        where = f"citations[{index}]"
        problems += _check_words(citation, f"{where}.")
        owner, dash, serial = citation.uid.rpartition("-c")
        if owner != claim.uid or not dash or not serial.isdecimal():
            problems.append(Problem(f"{where}.uid", f"'{citation.uid}' should be {claim.uid}-c and a number"))
        if citation.uid in seen:
            problems.append(Problem(f"{where}.uid", f"'{citation.uid}' stands twice"))
        seen.add(citation.uid)
        if citation.end <= citation.start:
            problems.append(Problem(f"{where}.end", "a passage ends after it starts"))
        if citation.voice == "attributed" and not citation.speakers:
            problems.append(Problem(f"{where}.speakers", "an attributed passage names its speakers"))
        if any(not chain for chain in citation.speakers):
            problems.append(Problem(f"{where}.speakers", "a chain of speakers has at least one"))
    return problems


def shape_problems(kind: str, columns: dict[str, Any]) -> Iterator[Problem]:
    """Which columns of its kind a claim lacks, and which of another kind it has; numbers agree with their precision."""
    needed, may = SHAPE[kind]
    filled = {name for name, value in columns.items() if value not in (None, "")}
    for name in needed:
        if name not in filled:
            yield Problem(name, f"a {kind} needs this")
    for name in KIND_COLUMNS:
        if name in filled and name not in needed and name not in may:
            yield Problem(name, f"a {kind} does not have this")
    if kind == "part" and ("about" in filled) == ("party" in filled):
        yield Problem("about", "a part is of a profile or of a described party: give one of the two")
    yield from _number_problems(columns)


def _number_problems(columns: dict[str, Any]) -> Iterator[Problem]:
    precision, low, high = columns["precision"], columns["low"], columns["high"]
    if not precision:
        if low is not None or high is not None or columns["number_words"]:
            yield Problem("precision", "a number says how exact it is")
        return
    wants_low = precision in ("exact", "about", "at_least", "between", "estimate")
    wants_high = precision in ("at_most", "between")
    if wants_low != (low is not None):
        yield Problem("low", "needed for this precision" if wants_low else "not for this precision")
    if wants_high != (high is not None):
        yield Problem("high", "needed for this precision" if wants_high else "not for this precision")
    if precision == "order" and not columns["number_words"]:
        yield Problem("number_words", "an order of size keeps the source's word")
    if low is not None and high is not None and high < low:
        yield Problem("high", "the second number is the greater")
    if not columns["counted"]:
        yield Problem("counted", "say what is counted")


def _check_archived(source: Source) -> Iterator[Problem]:
    """Each copy is of a version of this source, once, and somewhere on the web."""
    for index, copy in enumerate(source.archived):
        if copy.version.rpartition("-v")[0] != source.uid:
            yield Problem(f"archived[{index}].version", f"'{copy.version}' is no version of {source.uid}")
        if not copy.url.startswith(("https://", "http://")):
            yield Problem(f"archived[{index}].url", "an address begins with https:// or http://")
    versions = [copy.version for copy in source.archived]
    if versions != sorted(set(versions)):
        yield Problem("archived", "each version stands once, in order")


def _check_picture(picture: Picture) -> Iterator[Problem]:
    """What is wrong with a picture's files: their types, their order, and where it was found."""
    if picture.url and not picture.url.startswith(("https://", "http://")):
        yield Problem("url", "an address begins with https:// or http://")
    keys = [(file.media_type, file.width) for file in picture.files]
    if keys != sorted(set(keys), key=lambda key: (_TYPES.index(key[0]) if key[0] in _TYPES else -1, key[1])):
        yield Problem("files", f"each type and width stands once, in order: {', '.join(_TYPES)}, the narrowest first")
    for index, file in enumerate(picture.files):
        yield from _check_words(file, f"files[{index}].")
        for name in ("width", "height", "bytes"):
            if not getattr(file, name):
                yield Problem(f"files[{index}].{name}", "is more than nothing")
    if picture.files and picture.files[-1].media_type not in FALLBACKS:
        yield Problem("files", "the last is a PNG or a JPEG, which every browser shows")


_TYPES = list(words.PICTURE_TYPE)
FALLBACKS = ("image/png", "image/jpeg")

# Words that have no default and are always written.
_ALWAYS = {"voice", "sense", "bearing", "state", "kind", "method", "media_type"}


def _check_words(document: Struct, prefix: str) -> Iterator[Problem]:
    for field, allowed in FIELD_WORDS.get(type(document), {}).items():
        value = getattr(document, field)
        if value not in allowed if value else field in _ALWAYS:
            yield Problem(prefix + field, f"'{value}' is not one of {', '.join(allowed)}")


def _check_uid(document: Document) -> Iterator[Problem]:
    pattern, example = UID_PATTERNS.get(type(document), PROFILE_UID)
    match = re.fullmatch(pattern, document.uid)
    if not match:
        yield Problem("uid", f"'{document.uid}' is no uid of this kind: write it like {example}")
        return
    owner = match.groupdict().get("owner")
    wanted = getattr(document, "source", None) if isinstance(document, Version) else getattr(document, "subject", None)
    if owner and owner != wanted:
        yield Problem("uid", f"'{document.uid}' belongs to {owner}, not to {wanted}")


def _check_text(document: Document) -> Iterator[Problem]:
    # The whole document at once first: one pass over clean text, which is nearly always what it is.
    text = canonical(document).decode()
    if not _SUSPECT.search(text) and unicodedata.is_normalized("NFC", text):
        return
    yield from _text_problems(msgspec.to_builtins(document), "")


def _text_problems(value: Any, path: str) -> Iterator[Problem]:
    if isinstance(value, str):
        if _CONTROL.search(value):
            yield Problem(path, "has a control character or a line break: take it out")
        elif not unicodedata.is_normalized("NFC", value):
            yield Problem(path, "is not in Unicode NFC: type it again or normalise it")
        elif value != value.strip():
            yield Problem(path, "begins or ends with a space")
        elif _UNSEEN_ALONE.fullmatch(value):
            yield Problem(path, "has no sign that shows: type its words, or leave it empty")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _text_problems(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _text_problems(item, f"{path}[{index}]")
