"""The folder of an export: each file is there whole or not at all, and what left the site leaves the folder."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

MANIFEST = "manifest.json"
_DRAFT = ".export-"


class NotOurs(Exception):
    """The folder holds something that no export has put there."""


class Folder:
    """A folder that an export alone writes; only what begins with a dot at its top is left alone."""

    def __init__(self, root: Path, dry_run: bool = False) -> None:
        self.root, self.dry_run = root, dry_run
        self.state: dict[str, str] = {}
        self.files: dict[str, list[str]] = {}
        self.written: list[str] = []
        self.bytes = 0
        self._top = str(root)
        self._made: set[str] = set()

    def open(self) -> None:
        """Read the manifest; refuse a folder that has files but no manifest."""
        manifest = self.root / MANIFEST
        if manifest.exists():
            try:
                told: dict[str, Any] = msgspec.json.decode(manifest.read_bytes())
                self.state, self.files = told["state"], told["files"]
            except (msgspec.DecodeError, KeyError, TypeError) as error:
                raise NotOurs(f"{manifest} is not the manifest of an export: {error}") from None
        elif self.root.exists() and any(not path.name.startswith(".") for path in self.root.iterdir()):
            raise NotOurs(f"{self.root} is not empty and has no {MANIFEST} of an export: name a folder of its own.")

    def put(self, name: str, body: bytes) -> str:
        """Write a file unless it is there with the same bytes; its digest."""
        digest = hashlib.sha256(body).hexdigest()
        if self.files.get(name, [""])[0] != digest or not (self.root / name).exists():
            self.written.append(name)
            self.bytes += len(body)
            if not self.dry_run:
                if len(self.written) == 1:
                    # What is broken off is made from the beginning: nobody knows what it had written.
                    self.close({}, {})
                self._replace(name, body)
        return digest

    def has(self, name: str, mark: str) -> bool:
        """Whether a file is there and was made from what has this mark."""
        return self.files.get(name, ["", ""])[1:] == [mark] and (self.root / name).exists()

    def surplus(self, kept: Iterable[str]) -> Iterator[str]:
        """The files of the folder that are not among these."""
        wanted = {*kept, MANIFEST}
        for folder, inner, names in os.walk(self.root):
            here = Path(folder)
            if here == self.root:
                inner[:] = [name for name in inner if not name.startswith(".")]
                names = [name for name in names if not name.startswith(".") or name.startswith(_DRAFT)]
            for name in names:
                one = (here / name).relative_to(self.root).as_posix()
                if one not in wanted:
                    yield one

    def delete(self, names: Iterable[str]) -> None:
        """Delete files, and folders that are empty then."""
        for name in names:
            path = self.root / name
            path.unlink(missing_ok=True)
            for above in path.parents:
                if above == self.root or any(above.iterdir()):
                    break
                above.rmdir()

    def close(self, state: dict[str, str], files: dict[str, list[str]]) -> None:
        """Write the manifest: name -> [SHA-256 of the bytes, etag of the stored page it was made from]."""
        told = {"state": state, "files": dict(sorted(files.items()))}
        self._replace(MANIFEST, msgspec.json.encode(told) + b"\n")

    def _replace(self, name: str, body: bytes) -> None:
        path = f"{self._top}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        draft = f"{folder}/{_DRAFT}{os.getpid()}"
        # Plain calls of the system: of a small file, what Python puts around them costs more than the writing.
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            left = memoryview(body)
            while left:
                left = left[os.write(file, left) :]
            # Whatever the umask: a web server reads it, and nobody else writes it.
            os.fchmod(file, 0o644)
        finally:
            os.close(file)
        os.replace(draft, path)  # noqa: PTH105
