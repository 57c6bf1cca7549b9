"""Whether the stored pages were made by the code that is here now: after a `git pull` they may not be.

A file beside the database holds the digest of all that shapes a page; it is cheap to compute and to compare.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection

# What a page's bytes depend on beside the documents. Sheets of style are served as they are.
SHAPING = ("templates/public/*.html", "profiles/reading/*.py", "profiles/values/**/*.py", "militiadb/jinja2.py")


def code_digest(root: Path | None = None) -> str:
    """SHA-256 over the names and bytes of all files that shape a page, of the pinned requirements,
    and of the site's own address."""
    root = root or Path(settings.BASE_DIR)
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for path in sorted({path for pattern in (*SHAPING, "requirements.txt") for path in root.glob(pattern)}):
        digest.update(f"{path.relative_to(root)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def mark() -> Path:
    """The file that remembers which code made the pages of this database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        return Path(f"{name}.pages")
    return Path(settings.VAR_DIR) / f"{Path(name).name}.pages"


def are_current() -> bool:
    """Whether the code that made all pages at once is the code that is here."""
    kept = mark()
    return kept.exists() and kept.read_text() == code_digest()


def remember() -> None:
    """The pages of this database are as the code makes them now."""
    mark().parent.mkdir(parents=True, exist_ok=True)
    mark().write_text(code_digest())


def forget() -> None:
    """Nobody knows any more which code made the pages."""
    mark().unlink(missing_ok=True)
