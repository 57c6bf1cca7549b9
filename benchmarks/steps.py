"""One thing to measure, in a process of its own: python -m benchmarks.steps NAME [ARGUMENT ...].

DATABASE_URL says where. What was measured is printed as one line of JSON: seconds, and the process' greatest resident
memory in MB, with what it was before the work began.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "militiadb.settings")
django.setup()

from django.core import serializers  # noqa: E402 (what follows needs Django set up)
from django.core.management import call_command  # noqa: E402
from django.core.management.commands.loaddata import Command as StockLoaddata  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks import data  # noqa: E402
from benchmarks.measuring import measured, peak  # noqa: E402
from benchmarks.names import ask_names, names  # noqa: E402
from benchmarks.reading import export, first, first_render, render_all  # noqa: E402
from profiles import models as tables  # noqa: E402
from profiles.editorial.accounts import ensure_roles  # noqa: E402
from profiles.editorial.decide import Said, decide, wanting  # noqa: E402
from profiles.editorial.edit import recorded  # noqa: E402
from profiles.editorial.publish import publish_review  # noqa: E402
from profiles.editorial.review import all_drafts, open_review  # noqa: E402
from profiles.exchange.bulk import load_lines  # noqa: E402
from profiles.reading.pages import project  # noqa: E402
from profiles.reading.replay import rebuild  # noqa: E402
from profiles.reading.upkeep import are_current, mark, remember  # noqa: E402

# What a stock fixture of the same drafts holds, in an order that foreign keys allow.
ROWS = (
    "Source", "SourceVersion", "Speaker", "Authority", "Programme", "Place", "Profile", "Claim", "Citation",
    "Attribution", "ClaimLink", "Translation", "Silence",
)  # fmt: skip


def rows_there() -> int:
    """How many rows the drafts have, documents and history not counted."""
    return sum(getattr(tables, name).objects.count() for name in ROWS)


def migrate() -> dict[str, Any]:
    """Make the tables and the two accounts."""
    call_command("migrate", verbosity=0)
    roles = ensure_roles()
    for role in ("editor", "reviewer"):
        user, _ = tables.User.objects.get_or_create(username=role, defaults={"is_staff": True})
        user.groups.add(roles[role])
    return {}


def lines(file: str) -> dict[str, Any]:
    """Bring in a file of lines: validated, with documents and one revision."""
    told: dict[str, Any] = {"before_mb": peak()}
    with measured(told):
        load_lines(Path(file), by=tables.User.objects.get(username="editor"), reason="benchmark")
    return {**told, "rows": rows_there()}


def dump(file: str) -> dict[str, Any]:
    """Write the drafts' rows as a stock JSON fixture."""
    rows = (row for name in ROWS for row in getattr(tables, name).objects.order_by("pk").iterator(chunk_size=2000))
    with Path(file).open("w") as out:
        serializers.serialize("json", rows, stream=out)
    return {"rows": rows_there()}


def loaddata(file: str) -> dict[str, Any]:
    """Load a stock JSON fixture: rows only, nothing checked but by the database."""
    told: dict[str, Any] = {"before_mb": peak()}
    with measured(told):
        # Django's own: the site's refuses rows that would go past review.
        call_command(StockLoaddata(), file, verbosity=0)
    return {**told, "rows": rows_there()}


def publish() -> dict[str, Any]:
    """Put all drafts up in one review and publish it."""
    told: dict[str, Any] = {"before_mb": peak()}
    people = {user.username: user for user in tables.User.objects.all()}
    with measured(told, "review"), transaction.atomic():
        review = open_review(all_drafts(), by=people["editor"], kind="new")
    with measured(told, "decisions"):
        decided(review, people["reviewer"])

    def projected(release: Any) -> Any:
        with measured(told, "project"):
            return project(release)

    with measured(told, "publication"):
        made = publish_review(review, by=people["reviewer"], project=projected)
    return {**told, "editions": made.editions.count()}


def decided(review: Any, reviewer: Any) -> Any:
    """The review, with all decided on that needs a decision of its own, in one act."""
    decide(review, [Said(uid, sha, "supports") for uid, sha in wanting(review).items()], by=reviewer)
    return review


def is_filled() -> dict[str, Any]:
    """Whether something is published there already."""
    return {"filled": tables.Entry.objects.exists()}


def settle() -> dict[str, Any]:
    """Bring a kept database up to the code that is here, and let the database know what it holds."""
    told: dict[str, Any] = {"remade": False}
    if tables.Publication.objects.exists():
        if mark().exists() and not are_current():
            rebuild()
            told["remade"] = True
        remember()
    if connection.vendor == "postgresql":
        # As autovacuum does before long.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return told


def slugs() -> dict[str, Any]:
    """Where the long profiles stand, and a shorter one."""
    uids = [data.uid_of(number) for number in range(data.RICH + 1)]
    found = dict(tables.Entry.objects.filter(pk__in=uids).values_list("uid", "slug"))
    return {"slugs": [found[uid] for uid in uids]}


def size() -> int:
    """The bytes of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
            # Without free pages: what is written next takes them.
            pages = "pragma_page_count(), pragma_freelist_count(), pragma_page_size()"
            cursor.execute(f"SELECT (page_count - freelist_count) * page_size FROM {pages}")  # noqa: S608 (our own words)
        return int(cursor.fetchone()[0])


def growth(saves: str) -> dict[str, Any]:
    """What a claim, a revision and a publication of one changed claim add to the database, in bytes."""
    editor, reviewer = (tables.User.objects.get(username=name) for name in ("editor", "reviewer"))
    told: dict[str, Any] = {"claims": tables.Claim.objects.count(), "size": size()}
    told["drafts"] = _size_of_drafts()
    uid, number = f"{data.uid_of(0)}-0003", int(saves)
    before = size()
    with measured(told):
        for n in range(number):
            with recorded([uid], by=editor, reason="benchmark"):
                tables.Claim.objects.filter(pk=uid).update(scope=f"as of reading {n}")
    told["revision"] = (size() - before) / number
    for name, uid in (("long", f"{data.uid_of(0)}-0003"), ("short", f"{data.uid_of(3)}-0003")):
        before = size()
        for n in range(20):
            with recorded([uid], by=editor, reason="benchmark"):
                tables.Claim.objects.filter(pk=uid).update(scope=f"as of edition {n}")
            publish_review(decided(open_review([uid], by=editor), reviewer), by=reviewer, project=project)
        told[name] = (size() - before) / 20 - told["revision"]
    return told


def _size_of_drafts() -> int:
    """The part of the size that the rows of drafts with their indexes take, without documents, history and pages."""
    names = [getattr(tables, name)._meta.db_table for name in ROWS]
    sql = """SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN
        (SELECT name FROM sqlite_master WHERE tbl_name IN (SELECT value FROM json_each(%s)))"""
    if connection.vendor == "postgresql":
        sql = """SELECT sum(pg_total_relation_size(name::regclass))
            FROM json_array_elements_text(%s::json) AS name"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(names)])
        return int(cursor.fetchone()[0] or 0)


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    step.__name__: step
    for step in (
        *(migrate, lines, dump, loaddata, publish, is_filled, settle, slugs, growth),
        *(first, first_render, render_all, export, names, ask_names),
    )
}


def main(name: str, *arguments: str) -> None:
    """Do one step and print what it told."""
    began = time.process_time()
    told = STEPS[name](*arguments)
    told = {**told, "cpu": time.process_time() - began, "peak_mb": peak()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
