"""What search asks: the keys of names, and the words of statements, in each database's own index.

SQLite keeps them in FTS5 tables, PostgreSQL in tables with GIN indexes (pg_trgm, tsvector); both are made by a
migration, filled by publications alone, and hold nothing that cannot be made again. A row has the key of its
`Spelling` or `PublishedClaim`. The single words of names stand in a table of their own, to find those that are near to
a mistyped one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from profiles.values.mistakes import ENDS, allowed, heads, mistakes, one_away
from profiles.values.names import fold
from profiles.values.skeleton import skeleton, words

from .published import PublishedClaim, Spelling

NAMES, TEXTS, WORDS = "profiles_foundname", "profiles_foundtext", "profiles_foundword"
LONGEST_WORD = 100
BATCH = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Signs that stand in a column of the names: `folded` or `skeleton`. A word begins and ends with a space."""

    column: str
    signs: str


def put_names(rows: Iterable[Spelling]) -> None:
    """Let some saved names be found."""
    names = [(row.pk, row.name) for row in rows]
    _put(NAMES, ("folded", "skeleton"), [(key, f" {fold(name)} ", f" {skeleton(name)} ") for key, name in names])
    put_words(_connection(), names)


def put_words(connection: BaseDatabaseWrapper, names: Iterable[tuple[int, str]]) -> None:
    """Let some names, given with their keys, be found by the single words in them."""
    rows = [
        (word, word[:ENDS], word[-ENDS:], key)
        for key, name in names
        for word in sorted({word[:LONGEST_WORD] for word in words(name)})
    ]
    sql = f"INSERT INTO {WORDS} (word, head, tail, spelling) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(sql, rows[start : start + BATCH])


def put_texts(rows: Iterable[PublishedClaim]) -> None:
    """Let the statements of some saved claims be found."""
    _put(TEXTS, ("words",), [(row.pk, fold(row.statement)) for row in rows if row.statement])


def drop_names(rows: "QuerySet[Spelling]") -> None:
    """Let some names be found no more; before they are deleted."""
    _drop(NAMES, rows)
    _drop(WORDS, rows, "spelling")


def drop_texts(rows: "QuerySet[PublishedClaim]") -> None:
    """Let some statements be found no more; before their rows are changed."""
    _drop(TEXTS, rows)


def clear() -> None:
    """Nothing is found any more."""
    with _connection().cursor() as cursor:
        for table in (NAMES, TEXTS, WORDS):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of our own)


def scrub(connection: BaseDatabaseWrapper) -> None:
    """Take out of the index what deleted rows left in it (SQLite marks it, and merges later)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in (NAMES, TEXTS):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 (as above)


def names_with(either: Iterable[Iterable[Part]], limit: int) -> list[int]:
    """Keys of names that have all parts of any of the lists. Parts have three signs or more."""
    choices = [list(parts) for parts in either]
    if not choices:
        return []
    if _connection().vendor == "sqlite":
        asked = " OR ".join("(" + " AND ".join(f'{p.column} : "{p.signs}"' for p in parts) + ")" for parts in choices)
        return _keys(NAMES, f"{NAMES} MATCH %s", [asked], limit)
    where = " OR ".join("(" + " AND ".join(f"{p.column} LIKE %s" for p in parts) + ")" for parts in choices)
    return _keys(NAMES, where, [f"%{p.signs}%" for parts in choices for p in parts], limit)


def words_near(typed: str) -> list[str]:
    """The words of names that a folded word may have been meant for, the nearest first."""
    most = allowed(typed)
    if not most:
        return [typed]
    if most == 1:
        tried = sorted(one_away(typed))
        where, values = f"word IN ({_places(tried)})", tried
    else:
        tried = sorted(heads(typed))
        where, values = f"(head IN ({_places(tried)}) OR tail = %s)", [*tried, typed[-ENDS:]]
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT word FROM {WORDS} WHERE {where}", values)  # noqa: S608 (as below)
        found = [(away, word) for (word,) in cursor.fetchall() if (away := mistakes(typed, word)) is not None]
    return [word for _, word in sorted(found)]


def names_of_words(all_of: Iterable[list[str]], limit: int) -> list[int]:
    """Keys of names that have, of each list, one word."""
    wanted = list(all_of)
    if not wanted or not all(wanted):
        return []
    each = [f"SELECT spelling FROM {WORDS} WHERE word IN ({_places(either)})" for either in wanted]  # noqa: S608
    where = " AND ".join(f"rowid IN ({sql})" for sql in each)
    return _keys(NAMES, where, [word for either in wanted for word in either], limit)


def _places(values: Iterable[str]) -> str:
    return ", ".join("%s" for _ in values)


def texts_with(words: Iterable[str], limit: int) -> list[int]:
    """Keys of claims whose statement has every one of the folded words, in any of its forms."""
    wanted = list(words)
    if not wanted:
        return []
    if _connection().vendor == "sqlite":
        return _keys(TEXTS, f"{TEXTS} MATCH %s", [" AND ".join(f'"{word}"' for word in wanted)], limit)
    asked = " & ".join(f"'{word}'" for word in wanted)
    return _keys(TEXTS, "words @@ to_tsquery('english', %s)", [asked], limit)


def _keys(table: str, where: str, values: list[str], limit: int) -> list[int]:
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {table} WHERE {where} LIMIT %s", [*values, limit])  # noqa: S608 (our own names; what is asked is given apart)
        return [row[0] for row in cursor.fetchall()]


def _put(table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    connection = _connection()
    names = ", ".join(("rowid", *columns))
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({', '.join(['%s'] * (len(columns) + 1))})"  # noqa: S608
    else:
        made = ["to_tsvector('english', %s)" if name == "words" else "%s" for name in columns]
        fresh = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns)
        sql = (
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s', *made])}) "  # noqa: S608
            f"ON CONFLICT (rowid) DO UPDATE SET {fresh}"
        )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(sql, rows[start : start + BATCH])


def _drop(table: str, rows: "QuerySet[Any]", key: str = "rowid") -> None:
    sql, values = rows.values("pk").order_by().query.sql_with_params()
    with _connection().cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({sql})", values)  # noqa: S608 (Django's own SQL)


def _connection() -> BaseDatabaseWrapper:
    return connections[Spelling.objects.db]
