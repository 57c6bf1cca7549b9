"""The worker: fetches and reads what editors asked to capture."""

import os

from django.core.management import BaseCommand
from django.utils.crypto import get_random_string

from profiles.editorial.working import work


class Command(BaseCommand):
    help = "Do what waits in the background, until a signal ends it. Several may run; one that is killed loses nothing."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what waits now, and end.")
        parser.add_argument("--with-parent", action="store_true", help="End when the process that began it ends.")

    def handle(self, **options):
        work(
            worker_id=get_random_string(32), once=options["once"], parent=os.getppid() if options["with_parent"] else 0
        )
