"""Reading much from one state of the database, whatever is published meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from .published import Entry


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is of the moment of the first read. Nothing may be written within.

    Within a transaction it is that one's moment.
    """
    connection = connections[Entry.objects.db]
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic`, which begins by taking the lock of those who write.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
