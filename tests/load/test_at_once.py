"""Many at once, and faults, on databases of their own: the programs as run by hand, at a small size, one seed."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.load


@pytest.fixture
def empty(tmp_path):
    """The URL of an empty database of the kind that the suite runs on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{tmp_path / 'load.sqlite3'}"
        return
    url, name = os.environ["DATABASE_URL"], f"load_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{url.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(program, url, *arguments):
    made = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=900,  # a hang, not a busy machine
        env={**os.environ, "DATABASE_URL": url},
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


def test_many_at_once_lose_nothing_and_readers_meet_no_error(empty):
    told = run("benchmarks.many", empty, "--url", empty, "--saves", "8", "--races", "2")
    assert "saves: 64," in told
    assert "races: 2, each won once and then by the other" in told


def test_a_process_killed_at_any_moment_leaves_all_that_was_acknowledged(empty):
    told = run("benchmarks.faults", empty, "--url", empty, "--kills", "20", "--seed", "7")
    assert told.startswith("20 kills, ")
    assert told.endswith("acknowledged, none lost; all proved\n")


def test_readers_see_an_old_or_a_new_page_and_no_worker_one_that_was_taken_down(empty):
    told = run("benchmarks.fresh", empty, "--url", empty, "--publications", "6")
    assert told.startswith("6 publications, ")
    assert told.endswith(" reads by 16 readers\ntaken down: [200] before, [410] after\n")


def test_a_process_killed_while_it_stages_or_accepts_leaves_nothing(empty):
    told = run("tests.load.staging_killed", empty, "1100")
    assert told.endswith("4 kills, nothing left of any\n")
