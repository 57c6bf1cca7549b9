"""Make the stored pages of all profiles again."""

from django.core.management import BaseCommand
from tqdm import tqdm

from profiles.models.published import Entry
from profiles.reading.render import render


class Command(BaseCommand):
    help = "Make the page and the JSON of every profile again; rebuild_published makes index rows and notices too."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say how many profiles there are.")

    def handle(self, **options):
        count = Entry.objects.count()
        if options["dry_run"]:
            self.stdout.write(f"The pages of {count:,} profiles would be made again.")
            return
        with tqdm(total=count, unit=" profiles", disable=None if options["verbosity"] else True) as bar:
            made = render(bar.update)
        if options["verbosity"]:
            self.stdout.write(f"Made the pages of {made:,} profiles again.")
