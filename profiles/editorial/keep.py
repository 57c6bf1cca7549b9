"""Keep what was read as a version: of its source, or of a new one, with what the editor settled on."""

import unicodedata
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from profiles.editorial.capture import Captured, Raw, capture, newest_version, normalised
from profiles.editorial.edit import Refused
from profiles.editorial.extraction.found import Extracted
from profiles.editorial.save import next_header_uid, one_at_a_time
from profiles.models import Intake, Source, SourceVersion, User
from profiles.values import anchors
from profiles.values import documents as docs


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the editor settled on. `source` are the fields of a new source's header; empty where it has one."""

    source: dict[str, str] = field(default_factory=dict)
    text: str = ""
    stamp: str = ""
    stamp_zone: str = ""
    archive_url: str = ""
    note: str = ""


def same_text(intake: Intake) -> SourceVersion | None:
    """The newest version of its source, where that has this text already."""
    if intake.source_id is None:
        return None
    sha256 = anchors.digest((intake.transcript and normalised(intake.transcript)) or intake.text)
    newest = newest_version(intake.source_id)
    return newest if newest and newest.text_sha256 == sha256 else None


def keep_intake(intake: Intake, wanted: Wanted, *, by: User) -> Captured:
    """Make the version, and its source where that is new, in one revision; the intake is gone then.

    Words that differ from what was read are a transcript, and marked so. Refused names what is wrong.
    """
    with transaction.atomic():
        # Two editors who keep one intake follow each other; the second finds it gone.
        held = Intake.objects.select_for_update().filter(pk=intake.pk).first()
        if held is None:
            raise Refused("Somebody has kept or dropped this meanwhile.")
        if held.state != "ready":
            raise Refused("It has not been read yet.")
        one_at_a_time()
        source, beside = held.source, []
        if source is None:
            source, header = _new_source(wanted.source)
            beside = [header]
        typed = wanted.text or held.transcript
        if typed and normalised(typed) == held.text:
            typed = ""
        made = capture(
            source,
            Raw(bytes(held.raw or b""), held.media_type, held.method, held.charset, held.headers),
            # What came with its words typed was typed whole: nothing that was read is left in it.
            found=Extracted(held.text, fidelity="" if typed and held.transcript else held.fidelity),
            transcript=typed,
            beside=beside,
            by=by,
            stamp=wanted.stamp,
            stamp_zone=wanted.stamp_zone,
            retrieved=held.retrieved.isoformat() if held.retrieved else "",
            archive_url=wanted.archive_url,
            note=wanted.note,
        )
        held.delete()
    return made


def _new_source(given: dict[str, str]) -> tuple[Source, docs.Source]:
    values = {name: unicodedata.normalize("NFC", value) for name, value in given.items() if value}
    values.setdefault("slug", free_slug(values.get("title", "")))
    if Source.objects.filter(slug=values["slug"]).exists():
        raise Refused(f"Another source has the slug {values['slug']} already.")
    uid = next_header_uid("source")
    try:
        header = docs.convert({"model": "source", "schema": docs.SCHEMA, "uid": uid, **values})
    except docs.DocumentError as error:
        raise Refused(*(f"{problem}." for problem in error.problems)) from error
    assert isinstance(header, docs.Source)  # noqa: S101 (told to the type checker)
    return Source(uid=uid, slug=header.slug, title=header.title), header


def free_slug(title: str) -> str:
    """An address made of a title, with a number where another source has it; "source" where nothing of it is left."""
    head = slugify(title)[:90].strip("-") or "source"
    taken = set(Source.objects.filter(slug__startswith=head).values_list("slug", flat=True))
    number = next(
        number for number in range(1, len(taken) + 2) if (f"{head}-{number}" if number > 1 else head) not in taken
    )
    return f"{head}-{number}" if number > 1 else head
