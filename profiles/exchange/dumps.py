"""A whole database out of its server and back in one transaction: SQLite's backup API, PostgreSQL's own programs."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError

from profiles.exchange.archive import BackupError, Head

# What the file is called in the archive.
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
# Seconds that a restore waits for those who use the database.
PATIENCE = 60
# Made by `migrate` itself: a database with rows in no other table is empty.
MADE_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}
# What SQLite keeps behind the table of search, with rows even where nothing is found.
BEHIND_SEARCH = ("profiles_foundtext_",)
_HEAD = "SELECT number, sha256 FROM profiles_publication ORDER BY number DESC LIMIT 1"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
# All that is in the schema, but for what belongs to an extension; the dump brings it back.
_CLEAR = """SET LOCAL lock_timeout = '{patience}s';
DO $$
DECLARE it record;
BEGIN
  FOR it IN SELECT oid, relkind FROM pg_class WHERE relnamespace = current_schema()::regnamespace
      AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('e', 'i', 'a'))
  LOOP
    -- A view or sequence may have gone with the table before it.
    IF EXISTS (SELECT 1 FROM pg_class WHERE oid = it.oid) THEN
      EXECUTE format('DROP %s %s CASCADE',
        CASE it.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
        ELSE 'TABLE' END, it.oid::regclass);
    END IF;
  END LOOP;
  FOR it IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', it.oid::regprocedure);
  END LOOP;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Dump:
    """A database in a file, and what was read from the same moment of it."""

    file: Path
    head: Head | None
    migrations: list[tuple[str, str]]
    version: str


def dump_database(connection: BaseDatabaseWrapper, folder: Path) -> Dump:
    """Write the database to a file in a folder, as it was at one moment, while others may write."""
    file = folder / _name(connection)
    make = _dump_sqlite if connection.vendor == "sqlite" else _dump_postgresql
    try:
        return make(connection, file)
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"the database cannot be read: {error}") from error


def load_database(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """Put the database from a folder in the place of what is there: all of it, or nothing is changed."""
    file = folder / _name(connection)
    connection.close()
    load = _load_sqlite if connection.vendor == "sqlite" else _load_postgresql
    load(connection, file)


def check_dump(connection: BaseDatabaseWrapper, folder: Path, head: Head | None) -> None:
    """Refuse a file that the database would not take, without touching the database."""
    file = folder / _name(connection)
    if connection.vendor == "postgresql":
        _run([_program("pg_restore"), "--list", str(file)], {})
        return
    with closing(sqlite3.connect(file)) as copy:
        try:
            _check_sqlite(copy)
            found, _ = _read(lambda sql: copy.execute(sql).fetchall())
        except sqlite3.Error as error:
            raise BackupError(f"its database cannot be read: {error}") from error
    if found != head:
        raise BackupError(f"its manifest says head {head}, its database {found}")


def has_publication(connection: BaseDatabaseWrapper, folder: Path, sha256: str) -> bool:
    """Whether the database in a folder holds a publication with this digest; the live database is not touched."""
    file = folder / _name(connection)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            return copy.execute("SELECT 1 FROM profiles_publication WHERE sha256 = ?", (sha256,)).fetchone() is not None
    options = ["--data-only", "--table=profiles_publication", "--file=-", str(file)]
    rows = _run([_program("pg_restore"), *options], {})
    return any(sha256 in row.split("\t") for row in rows.splitlines())


def tables_with_rows(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that hold something, but for those that `migrate` fills; none where there is no database yet."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return []
    found = []
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - MADE_BY_MIGRATE):
            if table.startswith(BEHIND_SEARCH):
                continue
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608 (a name it has)
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def _name(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor not in NAMES:
        raise BackupError(f"no backup of {connection.vendor}: only of SQLite and PostgreSQL")
    return NAMES[connection.vendor]


def _read(rows: Callable[[str], list[Any]]) -> tuple[Head | None, list[tuple[str, str]]]:
    """The newest publication and the migrations."""
    head = next((Head(number, sha) for number, sha in rows(_HEAD)), None)
    return head, [(app, name) for app, name in rows(_MIGRATIONS)]


# SQLite


def _dump_sqlite(connection: BaseDatabaseWrapper, file: Path) -> Dump:
    # Not Django's connection: it may be in a transaction, and would not see what others have written.
    path = Path(connection.settings_dict["NAME"])
    if not path.exists():
        raise BackupError(f"there is no database {path}")
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        # In one step, from one snapshot: writers go on, and none makes it begin again.
        source.backup(copy)
        # One file, that needs no log beside it to be read.
        copy.execute("PRAGMA journal_mode=DELETE")
        _check_sqlite(copy)
        head, migrations = _read(lambda sql: copy.execute(sql).fetchall())
    return Dump(file, head, migrations, sqlite3.sqlite_version)


def _check_sqlite(copy: sqlite3.Connection) -> None:
    wrong = [row[0] for row in copy.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    if wrong:
        raise BackupError(f"the SQLite database is damaged: {'; '.join(wrong)}")


def _load_sqlite(connection: BaseDatabaseWrapper, file: Path) -> None:
    path = Path(connection.settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + PATIENCE

    def told(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise BackupError(f"{path} is in use; stop the site and try again")

    # Through SQLite and not by a copy of the file: whoever has it open sees the new content, or all of the old.
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(path, timeout=5)) as target:
        try:
            source.backup(target, progress=told)
        except sqlite3.Error as error:
            raise BackupError(f"{path} could not be written: {error}") from error


# PostgreSQL


def _dump_postgresql(connection: BaseDatabaseWrapper, file: Path) -> Dump:
    program = _program("pg_dump")
    with transaction.atomic(using=connection.alias, durable=True), connection.cursor() as cursor:

        def rows(sql: str) -> list[Any]:
            cursor.execute(sql)
            return cursor.fetchall()

        # The dump and what is told of it are of one moment.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = rows("SELECT pg_export_snapshot()")[0][0]
        head, migrations = _read(rows)
        version = rows("SHOW server_version")[0][0]
        # Uncompressed: the archive is.
        options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        _run_on(connection, program, [*options, f"--snapshot={snapshot}", f"--file={file}"])
    return Dump(file, head, migrations, version)


def _load_postgresql(connection: BaseDatabaseWrapper, file: Path) -> None:
    clear, load = file.with_suffix(".clear.sql"), file.with_suffix(".sql")
    clear.write_text(_CLEAR.format(patience=PATIENCE))
    options = ["--no-owner", "--no-privileges", f"--file={load}", str(file)]
    _run([_program("pg_restore"), *options], {})
    # One transaction: what is there goes only if all of the dump comes.
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    _run_on(connection, _program("psql"), [*options, f"--file={clear}", f"--file={load}"])


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not installed; on Debian and Ubuntu: apt-get install postgresql-client")
    return path


def _run_on(connection: BaseDatabaseWrapper, program: str, options: list[str]) -> None:
    """Run one of PostgreSQL's programs on the database; the password goes by its environment, which no `ps` shows."""
    arguments, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, options)
    _run([program, *arguments[1:]], environment or {})


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)  # noqa: S603 (a list of our own, no shell)
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.returncode}")
    return done.stdout
