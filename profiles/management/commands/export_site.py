"""Write the public site into a folder, as files that any web server can serve."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from profiles.reading.compare import MOST
from profiles.views.export.folder import Folder, NotOurs
from profiles.views.export.links import Links
from profiles.views.export.walk import Export, asked_comparisons, pairs, state_of

AGAIN = 3  # passes, where something is published meanwhile


class Command(BaseCommand):
    help = "Write every public page and data file into DIR; later runs write what has changed and delete what is gone."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--site", default="", help="Where the running site is: https://... Its forms and filters.")
        parser.add_argument("--comparisons", type=Path, help="A file of comparisons, one a line: two to eight slugs.")
        parser.add_argument("--pairs", type=int, default=100, help="Without it: so many pairs of groups (100).")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be written and deleted.")

    def handle(self, **options):
        links = Links(self._comparisons(options), self._site(options["site"]))
        folder = Folder(options["dir"], options["dry_run"])
        try:
            folder.open()
        except (NotOurs, OSError) as error:
            raise CommandError(str(error)) from None
        gone: list[str] = []
        files: dict[str, list[str]] = {}
        for _ in range(AGAIN):
            with tqdm(unit=" pages", disable=None if options["verbosity"] else True) as bar:
                export = Export(folder, links, bar.update)
                gone += export.run()
            files = export.files
            if options["dry_run"] or state_of(links) == export.state:
                break
            folder.state, folder.files = export.state, files
        else:
            raise CommandError("Something was published during each of three passes: run it again.")
        if options["dry_run"] or options["verbosity"] > 1:
            for name in folder.written:
                self.stdout.write(f"write {name}")
            for name in gone:
                self.stdout.write(f"delete {name}")
        if options["verbosity"]:
            would = "would be " if options["dry_run"] else ""
            told = f"{len(folder.written):,} {would}written ({folder.bytes:,} bytes), {len(gone):,} {would}deleted"
            self.stdout.write(f"{len(files):,} files; {told}.")

    def _site(self, site):
        if site and not site.startswith(("https://", "http://")):
            raise CommandError(f"--site must begin with https:// or http://, not {site!r}")
        return site

    def _comparisons(self, options):
        if not options["comparisons"]:
            return pairs(max(0, options["pairs"]))
        try:
            lines = options["comparisons"].read_text().splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['comparisons']} cannot be read: {error}") from None
        found = asked_comparisons(lines)
        for slugs in found:
            if not 2 <= len(slugs) <= MOST:
                raise CommandError(f"{options['comparisons']}: {' '.join(slugs)}: two to {MOST} slugs a line.")
        return found
