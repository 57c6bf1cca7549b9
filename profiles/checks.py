"""System checks: what must hold before the server starts."""

from collections.abc import Iterable
from functools import cache

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from profiles.models.guards import missing_guards


@register(Tags.database)
def check_sqlite_locks_before_it_writes(databases: Iterable[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """SQLite must take its write lock when a transaction begins.

    A deferred transaction that reads first and writes later fails at once when another has written between,
    whatever the timeout: "database is locked".
    """
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
        if mode != "IMMEDIATE":
            errors.append(
                Error(
                    f"The SQLite database {alias!r} has transaction_mode {mode!r}.",
                    hint="Set transaction_mode to IMMEDIATE, or writers will fail with 'database is locked'.",
                    id="profiles.E001",
                )
            )
    return errors


@register(Tags.database)
def check_guards_are_there(databases: Iterable[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """The triggers that keep published, reviewed and captured rows as they are must be there and switched on."""
    return [
        Error(
            f"The database {alias!r} lacks {name}, which keeps {name[6:].rpartition('_')[0]} rows as they are.",
            hint="Run manage.py migrate: it makes the guards again.",
            id="profiles.E002",
        )
        for alias in databases or ()
        for name in missing_guards(connections[alias])
    ]


def lacking(connection: BaseDatabaseWrapper) -> str:
    """What a running site's database lacks, in a few words; empty if nothing. Four queries."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    if not applied:
        return "the database is empty"
    if not _last_migrations() <= applied:
        return "migrations are missing"
    return "guards are missing" if missing_guards(connection) else ""


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app: what is on the disk when the process starts is what it runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
