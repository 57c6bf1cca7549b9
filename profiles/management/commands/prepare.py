"""What `make run` does before it serves, in one process, so that a second start is quick."""

from django.core.management import BaseCommand, call_command

from profiles.models import Publication
from profiles.reading.upkeep import are_current, remember


class Command(BaseCommand):
    help = "Migrate, check, fill an empty site, and make its pages again if our code has changed; safe to run again."
    requires_system_checks = ()

    def handle(self, **options):
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"], stdout=self.stdout, stderr=self.stderr)
        empty = not Publication.objects.exists()
        call_command("setup_demo", stdout=self.stdout, stderr=self.stderr)
        if empty:
            remember()
        elif not are_current():
            self.stdout.write("The stored pages may be older than the code that makes them.")
            call_command("rebuild_published", stdout=self.stdout, stderr=self.stderr)
