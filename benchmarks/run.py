"""Measure speed, memory and size, side by side in one run: python -m benchmarks.run [--help].

Every figure is the median of some rounds, and in each round everything is asked in turn, so that what else the machine
does falls on all alike. What matters are the ratios of one run.
"""

import argparse
import os
import platform
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import data
from benchmarks.databases import databases, postgres_there
from benchmarks.pages import pages
from benchmarks.search import search
from benchmarks.serving import ROOT, cpu_of, postmaster_of
from benchmarks.telling import NAMES, say, step


def main() -> None:
    """Read what is asked for, measure it, print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", default=["pages", "search", "bulk"], help="pages, search, bulk, or several")
    parser.add_argument("--sizes", default="25,1000,10000", help="numbers of profiles, with commas between")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of load for each page in each round")
    parser.add_argument(
        "--keep", type=Path, help="a folder where filled databases stay, for the next run to go on with"
    )
    parser.add_argument("--names", type=int, default=100_000, help="of the search")
    parser.add_argument(
        "--export", type=int, default=1_000, help="of at most so many profiles all are rendered, exported"
    )
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    kinds = [kind for kind in asked.databases.split(",") if kind == "sqlite" or postgres_there()]
    say(heading())
    with tempfile.TemporaryDirectory(prefix="militiadb-bench-") as made:
        folder = Path(made)
        for kind in kinds:
            with databases(kind, keep=asked.keep) as new:
                if "pages" in asked.what:
                    urls = {size: published(new(f"pages{size}"), size, folder) for size in sizes}
                    pages(kind, urls, asked.rounds, asked.seconds, asked.export)
                if "search" in asked.what:
                    search(kind, new, asked.names)
            with databases(kind) as new:
                if "bulk" in asked.what:
                    bulk(kind, new, sizes, asked.rounds, folder)
    say(f"\nLoad average at the end: {os.getloadavg()[0]:.1f}.")


def heading() -> str:
    """When, on what, beside what else."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout  # noqa: S607
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.strip() or 'unknown'}; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load average at the start: {os.getloadavg()[0]:.1f}."
    )


def written(folder: Path, profiles: int, rich: int) -> Path:
    """A file of generated lines, made once."""
    path = folder / f"{profiles}-{rich}.jsonl"
    if not path.exists():
        with path.open("wb") as file:
            file.writelines(data.lines(data.documents(profiles, rich)))
    return path


def published(url: str, size: int, folder: Path) -> str:
    """Fill a database with so many profiles, published; one that was kept is brought up to the code that is here."""
    step(url, "migrate")
    if not step(url, "is_filled")["filled"]:
        step(url, "lines", str(written(folder, size, data.RICH)))
        step(url, "publish")
    step(url, "settle")
    return url


# -- bulk ----------------------------------------------------------------------------------------------------


def bulk(kind: str, new: Callable[[str], str], sizes: list[int], rounds: int, folder: Path) -> None:
    """Lines against stock loaddata of the same rows; then all of it published in one review."""
    say(f"\n### Bulk on {NAMES[kind]}\n")
    say("| profiles | rows | lines: rows/s, rows/CPU s, peak MB | loaddata: the same | ratio, by CPU | review s |"
        " publication s | peak MB |")  # fmt: skip
    say("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        lines = written(folder, size, 0)
        stock = folder / f"{size}.json"
        ours: list[dict[str, Any]] = []
        theirs: list[dict[str, Any]] = []
        out: list[dict[str, Any]] = []
        for turn in turns(rounds, size):
            url = new(f"lines{size}_{turn}")
            step(url, "migrate")
            ours.append(with_database(url, "lines", str(lines)))
            if not stock.exists():
                step(url, "dump", str(stock))
            out.append(step(url, "publish"))
            url = new(f"stock{size}_{turn}")
            step(url, "migrate")
            theirs.append(with_database(url, "loaddata", str(stock)))
        rates = [median(one["rows"] / one["seconds"] for one in these) for these in (ours, theirs)]
        thrift = [median(one["rows"] / one["cpu"] for one in these) for these in (ours, theirs)]
        peaks = [median(one["peak_mb"] for one in these) for these in (ours, theirs, out)]
        review, publication = (median(one[name] for one in out) for name in ("review", "publication"))
        cells = [f"{rates[n]:,.0f}, {thrift[n]:,.0f}, {peaks[n]:.0f}" for n in (0, 1)]
        say(f"| {size:,} | {ours[0]['rows']:,} | {cells[0]} | {cells[1]} | {rates[0] / rates[1]:.1f},"
            f" {thrift[0] / thrift[1]:.1f} | {review:.1f} | {publication:.1f} | {peaks[2]:.0f} |")  # fmt: skip


def with_database(url: str, name: str, *arguments: str) -> dict[str, Any]:
    """A step, the CPU of PostgreSQL's own processes counted with it."""
    postmaster = postmaster_of(url)
    before = cpu_of(postmaster) if postmaster else 0.0
    told = step(url, name, *arguments)
    return {**told, "cpu": told["cpu"] + (cpu_of(postmaster) - before if postmaster else 0.0)}


def turns(rounds: int, size: int) -> Iterator[int]:
    """As many rounds as asked for; a round that takes over five minutes is the last."""
    for turn in range(rounds):
        began = time.monotonic()
        yield turn
        if time.monotonic() - began > 300:
            say(f"<!-- {size:,} profiles: {turn + 1} of {rounds} rounds -->")
            return


if __name__ == "__main__":
    main()
