"""The worker: does what waits, and sees to it that nothing is lost when one dies."""

import logging
import os
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from profiles.editorial.intake import OVERDUE, take_up_again

log = logging.getLogger(__name__)

# How often it looks for work, and for what others have left or what has become due.
SECONDS = 1.0
LOOK_AFTER = 60.0
_TOLD_FOR = timedelta(days=1)


def work(*, worker_id: str, due: Callable[[], None], once: bool = False, parent: int = 0) -> None:
    """Do what waits until a signal ends it, or its parent (a process id) is gone; `once`: only what waits now.

    `due` does, about once a minute, what was told to be done at a time.
    """
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=worker_id, excluded_queue_names=[],
    )  # fmt: skip
    if not once:
        worker.configure_signals()
    looked = -LOOK_AFTER
    while worker.running and parent in (0, os.getppid()):
        try:
            if time.monotonic() - looked >= LOOK_AFTER:
                look_after()
                _do(due)
                looked = time.monotonic()
            worker.run()
        except DatabaseError:
            if once:
                raise
            # It may be restarted, restored or migrated just now.
            log.warning("the database does not answer the worker", exc_info=True)
            close_old_connections()
            time.sleep(10)
        if once:
            return
        if worker.running:
            time.sleep(SECONDS)


def _do(due: Callable[[], None]) -> None:
    """What is due; a fault in it is told, tried again a minute later, and keeps nobody's capture waiting."""
    try:
        due()
    except Exception:
        log.exception("what is due could not be done")


def look_after() -> int:
    """Ask again for what a dead worker left, forget what was done a day ago: how many were asked for again."""
    late = timezone.now() - OVERDUE
    DBTaskResult.objects.running().filter(started_at__lt=late).delete()
    again, given_up = take_up_again()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _TOLD_FOR).delete()
    if again or given_up:
        log.warning("captures left by a worker that died: %s asked for again, %s given up", again, given_up)
    return again
