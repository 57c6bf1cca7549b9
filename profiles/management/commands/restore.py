"""Bring a backup back, and prove it."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError, call_command

from profiles.exchange.archive import BackupError
from profiles.exchange.backup import restore_backup
from profiles.reading.upkeep import forget


class Command(BaseCommand):
    help = "Put a backup in the place of an empty database, migrate, make the guards again, verify every publication."
    # A damaged database must not stop what mends it.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="As `backup` wrote it.")
        parser.add_argument("--head", metavar="SHA256", help="A digest that you remember (else the backup's own head).")
        parser.add_argument("--force", action="store_true", help="Replace what the database holds.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check the file and the room for it; change nothing."
        )

    def handle(self, *, file, head, force, dry_run, **options):
        try:
            manifest = restore_backup(file, head=head, force=force, dry_run=dry_run, tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(f"{file}: {error}") from error
        if dry_run:
            self.stdout.write("Nothing was changed.")
            return
        # Other code may have made the pages that came with it.
        forget()
        remembered = head or (manifest.head.sha256 if manifest.head else None)
        call_command("verify_publications", head=remembered, stdout=self.stdout, stderr=self.stderr)
