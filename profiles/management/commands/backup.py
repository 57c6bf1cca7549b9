"""Write the whole site to one file."""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from profiles.exchange.archive import BackupError
from profiles.exchange.backup import make_backup

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Write database, captures and media, as they are at one moment, to one dated file, while the site runs. "
        "SECRET_KEY is not in it: the chain of publications needs no key."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.VAR_DIR / "backups", help="Folder (var/backups).")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="Drop all backups but the N newest.")

    def handle(self, *, to, keep, **options):
        if keep < 0:
            raise CommandError("--keep must not be negative.")
        try:
            made = make_backup(to, keep=keep)
        except (BackupError, OSError) as error:
            # By night nobody reads what a command prints: an error in the log is mailed.
            logger.error("no backup was made: %s", error)
            raise CommandError(f"No backup was made: {error}") from error
        with made.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        head = made.manifest.head
        self.stdout.write(f"{made.file} ({made.file.stat().st_size:,} bytes)")
        self.stdout.write(f"SHA-256: {digest}")
        self.stdout.write(f"Commit: {made.manifest.versions.get('commit') or 'not known'}")
        self.stdout.write(f"Head: {head.sha256} (publication {head.number})" if head else "Head: nothing is published")
        for file in made.dropped:
            self.stdout.write(f"Dropped {file}")
