"""Which field of a document stands in which column of which table."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from profiles.models import (
    Authority,
    Claim,
    Picture,
    Place,
    Profile,
    Programme,
    Silence,
    Source,
    SourceVersion,
    Speaker,
)
from profiles.values import documents as docs

TABLES: dict[str, Any] = {
    "profile": Profile,
    "claim": Claim,
    "silence": Silence,
    "picture": Picture,
    "source": Source,
    "version": SourceVersion,
    "speaker": Speaker,
    "authority": Authority,
    "programme": Programme,
    "place": Place,
}
# Fields of a document that are not columns of its own table, or are implied there.
_NESTED = {"schema", "conflicts_with", "after", "mentions", "rests_on", "translations", "citations", "searched"}
CITATION = ("paragraph", "start", "end", "passage_sha256", "bearing", "voice", "part", "excerpt", "note")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which field of a document stands in which column of its table."""

    fields: tuple[str, ...]
    attnames: tuple[str, ...]


def _columns(table: Any, struct: type[Struct]) -> _Columns:
    fields = tuple(f for f in struct.__struct_fields__ if f not in _NESTED)
    return _Columns(fields, tuple(table._meta.get_field(f).attname for f in fields))


COLUMNS = {tag: _columns(TABLES.get(tag, Profile), struct) for tag, struct in docs.TYPES.items()}
# Profiles: one table for three types of document.
COLUMNS["profile"] = COLUMNS["group"]
