"""A profile as its page prints it: at a glance, then every claim by topic and aspect, contradictions side by side.

Everything is plain values: templates ask, and work nothing out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.date_words import day_in_words
from profiles.values.release import REVIEWED
from profiles.values.speech import say
from profiles.values.vocabulary import ASPECTS, TOPICS, Aspect, applies, topic_label

from . import addresses
from .blocks import Item, items
from .cells import Cell, printed_cell
from .citing import Cited, cite_edition
from .compare import cell_of
from .corrections import Corrected
from .descent import Lineage, lineage_of
from .echoes import echoes
from .lead import Lead, lead_of
from .leaf import Leaf, Link, Note
from .library import Dossier
from .lines import Line, by_aspect, line_of, searched_sources, silence_in_words
from .pictures import Shown
from .pictures import shown as shown_pictures
from .timeline import Timeline, timeline_of
from .timing import Question, count


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect of a section, and its items."""

    aspect: Aspect
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """What was looked for and is not said, told once for all aspects that share the words and the sources.

    `asked` holds labels of aspects, each with the desk's note where there is one.
    """

    words: str
    searched: tuple[Link, ...]
    asked: tuple[tuple[str, str], ...]

    @property
    def bare(self) -> tuple[str, ...]:
        """The labels without a note."""
        return tuple(label for label, note in self.asked if not note)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The topics of which nothing at all is said: under the same words and sources, a row a topic."""

    words: str
    searched: tuple[Link, ...]
    rows: tuple[tuple[str, Silent], ...]


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
    label: str
    model: str
    kind: str
    path: str
    names: tuple[Line, ...]
    edition: EditionBar
    glance: tuple[Cell, ...]
    glance_empty: tuple[tuple[str, tuple[str, ...]], ...]
    sections: tuple[Section, ...]
    unsaid: tuple[Unsaid, ...]
    searched_alike: bool
    not_researched: tuple[str, ...]
    notes: tuple[Note, ...]
    sources: int
    redacted: tuple[str, ...]
    merged_into: Link | None
    cited: Cited
    pictures: tuple[Shown, ...] = ()
    timeline: Timeline | None = None
    lineage: Lineage | None = None
    lead: Lead | None = None
    corrected: Corrected | None = None
    on: Question | None = None
    answers: tuple[tuple[str, int], ...] = ()


def profile_page(dossier: Dossier, leaf: Leaf, corrected: Corrected | None = None) -> ProfilePage:
    """A dossier as a page, with an answer beside each claim where the leaf asks about a time.

    Its documents' surroundings are in the library already (see `load_around`).
    """
    header = dossier.header
    model = addresses.model_of(header)
    leaf.printed.add(header.uid)
    again = echoes(dossier)
    pictures = shown_pictures(dossier.pictures)
    told_once = [claim for claim in dossier.claims if claim.uid not in again]
    shown = by_aspect(told_once, header)
    lead = lead_of(model, header, shown, leaf)
    glance = [_glance(aspect, shown, dossier, leaf) for aspect in ASPECTS[model].values() if aspect.glance]
    sections = tuple(_sections(model, shown, again, dossier, leaf))
    told = {*shown, *(f"{silence.topic}.{silence.aspect}" for silence in dossier.silences)}
    unsaid = _unsaid(section for section in sections if not section.parts)
    searches = {silent.searched for section in sections for silent in section.silent if silent.searched}
    notes = leaf.notes()
    return ProfilePage(
        header=header,
        label=leaf.label(header.uid),
        model=model,
        kind=words.KINDS_BY_MODEL[model].label(header.kind),
        path=addresses.profile(header),
        names=_other_scripts(shown, dossier, leaf),
        edition=edition_bar(dossier),
        glance=tuple(cell for cell in glance if cell.lines),
        glance_empty=_in_few_words(cell for cell in glance if cell.aspect.key != "names.names"),
        sections=tuple(section for section in sections if section.parts),
        unsaid=unsaid,
        searched_alike=len(unsaid) == 1 and searches == {unsaid[0].searched},
        not_researched=tuple(
            aspect.label
            for aspect in ASPECTS[model].values()
            if aspect.key not in told and aspect.name != "other" and applies(model, header.kind, aspect)
        ),
        notes=notes,
        sources=len({note.source for note in notes}),
        redacted=tuple(dossier.redacted),
        merged_into=leaf.link(header.merged_into) if header.merged_into else None,
        cited=cite_edition(dossier),
        corrected=corrected,
        on=leaf.on,
        answers=_answers(dossier, leaf) if leaf.on else (),
        pictures=pictures,
        timeline=timeline_of(told_once, header, leaf),
        lead=lead,
        lineage=_lineage(model, told_once, leaf),
    )


def _answers(dossier: Dossier, leaf: Leaf) -> tuple[tuple[str, int], ...]:
    """Each answer to the time asked about, with how many statements give it."""
    return count(
        leaf.timing(claim, (step for step in dossier.claims if step.designation == claim.uid))
        for claim in dossier.claims
        if claim.standing != "retracted"
    )


def _lineage(model: str, claims: list[docs.Claim], leaf: Leaf) -> Lineage | None:
    """Of a group where it comes from and goes; of a person the groups, in every role."""
    if model == "event":
        return None
    here = frozenset(claim.uid for claim in claims)
    return lineage_of(claims, leaf, here, every_role=model == "person")


def edition_bar(dossier: Dossier) -> EditionBar:
    """The edition's facts in words and addresses."""
    edition, path = dossier.edition, addresses.profile(dossier.header)
    return EditionBar(
        number=edition.number,
        sha256=edition.sha256,
        published_at=edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        published_on=day_in_words(edition.published_at),
        reviewed=say(REVIEWED.get(edition.reviewed, edition.reviewed)),
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


def _in_few_words(cells: Iterable[Cell]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The questions without an answer: a line for each sort of emptiness. What is not asked of the kind is left out."""
    found: dict[str, list[str]] = {}
    last_said = say("Not researched yet")
    for cell in cells:
        if not cell.lines and cell.state != "does_not_apply":
            told = last_said if cell.state == "not_researched" else cell.words
            found.setdefault(told, []).append(cell.aspect.label)
    last = found.pop(last_said, [])
    return tuple((told, tuple(labels)) for told, labels in [*found.items(), (last_said, last)] if labels)


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


def _sections(
    model: str, shown: dict[str, list[docs.Claim]], again: dict[str, docs.Claim], dossier: Dossier, leaf: Leaf
) -> Iterable[Section]:
    by_first: dict[str, list[docs.Claim]] = {}
    for claim in dossier.claims:
        if claim.uid in again:
            by_first.setdefault(again[claim.uid].uid, []).append(claim)
    for topic, label in TOPICS[model].items():
        parts = tuple(
            Part(aspect, tuple(items(aspect, shown[aspect.key], dossier, leaf, by_first)))
            for aspect in ASPECTS[model].values()
            if aspect.topic == topic and aspect.key in shown
        )
        silent = _silent(model, topic, shown, dossier, leaf)
        if parts or silent:
            yield Section(topic, topic_label(label), parts, silent)


def _silent(
    model: str, topic: str, shown: dict[str, list[docs.Claim]], dossier: Dossier, leaf: Leaf
) -> tuple[Silent, ...]:
    found: dict[tuple[str, tuple[Link, ...]], list[tuple[str, str]]] = {}
    order = list(ASPECTS[model])
    asked = [s for s in dossier.silences if s.topic == topic and f"{s.topic}.{s.aspect}" in ASPECTS[model]]
    for silence in sorted(asked, key=lambda s: order.index(f"{s.topic}.{s.aspect}")):
        searched = searched_sources(silence, leaf)
        told = silence_in_words(silence, len(searched)), searched
        said = shown.get(f"{silence.topic}.{silence.aspect}", ())
        if silence.state == "not_stated" and any(claim.standing != "retracted" for claim in said):
            # A claim beside it answers the question: only the sources that were searched are silent.
            if not searched:
                continue
            sources = say(", ").join(link.label for link in searched)
            told = say("Not stated in %(sources)s", sources=sources), ()
        label = ASPECTS[model][f"{silence.topic}.{silence.aspect}"].label
        found.setdefault(told, []).append((label, silence.note))
    return tuple(Silent(told, searched, tuple(labels)) for (told, searched), labels in found.items())


def _unsaid(sections: Iterable[Section]) -> tuple[Unsaid, ...]:
    found: dict[tuple[str, tuple[Link, ...]], list[tuple[str, Silent]]] = {}
    for section in sections:
        for silent in section.silent:
            found.setdefault((silent.words, silent.searched), []).append((section.label, silent))
    return tuple(Unsaid(told, searched, tuple(rows)) for (told, searched), rows in found.items())
