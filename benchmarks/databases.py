"""Databases to measure on: SQLite files, and a PostgreSQL cluster of our own. They go when it is done, unless kept."""

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
def databases(kind: str, settings: tuple[str, ...] = (), keep: Path | None = None) -> Iterator[NewDatabase]:
    """Yields what makes the URL of a database of a name, empty unless it was kept; `kind` is sqlite or postgresql.

    What is made stays in the folder `keep`, for a later run to go on with.
    """
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="militiadb-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        if kind == "sqlite":
            yield lambda name: f"sqlite:///{folder.resolve() / name}.sqlite3"
        else:
            yield stack.enter_context(_cluster(folder.resolve() / "postgresql", settings))


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
def _cluster(folder: Path, settings: tuple[str, ...]) -> Iterator[NewDatabase]:
    """A cluster as it comes, but for `settings`. PostgreSQL refuses to run as root: its own user does it then."""
    binaries = _binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed here.")
    port, there = free_port(), (folder / "data" / "PG_VERSION").exists()
    folder.mkdir(exist_ok=True)
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        folder.parent.chmod(0o755)
        shutil.chown(folder, "postgres")

    def run(*command: str) -> str:
        made = subprocess.run([*owner, *command], cwd="/", check=True, capture_output=True, text=True)  # noqa: S603 (our own words)
        return made.stdout

    options = " ".join(f"-c {setting}" for setting in ("listen_addresses=127.0.0.1", *settings))
    control = [f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-s", "-w"]
    known = ("-h", "127.0.0.1", "-p", str(port), "-U", "militiadb")
    if not there:
        run(f"{binaries}/initdb", "-D", f"{folder}/data", "-U", "militiadb", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8")  # fmt: skip
    run(*control, "-l", f"{folder}/log", "-o", f"-p {port} -k {folder} {options}", "start")

    def make(name: str) -> str:
        asked = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"  # noqa: S608 (a name of our own)
        if not run(f"{binaries}/psql", *known, "-d", "postgres", "-Atc", asked).strip():
            run(f"{binaries}/createdb", *known, name)
        return f"postgresql://militiadb@127.0.0.1:{port}/{name}"

    try:
        yield make
    finally:
        run(*control, "-m", "fast", "stop")
