"""The small data set of our own that these tests load, whole or with one thing changed."""

from pathlib import Path

from profiles.editorial.mapping import read_rows
from profiles.models import Capture, Document, Revision
from profiles.values import documents as docs

DATA = Path(__file__).parent.parent / "data"
ARTICLE = DATA / "river-guards.txt"
GUARDS = "profiles/river-guards.yaml"


def fixture_files(**changed):
    """Path -> bytes of the whole set; `changed` maps a file's stem to a function of its text, or to None: left out."""
    files = {}
    for path in sorted((DATA / "fixtures").rglob("*.yaml")):
        name = path.relative_to(DATA / "fixtures").as_posix()
        change = changed.pop(name.removesuffix(".yaml").replace("/", "_").replace("-", "_"), lambda text: text)
        if change is not None:
            made = change(path.read_text())
            files[name] = made if isinstance(made, bytes) else made.encode()
    assert not changed, f"no such files: {changed}"
    return files


def swap(old, new, count=1):
    """A function that replaces words that must be there."""

    def change(text):
        assert old in text, old
        return text.replace(old, new, count)

    return change


def state():
    """All that a load may change: each draft's digest, the documents and revisions kept."""
    drafts = {uid: docs.digest(document) for uid, document in read_rows().items()}
    return drafts, Document.objects.count(), Revision.objects.count(), Capture.objects.count()
