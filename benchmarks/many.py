"""Eight writers, a publisher and sixteen readers at once on a live server: python -m benchmarks.many [--help].

Ends with status 1 where a save was lost or made twice, a chain of revisions is broken, a reader met an error or half a
page, or what is published cannot be proved.
"""

import argparse
import http.client
import os
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from benchmarks.databases import databases
from benchmarks.desk import Desk
from benchmarks.serving import Server, server

READERS = 16


def main() -> None:
    """Set up, let all run at once, check, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--url", default="", help="an empty database, instead of one made for this")
    parser.add_argument("--saves", type=int, default=40, help="by each of the eight writers")
    parser.add_argument("--races", type=int, default=5, help="pairs of publications that race for one parent")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        url = asked.url or stack.enter_context(databases(asked.database))("many")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="militiadb-many-")))
        os.environ["DATABASE_URL"] = url
        wrong = at_once(url, folder, asked.saves, asked.seed)
        wrong += races(folder, asked.races)
    for line in wrong[:20]:
        sys.stdout.write(f"WRONG: {line}\n")
    sys.exit(1 if wrong else 0)


def at_once(url: str, folder: Path, saves: int, seed: int) -> list[str]:
    """Everybody at once; returns what is wrong afterwards."""
    from benchmarks import world

    world.make_world()
    claims = sorted(world.Claim.objects.values_list("uid", flat=True))
    paths = _paths(world)
    # Static files need not be collected for it; else the site as it is served.
    with server(url, "benchmarks.naive.settings", MILITIADB_WORKER="1") as made:
        readers = _Readers(made, paths)
        readers.start()
        began = time.perf_counter()
        children = [
            world.fork(partial(_write, world, made, folder / f"writer{n}.jsonl", n, claims, saves, seed))
            for n in range(world.WRITERS)
        ]
        stop = folder / "stop"
        publisher = world.fork(partial(_publish, world, folder / "publisher.jsonl", stop, seed))
        failed = [child for child in children if os.waitpid(child, 0)[1]]
        taken = time.perf_counter() - began
        stop.touch()
        failed += [publisher] if os.waitpid(publisher, 0)[1] else []
        readers.stop()
    promised = list(world.acknowledged(folder))
    wrong = [f"a process failed: {child}" for child in failed] + readers.errors + world.problems(promised)
    kept = [one for one in promised if one["act"] == "save"]
    if len(kept) != world.WRITERS * saves:
        wrong.append(f"{len(kept)} saves were told of, not {world.WRITERS * saves}")
    rows = {
        "saves": [one["ms"] for one in kept],
        "of them at the desk (form opened, changed, saved)": [one["ms"] for one in kept if one.get("way") == "desk"],
        "publications": [one["ms"] for one in promised if one["act"] == "publish"],
        "reads": readers.times,
    }
    for name, times in rows.items():
        sys.stdout.write(f"{name}: {len(times)}, {len(times) / taken:.1f}/s, {_spread(times)}\n")
    return wrong


def _spread(times: list[float]) -> str:
    if len(times) < 2:
        return f"{times} ms"
    cut = quantiles(times, n=100)
    return f"p50 {cut[49]:.0f} ms, p99 {cut[98]:.0f} ms, most {max(times):.0f} ms"


def _write(world: Any, made: Server, file: Path, number: int, claims: list[str], saves: int, seed: int) -> None:
    """One writer: claims that the others change too, by the desk's form through the server, by what a form calls, by
    an import, in turn."""
    random, by = Random(f"{seed}:{number}"), world.person(f"writer{number}")  # noqa: S311 (not secret)
    desk = Desk(made, by)
    for n in range(saves):
        uid = random.choice(claims[:60]) if random.random() < 0.7 else random.choice(claims)
        words = f"by writer {number}, save {n}"
        if n % 3:
            world.save(uid, words, by, file, "form" if n % 3 == 1 else "import")
        else:
            _save_at_desk(world, desk, uid, words, by, file)


def _save_at_desk(world: Any, desk: Desk, uid: str, words: str, by: Any, file: Path) -> None:
    """Save by the form, opened again as long as somebody else was quicker."""
    began = time.perf_counter()
    for _ in range(100):
        status = desk.save(uid, words)
        if status == 302:
            mine = world.RevisionEntry.objects.filter(uid=uid, revision__by=by).order_by("-revision_id")[0]
            taken = (time.perf_counter() - began) * 1000
            world.told(file, act="save", way="desk", uid=uid, revision=mine.revision_id, ms=taken)
            return
        if status != 409:
            raise AssertionError(f"{uid}: the desk answers {status}")
    raise AssertionError(f"{uid}: a hundred times somebody else was quicker")


def _publish(world: Any, file: Path, stop: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 (not secret)
    until = time.monotonic() + 300
    while not stop.exists() and time.monotonic() < until:
        if not world.publish(world.data.uid_of(random.randrange(world.PROFILES)), file):
            time.sleep(0.02)


def _paths(world: Any) -> list[str]:
    folders = {"group": "groups", "person": "people", "event": "events"}
    entries = list(world.Entry.objects.order_by("pk"))
    pages = [f"/{folders[entry.model]}/{entry.slug}" for entry in entries]
    groups = [entry.slug for entry in entries if entry.model == "group"]
    lists = ["/groups/?kind=armed_group&designated_by=auth-0001", "/claims/?topic=strength", "/designations/"]
    return [
        *(f"{page}/" for page in pages),
        *(f"{page}.json" for page in pages),
        f"/compare/?with={groups[0]}&with={groups[1]}&with={groups[2]}",
        *lists,
    ]


class _Readers:
    """Sixteen readers, each with a connection of its own, that look at every byte they get."""

    def __init__(self, made: Server, paths: list[str]) -> None:
        self.made, self.paths = made, paths
        self.times: list[float] = []
        self.errors: list[str] = []
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,), daemon=True) for n in range(READERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self, number: int) -> None:
        random = Random(number)  # noqa: S311 (not secret)
        connection = http.client.HTTPConnection("127.0.0.1", self.made.port, timeout=60)
        until = time.monotonic() + 300
        while not self._ended.is_set() and time.monotonic() < until and len(self.errors) < 20:
            path = random.choice(self.paths)
            began = time.perf_counter()
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(f"{path}: {type(error).__name__} {error}")
                connection.close()
                continue
            self.times.append((time.perf_counter() - began) * 1000)
            if wrong := _wrong_with(path, answer.status, body):
                self.errors.append(f"{path}: {wrong}")
            # Sixteen people who read, not a load test: the machine is the writers' too.
            time.sleep(0.02)


def _wrong_with(path: str, status: int, body: bytes) -> str:
    from benchmarks.world import whole_json

    if status != 200:
        return f"answered {status}"
    if path.endswith(".json"):
        try:
            whole_json(body)
        except (AssertionError, ValueError, KeyError) as error:
            return f"not whole: {error}"
        return ""
    return "" if body.rstrip().endswith(b"</html>") else "not whole"


# -- races -----------------------------------------------------------------------------------------------------


def races(folder: Path, count: int) -> list[str]:
    """Pairs of publications, both rendered over one parent before either writes: one wins, the other tries again."""
    from benchmarks import world

    wrong: list[str] = []
    claims = [f"{world.data.uid_of(0)}-0001", f"{world.data.uid_of(0)}-0002"]
    for number in range(count):
        file = folder / f"race{number}.jsonl"
        for place, uid in enumerate(claims):
            world.save(uid, f"race {number}", world.person("writer0"), folder / f"saves-{number}-{place}.jsonl", "form")
        reviews = [world.reviewed([uid]).pk for uid in claims]
        before = world.Publication.objects.count()
        ready = [folder / f"ready-{number}-{place}" for place in (0, 1)]
        children = [world.fork(partial(_race, world, reviews[place], ready, place, file)) for place in (0, 1)]
        ended = [os.waitpid(child, 0)[1] for child in children]
        if any(ended):
            wrong.append(f"race {number}: a process failed")
        tries = sorted(one["tries"] for one in world.acknowledged(folder) if one["act"] == f"race{number}.jsonl")
        made = world.Publication.objects.count() - before
        if (tries, made) != ([1, 2], 2):
            wrong.append(f"race {number}: tries {tries}, publications {made}")
    wrong += world.problems([one for one in world.acknowledged(folder) if one["act"] in ("save", "publish")])
    sys.stdout.write(f"races: {count}, each won once and then by the other\n" if not wrong else "races: lost\n")
    return wrong


def _race(world: Any, review: int, ready: list[Path], place: int, file: Path) -> None:
    """Publish, having waited until the other has rendered too; when told to try again, do."""
    from profiles.editorial.publish import publish_review
    from profiles.reading.pages import project

    def waited(release: Any) -> Any:
        made = project(release)
        ready[place].touch()
        until = time.monotonic() + 30
        while not ready[1 - place].exists() and time.monotonic() < until:
            time.sleep(0.001)
        return made

    reviewer = world.person("reviewer")
    for tries in (1, 2, 3):
        try:
            publish_review(world.Review.objects.get(pk=review), by=reviewer, project=waited)
        except world.TryAgain:
            continue
        world.told(file, act=file.name, tries=tries)
        return
    raise AssertionError("told to try again three times")


if __name__ == "__main__":
    main()
