"""Sixteen readers while pages are published and taken down: python -m benchmarks.fresh [--help].

Ends with status 1 where a reader met an error, half a page, a mixture of two editions, or one older than was public
when they asked; or where any worker still showed a profile on the request after its take-down.
"""

import argparse
import gzip
import hashlib
import http.client
import json
import os
import sys
import threading
import time
from contextlib import ExitStack
from typing import Any

from benchmarks.databases import databases
from benchmarks.serving import Server, server

READERS = 16


def main() -> None:
    """Set up, publish while all read, take down, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--url", default="", help="an empty database, instead of one made for this")
    parser.add_argument("--publications", type=int, default=20)
    asked = parser.parse_args()
    with ExitStack() as stack:
        url = asked.url or stack.enter_context(databases(asked.database))("fresh")
        os.environ["DATABASE_URL"] = url
        from benchmarks import world

        world.make_world()
        uid = world.data.uid_of(0)
        path = f"/groups/{world.Entry.objects.get(pk=uid).slug}/"
        made = stack.enter_context(server(url, LOG_LEVEL="WARNING"))
        wrong = [*published(world, made, uid, path, asked.publications), *taken_down(world, made, uid, path)]
    for line in wrong[:20]:
        sys.stdout.write(f"WRONG: {line}\n")
    sys.exit(1 if wrong else 0)


def stored(path: str) -> str:
    """The etag that is public now."""
    from profiles.models.published import Address

    return Address.objects.get(pk=path).etag


def published(world: Any, made: Server, uid: str, path: str, count: int) -> list[str]:
    """Each answer is wholly that of an edition that was public between question and answer."""
    # (etag, the moment before its publication began, the moment after it was through), oldest first.
    spans: list[tuple[str, float, float]] = [(stored(path), 0.0, 0.0)]
    answers: list[tuple[float, float, str]] = []
    errors: list[str] = []
    ended = threading.Event()

    def read(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", made.port, timeout=60)
        while not ended.is_set():
            began = time.monotonic()
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if number % 2 else {})
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException) as error:
                errors.append(f"{type(error).__name__} {error}")
                return
            etag = answer.headers.get("ETag", "").strip('"').removesuffix(".gz")
            page = gzip.decompress(body) if number % 2 else body
            head = json.dumps(
                [answer.status, sorted((n, answer.headers[n]) for n in ("Content-Type", "Content-Language"))],
                separators=(",", ":"),
            )
            if hashlib.sha256(head.encode() + b"\n" + page).hexdigest() != etag:
                errors.append(f"answered {answer.status} with bytes that are not those of its etag {etag}")
            answers.append((began, time.monotonic(), etag))
            time.sleep(0.005)

    threads = [threading.Thread(target=read, args=(n,), daemon=True) for n in range(READERS)]
    for thread in threads:
        thread.start()
    editor, reviewer = world.person("opener"), world.person("reviewer")
    claim = f"{uid}-0003"
    for number in range(count):
        with world.recorded([claim], by=editor, reason="load"):
            world.Claim.objects.filter(pk=claim).update(scope=f"as of round {number}")
        before = time.monotonic()
        world.release(world.reviewed([claim]), by=reviewer)
        spans.append((stored(path), before, time.monotonic()))
    ended.set()
    for thread in threads:
        thread.join(60)
    until = {etag: (spans[n + 1][2] if n + 1 < len(spans) else float("inf")) for n, (etag, _, _) in enumerate(spans)}
    since = {etag: before for etag, before, _ in spans}
    for asked, told, etag in answers:
        if etag not in since:
            errors.append(f"an edition that never was: {etag}")
        elif asked > until[etag] or told < since[etag]:
            errors.append(f"an edition that was not public: asked {asked - until[etag]:.3f} s too late")
    sys.stdout.write(f"{count} publications, {len(answers)} reads by {READERS} readers\n")
    return errors


def taken_down(world: Any, made: Server, uid: str, path: str) -> list[str]:
    """On the first request after it, over sixteen connections to all workers, nobody sees the page any more."""
    from profiles.editorial.take_down import withdraw
    from profiles.reading.pages import project

    connections = [http.client.HTTPConnection("127.0.0.1", made.port, timeout=60) for _ in range(READERS)]
    before = [_status(one, path) for one in connections]
    withdraw(uid, by=world.person("reviewer"), reason="load", project=project)
    after = [_status(one, path) for one in connections]
    sys.stdout.write(f"taken down: {sorted(set(before))} before, {sorted(set(after))} after\n")
    return [] if (set(before), set(after)) == ({200}, {410}) else [f"taken down: {before}, then {after}"]


def _status(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


if __name__ == "__main__":
    main()
