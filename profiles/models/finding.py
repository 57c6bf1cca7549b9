"""What search asks of statements: their words, in each database's own index.

SQLite keeps them in an FTS5 table, PostgreSQL in a tsvector with a GIN index; made by a migration, filled by
publications alone. A row has the key of its `PublishedClaim`. Names are found otherwise: `finding_names.py`.
"""

from collections.abc import Iterable

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from profiles.values.names import fold

from .published import PublishedClaim

TEXTS = "profiles_foundtext"
BATCH = 500


def put_texts(rows: Iterable[PublishedClaim]) -> None:
    """Let the statements of some saved claims be found."""
    connection = _connection()
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO {TEXTS} (rowid, words) VALUES (%s, %s)"  # noqa: S608 (our own names)
    else:
        sql = (
            f"INSERT INTO {TEXTS} (rowid, words) VALUES (%s, to_tsvector('english', %s)) "  # noqa: S608 (as above)
            "ON CONFLICT (rowid) DO UPDATE SET words = EXCLUDED.words"
        )
    texts = [(row.pk, fold(row.statement)) for row in rows if row.statement]
    with connection.cursor() as cursor:
        for start in range(0, len(texts), BATCH):
            cursor.executemany(sql, texts[start : start + BATCH])


def drop_texts(rows: "QuerySet[PublishedClaim]") -> None:
    """Let some statements be found no more; before their rows are changed."""
    sql, values = rows.values("pk").order_by().query.sql_with_params()
    with _connection().cursor() as cursor:
        cursor.execute(f"DELETE FROM {TEXTS} WHERE rowid IN ({sql})", values)  # noqa: S608 (Django's own SQL)


def clear_texts() -> None:
    """No statement is found any more."""
    with _connection().cursor() as cursor:
        cursor.execute(f"DELETE FROM {TEXTS}")  # noqa: S608 (a name of our own)


def scrub(connection: BaseDatabaseWrapper) -> None:
    """Take out of the index what deleted rows left in it (SQLite marks it, and merges later)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TEXTS} ({TEXTS}) VALUES ('optimize')")  # noqa: S608 (as above)


def texts_with(words: Iterable[str], limit: int) -> list[int]:
    """Keys of claims whose statement has every one of the folded words, in any of its forms."""
    wanted = list(words)
    if not wanted:
        return []
    if _connection().vendor == "sqlite":
        return _keys(f"{TEXTS} MATCH %s", [" AND ".join(f'"{word}"' for word in wanted)], limit)
    asked = " & ".join(f"'{word}'" for word in wanted)
    return _keys("words @@ to_tsquery('english', %s)", [asked], limit)


def _keys(where: str, values: list[str], limit: int) -> list[int]:
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TEXTS} WHERE {where} LIMIT %s", [*values, limit])  # noqa: S608 (our own names; what is asked is given apart)
        return [row[0] for row in cursor.fetchall()]


def _connection() -> BaseDatabaseWrapper:
    return connections[PublishedClaim.objects.db]
