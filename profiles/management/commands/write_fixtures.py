"""Write all drafts back to fixture files."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from profiles.exchange.outgoing import difference, fixture_files, write_files


class Command(BaseCommand):
    help = "Write all drafts to fixture files, one a profile and one a source, as loaddata reads them."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "fixtures", help="Folder (fixtures).")
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if any file would differ.")

    def handle(self, **options):
        folder = options["to"]
        files = fixture_files()
        found = difference(folder, files)
        if options["check"]:
            self.check_only(folder, found)
        else:
            write_files(folder, files, (*found.changed, *found.missing))
            same = len(files) - len(found.changed) - len(found.missing)
            self.stdout.write(f"{len(found.changed)} files rewritten, {len(found.missing)} new, {same} the same.")
            for name in found.extra:
                self.stderr.write(f"{folder / name} holds nothing that is in the drafts; it was left as it is.")

    def check_only(self, folder, found):
        named = {"differs": found.changed, "is missing": found.missing, "is not among the drafts": found.extra}
        told = [f"{folder / name} {what}" for what, names in named.items() for name in names]
        if told:
            raise CommandError("\n".join(told))
        self.stdout.write("Every file is as it would be written.")
