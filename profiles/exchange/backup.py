"""Backups: the whole site in one dated file, and back from it on an empty machine."""

import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from profiles.exchange.archive import BackupError, Manifest, read_archive, sync_folder, write_archive
from profiles.exchange.dumps import NAMES, check_dump, dump_database, has_publication, load_database, tables_with_rows
from profiles.models import Publication
from profiles.models.guards import install_guards, missing_guards

PATTERN = "militiadb-????????T??????Z.tar.gz"
MEDIA = "media/"
_WORK = ".making-"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, what is in it, and the older ones that made room for it."""

    file: Path
    manifest: Manifest
    dropped: tuple[Path, ...] = ()


def make_backup(folder: Path, *, keep: int = 0) -> Backup:
    """Write one backup into a folder, under its name only once it is whole; with `keep`, drop all but the newest."""
    made_at = datetime.now(UTC).replace(microsecond=0)
    file = folder / f"militiadb-{made_at:%Y%m%dT%H%M%SZ}.tar.gz"
    if file.exists():
        raise BackupError(f"there is a backup {file} already")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=folder) as work:
        dump = dump_database(connection, Path(work))
        draft = Path(work) / file.name
        manifest = Manifest(
            made_at=made_at.isoformat().replace("+00:00", "Z"),
            vendor=connection.vendor,
            head=dump.head,
            migrations=dump.migrations,
            versions=_versions(dump.version),
        )
        manifest = write_archive(draft, manifest, {dump.file.name: dump.file, **_media()})
        draft.rename(file)
        sync_folder(folder)
    older = sorted(folder.glob(PATTERN), reverse=True)[keep:] if keep else []
    for old in older:
        old.unlink()
    return Backup(file, manifest, tuple(older))


def restore_backup(
    file: Path,
    *,
    head: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Manifest:
    """Bring a backup back: database, media, newer migrations, guards. What it holds is proved by the caller.

    All that can be refused is refused before anything is touched: a damaged file, a backup of the other database or
    of a newer MilitiaDB, one without the publication whose digest `head` somebody remembers, and a database that is
    not empty unless `force` is given.
    """
    say = tell or (lambda sentence: None)
    settings.VAR_DIR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=settings.VAR_DIR) as work:
        manifest = _read_checked(file, Path(work))
        if head and not has_publication(connection, Path(work), head):
            raise BackupError(
                f"it holds no publication with the digest {head}: it is older than that, or another site's"
            )
        say(f"Every digest of {file.name} is as its manifest says; it was made at {manifest.made_at}.")
        say(_room(force=force, manifest=manifest))
        if dry_run:
            return manifest
        load_database(connection, Path(work))
        _restore_media(Path(work) / MEDIA)
    say("The database is back. Migrating ...")
    call_command("migrate", interactive=False, verbosity=0)
    install_guards(connection)
    if lacking := missing_guards(connection):
        raise BackupError(f"the guards {', '.join(lacking)} could not be made again; the rest is back")
    return manifest


def _read_checked(file: Path, work: Path) -> Manifest:
    manifest = read_archive(file, work)
    if manifest.vendor != connection.vendor:
        raise BackupError(
            f"it holds a database of {manifest.vendor}, and DATABASE_URL names one of {connection.vendor}"
        )
    if NAMES[manifest.vendor] not in manifest.files:
        raise BackupError(f"it lacks {NAMES[manifest.vendor]}")
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations) | {old for new in loader.disk_migrations.values() for old in new.replaces}
    newer = [
        f"{app}.{name}" for app, name in manifest.migrations if app in loader.migrated_apps and (app, name) not in known
    ]
    if newer:
        made_by = manifest.versions.get("commit") or "a newer one"
        raise BackupError(f"this MilitiaDB does not know its migrations {', '.join(newer)}; it was made by {made_by}")
    if not settings.MEDIA_ROOT and any(name.startswith(MEDIA) for name in manifest.files):
        raise BackupError("it holds media, and this site has no MEDIA_ROOT")
    check_dump(connection, work, manifest.head)
    return manifest


def _room(*, force: bool, manifest: Manifest) -> str:
    """What will be replaced; refuses to replace anything unless forced."""
    try:
        held = tables_with_rows(connection)
        newest = Publication.objects.order_by("-number").first() if "profiles_publication" in held else None
    except DatabaseError as error:
        if not force:
            raise BackupError(f"the database cannot be read ({error}); FORCE=1 or --force replaces it") from error
        return "What the database holds cannot be read, and is replaced."
    if not held:
        return "The database is empty."
    if not force:
        raise BackupError(
            f"the database is not empty ({len(held)} tables have rows, as {held[0]}); FORCE=1 or --force replaces it"
        )
    if newest is None:
        return "What the database holds is replaced; nothing in it was published."
    lost = max(newest.number - (manifest.head.number if manifest.head else 0), 0)
    return f"What the database holds is replaced; its {lost} publications newer than the backup go with it."


def _media() -> dict[str, Path]:
    """Name in the archive -> file, for everything under MEDIA_ROOT; captures are in the database."""
    root = Path(settings.MEDIA_ROOT)
    if not settings.MEDIA_ROOT or not root.is_dir():
        return {}
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return {MEDIA + path.relative_to(root).as_posix(): path for path in files}


def _restore_media(folder: Path) -> None:
    """Put media files where they were; others that are there stay."""
    if folder.is_dir():
        shutil.copytree(folder, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _versions(database: str) -> dict[str, str]:
    """What made the backup: the newer one of these can read it."""
    found = {"python": platform.python_version(), "django": django.get_version(), "database": database}
    git = shutil.which("git")
    if git and (settings.BASE_DIR / ".git").exists():
        command = [git, "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (a list of our own)
        if asked.returncode == 0:
            found["commit"] = asked.stdout.strip()
    return found


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed has left, unless it may still be at work."""
    for left in folder.glob(f"{_WORK}*"):
        if datetime.fromtimestamp(left.stat().st_mtime, UTC) < datetime.now(UTC) - timedelta(days=1):
            shutil.rmtree(left, ignore_errors=True)
