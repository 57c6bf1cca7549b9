"""Fixture files: one profile, one source or one small table a file, as a person reads and writes them.

Left out of a file is what it implies: `schema` and `model` of each document, the `subject` of a profile's claims,
silences and pictures, the `source` of a version, the `text_sha256` of a citation (its version has it), fields at their
default.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from profiles.exchange.placed import Fault, FixtureError, Placed
from profiles.exchange.scalars import Scalars, fields_of
from profiles.exchange.yaml import FileError, Mapping, Node, Sequence, read, write
from profiles.values import documents as docs

# Kind of file -> its sections in order: the section's name, the type of its documents.
_TABLES: dict[str, dict[str, Any]] = {
    "speakers": {"speakers": docs.Speaker},
    "authorities": {"authorities": docs.Authority, "programmes": docs.Programme},
    "places": {"places": docs.Place},
}
_PROFILES = {docs.tag_of(kind): kind for kind in docs.PROFILES}  # type: ignore[arg-type]
_OWNED: dict[str, dict[str, Any]] = {
    **{tag: {"claims": docs.Claim, "silences": docs.Silence, "pictures": docs.Picture} for tag in _PROFILES},
    "source": {"versions": docs.Version},
}
_HEADERS: dict[str, Any] = {**_PROFILES, "source": docs.Source}
_IMPLIED: dict[Any, tuple[str, ...]] = {
    docs.Claim: ("subject",),
    docs.Silence: ("subject",),
    docs.Picture: ("subject",),
    docs.Version: ("source",),
    docs.Citation: ("text_sha256",),
}


@dataclass(frozen=True, slots=True)
class File:
    """One file as read. `kind` is profile, source, or the name of a small table; `owner` its profile's or source's uid.

    The claims still lack the digests of their versions: see `references.complete`.
    """

    name: str
    kind: str
    owner: str
    placed: tuple[Placed, ...]


def read_file(data: bytes, name: str) -> File:
    """The documents of one fixture file, each with its place. Raises FixtureError with all that is wrong."""
    try:
        root = read(data, name)
    except FileError as error:
        raise FixtureError.from_file(error) from None
    faults: list[Fault] = []
    if not isinstance(root, Mapping):
        raise FixtureError([Fault(name, 1, "", "", "a fixture file is a mapping that begins with schema: 1")])
    schema = root.get("schema")
    if schema != str(docs.SCHEMA):
        told = f"this code reads schema {docs.SCHEMA}, not {schema!r}" if schema else "the file does not say its schema"
        faults.append(Fault(name, root.lines.get("schema", 1), "", "schema", told))
    headers = sorted(_HEADERS.keys() & root.keys(), key=root.lines.__getitem__)
    if len(headers) > 1:
        told = f"one file holds one profile or source, and this has {' and '.join(headers)}"
        raise FixtureError([*faults, Fault(name, root.lines[headers[1]], "", "", told)])
    read_sections = _owned if headers else _table
    file = read_sections(root, name, headers[0] if headers else "", faults)
    if faults:
        raise FixtureError(faults)
    return file


def _owned(root: Mapping, name: str, tag: str, faults: list[Fault]) -> File:
    """A header and what belongs to it."""
    _refuse_others(root, {"schema", tag, *_OWNED[tag]}, name, f"a {tag}'s file", faults)
    node, line = root[tag], root.lines[tag]
    placed = []
    owner = ""
    if isinstance(node, Mapping):
        header = _document(_HEADERS[tag], node, name, node.line, tag, {}, faults)
        owner = str(header.data["uid"])
        placed.append(header)
    else:
        faults.append(Fault(name, line, "", tag, "a mapping of the header's fields is wanted here"))
    owned_by = "source" if tag == "source" else "subject"
    for section, kind in _OWNED[tag].items():
        placed += _section(root, section, kind, name, {owned_by: owner}, faults)
    return File(name, "source" if tag == "source" else "profile", owner, tuple(placed))


def _table(root: Mapping, name: str, _: str, faults: list[Fault]) -> File:
    """One of the small tables."""
    for table, sections in _TABLES.items():
        if any(section in root for section in sections):
            _refuse_others(root, {"schema", *sections}, name, f"a file of {table}", faults)
            placed = [p for s, kind in sections.items() for p in _section(root, s, kind, name, {}, faults)]
            return File(name, table, "", tuple(placed))
    known = [*_HEADERS, *(section for sections in _TABLES.values() for section in sections)]
    raise FixtureError([*faults, Fault(name, 1, "", "", f"this file holds none of {', '.join(known)}")])


def _refuse_others(root: Mapping, allowed: set[str], name: str, what: str, faults: list[Fault]) -> None:
    faults += [
        Fault(name, root.lines[key], "", key, f"{what} has no such section: {', '.join(sorted(allowed))}")
        for key in root
        if key not in allowed
    ]


def _section(
    root: Mapping, section: str, kind: Any, name: str, implied: dict[str, str], faults: list[Fault]
) -> Iterator[Placed]:
    rows: Node = root.get(section, Sequence(0))
    if not isinstance(rows, Sequence):
        faults.append(Fault(name, root.lines[section], "", section, "a list is wanted here"))
        return
    for number, (node, line) in enumerate(zip(rows, rows.lines, strict=True)):
        where = f"{section}[{number}]"
        if isinstance(node, Mapping):
            yield _document(kind, node, name, line, where, implied, faults)
        else:
            faults.append(Fault(name, line, "", where, f"a {docs.tag_of(kind)}'s fields are wanted here"))


def _document(
    kind: Any, node: Mapping, name: str, line: int, where: str, implied: dict[str, str], faults: list[Fault]
) -> Placed:
    uid = node.get("uid")
    scalars = Scalars(name, uid if isinstance(uid, str) and uid else where, _IMPLIED)
    values = scalars.struct(kind, node, line, "")
    faults += scalars.faults
    data = {"model": docs.tag_of(kind), "schema": docs.SCHEMA, **implied, **values}
    data.setdefault("uid", where)
    return Placed(data, name, line, node)


def write_file(documents: Iterable[docs.Document]) -> bytes:
    """One fixture file of these documents: a header with what belongs to it, or one small table; rows by uid."""
    by_type: dict[str, list[Any]] = {}
    for document in sorted(documents, key=lambda document: document.uid):
        by_type.setdefault(docs.tag_of(document), []).append(document)
    tree: dict[str, Any] = {"schema": docs.SCHEMA}
    header = next((tag for tag in _HEADERS if tag in by_type), None)
    sections = _OWNED[header] if header else _table_of(by_type)
    if header:
        (only,) = by_type.pop(header)
        tree[header] = _plain(only)
    for section, kind in sections.items():
        rows = by_type.pop(docs.tag_of(kind), [])
        if rows:
            tree[section] = [_plain(row) for row in rows]
    if by_type:
        raise ValueError(f"one file does not hold {' and '.join(by_type)} as well")
    return write(tree)


def _table_of(by_type: dict[str, list[Any]]) -> dict[str, Any]:
    for sections in _TABLES.values():
        if any(docs.tag_of(kind) in by_type for kind in sections.values()):
            return sections
    raise ValueError("there is nothing to write, or no header")


def _plain(document: Any) -> dict[str, Any]:
    """A document's fields in their order, without what the file implies."""
    values: dict[str, Any] = msgspec.to_builtins(document)
    left_out = {"schema", "model", *_IMPLIED.get(type(document), ())}
    struct: Any = type(document)
    ordered = {name: _lists(values[name]) for name in fields_of(struct) if name in values and name not in left_out}
    for citation in ordered.get("citations", ()):
        del citation["text_sha256"]
    return ordered


def _lists(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_lists(item) for item in value]
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return value


def file_names(documents: Iterable[docs.Document]) -> dict[str, list[docs.Document]]:
    """Path within the folder of fixtures -> the documents that stand in that file."""
    every = list(documents)
    slugs = [d.slug for d in every if isinstance(d, docs.PROFILES)]
    homes: dict[str, str] = {}
    for document in every:
        if isinstance(document, docs.PROFILES):
            # A group and an event may share a slug; a dot is in none.
            twin = f".{docs.tag_of(document)}" if slugs.count(document.slug) > 1 else ""
            homes[document.uid] = f"profiles/{document.slug}{twin}.yaml"
        elif isinstance(document, docs.Source):
            homes[document.uid] = f"sources/{document.slug}.yaml"
    tables = {docs.tag_of(kind): f"{name}.yaml" for name, kinds in _TABLES.items() for kind in kinds.values()}
    files: dict[str, list[docs.Document]] = {}
    for document in every:
        if isinstance(document, docs.OWNED):
            name = homes[document.subject]
        elif isinstance(document, docs.Version):
            name = homes[document.source]
        else:
            name = homes.get(document.uid) or tables[docs.tag_of(document)]
        files.setdefault(name, []).append(document)
    return dict(sorted(files.items()))
