"""Bring files in beside the drafts, checked whole, to be accepted here or on the desk."""

from contextlib import ExitStack
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from profiles.editorial.edit import Refused
from profiles.exchange.acceptance import accept
from profiles.exchange.staging import report_rows, stage, told
from profiles.exchange.tables import write_csv
from profiles.models import User

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Read fixtures (.yaml), lines (.jsonl) and tables of claims (.csv, .xlsx) as one set and keep it beside the "
        "drafts, which stay as they are until it is accepted. Fails if anything is wrong, telling file, row and column."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="USER", help="Who brings it in; else nobody, until somebody adopts it.")
        parser.add_argument("--reason", default="", help="Kept in the history with what is accepted.")
        parser.add_argument("--accept", action="store_true", help="Make drafts of all of it at once.")
        parser.add_argument("--report", type=Path, metavar="OUT.csv", help="Write all that is wrong to this file.")
        parser.add_argument("--dry-run", action="store_true", help="Check only, and keep nothing.")

    def handle(self, *, files, verbosity, **options):
        by = self.user(options["by"])
        with ExitStack() as stack:
            opened = [(path.name, stack.enter_context(self.opened(path))) for path in files]
            # Each document is counted twice: made, then held against what it names.
            bar = stack.enter_context(tqdm(unit=" documents", disable=None if verbosity else True))
            try:
                made = stage(opened, by=by, reason=options["reason"], progress=bar.update)
            except Refused as error:
                raise CommandError(str(error)) from error
        for warning in made.warnings:
            self.stderr.write(warning)
        if options["report"]:
            options["report"].write_text("".join(write_csv(report_rows(made.stage))), encoding="utf-8", newline="")
        counts = str(made)
        if options["dry_run"]:
            made.stage.delete()
        if made.faults:
            self.refuse(made.faults, options["report"])
        if options["dry_run"]:
            self.stdout.write(f"All is well: {counts}.")
        elif made.stage.state == "accepted":
            self.stdout.write(f"The drafts have all of it already: {counts}.")
        elif options["accept"]:
            self.accept(made, by)
        else:
            self.stdout.write(f"Staging {made.stage.pk}: {counts}. Look at it on the desk, under Staging.")

    def user(self, name):
        """The account of --by."""
        if name is None:
            return None
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"There is no active user {name!r}.")
        return found

    def opened(self, path):
        """A file to read."""
        try:
            return path.open("rb")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def refuse(self, faults, report):
        """Tell what is wrong, and fail."""
        lines = [told(fault) for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            where = report or "--report OUT.csv"
            lines.append(f"and {len(faults) - SHOWN} more: all of them are in {where}")
        raise CommandError("\n".join([*lines, f"{len(faults)} wrong; nothing was staged."]))

    def accept(self, made, by):
        """Make drafts of all of it."""
        try:
            outcome = accept(made.stage, by=by)
        except Refused as error:
            raise CommandError("\n".join(error.reasons)) from error
        counts = {name: len(getattr(outcome, name)) for name in ("added", "changed", "removed", "retracted")}
        told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        self.stdout.write(f"Accepted as revision {outcome.revision.pk}: {told}.")
