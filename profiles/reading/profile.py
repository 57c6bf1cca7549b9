"""A profile as its page prints it: at a glance, then every claim by topic and aspect, contradictions side by side.

Everything is plain values: templates ask, and work nothing out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.release import REVIEWED
from profiles.values.vocabulary import ASPECTS, TOPICS, Aspect

from . import addresses
from .cells import Cell, printed_cell
from .compare import cell_of
from .leaf import Leaf, Link, Note
from .library import Dossier
from .lines import Line, by_aspect, line_of, searched_sources, silence_in_words
from .values_of import UNSTATED_AUTHORITY


@dataclass(frozen=True, slots=True)
class Single:
    """A claim by itself."""

    line: Line
    sort: ClassVar[str] = "single"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the statements that disagree; `place` leads to it where it stands elsewhere."""

    line: Line
    here: bool
    place: Link


@dataclass(frozen=True, slots=True)
class Dispute:
    """Statements that name each other as disagreeing, side by side."""

    sides: tuple[Side, ...]
    sort: ClassVar[str] = "dispute"


@dataclass(frozen=True, slots=True)
class Listing:
    """A designation with the dated steps of its life, and what other statements say against any of them."""

    line: Line
    authority: Link
    programme: str
    evidence: str
    steps: tuple[Line, ...]
    against: tuple[Side, ...]
    personal: bool
    sort: ClassVar[str] = "listing"


Item = Single | Dispute | Listing


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect of a section, and its items."""

    aspect: Aspect
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """What was looked for and is not said, told once for all aspects that share the words and the sources."""

    words: str
    labels: tuple[str, ...]
    searched: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with the aspects of which something is told, and what was looked for beside; either may be empty."""

    topic: str
    label: str
    parts: tuple[Part, ...]
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class EditionBar:
    """Which edition this is, how it was reviewed, and where the others are."""

    number: int
    sha256: str
    published_at: str
    published_on: str
    reviewed: str
    automatic: bool
    publication: int
    permalink: str
    history: str
    machine: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """All that the template of a profile prints."""

    header: addresses.Profile
    model: str
    kind: str
    path: str
    names: tuple[Line, ...]
    edition: EditionBar
    glance: tuple[Cell, ...]
    sections: tuple[Section, ...]
    unsaid: tuple[Section, ...]
    not_researched: tuple[str, ...]
    notes: tuple[Note, ...]
    sources: int
    redacted: tuple[str, ...]
    merged_into: Link | None


def profile_page(dossier: Dossier, leaf: Leaf) -> ProfilePage:
    """A dossier as a page. Its documents' surroundings are in the library already (see `load_around`)."""
    header = dossier.header
    model = addresses.model_of(header)
    leaf.printed.add(header.uid)
    shown = by_aspect(dossier.claims, header)
    glance = tuple(_glance(aspect, shown, dossier, leaf) for aspect in ASPECTS[model].values() if aspect.glance)
    sections = tuple(_sections(model, shown, dossier, leaf))
    told = {*shown, *(f"{silence.topic}.{silence.aspect}" for silence in dossier.silences)}
    notes = leaf.notes()
    return ProfilePage(
        header=header,
        model=model,
        kind=words.KINDS_BY_MODEL[model].label(header.kind),
        path=addresses.profile(header),
        names=_other_scripts(shown, dossier, leaf),
        edition=edition_bar(dossier),
        glance=glance,
        sections=tuple(section for section in sections if section.parts),
        unsaid=tuple(section for section in sections if not section.parts),
        not_researched=tuple(a.label for a in ASPECTS[model].values() if a.key not in told and a.name != "other"),
        notes=notes,
        sources=len({note.source for note in notes}),
        redacted=tuple(dossier.redacted),
        merged_into=leaf.link(header.merged_into) if header.merged_into else None,
    )


def edition_bar(dossier: Dossier) -> EditionBar:
    """The edition's facts in words and addresses."""
    edition, path = dossier.edition, addresses.profile(dossier.header)
    return EditionBar(
        number=edition.number,
        sha256=edition.sha256,
        published_at=edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        published_on=f"{edition.published_at.day} {edition.published_at:%B %Y}",
        reviewed=REVIEWED.get(edition.reviewed, edition.reviewed),
        automatic=edition.reviewed == "demonstration",
        publication=edition.publication,
        permalink=addresses.edition(path, edition.number),
        history=addresses.editions(path),
        machine=addresses.machine(path),
    )


def _glance(aspect: Aspect, shown: dict[str, list[docs.Claim]], dossier: Dossier, leaf: Leaf) -> Cell:
    said = [claim for claim in shown.get(aspect.key, []) if claim.standing not in ("retracted", "superseded")]
    if aspect.name == "names":
        said = [claim for claim in said if claim.name != dossier.header.label]
    return printed_cell(cell_of(said, aspect, dossier), aspect, dossier.header.uid, leaf)


def _other_scripts(shown: dict[str, list[docs.Claim]], dossier: Dossier, leaf: Leaf) -> tuple[Line, ...]:
    """The subject's own spelling of its name, for the head of the page; its marks stand in the list of names."""
    aspect = ASPECTS[addresses.model_of(dossier.header)]["names.names"]
    own = [
        claim
        for claims in shown.values()
        for claim in claims
        if claim.name_sort == "original_script" and claim.subject == dossier.header.uid
        if claim.standing not in ("retracted", "superseded")
    ]
    return tuple(line_of(claim, dossier.header.uid, aspect, Leaf(leaf.library)) for claim in own)


def _sections(model: str, shown: dict[str, list[docs.Claim]], dossier: Dossier, leaf: Leaf) -> Iterable[Section]:
    for topic, label in TOPICS[model].items():
        parts = tuple(
            Part(aspect, tuple(_items(aspect, shown[aspect.key], dossier, leaf)))
            for aspect in ASPECTS[model].values()
            if aspect.topic == topic and aspect.key in shown
        )
        silent = _silent(model, topic, dossier, leaf)
        if parts or silent:
            yield Section(topic, label, parts, silent)


def _silent(model: str, topic: str, dossier: Dossier, leaf: Leaf) -> tuple[Silent, ...]:
    found: dict[tuple[str, tuple[Link, ...], str], list[str]] = {}
    order = list(ASPECTS[model])
    asked = [s for s in dossier.silences if s.topic == topic and f"{s.topic}.{s.aspect}" in ASPECTS[model]]
    for silence in sorted(asked, key=lambda s: order.index(f"{s.topic}.{s.aspect}")):
        searched = searched_sources(silence, leaf)
        told = silence_in_words(silence, len(searched)), searched, silence.note
        found.setdefault(told, []).append(ASPECTS[model][f"{silence.topic}.{silence.aspect}"].label)
    return tuple(Silent(told, tuple(labels), searched, note) for (told, searched, note), labels in found.items())


def _items(aspect: Aspect, claims: list[docs.Claim], dossier: Dossier, leaf: Leaf) -> Iterable[Item]:
    """The claims of an aspect in order: steps under their designation, those that disagree at the first of them."""
    at = dossier.header.uid
    by_uid = {claim.uid: claim for claim in dossier.claims}
    left = {claim.uid: claim for claim in claims if claim.kind != "step" or claim.designation not in by_uid}
    while left:
        claim = left[next(iter(left))]
        if claim.kind == "designation":
            del left[claim.uid]
            yield _listing(claim, aspect, dossier, leaf)
            continue
        ring = _disagreeing(claim, left, by_uid, leaf)
        sides = tuple(_side(one, one.uid in left, aspect, at, by_uid, leaf) for one in ring)
        for one in ring:
            left.pop(one.uid, None)
        yield Dispute(sides) if len(sides) > 1 else Single(sides[0].line)


def _disagreeing(
    claim: docs.Claim, left: dict[str, docs.Claim], by_uid: dict[str, docs.Claim], leaf: Leaf
) -> list[docs.Claim]:
    """The claim and all that disagree with it or with one of those standing here too; what is elsewhere comes last."""
    ring = {claim.uid: claim}
    open_ends = [claim]
    for one in open_ends:
        for uid in one.conflicts_with if one.standing != "retracted" else ():
            other = by_uid.get(uid) or leaf.library.get(uid)
            if uid in ring or not isinstance(other, docs.Claim) or other.standing == "retracted":
                continue
            ring[uid] = other
            if uid in left and other.kind != "designation":
                open_ends.append(other)
    here = {one.uid for one in open_ends}
    return sorted(ring.values(), key=lambda one: one.uid not in here)


def _side(claim: docs.Claim, here: bool, aspect: Aspect, at: str, by_uid: dict[str, docs.Claim], leaf: Leaf) -> Side:
    if here and claim.kind != "designation":
        return Side(line_of(claim, at, aspect, leaf), True, Link(""))
    leaf.printed.add(claim.uid)
    if claim.uid in by_uid:
        return Side(line_of(claim, at, None, leaf), False, Link("Elsewhere on this page", f"#{claim.uid}"))
    owner = leaf.link(claim.subject)
    place = Link(f"On the page of {owner.label}", f"{owner.href}#{claim.uid}" if owner.href else "")
    return Side(line_of(claim, at, None, leaf), False, place)


def _listing(claim: docs.Claim, aspect: Aspect, dossier: Dossier, leaf: Leaf) -> Listing:
    at = dossier.header.uid
    by_uid = {one.uid: one for one in dossier.claims}
    shown = by_aspect([c for c in dossier.claims if c.designation == claim.uid], dossier.header)
    steps = tuple(line_of(step, at, aspect, leaf) for rows in shown.values() for step in rows)
    return Listing(
        line=line_of(claim, at, aspect, leaf),
        authority=leaf.link(claim.authority) if claim.authority else Link(UNSTATED_AUTHORITY),
        programme=leaf.label(claim.programme) if claim.programme else "",
        evidence=words.EVIDENCE.label(claim.evidence),
        steps=steps,
        against=tuple(_side(one, False, aspect, at, by_uid, leaf) for one in _against(claim, dossier, leaf)),
        personal=isinstance(dossier.header, docs.Person),
    )


def _against(claim: docs.Claim, dossier: Dossier, leaf: Leaf) -> list[docs.Claim]:
    """What disagrees with a designation or its steps, other than these themselves."""
    own = {one.uid: one for one in dossier.claims if claim.uid in (one.uid, one.designation)}
    uids = dict.fromkeys(uid for one in own.values() for uid in one.conflicts_with if uid not in own)
    found = [leaf.library.get(uid) for uid in uids]
    return [one for one in found if isinstance(one, docs.Claim) and one.standing != "retracted"]
