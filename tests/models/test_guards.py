import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction

import profiles.migrations
from profiles import checks
from profiles.models import (
    AuditEntry,
    Capture,
    Citation,
    Claim,
    Decision,
    Document,
    Edition,
    Group,
    Publication,
    PublishedDocument,
    Reanchoring,
    Redaction,
    Review,
    ReviewEntry,
    Revision,
    RevisionEntry,
    SecondLook,
    Silence,
    Source,
    SourceVersion,
    User,
)
from profiles.models.guards import GUARDED, drop_guards, guards_down, install_guards, missing_guards

pytestmark = pytest.mark.django_db

AT = datetime(2025, 4, 7, 12, tzinfo=UTC)
SHA = "a" * 64
OTHER = "b" * 64
GUARDS = {"sqlite": ("update", "delete", "insert"), "postgresql": ("update", "delete", "truncate")}[connection.vendor]
# A change that each table refuses: a column and another value for it, as SQL.
CHANGES = {
    "Document": ("body", '\'{"uid":"la"}\''),
    "Edition": ("manifest", "'{}'"),
    "Publication": ("note", "'Nothing happened.'"),
    "Redaction": ("publication", "2"),
    "SourceVersion": ("text_length", "7"),
    "Capture": ("text", "'Another text.'"),
    "Revision": ("reason", "'No reason.'"),
    "RevisionEntry": ("after", f"'{OTHER}'"),
    "ReviewEntry": ("after", f"'{OTHER}'"),
    "Review": ("note", "'Nothing.'"),
    "Review_authors": ("user_id", "(SELECT MAX(id) FROM profiles_user)"),
    "Decision": ("comment", "''"),
    "Reanchoring": ("citation", "'la-0001-c2'"),
    "SecondLook": ("decision", "''"),
    "AuditEntry": ("act", "'signed_out'"),
    "User": ("demonstration", "TRUE"),
}
TABLES = {guarded.model: f"profiles_{guarded.model.lower()}" for guarded in GUARDED}
KEYS = {
    "Document": "sha256",
    "Edition": "id",
    "Publication": "number",
    "Redaction": "sha256",
    "SourceVersion": "uid",
    "Capture": "version_id",
    "Revision": "id",
    "RevisionEntry": "id",
    "ReviewEntry": "id",
    "Review": "id",
    "Review_authors": "id",
    "Decision": "id",
    "Reanchoring": "id",
    "SecondLook": "id",
    "AuditEntry": "id",
    "User": "id",
}


def make_version(uid="src-0001-v1", **kwargs):
    source, _ = Source.objects.get_or_create(uid=uid[:8], defaults={"kind": "report", "title": uid, "slug": uid[:8]})
    values = {
        "source": source,
        "text_sha256": SHA,
        "text_length": 5,
        "paragraphs": 1,
        "raw_sha256": SHA,
        "raw_length": 5,
        "media_type": "text/plain",
        "method": "text",
        "retrieved": date(2025, 4, 8),
    }
    return SourceVersion.objects.create(uid=uid, **{**values, **kwargs})


def make_review(**entry):
    user, _ = User.objects.get_or_create(username="editor")
    review = Review.objects.create(kind="new", opener=user)
    return ReviewEntry.objects.create(**{"review": review, "uid": "la", "after": SHA, "model": "group", **entry})


@pytest.fixture
def rows():
    """One row in each guarded table, all named by one another."""
    Document.objects.create(sha256=SHA, uid="la", model="group", body="{}")
    publication = Publication.objects.create(
        number=1, sha256=SHA, previous=OTHER, kind="new", at=AT, reviewed="second_person", body="{}"
    )
    Edition.objects.create(profile="la", number=1, sha256=SHA, manifest='{"a":1}', publication=publication)
    Redaction.objects.create(sha256=OTHER, publication=1)
    Capture.objects.create(version=make_version(), text="Hello")
    revision = Revision.objects.create(act="save")
    RevisionEntry.objects.create(revision=revision, uid="la", after=SHA)
    make_review()
    review = make_review(uid="src-0001-v1", model="version").review
    review.authors.add(review.opener)
    Decision.objects.create(review=review, uid="la", sha256=SHA, verdict="does_not", comment="No.", by=review.opener)
    User.objects.create(username="another")
    AuditEntry.objects.create(act="signed_in", by=review.opener)
    make_asked(decision="kept", note="Why.", decided_at=AT)


def make_asked(**decided):
    place = {"pinned": "src-0001-v1", "version": "src-0001-v2", "state": "gone", "sure": False}
    Reanchoring.objects.create(citation="la-0001-c1", claim="la-0001", **place, **decided)
    SecondLook.objects.create(claim="la-0001", before=SHA, after=OTHER, **decided)


def refused(sql):
    """Why the database refuses a statement: the guard's sentence."""
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(error.value)


def passes(sql):
    """How many rows a statement changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


def columns(model, **changed):
    """The columns of a table, and what to select to write its row again with some changed."""
    names = [field.column for field in apps.get_model("profiles", model)._meta.local_concrete_fields]
    quoted = ", ".join(f'"{name}"' for name in names)
    return quoted, ", ".join(changed.get(name, f'"{name}"') for name in names)


def test_every_guarded_table_is_tried_here():
    assert sorted(CHANGES) == sorted(KEYS) == sorted(TABLES)


@pytest.mark.parametrize("model", CHANGES)
def test_a_real_difference_is_refused(rows, model):
    column, value = CHANGES[model]
    told = refused(f'UPDATE {TABLES[model]} SET "{column}" = {value}')
    assert told.startswith(f"{TABLES[model]}: UPDATE refused (key {KEYS[model]}): ")


@pytest.mark.parametrize("model", CHANGES)
def test_the_same_value_again_passes(rows, model):
    column, _ = CHANGES[model]
    assert passes(f'UPDATE {TABLES[model]} SET "{column}" = "{column}"') >= 1


@pytest.mark.parametrize("model", CHANGES)
def test_the_key_cannot_be_changed(rows, model):
    value = f"'{'c' * 64}'" if KEYS[model] not in ("id", "number") else "77"
    told = refused(f'UPDATE {TABLES[model]} SET "{KEYS[model]}" = {value} WHERE "{KEYS[model]}" IS NOT NULL')
    assert told.startswith(f"{TABLES[model]}: UPDATE refused")


@pytest.mark.parametrize("model", CHANGES)
def test_what_was_named_cannot_be_deleted(rows, model):
    told = refused(f"DELETE FROM {TABLES[model]}")
    assert told.startswith(f"{TABLES[model]}: DELETE refused (key {KEYS[model]}): ")


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("model", CHANGES)
def test_replace_does_not_walk_past(rows, model):
    column, value = CHANGES[model]
    into, values = columns(model, **{column: value})
    told = refused(f"INSERT OR REPLACE INTO {TABLES[model]} ({into}) SELECT {values} FROM {TABLES[model]}")
    assert told.startswith(f"{TABLES[model]}: INSERT over an existing row refused (key {KEYS[model]}): ")


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("model", CHANGES)
def test_replacing_a_row_by_itself_passes(rows, model):
    into, values = columns(model)
    sql = f"INSERT OR REPLACE INTO {TABLES[model]} ({into}) SELECT {values} FROM {TABLES[model]}"
    assert passes(sql) >= 1


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("model", ["Document", "Redaction", "SourceVersion", "Capture"])
def test_replace_by_rowid_does_not_walk_past(rows, model):
    key = KEYS[model]
    into, values = columns(model, **{key: "'src-0009-v9'"})
    told = refused(
        f"INSERT OR REPLACE INTO {TABLES[model]} (rowid, {into}) SELECT rowid, {values} FROM {TABLES[model]}"
    )
    assert told.startswith(f"{TABLES[model]}: INSERT over an existing row refused")


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("model", "key", "fresh"),
    [
        ("Edition", "profile, number", "id"),
        ("Publication", "sha256", "number"),
        ("Publication", "previous", "number"),
        ("RevisionEntry", "revision, uid", "id"),
        ("ReviewEntry", "review, uid", "id"),
    ],
)
def test_replace_by_another_key_does_not_walk_past(rows, model, key, fresh):
    spare = {"sha256": "'x'", "previous": "'y'"} if model == "Publication" else {}
    into, values = columns(model, **{**{k: v for k, v in spare.items() if k != key}, fresh: "99"})
    told = refused(f"INSERT OR REPLACE INTO {TABLES[model]} ({into}) SELECT {values} FROM {TABLES[model]} LIMIT 1")
    assert told.startswith(f"{TABLES[model]}: INSERT over an existing row refused")


@pytest.mark.parametrize("model", CHANGES)
def test_an_upsert_does_not_walk_past(rows, model):
    column, value = CHANGES[model]
    into, values = columns(model, **{column: value})
    told = refused(
        f"INSERT INTO {TABLES[model]} ({into}) SELECT {values} FROM {TABLES[model]} WHERE true "
        f'ON CONFLICT ("{KEYS[model]}") DO UPDATE SET "{column}" = excluded."{column}"'
    )
    assert told.startswith(TABLES[model]) and " refused (key " in told


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("model", CHANGES)
def test_truncate_is_refused(rows, model):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    told = refused(f"TRUNCATE {TABLES[model]} CASCADE")
    assert " TRUNCATE refused (key " in told


@pytest.mark.only_on("postgresql")
def test_an_empty_table_may_be_truncated():
    assert passes("TRUNCATE profiles_redaction") == -1


@pytest.mark.only_on("postgresql")
def test_the_refusal_names_the_row(rows):
    assert f"DETAIL:  Key (sha256)=({SHA})" in refused("UPDATE profiles_document SET body = ''")


# -- documents -----------------------------------------------------------------------------------------


def test_a_body_may_be_emptied_once_a_redaction_names_it(rows):
    refused("UPDATE profiles_document SET body = NULL")
    Redaction.objects.create(sha256=SHA)
    assert passes("UPDATE profiles_document SET body = NULL") == 1
    assert Document.objects.get().body is None


def test_a_redaction_lets_nothing_else_change(rows):
    Redaction.objects.create(sha256=SHA)
    refused("UPDATE profiles_document SET body = NULL, uid = 'other'")
    refused("UPDATE profiles_document SET body = 'other'")
    refused("DELETE FROM profiles_document")


def test_a_redacted_body_does_not_come_back(rows):
    Redaction.objects.create(sha256=SHA)
    passes("UPDATE profiles_document SET body = NULL")
    refused("UPDATE profiles_document SET body = '{}'")


def test_a_redaction_learns_its_publication_once(rows):
    Redaction.objects.create(sha256=SHA)
    assert passes(f"UPDATE profiles_redaction SET publication = 2 WHERE sha256 = '{SHA}'") == 1
    refused(f"UPDATE profiles_redaction SET publication = NULL WHERE sha256 = '{SHA}'")


def test_a_decision_loses_its_comment_once_a_redaction_names_what_it_is_about(rows):
    refused("UPDATE profiles_decision SET comment = ''")
    Redaction.objects.create(sha256=SHA)
    refused("UPDATE profiles_decision SET comment = 'Other words.'")
    refused("UPDATE profiles_decision SET comment = '', verdict = 'supports'")
    assert passes("UPDATE profiles_decision SET comment = ''") == 1


@pytest.mark.parametrize("table", ["profiles_reanchoring", "profiles_secondlook"])
def test_what_was_asked_of_evidence_is_decided_once_and_its_note_may_be_blanked(table):
    make_asked()
    refused(f"UPDATE {table} SET claim = 'la-0002'")
    assert passes(f"UPDATE {table} SET decision = 'kept', note = 'Why.', decided_at = at") == 1
    refused(f"UPDATE {table} SET decision = 'overtaken'")
    refused(f"UPDATE {table} SET note = 'Other words.'")
    refused(f"DELETE FROM {table}")
    assert passes(f"UPDATE {table} SET note = ''") == 1


@pytest.mark.parametrize("table", ["profiles_reanchoring", "profiles_secondlook"])
def test_what_waits_may_be_asked_anew(table):
    make_asked()
    assert passes(f"DELETE FROM {table}") == 1


def test_a_revision_loses_its_reason_once_a_redaction_names_what_it_touched(rows):
    with_reason = Revision.objects.create(act="save", reason="Words.")
    RevisionEntry.objects.create(revision=with_reason, uid="la", before=SHA)
    refused(f"UPDATE profiles_revision SET reason = '' WHERE id = {with_reason.pk}")
    Redaction.objects.create(sha256=SHA)
    refused(f"UPDATE profiles_revision SET reason = 'Others.' WHERE id = {with_reason.pk}")
    refused(f"UPDATE profiles_revision SET reason = '', act = 'import' WHERE id = {with_reason.pk}")
    assert passes(f"UPDATE profiles_revision SET reason = '' WHERE id = {with_reason.pk}") == 1


def test_a_review_loses_its_notes_once_a_redaction_names_what_it_froze(rows):
    user = User.objects.first()
    review = Review.objects.create(
        kind="new", opener=user, note="N.", remark="R.", decision_note="D.", state="sent_back"
    )
    ReviewEntry.objects.create(review=review, uid="la", after=SHA, model="group")
    where = f"WHERE id = {review.pk}"
    for column in ("note", "remark", "decision_note"):
        refused(f"UPDATE profiles_review SET {column} = '' {where}")
    Redaction.objects.create(sha256=SHA)
    refused(f"UPDATE profiles_review SET note = 'Others.' {where}")
    refused(f"UPDATE profiles_review SET note = '', state = 'open' {where}")
    refused(f"UPDATE profiles_review SET note = '', kind = 'update' {where}")
    assert passes(f"UPDATE profiles_review SET note = '', remark = '', decision_note = '' {where}") == 1


def test_a_draft_that_nobody_named_can_be_pruned(rows):
    Document.objects.create(sha256=OTHER, uid="la", model="group", body="{}")
    assert passes(f"DELETE FROM profiles_document WHERE sha256 = '{OTHER}'") == 1


@pytest.mark.parametrize("side", ["before", "after"])
def test_what_a_review_named_stays(side):
    Document.objects.create(sha256=SHA, uid="la", model="group", body="{}")
    make_review(**{"after": "", side: SHA})
    refused("DELETE FROM profiles_document")


def test_what_is_published_stays():
    Document.objects.create(sha256=SHA, uid="la", model="group", body="{}")
    PublishedDocument.objects.create(uid="la", model="group", sha256=SHA, publication=1)
    refused("DELETE FROM profiles_document")


def test_what_a_take_down_published_without_a_review_stays():
    Document.objects.create(sha256=SHA, uid="la", model="group", body="{}")
    Publication.objects.create(
        number=1, sha256=OTHER, previous="", kind="retraction", at=AT, body=f'{{"triples":[["la","","{SHA}"]]}}'
    )
    refused("DELETE FROM profiles_document")


# -- captures ------------------------------------------------------------------------------------------


def make_claim(version):
    group = Group.objects.create(uid="la", kind="armed_group", label="Lantern Army", slug="lantern-army")
    claim = Claim.objects.create(
        uid="la-0001", kind="statement", subject=group, topic="other", aspect="other", statement="It exists.",
        sense="as_of", voice="stated", salt="0" * 32,
    )  # fmt: skip
    return Citation.objects.create(
        uid="la-0001-c1", claim=claim, version=version, paragraph=0, start=0, end=2, passage_sha256=SHA,
        bearing="supports", voice="stated",
    )  # fmt: skip


def make_silence(version):
    group = Group.objects.create(uid="la", kind="armed_group", label="Lantern Army", slug="lantern-army")
    silence = Silence.objects.create(
        uid="la-s01", subject=group, topic="money", aspect="income", state="not_stated", salt="0" * 32
    )
    silence.searched.add(version)


def publish_version(version):
    PublishedDocument.objects.create(uid=version.uid, model="version", sha256=SHA, publication=1)


def review_version(version):
    make_review(uid=version.uid, model="version")


def test_a_version_keeps_its_facts_even_before_it_is_cited():
    version = make_version()
    version.stamp = "2025-04-07"
    with pytest.raises(IntegrityError, match="^profiles_sourceversion: UPDATE refused"), transaction.atomic():
        version.save()


def test_a_version_can_be_marked_with_its_draft_digest():
    version = make_version()
    version.draft_digest = SHA
    version.save()
    assert SourceVersion.objects.get().draft_digest == SHA


def test_a_mistaken_capture_can_be_deleted_while_nothing_rests_on_it():
    version = make_version()
    Capture.objects.create(version=version, text="Hello")
    assert passes("DELETE FROM profiles_capture") == 1
    assert passes("DELETE FROM profiles_sourceversion") == 1


@pytest.mark.parametrize("name_it", [make_claim, make_silence, publish_version, review_version])
def test_a_capture_that_is_named_stays(name_it):
    version = make_version()
    Capture.objects.create(version=version, text="Hello")
    name_it(version)
    assert refused("DELETE FROM profiles_capture").startswith("profiles_capture: DELETE refused (key version_id): ")
    assert refused("DELETE FROM profiles_sourceversion").startswith("profiles_sourceversion: DELETE refused (key uid)")


def test_raw_bytes_may_come_later_and_then_stay():
    capture = Capture.objects.create(version=make_version(), text="Hello")
    capture.raw, capture.headers = b"<p>Hello", {"content-type": "text/html"}
    capture.save()
    capture.raw = b"<p>Goodbye"
    with pytest.raises(IntegrityError, match="^profiles_capture: UPDATE refused"), transaction.atomic():
        capture.save()


def test_raw_bytes_bring_no_other_text():
    capture = Capture.objects.create(version=make_version(), text="Hello")
    capture.raw, capture.text = b"<p>Hello", "Goodbye"
    with pytest.raises(IntegrityError, match="^profiles_capture: UPDATE refused"), transaction.atomic():
        capture.save()


# -- that they are there -------------------------------------------------------------------------------


def test_all_guards_are_there_after_migrate():
    assert missing_guards(connection) == []
    assert checks.check_guards_are_there(databases=["default"]) == []


@pytest.mark.parametrize("act", GUARDS)
@pytest.mark.parametrize("model", CHANGES)
def test_the_check_names_a_guard_that_was_dropped(model, act):
    name = f"guard_{model.lower()}_{act}"
    drop = "TRIGGER {0}" if connection.vendor == "sqlite" else "TRIGGER {0} ON {1}"
    passes("DROP " + drop.format(name, TABLES[model]))
    [error] = checks.check_guards_are_there(databases=["default"])
    assert error.id == "profiles.E002"
    assert error.msg == f"The database 'default' lacks {name}, which keeps {model.lower()} rows as they are."
    assert error.hint == "Run manage.py migrate: it makes the guards again."
    assert install_guards(connection) == [name]
    assert checks.check_guards_are_there(databases=["default"]) == []


def test_guards_are_made_again_only_where_they_are_missing():
    assert install_guards(connection) == []


def test_a_guard_that_was_altered_is_missing():
    name = "guard_edition_delete"
    if connection.vendor == "sqlite":
        passes(f"DROP TRIGGER {name}")
        passes(f"CREATE TRIGGER {name} BEFORE DELETE ON profiles_edition BEGIN SELECT 1; END")
    else:
        passes(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
    assert missing_guards(connection) == [name]
    assert install_guards(connection) == [name]


@pytest.mark.only_on("postgresql")
def test_a_guard_that_is_switched_off_is_missing(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    passes("ALTER TABLE profiles_edition DISABLE TRIGGER USER")
    names = ["guard_edition_update", "guard_edition_delete", "guard_edition_truncate"]
    assert missing_guards(connection) == names
    assert install_guards(connection) == names
    refused("DELETE FROM profiles_edition")


def test_a_guard_of_older_code_is_taken_away():
    if connection.vendor == "sqlite":
        passes("CREATE TRIGGER guard_bygone BEFORE DELETE ON profiles_user BEGIN SELECT 1; END")
    else:
        passes("CREATE FUNCTION guard_bygone() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
        passes("CREATE TRIGGER guard_bygone BEFORE DELETE ON profiles_user EXECUTE FUNCTION guard_bygone()")
    install_guards(connection)
    passes("DROP TRIGGER IF EXISTS guard_bygone" + ("" if connection.vendor == "sqlite" else " ON profiles_user"))
    with pytest.raises(Exception, match="guard_bygone"), transaction.atomic():
        passes("DROP TRIGGER guard_bygone" + ("" if connection.vendor == "sqlite" else " ON profiles_user"))


def test_without_guards_the_same_statements_pass(rows):
    """The positive twin of all that is refused above."""
    with guards_down(connection):
        for model, (column, value) in CHANGES.items():
            assert passes(f'UPDATE {TABLES[model]} SET "{column}" = {value}') >= 1
    assert missing_guards(connection) == []


def test_guards_come_back_when_the_work_without_them_fails():
    with pytest.raises(ZeroDivisionError), guards_down(connection):
        assert len(missing_guards(connection)) == len(GUARDED) * 3
        1 / 0  # noqa: B018
    assert missing_guards(connection) == []


REMAKE = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("profiles", "{last}")]
    operations = [
        migrations.AddField(model, "added", models.IntegerField(default=7))
        for model in ({tables})
    ]
"""
REMADE = ("Capture", "Citation", "Document", "Edition", "Publication", "PublishedDocument", "Redaction", "ReviewEntry")


@pytest.mark.django_db(transaction=True)
def test_guards_are_there_after_a_migration_remade_their_tables(rows, tmp_path, monkeypatch, settings):
    """On SQLite a new field means a new table: the old one goes, and its triggers with it."""
    package = tmp_path / "remaking"
    shutil.copytree(Path(profiles.migrations.__path__[0]), package)
    last = sorted(package.glob("0*.py"))[-1].stem
    (package / "9999_remake.py").write_text(REMAKE.format(last=last, tables=", ".join(map(repr, REMADE))))
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"profiles": "remaking"}
    try:
        call_command("migrate", "profiles", verbosity=0)
        assert missing_guards(connection) == []
        refused("UPDATE profiles_document SET body = 'other'")
    finally:
        call_command("migrate", "profiles", last, verbosity=0)
    assert missing_guards(connection) == []
    assert Document.objects.get().body == "{}"


def test_migrate_is_not_stopped_by_the_check_that_it_mends():
    drop_guards(connection)
    with pytest.raises(SystemCheckError, match="lacks guard_document_update"):
        call_command("check", databases=["default"])
    call_command("migrate", verbosity=0, skip_checks=False)
    call_command("check", databases=["default"])


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_of_its_own_has_rows_that_stay(rows):
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_finds_the_tables_empty_and_guarded():
    assert Edition.objects.count() == 0
    assert missing_guards(connection) == []
