import datetime

import django.db.models.deletion
from django.db import migrations, models

BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "hedged")


def one_each(apps, schema_editor):
    """Until all is made again, a listing has the one time that it had."""
    listings = apps.get_model("profiles", "Listing").objects.using(schema_editor.connection.alias)
    interval = apps.get_model("profiles", "Interval")
    interval.objects.using(schema_editor.connection.alias).bulk_create(
        [interval(listing_id=uid, number=1, **dict(zip(BOUNDS, bounds, strict=True)))
         for uid, *bounds in listings.values_list("uid", *BOUNDS)],
        batch_size=500,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0014_words_of_names"),
    ]
    operations = [
        migrations.CreateModel(
            name="Interval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start_earliest", models.DateField(default=datetime.date(1, 1, 1), editable=False)),
                ("start_latest", models.DateField(default=datetime.date(9999, 12, 31), editable=False)),
                ("end_earliest", models.DateField(default=datetime.date(1, 1, 1), editable=False)),
                ("end_latest", models.DateField(default=datetime.date(9999, 12, 31), editable=False)),
                ("hedged", models.BooleanField(default=False, editable=False)),
                ("number", models.PositiveSmallIntegerField(help_text="In order of time, from 1.")),
                (
                    "listing",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="intervals",
                        to="profiles.listing",
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("listing", "number"), name="interval_once")]},
        ),
        migrations.RunPython(one_each, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name="listing", name=name) for name in BOUNDS),
    ]  # fmt: skip
