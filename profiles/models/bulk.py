"""Many rows at once: COPY on PostgreSQL, executemany on SQLite, past Model.__init__ and its fields' preparation."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any

from django.db import connection, models

BATCH = 5_000


def insert(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, replace: bool = False
) -> None:
    """Insert rows of plain values (text, int, bool, date, None), given by column attname; in the caller's transaction.

    With `replace` a row whose primary key is there takes the new values. Columns left out must have a database default
    or be generated keys.
    """
    names = [table._meta.get_field(name).column for name in columns]
    pk = table._meta.pk.column
    if replace or connection.vendor == "sqlite":
        _execute_many(table._meta.db_table, names, rows, pk if replace else "")
    else:
        _copy(table._meta.db_table, names, rows)


def existing(table: type[models.Model], keys: Iterable[str], *, hold: bool = False) -> set[str]:
    """Those of some text keys that rows have: one parameter for all of them, where a list of thousands costs more.

    With `hold` nobody else changes these rows before the transaction ends (SQLite has one writer at a time anyway).
    """
    name = connection.ops.quote_name(table._meta.pk.column)
    asked = list(keys)
    if not asked:
        return set()
    wanted, one = among(asked)
    if hold and connection.vendor == "postgresql":
        # In one order for all, so that no two wait for each other; and not in the way of rows that refer to these.
        wanted += f" ORDER BY {name} FOR NO KEY UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table._meta.db_table} WHERE {name} {wanted}", [one])  # noqa: S608
        return {row[0] for row in cursor.fetchall()}


def among(keys: list[str]) -> tuple[str, Any]:
    """The condition that a column is one of some texts, and its one parameter."""
    if connection.vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))", json.dumps(keys)
    return "= ANY(%s)", keys


def columns_of(table: type[models.Model], names: Sequence[str], keys: Iterable[str]) -> list[tuple[Any, ...]]:
    """Some columns of the rows that have these text keys, as the database gives them: one query.

    Of a page's few hundred documents the query set would take longer to put the question than the database to answer.
    """
    asked = list(dict.fromkeys(keys))
    if not asked:
        return []
    wanted, one = among(asked)
    quoted = [connection.ops.quote_name(name) for name in (*names, table._meta.pk.column, table._meta.db_table)]
    sql = f"SELECT {', '.join(quoted[:-2])} FROM {quoted[-1]} WHERE {quoted[-2]} {wanted}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [one])
        return list(cursor.fetchall())


def _execute_many(table: str, names: list[str], rows: Iterable[Sequence[Any]], pk: str) -> None:
    quoted = [connection.ops.quote_name(name) for name in names]
    sql = f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    if pk:
        key = connection.ops.quote_name(pk)
        changed = ", ".join(f"{name} = excluded.{name}" for name in quoted if name != key)
        sql += f" ON CONFLICT ({key}) DO UPDATE SET {changed}"
    rows = iter(rows)
    with connection.cursor() as cursor:
        while some := [tuple(map(_plain, row)) for row in islice(rows, BATCH)]:
            cursor.executemany(sql, some)


def _copy(table: str, names: list[str], rows: Iterable[Sequence[Any]]) -> None:
    rest = iter(rows)
    first = next(rest, None)
    if first is None:
        return
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in chain((first,), rest):
            copy.write_row(row)


def _plain(value: Any) -> Any:
    # Python's own date adapter for SQLite is deprecated; ISO text is what Django keeps there, and PostgreSQL reads it.
    return value.isoformat() if isinstance(value, date) else value
