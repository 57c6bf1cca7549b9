"""Our fixture files through Django's own `manage.py loaddata`, all in one call and in any order.

loaddata saves one object after another, file by file, but claims name what a later file holds. So each file is one
object: its save() keeps the file, and the first save_deferred_fields(), which loaddata calls after the last file,
brings all of them in. `dumpdata` has nothing to add to `write_fixtures`, and says so.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.core.management.base import CommandError
from django.core.serializers.base import DeserializationError, SerializationError
from django.core.serializers.base import Serializer as BaseSerializer
from django.db import DEFAULT_DB_ALIAS, connection, models

from profiles.editorial.edit import Refused
from profiles.exchange.fixtures import File, read_file
from profiles.exchange.incoming import Report, bring_in_read
from profiles.exchange.placed import FixtureError
from profiles.models import Authority, Place, Profile, Source, Speaker

logger = logging.getLogger(__name__)

_TABLES: dict[str, type[models.Model]] = {
    "profile": Profile,
    "source": Source,
    "speakers": Speaker,
    "authorities": Authority,
    "places": Place,
}
# The transaction that loaddata opened -> the files it has read so far. Files of a load that failed go with it.
_waiting: WeakKeyDictionary[Any, list[File]] = WeakKeyDictionary()


class LoadError(CommandError, DeserializationError):
    """What is wrong with the files; the command line shows it without a traceback."""


class LoadedFile:
    """One file, in the shape that loaddata takes for an object."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.object = _TABLES[file.kind](pk=file.owner or file.name)
        # Not empty, so that loaddata comes back after the last file.
        self.deferred_fields = {"file": file.name}

    def save(self, save_m2m: bool = True, using: str | None = None, **kwargs: Any) -> None:
        """Keep the file until the last one is read."""
        _only_default(using)
        if not connection.atomic_blocks:
            raise LoadError("these files are loaded together: use manage.py loaddata, or one transaction")
        _waiting.setdefault(connection.atomic_blocks[-1], []).append(self.file)

    def save_deferred_fields(self, using: str | None = None) -> None:
        """Bring in all files that were kept, with the first call; nothing is left for the others."""
        _only_default(using)
        files = _waiting.pop(connection.atomic_blocks[-1], []) if connection.atomic_blocks else []
        if files:
            _tell(_bring_in(files), len(files))


def Deserializer(stream: Any, *, using: str = DEFAULT_DB_ALIAS, **options: Any) -> Iterator[LoadedFile]:
    """The one object of a file. Raises LoadError with file, line, uid and field of all that is wrong in it."""
    _only_default(using)
    if options.get("ignorenonexistent"):
        raise LoadError("--ignorenonexistent is not for these files: nothing that they say is passed over")
    try:
        yield LoadedFile(read_file(_bytes(stream), _name(stream)))
    except FixtureError as error:
        raise LoadError(str(error)) from None


class Serializer(BaseSerializer):
    """Refuses: a fixture file is a whole profile, source or table, not a list of rows."""

    internal_use_only = False

    def serialize(self, *args: Any, **kwargs: Any) -> Any:
        """Say which command writes the files."""
        raise SerializationError(
            "our yaml files are whole profiles, not rows: write them with manage.py write_fixtures"
        )


def _bring_in(files: list[File]) -> Report:
    # A file that loaddata finds by two ways is still one file.
    once = {file.name: file for file in files}
    try:
        return bring_in_read(once.values(), reason="loaddata")
    except (FixtureError, Refused) as error:
        raise LoadError(str(error)) from error


def _tell(report: Report, files: int) -> None:
    for warning in report.warnings:
        logger.warning(warning)
    logger.info("files read: %d; %s", files, report)


def _only_default(using: str | None) -> None:
    if using not in (None, DEFAULT_DB_ALIAS):
        raise LoadError(f"drafts are kept in the database '{DEFAULT_DB_ALIAS}', not in '{using}'")


def _bytes(stream: Any) -> bytes:
    if isinstance(stream, bytes | str):
        return stream.encode() if isinstance(stream, str) else stream
    data = getattr(stream, "buffer", stream).read()
    return data.encode() if isinstance(data, str) else data


def _name(stream: Any) -> str:
    """The file's path as an editor would type it: from the folder where they stand."""
    name = getattr(stream, "name", None)
    if not isinstance(name, str):
        return "<text>"
    path = Path(name)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else name
