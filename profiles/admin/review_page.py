"""The page of a review: what was frozen, in the order in which it is read, how far it is decided, and what is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef

from profiles.admin.labels import labels, labels_of
from profiles.admin.passages import beside
from profiles.admin.review_item import Item, item_of, owner_of, passage_of
from profiles.editorial.cautions import cautions
from profiles.editorial.decide import demands
from profiles.editorial.flags import flags_of
from profiles.editorial.living import people_who_died
from profiles.editorial.public import Public, public_with
from profiles.editorial.reasons import reasons_of
from profiles.editorial.rules import Stop, stops
from profiles.models import Decision, Review, ReviewEntry, RevisionEntry
from profiles.models.documents import chunks
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.diff import changes

# So many changes are read on one page.
PAGE = 100
LOOSE = "Sources, speakers, places and lists"
_PENDING = Review.PENDING


@dataclass(slots=True)
class Group:
    """The changes of one profile on this page, and how many it has in all."""

    heading: str
    number: int
    items: list[Item] = field(default_factory=list)
    page: int = 1


class Outline:
    """A review read whole: its order, what needs a decision, what has one. Queries do not grow with it."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.entries: dict[str, ReviewEntry] = {entry.uid: entry for entry in review.entries.order_by("uid")}
        self.after = read_documents({e.uid: e.after for e in self.entries.values() if e.after})
        self.before = read_documents({e.uid: e.before for e in self.entries.values() if e.before})
        self.is_pending = review.state in _PENDING
        self.public = public_with(self.after)
        self.dead = people_who_died(self.after)
        self.flags = flags_of(self.after, self.public, self.dead)
        self.needed = demands(self.after, self.before, self.flags, self.public)
        self.headings = labels({owner_of(document) for document in self._documents} - {""})
        self.order = sorted(self.entries, key=lambda uid: (self.heading(uid), uid))
        self.verdicts = _verdicts(review, {uid: entry.after for uid, entry in self.entries.items()})

    @property
    def _documents(self) -> list[docs.Document]:
        return [*self.after.values(), *self.before.values()]

    def heading(self, uid: str) -> str:
        """The profile under which a change stands."""
        document = self.after.get(uid) or self.before.get(uid)
        if document is None:
            return "Redacted"
        owner = owner_of(document)
        return self.headings.get(owner, owner) if owner else LOOSE

    @cached_property
    def waiting(self) -> list[str]:
        """What needs a decision and has none yet, in the order of the page."""
        return [uid for uid in self.order if uid in self.needed and uid not in self.verdicts]

    @cached_property
    def refused(self) -> list[str]:
        """What somebody refused."""
        return [uid for uid in self.order if self.verdicts.get(uid) == "does_not"]

    @cached_property
    def rest(self) -> list[str]:
        """The claims that may be passed together, and are not decided on yet."""
        claims = (uid for uid in self.order if isinstance(self.after.get(uid), docs.Claim))
        return [uid for uid in claims if uid not in self.needed and uid not in self.verdicts]

    def page_of(self, uid: str) -> int:
        """The number of the page on which a change stands."""
        return self.order.index(uid) // PAGE + 1

    def link_to(self, uid: str) -> str:
        """Where to go for a change, seen from any page of the review."""
        return f"?p={self.page_of(uid)}#{uid}"

    def next_after(self, uid: str) -> str:
        """The next change that waits for a decision: after this one, else from the start; empty where none does."""
        at = self.order.index(uid) if uid in self.entries else -1
        places = {one: place for place, one in enumerate(self.order)}
        later = [one for one in self.waiting if places[one] > at]
        return next((one for one in [*later, *self.waiting] if one != uid), "")


def _verdicts(review: Review, frozen: Mapping[str, str]) -> dict[str, str]:
    """Uid -> how a claim stands: refused by anybody, else supported by anybody, else passed."""
    newest: dict[tuple[str, int], str] = {}
    for uid, sha, verdict, by in review.decisions.order_by("pk").values_list("uid", "sha256", "verdict", "by_id"):
        if frozen.get(uid) == sha:
            newest[uid, by] = verdict
    found: dict[str, str] = {}
    for verdict in ("passed", "supports", "does_not"):
        found.update({uid: one for (uid, _), one in newest.items() if one == verdict})
    return found


@dataclass(slots=True)
class Read:
    """One page of a review, and what is told of the whole of it."""

    outline: Outline
    number: int
    page: int
    pages: range
    groups: list[Group]
    stopped: list[tuple[str, Stop]]
    loose: list[str]
    moved: list[str]

    @property
    def decided(self) -> int:
        """How many of those that need a decision have one."""
        return len(self.outline.needed) - len(self.outline.waiting)


def read_page(outline: Outline, page: int, typed: Mapping[str, str] | None = None) -> Read:
    """The changes of one page with all that is beside them; a fixed number of queries."""
    pages = range(1, max(1, -(-len(outline.order) // PAGE)) + 1)
    page = min(max(page, 1), pages[-1])
    here = outline.order[(page - 1) * PAGE : page * PAGE]
    found, moved, already = _stops_and_moves(outline)
    items = _items(outline, here, typed or {})
    now = read_documents({uid: sha for uid in here if uid in moved and (sha := moved[uid])})
    names = labels_of(now.values()) if now else {}
    for item in items:
        item.stops = found.get(item.uid, [])
        item.already = item.uid in already
        if item.uid in moved:
            item.moved = True
            item.published = changes(now.get(item.uid), outline.after.get(item.uid), names)
    loose = [str(stop) for uid, some in found.items() if uid not in outline.entries for stop in some]
    stopped = [(outline.link_to(uid), stop) for uid in outline.order for stop in found.get(uid, ())]
    return Read(
        outline,
        len(outline.order),
        page,
        pages,
        _groups(outline, items),
        stopped,
        loose,
        [uid for uid in outline.order if uid in moved],
    )


def _stops_and_moves(outline: Outline) -> tuple[dict[str, list[Stop]], dict[str, str], set[str]]:
    """What stops each document; what is published now where that is neither what was frozen nor its base; and what is
    public already as it was frozen.
    """
    found: dict[str, list[Stop]] = {}
    if not outline.is_pending:
        return found, {}, set()
    why = reasons_of(outline.review)
    for stop in stops(outline.after, outline.dead, why, note=outline.review.note, public=outline.public):
        found.setdefault(stop.uid, []).append(stop)
    public = published_digests(outline.entries)
    now = {uid: public.get(uid, "") for uid in outline.entries}
    moved = {uid: now[uid] for uid, entry in outline.entries.items() if now[uid] not in (entry.before, entry.after)}
    return found, moved, {uid for uid, entry in outline.entries.items() if now[uid] == entry.after}


def _items(outline: Outline, uids: list[str], typed: Mapping[str, str]) -> list[Item]:
    after = {uid: outline.after[uid] for uid in uids if uid in outline.after}
    before = {uid: outline.before[uid] for uid in uids if uid in outline.before}
    names = labels_of([*after.values(), *before.values()])
    claims = [d for d in after.values() if isinstance(d, docs.Claim)]
    shown = beside(c for claim in claims for c in claim.citations)
    public = outline.public
    warned: dict[str, list[str]] = {}
    if outline.is_pending:
        for caution in cautions(after, Public(after, {**public.around, **public.changed})):
            # The flag says it already.
            if caution.rule != "one_origin":
                warned.setdefault(caution.uid, []).append(caution.message)
    said, earlier = _said(outline.review, [claim.uid for claim in claims])
    items = []
    for uid in uids:
        entry = outline.entries[uid]
        item = item_of(uid, entry.model, after.get(uid), before.get(uid), public, names)
        new = after.get(uid)
        if isinstance(new, docs.Claim):
            item.passages = [passage_of(shown[c.uid], public) for c in new.citations]
            item.flags = outline.flags[uid]
        item.cautions = warned.get(uid, [])
        item.demands = outline.needed.get(uid, ())
        item.verdict = outline.verdicts.get(uid, "")
        item.said = [one for one in said.get(uid, []) if one.sha256 == entry.after]
        item.earlier = earlier.get(uid)
        item.typed = typed.get(uid, "")
        following = outline.next_after(uid)
        item.next = outline.link_to(following) if following else "#review-bar"
        items.append(item)
    return items


def _said(review: Review, uids: Iterable[str]) -> tuple[dict[str, list[Decision]], dict[str, Decision]]:
    """The decisions on claims in this review, the newest first; and the last one of the reviews before."""
    said: dict[str, list[Decision]] = {}
    earlier: dict[str, Decision] = {}
    for some in chunks(uids):
        for one in Decision.objects.filter(uid__in=some, review__lte=review.pk).select_related("by").order_by("-pk"):
            if one.review_id == review.pk:
                said.setdefault(one.uid, []).append(one)
            else:
                earlier.setdefault(one.uid, one)
    return said, earlier


def _groups(outline: Outline, items: list[Item]) -> list[Group]:
    numbers: dict[str, int] = {}
    pages: dict[str, int] = {}
    for place, uid in enumerate(outline.order):
        heading = outline.heading(uid)
        numbers[heading] = numbers.get(heading, 0) + 1
        pages.setdefault(heading, place // PAGE + 1)
    groups = {heading: Group(heading, number, page=pages[heading]) for heading, number in numbers.items()}
    for item in items:
        groups[outline.heading(item.uid)].items.append(item)
    return list(groups.values())


def adopted_in(review: Review) -> int:
    """How many of its changes had no known author, so that they became the opener's."""
    frozen = review.entries.filter(uid=OuterRef("uid"), after=OuterRef("after"))
    adopted = RevisionEntry.objects.filter(Exists(frozen), revision__act="adopt", revision__by=review.opener_id)
    return adopted.values("uid").distinct().count()


def refused_claims(outline: Outline) -> list[tuple[str, str, Decision]]:
    """What was refused, for who mends it: uid, sentence, and the decision with its comment."""
    said, _ = _said(outline.review, outline.refused)
    found = []
    for uid in outline.refused:
        frozen = outline.entries[uid].after
        for one in said.get(uid, ()):
            if one.verdict == "does_not" and one.sha256 == frozen:
                found.append((uid, str(getattr(outline.after.get(uid), "statement", "")), one))
    return found
