"""Whether the addresses of sources and the archived copies of versions still answer; kept beside the documents."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from profiles.editorial.fetch import FetchError, probe
from profiles.models import LinkCheck, Source, SourceVersion

# What answered is asked again after a week, what did not after a day.
AGAIN = timedelta(days=7)
AGAIN_IF_DEAD = timedelta(days=1)
# A server that has trouble one day is not dead.
DEAD_AFTER = 3
PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Checked:
    """How many were asked, and which of them did not answer well."""

    asked: int
    failed: list[LinkCheck]


def check_links(
    *, most: int = 200, everything: bool = False, tell: Callable[[LinkCheck], None] | None = None
) -> Checked:
    """Ask the addresses that are due, the longest unasked first, at most `most`; with a pause for each server."""
    failed, asked_at = [], dict[str, float]()
    due = due_links(everything=everything)[:most]
    for uid, url in due:
        host = url.partition("://")[2].partition("/")[0].lower()
        if host in asked_at:
            time.sleep(max(0.0, asked_at[host] + PAUSE - time.monotonic()))
        row = check_link(uid, url)
        asked_at[host] = time.monotonic()
        if row.failures:
            failed.append(row)
        if tell:
            tell(row)
    return Checked(len(due), failed)


def due_links(*, everything: bool = False) -> list[tuple[str, str]]:
    """(uid, address) of what is to be asked now: never asked, changed since, or asked long ago."""
    rows = _addresses(Source.objects.all(), SourceVersion.objects.all()).items()
    known = {row.uid: row for row in LinkCheck.objects.all()}
    now = timezone.now()
    due: list[tuple[float, str, str]] = []
    for uid, url in rows:
        last = known.get(uid)
        if last is None or last.url != url:
            due.append((0, uid, url))
        elif everything or last.checked_at < now - (AGAIN_IF_DEAD if last.failures else AGAIN):
            due.append((last.checked_at.timestamp(), uid, url))
    return [(uid, url) for _, uid, url in sorted(due)]


def _addresses(sources: QuerySet[Source], versions: QuerySet[SourceVersion]) -> dict[str, str]:
    """Uid -> the address of a source, or of the archived copy of a version, for all that have one: three queries."""
    found = dict(sources.exclude(url="").values_list("uid", "url"))
    found |= dict(versions.exclude(archive_url="").values_list("uid", "archive_url"))
    for copies in sources.exclude(archived=[]).values_list("archived", flat=True):
        found |= {copy["version"]: copy["url"] for copy in copies}
    return found


def answers_of(source: Source) -> list[LinkCheck]:
    """What the addresses that a source and its versions have now answered last: four queries."""
    now = _addresses(Source.objects.filter(pk=source.pk), SourceVersion.objects.filter(source=source))
    return [row for row in LinkCheck.objects.filter(pk__in=now).order_by("pk") if row.url == now[row.uid]]


def check_link(uid: str, url: str) -> LinkCheck:
    """Ask one address, and keep what it answered. No answer, or one from 400 on, is a failure.

    One that leads from https to http answers, and is told of: whoever opens it is not asked in private.
    """
    status, problem, told = None, "", ""
    try:
        found = probe(url)
        status = found.status
        if status >= 400:
            problem = f"answered {status}"
        elif url.lower().startswith("https:") and found.url.lower().startswith("http:"):
            told = f"it leads from https to {found.url}"
    except FetchError as error:
        problem = str(error)
    return _keep(uid, url, status, problem, told, timezone.now())


def _keep(uid: str, url: str, status: int | None, problem: str, told: str, now: datetime) -> LinkCheck:
    before = LinkCheck.objects.filter(pk=uid, url=url).first()
    row = LinkCheck(
        uid=uid,
        url=url,
        status=status,
        problem=(problem or told).replace("\x00", ""),
        checked_at=now,
        answered_at=(before.answered_at if before else None) if problem else now,
        failures=(before.failures if before else 0) + 1 if problem else 0,
    )
    row.save()
    return row


def is_dead(row: LinkCheck | None) -> bool:
    """Whether an address has failed so often that it is called dead."""
    return row is not None and row.failures >= DEAD_AFTER
