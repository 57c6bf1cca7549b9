"""Empty databases to measure on: SQLite files, and a PostgreSQL cluster of our own that goes when it is done."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NewDatabase = Callable[[str], str]


@contextmanager
def databases(kind: str, settings: tuple[str, ...] = ()) -> Iterator[NewDatabase]:
    """Yields what makes the URL of an empty database of a name; `kind` is sqlite or postgresql."""
    with ExitStack() as stack:
        if kind == "sqlite":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="militiadb-bench-")))
            yield lambda name: f"sqlite:///{folder / name}.sqlite3"
        else:
            yield stack.enter_context(_cluster(settings))


def postgres_there() -> bool:
    """Whether PostgreSQL's server can be started here."""
    return _binaries() is not None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def _cluster(settings: tuple[str, ...]) -> Iterator[NewDatabase]:
    """A cluster as it comes, but for `settings`. PostgreSQL refuses to run as root: its own user does it then."""
    binaries = _binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed here.")
    folder, port = tempfile.mkdtemp(prefix="militiadb-bench-"), free_port()
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        subprocess.run([*owner, *command], cwd="/", check=True, capture_output=True)  # noqa: S603 (our own words)

    options = " ".join(f"-c {setting}" for setting in ("listen_addresses=127.0.0.1", *settings))
    control = [f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-s", "-w"]
    try:
        run(f"{binaries}/initdb", "-D", f"{folder}/data", "-U", "militiadb", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8")  # fmt: skip
        run(*control, "-l", f"{folder}/log", "-o", f"-p {port} -k {folder} {options}", "start")

        def make(name: str) -> str:
            run(f"{binaries}/createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "militiadb", name)
            return f"postgresql://militiadb@127.0.0.1:{port}/{name}"

        try:
            yield make
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
