"""Measure speed, memory and size, side by side in one run: python -m benchmarks.run [--help].

Every figure is the median of some rounds, and in each round everything is asked in turn, so that what else the machine
does falls on all alike. What matters are the ratios of one run.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import data
from benchmarks.databases import databases, postgres_there
from benchmarks.serving import ROOT, Rate, cpu_of, load, postmaster_of, server

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FILTERED = "/groups/?kind=armed_group&designated_by=auth-0001&since=1990"
NAIVE = "benchmarks.naive.settings"


def main() -> None:
    """Read what is asked for, measure it, print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", default=["pages", "bulk"], help="pages, bulk or both")
    parser.add_argument("--sizes", default="25,1000,10000", help="numbers of profiles, with commas between")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of load for each page in each round")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    kinds = [kind for kind in asked.databases.split(",") if kind == "sqlite" or postgres_there()]
    say(heading())
    with tempfile.TemporaryDirectory(prefix="militiadb-bench-") as folder:
        for kind in kinds:
            with databases(kind) as new:
                if "pages" in asked.what:
                    pages(kind, new, sizes, asked.rounds, asked.seconds, Path(folder))
                if "bulk" in asked.what:
                    bulk(kind, new, sizes, asked.rounds, Path(folder))
    say(f"\nLoad average at the end: {os.getloadavg()[0]:.1f}.")


def say(line: str) -> None:
    """Print at once: a run takes minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def heading() -> str:
    """When, on what, beside what else."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout  # noqa: S607
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.strip() or 'unknown'}; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load average at the start: {os.getloadavg()[0]:.1f}."
    )


def step(url: str, name: str, *arguments: str) -> dict[str, Any]:
    """One step in a process of its own; see benchmarks/steps.py."""
    made = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "benchmarks.steps", name, *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "WARNING", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise SystemExit(f"{name} failed:\n{made.stderr}")
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return told


def written(folder: Path, profiles: int, rich: int) -> Path:
    """A file of generated lines, made once."""
    path = folder / f"{profiles}-{rich}.jsonl"
    if not path.exists():
        with path.open("wb") as file:
            file.writelines(data.lines(data.documents(profiles, rich)))
    return path


# -- pages ---------------------------------------------------------------------------------------------------


def pages(kind: str, new: Callable[[str], str], sizes: list[int], rounds: int, seconds: int, folder: Path) -> None:
    """Requests a second and CPU for each, of every page at every size, in turns."""
    urls = {size: published(new(f"pages{size}"), written(folder, size, data.RICH)) for size in sizes}
    found: dict[tuple[str, int], list[Rate]] = {}
    lengths: dict[str, int] = {}
    for _ in range(rounds):
        for size, url in urls.items():
            with server(url, NAIVE) as made:
                for name, path in targets(url):
                    lengths.setdefault(name, len(made.get(path)[1]))
                    found.setdefault((name, size), []).append(load(made, path, seconds))
            with server(url, NAIVE, BENCHMARK_BARE="1") as made:
                for name, path in targets(url)[:1]:
                    rate = load(made, path, seconds)
                    found.setdefault((f"{name}, no middleware", size), []).append(rate)
    say(f"\n### Pages on {NAMES[kind]}: requests a second (ms of the server's CPU for each)\n")
    say("| page | bytes sent | " + " | ".join(f"{size:,} profiles" for size in sizes) + " | x bare | last : first |")
    say("|---|---|" + "---|" * (len(sizes) + 2))
    names = list(dict.fromkeys(name for name, _ in found))
    for name in names:
        rates = [middle(found[name, size]) for size in sizes]
        bare = middle(found["bare view", sizes[-1]])
        cells = " | ".join(f"{rate.a_second:,.0f} ({rate.cpu_ms:.2f})" for rate in rates)
        ratio, growth = bare.cpu_ms / rates[-1].cpu_ms, rates[-1].cpu_ms / rates[0].cpu_ms
        length = lengths.get(name) or lengths["bare view"]
        say(f"| {name} | {length:,} | {cells} | {ratio:.2f} | {growth:.2f} |")
    say("\nThe last two columns compare CPU: a bare view's at the last size, and the last size with the first.")
    firsts(kind, urls)
    sizes_of(kind, urls[sizes[-1]])


def firsts(kind: str, urls: dict[int, str]) -> None:
    """Pages made on request are kept till the next publication; what the first reader after it waits."""
    say(f"\n### First view after a publication on {NAMES[kind]}, ms\n")
    say("| page | " + " | ".join(f"{size:,} profiles" for size in urls) + " | last : first |")
    say("|---|" + "---|" * (len(urls) + 1))
    asked = {size: targets(url)[3:] for size, url in urls.items()}
    times = {size: step(url, "first", *(path for _, path in asked[size])) for size, url in urls.items()}
    for place, (name, _) in enumerate(next(iter(asked.values()))):
        found = [times[size][asked[size][place][1]] * 1000 for size in urls]
        say(f"| {name} | {' | '.join(f'{ms:.1f}' for ms in found)} | {found[-1] / found[0]:.2f} |")


def middle(rates: list[Rate]) -> Rate:
    """The medians of some rounds."""
    return Rate(median(rate.a_second for rate in rates), median(rate.cpu_ms for rate in rates))


def published(url: str, file: Path) -> str:
    """Fill an empty database with a file, published."""
    step(url, "migrate")
    step(url, "lines", str(file))
    step(url, "publish")
    return url


def targets(url: str) -> list[tuple[str, str]]:
    """What is asked, the bare view first."""
    slugs = list(step(url, "slugs")["slugs"])
    page = f"/groups/{slugs[0]}/"
    return [
        ("bare view", f"/bare/?path={page}"),
        ("naive page of rows", f"/naive/{slugs[0]}/"),
        ("profile page", page),
        ("compare page of three", "/compare/?" + "&".join(f"with={slug}" for slug in slugs)),
        ("filtered list", FILTERED),
        ("list of groups", "/groups/"),
        ("claims", "/claims/"),
        ("claims of a topic", "/claims/?topic=strength"),
        ("register", "/designations/"),
        ("sources", "/sources/"),
        ("publication", "/publications/1/"),
        ("home", "/"),
    ]


def sizes_of(kind: str, url: str) -> None:
    """Render times, and what each thing adds to the database."""
    rendered = step(url, "render", data.uid_of(0), data.uid_of(3))
    say(f"\n### Rendering and size on {NAMES[kind]}\n")
    for uid, claims in ((data.uid_of(0), data.RICH_CLAIMS), (data.uid_of(3), data.CLAIMS)):
        told = rendered[uid]
        ms, kilobytes = told["seconds"] * 1000, told["bytes"] / 1000
        say(f"- page, JSON and rows of a profile with {claims} own claims: {ms:.1f} ms; page of {kilobytes:.0f} kB")
    told = step(url, "growth", "200")
    whole, drafts = told["size"] / told["claims"], told["drafts"] / told["claims"]
    say(f"- bytes a claim: {whole:,.0f}, of which {drafts:,.0f} are draft rows; the rest documents, history, pages")
    say(
        f"- bytes a revision of one claim: {told['revision']:,.0f} (a save takes {told['seconds'] / 200 * 1000:.1f} ms)"
    )
    say(f"- bytes a publication of one changed claim adds: {told['publication']:,.0f}")


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
