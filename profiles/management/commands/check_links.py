"""Ask the addresses of sources whether they still answer."""

from django.core.management import BaseCommand

from profiles.editorial.links import check_links, due_links


class Command(BaseCommand):
    help = "Ask the addresses of sources and archived copies that are due; safe to run as often as one likes."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=200, help="How many at the most (200).")
        parser.add_argument("--all", action="store_true", help="Those too that were asked lately.")
        parser.add_argument("--dry-run", action="store_true", help="Only name what would be asked.")

    def handle(self, **options):
        if options["dry_run"]:
            for uid, url in due_links(everything=options["all"])[: options["most"]]:
                self.stdout.write(f"{uid} {url}")
            return
        done = check_links(most=options["most"], everything=options["all"])
        for row in done.failed:
            self.stdout.write(f"{row.uid} {row.url}: {row.problem} ({row.failures} in a row)")
        if options["verbosity"]:
            self.stdout.write(f"{done.asked} asked, {len(done.failed)} without a good answer.")
