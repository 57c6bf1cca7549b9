"""The one app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ProfilesConfig(AppConfig):
    name = "profiles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401  importing it registers the checks
        from .editorial import sign_ins

        sign_ins.connect()
        pre_migrate.connect(_lower_guards, sender=self)
        post_migrate.connect(_raise_guards, sender=self)


def _lower_guards(using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """SQLite remakes a table to alter it, and will not rename one while a trigger names a table that is gone."""
    from .models.guards import drop_guards

    if plan and connections[using].vendor == "sqlite":
        drop_guards(connections[using])


def _raise_guards(using: str, **kwargs: Any) -> None:
    """A remake on SQLite has lost the table's triggers without a word."""
    from .models.guards import install_guards

    install_guards(connections[using])
