"""What making pages costs one process: for the first time, all of them again, and as files."""

import gzip
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client, RequestFactory

from benchmarks.measuring import median_of, spent
from profiles.models import Entry
from profiles.reading.library import Library
from profiles.reading.pages import load_all, profile_pages
from profiles.reading.render import render
from profiles.reading.replay import newest
from profiles.views.export import walk
from profiles.views.export.folder import Folder
from profiles.views.export.links import Links
from profiles.views.kept import pages


def first(rounds: str, *paths: str) -> dict[str, Any]:
    """The CPU that each page costs whoever asks first after a publication, in milliseconds, and its bytes."""
    client = Client(headers={"host": "127.0.0.1"})
    told: dict[str, Any] = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        told[path] = [median_of(int(rounds), partial(client.get, path), pages.clear), len(answer.getvalue())]
    return told


def first_render(rounds: str, *uids: str) -> dict[str, Any]:
    """The CPU of making a profile's page from its documents, packed; of all that a publication makes of it; and of the
    naive page of the same rows, as it is and packed.
    """
    from benchmarks.naive.views import page as naive_page

    request = RequestFactory().get("/")
    told: dict[str, Any] = {}

    def made(uid: str) -> bytes:
        library = Library()
        dossier = library.dossiers([uid])[uid]
        load_all([dossier], library)
        return next(iter(profile_pages([dossier], library))).body

    for uid in uids:
        entry = Entry.objects.get(pk=uid)
        naive = partial(naive_page, request, entry.slug)
        packs: dict[str, Callable[[], object]] = {
            "page": lambda uid=uid: gzip.compress(made(uid), 6, mtime=0),
            "all": partial(newest, [uid]),
            "naive": naive,
            "naive_packed": lambda naive=naive: gzip.compress(naive().content, 6, mtime=0),
        }
        told[uid] = {"bytes": len(made(uid)), "claims": len(Library().dossiers([uid])[uid].claims)}
        for name, work in packs.items():
            work()  # templates are read and compiled once a process
            told[uid][name] = median_of(int(rounds), work)
    return told


def render_all() -> dict[str, Any]:
    """All pages of profiles made again, as `render_pages` does."""
    told: dict[str, Any] = {}
    began = time.perf_counter()
    with spent(told):
        told["profiles"] = render(lambda number: None)
    return {**told, "seconds": time.perf_counter() - began}


def export(part: str) -> dict[str, Any]:
    """The rate of the export, of stored pages alone or whole, and of writing the same bytes into as many files."""
    work = _stored if part == "stored" else lambda path: call_command("export_site", str(path), verbosity=0)
    with tempfile.TemporaryDirectory(prefix="militiadb-bench-") as folder:
        return _compared(Path(folder) / "site", work)


def _stored(path: Path) -> None:
    """The part of an export that copies what publications have stored."""
    folder = Folder(path)
    folder.open()
    walk.Export(folder, Links(), lambda number: None)._stored(same=False)


def _compared(path: Path, work: Callable[[Path], object]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    began = time.perf_counter()
    with spent(told):
        work(path)
    told["seconds"] = time.perf_counter() - began
    files = {one.relative_to(path): one.read_bytes() for one in path.rglob("*") if one.is_file()}
    began = time.perf_counter()
    with spent(told, "write_ms"):
        for name, body in files.items():
            there = path.with_name(f"{path.name}-again") / name
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(body)
    told["write"] = time.perf_counter() - began
    return {**told, "files": len(files), "bytes": sum(map(len, files.values()))}
