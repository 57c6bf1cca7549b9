"""The data set that this site is delivered with, as dossiers and a library, without a database."""

from functools import cache
from pathlib import Path

from django.conf import settings

from profiles.exchange.fixtures import read_file
from profiles.exchange.references import complete
from profiles.reading.library import Library
from profiles.values import documents as docs

from .dossiers import make_dossier, make_release

FOLDER = Path(settings.BASE_DIR) / "fixtures"


@cache
def real_dossiers():
    """Profile uid -> dossier."""
    files = [
        read_file(path.read_bytes(), path.relative_to(FOLDER).as_posix()) for path in sorted(FOLDER.rglob("*.yaml"))
    ]
    load, faults = complete(placed for file in files for placed in file.placed)
    assert faults == []
    documents = [document for _, document in load.values()]
    touched = {}
    for document in documents:
        for uid in docs.touched(document):
            touched.setdefault(uid, []).append(document)
    headers = {one.uid: one for one in documents if isinstance(one, docs.PROFILES)}
    made = {
        uid: make_dossier(
            header,
            [one for one in touched.get(uid, ()) if isinstance(one, docs.Claim)],
            [one for one in touched.get(uid, ()) if isinstance(one, docs.Silence)],
        )
        for uid, header in sorted(headers.items())
    }
    return made, Library(make_release(*documents))
