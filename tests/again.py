"""What many tests begin with is made by the site's own functions, then put in again as rows, as it was.

Only onto the very rows that it was made on, and only where rows were added and none changed but people: what a test
finds is what making it would give, but for the hour. Each process makes its own.
"""

import copy
import functools
import hashlib

from django.db import connection, transaction

from profiles.models import PublishedClaim, Spelling, finding, finding_names

MOST = 500  # rows of a table that is compared; onto more, things are made
KEPT = 150  # things that are kept, the last used of them
_made = {}


def again(what, make):
    """The result of `make()`, whose name and arguments are `what`: made once, then put in again."""
    before = _rows()
    if before is None:
        return make()
    key = (connection.settings_dict["NAME"], _digest(before), repr(what))
    if key in _made:
        # Again the last used.
        result, added = _made[key] = _made.pop(key)
        _insert(added)
        return copy.deepcopy(result)
    result = make()
    after = _rows()
    if after is not None and (added := _added(before, after)) is not None:
        _made[key] = (copy.deepcopy(result), added)
        if len(_made) > KEPT:
            _made.pop(next(iter(_made)))
    return result


def state():
    """One value for all that stands in the database but for the hours of sign-ins; None where that is much."""
    rows = _rows()
    return rows and (connection.settings_dict["NAME"], _digest(rows))


def standing(make):
    """A fixture that makes rows and nothing else, and gives what can be copied: made once, then put in again."""

    @functools.wraps(make)
    def fixture(*args, **kwargs):
        return again((make.__module__, make.__qualname__), lambda: make(*args, **kwargs))

    return fixture


def _rows():
    """Table -> columns and rows of all that is not empty; None where a table has more than MOST."""
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        # Made by migrations, and again by each flush under other numbers.
        cursor.execute("SELECT count(*), max(id), (SELECT max(id) FROM django_content_type) FROM auth_permission")
        found["auth_permission"] = ((), cursor.fetchall())
        names = _tables()
        cursor.execute(f"SELECT {', '.join(f'EXISTS(SELECT 1 FROM {quote(name)})' for name in names)}")
        for name in [name for name, there in zip(names, cursor.fetchone(), strict=True) if there]:
            cursor.execute(f"SELECT * FROM {quote(name)} LIMIT {MOST + 1}")
            rows = [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]
            if len(rows) > MOST:
                return None
            found[name] = (tuple(column[0] for column in cursor.description), rows)
    return found


_names = []


def _tables():
    if not _names:
        always = {"django_migrations", "django_content_type", "auth_permission"}
        _names.extend(sorted(set(connection.introspection.django_table_names(only_existing=True)) - always))
    return _names


def _digest(rows):
    told = sorted((name, columns, sorted(_compared(name, columns, found))) for name, (columns, found) in rows.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _compared(name, columns, rows):
    """Rows as they are compared: of a sign-in neither its hour nor its key, which are others each time."""
    if name == "profiles_desksession":
        return [str(len(rows))]
    if name == "profiles_user":
        at = columns.index("last_login")
        return [repr((*row[:at], row[at] is None, *row[at + 1 :])) for row in rows]
    if name == "profiles_auditentry":
        act, at = columns.index("act"), columns.index("at")
        return [repr((*row[:at], *row[at + 1 :]) if row[act] == "signed_in" else row) for row in rows]
    return map(repr, rows)


def _added(before, after):
    """Table -> columns, the rows that came, and those of people that changed; None where another went or changed."""
    added = {}
    for name, (columns, rows) in after.items():
        there = {repr(row) for row in before.get(name, ((), []))[1]}
        new = [row for row in rows if repr(row) not in there]
        gone = len(new) + len(there) - len(rows)
        keys = {row[0] for row in before[name][1]} if gone and name == "profiles_user" else set()
        changed = [row for row in new if row[0] in keys]
        if gone != len(changed):
            return None
        if new:
            added[name] = (columns, [row for row in new if row not in changed], changed)
    return added if before.keys() <= after.keys() else None


def _insert(added):
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for name, (columns, rows, changed) in added.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            if rows:
                cursor.executemany(f"INSERT INTO {quote(name)} ({names}) VALUES ({places})", rows)
            for row in changed:
                cursor.execute(f"UPDATE {quote(name)} SET ({names}) = ({places}) WHERE id = %s", (*row, row[0]))
        _count_on(cursor, added)
        # What search asks is no table of Django's.
        for found, put in (
            (Spelling.objects.all(), finding_names.put_names),
            (PublishedClaim.objects.filter(to_publication=None), finding.put_texts),
        ):
            columns, rows, _ = added.get(found.model._meta.db_table, ((), [], []))
            if rows:
                put(found.filter(pk__in=[row[columns.index("id")] for row in rows]))


def _count_on(cursor, added):
    """PostgreSQL counts keys apart from rows: a counter that was set back must not give again what was put in."""
    numbered = [
        name
        for name, (columns, rows, _) in added.items()
        if rows and "id" in columns and type(rows[0][columns.index("id")]) is int
    ]
    if connection.vendor == "postgresql" and numbered:
        quote = connection.ops.quote_name
        counters = (
            f"setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {quote(name)}))" for name in numbered
        )
        cursor.execute(f"SELECT {', '.join(counters)}")
