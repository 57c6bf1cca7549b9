"""From an address, a file or a text to a version: asked for, read in the background, looked at; keep.py goes on."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from profiles.editorial.capture import Raw, is_picture, normalised, raw_file, read
from profiles.editorial.edit import Refused
from profiles.editorial.extraction.found import Extracted, Lost
from profiles.editorial.fetch import MAX_BYTES, FetchError, fetch
from profiles.models import Intake, Source, User
from profiles.values import anchors

try:
    from django.tasks import task
except ImportError:  # Before Django 6.0 the same is a package.
    from django_tasks import task

log = logging.getLogger(__name__)

# Longer than any fetch and reading may take: who began so long ago is dead.
OVERDUE = timedelta(minutes=5)
MOST_TRIES = 3
# What nobody came back for holds a publisher's text, and does not stay.
KEPT_FOR = timedelta(days=14)
MOST_LETTERS = 3_000_000
MOST_LOST = 400_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def ask_for_url(url: str, *, by: User, source: Source | None = None) -> Intake:
    """Begin to capture an address; it is fetched in the background."""
    return _begin(Intake(method="url", url=url.strip(), by=by, source=source))


def ask_for_file(
    data: bytes, name: str, *, by: User, source: Source | None = None, transcript: str = "", url: str = ""
) -> Intake:
    """Begin to capture a file; it is read in the background. A picture needs its words typed. Refused at once if so."""
    if len(data) > MAX_BYTES:
        raise Refused(f"This file is larger than {MAX_BYTES:,} bytes.")
    raw = raw_file(data, name)
    if is_picture(raw) and not transcript.strip():
        raise Refused("The words of a picture are not read: type them as its transcript.")
    if transcript.strip():
        normalised(transcript)
    return _begin(
        Intake(
            method="file", name=plain(name)[:255], raw=data, media_type=raw.media_type, by=by, source=source,
            transcript=transcript, retrieved=_today(), url=url,
        )
    )  # fmt: skip


def ask_for_text(text: str, *, by: User, source: Source | None = None, url: str = "") -> Intake:
    """Begin to capture a pasted text: it is there to be looked at immediately. `url` is where it was read."""
    data = text.encode(errors="surrogatepass")
    if len(data) > MAX_BYTES:
        raise Refused(f"This text is larger than {MAX_BYTES:,} bytes.")
    return Intake.objects.create(
        state="ready", method="text", by=by, source=source, raw=data, media_type="text/plain", retrieved=_today(),
        text=normalised(text), url=url,
    )  # fmt: skip


def _begin(intake: Intake) -> Intake:
    # Both or neither: what waits has its task.
    with transaction.atomic():
        intake.save()
        read_intake.enqueue(intake.pk)
    return intake


@task()
def read_intake(pk: int) -> None:
    """The task of the background: fetch and read one intake."""
    read_in(pk)


def read_in(pk: int) -> None:
    """Fetch and read what waits; it is then ready, or has failed and says why. Whatever happens, this returns."""
    begun = Intake.objects.filter(pk=pk, state="waiting").update(tries=F("tries") + 1, begun_at=timezone.now())
    intake = Intake.objects.filter(pk=pk).first()
    if not begun or intake is None:
        return
    try:
        found = _read(intake)
    except (Refused, FetchError) as error:
        found = {"state": "failed", "problem": plain(str(error))}
    except Exception:
        log.exception("capture %s could not be read", pk)
        found = {"state": "failed", "problem": "It could not be read: an error of ours, which the log tells of."}
    Intake.objects.filter(pk=pk, state="waiting").update(**found)


def _read(intake: Intake) -> dict[str, Any]:
    """The columns that reading fills. Nothing is written before all of it is known."""
    found: dict[str, Any] = {"state": "ready", "problem": ""}
    url = ""
    if intake.method == "url":
        page = fetch(intake.url)
        raw = Raw(page.body, page.media_type, "url", page.charset)
        url = page.url
        found |= {
            "raw": page.body,
            "media_type": page.media_type,
            "charset": page.charset[:64],
            "headers": {name: plain(value) for name, value in {"url": page.url, **page.headers}.items()},
            "retrieved": _today(),
        }
    else:
        raw = Raw(bytes(intake.raw or b""), intake.media_type, intake.method)
    extracted = read(raw, url)
    text = anchors.normalise(plain(extracted.text)) if intake.transcript else _read_text(extracted)
    if len(text) > MOST_LETTERS:
        raise Refused(f"Its text has {len(text):,} characters; at most {MOST_LETTERS:,} are kept.")
    lost, length = [], 0
    for one in extracted.lost:
        length += len(one.words)
        if length > MOST_LOST:
            break
        lost.append([one.kind, plain(one.words)])
    more = (
        [f"Only the first {len(lost)} things that were left out are shown."] if len(lost) < len(extracted.lost) else []
    )
    return found | {
        "text": text,
        "fidelity": extracted.fidelity,
        "lost": lost,
        "warnings": [plain(warning) for warning in extracted.warnings] + more,
        "proposed": {name: plain(value) for name, value in extracted.proposed.items()},
    }


def _read_text(extracted: Extracted) -> str:
    """Empty where a page has no article: the editor sees what it has, and types what is to be kept."""
    try:
        return anchors.normalise(extracted.text)
    except anchors.AnchorError as error:
        raise Refused(f"This is not a text: {error}.") from error


def plain(words: str) -> str:
    """Words of strangers without the characters that no database and no page should have."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)


def read_again(intake: Intake) -> None:
    """Try once more what failed. Refused if it did not."""
    with transaction.atomic():
        if not Intake.objects.filter(pk=intake.pk, state="failed").update(state="waiting", problem="", tries=0):
            raise Refused("It has not failed.")
        read_intake.enqueue(intake.pk)


def drop_intake(intake: Intake) -> None:
    """Let go of what was fetched, and keep nothing of it."""
    Intake.objects.filter(pk=intake.pk).delete()


def lost_of(intake: Intake) -> list[Lost]:
    """What was read and is not in the text, as it was told."""
    return [Lost(kind, words) for kind, words in intake.lost]


def take_up_again() -> tuple[int, int]:
    """Ask again for what a reader that died has left, and give up on what killed three: (asked again, given up)."""
    late = timezone.now() - OVERDUE
    overdue = Intake.objects.filter(Q(begun_at__lt=late) | Q(begun_at=None, at__lt=late), state="waiting")
    given_up = overdue.filter(tries__gte=MOST_TRIES).update(
        state="failed", problem=f"It was tried {MOST_TRIES} times, and ended its reader each time."
    )
    again = 0
    for pk in list(overdue.values_list("pk", flat=True)):
        with transaction.atomic():
            if overdue.filter(pk=pk).update(begun_at=timezone.now()):
                read_intake.enqueue(pk)
                again += 1
    Intake.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    return again, given_up


def _today() -> date:
    return datetime.now(UTC).date()
