"""Time, CPU and memory of what one process does."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection


@contextmanager
def measured(told: dict[str, Any], name: str = "seconds") -> Iterator[None]:
    """Put the time of what is done inside under a name."""
    began = time.perf_counter()
    yield
    told[name] = time.perf_counter() - began


@contextmanager
def spent(told: dict[str, Any], name: str = "ms") -> Iterator[None]:
    """Put the milliseconds of CPU of what is done inside under a name, those of PostgreSQL's process with them."""
    before = time.process_time() + _backend()
    yield
    told[name] = (time.process_time() + _backend() - before) * 1000


def _backend() -> float:
    """Seconds of CPU that the server's process of our connection has taken (Linux tells it in nanoseconds)."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    found = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return int(found.split()[0]) / 1e9


def median_of(rounds: int, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of CPU of some work, the median of rounds; `before` each of them is not counted."""
    taken: dict[str, float] = {}
    for number in range(rounds):
        before()
        with spent(taken, str(number)):
            work()
    return median(taken.values())


def peak() -> float:
    """The greatest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
