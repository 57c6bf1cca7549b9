"""Prove what was published."""

from django.core.management import BaseCommand, CommandError

from profiles.editorial.verify import verify_publications


class Command(BaseCommand):
    help = "Recompute every digest and replay every publication; exit 1 naming each thing that is not as it was."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", metavar="SHA256", help="a digest that you remember: it must still be in the chain"
        )
        parser.add_argument("--quiet", action="store_true", help="print problems only")

    def handle(self, *, head, quiet, **options):
        report = verify_publications(head, progress=None if quiet else self.tell)
        for problem in report.problems:
            self.stdout.write(problem)
        if report.problems:
            count = len(report.problems)
            raise CommandError(f"{count} problem{'s' if count > 1 else ''}: what is stored is not what was published.")
        if quiet:
            return
        self.stdout.write(
            f"Verified: {report.publications} publications, {report.editions} editions, {report.documents} documents"
            f" ({report.redacted} redacted), {report.captures} captures."
        )
        self.stdout.write(f"Head: {report.head or 'nothing is published'}")
        if head:
            self.stdout.write("The head that you remember is in the chain.")

    def tell(self, what, number):
        if self.stderr.isatty():
            self.stderr.write(f"\r{number} {what} ...", ending="")
