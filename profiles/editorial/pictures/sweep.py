"""Files of pictures that nothing names: of an upload that was never saved, or of drafts that were removed since."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from profiles.editorial.pictures.store import files_of
from profiles.models import Document, Picture, PublishedFile, files

# A file is written before the row that names it: what is younger may be waiting for that.
YOUNG = timedelta(days=1)


def orphans(now: datetime | None = None) -> list[Path]:
    """The files, and what was left of writing some, that are older than a day and that no state of a picture names."""
    late = ((now or timezone.now()) - YOUNG).timestamp()
    folder = files.folder()
    old = sorted(path for path in folder.glob("??/*") if path.is_file() and path.stat().st_mtime < late)
    if not old:
        return []
    named = {file["sha256"] for made in Picture.objects.values_list("files", flat=True) for file in made}
    named |= set(PublishedFile.objects.values_list("sha256", flat=True))
    # A revert may bring back whatever a picture once was.
    named |= files_of(Document.objects.filter(model="picture").order_by().values_list("uid", flat=True).distinct())
    return [path for path in old if path.stem not in named]


def sweep(now: datetime | None = None) -> list[Path]:
    """Delete them; those that were deleted."""
    found = orphans(now)
    for path in found:
        path.unlink(missing_ok=True)
    return found
