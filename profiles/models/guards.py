"""The guards: triggers that keep what was published, reviewed, revised and captured as it is. All their SQL is here.

They guard against mistakes of code, shells and SQL; whoever owns the database can drop them, and the chain of
publications is the proof. Each fires on a real difference only, so writing the same row again passes.

    table          UPDATE passes                                 DELETE passes
    document       body -> NULL, once `Redaction` has it         while no review or publication ever named it
    sourceversion  draft_digest                                  while not cited, searched, reviewed, published
    capture        raw bytes and headers that were not there     as its version
    redaction      the number of its publication, once           never
    review         how it was decided, until it is closed;       never
                   notes -> '', once `Redaction` has what it froze
    revision       reason -> '', once `Redaction` has an entry   never
    decision       comment -> '', once `Redaction` has it        never
    reanchoring,
    secondlook     how it was decided, once; note -> ''          while it is not decided
    user           all but `demonstration`                       never: it is deactivated
    edition, publication, revisionentry, reviewentry, review_authors, auditentry: never, and never

TRUNCATE (PostgreSQL) is refused while the table has rows. SQLite's INSERT OR REPLACE walks past a DELETE trigger, so
there an INSERT over any existing key is refused too. A trigger cannot reckon a digest on SQLite: that an attached text
has its capture's digest is for `attach_text` to check, and for `verify_publications` to prove.

How a trigger knows that a review or publication named a document, without reading any manifest: each publication by a
review leaves its digests in `ReviewEntry`, which is never changed or deleted (found by uid, which is indexed); only a
take-down may have had no review, so the bodies of take-downs are searched, and they are few.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_NAMED_DOCUMENT = """EXISTS (SELECT 1 FROM profiles_reviewentry
      WHERE uid = OLD.uid AND ("before" = OLD.sha256 OR "after" = OLD.sha256))
    OR EXISTS (SELECT 1 FROM profiles_publisheddocument WHERE uid = OLD.uid AND sha256 = OLD.sha256)
    OR EXISTS (SELECT 1 FROM profiles_publication
      WHERE kind IN ('retraction', 'withdrawal', 'redaction') AND body LIKE '%' || OLD.sha256 || '%')"""
_NAMED_VERSION = """EXISTS (SELECT 1 FROM profiles_citation WHERE version_id = OLD.{key})
    OR EXISTS (SELECT 1 FROM profiles_silence_searched WHERE sourceversion_id = OLD.{key})
    OR EXISTS (SELECT 1 FROM profiles_reviewentry WHERE uid = OLD.{key})
    OR EXISTS (SELECT 1 FROM profiles_publisheddocument WHERE uid = OLD.{key})"""
_REDACTED = """EXISTS (SELECT 1 FROM profiles_{entry} named JOIN profiles_redaction gone
      ON gone.sha256 = named."before" OR gone.sha256 = named."after" WHERE named.{key} = OLD.id)"""
_NOTES = ("note", "remark", "decision_note")
_STILL_OPEN = (
    "OLD.publication_id IS NULL AND OLD.state NOT IN ('sent_back', 'dropped')"
    " AND NEW.note = OLD.note AND NEW.remark = OLD.remark"
)
_BLANKED = " AND ".join(
    [
        *(f"(NEW.{name} = OLD.{name} OR NEW.{name} = '')" for name in _NOTES),
        *(f"NEW.{name} = OLD.{name}" for name in ("state", "trouble")),
        *(
            f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"
            for name in ("decided_by_id", "decided_at", "publish_at", "publication_id")
        ),
    ]
)
# A decision is written once.
_ONCE = "OLD.decision = '' OR (NEW.note = '' AND NEW.decision = OLD.decision AND NEW.decided_at = OLD.decided_at)"
# What may change of an account: all but its key and its mark.
_ACCOUNT = (
    "password", "last_login", "is_superuser", "username", "first_name", "last_name", "email", "is_staff", "is_active",
    "date_joined",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guarded:
    """What a table's guards refuse, and why. Conditions are SQL over OLD and NEW that both databases read.

    `free` columns may always change; the `loose` ones where `unless` holds. A DELETE is refused while `kept` holds.
    """

    model: str
    why: str
    free: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    unless: str = ""
    kept: str = ""


GUARDED = (
    Guarded(
        "Document",
        "a document never changes, and stays once a review or publication named it; "
        "a redaction, its Redaction row first, may set its body to NULL",
        loose=("body",),
        unless="NEW.body IS NULL AND EXISTS (SELECT 1 FROM profiles_redaction WHERE sha256 = OLD.sha256)",
        kept=_NAMED_DOCUMENT,
    ),
    Guarded("Edition", "an edition never changes"),
    Guarded("Publication", "a publication never changes"),
    Guarded(
        "Redaction",
        "a redaction is never undone",
        loose=("publication",),
        unless="OLD.publication IS NULL",
    ),
    Guarded(
        "SourceVersion",
        "a version never changes, and stays once it is cited, searched, reviewed or published",
        free=("draft_digest",),
        kept=_NAMED_VERSION.format(key="uid"),
    ),
    Guarded(
        "Capture",
        "a captured text never changes, and stays once its version is cited, searched, reviewed or published",
        loose=("raw", "headers"),
        unless="OLD.raw IS NULL AND NEW.raw IS NOT NULL",
        kept=_NAMED_VERSION.format(key="version_id"),
    ),
    Guarded(
        "Revision",
        "a revision is history; a redaction of what it touched, its Redaction row first, may blank its reason",
        loose=("reason",),
        unless=f"NEW.reason = '' AND {_REDACTED.format(entry='revisionentry', key='revision_id')}",
    ),
    Guarded("RevisionEntry", "a revision is history"),
    Guarded("ReviewEntry", "what is under review is frozen"),
    Guarded(
        "Review",
        "who opened a review and what it is stay, and a closed one is history; "
        "a redaction of what it froze, its Redaction row first, may blank its notes",
        loose=("state", "decided_by", "decided_at", "publish_at", "trouble", "publication", *_NOTES),
        unless=f"({_STILL_OPEN}) OR ({_BLANKED} AND {_REDACTED.format(entry='reviewentry', key='review_id')})",
    ),
    Guarded("Review_authors", "who wrote what is under review is known"),
    Guarded(
        "Decision",
        "a decision is history; a redaction of what it is about, its Redaction row first, may blank its comment",
        loose=("comment",),
        unless="NEW.comment = '' AND EXISTS (SELECT 1 FROM profiles_redaction WHERE sha256 = OLD.sha256)",
    ),
    Guarded(
        "Reanchoring",
        "what became of a passage and how it was decided is history; its note may be blanked",
        loose=("decision", "note", "decided_by", "decided_at"),
        unless=_ONCE,
        kept="OLD.decision <> ''",
    ),
    Guarded(
        "SecondLook",
        "what was asked of a claim and how it was decided is history; its note may be blanked",
        loose=("decision", "note", "decided", "decided_by", "decided_at"),
        unless=_ONCE,
        kept="OLD.decision <> ''",
    ),
    Guarded("AuditEntry", "the audit log is only added to"),
    Guarded(
        "User",
        "an account is deactivated, never deleted, and is made for demonstration or is not",
        free=_ACCOUNT,
    ),
)


def install_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the guards that are missing or not as written here, drop those of older code; returns the names made."""
    tables = set(connection.introspection.table_names())
    wanted = {trigger.name: trigger for trigger in _triggers(connection) if trigger.table in tables}
    present = _present(connection)
    made = [name for name, trigger in wanted.items() if present.get(name) != trigger.text]
    stale = _named(connection) - wanted.keys()
    statements = [_drop(connection, name) for name in (*stale, *made)]
    _run(connection, [*statements, *(statement for name in made for statement in wanted[name].statements)])
    return made


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take all guards down: for migrations on SQLite, and for tests that flush."""
    _run(connection, [_drop(connection, name) for name in _named(connection)])


@contextmanager
def guards_down(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work without guards, which are up again afterwards whatever happens."""
    drop_guards(connection)
    try:
        yield
    finally:
        install_guards(connection)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that are not there, are switched off or differ from what this module says."""
    tables = set(connection.introspection.table_names())
    present = _present(connection)
    wanted = [trigger for trigger in _triggers(connection) if trigger.table in tables]
    return [trigger.name for trigger in wanted if present.get(trigger.name) != trigger.text]


@dataclass(frozen=True, slots=True)
class _Trigger:
    """One trigger: the statements that make it, and the text that the database keeps of it."""

    name: str
    table: str
    text: str
    statements: tuple[str, ...]


def _triggers(connection: BaseDatabaseWrapper) -> Iterator[_Trigger]:
    make = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}.get(connection.vendor)
    if make:
        for guarded in GUARDED:
            yield from make(guarded, apps.get_model("profiles", guarded.model))


def _columns(model: type[models.Model], but: tuple[str, ...] = ()) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if field.name not in but]


def _keys(model: type[models.Model]) -> Iterator[list[str]]:
    """The columns of each key that a REPLACE could meet."""
    for field in model._meta.local_concrete_fields:
        if field.unique:
            yield [field.column]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield [model._meta.get_field(name).column for name in constraint.fields]
    if not isinstance(model._meta.pk, models.AutoField):
        yield ["rowid"]


def _differ(columns: list[str], operator: str, old: str = "OLD") -> str:
    return "(" + " OR ".join(f'{old}."{column}" {operator} NEW."{column}"' for column in columns) + ")"


def _update_refused(guarded: Guarded, model: type[models.Model], operator: str) -> str:
    refused = _differ(_columns(model, but=guarded.free), operator)
    if guarded.unless:
        beyond = _differ(_columns(model, but=guarded.free + guarded.loose), operator)
        refused += f"\n    AND ({beyond} OR NOT ({guarded.unless}))"
    return refused


def _sentence(guarded: Guarded, model: type[models.Model], act: str) -> str:
    return f"{model._meta.db_table}: {act} refused (key {model._meta.pk.column}): {guarded.why}."


def _sqlite_triggers(guarded: Guarded, model: type[models.Model]) -> Iterator[_Trigger]:
    table = model._meta.db_table
    differ = _differ(_columns(model, but=guarded.free), "IS NOT", "there")
    # Names of tables and columns are our own here, and DDL takes no parameters.
    over = "\n    OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" AS there WHERE '  # noqa: S608
        + " AND ".join(f'there."{column}" = NEW."{column}"' for column in key)
        + f" AND {differ})"
        for key in _keys(model)
    )
    refused = {"UPDATE": _update_refused(guarded, model, "IS NOT"), "DELETE": guarded.kept or "1", "INSERT": over}
    for act, condition in refused.items():
        name = f"guard_{guarded.model.lower()}_{act.lower()}"
        told = _sentence(guarded, model, "INSERT over an existing row" if act == "INSERT" else act)
        text = (
            f'CREATE TRIGGER {name} BEFORE {act} ON "{table}" FOR EACH ROW\n'
            f"  WHEN {condition}\nBEGIN\n  SELECT RAISE(ABORT, '{told}');\nEND"
        )
        yield _Trigger(name, table, text, (text,))


def _postgresql_triggers(guarded: Guarded, model: type[models.Model]) -> Iterator[_Trigger]:
    table, key = model._meta.db_table, model._meta.pk.column
    refused = {
        "UPDATE": (_update_refused(guarded, model, "IS DISTINCT FROM"), "ROW", "NEW"),
        "DELETE": (guarded.kept or "TRUE", "ROW", "OLD"),
        "TRUNCATE": (f'EXISTS (SELECT 1 FROM "{table}")', "STATEMENT", "NULL"),  # noqa: S608 (as above)
    }
    for act, (condition, each, result) in refused.items():
        name = f"guard_{guarded.model.lower()}_{act.lower()}"
        detail = f""", DETAIL = 'Key ({key})=(' || OLD."{key}" || ')'""" if each == "ROW" else ""
        body = (
            f"\nBEGIN\n  IF {condition} THEN\n    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n"
            f"      MESSAGE = '{_sentence(guarded, model, act)}'{detail};\n  END IF;\n  RETURN {result};\nEND\n"
        )
        yield _Trigger(
            name,
            table,
            body,
            (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
                f'CREATE TRIGGER {name} BEFORE {act} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {name}()',
            ),
        )


# What the database keeps: name -> text of the guards that fire.
_PRESENT = {
    "sqlite": r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\_%' ESCAPE '\'",
    "postgresql": r"""SELECT tgname, prosrc FROM pg_trigger
        JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgname LIKE 'guard\_%' AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace""",
}
# The names of all that install_guards may have left, firing or not.
_NAMED = {
    "sqlite": _PRESENT["sqlite"],
    "postgresql": r"""SELECT proname FROM pg_proc
        WHERE proname LIKE 'guard\_%' AND pronamespace = current_schema()::regnamespace""",
}


def _rows(connection: BaseDatabaseWrapper, sql: str | None) -> list[tuple[str, ...]]:
    if sql is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    if statements and connection.vendor == "postgresql":
        # Foreign keys wait for the end of a transaction, and PostgreSQL alters no table that waits for one.
        statements = ["SET CONSTRAINTS ALL IMMEDIATE", *statements, "SET CONSTRAINTS ALL DEFERRED"]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return dict(_rows(connection, _PRESENT.get(connection.vendor)))


def _named(connection: BaseDatabaseWrapper) -> set[str]:
    return {row[0] for row in _rows(connection, _NAMED.get(connection.vendor))}


def _drop(connection: BaseDatabaseWrapper, name: str) -> str:
    if connection.vendor == "sqlite":
        return f'DROP TRIGGER IF EXISTS "{name}"'
    return f'DROP FUNCTION IF EXISTS "{name}"() CASCADE'
