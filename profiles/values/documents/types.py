"""The types of every document of schema 1."""

from typing import Annotated, ClassVar, Union

import msgspec
from msgspec import Meta, Struct

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
            value = getattr(self, name)
            if value is not default and value == default:
                msgspec.structs.force_setattr(self, name, default)


class Citation(_Base, frozen=True):
    """Claim -> source version: where the passage is, its digest, what it does for the claim, how it says it.

    `start` and `end` are a half-open range of code points of the version's normalised text, `paragraph` counts from 0.
    `speakers` is a list of chains, each nearest to the source first; parallel speakers are parallel chains. `excerpt`
    holds the words of the passage that readers may see, 200 code points at most; empty: none.
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
    excerpt: Annotated[str, Meta(max_length=200)] = ""
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


class PictureFile(_Base, frozen=True):
    """One file of a picture: its digest, its size in pixels and bytes, and its type. The bytes stand beside."""

    sha256: Sha256
    width: Count
    height: Count
    media_type: Word
    bytes: Count


class Picture(_Base, frozen=True, tag_field="model", tag="picture"):
    """A portrait or emblem of a profile: what it shows in words, whose it is, under which licence, and its files.

    `files` are ours, made again from what was uploaded: by media type, then by width. What an `img` falls back to is
    the last of them.
    """

    uid: Uid
    schema: int
    subject: Uid
    kind: Word
    salt: Salt
    alt: Annotated[str, Meta(max_length=500)] = ""
    caption: Short = ""
    credit: Short = ""
    licence: Word = ""
    url: Annotated[str, Meta(max_length=1000)] = ""
    files: tuple[PictureFile, ...] = ()


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


class Archived(_Base, frozen=True):
    """Where an archive keeps what a version captured, as it was found after the capture."""

    version: Uid
    url: Annotated[str, Meta(min_length=1, max_length=1000)]


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
    archived: tuple[Archived, ...] = ()
    note: Text = ""


class Version(_Base, frozen=True, tag_field="model", tag="version"):
    """One capture of a source: digests and lengths only; the text and the raw bytes stay private.

    `text_length` is in code points, `raw_length` in bytes; `stamp` is the publisher's own date line as EDTF or local
    date-time, `stamp_zone` empty where the zone is unknown; `retrieved` is a UTC date. `fidelity` is empty where the
    text is as it was read.
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
    fidelity: Word = ""
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
    Claim, Silence, Picture, Group, Person, Event, Source, Version, Speaker, Authority, Programme, Place
]
TYPES: dict[str, type[Struct]] = {
    kind.__struct_config__.tag: kind  # type: ignore[misc]
    for kind in (Claim, Silence, Picture, Group, Person, Event, Source, Version, Speaker, Authority, Programme, Place)
}
PROFILES = (Group, Person, Event)
# What stands in the dossier of its subject.
OWNED = (Claim, Silence, Picture)
OWNED_TAGS = ("claim", "silence", "picture")
