"""The tests' database is a copy of one that the migrations made once.

The template is kept in the tree's own .pytest_cache (on PostgreSQL: beside the test databases, under a name of this
tree) for as long as all that it follows from is the same: migrations, models, guards, settings, installed packages, the
database's own release. Whoever comes first makes it, whoever comes meanwhile waits, and each works on a copy.
A test with transactions of its own leaves the copy as it was.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction

from profiles.models.guards import guards_down

FOLDER = settings.BASE_DIR / ".pytest_cache" / "template"
# On SQLite the template as it was when it was copied, whoever makes another meanwhile.
_template = None
# What the migrations fill.
FILLED = {"django_migrations", "django_content_type", "auth_permission"}
# `models` imports `values` and nothing else of ours, and the migrations import `models` alone.
FOLLOWS_FROM = (
    "profiles/migrations",
    "profiles/models",
    "profiles/values",
    "profiles/apps.py",
    "militiadb/settings.py",
)


def create(connection):
    """Make the test database and connect to it."""
    name = connection.creation._get_test_db_name()
    make = _copy_file if connection.vendor == "sqlite" else _copy_database
    make(connection, name)
    _connect(connection, name)


def put_back(connection):
    """After a test whose transactions were its own: the database as it was before."""
    ContentType.objects.clear_cache()
    if connection.vendor == "sqlite":
        # All pages at once, into whatever connections are open: rows, guards, counters of keys.
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours:
            _template.backup(ours)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            _empty(connection, cursor)
            return
    with guards_down(connection):
        call_command("flush", verbosity=0, interactive=False)


def _empty(connection, cursor):
    """Delete all rows that came since the migrations, past guards and foreign keys, from the tables that have any."""
    quote = connection.ops.quote_name
    with transaction.atomic():
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = sorted({row[0] for row in cursor.fetchall()} - FILLED)
        cursor.execute(f"SELECT {', '.join(f'EXISTS (SELECT 1 FROM {quote(name)})' for name in names)}")
        filled = [name for name, any_row in zip(names, cursor.fetchone(), strict=True) if any_row]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {quote(name)}")


def digest(connection, tree=settings.BASE_DIR):
    """One value for all that decides what the migrations make."""
    known = hashlib.sha256()
    for told in (sys.version, _release(connection), settings.INSTALLED_APPS, _installed()):
        known.update(repr(told).encode())
    for place in FOLLOWS_FROM:
        for file in sorted((tree / place).rglob("*.py")) or [tree / place]:
            known.update(f"\n{file.relative_to(tree)}\n".encode() + file.read_bytes())
    return known.hexdigest()[:24]


def _copy_file(connection, name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{digest(connection)}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for stale in FOLDER.glob("*.sqlite3*"):
                stale.unlink()
            making = FOLDER / "making.sqlite3"
            _migrate(connection, str(making))
            making.rename(kept)
        global _template
        _template = sqlite3.connect(f"file:{kept}?immutable=1", uri=True)
        shutil.copyfile(kept, name)


def _copy_database(connection, name):
    quote = connection.ops.quote_name
    # Of this tree and this role: another's may not be copied.
    whose = f"{settings.BASE_DIR} {connection.settings_dict['USER']}"
    ours = f"militiadb_template_{hashlib.sha256(whose.encode()).hexdigest()[:8]}"
    kept, making = f"{ours}_{digest(connection)}", f"{ours}_making"
    with connection.creation._nodb_cursor() as cursor, _alone(cursor):
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours])
        there = {row[0] for row in cursor.fetchall()}
        if kept not in there:
            for stale in sorted(there):
                cursor.execute(f"DROP DATABASE {quote(stale)} WITH (FORCE)")
            _migrate(connection, making)
            cursor.execute(f"ALTER DATABASE {quote(making)} RENAME TO {quote(kept)}")
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(kept)}")


@contextmanager
def _alone(cursor):
    """A template is made and copied by one process at a time; PostgreSQL copies none that is in use."""
    cursor.execute("SELECT pg_advisory_lock(hashtext('militiadb_template'))")
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(hashtext('militiadb_template'))")


def _migrate(connection, name):
    """Make a new database by the migrations, and leave it."""
    before, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        _connect(connection, name)
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        connection.settings_dict["TEST"]["NAME"] = wanted
        _connect(connection, before)
        ContentType.objects.clear_cache()


def _connect(connection, name):
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def _release(connection):
    if connection.vendor == "sqlite":
        return connection.Database.sqlite_version
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT version()")
        return cursor.fetchone()[0]


def _installed():
    """Name and release of each installed package, as the folders in the path of modules tell them."""
    return sorted(found.name for place in sys.path for found in Path(place).glob("*.dist-info"))
