"""The stored pages of profiles made again, and nothing else: no index row, no notice of what was taken down."""

from collections.abc import Callable

from django.db import connection, transaction

from profiles.models.projection import write_pages
from profiles.models.published import Entry

from .replay import BATCH, newest


def render(done: Callable[[int], object]) -> int:
    """Make the page and JSON of every public profile again, in batches; `done` is told of each. Their number.

    Whoever publishes waits for a batch at most: pages made of what was public before would overwrite theirs.
    """
    uids = sorted(Entry.objects.values_list("pk", flat=True))
    for start in range(0, len(uids), BATCH):
        some = uids[start : start + BATCH]
        # SQLite lets one write at a time anyway.
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE profiles_publication IN SHARE ROW EXCLUSIVE MODE")
            # Without those that were taken down meanwhile.
            write_pages(newest(sorted(Entry.objects.filter(pk__in=some).values_list("pk", flat=True))).pages)
        done(len(some))
    return len(uids)
