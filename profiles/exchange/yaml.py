"""Our YAML, strictly read and plainly written: every value is text, every file ends with a closing `...`.

YAML 1.1. Read by events with a stack of our own, since PyYAML's C loader crashes on deep nesting.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 8
MAX_KEY = 100
FLOW_WIDTH = 72

# What no file may hold as it is: control characters, line ends other than LF and CR LF, and no-characters.
_RAW_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
# What no text may hold, not even written as an escape.
_TEXT_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CUT_SHORT = "this file seems cut short: the closing ... is missing"

# libyaml's parser where it is built in: ten times as fast. Both are fed through the same checks.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FileError(ValueError):
    """A file that cannot be read, with the file, the line (from 1) and what is wrong there."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}: {self.message}"


class Mapping(dict[str, "Node"]):
    """A mapping that remembers the line where it starts, and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Sequence(list["Node"]):
    """A list that remembers the line where it starts, and the line of each item."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


Node: TypeAlias = str | Mapping | Sequence
Writable: TypeAlias = "dict[str, Any] | list[Any] | str | int | bool"


def read(data: bytes, name: str) -> Node:
    """The one document in `data`, with lines; FileError names file and line of the first thing wrong."""
    text = _decoded(data, name)
    tree = _Tree(name)
    documents = 0
    closed = False
    line = 1
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else line
            if isinstance(event, yaml.NodeEvent):
                tree.place(_node(event, name, line), line)
            elif isinstance(event, yaml.CollectionEndEvent):
                tree.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise FileError(name, line, "a second document starts here: one file holds exactly one")
                if event.version or event.tags:
                    raise FileError(name, line, "directives (%YAML, %TAG) are not allowed")
            elif isinstance(event, yaml.DocumentEndEvent):
                closed = bool(event.explicit)
    except yaml.YAMLError as error:
        raise _syntax_error(error, text, name, line) from None
    if tree.root is None:
        raise FileError(name, 1, "this file is empty")
    if not closed:
        raise FileError(name, _last_line(text), _CUT_SHORT)
    return tree.root


class _Tree:
    """The tree as far as it is read, with the collections still open and the key that waits in each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.open: list[Mapping | Sequence] = []
        self.keys: list[str | None] = []

    def place(self, node: Node, line: int) -> None:
        """Put a node where it belongs; a collection stays open for what follows."""
        if not self.open:
            self.root = node
        elif isinstance(parent := self.open[-1], Sequence):
            parent.append(node)
            parent.lines.append(line)
        elif (key := self.keys[-1]) is not None:
            parent[key] = node
            self.keys[-1] = None
        else:
            self._wait(parent, node, line)
        if not isinstance(node, str):
            if len(self.open) == MAX_DEPTH:
                raise FileError(self.name, line, f"nested deeper than {MAX_DEPTH} levels")
            self.open.append(node)
            self.keys.append(None)

    def close(self) -> None:
        """The innermost open collection has ended."""
        self.open.pop()
        self.keys.pop()

    def _wait(self, parent: Mapping, key: Node, line: int) -> None:
        if not isinstance(key, str):
            raise FileError(self.name, line, "a key must be plain text, not a list or a mapping")
        if key in parent:
            first = parent.lines[key]
            raise FileError(self.name, line, f"the key {_short(key)} is here twice: first in line {first}")
        parent.lines[key] = line
        self.keys[-1] = key


def write(tree: Writable) -> bytes:
    """A tree as YAML bytes: the same for the same tree, keys in the order given, no line folded.

    Text is plain where any YAML tool would read it as text, else quoted. Whole numbers and booleans are bare,
    and come back as text. TypeError or ValueError names the path to what cannot be written.
    """
    lines = _block(tree, "", 0)
    return ("\n".join(lines) + "\n...\n").encode()


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise FileError(name, 1, f"this file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise FileError(name, 1, "this file is UTF-16 or UTF-32: save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise FileError(name, 1, "this file starts with a byte order mark: save it as UTF-8 without one")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":
            raise FileError(name, line, _CUT_SHORT) from None
        byte = data[error.start]
        raise FileError(name, line, f"byte 0x{byte:02X} is not UTF-8: save the file as UTF-8") from None
    refused = _RAW_REFUSED.search(text)
    if refused:
        line = text.count("\n", 0, refused.start()) + 1
        raise FileError(name, line, f"the character U+{ord(refused[0]):04X} is not allowed here")
    return text


def _node(event: Any, name: str, line: int) -> Node:
    """The text or the empty collection that an event stands for; no alias, anchor or tag."""
    if isinstance(event, yaml.AliasEvent):
        raise FileError(name, line, f"the alias {_short(f'*{event.anchor}')} is not allowed: write it out")
    if event.anchor is not None:
        raise FileError(name, line, f"the anchor {_short(f'&{event.anchor}')} is not allowed")
    if event.tag is not None:
        raise FileError(name, line, f"the tag {_short(event.tag)} is not allowed: every value is text")
    if isinstance(event, yaml.MappingStartEvent):
        return Mapping(line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line)
    value: str = event.value
    if event.style == '"':
        refused = _TEXT_REFUSED.search(value)
        if refused:
            raise FileError(name, line, f"the control character U+{ord(refused[0]):04X} is not allowed")
    elif not value and event.style != "'":
        raise FileError(name, line, 'a value is missing: write "" for an empty text')
    return value


def _syntax_error(error: yaml.YAMLError, text: str, name: str, line: int) -> FileError:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line = mark.line + 1
    ending = text.rstrip()
    # A parser that stumbles at the very end of a file without its closing line met a cut, not a mistake.
    if line >= _last_line(ending) and ending.rpartition("\n")[2] != "...":
        return FileError(name, _last_line(text), _CUT_SHORT)
    problem = getattr(error, "problem", None) or "cannot be parsed"
    context = getattr(error, "context", None)
    return FileError(name, line, f"this is not YAML: {problem}" + (f" ({context})" if context else ""))


def _last_line(text: str) -> int:
    return text.rstrip("\n").count("\n") + 1


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


# Writing. A value is one line ("flow") or several ("block"); which of them depends on the value alone.

_ESCAPED = re.compile('["\\\\\n\t\u2028\u2029\ufeff\ufffe\uffff]')
_NEEDS_ESCAPE = re.compile("[\n\t\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NOT_PLAIN = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`= ]|\.\.\.|<<|.*(?:: | #|[: ]$)""", re.DOTALL)
# What other YAML tools would take for a number, a date, a boolean or null.
_TYPED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|0[xo][0-9a-f_]+|[-+.]?[0-9][-+0-9_.,:etz ]*",
    re.IGNORECASE,
)
_FLOW_INDICATOR = re.compile(r"[,\[\]{}:?#\"']")


def _scalar(value: str | int, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    refused = _TEXT_REFUSED.search(value)
    if refused:
        raise ValueError(f"{path or 'the text'}: the control character U+{ord(refused[0]):04X} cannot be written")
    escape = _NEEDS_ESCAPE.search(value)
    if value and not escape and not _NOT_PLAIN.match(value) and not _TYPED.fullmatch(value):
        return value
    if not escape and ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    return '"' + _ESCAPED.sub(lambda at: _ESCAPES.get(at[0]) or f"\\u{ord(at[0]):04x}", value) + '"'


def _key(key: Any, path: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{path or 'the tree'}: the key {key!r} is not text")
    if len(key) > MAX_KEY:
        raise ValueError(f"{path or 'the tree'}: the key {_short(key)} is longer than {MAX_KEY} characters")
    return _scalar(key, path)


def _flow(value: Any, path: str, nested: bool = False) -> str | None:
    """A short list of plain scalars, or of such lists, or a short mapping of plain scalars, on one line."""
    if isinstance(value, (str, int)):
        scalar = _scalar(value, path)
        return None if _FLOW_INDICATOR.search(scalar) else scalar
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict) and not nested:
        pairs = [(_flow(key, path), _flow(item, path)) for key, item in value.items() if _is_scalar(item)]
        if len(pairs) < len(value) or any(key is None or item is None for key, item in pairs):
            return None
        line = "{" + ", ".join(f"{key}: {item}" for key, item in pairs) + "}"
    elif isinstance(value, list):
        if not all(_is_scalar(item) or (isinstance(item, list) and not nested) for item in value):
            return None
        parts = [_flow(item, path, nested=True) for item in value]
        if None in parts:
            return None
        line = "[" + ", ".join(part for part in parts if part is not None) + "]"
    else:
        return None
    return line if len(line) <= FLOW_WIDTH else None


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int))


def _block(value: Any, path: str, depth: int) -> list[str]:
    """The lines of one value, not indented; a collection inside a mapping is tried as flow by its parent."""
    if _is_scalar(value):
        return [_scalar(value, path)]
    if not isinstance(value, (dict, list)):
        raise TypeError(f"{path or 'the tree'}: a {type(value).__name__} cannot be written")
    if depth == MAX_DEPTH:
        raise ValueError(f"{path}: nested deeper than {MAX_DEPTH} levels")
    if not value:
        return ["{}" if isinstance(value, dict) else "[]"]
    if isinstance(value, dict):
        return list(_mapping_lines(value, path, depth))
    return list(_sequence_lines(value, path, depth))


def _mapping_lines(value: dict[Any, Any], path: str, depth: int) -> Iterator[str]:
    for key, item in value.items():
        name = _key(key, path)
        where = f"{path}.{key}" if path else key
        lines = _block(item, where, depth + 1)
        flow = lines[0] if _is_scalar(item) else _flow(item, where)
        if flow is not None:
            yield f"{name}: {flow}"
        else:
            yield f"{name}:"
            yield from (f"  {line}" if line else "" for line in lines)


def _sequence_lines(value: list[Any], path: str, depth: int) -> Iterator[str]:
    for number, item in enumerate(value):
        where = f"{path}[{number}]"
        lines = _block(item, where, depth + 1)
        flow = _flow(item, where) if isinstance(item, list) else None
        # Records one under another (the claims of a profile) stand apart by an empty line.
        if number and depth < 2 and isinstance(item, dict):
            yield ""
        if flow is not None:
            yield f"- {flow}"
        else:
            yield f"- {lines[0]}"
            yield from (f"  {line}" if line else "" for line in lines[1:])
