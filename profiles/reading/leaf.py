"""One page being made: the notes it numbers, and the documents whose labels it prints.

A footnote is one passage as one citation reads it. Claims that cite it the same way share the note, which leads back
to each place that it is cited from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar, cast
from urllib.parse import quote

from msgspec import Struct

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.speech import say
from profiles.values.vocabulary import BEARING, CITATION_PART, VOICE, Aspect

from . import addresses
from .library import Library
from .origins import seen
from .timing import Question, Timing

LONG = 12  # words of an excerpt
T = TypeVar("T")
Maker = Callable[[docs.Claim, str, Aspect | None, "Leaf"], T]
GONE = "a document no longer public"
# The same passage read the same way, whichever claim cites it.
_passage = attrgetter(*(name for name in docs.Citation.__struct_fields__ if name not in ("uid", "excerpt")))


class Link(Struct, frozen=True):
    """A label, and where it leads; no address where the thing has no page."""

    label: str
    href: str = ""


class Mark(Struct, frozen=True):
    """The sign in the text that leads to a footnote: its number, its own id, the id of the note."""

    number: int
    id: str
    note: str


class Note(Struct, frozen=True):
    """One footnote: where it stands in which version of which source, what it does for the claim, who is heard."""

    number: int
    id: str
    backs: tuple[Link, ...]
    source: Link
    publisher: str
    stamp: str
    retrieved: str
    version: str
    archive: str
    paragraph: int
    paragraphs: int
    part: str
    digest: str
    bearing: str
    bearing_label: str
    voice: str
    voice_label: str
    speakers: tuple[str, ...]
    remark: str
    excerpt: str = ""
    at_source: str = ""
    work: Link | None = None


class _Version(Struct, frozen=True):
    """What a note tells of the version that is cited."""

    source: Link
    publisher: str = ""
    stamp: str = ""
    retrieved: str = ""
    archive: str = ""
    paragraphs: int = 0
    url: str = ""
    work: Link | None = None


@dataclass(slots=True)
class _Footnote:
    number: int
    citation: docs.Citation
    refs: list[str] = field(default_factory=list)
    excerpt: str = ""


class Leaf:
    """Collects footnotes in the order of their first mark, and the uids whose labels the page prints.

    `on` is the time that the reader asks about, if any.
    """

    def __init__(self, library: Library, on: Question | None = None) -> None:
        self.library = library
        self.on = on
        self.printed: set[str] = set()
        self._notes: dict[tuple[object, ...], _Footnote] = {}
        self._links: dict[str, Link] = {}
        self._made: dict[tuple[object, ...], tuple[docs.Claim, object]] = {}
        self._versions: dict[str, _Version] = {}

    def made_of(self, claim: docs.Claim, at: str, aspect: Aspect | None, make: "Maker[T]") -> T:
        """What is made of a claim for the page of the profile `at` and an aspect: once, wherever the page prints it."""
        # By identity, since a comparison may print two editions of one claim. The claim is held, or another might come
        # to have its place in memory.
        key = (make, id(claim), at, id(aspect))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = claim, make(claim, at, aspect, self)
        return cast(T, found[1])

    def link(self, uid: str | None) -> Link:
        """Label and address of a profile, source, speaker, authority, programme or place."""
        if not uid:
            return Link("")
        if uid not in self._links:
            self.printed.add(uid)
            self._links[uid] = self._link(uid)
        return self._links[uid]

    def _link(self, uid: str) -> Link:
        document = self.library.get(uid)
        if isinstance(document, docs.PROFILES):
            return Link(self.library.name_of(document), addresses.profile(document))
        if isinstance(document, docs.Source):
            return Link(document.title, addresses.source(document.slug))
        if isinstance(document, docs.Speaker | docs.Authority):
            return Link(document.label, self.link(document.profile).href)
        return Link(getattr(document, "label", "") or say(GONE))

    def english_link(self, uid: str) -> Link:
        """The same by its label, as an English sentence has it."""
        link, document = self.link(uid), self.library.get(uid)
        return Link(document.label, link.href) if isinstance(document, docs.PROFILES) else link

    def label(self, uid: str | None) -> str:
        """The label alone."""
        return self.link(uid).label

    def timing(self, claim: docs.Claim, steps: Iterable[docs.Claim] = ()) -> Timing | None:
        """How a claim, a listing by its steps, answers the time asked about; None where none is."""
        return self.on.timing(claim, seen(claim, self.library), steps) if self.on else None

    def cite(self, claim: docs.Claim, beside: tuple[Mark, ...] = ()) -> tuple[Mark, ...]:
        """The marks of a claim's citations, at one place of the page; without those that stand there already."""
        marks: dict[int, Mark] = {}
        there = {mark.number for mark in beside}
        for citation in claim.citations:
            note = self._note(citation)
            note.excerpt = note.excerpt or citation.excerpt
            if note.number not in marks and note.number not in there:
                note.refs.append(f"r{note.number}-{len(note.refs) + 1}")
                marks[note.number] = Mark(note.number, note.refs[-1], f"n{note.number}")
        return tuple(marks.values())

    def _note(self, citation: docs.Citation) -> _Footnote:
        key = _passage(citation)
        note = self._notes.get(key)
        if note is None:
            note = self._notes[key] = _Footnote(len(self._notes) + 1, citation)
        return note

    def notes(self) -> tuple[Note, ...]:
        """All footnotes, numbered; ask when the whole page has been cited."""
        return tuple(self._told(note) for note in self._notes.values())

    def speakers(self, claim: docs.Claim) -> tuple[str, ...]:
        """Labels of all who are heard in the passages that support a claim, nearest to the source first, once each."""
        uids = {
            uid: None
            for citation in claim.citations
            if citation.bearing in ("supports", "qualifies")
            for chain in citation.speakers
            for uid in chain
        }
        return tuple(self.label(uid) for uid in uids)

    def _told(self, note: _Footnote) -> Note:
        citation = note.citation
        version = self._version(citation.version)
        backs = tuple(Link(_letter(index), f"#{ref}") for index, ref in enumerate(note.refs))
        return Note(
            number=note.number,
            id=f"n{note.number}",
            backs=backs,
            source=version.source,
            publisher=version.publisher,
            stamp=version.stamp,
            retrieved=version.retrieved,
            version=citation.version,
            archive=version.archive,
            paragraph=citation.paragraph + 1,
            paragraphs=version.paragraphs,
            part=CITATION_PART.label(citation.part) if citation.part != "body" else "",
            digest=citation.passage_sha256,
            bearing=citation.bearing,
            bearing_label=BEARING.label(citation.bearing),
            voice=citation.voice,
            voice_label=VOICE.label(citation.voice),
            speakers=tuple(chain_in_words([self.label(uid) for uid in chain]) for chain in citation.speakers),
            remark=citation.note,
            excerpt=note.excerpt,
            at_source=_fragment(version.url, note.excerpt),
            work=version.work,
        )

    def _version(self, uid: str) -> _Version:
        """What all notes tell of one version; each version once a page."""
        if uid not in self._versions:
            self.printed.add(uid)
            self._versions[uid] = self._told_of_version(uid)
        return self._versions[uid]

    def _told_of_version(self, uid: str) -> _Version:
        version = self.library.get(uid)
        if not isinstance(version, docs.Version):
            return _Version(Link(say(GONE)))
        found = self.library.get(version.source)
        source = found if isinstance(found, docs.Source) else None
        return _Version(
            source=self.link(found.uid) if found else Link(say(GONE)),
            publisher=_publisher(source),
            stamp=stamp_in_words(version),
            retrieved=dates.in_words(version.retrieved, "happened"),
            archive=docs.archive_of(version, source),
            paragraphs=version.paragraphs,
            url=source.url if source else "",
            work=self.link(source.derives_from) if source and source.derives_from else None,
        )


def chain_in_words(labels: list[str]) -> str:
    """A chain of speakers, nearest to the source first: "A, citing B"."""
    return say(", citing ").join(labels)


def stamp_in_words(version: docs.Version) -> str:
    """The publisher's own date line in words, with its zone or that the zone is not stated."""
    day, _, clock = version.stamp.partition("T")
    words = dates.in_words(day, "happened")
    if not clock:
        return words
    return say(
        "%(day)s, %(clock)s (%(zone)s)", day=words, clock=clock, zone=version.stamp_zone or say("zone not stated")
    )


def _publisher(source: docs.Source | None) -> str:
    if source is None:
        return ""
    if source.publisher:
        return source.publisher
    return say("publisher not known") if "publisher" in source.unknown else ""


def _fragment(url: str, excerpt: str) -> str:
    """The source's address with the words to go to (a text fragment of WICG), where the editor chose words to show.

    A long excerpt is found by its first and last words.
    """
    if not excerpt or not url.startswith(("https://", "http://")):
        return ""
    parts = excerpt.split()
    ends = [" ".join(parts[:5]), " ".join(parts[-5:])] if len(parts) > LONG else [" ".join(parts)]
    # A hyphen would be read as a sign between prefix and suffix.
    return f"{url.partition('#')[0]}#:~:text={','.join(quote(end, safe='').replace('-', '%2D') for end in ends)}"


def _letter(index: int) -> str:
    """a to z, then aa, ab ...: the sign of a way back from a footnote."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
