"""What one act did to one document, in one line: a word or two, its sentence word by word, and its other fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.values import documents as docs
from profiles.values.diff import Change, Labels, Piece, changes, pieces

# A field -> what changing it is called; all others are "changed".
_CALLED = {
    "statement": "reworded", "label": "renamed", "title": "renamed", "name": "renamed",
    "when": "re-dated", "sense": "re-dated", "basis": "re-dated", "reckoning": "re-dated",
    "topic": "moved", "aspect": "moved", "subject": "moved",
    "voice": "voice changed", "searched": "searched anew",
}  # fmt: skip
ORDER = (
    "added", "recovered", "removed", "retracted", "reworded", "renamed", "re-dated", "re-cited", "voice changed",
    "moved", "translated", "searched anew", "changed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One document before and after. `lost` says that its words are redacted, so that nothing more can be told."""

    uid: str
    model: str
    before: str
    after: str
    verbs: tuple[str, ...] = ()
    title: str = ""
    pieces: tuple[Piece, ...] = ()
    changes: tuple[Change, ...] = ()
    lost: bool = False

    @property
    def told(self) -> str:
        """What was done, as in "reworded, re-cited"."""
        return ", ".join(self.verbs)


def deed(
    uid: str,
    before: str,
    after: str,
    old: docs.Document | None,
    new: docs.Document | None,
    labels: Labels | None = None,
) -> Deed:
    """Tell of one triple; `old` and `new` are its documents where they can still be read."""
    document = new or old
    model = docs.tag_of(document) if document else docs.model_of(uid)
    lost = bool((before and old is None) or (after and new is None))
    if not after:
        return Deed(uid, model, before, after, ("removed",), title_of(old), lost=lost)
    if not before:
        return Deed(uid, model, before, after, ("added",), title_of(new), lost=lost)
    if old is None or new is None:
        return Deed(uid, model, before, after, ("changed",), title_of(document), lost=True)
    found = changes(old, new, labels)
    said, says = title_of(old), title_of(new)
    return Deed(
        uid,
        model,
        before,
        after,
        verbs(found, old, new) or ("changed",),
        says,
        pieces(said, says) if said != says else (),
        tuple(change for change in found if change.field not in ("statement", "label", "title")),
    )


def verbs(found: Iterable[Change], old: docs.Document, new: docs.Document) -> tuple[str, ...]:
    """What some changes of a document amount to, each once, the weightiest first."""
    told = set()
    for change in found:
        head, _, rest = change.field.partition(".")
        if change.field == "standing" and isinstance(new, docs.Claim) and new.standing == "retracted":
            told.add("retracted")
        elif head == "translations":
            told.add("translated")
        elif rest:
            told.add("re-cited")
        elif change.field != "standing_note" or "retracted" not in told:
            told.add(_CALLED.get(change.field, "changed"))
    return tuple(sorted(told, key=ORDER.index))


def title_of(document: docs.Document | None) -> str:
    """A document in one line; empty where there is none."""
    if isinstance(document, docs.Silence):
        return f"{document.topic}.{document.aspect}: {document.state.replace('_', ' ')}"
    for name in ("statement", "label", "title", "alt"):
        if value := getattr(document, name, ""):
            return str(value)
    return document.uid if document else ""
