"""One frozen change as a reviewer sees it: before and after, passages, what it says in words, what was said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from profiles.admin.passages import Shown
from profiles.admin.seen import Seen, seen
from profiles.editorial.public import Public
from profiles.editorial.rules import Stop
from profiles.models import Decision
from profiles.reading.origins import model_of, placed
from profiles.values import documents as docs
from profiles.values import numbers
from profiles.values import vocabulary as words
from profiles.values.deeds import title_of
from profiles.values.diff import Change, Piece, changes, pieces, spoken
from profiles.values.hedge_marks import hedge_marks
from profiles.values.pieces import cut
from profiles.values.vocabulary import Word

# What stands in an item's own lines, so that it is not told again as a change.
_TOLD = {
    "statement", "subject", "topic", "aspect", "when", "sense", "basis", "reckoning", "voice", "precision", "low",
    "high", "number_words", "counted", "standing", "standing_note", "reach",
}  # fmt: skip
# What a new claim says of itself in its other lines.
_PLAIN = {"kind"}
# What a new document says of its citations stands beneath its passages.
_BENEATH = (".place", ".bearing", ".voice", ".part", ".speakers")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a claim says, in words; `before` where it was another."""

    label: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage with its hedges told apart: the sentence before, its own words, the sentence after."""

    shown: Shown
    heard: str
    before: tuple[tuple[str, bool], ...] = ()
    words: tuple[tuple[str, bool], ...] = ()
    after: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class Item:
    """One frozen change."""

    uid: str
    model: str
    title: str
    what: str
    sha256: str = ""
    is_claim: bool = False
    before: str = ""
    statement: tuple[Piece, ...] = ()
    facts: list[Fact] = field(default_factory=list)
    others: list[Change] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    appears: list[str] = field(default_factory=list)
    flags: tuple[Word, ...] = ()
    cautions: list[str] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    demands: tuple[str, ...] = ()
    verdict: str = ""
    said: list[Decision] = field(default_factory=list)
    earlier: Decision | None = None
    moved: bool = False
    already: bool = False
    published: list[Change] = field(default_factory=list)
    typed: str = ""
    next: str = ""
    seen: list[Seen | None] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to say anything of it any more."""
        return bool(self.verdict) or not self.demands


def item_of(
    uid: str, model: str, new: docs.Document | None, old: docs.Document | None, public: Public, names: Mapping[str, str]
) -> Item:
    """What a change says by itself."""
    document = new or old
    if document is None:
        return Item(uid, model, "The text was redacted.", "redacted")
    item = Item(uid, model, title_of(document), "changed" if old and new else "new" if new else "taken out")
    told = changes(old, new, names)
    if isinstance(document, docs.Picture):
        item.seen = [seen(one) for one in _pictures(old, new)]
    if not isinstance(new, docs.Claim):
        item.others = told
        return item
    was = old if isinstance(old, docs.Claim) else None
    item.is_claim = True
    item.sha256 = docs.digest(new)
    if was and was.statement != new.statement:
        item.before, item.statement = was.statement, pieces(was.statement, new.statement)
    item.facts = list(_facts(new, was, public))
    item.appears = list(_appears(new, public))
    fresh = {citation.uid for citation in new.citations} - {citation.uid for citation in (was.citations if was else ())}
    item.others = [
        change
        for change in told
        if change.field not in (_TOLD if was else _TOLD | _PLAIN)
        and not (change.field.endswith(_BENEATH) and change.field.split(".")[0] in fresh)
    ]
    return item


def _pictures(old: docs.Document | None, new: docs.Document | None) -> Iterator[docs.Picture]:
    """What is to be seen: the new picture, and before it the old one where it had other files."""
    if isinstance(old, docs.Picture) and not (isinstance(new, docs.Picture) and new.files == old.files):
        yield old
    if isinstance(new, docs.Picture):
        yield new


def passage_of(shown: Shown, public: Public) -> Passage:
    """A passage for reading: its hedges, in its own words and around them, and who is heard."""
    heard = "; ".join(" > ".join(public.label(uid) for uid in chain) for chain in shown.citation.speakers)
    return Passage(shown, heard, *(_hedged(text) for text in (shown.before, shown.words, shown.after)))


def _hedged(text: str) -> tuple[tuple[str, bool], ...]:
    return tuple((piece.words, piece.is_hedge) for piece in cut(text, (0, len(text)), (), hedge_marks(text)))


def _facts(claim: docs.Claim, old: docs.Claim | None, public: Public) -> Iterator[Fact]:
    told = dict(_told(claim, public))
    was = dict(_told(old, public)) if old else told
    for label in dict.fromkeys([*told, *was]):
        text, before = told.get(label, ""), was.get(label, "")
        yield Fact(label, text, before if before != text else "")


def _told(claim: docs.Claim, public: Public) -> Iterator[tuple[str, str]]:
    """What a claim says beside its sentence, in words; what it leaves open is left out."""
    yield "Question", spoken(claim, "aspect")
    yield "Voice", spoken(claim, "voice")
    heard = {" > ".join(public.label(uid) for uid in chain) for c in claim.citations for chain in c.speakers}
    if heard:
        yield "Who is heard", "; ".join(sorted(heard))
    if claim.when:
        yield "Date", f"{spoken(claim, 'when')}, {words.SENSE.label(claim.sense)}"
    if claim.basis == "derived":
        yield "Reckoned", claim.reckoning or "derived"
    if told := numbers.in_words(claim.precision, claim.low, claim.high, claim.number_words, claim.counted):
        yield "Number", told
    if claim.reach != "named":
        yield "Reach", words.REACH.label(claim.reach)
    if claim.standing != "stands":
        yield "Standing", ": ".join(filter(None, (words.STANDING.label(claim.standing), claim.standing_note)))


def _appears(claim: docs.Claim, public: Public) -> Iterator[str]:
    """The places on readers' pages where the claim will stand."""
    for uid in docs.touched(claim):
        header = public.get(uid)
        if not isinstance(header, docs.PROFILES):
            continue
        aspect = placed(claim, header)
        if aspect is not None:
            topic = words.TOPICS[model_of(header)][aspect.topic]
            yield f"{header.label} › {topic} › {aspect.label}"


def owner_of(document: docs.Document) -> str:
    """The profile that a document belongs to; empty for sources and small tables."""
    if isinstance(document, docs.OWNED):
        return document.subject
    return document.uid if isinstance(document, docs.PROFILES) else ""
