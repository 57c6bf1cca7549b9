from django.db import migrations

# The extension is a trusted one: who may create in the database may create it.
MADE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE profiles_foundname USING fts5(folded, skeleton, tokenize='trigram')",
        "CREATE VIRTUAL TABLE profiles_foundtext USING fts5(words, tokenize='porter unicode61')",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE TABLE profiles_foundname (rowid bigint PRIMARY KEY, folded text NOT NULL, skeleton text NOT NULL)",
        "CREATE INDEX found_by_folded ON profiles_foundname USING gin (folded gin_trgm_ops)",
        "CREATE INDEX found_by_skeleton ON profiles_foundname USING gin (skeleton gin_trgm_ops)",
        "CREATE TABLE profiles_foundtext (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX found_by_words ON profiles_foundtext USING gin (words)",
    ),
}


def make(apps, schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for table in ("profiles_foundname", "profiles_foundtext"):
        schema_editor.execute(f"DROP TABLE {table}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0009_evidence"),
    ]
    operations = [
        migrations.RunPython(make, drop),
    ]
