"""Make the roles that accounts are given."""

from django.core.management import BaseCommand

from profiles.editorial.accounts import ensure_roles


class Command(BaseCommand):
    help = "Make the desk's roles, with the permissions of this version; safe to run again."

    def handle(self, **options):
        self.stdout.write(f"Roles: {', '.join(sorted(ensure_roles()))}")
