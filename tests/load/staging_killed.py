"""A process killed while it stages a table and while it accepts it, on an empty database: what is left of it.

    DATABASE_URL=... python -m tests.load.staging_killed 2000

Each child kills itself (SIGKILL) within an open transaction or before it, where no handler and no rollback of ours can
help; the parent looks at every row that is left. Ends with status 1 where anything was half done. Last it stages and
accepts the same table to its end, and takes it back, and says how long it took and how much memory.
"""

import csv
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "militiadb.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.apps import apps  # noqa: E402 (what follows needs Django set up)
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from profiles.editorial import edit  # noqa: E402
from profiles.editorial.mapping import read_rows  # noqa: E402
from profiles.editorial.revert import undo  # noqa: E402
from profiles.exchange import acceptance, staging  # noqa: E402
from profiles.models import Capture, Revision, Stage  # noqa: E402
from profiles.values import documents as docs  # noqa: E402
from tests import cast, factory  # noqa: E402

HEADINGS = ("kind", "subject", "topic", "aspect", "statement", "sense", "voice", "when", "version", "quote", "bearing",
            "citation_voice")  # fmt: skip


def table(rows: int) -> io.BytesIO:
    """Claims, one a row, each with its passage."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for n in range(rows):
        said, when = f"The River Guards guard bend {n}.", str(1900 + n % 100)
        writer.writerow(("statement", "river-guards", "origins", "purpose", said, "as_of", "stated", when,
                         "river-guards", "The River Guards were founded", "supports", "stated"))  # fmt: skip
    return io.BytesIO(out.getvalue().encode())


def kept() -> dict[str, Any]:
    """All that a staging may leave: how many rows each table has, and each draft by its digest."""
    counts = {model.__name__: model._default_manager.count() for model in apps.get_app_config("profiles").get_models()}
    return {**counts, "drafts": {uid: docs.digest(document) for uid, document in read_rows().items()}}


def die(*args: Any, **values: Any) -> None:
    """As a machine dies."""
    os.kill(os.getpid(), signal.SIGKILL)


def child(work: Callable[[], Any]) -> tuple[int, int, float]:
    """Do it in a process of its own: (how it ended, the most kilobytes that it held, its seconds of a processor)."""
    connections.close_all()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status, used = os.wait4(pid, 0)
    return status, used.ru_maxrss, used.ru_utime + used.ru_stime


def killed_while_reading(rows: int) -> None:
    """At a batch in the middle of the file."""
    seen = []
    staging.stage([("bends.csv", table(rows))], by=cast.editor(),
                  progress=lambda number: (seen.append(number), die() if sum(seen) >= rows // 2 else None))  # fmt: skip


def killed_while_writing(rows: int) -> None:
    """When half of the set is written beside the drafts, in the transaction that is never closed."""
    whole = staging._Reading._rows

    def half(self: Any, *args: Any) -> Iterator[Any]:
        for number, row in enumerate(whole(self, *args)):
            if number == rows // 2:
                die()
            yield row

    staging._Reading._rows = half
    staging.stage([("bends.csv", table(rows))], by=cast.editor())


def killed_while_accepting(rows: int) -> None:
    """When the rows of drafts are written, and no revision tells of them."""
    edit._Act.enter = die
    acceptance.accept(Stage.objects.get(), by=cast.editor())


def killed_before_the_end(rows: int) -> None:
    """When all is written but the last word, that the set was accepted."""
    finish = acceptance._finish
    acceptance._finish = lambda *args: (finish(*args), die())
    acceptance.accept(Stage.objects.get(), by=cast.editor())


def main(rows: int) -> int:
    """Kill at each place; 1 where something is left."""
    call_command("migrate", verbosity=0)
    factory.load(*factory.make_ground(), by=cast.editor())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)
    wrong = []

    def kill(act: Callable[[int], None]) -> None:
        before = kept()
        status, *_ = child(lambda: act(rows))
        if status != signal.SIGKILL:
            wrong.append(f"{act.__name__}: the process ended by itself: {status}")
        if kept() != before:
            wrong.append(f"{act.__name__}: something is left")

    ground = kept()
    kill(killed_while_reading)
    kill(killed_while_writing)
    began = time.perf_counter()
    status, most, busy = child(lambda: staging.stage([("bends.csv", table(rows))], by=cast.editor()))
    staged = time.perf_counter() - began
    if (status, Stage.objects.get().state, Stage.objects.get().rows.waiting().count()) != (0, "staged", rows):
        wrong.append("the same table is not staged afterwards")
    kill(killed_while_accepting)
    kill(killed_before_the_end)
    began = time.perf_counter()
    child(lambda: acceptance.accept(Stage.objects.get(), by=cast.editor()))
    accepted = time.perf_counter() - began
    if len(kept()["drafts"]) != len(ground["drafts"]) + rows:
        wrong.append("the set is not accepted afterwards")
    child(lambda: undo(Revision.objects.latest("pk"), by=cast.editor()))
    if kept()["drafts"] != ground["drafts"]:
        wrong.append("the import is not taken back whole")
    sys.stdout.writelines(f"WRONG: {line}\n" for line in wrong)
    sys.stdout.write(
        f"{rows} rows staged in {staged:.1f} s ({busy:.1f} busy), {most // 1024} MB; accepted in {accepted:.1f} s\n"
    )
    sys.stdout.write("4 kills, nothing left of any\n" if not wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
