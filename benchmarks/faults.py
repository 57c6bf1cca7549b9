"""A process killed while it saves, loads and publishes, at once or at a set time: python -m benchmarks.faults [--help].

After each kill: no acknowledged act is lost, nothing is published by half, every proof holds, the guards stand. Ends
with status 1 where something does not.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.databases import databases

ACTS, LONGEST = 4, 0.2  # a process does so many acts at most, and then lives so many seconds


def main() -> None:
    """Kill and check as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--url", default="", help="an empty database, instead of one made for this")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = asked.url or stack.enter_context(databases(asked.database))("faults")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="militiadb-faults-")))
        sys.exit(kills(folder, asked.kills, asked.seed))


def kills(folder: Path, count: int, seed: int) -> int:
    """Kill so many processes, each at a moment of its own; 1 and what is wrong at the first that leaves harm."""
    from benchmarks import world

    world.make_world(10)
    random = Random(seed)  # noqa: S311 (not secret)
    under_way: Counter[str] = Counter()
    for number in range(count):
        file, now = folder / f"{number:04d}.jsonl", folder / "now"
        now.unlink(missing_ok=True)
        child = world.fork(partial(_work, world, file, now, Random(f"{seed}:{number}"), number))  # noqa: S311
        acts, until = random.randrange(ACTS + 1), time.monotonic() + 30
        while _begun(now)[0] < acts and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(random.random() * LONGEST)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        wrong = [] if status == signal.SIGKILL else [f"the process ended by itself: {status}"]
        under_way[_begun(now)[1]] += 1
        _settle(world)
        promised = list(world.acknowledged(folder))
        if wrong := wrong + world.problems(promised):
            sys.stdout.writelines(f"WRONG after kill {number} (seed {seed}): {line}\n" for line in wrong[:20])
            return 1
    acts = Counter(one["act"] for one in world.acknowledged(folder))
    sys.stdout.write(f"{count} kills, {dict(under_way)} under way; {dict(acts)} acknowledged, none lost; all proved\n")
    return 0


def _begun(now: Path) -> tuple[int, str]:
    """How many acts a process had done when it began the one under way, and which that is."""
    number, _, act = (now.read_text() if now.exists() else "").partition(" ")
    return (int(number), act) if act else (-1, "nothing")


def _work(world: Any, file: Path, now: Path, random: Random, number: int) -> None:
    """Save, load and publish until killed. `now` says what is under way."""
    opener = world.person("writer1")
    claims = sorted(world.Claim.objects.values_list("uid", flat=True))
    for n in range(10_000):
        act = random.choice(("save", "save", "load", "publish", "timed"))
        now.write_text(f"{n} {act}")
        if act == "save":
            world.save(
                random.choice(claims), f"life {number}, save {n}", opener, file, random.choice(("form", "import"))
            )
        elif act == "load":
            _load(world, claims, f"life {number}, load {n}", opener, file, random)
        elif act == "publish":
            world.publish(world.data.uid_of(random.randrange(10)), file)
        else:
            world.publish_at_its_time(world.data.uid_of(random.randrange(10)), file)


def _load(world: Any, claims: list[str], words: str, by: Any, file: Path, random: Random) -> None:
    """Bring in many claims as one act, from a file of lines."""
    from profiles.exchange.bulk import load_lines

    lines = file.with_suffix(".lines")
    chosen = sorted(random.sample(claims, 30))
    made = [
        world.docs.convert({**world._plain(uid), "scope": words, "salt": f"{random.getrandbits(128):032x}"})
        for uid in chosen
    ]
    lines.write_bytes(b"".join(world.docs.canonical(document) + b"\n" for document in made))
    outcome = load_lines(lines, by=by, reason="load")
    for uid in chosen:
        world.told(file, act="save", uid=uid, revision=outcome.revision.pk, ms=0)


def _settle(world: Any) -> None:
    """PostgreSQL learns that its client is gone when it next writes to it: wait until no transaction is under way."""
    if world.connection.vendor != "postgresql":
        return
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with world.connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.01)


if __name__ == "__main__":
    main()
