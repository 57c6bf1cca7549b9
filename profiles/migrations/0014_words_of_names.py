from django.db import migrations

KEY = {"sqlite": "integer", "postgresql": "bigint"}
MADE = (
    "CREATE TABLE profiles_foundword "
    "(word text NOT NULL, head text NOT NULL, tail text NOT NULL, spelling {key} NOT NULL, UNIQUE (word, spelling))",
    "CREATE INDEX found_by_head ON profiles_foundword (head, word)",
    "CREATE INDEX found_by_tail ON profiles_foundword (tail, word)",
    "CREATE INDEX found_words_of ON profiles_foundword (spelling)",
)


def make(apps, schema_editor):
    for statement in MADE:
        schema_editor.execute(statement.format(key=KEY[schema_editor.connection.vendor]), params=None)
    # Not filled: 0020 makes it anew.


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE profiles_foundword", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0013_listings"),
    ]
    operations = [
        migrations.RunPython(make, drop),
    ]
