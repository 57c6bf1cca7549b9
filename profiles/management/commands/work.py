"""The worker: reads what editors asked to capture, and publishes what was approved for a time that has come."""

import logging
import os

from django.core.management import BaseCommand
from django.utils.crypto import get_random_string

from profiles.editorial.working import work
from profiles.exchange.release import release_due

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what waits in the background, until a signal ends it. Several may run; one that is killed loses nothing."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what waits now, and end.")
        parser.add_argument("--with-parent", action="store_true", help="End when the process that began it ends.")

    def handle(self, **options):
        work(
            worker_id=get_random_string(32),
            due=publish,
            once=options["once"],
            parent=os.getppid() if options["with_parent"] else 0,
        )


def publish() -> None:
    """Publish what is due; a timer or another worker may do the same at once."""
    for review, made in release_due():
        if made:
            log.info("review %s is published at its time: publication %s", review.pk, made.number)
