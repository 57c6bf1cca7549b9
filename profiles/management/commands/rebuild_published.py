"""Make again what publications wrote for readers: index rows, claims, pages."""

from django.core.management import BaseCommand

from profiles.reading.replay import rebuild
from profiles.reading.upkeep import remember


class Command(BaseCommand):
    help = "Make all index rows and pages again from what was published. Published documents are not touched."

    def handle(self, **options):
        count = rebuild()
        remember()
        self.stdout.write(f"Made the rows and pages of {count} publications again.")
