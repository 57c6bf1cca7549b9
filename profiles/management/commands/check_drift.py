"""Tell which drafts differ from what is published, and which were changed behind the desk's back."""

from django.core.management import BaseCommand, CommandError

from profiles.editorial.drift import check_drift


class Command(BaseCommand):
    help = "List drafts that differ from what is published; exit 1 where a row changed by no known way in."

    def handle(self, **options):
        drift = check_drift()
        for uids, what in (
            (drift.unpublished, "not published"),
            (drift.changed, "differs from what is published"),
            (drift.gone, "published, and has no draft row"),
            (drift.unnoted, "changed by no known way in (a shell, loaddata of rows, or SQL)"),
        ):
            for uid in uids:
                self.stdout.write(f"{uid}: {what}")
        self.stdout.write(f"Checked {drift.rows} drafts.")
        if drift.unnoted or drift.gone:
            raise CommandError(f"{len(drift.unnoted) + len(drift.gone)} drafts are not as the desk left them.")
