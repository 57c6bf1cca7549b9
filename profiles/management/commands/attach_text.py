"""Attach the text of a version that was pinned elsewhere."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from profiles.editorial.capture import attach_text, raw_file
from profiles.editorial.edit import Refused
from profiles.models import Source


class Command(BaseCommand):
    help = "Attach a text to the version of a source that has its digest: its passages can then be shown and checked."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="The source's slug.")
        parser.add_argument("file", type=Path, help="The text, or the page that was captured (.html).")

    def handle(self, **options):
        source = Source.objects.filter(slug=options["slug"]).first()
        if source is None:
            raise CommandError(f"There is no source with the slug {options['slug']}.")
        try:
            made = attach_text(source, raw_file(options["file"].read_bytes(), options["file"].name))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            had = "has its text now" if made.attached else "had its text already"
            self.stdout.write(f"{made.version.pk} {had}.")
