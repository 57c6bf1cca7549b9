"""Printing what was measured, and steps in processes of their own."""

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.serving import ROOT

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def say(line: str) -> None:
    """Print at once: a run takes minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def step(url: str, name: str, *arguments: str, settings: str = "militiadb.settings") -> dict[str, Any]:
    """One step in a process of its own; see benchmarks/steps.py."""
    made = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "benchmarks.steps", name, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": settings,
            "LOG_LEVEL": "WARNING",
            "PYTHONWARNINGS": "ignore",
        },
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise SystemExit(f"{name} failed:\n{made.stderr}")
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return told
