"""The files of pictures, beside the database: each once, under its SHA-256, in MEDIA_ROOT. No row says where."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from profiles.values import documents as docs
from profiles.values.picture_files import ENDINGS, name_of


def folder() -> Path:
    """Where they stand."""
    return Path(settings.MEDIA_ROOT) / "pictures"


def path_of(file: docs.PictureFile) -> Path:
    """Where one stands, or would."""
    name = name_of(file)
    return folder() / name[:2] / name


def at_hand(file: docs.PictureFile) -> bool:
    """Whether it is there, at its length."""
    try:
        return path_of(file).stat().st_size == file.bytes
    except OSError:
        return False


def keep(file: docs.PictureFile, data: bytes) -> None:
    """Write it whole or not at all; what is there already stays. Raises ValueError for bytes of another digest."""
    if docs.sha256(data) != file.sha256 or len(data) != file.bytes:
        raise ValueError(f"these are not the bytes of {file.sha256}")
    target = path_of(file)
    if at_hand(file):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(target)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def delete(sha256: str) -> None:
    """Delete it, of whatever type."""
    for ending in ENDINGS.values():
        (folder() / sha256[:2] / f"{sha256}.{ending}").unlink(missing_ok=True)
