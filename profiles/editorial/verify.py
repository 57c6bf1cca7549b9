"""Prove what was published: recompute every digest, and replay every publication from the first on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from itertools import groupby
from operator import attrgetter

import msgspec

from profiles.editorial.verify_documents import Progress, Stored, counted, verify_captures, verify_documents
from profiles.models import Edition, Publication, PublishedDocument, Redaction
from profiles.models import editions as chain
from profiles.values import documents as docs


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a publication's hash covers (schema 1)."""

    schema: int
    number: int
    previous: str
    kind: str
    at: str
    note: str
    reviewed: str
    opener_role: str
    approver_role: str
    triples: list[tuple[str, str, str]]
    editions: list[tuple[str, int, str]]
    withdrawn: list[str]
    redacted: list[str]
    labels: list[tuple[str, str]]


@dataclass(slots=True)
class Report:
    """What was recomputed, and all that is wrong, a sentence each. `head` is the newest publication's digest."""

    problems: list[str] = field(default_factory=list)
    publications: int = 0
    editions: int = 0
    documents: int = 0
    redacted: int = 0
    captures: int = 0
    head: str = ""


def verify_publications(head: str | None = None, progress: Progress | None = None) -> Report:
    """Recompute everything that was published up to now, and every text at hand.

    `head` is a digest that somebody remembered: it must still be in the chain. What cannot be read any more (redacted,
    or damaged and named so) is left out of the replay; all else is still proved.
    """
    report = Report()
    newest = chain.head()
    # What is published while this runs is for the next run.
    until = newest.number if newest else 0
    report.head = newest.sha256 if newest else ""
    stored = verify_documents(report.problems, progress)
    report.documents, report.redacted = len(stored.uids), len(stored.redacted)
    replay = _Replay(stored, report.problems)
    digests: set[str] = set()
    for publication, editions in _in_order(until, progress):
        digests.add(publication.sha256)
        report.publications += 1
        report.editions += len(editions)
        replay.follow(publication, editions)
    replay.compare_published(until)
    replay.compare_redactions(until)
    report.captures = verify_captures(report.problems, progress)
    if head is not None and head not in digests:
        report.problems.append(f"head {head}: no publication has this digest")
    return report


def _in_order(until: int, progress: Progress | None) -> Iterator[tuple[Publication, list[Edition]]]:
    rows = Edition.objects.filter(publication__lte=until).order_by("publication_id", "profile", "number")
    groups = groupby(counted(rows.iterator(chunk_size=200), "editions", progress), attrgetter("publication_id"))
    number, editions = next(groups, (None, iter(())))
    for publication in Publication.objects.filter(number__lte=until).order_by("number").iterator(chunk_size=50):
        mine: list[Edition] = []
        if number == publication.number:
            mine = list(editions)
            number, editions = next(groups, (None, iter(())))
        yield publication, mine


class _Replay:
    """The published state as the publications make it, one after the other."""

    def __init__(self, stored: Stored, problems: list[str]) -> None:
        self.stored = stored
        self.problems = problems
        self.last: Publication | None = None
        # Uid -> digest, and uid -> the publication that made it so.
        self.state: dict[str, str] = {}
        self.since: dict[str, int] = {}
        self.dossiers: dict[str, dict[str, str]] = {}
        self.numbers: dict[str, int] = {}
        self.withdrawn: set[str] = set()
        self.redacted: dict[str, int] = {}
        # A publication that cannot be trusted ends the replay: what it changed is not known.
        self.broken = False

    def follow(self, publication: Publication, editions: list[Edition]) -> None:
        """Check one publication by itself, its link to the one before, and its editions against the replay."""
        where = f"publication {publication.number}"
        facts = self._facts(publication, where)
        self._link(publication, where)
        self.last = publication
        touched: set[str] = set()
        if facts is None:
            self.broken = True
        elif not self.broken:
            touched = self._apply(facts, where)
        for edition in editions:
            self._edition(edition, facts)
        if facts is not None:
            self._listed(facts, editions, touched, where)

    def _facts(self, publication: Publication, where: str) -> Facts | None:
        body = publication.body.encode()
        if docs.sha256(body) != publication.sha256:
            self._tell(where, "its body has another digest; what it and later ones changed cannot be replayed")
            return None
        try:
            facts = msgspec.json.decode(body, type=Facts)
        except msgspec.DecodeError as error:
            self._tell(where, f"its body is no publication: {error}; it and later ones cannot be replayed")
            return None
        if docs.canonical(facts) != body:
            self._tell(where, "its body is not in canonical form")
        at = publication.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        for name, row in (*((n, getattr(publication, n)) for n in _REPEATED), ("at", at)):
            if row != getattr(facts, name):
                self._tell(where, f"its row says {name} {row!r}, its body {getattr(facts, name)!r}")
        for name in ("triples", "editions", "withdrawn", "redacted", "labels"):
            listed = [item if isinstance(item, str) else item[0] for item in getattr(facts, name)]
            if listed != sorted(set(listed)):
                self._tell(where, f"its {name} do not stand once each, in order")
        return facts

    def _link(self, publication: Publication, where: str) -> None:
        expected = self.last.number + 1 if self.last else 1
        before = self.last.sha256 if self.last else chain.GENESIS
        if publication.number != expected:
            missing = publication.number - 1
            gap = str(expected) if missing == expected else f"{expected} to {missing}"
            self._tell(f"publication {gap}", "missing")
            self.broken = True
        elif publication.previous != before:
            self._tell(where, f"its previous is not publication {expected - 1}" if self.last else "it has one before")

    def _apply(self, facts: Facts, where: str) -> set[str]:
        """Make the changes of one publication; returns the profiles that they touch."""
        touched: set[str] = set()
        for uid, before, after in facts.triples:
            if self.state.get(uid, "") != before:
                self._tell(where, f"it replaces {uid} {before or '(nothing)'}, which was not public then")
            self._missing(uid, after, where)
            for profile in self.stored.touched(self.state.get(uid, "")):
                touched.add(profile)
                self.dossiers.get(profile, {}).pop(uid, None)
            self.state.pop(uid, None)
            self.since.pop(uid, None)
            if after:
                self.state[uid], self.since[uid] = after, facts.number
                for profile in self.stored.touched(after):
                    touched.add(profile)
                    if profile != uid:
                        self.dossiers.setdefault(profile, {})[uid] = after
        for uid, sha in facts.labels:
            if self.state.get(uid) != sha:
                self._missing(uid, sha, where)
                self._tell(where, f"it was printed with {uid} {sha}, which was not public then")
        self.redacted.update(dict.fromkeys(facts.redacted, facts.number))
        self.withdrawn |= set(facts.withdrawn)
        self.withdrawn -= {profile for profile, _, _ in facts.editions}
        return touched

    def _missing(self, uid: str, sha: str, where: str) -> None:
        if sha and sha not in self.stored.uids:
            self._tell(f"document {sha} ({uid})", f"missing; {where} made it public")
        elif sha and self.stored.uids[sha] != uid:
            self._tell(where, f"it says {uid} of document {sha}, which is of {self.stored.uids[sha]}")

    def _edition(self, edition: Edition, facts: Facts | None) -> None:
        where = f"edition {edition.number} of {edition.profile}"
        expected = self.numbers.get(edition.profile, 0) + 1
        if edition.number != expected:
            self._tell(where, f"edition {expected} should come first")
        self.numbers[edition.profile] = edition.number
        if facts is not None:
            listed = {(profile, number): sha for profile, number, sha in facts.editions}
            sha = listed.get((edition.profile, edition.number))
            if sha is None:
                self._tell(where, f"publication {facts.number} does not list it")
            elif sha != edition.sha256:
                self._tell(where, f"publication {facts.number} lists it as {sha}, its row says {edition.sha256}")
        if docs.sha256(edition.manifest.encode()) != edition.sha256:
            self._tell(where, "its manifest has another digest")
        elif not self.broken:
            self._contents(edition, where)

    def _contents(self, edition: Edition, where: str) -> None:
        """An edition holds exactly what was public about its profile when it was made."""
        header, pairs = edition.contents()
        if docs.dossier_manifest(header, pairs.items()).decode() != edition.manifest:
            self._tell(where, "its manifest is not in canonical form")
        if header != self.state.get(edition.profile):
            self._tell(where, f"its header {header} was not public then")
        wanted = self.dossiers.get(edition.profile, {})
        for uid in sorted(wanted.keys() - pairs.keys()):
            self._tell(where, f"lacks {uid}")
        for uid, sha in sorted(pairs.items()):
            # Of a document that cannot be read it is not known whom it is about: that it was public must do.
            unreadable = sha not in self.stored.touches and self.state.get(uid) == sha
            if wanted.get(uid) != sha and not unreadable:
                self._tell(where, f"holds {uid} {sha}, which was not public about {edition.profile} then")

    def _listed(self, facts: Facts, editions: list[Edition], touched: set[str], where: str) -> None:
        there = {(edition.profile, edition.number) for edition in editions}
        for profile, number, _ in facts.editions:
            if (profile, number) not in there:
                self._tell(f"edition {number} of {profile}", f"missing; {where} lists it")
                self.numbers[profile] = number
        due = {profile for profile in touched if profile in self.state} - self.withdrawn
        for profile in sorted(due - {profile for profile, _, _ in facts.editions}):
            self._tell(where, f"it touches {profile} and lists no edition of it")

    def compare_published(self, until: int) -> None:
        """The rows that say what is public now are what the replay ends with."""
        if self.broken:
            return
        rows = PublishedDocument.objects.order_by().values_list("uid", "model", "sha256", "publication")
        rest = dict(self.state)
        for uid, model, sha, number in rows.iterator(chunk_size=2000):
            wanted = rest.pop(uid, "")
            if number > until:
                continue
            where = f"published {uid}"
            if sha != wanted:
                self._tell(where, f"its row says {sha}, the publications say {wanted or 'nothing'}")
            elif number != self.since[uid]:
                self._tell(where, f"its row says publication {number}, the publications say {self.since[uid]}")
            elif model not in _MODELS.get(docs.model_of(uid), (docs.model_of(uid),)):
                self._tell(where, f"its row says that it is a {model}")
        for uid, sha in sorted(rest.items()):
            self._tell(f"published {uid}", f"missing; the publications say {sha}")

    def compare_redactions(self, until: int) -> None:
        """Each redaction is told by its publication, and what a publication redacts has its redaction."""
        if self.broken:
            return
        rows = dict(Redaction.objects.values_list("sha256", "publication"))
        for sha, number in sorted(self.redacted.items()):
            if rows.get(sha) != number:
                self._tell(f"redaction {sha}", f"publication {number} tells it, its row does not")
        for sha, told in sorted(rows.items()):
            if (told is None or told <= until) and sha not in self.redacted:
                self._tell(f"redaction {sha}", "no publication tells it")

    def _tell(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")


# Columns of a publication that repeat what its body says.
_REPEATED = ("number", "previous", "kind", "note", "reviewed")
# The uid of a profile does not say of which of the three types it is.
_MODELS = {"profile": tuple(docs.tag_of(kind) for kind in docs.PROFILES)}  # type: ignore[arg-type]
