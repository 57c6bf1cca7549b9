"""The corrections ledger: a view of the publications that put something right or took it back, with old and new words.

Words are shown only while the claim, and every profile that these words touch, is public now; redacted ones are
nowhere. What stays of the others is the uid, the digest, the date and the desk's public note.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from profiles.models.editions import PUT_RIGHT, Edition, Publication, bodies, redactions_of
from profiles.models.published import Entry, PublishedClaim
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.date_words import day_in_words
from profiles.values.diff import Change, Labels, Piece, changes, pieces
from profiles.values.speech import say

from . import addresses
from .leaf import Link
from .library import Dossier, Library
from .naming import columns, heading
from .paging import Page, page

SIZE = 20
MOST = 25  # documents of one publication on a page of the ledger
ALL = 500  # on the publication's own page
DELETED = "redacted"
# A retraction tells of these by itself; the sentence is always told by itself.
_OF_A_RETRACTION = ("standing", "standing_note")


@dataclass(frozen=True, slots=True)
class Wording:
    """What became of one document. `act` is added, changed, retracted, taken_down, redacted or hidden.

    The last three have no words. `pieces` tell the two sentences apart word by word.
    """

    uid: str
    act: str
    href: str = ""
    place: Link | None = None
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()
    changes: tuple[Change, ...] = ()
    note: str = ""
    before_sha256: str = ""
    after_sha256: str = ""

    @property
    def told(self) -> str:
        """What was done to it, as a word that stands alone."""
        return say(_TOLD[self.act])


_TOLD = {
    "added": "Added",
    "changed": "Changed",
    "retracted": "Retracted",
    "taken_down": "Taken down",
    "redacted": "Words deleted",
    "hidden": "No longer public",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One publication of the ledger. `more` counts the documents that are not listed here."""

    made: Publication
    profiles: tuple[Link, ...]
    wordings: tuple[Wording, ...]
    withdrawn: tuple[str, ...] = ()
    more: int = 0

    @property
    def number(self) -> int:
        """The publication's number."""
        return self.made.number

    @property
    def on(self) -> str:
        """The day in words."""
        return day_in_words(self.made.at)

    @property
    def label(self) -> str:
        """Its kind, as a heading has it."""
        return words.PUBLICATION_KIND.label(self.made.kind).capitalize()


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a statement after an edition was made: `label` is a word for it, as in "corrected"."""

    uid: str
    publication: int
    kind: str
    label: str
    on: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """How often a profile was put right up to now, and when last: what its page says in one line."""

    number: int
    on: str
    href: str
    publications: tuple[Publication, ...] = field(default=(), repr=False)


def ledger(asked: QueryDict, most: int = MOST) -> tuple[tuple[Correction, ...], Page]:
    """One page of the ledger, newest first, narrowed to a profile (`profile`, its uid) or a `kind` where asked."""
    rows = Publication.objects.filter(kind__in=PUT_RIGHT)
    if kind := asked.get("kind", ""):
        rows = rows.filter(kind=kind[:64])
    if profile := asked.get("profile", ""):
        rows = rows.filter(pk__in=numbers_of([profile[:64]]).get(profile, []))
    found = page(rows, "number", asked, size=SIZE, falling=True)
    return corrections_of(found.rows, most=most), found


def corrections_of(
    publications: Iterable[Publication], only: Iterable[str] | None = None, most: int = MOST
) -> tuple[Correction, ...]:
    """Publications with what they did to each document, or to those of `only`; the queries do not grow with them."""
    chosen = [one for one in publications if one.kind in PUT_RIGHT]
    wanted = None if only is None else set(only)
    triples = {one.number: _triples(one, wanted) for one in chosen}
    # Of a profile that was taken down, and all that went with it, only the number is told.
    whole = {one.number for one in chosen if one.kind == "withdrawal" and wanted is None}
    shown = {number: [] if number in whole else some[:most] for number, some in triples.items()}
    texts = bodies(sha for some in shown.values() for _, *both in some for sha in both if sha)
    read = {sha: docs.parse(text) for sha, text in texts.items() if text is not None}
    deleted = {sha for sha, text in texts.items() if text is None}
    library = Library()
    library.load(uid for some in shown.values() for uid, _, _ in some)
    library.load(uid for document in read.values() for _, uid in docs.references(document))
    touched = _touched(chosen)
    places = links_to({uid for uids in touched.values() for uid in uids} | set(_owners(read.values())))
    tell = _Teller(read, deleted, library, places)
    return tuple(
        Correction(
            one,
            tuple(places[uid] for uid in touched[one.number] if uid in places),
            tuple(tell.wording(one, *triple) for triple in shown[one.number]),
            tuple(one.facts()["withdrawn"]) if wanted is None else (),
            len(triples[one.number]) - len(shown[one.number]),
        )
        for one in chosen
    )


def corrections_of_claim(uid: str, rows: Iterable[PublishedClaim]) -> tuple[Correction, ...]:
    """What became of one claim, newest first; `rows` are its public states."""
    numbers = {number for row in rows for number in (row.from_publication, row.to_publication) if number}
    redacted = redactions_of([uid]).get(uid, [])
    found = Publication.objects.filter(pk__in=numbers | set(redacted), kind__in=PUT_RIGHT).order_by("-number")
    made = corrections_of(found, only=[uid])
    # Words that were public no more when they were deleted stand in no triple.
    told = [
        one if one.wordings or one.number not in redacted else Correction(one.made, (), (Wording(uid, DELETED),))
        for one in made
    ]
    return tuple(one for one in told if one.wordings)


def numbers_of(profiles: Iterable[str]) -> dict[str, set[int]]:
    """Profile uid -> the publications of the ledger that touched it, its own withdrawal among them: three queries."""
    wanted = list(profiles)
    found: dict[str, set[int]] = {}
    editions = Edition.objects.filter(profile__in=wanted, publication__kind__in=PUT_RIGHT).order_by()
    for profile, number in editions.values_list("profile", "publication_id"):
        found.setdefault(profile, set()).add(number)
    # A withdrawal makes no edition of the profile that it takes down.
    withdrawals = list(Publication.objects.filter(kind="withdrawal").order_by().values_list("number", flat=True))
    if withdrawals:
        left = PublishedClaim.objects.filter(subject__in=wanted, to_publication__in=withdrawals).order_by()
        for profile, number in left.values_list("subject", "to_publication").distinct():
            found.setdefault(profile, set()).add(number)
    return found


def corrected(dossiers: Iterable[Dossier]) -> dict[str, Corrected]:
    """Profile uid -> its line of corrections, for those that have any; the edition in the making counts."""
    dossiers = list(dossiers)
    numbers = numbers_of(dossier.header.uid for dossier in dossiers)
    every = {number for some in numbers.values() for number in some}
    made = Publication.objects.defer("body").in_bulk(every)
    found: dict[str, Corrected] = {}
    for dossier in dossiers:
        uid, edition = dossier.header.uid, dossier.edition
        rows = {number: made[number] for number in numbers.get(uid, ()) if number in made}
        if edition.kind in PUT_RIGHT and edition.publication not in rows:
            rows[edition.publication] = Publication(
                number=edition.publication, kind=edition.kind, at=edition.published_at, note=edition.note
            )
        if rows:
            newest = rows[max(rows)]
            on = day_in_words(newest.at)
            path = addresses.corrections(uid)
            found[uid] = Corrected(len(rows), on, path, tuple(rows[number] for number in sorted(rows, reverse=True)))
    return found


def later_than(row: Edition, dossier: Dossier) -> dict[str, Later]:
    """Uid -> what the ledger tells of a document of an edition since that edition was made, the newest of it.

    A withdrawal that was undone is passed over: the statement stands again as it stood.
    """
    uids = [row.profile, *dossier.digests]
    claims = PublishedClaim.objects.filter(uid__in=uids, to_publication__gt=row.publication_id).order_by()
    editions = Edition.objects.filter(profile=row.profile, number__gt=row.number).order_by()
    numbers = {*claims.values_list("to_publication", flat=True), *editions.values_list("publication_id", flat=True)}
    redacted = redactions_of(dossier.redacted) if dossier.redacted else {}
    numbers |= {number for some in redacted.values() for number in some}
    publications = Publication.objects.filter(pk__in=numbers, kind__in=PUT_RIGHT).order_by("number")
    found: dict[str, Later] = {}
    for one in publications:
        label, on = say(_BECAME.get(one.kind, one.kind)), day_in_words(one.at)
        uids_of = {uid for uid, *_ in _triples(one, set(uids))} | {u for u, some in redacted.items() if one.pk in some}
        for uid in uids_of:
            claim = docs.model_of(uid) == "claim"
            href = f"{addresses.claim(uid)}#corrections" if claim else addresses.publication(one.number)
            found[uid] = Later(uid, one.number, one.kind, label, on, href, one.note)
    return found


_BECAME = {
    "clarification": "reworded",
    "correction": "corrected",
    "retraction": "retracted",
    "withdrawal": "taken down",
    "redaction": "deleted",
}


def links_to(uids: Iterable[str]) -> dict[str, Link]:
    """Uid -> label and address, for the profiles among them that are public now: one query."""
    rows = Entry.objects.filter(pk__in=list(uids)).order_by().only(*columns("uid", "label", "model", "slug"))
    return {row.uid: Link(heading(row), addresses.place(row.model, row.slug)) for row in rows}


def _triples(made: Publication, only: set[str] | None) -> list[tuple[str, str, str]]:
    """What it changed: what stands in a dossier first, then headers; what was merely added beside is left out."""
    found = [
        (uid, before, after)
        for uid, before, after in made.facts()["triples"]
        if only is None or uid in only
        if before or docs.model_of(uid) in docs.OWNED_TAGS
    ]
    return sorted(found, key=lambda triple: (docs.model_of(triple[0]) not in docs.OWNED_TAGS, triple[0]))


def _touched(publications: list[Publication]) -> dict[int, list[str]]:
    rows = Edition.objects.filter(publication__in=publications).order_by("profile")
    found: dict[int, list[str]] = {one.number: [] for one in publications}
    for number, profile in rows.values_list("publication_id", "profile"):
        found[number].append(profile)
    return found


def _owners(documents: Iterable[docs.Document]) -> Iterable[str]:
    return (uid for document in documents for uid in docs.touched(document)[:1])


class _Teller:
    """Tells of each change what may be told."""

    def __init__(
        self, read: dict[str, docs.Document], deleted: set[str], library: Library, places: dict[str, Link]
    ) -> None:
        self.read = read
        self.deleted = deleted
        self.library = library
        self.places = places

    def wording(self, made: Publication, uid: str, before: str, after: str) -> Wording:
        """One triple of a publication, in words where they are public."""
        href = addresses.claim(uid) if docs.model_of(uid) == "claim" else ""
        bare = Wording(uid, "hidden", href, None, before_sha256=before, after_sha256=after)
        if made.kind == DELETED or {before, after} & self.deleted:
            return _with(bare, DELETED)
        if not after:
            return _with(bare, "taken_down")
        old, new = self.read.get(before), self.read.get(after)
        if new is None or not all(may_be_read(one, self.library) for one in (old, new) if one):
            return bare
        owner = next(iter(docs.touched(new)), "")
        place = self.places.get(owner)
        said, says, act = _sentence(old), _sentence(new), _act(old, new)
        told = changes(old, new, self._labels(old, new)) if old else []
        apart = ("statement", "label", "title", "alt", *(_OF_A_RETRACTION if act == "retracted" else ()))
        return Wording(
            uid=uid,
            act=act,
            href=href,
            place=Link(place.label, f"{place.href}#{uid}") if place and owner != uid else place,
            before=said,
            after=says,
            pieces=pieces(said, says),
            changes=tuple(change for change in told if change.field not in apart),
            note=new.standing_note if isinstance(new, docs.Claim) and act == "retracted" else "",
            before_sha256=before,
            after_sha256=after,
        )

    def _labels(self, *documents: docs.Document | None) -> Labels:
        named = {uid for document in documents if document for _, uid in docs.references(document)}
        found = {uid: self.library.get(uid) for uid in named}
        told = {uid: getattr(one, "label", "") or getattr(one, "title", "") for uid, one in found.items()}
        return {uid: label for uid, label in told.items() if label}


def may_be_read(document: docs.Document, library: Library) -> bool:
    """Whether some state of a document may be shown: it, and every profile that it touches, are public now."""
    return all(library.get(uid) is not None for uid in (document.uid, *docs.touched(document)))


def _with(wording: Wording, act: str) -> Wording:
    return Wording(
        wording.uid, act, wording.href, before_sha256=wording.before_sha256, after_sha256=wording.after_sha256
    )


def _act(old: docs.Document | None, new: docs.Document) -> str:
    if old is None:
        return "added"
    retracted = isinstance(new, docs.Claim) and new.standing == "retracted"
    return "retracted" if retracted and getattr(old, "standing", "") != "retracted" else "changed"


def _sentence(document: docs.Document | None) -> str:
    """What a document says in one line."""
    if isinstance(document, docs.Silence):
        return f"{words.SILENCE.label(document.state)}: {document.aspect.replace('_', ' ')}"
    for name in ("statement", "label", "title", "alt"):
        if told := getattr(document, name, ""):
            return str(told)
    return ""
