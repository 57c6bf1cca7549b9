"""The documents: typed, canonical, content-addressed. What a revision, a review and an edition are made of.

A document is one claim with its citations, one silence, one source version, or one header (of a profile, source,
speaker, authority, programme or place): facts and uids only. Canonical form (schema 1): JSON with keys sorted by code
point, no insignificant space, text in NFC, no floats, integers of 32 bits, no control characters, fields at their
default left out. Its digest is the lower-case hexadecimal SHA-256 of its UTF-8 bytes.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Union

import msgspec
from msgspec import Meta, Struct

from profiles.values import vocabulary as words

SCHEMA = 1

Uid = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", min_length=2, max_length=64)]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=100)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Salt = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Short = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=5000)]
Word = Annotated[str, Meta(max_length=64)]


class _Base(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every part of a document shares: unknown fields are refused, fields at their default are left out."""

    # Defaults that are words: a decoded "stated" is equal to the default but not the same object, and msgspec leaves
    # out by identity.
    _worded: ClassVar[dict[str, str]] = {}

    def __post_init__(self) -> None:
        for name, default in self._worded.items():
            if getattr(self, name) == default:
                msgspec.structs.force_setattr(self, name, default)


class Citation(_Base, frozen=True):
    """Claim -> source version: where the passage is, its digest, what it does for the claim, how it says it.

    `start` and `end` are a half-open range of code points of the version's normalised text, `paragraph` counts from 0.
    `speakers` is a list of chains, each nearest to the source first; parallel speakers are parallel chains.
    """

    uid: Uid
    version: Uid
    text_sha256: Sha256
    paragraph: Count
    start: Count
    end: Count
    passage_sha256: Sha256
    bearing: Word
    voice: Word
    part: Word = "body"
    speakers: tuple[tuple[Uid, ...], ...] = ()
    excerpt: bool = False
    note: Text = ""

    _worded: ClassVar[dict[str, str]] = {"part": "body"}


class Translation(_Base, frozen=True):
    """A reviewed translation of a claim's statement; `sha256` is the digest of the sentence that was translated."""

    language: Word
    text: Text
    sha256: Sha256


class Claim(_Base, frozen=True, tag_field="model", tag="claim"):
    """One atomic assertion about a subject, with its dates, who says it, its standing and its citations.

    The columns below `salt` belong to kinds: SHAPE says which kind needs and which may have them.
    """

    uid: Uid
    schema: int
    kind: Word
    subject: Uid
    topic: Word
    aspect: Word
    statement: Text
    sense: Word
    voice: Word
    salt: Salt
    about: Uid | None = None
    when: Annotated[str, Meta(max_length=64)] = ""
    basis: Word = "stated"
    reckoning: Text = ""
    reach: Word = "named"
    verification: Word = ""
    verified_by: Short = ""
    standing: Word = "stands"
    standing_note: Text = ""
    conflicts_with: tuple[Uid, ...] = ()
    after: tuple[Uid, ...] = ()
    mentions: tuple[Uid, ...] = ()
    rests_on: tuple[Uid, ...] = ()
    superseded_by: Uid | None = None
    negated: bool = False
    scope: Short = ""
    confidence: Word = ""
    response: Word = ""
    response_date: Annotated[str, Meta(max_length=64)] = ""
    outcome: Text = ""
    # kinds
    name: Short = ""
    name_sort: Word = ""
    language: Word = ""
    used_by: Word = ""
    scheme: Word = ""
    identifier: Short = ""
    role: Word = ""
    title: Short = ""
    end_reason: Word = ""
    relation: Word = ""
    manner: Word = ""
    part: Word = ""
    party: Short = ""
    presence: Word = ""
    place: Uid | None = None
    precision: Word = ""
    low: Int32 | None = None
    high: Int32 | None = None
    number_words: Short = ""
    counted: Word = ""
    authority: Uid | None = None
    programme: Uid | None = None
    as_stated: Short = ""
    listing_id: Short = ""
    name_as_listed: Short = ""
    ground: Text = ""
    evidence: Word = ""
    designation: Uid | None = None
    step: Word = ""
    step_change: Word = ""
    word: Word = ""
    translations: tuple[Translation, ...] = ()
    citations: tuple[Citation, ...] = ()

    _worded: ClassVar[dict[str, str]] = {"basis": "stated", "reach": "named", "standing": "stands"}


class Silence(_Base, frozen=True, tag_field="model", tag="silence"):
    """Typed emptiness: for a profile and an aspect, what was looked for, and in which source versions."""

    uid: Uid
    schema: int
    subject: Uid
    topic: Word
    aspect: Word
    state: Word
    salt: Salt
    searched: tuple[Uid, ...] = ()
    note: Text = ""


class _ProfileHeader(_Base, frozen=True):
    uid: Uid
    schema: int
    kind: Word
    label: Short
    slug: Slug
    merged_into: Uid | None = None


class Group(_ProfileHeader, frozen=True, tag_field="model", tag="group"):
    """The identity of a group. The label equals a published primary name."""


class Person(_ProfileHeader, frozen=True, tag_field="model", tag="person"):
    """The identity of a person. The label equals a published primary name."""


class Event(_ProfileHeader, frozen=True, tag_field="model", tag="event"):
    """The identity of an event. The label is the desk's own."""


class NoFact(_Base, frozen=True):
    """A paragraph of a version that carries no fact (a headline, a credit line), left out of coverage."""

    version: Uid
    paragraph: Count


class Source(_Base, frozen=True, tag_field="model", tag="source"):
    """A work. `unknown` names the fields that were looked for and are not known."""

    uid: Uid
    schema: int
    kind: Word
    title: Short
    slug: Slug
    publisher: Short = ""
    author: Short = ""
    url: Annotated[str, Meta(max_length=1000)] = ""
    language: Word = ""
    derives_from: Uid | None = None
    unknown: tuple[Word, ...] = ()
    text_may_travel: bool = False
    no_fact: tuple[NoFact, ...] = ()
    note: Text = ""


class Version(_Base, frozen=True, tag_field="model", tag="version"):
    """One capture of a source: digests and lengths only; the text and the raw bytes stay private.

    `text_length` is in code points, `raw_length` in bytes; `stamp` is the publisher's own date line as EDTF or local
    date-time, `stamp_zone` empty where the zone is unknown; `retrieved` is a UTC date.
    """

    uid: Uid
    schema: int
    source: Uid
    text_sha256: Sha256
    text_length: Count
    paragraphs: Count
    raw_sha256: Sha256
    raw_length: Count
    media_type: Word
    method: Word
    retrieved: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
    stamp: Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?)?\Z")] = ""
    stamp_zone: Word = ""
    archive_url: Annotated[str, Meta(max_length=1000)] = ""
    note: Text = ""


class Speaker(_Base, frozen=True, tag_field="model", tag="speaker"):
    """Who is heard in a passage. `count` is how many, where the source says so."""

    uid: Uid
    schema: int
    kind: Word
    label: Short
    anonymous: bool = False
    count: Count | None = None
    profile: Uid | None = None
    note: Text = ""


class Authority(_Base, frozen=True, tag_field="model", tag="authority"):
    """A body that lists."""

    uid: Uid
    schema: int
    label: Short
    country: Word = ""
    profile: Uid | None = None
    note: Text = ""


class Programme(_Base, frozen=True, tag_field="model", tag="programme"):
    """One list or programme of an authority."""

    uid: Uid
    schema: int
    authority: Uid
    label: Short
    code: Word = ""
    note: Text = ""


class Place(_Base, frozen=True, tag_field="model", tag="place"):
    """A place, no finer than a town unless a public landmark; coordinates are decimal text (WGS 84)."""

    uid: Uid
    schema: int
    kind: Word
    label: Short
    within: Uid | None = None
    country: Word = ""
    latitude: Annotated[str, Meta(pattern=r"^(-?\d{1,2}\.\d{1,4})?\Z")] = ""
    longitude: Annotated[str, Meta(pattern=r"^(-?\d{1,3}\.\d{1,4})?\Z")] = ""
    note: Text = ""


Document = Union[  # noqa: UP007 (msgspec reads the tags from it)
    Claim, Silence, Group, Person, Event, Source, Version, Speaker, Authority, Programme, Place
]
TYPES: dict[str, type[Struct]] = {
    kind.__struct_config__.tag: kind  # type: ignore[misc]
    for kind in (Claim, Silence, Group, Person, Event, Source, Version, Speaker, Authority, Programme, Place)
}
PROFILES = (Group, Person, Event)

# kind -> (columns it needs, columns it may have); a column of no list here is shared by all kinds.
_NUMBER = ("precision", "low", "high", "number_words", "counted")
SHAPE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("name", "name_sort"), ("language", "used_by")),
    "identifier": (("scheme", "identifier"), ()),
    "membership": (("about", "role"), ("title", "end_reason")),
    "relation": (("about", "relation"), ("manner",)),
    "part": (("part",), ("about", "party", *_NUMBER)),
    "presence": (("presence", "place"), ()),
    "strength": (("precision", "counted"), ("low", "high", "number_words")),
    "designation": (
        ("as_stated", "evidence"),
        ("authority", "programme", "listing_id", "name_as_listed", "ground"),
    ),
    "step": (("designation", "step"), ("step_change",)),
    "statement": ((), ("about", "place", "party", "word", *_NUMBER)),
}
KIND_COLUMNS = tuple(dict.fromkeys(c for needed, may in SHAPE.values() for c in (*needed, *may)))

# Which closed list a field's words come from, by document type.
_CLAIM_WORDS = {
    "voice": words.VOICE, "sense": words.SENSE, "basis": words.BASIS, "reach": words.REACH,
    "verification": words.VERIFICATION, "standing": words.STANDING, "confidence": words.CONFIDENCE,
    "response": words.RESPONSE, "name_sort": words.NAME_SORT, "used_by": words.USED_BY,
    "scheme": words.IDENTIFIER_SCHEME, "role": words.ROLE, "end_reason": words.END_REASON,
    "relation": words.RELATION, "manner": words.MANNER, "part": words.PART, "presence": words.PRESENCE,
    "precision": words.PRECISION, "counted": words.COUNTED, "evidence": words.EVIDENCE, "step": words.STEP,
    "step_change": words.STEP_CHANGE,
}  # fmt: skip
FIELD_WORDS: dict[type[Struct], dict[str, words.Words]] = {
    Claim: _CLAIM_WORDS,
    Citation: {"voice": words.VOICE, "bearing": words.BEARING, "part": words.CITATION_PART},
    Silence: {"state": words.SILENCE},
    Group: {"kind": words.GROUP_KIND},
    Person: {"kind": words.PERSON_KIND},
    Event: {"kind": words.EVENT_TYPE},
    Source: {"kind": words.SOURCE_KIND},
    Version: {"method": words.CAPTURE_METHOD},
    Speaker: {"kind": words.SPEAKER_KIND},
    Place: {"kind": words.PLACE_KIND},
}

# Uids say what they name: reserved heads keep one space of uids for all tables.
_PROFILE_UID = (r"(?!(?:src|spk|auth|prog|place)\b)[a-z][a-z0-9]{1,15}", "kh")
_OWNER = rf"(?P<owner>{_PROFILE_UID[0]})"
_UID_PATTERNS: dict[type[Struct], tuple[str, str]] = {
    Claim: (_OWNER + r"-\d{4,}", "kh-0017"),
    Citation: (_OWNER + r"-\d{4,}-c\d+", "kh-0017-c2"),
    Silence: (_OWNER + r"-s\d{2,}", "kh-s03"),
    Source: (r"src-\d{4,}", "src-0001"),
    Version: (r"(?P<owner>src-\d{4,})-v\d+", "src-0001-v1"),
    Speaker: (r"spk-\d{4,}", "spk-0001"),
    Authority: (r"auth-\d{4,}", "auth-0001"),
    Programme: (r"prog-\d{4,}", "prog-0001"),
    Place: (r"place-\d{4,}", "place-0001"),
}

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Document)
# C0 and C1 controls, DEL, and the separators that break lines in JSON's readers; msgspec escapes C0 as \u00XX.
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


def canonical(document: Any) -> bytes:
    """The one spelling of a document: the bytes that its digest is taken over."""
    return _encoder.encode(document)


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def digest(document: Any) -> str:
    """The digest of a document: SHA-256 of its canonical bytes."""
    return sha256(canonical(document))


def parse(data: bytes | str) -> Document:
    """The document that stored canonical bytes spell. Raises msgspec.ValidationError on anything else."""
    return _decoder.decode(data)


def dossier_manifest(header: str, pairs: Iterable[tuple[str, str]], schema: int = SCHEMA) -> bytes:
    """The bytes whose SHA-256 is an edition's: header's digest and (uid, digest) pairs, uids sorted by code point."""
    return canonical({"documents": [list(pair) for pair in sorted(pairs)], "header": header, "schema": schema})


def dossier_digest(header: str, pairs: Iterable[tuple[str, str]], schema: int = SCHEMA) -> str:
    """The SHA-256 of an edition."""
    return sha256(dossier_manifest(header, pairs, schema))


def convert(data: dict[str, Any]) -> Document:
    """A document from plain values, checked whole. Raises DocumentError naming each field that is wrong."""
    try:
        document: Document = msgspec.convert(data, Document)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        raise DocumentError([Problem(path.rstrip("`").lstrip("."), message)]) from None
    problems = check(document)
    if problems:
        raise DocumentError(problems)
    return document


def check(document: Document) -> list[Problem]:
    """All that is wrong with a document taken by itself: words, shape, uids, text. Empty where it is well formed."""
    problems = [*_check_words(document, ""), *_check_uid(document), *_check_text(document)]
    if document.schema != SCHEMA:
        problems.append(Problem("schema", f"this code reads schema {SCHEMA}, not {document.schema}"))
    if isinstance(document, Claim):
        problems += check_claim(document)
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
        if not re.fullmatch(re.escape(claim.uid) + r"-c\d+", citation.uid):
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


def _check_words(document: Struct, prefix: str) -> Iterator[Problem]:
    for field, allowed in FIELD_WORDS.get(type(document), {}).items():
        value = getattr(document, field)
        if value not in allowed and (value or field in ("voice", "sense", "bearing", "state", "kind", "method")):
            yield Problem(prefix + field, f"'{value}' is not one of {', '.join(allowed)}")


def _check_uid(document: Document) -> Iterator[Problem]:
    pattern, example = _UID_PATTERNS.get(type(document), _PROFILE_UID)
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
    clean = "\\u00" not in text and not re.search(r'\\[bfnrt]|" | "', text) and not _CONTROL.search(text)
    if clean and unicodedata.is_normalized("NFC", text):
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
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _text_problems(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _text_problems(item, f"{path}[{index}]")


def model_of(uid: str) -> str:
    """The type that a uid names by its form: claim, silence, source, version, speaker ..., or profile."""
    for kind, (pattern, _) in _UID_PATTERNS.items():
        if re.fullmatch(pattern, uid):
            return str(kind.__struct_config__.tag or "citation")
    return "profile"


def tag_of(document: Struct) -> str:
    """The word that stands as `model` in a document."""
    return str(document.__struct_config__.tag)


def seen_on(claim: Claim, versions: Mapping[str, Version]) -> date | None:
    """The day of the newest version that supports a claim: its stamp, else when it was retrieved.

    A stamp without a day counts from the first day that it can mean.
    """
    days = []
    for citation in claim.citations:
        version = versions.get(citation.version)
        if version and citation.bearing == "supports":
            stamp = version.stamp[:10] or version.retrieved
            days.append(date.fromisoformat((stamp + "-01-01")[:10]))
    return max(days, default=None)


def touched(document: Document) -> tuple[str, ...]:
    """The uids of the profiles whose dossier a document stands in; none for what is no part of a dossier."""
    if isinstance(document, Claim):
        return (document.subject, document.about) if document.about else (document.subject,)
    if isinstance(document, Silence):
        return (document.subject,)
    return (document.uid,) if isinstance(document, PROFILES) else ()


def references(document: Document) -> Iterator[tuple[str, str]]:
    """Each (field, uid) of another document that this one names. A publication refuses one that is not public."""
    for field in _REFERENCES.get(type(document), ()):
        value = getattr(document, field)
        if isinstance(value, str):
            yield field, value
        elif value:
            for uid in value:
                yield field, uid
    if isinstance(document, Claim):
        for index, citation in enumerate(document.citations):
            yield f"citations[{index}].version", citation.version
            for chain in citation.speakers:
                for speaker in chain:
                    yield f"citations[{index}].speakers", speaker


_REFERENCES: dict[type[Struct], tuple[str, ...]] = {
    Claim: (
        "subject", "about", "superseded_by", "designation", "authority", "programme", "place",
        "conflicts_with", "after", "mentions", "rests_on",
    ),
    Silence: ("subject", "searched"),
    Group: ("merged_into",),
    Person: ("merged_into",),
    Event: ("merged_into",),
    Source: ("derives_from",),
    Version: ("source",),
    Speaker: ("profile",),
    Authority: ("profile",),
    Programme: ("authority",),
    Place: ("within",),
}  # fmt: skip


def word_of(claim: Claim) -> str:
    """The word that says which sub-kind a claim is: its role, relation, part, presence or step; else empty."""
    return claim.role or claim.relation or claim.part or claim.presence or claim.step
