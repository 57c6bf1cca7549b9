"""The backup file: a tar.gz whose manifest comes first and names the length and digest of everything else in it."""

import contextlib
import gzip
import hashlib
import os
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

MANIFEST = "manifest.json"
FORMAT = 1
# More than any manifest has: a file that claims more is not one of ours.
LONGEST_MANIFEST = 64 * 2**20
CHUNK = 2**20


class BackupError(Exception):
    """A backup that cannot be made, read or brought back."""


class Head(msgspec.Struct, frozen=True):
    """The newest publication in the backup."""

    number: int
    sha256: str


class Stored(msgspec.Struct, frozen=True):
    """One file in the archive: its length in bytes and its SHA-256."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a backup, and what made it. `head` is what the chain must still have once it is back."""

    format: int = FORMAT
    made_at: str
    vendor: str
    head: Head | None
    migrations: list[tuple[str, str]]
    versions: dict[str, str]
    files: dict[str, Stored] = {}


def write_archive(path: Path, manifest: Manifest, files: dict[str, Path]) -> Manifest:
    """Write the files under their names, the manifest before them; returns it with their lengths and digests."""
    stored = {name: Stored(file.stat().st_size, _digest(file)) for name, file in sorted(files.items())}
    manifest = msgspec.structs.replace(manifest, files=stored)
    head = path.parent / MANIFEST
    head.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    # Private texts and password hashes are in it.
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
            for name, file in {MANIFEST: head, **files}.items():
                tar.add(file, name, recursive=False, filter=_nobodys)
        out.flush()
        os.fsync(out.fileno())
    return manifest


def read_archive(path: Path, folder: Path) -> Manifest:
    """Write what the archive holds into a folder, once every length and digest is as its manifest says."""
    try:
        with path.open("rb") as raw, gzip.open(raw) as unzipped:
            with tarfile.open(fileobj=unzipped, mode="r|") as tar:
                manifest = _unpack(tar, folder)
            # To the end: the checksum of the whole stands behind the last file.
            while unzipped.read(CHUNK):
                pass
    except FileNotFoundError as error:
        raise BackupError("there is no such file") from error
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise BackupError(f"it is damaged, or no backup: {error}") from error
    return manifest


def _unpack(tar: tarfile.TarFile, folder: Path) -> Manifest:
    manifest: Manifest | None = None
    missing: set[str] = set()
    for member in tar:
        content = tar.extractfile(member)
        if content is None:
            raise BackupError(f"it holds {member.name}, which is no file")
        if manifest is None:
            manifest = _manifest(member, content)
            missing = set(manifest.files)
            continue
        if member.name not in missing:
            raise BackupError(f"it holds {member.name}, which its manifest does not name")
        missing.remove(member.name)
        _copy(content, folder / _plain(member.name), manifest.files[member.name])
    if manifest is None:
        raise BackupError("it is empty")
    if missing:
        raise BackupError(f"it lacks {', '.join(sorted(missing))}")
    return manifest


def _manifest(member: tarfile.TarInfo, content: IO[bytes]) -> Manifest:
    if member.name != MANIFEST or member.size > LONGEST_MANIFEST:
        raise BackupError(f"it does not begin with {MANIFEST}: no backup of MilitiaDB")
    try:
        raw = msgspec.json.decode(content.read())
        if isinstance(raw, dict) and raw.get("format") != FORMAT:
            raise BackupError(f"it is of format {raw.get('format')!r}, and this MilitiaDB reads format {FORMAT}")
        return msgspec.convert(raw, Manifest)
    except msgspec.DecodeError as error:
        raise BackupError(f"its manifest cannot be read: {error}") from error


def _copy(content: IO[bytes], target: Path, wanted: Stored) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, length = hashlib.sha256(), 0
    with target.open("xb") as out:
        for chunk in _chunks(content):
            out.write(chunk)
            digest.update(chunk)
            length += len(chunk)
    if (length, digest.hexdigest()) != (wanted.bytes, wanted.sha256):
        raise BackupError(f"{target.name} is not what the manifest says: {length} bytes, SHA-256 {digest.hexdigest()}")


def _plain(name: str) -> PurePosixPath:
    """A path that stays in its folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name != str(path) or name == MANIFEST:
        raise BackupError(f"it holds a file with the name {name!r}")
    return path


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Who owned a file on the old machine says nothing on the new one."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def sync_folder(folder: Path) -> None:
    """Make a renamed file's new name last through a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
