"""Serve the site: python -m militiadb.serve [port].

Granian's own variables (GRANIAN_WORKERS, GRANIAN_HOST ...) go before what is set here.
"""

import errno
import os
import signal
import socket
import subprocess
import sys

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


def taken(host: str, port: str) -> bool:
    """Another server listens there already; granian would share the port with it, and readers get either."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def main(port: str) -> int:
    """Run granian until a signal; its exit status.

    Ctrl-C reaches every process of a terminal's foreground group. A granian worker that gets it from there and from
    its parent too hangs, so granian has a group of its own and is told to stop once, by us.
    """
    environment = DEFAULTS | os.environ
    if taken(environment["GRANIAN_HOST"], port):
        sys.exit(f"Port {port} is taken; name another one: PORT={int(port) + 1} make run")
    server = subprocess.Popen(  # noqa: S603 (a list of our own, no shell)
        [sys.executable, "-m", "granian", "--port", port, "militiadb.wsgi:application"],
        env=environment,
        process_group=0,
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.terminate())
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:] or ["8000"]))
