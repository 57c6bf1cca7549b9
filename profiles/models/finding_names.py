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

from profiles.values.likeness import Form
from profiles.values.mistakes import ENDS, allowed, heads, mistakes, one_away, tails
from profiles.values.names import fold
from profiles.values.skeleton import skeleton, written

from .documents import chunks
from .published import Entry, Spelling

NAMES, WORDS_OF, KEYS_OF, KNOWN = "profiles_foundname", "profiles_foundword", "profiles_foundkey", "profiles_knownword"
_SPELLINGS, _ENTRIES = Spelling._meta.db_table, Entry._meta.db_table
LONGEST_WORD = 100  # signs of a word that are kept
BATCH = 500
MANY = 300  # names; words that as many have are not counted further
_LAST_SIGN = "\U0010ffff"
_BESIDE = "|"  # between the words of a name and other ways in which they were written; no word holds it


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
    """All that a name must have, of its words or of its keys."""

    table: str
    all_of: tuple[Part, ...]


class Name(NamedTuple):
    """A name that was found, taken apart as it was put in."""

    key: int
    name: str
    sort: str
    claim: str
    entry: str
    folded: str
    words: str
    keys: str

    @property
    def form(self) -> Form:
        """What it is compared by."""
        return Form(self.folded, tuple(self.words.partition(_BESIDE)[0].split()), tuple(self.keys.split()))


def put_names(rows: Iterable[Spelling]) -> None:
    """Let some saved names be found."""
    fill_names(_connection(), ((row.pk, row.name) for row in rows))


def fill_names(connection: BaseDatabaseWrapper, names: Iterable[tuple[int, str]]) -> None:
    """Let some names, given with their keys, be found."""
    rows = [_taken_apart(key, name) for key, name in names]
    by_word = [(word, key) for key, _, words, _ in rows for word in _several(words.replace("|", " "))]
    by_key = [(one, key) for key, _, _, keys in rows for one in _several(keys)]
    known = sorted({word for word, _ in by_word})
    with connection.cursor() as cursor:
        fresh = "UPDATE SET folded = EXCLUDED.folded, words = EXCLUDED.words, keys = EXCLUDED.keys"
        _insert(cursor, NAMES, "spelling, folded, words, keys", rows, f"(spelling) DO {fresh}")
        _insert(cursor, WORDS_OF, "part, spelling", by_word)
        _insert(cursor, KEYS_OF, "part, spelling", by_key)
        _insert(cursor, KNOWN, "word, head, tail", [(word, word[:ENDS], word[-ENDS:]) for word in known])


def _taken_apart(key: int, name: str) -> tuple[int, str, str, str]:
    plain, beside = (" ".join(cut(words)) for words in written(name))
    words = f" {plain} " + (f"{_BESIDE} {beside} " if beside else "")
    return key, fold(name), words, f" {' '.join(cut(skeleton(name).split()))} "


def cut(words: Iterable[str]) -> list[str]:
    """Words at the length at which they are kept."""
    return [word[:LONGEST_WORD] for word in words]


def _several(words: str) -> list[str]:
    return sorted(set(words.split()))


def _insert(cursor: Any, table: str, columns: str, rows: Sequence[tuple[Any, ...]], there: str = "DO NOTHING") -> None:
    places = _places(columns.split())
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT {there}"  # noqa: S608 (our own names)
    for start in range(0, len(rows), BATCH):
        cursor.executemany(sql, rows[start : start + BATCH])


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


def names_with(choices: Iterable[Parts], limit: int, folded: str = "") -> list[Name]:
    """The names that are the very folded one, or have all parts of any choice; at most so many for each."""
    wanted = [parts for parts in choices if parts.all_of and all(part.either for part in parts.all_of)]
    asked = [_asked(parts, counts, limit) for parts, counts in zip(wanted, _counts(wanted), strict=True)]
    if folded:
        asked.append((f"SELECT id AS spelling FROM {_SPELLINGS} WHERE skeleton = %s LIMIT {limit}", [folded[:300]]))  # noqa: S608
    if not asked:
        return []
    keys = " UNION ".join(f"SELECT * FROM ({sql}) AS one{place}" for place, (sql, _) in enumerate(asked))  # noqa: S608
    sql = (
        f"SELECT s.id, s.name, s.name_sort, s.claim, s.entry_id, n.folded, n.words, n.keys FROM ({keys}) AS found "  # noqa: S608
        f"CROSS JOIN {NAMES} AS n CROSS JOIN {_SPELLINGS} AS s WHERE n.spelling = found.spelling AND s.id = n.spelling"
    )
    with _connection().cursor() as cursor:
        cursor.execute(sql, [value for _, values in asked for value in values])
        return [Name(*row) for row in cursor.fetchall()]


def _counts(wanted: list[Parts]) -> list[list[int]]:
    """How many names have each part, up to MANY; nothing is asked where there is nothing to choose."""
    open_ = [parts for parts in wanted if len(parts.all_of) > 1]
    told: dict[tuple[str, Part], int] = {(parts.table, part): 0 for parts in open_ for part in parts.all_of}
    if told:
        each = [(table, *_having(part)) for table, part in told]
        columns = ", ".join(
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} AS p WHERE {where} LIMIT {MANY}) AS few)"  # noqa: S608
            for table, where, _ in each
        )
        with _connection().cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [value for _, _, values in each for value in values])
            told = dict(zip(told, cursor.fetchone(), strict=True))
    return [[told.get((parts.table, part), 0) for part in parts.all_of] for parts in wanted]


def _asked(parts: Parts, counts: list[int], limit: int) -> tuple[str, list[str]]:
    """The keys of names by the rarest part, the others looked for in them."""
    first = counts.index(min(counts))
    where, values = _having(parts.all_of[first])
    column = "words" if parts.table == WORDS_OF else "keys"
    others = [_like(part) for place, part in enumerate(parts.all_of) if place != first]
    if not others:
        return f"SELECT p.spelling FROM {parts.table} AS p WHERE {where} LIMIT {limit}", values  # noqa: S608
    there = " AND ".join("(" + " OR ".join(f"n.{column} LIKE %s" for _ in patterns) + ")" for patterns in others)
    sql = (
        f"SELECT p.spelling FROM {parts.table} AS p CROSS JOIN {NAMES} AS n "  # noqa: S608 (our own names)
        f"WHERE {where} AND n.spelling = p.spelling AND {there} LIMIT {limit}"
    )
    return sql, [*values, *(pattern for patterns in others for pattern in patterns)]


def _having(part: Part) -> tuple[str, list[str]]:
    if part.begun:
        [word] = part.either
        return f"p.part {'>' if part.longer else '>='} %s AND p.part < %s", [word, word + _LAST_SIGN]
    return f"p.part IN ({_places(part.either)})", list(part.either)


def _like(part: Part) -> list[str]:
    return [f"% {word}{'%' if part.begun else ' %'}" for word in part.either]


def words_near(typed: str) -> list[str]:
    """The words of names that a folded word may have been meant for, the nearest first."""
    most = allowed(typed)
    if not most:
        return [typed]
    if most == 1:
        values = sorted(one_away(typed))
        sql = f"SELECT word FROM {KNOWN} WHERE word IN ({_places(values)})"  # noqa: S608 (our own names)
    else:
        begun, ended = sorted(heads(typed)), sorted(tails(typed))
        values = [typed[:ENDS], typed[-ENDS:], *begun, *ended]
        # One end is as it was typed, or each holds one mistake: then by its beginning, and of the end no index.
        sql = (
            f"SELECT word FROM {KNOWN} WHERE head = %s UNION SELECT word FROM {KNOWN} WHERE tail = %s "  # noqa: S608
            f"UNION SELECT word FROM {KNOWN} WHERE head IN ({_places(begun)}) AND tail || '' IN ({_places(ended)})"
        )
    with _connection().cursor() as cursor:
        cursor.execute(sql, values)
        found = [(away, word) for (word,) in cursor.fetchall() if (away := mistakes(typed, word)) is not None]
    return [word for _, word in sorted(found)]


def entries_named(uids: Sequence[str], columns: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Uid -> some columns of the entries that are there."""
    if not uids:
        return {}
    with _connection().cursor() as cursor:
        cursor.execute(
            f"SELECT uid, {', '.join(columns)} FROM {_ENTRIES} WHERE uid IN ({_places(uids)})",  # noqa: S608 (our own names)
            list(uids),
        )
        return {uid: tuple(row) for uid, *row in cursor.fetchall()}


def clear_names() -> None:
    """No name is found any more."""
    with _connection().cursor() as cursor:
        for table in (NAMES, WORDS_OF, KEYS_OF, KNOWN):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of our own)


def _places(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


def _connection() -> BaseDatabaseWrapper:
    return connections[Spelling.objects.db]
