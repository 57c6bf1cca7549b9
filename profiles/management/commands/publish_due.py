"""Publish the reviews that were approved for a time that has come; for a timer, safe to run twice."""

from django.core.management import BaseCommand, CommandError

from profiles.exchange.release import release_due
from profiles.models import Review


class Command(BaseCommand):
    help = "Publish what was approved for a set time that has come. What a check stops is put back to open."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="list what is scheduled, and change nothing")

    def handle(self, **options):
        if options["dry_run"]:
            for review in Review.objects.filter(state="scheduled").order_by("publish_at", "pk"):
                self.stdout.write(f"Review {review.pk} is to be published at {review.publish_at:%Y-%m-%d %H:%M} UTC.")
            return
        failed = 0
        for review, made in release_due():
            if made:
                self.stdout.write(f"Review {review.pk} is published: publication {made.number}.")
            else:
                failed += 1
                told = " ".join(review.trouble.splitlines()) or "the log says why, and the next run tries again."
                self.stderr.write(f"Review {review.pk} ({review.get_state_display()}) is not published: {told}")
        if failed:
            raise CommandError(f"Not published at their time: {failed}.")
