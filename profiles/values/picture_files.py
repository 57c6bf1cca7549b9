"""How the files of a picture are called, and which of them a page offers."""

from profiles.values import documents as docs

ENDINGS = {"image/avif": "avif", "image/webp": "webp", "image/png": "png", "image/jpeg": "jpg"}


def name_of(file: docs.PictureFile) -> str:
    """The name of a file: its digest, and the ending of its type."""
    return f"{file.sha256}.{ENDINGS[file.media_type]}"
