"""The columns of a comparison, as an address names them: profiles, editions of one, one at two times.

`with=river-guards` is the newest edition; `with=river-guards@3` the third; `with=river-guards@on:2016` the newest asked
about 2016; `with=river-guards@3@on:2016` both. `people/` or `events/` before the slug says which model is meant; else
groups come before people before events. `on=` asks every column that names no time of its own.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from profiles.models.editions import Edition
from profiles.models.published import Entry, OldSlug
from profiles.values import documents as docs
from profiles.values.dates import DateError
from profiles.values.speech import say

from . import addresses
from .compare import FEWEST, MOST
from .corrections import may_be_read
from .library import Dossier, Library, read_editions
from .naming import columns, heading
from .timing import Question, ask, date_problem

_ORDER = ("group", "person", "event")
LONGEST = 200  # signs of one name


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column as asked for: a public profile, the number of an edition or none, a time of its own or none."""

    uid: str
    model: str
    slug: str
    label: str
    number: int | None = None
    on: Question | None = None

    @property
    def name(self) -> str:
        """How an address names it."""
        folder = "" if self.model == "group" else f"{addresses.FOLDERS[self.model]}/"
        edition = f"@{self.number}" if self.number else ""
        return f"{folder}{self.slug}{edition}{f'@on:{self.on.text}' if self.on else ''}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query string asks to compare: columns in order, a time for all of them, and why it cannot be, in words."""

    columns: tuple[Wanted, ...]
    on: Question | None
    differences: bool
    problems: tuple[str, ...]
    missing: bool = False

    @property
    def problem(self) -> str:
        """Why these cannot be compared; empty where they can."""
        if self.problems:
            return " ".join(self.problems)
        if len(self.columns) < FEWEST:
            return say("Choose at least two profiles: one alone cannot be compared.")
        if len(self.columns) > MOST:
            return say(
                "Choose at most %(most)s profiles: %(count)s were asked for.", most=MOST, count=len(self.columns)
            )
        return ""

    def address(self, columns: Sequence[Wanted] | None = None, suffix: str = "/", **changed: object) -> str:
        """The one address of these columns, or of others, with the same time and the same narrowing."""
        asked = dataclasses.replace(self, **changed) if changed else self  # type: ignore[arg-type]
        pairs = [f"with={quote(one.name, safe='/@:')}" for one in (columns if columns is not None else self.columns)]
        pairs += [f"on={quote(asked.on.text, safe='/')}"] if asked.on else []
        pairs += ["only=differences"] if asked.differences else []
        place = f"/compare{suffix}" if suffix.startswith(".") else f"{addresses.root()}/compare{suffix}"
        return f"{place}?{'&'.join(pairs)}" if pairs else place

    def without(self, index: int) -> str:
        """The address of all columns but one."""
        return self.address([*self.columns[:index], *self.columns[index + 1 :]])

    def moved(self, index: int, by: int) -> str:
        """The address with one column moved."""
        columns = list(self.columns)
        columns.insert(index + by, columns.pop(index))
        return self.address(columns)


def asked_for(names: Iterable[str], on: str = "", differences: bool = False) -> Asked:
    """Read a query string: one query, another for slugs that were left, one for numbered editions."""
    wanted = [name.strip().strip("/")[:LONGEST] for name in dict.fromkeys(names) if name.strip()][:100]
    problems: list[str] = []
    every = _time(on, problems)
    read = [(name, *_parts(name)) for name in wanted]
    there = _public({slug for _, _, slug, _, _ in read if slug})
    columns: list[Wanted] = []
    unknown: list[str] = []
    for name, folder, slug, number, when in read:
        entry = next((there[m, slug] for m in _models(folder) if (m, slug) in there), None)
        if entry is None or number is None:
            unknown.append(name)
            continue
        one = Wanted(entry.uid, entry.model, entry.slug, heading(entry), number or None, _time(when, problems))
        if one not in columns:
            columns.append(one)
    missing = bool(unknown)
    if unknown:
        names = say(", ").join(say("“%(words)s”", words=name) for name in unknown)
        problems.insert(0, say("Nothing is published under %(names)s.", names=names))
    return Asked(tuple(columns), every, differences, tuple(problems), missing)


def _parts(name: str) -> tuple[str, str, int | None, str]:
    """Folder, slug, number (0 for the newest, None where it is no number), time."""
    head, *marks = name.split("@")
    folder, _, slug = head.rpartition("/")
    number: int | None = 0
    when = ""
    for mark in marks:
        if mark.startswith("on:"):
            when = mark.removeprefix("on:")
        else:
            number = int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 10 and int(mark) else None
    return folder, slug if name.isprintable() else "", number, when


def _models(folder: str) -> tuple[str, ...]:
    return _ORDER if not folder else (addresses.MODELS.get(folder, ""),)


def _public(slugs: set[str]) -> dict[tuple[str, str], Entry]:
    rows = Entry.objects.filter(slug__in=slugs).only(*columns("uid", "model", "slug", "label"))
    found = {(row.model, row.slug): row for row in rows}
    if left := slugs - {slug for _, slug in found}:
        old = {(row.model, row.slug): row.profile for row in OldSlug.objects.filter(slug__in=left)}
        now = Entry.objects.only(*columns("uid", "model", "slug", "label")).in_bulk(set(old.values())) if old else {}
        found |= {place: now[uid] for place, uid in old.items() if uid in now}
    return found


def _time(text: str, problems: list[str]) -> Question | None:
    try:
        return ask(text) if text.strip() else None
    except DateError as error:
        problems.append(date_problem(error))
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """What one column shows: one edition, asked about a time or not; `retracted` holds what was taken back since."""

    wanted: Wanted
    dossier: Dossier
    on: Question | None
    newest: bool
    retracted: frozenset[str] = frozenset()


def read_columns(asked: Asked, library: Library) -> tuple[list[Column], list[str]]:
    """The dossiers of the columns, without what is no longer public; and the names of editions that were never made."""
    newest = library.dossiers(dict.fromkeys(one.uid for one in asked.columns))
    numbered = {(one.uid, one.number) for one in asked.columns if one.number}
    older = _numbered({pair for pair in numbered if pair[0] in newest and newest[pair[0]].edition.number != pair[1]})
    library.load(uid for dossier in older.values() for uid in _shown(dossier))
    columns: list[Column] = []
    missing: list[str] = []
    for one in asked.columns:
        current = newest.get(one.uid)
        is_newest = current is not None and one.number in (None, current.edition.number)
        dossier = current if is_newest else older.get((one.uid, one.number or 0))
        if dossier is None:
            missing.append(one.name)
            continue
        on = one.on or asked.on
        if is_newest:
            columns.append(Column(one, dossier, on, True))
            continue
        shown = tuple(claim for claim in dossier.claims if may_be_read(claim, library))
        now = {claim.uid: library.get(claim.uid) for claim in shown}
        back = {uid for uid, c in now.items() if isinstance(c, docs.Claim) and c.standing == "retracted"}
        retracted = frozenset(claim.uid for claim in shown if claim.uid in back and claim.standing != "retracted")
        columns.append(Column(one, dataclasses.replace(dossier, claims=shown), on, False, retracted))
    return columns, missing


def _shown(dossier: Dossier) -> set[str]:
    return {uid for claim in dossier.claims for uid in (claim.uid, *docs.touched(claim))}


def _numbered(pairs: set[tuple[str, int]]) -> dict[tuple[str, int], Dossier]:
    """The dossiers of some (profile, number): two queries, one more for each number that several profiles share."""
    if not pairs:
        return {}
    uids, numbers = {uid for uid, _ in pairs}, {number for _, number in pairs}
    rows = Edition.objects.filter(profile__in=uids, number__in=numbers).select_related("publication")
    wanted = [row for row in rows if (row.profile, row.number) in pairs]
    return {(row.profile, row.number): read_editions([row])[row.profile] for row in wanted}
