"""Django's migrate, which can always be run to put missing guards back."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from profiles.models.guards import install_guards


class Command(migrate.Command):
    help = migrate.Command.help

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str, Any]:
        # The check that fails without guards runs first, and would stop the command that mends it.
        install_guards(connections[options["database"]])
        return super().get_check_kwargs(options)
