"""Django's loaddata, for fixture files of ours alone: what they hold comes in as drafts, through editorial.

Stock JSON, XML and Python fixtures write any row of any table: a publication, an approved review, a superuser.
"""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError

from profiles.exchange.serializer import LoadedFile


class Command(loaddata.Command):
    help = "Load fixture files as drafts; rows of tables are refused."

    def load_label(self, fixture_label: str) -> None:
        """Load what one label names; a file that cannot be read is told in one sentence."""
        try:
            super().load_label(fixture_label)
        except CommandError:
            raise
        except DeserializationError as error:
            told = str(error).rstrip(": ")
            raise CommandError(told if str(error.__cause__) in told else f"{told}: {error.__cause__}") from error

    def save_obj(self, obj: Any) -> bool:
        """Save one file's documents; refuse a row."""
        if not isinstance(obj, LoadedFile):
            label = obj.object._meta.label
            raise CommandError(
                f"{label} rows are not loaded from fixtures: nothing goes past review. Load our YAML files instead."
            )
        return super().save_obj(obj)
