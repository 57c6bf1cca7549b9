"""Serve the site: python -m militiadb.serve [port].

Granian's own variables (GRANIAN_WORKERS, GRANIAN_HOST ...) go before what is set here. Beside it runs the worker that
does what waits in the background (`manage.py work`); MILITIADB_WORKER=0 where a service of its own does.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

DEFAULTS = {
    "GRANIAN_INTERFACE": "wsgi",
    "GRANIAN_HOST": "127.0.0.1",
    "GRANIAN_WORKERS": "2",
    # A save that waits for SQLite's write lock holds one; the others go on reading.
    "GRANIAN_BLOCKING_THREADS": "8",
    "GRANIAN_WEBSOCKETS": "false",
    "GRANIAN_WORKERS_KILL_TIMEOUT": "10",
    # Not "warning": that many threads would be one at each start.
    "GRANIAN_LOG_LEVEL": "error",
}

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
# Seconds before a worker that ended is begun again, and that one has to end.
WORKER_AGAIN = 5
WORKER_STOPS = 10


def refusal(host: str, port: str) -> str:
    """Why nothing can be served there, in one sentence; empty if it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port[:9]) <= 65535):
        return f"PORT must be a whole number from 1 to 65535, not {port!r}."
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, int(port)))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            # Granian would share the port with the other server, and readers get either.
            other = int(port) + 1 if int(port) < 65535 else 8000
            return f"Port {port} is taken; name another one: PORT={other} make run"
        if error.errno == errno.EACCES:
            return f"Port {port} is not for this account; name one from 1024 on: PORT=8000 make run"
        return f"Nothing can be served at {host}, port {port}: {error.strerror}."
    return ""


def main(port: str = "8000") -> int:
    """Run granian until a signal; its exit status.

    Ctrl-C reaches every process of a terminal's foreground group. A granian worker that gets it from there and from
    its parent too hangs, so granian has a group of its own and is told to stop once, by us.
    """
    environment = DEFAULTS | os.environ
    if problem := refusal(environment["GRANIAN_HOST"], port):
        sys.stderr.write(f"{problem}\n")
        return 2
    host = environment["GRANIAN_HOST"]
    sys.stdout.write(f"MilitiaDB: http://{f'[{host}]' if ':' in host else host}:{int(port)}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()
    server = subprocess.Popen(  # noqa: S603 (a list of our own, no shell)
        [sys.executable, "-m", "granian", "--port", str(int(port)), "militiadb.wsgi:application"],
        env=environment,
        process_group=0,
    )
    worker = Worker(environment) if environment.get("MILITIADB_WORKER") != "0" else None
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.terminate())
    try:
        return server.wait()
    finally:
        if worker:
            worker.stop()


class Worker:
    """The process that does what waits; begun again when it ends before it is stopped."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.stopped = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.watch = threading.Thread(target=self._keep, daemon=True)
        self.watch.start()

    def _keep(self) -> None:
        while not self.stopped.is_set():
            # A group of its own: Ctrl-C reaches it through us, once.
            self.process = subprocess.Popen(  # noqa: S603 (a list of our own, no shell)
                [sys.executable, str(MANAGE), "work", "--with-parent"], env=self.environment, process_group=0
            )
            if self.stopped.is_set():
                self.process.terminate()
            self.process.wait()
            self.stopped.wait(WORKER_AGAIN)

    def stop(self) -> None:
        """Let it end what it does for a few seconds; what it leaves is taken up at the next start."""
        self.stopped.set()
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(WORKER_STOPS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.watch.join(WORKER_STOPS)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
