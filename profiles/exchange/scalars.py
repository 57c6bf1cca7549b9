"""Text to typed values, strictly, by the types of the documents' own fields, with the line of whatever is wrong."""

import difflib
import re
from collections.abc import Mapping as Implied
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from msgspec import inspect

from profiles.exchange.placed import Fault
from profiles.exchange.yaml import Mapping, Node, Sequence
from profiles.values.documents import types

# What a text that misses its pattern should look like.
_LOOKS = {
    inspect.type_info(kind).pattern: looks  # type: ignore[attr-defined]
    for kind, looks in (
        (types.Uid, "a uid: small letters, digits and single hyphens, like kh-0017"),
        (types.Slug, "a slug: small letters, digits and single hyphens"),
        (types.Sha256, "a SHA-256: 64 hexadecimal digits, small letters"),
        (types.Salt, "a salt: 32 hexadecimal digits, small letters"),
    )
}
_FIELD_LOOKS = {
    "retrieved": "a day, like 2025-04-07",
    "stamp": "a year, month, day or minute, like 2025-04-07T17:22",
    "latitude": "a decimal number with one to four decimals, like 33.3152",
    "longitude": "a decimal number with one to four decimals, like 44.3661",
}
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,9}")


@lru_cache
def fields_of(kind: Any) -> dict[str, inspect.Field]:
    """The fields of a document's type, in their order."""
    info = inspect.type_info(kind)
    return {field.name: field for field in info.fields}  # type: ignore[attr-defined]


class Scalars:
    """Reads the mappings of one document; `faults` gathers all that is wrong in them."""

    def __init__(self, file: str, uid: str, implied: Implied[Any, tuple[str, ...]]) -> None:
        self.file = file
        self.uid = uid
        self.implied = implied
        self.faults: list[Fault] = []

    def struct(self, kind: Any, node: Mapping, line: int, path: str) -> dict[str, Any]:
        """The fields of one mapping as plain values; what is missing stays missing."""
        fields = fields_of(kind)
        implied = ("schema", *self.implied.get(kind, ()))
        name = kind.__name__.lower()
        values: dict[str, Any] = {}
        for key, value in node.items():
            if key in implied or key == "model":
                self._wrong(node.lines[key], path + key, "the file itself says this: leave it out")
            elif key not in fields:
                near = difflib.get_close_matches(key, fields, 1)
                hint = f" (is {near[0]} meant?)" if near else ""
                self._wrong(node.lines[key], path + key, f"a {name} has no such field{hint}")
            else:
                values[key] = self._value(fields[key].type, value, node.lines[key], path + key)
        for key, field in fields.items():
            if field.required and key not in node and key not in implied:
                self._wrong(line, path + key, f"this is missing: a {name} needs it")
        return values

    def _value(self, kind: Any, node: Node, line: int, path: str) -> Any:
        if isinstance(kind, inspect.UnionType):
            kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
        if isinstance(kind, inspect.VarTupleType):
            if not isinstance(node, Sequence):
                return self._wrong(line, path, "a list is wanted here")
            pairs = enumerate(zip(node, node.lines, strict=True))
            return [self._value(kind.item_type, item, at, f"{path}[{n}]") for n, (item, at) in pairs]
        if isinstance(kind, inspect.StructType):
            if not isinstance(node, Mapping):
                return self._wrong(line, path, f"a {kind.cls.__name__.lower()}'s fields are wanted here")
            return self.struct(kind.cls, node, line, f"{path}.")
        if not isinstance(node, str):
            return self._wrong(line, path, f"one value is wanted here, not a {type(node).__name__.lower()}")
        if isinstance(kind, inspect.BoolType):
            return self._boolean(node, line, path)
        if isinstance(kind, inspect.IntType):
            return self._number(kind, node, line, path)
        return self._text(kind, node, line, path)

    def _boolean(self, text: str, line: int, path: str) -> bool | None:
        if text not in ("true", "false"):
            return self._wrong(line, path, f"{_shown(text)} is neither true nor false")
        return text == "true"

    def _number(self, kind: inspect.IntType, text: str, line: int, path: str) -> int | None:
        if not _WHOLE.fullmatch(text):
            return self._wrong(line, path, f"{_shown(text)} is not a whole number, written like 2300")
        number = int(text)
        least, most = int(kind.ge or 0), int(kind.le or 0)
        if not least <= number <= most:
            return self._wrong(line, path, f"{number} is not between {least} and {most}")
        return number

    def _text(self, kind: Any, text: str, line: int, path: str) -> str | None:
        try:
            return msgspec.convert(text, _constrained(kind.min_length, kind.max_length, kind.pattern))
        except msgspec.ValidationError:
            pass
        if kind.max_length is not None and len(text) > kind.max_length:
            return self._wrong(line, path, f"has {len(text):,} characters, and may have {kind.max_length:,}")
        looks = _LOOKS.get(kind.pattern) or _FIELD_LOOKS.get(path.rpartition(".")[2], "what belongs here")
        return self._wrong(line, path, f"{_shown(text)} is not {looks}")

    def _wrong(self, line: int, path: str, message: str) -> Any:
        self.faults.append(Fault(self.file, line, self.uid, path, message))
        return None


@lru_cache
def _constrained(least: int | None, most: int | None, pattern: str | None) -> Any:
    return Annotated[str, msgspec.Meta(min_length=least, max_length=most, pattern=pattern)]


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
