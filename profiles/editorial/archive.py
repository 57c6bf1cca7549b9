"""Say where an archive keeps what a version captured, once that is found: in the draft of its source."""

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from profiles.editorial.edit import Outcome, Refused
from profiles.editorial.mapping import hold_rows, read_rows
from profiles.editorial.save import save
from profiles.models import SourceVersion
from profiles.values import documents as docs

LONGEST = 1000
_on_the_web = URLValidator(schemes=["http", "https"])


def record_archive(version: SourceVersion, url: str, *, by: AbstractBaseUser) -> Outcome:
    """Give a version the address of its archived copy; empty: take back what was recorded
    since. The capture itself, and an address that it came with, never change.

    A draft of the source, which a review makes public. Refuses what is no web address, and the page's own.
    """
    url = url.strip()
    if url:
        _refuse(url)
    with transaction.atomic():
        hold_rows([version.source_id])
        source = read_rows([version.source_id])[version.source_id]
        assert isinstance(source, docs.Source)  # noqa: S101 (told to the type checker)
        if url and url == source.url:
            raise Refused("This is the page's own address: give that of the archive's copy.")
        others = [copy for copy in source.archived if copy.version != version.pk]
        own = [docs.Archived(version=version.pk, url=url)] if url and url != version.archive_url else []
        wanted = msgspec.structs.replace(source, archived=tuple(sorted([*others, *own], key=lambda copy: copy.version)))
        return save(wanted, by=by, base=docs.digest(source), held=source)


def _refuse(url: str) -> None:
    if len(url) > LONGEST:
        raise Refused(f"This address is too long: {LONGEST} signs at most.")
    try:
        _on_the_web(url)
    except ValidationError:
        raise Refused("This is no address of the web: write it like https://archive.example/2025/page.") from None
