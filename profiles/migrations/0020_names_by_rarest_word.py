from django.db import migrations

from profiles.models.finding_names import fill_names

KEY = {"sqlite": "integer", "postgresql": "bigint"}
# Sorted by code point on both, so that a word that begins as another is found beside it.
TEXT = {"sqlite": "text NOT NULL", "postgresql": 'text COLLATE "C" NOT NULL'}
TABLE = {"sqlite": " WITHOUT ROWID", "postgresql": ""}
OLD = tuple(f"DROP TABLE IF EXISTS profiles_{table}" for table in ("foundname", "foundword", "foundkey", "knownword"))
MADE = (
    "CREATE TABLE profiles_foundname (spelling {key} NOT NULL PRIMARY KEY, entry {text}, folded {text}, words {text}, keys {text})",
    "CREATE TABLE profiles_foundword (part {text}, spelling {key} NOT NULL, PRIMARY KEY (part, spelling)){table}",
    "CREATE TABLE profiles_foundkey (part {text}, spelling {key} NOT NULL, PRIMARY KEY (part, spelling)){table}",
    "CREATE TABLE profiles_knownword (word {text} PRIMARY KEY, head {text}, tail {text}){table}",
    "CREATE INDEX found_words_of ON profiles_foundword (spelling, part)",
    "CREATE INDEX found_keys_of ON profiles_foundkey (spelling, part)",
    "CREATE INDEX known_by_ends ON profiles_knownword (head, tail, word)",
    "CREATE INDEX known_by_tail ON profiles_knownword (tail, word)",
)


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*OLD, *MADE):
        made = statement.format(key=KEY[vendor], text=TEXT[vendor], table=TABLE[vendor])
        schema_editor.execute(made, params=None)
    names = apps.get_model("profiles", "Spelling").objects.using(schema_editor.connection.alias)
    rows = list(names.values_list("pk", "entry_id", "name").order_by("pk"))
    for start in range(0, len(rows), 10_000):
        fill_names(schema_editor.connection, rows[start : start + 10_000])


def drop(apps, schema_editor):
    # The two others go with the migrations that first made tables of their names.
    for table in ("profiles_foundkey", "profiles_knownword"):
        schema_editor.execute(f"DROP TABLE {table}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0019_claims_by_date"),
    ]
    operations = [
        migrations.RunPython(make, drop),
    ]
