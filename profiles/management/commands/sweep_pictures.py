"""Delete the files of pictures that nothing names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from profiles.editorial.pictures.sweep import orphans, sweep


class Command(BaseCommand):
    help = "Delete files of pictures, older than a day, that no picture names in any state. Safe to run each night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only name them.")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        found = orphans() if dry_run else sweep()
        if options["verbosity"] > 1 or dry_run:
            for path in found:
                self.stdout.write(path.name)
        verb = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(found)} file{'' if len(found) == 1 else 's'} that no picture names: {verb}.")
