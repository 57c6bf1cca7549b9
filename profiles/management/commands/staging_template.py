"""Write a template for tables of claims."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from profiles.exchange.tables import template_csv, template_xlsx

MAKERS = {".csv": template_csv, ".xlsx": template_xlsx}


class Command(BaseCommand):
    help = "Write an empty table of claims with its headings, a row of help and an example, as `stage` reads it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="OUT.csv|OUT.xlsx")
        parser.add_argument("--force", action="store_true", help="Write over a file that is there.")

    def handle(self, *, file, **options):
        make = MAKERS.get(file.suffix.lower())
        if make is None:
            raise CommandError("The file's name ends in .csv or .xlsx.")
        try:
            with file.open("wb" if options["force"] else "xb") as out:
                out.write(make())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"Written: {file}. Rows that begin with # are comments; write claims below them.")
