"""Two editions of one profile against each other: each document that differs, told once under its weightiest change.

Words are shown only while the document, and every profile that these words touch, is public now; redacted ones are
nowhere. What stays of the others is the uid and the digests.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.models.editions import Edition, bodies
from profiles.values import documents as docs
from profiles.values.deeds import ORDER, Deed, deed, title_of
from profiles.values.speech import say
from profiles.values.vocabulary import ASPECTS, MODEL, SILENCE

from . import addresses
from .corrections import may_be_read
from .leaf import Leaf, Link
from .library import Library

HEADINGS = {
    "added": "Added",
    "recovered": "Put back",
    "removed": "Taken out",
    "retracted": "Retracted",
    "reworded": "Reworded",
    "renamed": "Renamed",
    "re-dated": "Re-dated",
    "re-cited": "Re-cited",
    "voice changed": "Said in another voice",
    "moved": "Moved to another question",
    "translated": "Translated",
    "searched anew": "Searched anew",
    "changed": "Changed otherwise",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one document. `hidden` says why its words are not shown: "redacted", "not public", or empty."""

    deed: Deed
    hidden: str
    href: str
    place: Link | None
    note: str
    quote: str

    @property
    def also(self) -> str:
        """The lesser changes beside the one that it stands under."""
        return say(", ").join(map(say, self.deed.verbs[1:]))


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two editions, grouped; `same` counts the documents that both have alike."""

    groups: tuple[tuple[str, str, tuple[Told, ...]], ...]
    same: int

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """Verb, heading and number of each group, for the line above them."""
        return tuple((verb, heading, len(told)) for verb, heading, told in self.groups)


def difference(first: Edition, last: Edition) -> Difference:
    """What became of the first edition on the way to the last: at most eight queries, whatever differs."""
    (old_header, old), (new_header, new) = first.contents(), last.contents()
    old, new = {**old, first.profile: old_header}, {**new, last.profile: new_header}
    triples = [(uid, old.get(uid, ""), new.get(uid, "")) for uid in sorted({*old, *new})]
    changed = [triple for triple in triples if triple[1] != triple[2]]
    texts = bodies(sha for _, *both in changed for sha in both if sha)
    read = {sha: docs.parse(text) for sha, text in texts.items() if text is not None}
    library = Library()
    library.load(_named(read.values()))
    # A passage's version is told by its source.
    library.load(uid for document in read.values() for uid in _sources(document, library))
    told: dict[str, list[Told]] = {}
    for uid, before, after in changed:
        one = _told(uid, before, after, read, first.profile, library)
        told.setdefault(one.deed.verbs[0], []).append(one)
    groups = tuple((verb, say(HEADINGS[verb]), tuple(told[verb])) for verb in ORDER if verb in told)
    return Difference(groups, len(triples) - len(changed))


def _named(documents: Iterable[docs.Document]) -> set[str]:
    documents = list(documents)
    return {document.uid for document in documents} | {uid for one in documents for _, uid in docs.references(one)}


def _sources(document: docs.Document, library: Library) -> Iterable[str]:
    near = (library.get(uid) for _, uid in docs.references(document))
    return (one.source for one in near if isinstance(one, docs.Version))


def _told(uid: str, before: str, after: str, read: dict[str, docs.Document], at: str, library: Library) -> Told:
    old, new = read.get(before), read.get(after)
    there = [one for one in (old, new) if one]
    one = deed(uid, before, after, old, new, _labels(there, library))
    if one.lost:
        return Told(_bare(one), "redacted", "", None, "", "")
    if not all(may_be_read(document, library) for document in there):
        return Told(_bare(one), "not public", "", None, "", "")
    document = there[-1]
    owner = next(iter(docs.touched(document)), uid)
    note = document.standing_note if isinstance(document, docs.Claim) and document.standing == "retracted" else ""
    return Told(
        one,
        "",
        addresses.claim(uid) if isinstance(document, docs.Claim) else "",
        Leaf(library).link(owner) if owner not in (at, uid) else None,
        note,
        _quote(document),
    )


def _quote(document: docs.Document) -> str:
    """The document in one line for a reader."""
    if isinstance(document, docs.Silence):
        aspects = (ASPECTS[model].get(f"{document.topic}.{document.aspect}") for model in MODEL)
        label = next((found.label for found in aspects if found), document.aspect)
        return f"{label}: {SILENCE.label(document.state)}"
    return title_of(document)


def _bare(one: Deed) -> Deed:
    return Deed(one.uid, one.model, one.before, one.after, one.verbs[:1])


def _labels(documents: Iterable[docs.Document], library: Library) -> dict[str, str]:
    """How to show the uids that some documents name; a claim by its uid alone."""
    leaf, found = Leaf(library), {}
    for uid in {uid for document in documents for _, uid in docs.references(document)}:
        one = library.get(uid)
        if (
            one is not None
            and not isinstance(one, docs.Claim)
            and (label := leaf.label(one.source if isinstance(one, docs.Version) else uid))
        ):
            found[uid] = label
    return found
