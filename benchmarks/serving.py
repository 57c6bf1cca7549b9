"""The site under load: a server of our own on 127.0.0.1, what it answers, and what of the machine it takes."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import free_port

ROOT = Path(__file__).resolve().parent.parent
HEADERS = {"Accept-Encoding": "gzip", "Host": "127.0.0.1"}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests answered a second, and the server's CPU for each, in milliseconds (its database's included)."""

    a_second: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int
    database_pid: int | None

    def cpu(self) -> float:
        """Seconds of CPU that server, workers and PostgreSQL's backends have taken so far."""
        return cpu_of(self.pid) + (cpu_of(self.database_pid) if self.database_pid else 0)

    def get(self, path: str, **more: str) -> tuple[int, bytes, str]:
        """Status, body and etag of one request; `more` are headers beside the usual."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={**HEADERS, **_headers(more)})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("ETag", "")


@contextmanager
def server(url: str, settings: str = "militiadb.settings", **environment: str) -> Iterator[Server]:
    """Serve a database on a free port until done."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-m", "militiadb.serve", str(port)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": settings,
            "MILITIADB_WORKER": "0",
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    made = Server(port, process.pid, postmaster_of(url))
    try:
        for _ in range(1200):
            try:
                if made.get("/healthz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not answer within two minutes")
        yield made
    finally:
        process.terminate()
        process.wait(30)


def load(made: Server, path: str, seconds: float, connections: int = 4, status: int = 200, **more: str) -> Rate:
    """Ask for one path over some connections for so long. Any answer but the one of `status` is an error."""
    told, body, _ = made.get(path, **more)
    if told != status or (status == 200) != bool(body):
        raise RuntimeError(f"{path} answers {told}")
    before, began = made.cpu(), time.perf_counter()
    headers = {**HEADERS, **_headers(more)}
    count = (_wrk if shutil.which("wrk") else _threads)(made, path, seconds, connections, headers, status)
    if count < connections:
        # Too few to tell of: what is under way at the end counts for nothing.
        return load(made, path, seconds * 3, connections, status, **more)
    taken = time.perf_counter() - began
    return Rate(count / taken, (made.cpu() - before) / count * 1000)


def _headers(more: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in more.items()}


def _wrk(made: Server, path: str, seconds: float, connections: int, headers: dict[str, str], status: int) -> int:
    told = subprocess.run(  # noqa: S603 (our own words)
        [  # noqa: S607 (found on the path)
            "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "60s",
            *(part for name, value in headers.items() if name != "Host" for part in ("-H", f"{name}: {value}")),
            f"http://127.0.0.1:{made.port}{path}",
        ],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    found = re.search(r"(\d+) requests in", told)
    # It counts every answer but those of 2xx and 3xx.
    if "Non-2xx" in told or "Socket errors" in told or not found:
        raise RuntimeError(told)
    return int(found[1])


def _threads(made: Server, path: str, seconds: float, connections: int, headers: dict[str, str], status: int) -> int:
    """Where there is no wrk: fewer requests a second, since the client takes more of the machine than the server."""
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", made.port, timeout=30)
        while time.perf_counter() < until:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            counts[place] += answer.status == status

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def cpu_of(pid: int) -> float:
    """CPU of a process and of all below it, those that have ended included."""
    parents: dict[int, list[int]] = {}
    times: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may have spaces.
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        one = int(path.parent.name)
        parents.setdefault(int(fields[1]), []).append(one)
        times[one] = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    todo, total = [pid], 0
    while todo:
        one = todo.pop()
        total += sum(times.get(one, (0, 0)))
        todo += parents.get(one, [])
    return total / _TICKS


def postmaster_of(url: str) -> int | None:
    """The process above all of PostgreSQL's, found by the port that its command line names."""
    match = re.fullmatch(r"postgresql://[^/]*:(\d+)/.*", url)
    if not match:
        return None
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"postgres" in words[0] and match[1].encode() in words:
            return int(path.parent.name)
    return None
