"""Delete the reports of readers that were closed long ago."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from profiles.editorial.reports import forget_closed


class Command(BaseCommand):
    help = "Delete the reports of readers that were closed long ago. Open ones stay. Safe to run each night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=365, help="Days since a report was closed (365).")
        parser.add_argument("--dry-run", action="store_true", help="Only say how many they are.")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if not 0 <= days <= 36_500:
            raise CommandError("--days is a number from 0 to 36500.")
        number = forget_closed(timezone.now() - timedelta(days=days), dry_run=options["dry_run"])
        verb = "would be" if options["dry_run"] else "is" if number == 1 else "are"
        reports = "report" if number == 1 else "reports"
        self.stdout.write(f"{number} {reports} closed more than {days} days ago {verb} deleted.")
