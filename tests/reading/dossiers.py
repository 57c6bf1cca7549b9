"""Documents and dossiers of a small invented world, without a database."""

from datetime import UTC, datetime

from profiles.reading.library import Dossier, EditionFacts, Library
from profiles.values import documents as docs
from profiles.values.release import NewEdition, Release

PUBLISHED = datetime(2026, 3, 1, 12, tzinfo=UTC)
SALT = "0" * 32
SHA = "a" * 64


def make_group(uid="ab", label="Amber Brigade", model="group", kind=None, slug=None):
    kinds = {"group": "armed_group", "person": "individual", "event": "attack"}
    slug = slug or label.lower().replace(" ", "-")
    data = {"model": model, "uid": uid, "schema": 1, "kind": kind or kinds[model], "label": label, "slug": slug}
    return docs.convert(data)


def make_citation(uid, bearing="supports", voice="stated", version="src-0001-v1", speakers=(), paragraph=0, start=0):
    return {
        "uid": uid, "version": version, "text_sha256": SHA, "paragraph": paragraph, "start": start,
        "end": start + 10, "passage_sha256": SHA, "bearing": bearing, "voice": voice, "speakers": speakers,
    }  # fmt: skip


def make_claim(uid="ab-0001", at="origins.founded", kind="statement", citations=None, **fields):
    topic, aspect = at.split(".")
    data = {
        "model": "claim", "uid": uid, "schema": 1, "kind": kind, "subject": uid.split("-")[0], "topic": topic,
        "aspect": aspect, "statement": f"Statement {uid}.", "sense": "happened", "voice": "stated", "salt": SALT,
        "citations": citations if citations is not None else [make_citation(f"{uid}-c1")],
    }  # fmt: skip
    return docs.convert({**data, **fields})


def make_silence(uid="ab-s01", at="leadership.deputies", state="not_stated", searched=("src-0001-v1",)):
    topic, aspect = at.split(".")
    data = {
        "model": "silence", "uid": uid, "schema": 1, "subject": uid.split("-")[0], "topic": topic, "aspect": aspect,
        "state": state, "salt": SALT, "searched": searched,
    }  # fmt: skip
    return docs.convert(data)


def make_dossier(header=None, claims=(), silences=(), number=1):
    header = header or make_group()
    digests = {document.uid: docs.digest(document) for document in (*claims, *silences)}
    facts = EditionFacts(number, SHA, PUBLISHED, 1, "new", "second_person")
    return Dossier(header, docs.digest(header), tuple(claims), tuple(silences), digests, facts)


def make_source(uid="src-0001", **fields):
    data = {"model": "source", "uid": uid, "schema": 1, "kind": "news_article", "title": "The river press", "slug": uid}
    return docs.convert({**data, **fields})


def make_version(uid="src-0001-v1", **fields):
    data = {
        "model": "version", "uid": uid, "schema": 1, "source": uid.rpartition("-")[0], "text_sha256": SHA,
        "text_length": 900, "paragraphs": 9, "raw_sha256": SHA, "raw_length": 900, "media_type": "text/plain",
        "method": "file", "retrieved": "2025-11-22", "stamp": "2025-04-07T17:22",
    }  # fmt: skip
    return docs.convert({**data, **fields})


def make_speaker(uid="spk-0001", **fields):
    return docs.convert({"model": "speaker", "uid": uid, "schema": 1, "kind": "official", "label": "A clerk", **fields})


def make_authority(uid="auth-0001", label="The Harbour Council"):
    return docs.convert({"model": "authority", "uid": uid, "schema": 1, "label": label})


def make_place(uid="place-0001", label="Low Town"):
    return docs.convert({"model": "place", "uid": uid, "schema": 1, "kind": "city", "label": label})


WORLD = (make_source(), make_version(), make_speaker())


def make_release(*documents, dossiers=(), number=1):
    """A release of some documents, with editions for the dossiers and the sources that all of them cite."""
    everything = [*WORLD, *documents, *(d.header for d in dossiers)]
    everything += [document for d in dossiers for document in (*d.claims, *d.silences)]
    pairs = {document.uid: (docs.digest(document), document) for document in everything}
    new = {d.header.uid: NewEdition(d.header.uid, d.edition.number, SHA, d.header_sha256, d.digests) for d in dossiers}
    return Release(number, PUBLISHED, "new", "", "second_person", new, pairs)


def make_library(*documents, dossiers=()):
    return Library(make_release(*documents, dossiers=dossiers))
