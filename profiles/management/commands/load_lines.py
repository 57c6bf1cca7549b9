"""Bring very many documents in as drafts, from files with one document a line."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from profiles.editorial.edit import Refused
from profiles.exchange.bulk import load_lines
from profiles.exchange.placed import FixtureError


class Command(BaseCommand):
    help = "Bring in .jsonl files of documents as drafts: each file in one transaction and one revision."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files, verbosity, **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path} is not a file.")
            # Each line is read twice: written, then held against what it names.
            with tqdm(total=2 * path.stat().st_size, unit="B", unit_scale=True, disable=verbosity == 0) as bar:
                try:
                    outcome = load_lines(path, reason=f"load_lines {path.name}", progress=bar.update)
                except (FixtureError, Refused) as error:
                    raise CommandError(str(error)) from error
            counts = f"{len(outcome.added)} added, {len(outcome.changed)} changed, {outcome.unchanged} unchanged"
            self.stdout.write(f"{path.name}: {counts}.")
