"""Prove what is stored under a digest: each document and each captured text, byte by byte."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from profiles.editorial.mapping import read_rows
from profiles.models import Capture, Document, PublishedDocument, Redaction, SourceVersion
from profiles.models.documents import bodies
from profiles.values import documents as docs

Progress = Callable[[str, int], None]
Row = TypeVar("Row")


@dataclass(slots=True)
class Stored:
    """What the documents are: digest -> uid, and for those that can be read digest -> the profiles they touch."""

    uids: dict[str, str] = field(default_factory=dict)
    touches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    redacted: set[str] = field(default_factory=set)

    def touched(self, digest: str) -> tuple[str, ...]:
        """The profiles whose dossier a document stands in; of one that cannot be read only its subject is known."""
        if digest in self.touches:
            return self.touches[digest]
        uid = self.uids.get(digest, "")
        model = docs.model_of(uid)
        if model in docs.OWNED_TAGS:
            return (uid.rsplit("-", 1)[0],)
        return (uid,) if model == "profile" else ()


def counted(rows: Iterable[Row], what: str, progress: Progress | None) -> Iterator[Row]:
    """The rows, telling how many have gone by."""
    for number, row in enumerate(rows, 1):
        if progress and number % 1000 == 0:
            progress(what, number)
        yield row


def verify_documents(problems: list[str], progress: Progress | None = None) -> Stored:
    """Recompute every document's digest and canonical form; a body that is gone must have its redaction."""
    stored = Stored()
    rows = Document.objects.order_by().values_list("sha256", "uid", "model", "body").iterator(chunk_size=2000)
    for sha, uid, model, body in counted(rows, "documents", progress):
        stored.uids[sha] = uid
        if body is None:
            stored.redacted.add(sha)
            continue
        document, problem = _read(sha, uid, model, body)
        if document is not None:
            stored.touches[sha] = docs.touched(document)
        if problem:
            problems.append(f"document {sha} ({uid}): {problem}")
    allowed = set(Redaction.objects.values_list("sha256", flat=True))
    for sha in sorted(stored.redacted - allowed):
        problems.append(f"document {sha} ({stored.uids[sha]}): its body is gone and no redaction names it")
    for sha in sorted(allowed & stored.touches.keys()):
        problems.append(f"document {sha} ({stored.uids[sha]}): a redaction names it and its body is still there")
    return stored


def _read(sha: str, uid: str, model: str, body: str) -> tuple[docs.Document | None, str]:
    """The document, where its bytes are those of its digest, and what is wrong with it or its row."""
    data = body.encode()
    if docs.sha256(data) != sha:
        return None, "its body has another digest"
    try:
        document = docs.parse(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        return None, f"its body is no document: {error}"
    if docs.canonical(document) != data:
        return document, "its body is not in canonical form"
    if document.uid != uid:
        return document, f"its body is of {document.uid}"
    if docs.tag_of(document) != model:
        return document, f"its body is a {docs.tag_of(document)}, its row says {model}"
    return document, ""


def verify_captures(problems: list[str], progress: Progress | None = None) -> int:
    """Hold every version's row against its document, and every text and raw bytes at hand against that document.

    The document is the published one, else the one that the version was made with. Returns how many texts are at hand.
    """
    versions = _verify_versions(problems)
    count = 0
    rows = Capture.objects.order_by("pk").values_list("pk", "text", "raw").iterator(chunk_size=20)
    for uid, text, raw in counted(rows, "captures", progress):
        count += 1
        version = versions.get(uid)
        if version is None:
            continue  # that its version has no document to be held against is told already
        if docs.sha256(text.encode()) != version.text_sha256:
            problems.append(f"capture {uid}: its text has another digest than its version says")
        elif len(text) != version.text_length:
            told = f"its text has {len(text)} code points, its version says {version.text_length}"
            problems.append(f"capture {uid}: {told}")
        if raw is not None and docs.sha256(bytes(raw)) != version.raw_sha256:
            problems.append(f"capture {uid}: its raw bytes have another digest than its version says")
    return count


def _verify_versions(problems: list[str]) -> dict[str, docs.Version]:
    """Uid -> the document of each version; what its row says otherwise is told, field by field."""
    rows = dict(SourceVersion.objects.values_list("uid", "draft_digest"))
    public = dict(PublishedDocument.objects.filter(model="version").values_list("uid", "sha256"))
    for uid in sorted(public.keys() - rows.keys()):
        problems.append(f"version {uid}: its row is missing")
    wanted = {**rows, **public}
    texts = bodies(wanted.values())
    found: dict[str, docs.Version] = {}
    for uid, row in sorted(read_rows(rows).items()):
        body = (texts.get(wanted[uid]) or "").encode()
        if not body:
            problems.append(f"version {uid}: the document that it was made with is not there")
            continue
        document = docs.parse(body) if docs.sha256(body) == wanted[uid] else None
        if not isinstance(document, docs.Version):
            continue  # a document that is not what its digest says is told already
        found[uid] = document
        for name in docs.Version.__struct_fields__:
            said, meant = getattr(row, name), getattr(document, name)
            if said != meant:
                problems.append(f"version {uid}: its row says {name} {said!r}, its document {meant!r}")
    return found
