"""What search asks of names: by the words in them, by the keys of those words, and by words near to a mistyped one.

Four plain tables, the same in each database, made and filled by a migration, then by publications alone; they hold
nothing that cannot be made again:

- `foundname`: a name taken apart, so that a search need not: folded, its words, its keys. One row a `Spelling`.
- `foundword`, `foundkey`: which names have a word, or a key. They are sorted by it, so one may be asked that goes on.
- `knownword`: each word once, with its ends, to find those that are near to a mistyped one.

A search begins with the word that fewest names have, and looks for the others in those names alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from profiles.values.mistakes import ENDS, allowed, heads, mistakes, one_away, tails
from profiles.values.names import fold
from profiles.values.skeleton import skeleton, written

from .documents import chunks
from .published import Entry, Spelling

NAMES, WORDS_OF, KEYS_OF, KNOWN = "profiles_foundname", "profiles_foundword", "profiles_foundkey", "profiles_knownword"
_SPELLINGS, _ENTRIES = Spelling._meta.db_table, Entry._meta.db_table
LONGEST_WORD = 100  # signs of a word that are kept
BATCH = 500
SAME = 100  # names that are the very same
MANY = 300  # names; words that as many have are not counted further
_LAST_SIGN = "\U0010ffff"
BESIDE = "|"  # between the words of a name and other ways in which they were written; no word holds it


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a key that a name must have, or several of which it must have one; `begun`: it may go on.

    With `longer` it has to.
    """

    either: tuple[str, ...]
    begun: bool = False
    longer: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a name must have, of its words or of its keys; and how many such names are looked at."""

    table: str
    all_of: tuple[Part, ...]
    limit: int


# A name that was found, taken apart as it was put in: key, uid of its entry, folded, words, keys.
Candidate = tuple[int, str, str, str, str]


class Name(NamedTuple):
    """A name as a page shows it, with what it shows of its entry; `card` where it was asked for."""

    name: str
    sort: str
    claim: str
    label: str
    model: str
    slug: str
    kind: str
    card: str = ""


def put_names(rows: Iterable[Spelling]) -> None:
    """Let some saved names be found."""
    fill_names(_connection(), ((row.pk, row.entry_id, row.name) for row in rows))


def fill_names(connection: BaseDatabaseWrapper, names: Iterable[tuple[int, str, str]]) -> None:
    """Let some names, each with its key and its entry's uid, be found."""
    rows = [_taken_apart(*name) for name in names]
    by_word = [(word, key) for key, _, _, words, _ in rows for word in _several(words.replace(BESIDE, " "))]
    by_key = [(one, key) for key, *_, keys in rows for one in _several(keys)]
    known = sorted({word for word, _ in by_word})
    with connection.cursor() as cursor:
        fresh = ", ".join(f"{column} = EXCLUDED.{column}" for column in ("entry", "folded", "words", "keys"))
        _insert(cursor, NAMES, "spelling, entry, folded, words, keys", rows, f"(spelling) DO UPDATE SET {fresh}")
        _insert(cursor, WORDS_OF, "part, spelling", by_word)
        _insert(cursor, KEYS_OF, "part, spelling", by_key)
        _insert(cursor, KNOWN, "word, head, tail", [(word, word[:ENDS], word[-ENDS:]) for word in known])


def _taken_apart(key: int, entry: str, name: str) -> Candidate:
    plain, beside = (" ".join(cut(words)) for words in written(name))
    words = f" {plain} " + (f"{BESIDE} {beside} " if beside else "")
    return key, entry, fold(name), words, f" {' '.join(cut(skeleton(name).split()))} "


def cut(words: Iterable[str]) -> list[str]:
    """Words at the length at which they are kept."""
    return [word[:LONGEST_WORD] for word in words]


def _several(words: str) -> list[str]:
    return sorted(set(words.split()))


def _insert(cursor: Any, table: str, columns: str, rows: Sequence[tuple[Any, ...]], there: str = "DO NOTHING") -> None:
    row = f"({_places(columns.split())})"
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        places = ", ".join([row] * len(some))
        sql = f"INSERT INTO {table} ({columns}) VALUES {places} ON CONFLICT {there}"  # noqa: S608 (our own names)
        cursor.execute(sql, [value for one in some for value in one])


def drop_names(rows: "QuerySet[Spelling]") -> None:
    """Let some names be found no more, nor by mistakes the words that only they had; before they are deleted."""
    sql, values = rows.values("pk").order_by().query.sql_with_params()
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT part FROM {WORDS_OF} WHERE spelling IN ({sql})", values)  # noqa: S608 (Django's own SQL)
        words = [word for (word,) in cursor.fetchall()]
        for table in (NAMES, WORDS_OF, KEYS_OF):
            cursor.execute(f"DELETE FROM {table} WHERE spelling IN ({sql})", values)  # noqa: S608 (as above)
        for some in chunks(words):
            cursor.execute(
                f"DELETE FROM {KNOWN} WHERE word IN ({_places(some)}) "  # noqa: S608 (our own names)
                f"AND NOT EXISTS (SELECT 1 FROM {WORDS_OF} WHERE part = word)",
                list(some),
            )


class Counts(dict[tuple[str, Part], int]):
    """How many names have a part of their words or keys, up to MANY: what one question needs, each counted once."""

    def ask(self, wanted: Iterable[tuple[str, Part]]) -> None:
        """Count what was not counted before, all in one."""
        new = [pair for pair in dict.fromkeys(wanted) if pair not in self]
        if not new:
            return
        each = [(table, *_having(part)) for table, part in new]
        columns = ", ".join(
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} AS p WHERE {where} LIMIT {MANY}) AS few)"  # noqa: S608
            for table, where, _ in each
        )
        [found] = _rows(f"SELECT {columns}", [value for _, _, values in each for value in values])
        self.update(zip(new, found, strict=True))

    def known(self, words: Iterable[str]) -> set[str]:
        """Those of some words that stand in a name."""
        there = {word: (WORDS_OF, Part((word,))) for word in words}
        self.ask(there.values())
        return {word for word, pair in there.items() if self[pair]}

    def of(self, parts: Parts) -> list[int]:
        """The counts of all parts; what was not counted is taken for much."""
        return [self.get((parts.table, part), MANY) for part in parts.all_of]


def names_with(choices: Iterable[Parts], counts: Counts, folded: str = "") -> list[Candidate]:
    """The names that have all parts of any choice, and those that are the very folded one, of which the first is."""
    wanted = [parts for parts in choices if parts.all_of and all(part.either for part in parts.all_of)]
    if _connection().vendor == "sqlite":
        # PostgreSQL reckons with statistics of its own which part is the rarest.
        counts.ask((parts.table, part) for parts in wanted if len(parts.all_of) > 1 for part in parts.all_of)
    # What has a part that no name has is not asked.
    asked = [_asked(parts, counts.of(parts)) for parts in wanted if all(counts.of(parts))]
    # Nor is the very name, where no name has its words, or all that have them are looked at.
    if folded and wanted and wanted[0].limit < min(counts.of(wanted[0])):
        asked.append((f"SELECT id AS spelling FROM {_SPELLINGS} WHERE skeleton = %s LIMIT {SAME}", [folded[:300]]))  # noqa: S608
    if not asked:
        return []
    keys = " UNION ".join(f"SELECT * FROM ({sql}) AS one{place}" for place, (sql, _) in enumerate(asked))  # noqa: S608
    sql = (
        f"SELECT n.spelling, n.entry, n.folded, n.words, n.keys FROM ({keys}) AS found "  # noqa: S608
        f"CROSS JOIN {NAMES} AS n WHERE n.spelling = found.spelling"
    )
    return _rows(sql, [value for _, values in asked for value in values])


def _asked(parts: Parts, counts: list[int]) -> tuple[str, list[str]]:
    """The keys of names by the rarest part, the others looked for in them."""
    # One that must go on has a range of its own, and is begun with unless that is long.
    first = min(range(len(counts)), key=lambda n: (not parts.all_of[n].longer or counts[n] >= MANY, counts[n]))
    where, values = _having(parts.all_of[first])
    for place, part in enumerate(parts.all_of):
        if place != first:
            here, more = _having(part, "q")
            where += f" AND EXISTS (SELECT 1 FROM {parts.table} AS q WHERE q.spelling = p.spelling AND {here})"  # noqa: S608
            values += more
    return f"SELECT p.spelling FROM {parts.table} AS p WHERE {where} LIMIT {parts.limit}", values  # noqa: S608


def _having(part: Part, row: str = "p") -> tuple[str, list[str]]:
    if part.begun:
        [word] = part.either
        return f"{row}.part {'>' if part.longer else '>='} %s AND {row}.part < %s", [word, word + _LAST_SIGN]
    return f"{row}.part IN ({_places(part.either)})", list(part.either)


def words_near(typed: str) -> list[str]:
    """The words of names that a folded word may have been meant for, the nearest first."""
    most = allowed(typed)
    if not most:
        return [typed]
    if most == 1:
        among, tried = _among(one_away(typed))
        found = _near(typed, f"SELECT word FROM {KNOWN} WHERE word {among}", tried)  # noqa: S608 (our own names)
    else:
        ends = f"SELECT word FROM {KNOWN} WHERE head = %s UNION SELECT word FROM {KNOWN} WHERE tail = %s"  # noqa: S608
        found = _near(typed, ends, [typed[:ENDS], typed[-ENDS:]])
        if not found or found[0][0] > 1:
            # A mistake at each end: looked up by the beginning, the end only compared.
            (so, begun), (or_so, ended) = _among(heads(typed)), _among(tails(typed))
            sql = f"SELECT word FROM {KNOWN} WHERE head {so} AND tail || '' {or_so}"  # noqa: S608 (as above)
            found = sorted({*found, *_near(typed, sql, [*begun, *ended])})
    return [word for _, word in found]


def _near(typed: str, sql: str, values: Sequence[object]) -> list[tuple[int, str]]:
    return sorted((away, word) for (word,) in _rows(sql, values) if (away := mistakes(typed, word)) is not None)


def names_shown(keys: Sequence[int], with_card: bool) -> dict[int, Name]:
    """Key -> name, of names that were found."""
    if not keys:
        return {}
    sql = (
        "SELECT s.id, s.name, s.name_sort, s.claim, e.label, e.model, e.slug, e.kind"  # noqa: S608 (our own names)
        f"{', e.card' if with_card else ''} FROM {_SPELLINGS} AS s JOIN {_ENTRIES} AS e ON e.uid = s.entry_id "
        f"WHERE s.id IN ({_places(keys)})"
    )
    return {key: Name(*row) for key, *row in _rows(sql, keys)}


def clear_names() -> None:
    """No name is found any more."""
    with _connection().cursor() as cursor:
        for table in (NAMES, WORDS_OF, KEYS_OF, KNOWN):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of our own)


def _rows(sql: str, values: Sequence[object]) -> list[Any]:
    with _connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _among(values: Iterable[str]) -> tuple[str, list[Any]]:
    """That a column has one of very many values: PostgreSQL reads them quicker as an array."""
    many = sorted(values)
    return ("= ANY(%s)", [many]) if _connection().vendor == "postgresql" else (f"IN ({_places(many)})", many)


def _places(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


def _connection() -> BaseDatabaseWrapper:
    return connections[Spelling.objects.db]
