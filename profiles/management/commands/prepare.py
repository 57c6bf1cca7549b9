"""What `make run` does before it serves, in one process, so that a second start is quick."""

from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Migrate, check, and fill an empty site with the demonstration data; safe to run again."
    requires_system_checks = ()

    def handle(self, **options):
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"], stdout=self.stdout, stderr=self.stderr)
        call_command("setup_demo", stdout=self.stdout, stderr=self.stderr)
