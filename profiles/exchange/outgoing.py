"""Drafts out: every row as fixture files, the same bytes for the same rows."""

from dataclasses import dataclass
from pathlib import Path

from profiles.editorial.mapping import read_rows
from profiles.exchange.fixtures import file_names, write_file


@dataclass(frozen=True, slots=True)
class Difference:
    """How a folder differs from what would be written: paths within it."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.extra)


def fixture_files() -> dict[str, bytes]:
    """Path within the folder of fixtures -> the bytes of that file, for all drafts."""
    return {name: write_file(documents) for name, documents in file_names(read_rows().values()).items()}


def difference(folder: Path, files: dict[str, bytes]) -> Difference:
    """Compare a folder with the files that would be written to it; `extra` are other .yaml files there."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}
    both = there & files.keys()
    return Difference(
        tuple(sorted(name for name in both if (folder / name).read_bytes() != files[name])),
        tuple(sorted(files.keys() - there)),
        tuple(sorted(there - files.keys())),
    )


def write_files(folder: Path, files: dict[str, bytes], names: tuple[str, ...]) -> None:
    """Write the files of these names, making folders as needed."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
