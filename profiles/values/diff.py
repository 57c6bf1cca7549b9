"""Document against document: a list of readable changes, word by word inside texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.dates import DateError, in_words

# Implied by the document itself, or made by code.
_LEFT_OUT = {"schema", "uid", "salt", "citations", "translations"}
_UIDS = {
    "subject", "about", "superseded_by", "designation", "authority", "programme", "place", "conflicts_with", "after",
    "mentions", "rests_on", "searched", "merged_into", "derives_from", "source", "profile", "within", "speakers",
}  # fmt: skip
_LABELS = {
    "about": "About", "when": "Date", "sense": "Sense of the date", "basis": "Basis of the date", "scope": "Scope",
    "conflicts_with": "Conflicts with", "after": "Comes after", "rests_on": "Rests on", "name_sort": "Sort of name",
    "as_stated": "Listed as, in the source's words", "low": "Number", "high": "Highest number",
    "number_words": "Number in words", "counted": "What is counted", "listing_id": "Number of the listing",
    "text_may_travel": "Text may travel", "no_fact": "Paragraphs without fact",
    "archived": "Archived copies", "unknown": "Looked for, not known",
    "step_change": "What was changed", "excerpt": "Words to print", "url": "Address", "stamp": "Publisher's stamp",
    "text_sha256": "Digest of the text", "raw_sha256": "Digest of the raw bytes", "alt": "Text for who cannot see it",
}  # fmt: skip

Piece = tuple[Literal["same", "out", "in"], str]
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, in words; empty stands for nothing. `pieces` tell texts apart word by word."""

    field: str
    label: str
    before: str
    after: str
    sentence: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One field in three states: as somebody opened it, as it stands now, as they have typed it."""

    label: str
    opened: str
    now: str
    typed: str

    @property
    def whose(self) -> str:
        """Who changed it since: "both", "theirs" (what is saved now) or "yours" (what is typed)."""
        if self.opened == self.typed:
            return "theirs"
        return "yours" if self.opened == self.now else "both"


def changes(before: docs.Document | None, after: docs.Document | None, labels: Labels | None = None) -> list[Change]:
    """What became of a document, field by field, in its own order; citations and translations after the rest.

    None stands for "not there". `labels` says how to show the uids that it names; those not in it are shown bare.
    """
    old, new = _spelt(before, labels or {}), _spelt(after, labels or {})
    return [
        _change(field, old.get(field), new.get(field))
        for field in _order(old, new)
        if _text(old.get(field)) != _text(new.get(field))
    ]


def side_by_side(
    opened: docs.Document | None, now: docs.Document | None, typed: docs.Document | None, labels: Labels | None = None
) -> list[Beside]:
    """The fields in which three states of one document are not all alike: what a stale save is shown."""
    states = [_spelt(document, labels or {}) for document in (opened, now, typed)]
    rows = []
    for field in _order(*states):
        told = [state.get(field) for state in states]
        texts = [_text(one) for one in told]
        if len(set(texts)) > 1:
            label = next(one.label for one in told if one)
            rows.append(Beside(label, *texts))
    return rows


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word: what stayed, what went out, what came in, in reading order."""
    old, new = before.split(), after.split()
    found: list[Piece] = []

    def add(what: Literal["same", "out", "in"], said: list[str]) -> None:
        if said:
            found.append((what, (" " if found else "") + " ".join(said)))

    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            add("same", new[j1:j2])
        else:
            add("out", old[i1:i2])
            add("in", new[j1:j2])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    label: str
    text: str
    prose: bool = False


def _text(told: _Told | None) -> str:
    return told.text if told else ""


def _order(*states: dict[str, _Told]) -> list[str]:
    return list(dict.fromkeys(field for state in states for field in state))


def _change(field: str, old: _Told | None, new: _Told | None) -> Change:
    told = new or old
    assert told is not None  # noqa: S101 (the field is of one of the two)
    before, after = _text(old), _text(new)
    if before and after:
        sentence = f"{told.label}: “{before}” became “{after}”."
    elif after:
        sentence = f"{told.label}: “{after}” came in."
    else:
        sentence = f"{told.label}: “{before}” was taken out."
    both = bool(before and after) and told.prose
    return Change(field, told.label, before, after, sentence, pieces(before, after) if both else ())


def _spelt(document: docs.Document | None, labels: Labels) -> dict[str, _Told]:
    """Field -> how it reads, for all that is not at its default."""
    if document is None:
        return {}
    found = dict(_fields(document, labels))
    if isinstance(document, docs.Claim):
        for citation in document.citations:
            found.update(_citation(citation, labels))
        for made in document.translations:
            name = f"Translation ({made.language})"
            found[f"translations.{made.language}"] = _Told(name, made.text, prose=True)
    return found


def _fields(document: Any, labels: Labels) -> Iterator[tuple[str, _Told]]:
    for name in document.__struct_fields__:
        value = getattr(document, name)
        if name in _LEFT_OUT or value in (None, "", (), False):
            continue
        lists = docs.FIELD_WORDS.get(type(document), {})
        prose = isinstance(value, str) and name not in lists and name not in _UIDS
        yield name, _Told(label_of(name), _value(document, name, value, labels), prose)


def label_of(field: str) -> str:
    """How a field is called on screens."""
    return _LABELS.get(field) or field.replace("_", " ").capitalize()


def spoken(document: docs.Document, field: str, labels: Labels | None = None) -> str:
    """How one field of a document reads; empty where it is at its default or empty."""
    value = getattr(document, field)
    return "" if value in (None, "", (), False) else _value(document, field, value, labels or {})


def _value(document: Any, name: str, value: Any, labels: Labels) -> str:
    lists = docs.FIELD_WORDS.get(type(document), {})
    if name in lists:
        return lists[name].label(value)
    if name == "when":
        return _date(value, document.sense)
    if name in ("topic", "aspect"):
        return _heading(document.topic, document.aspect if name == "aspect" else "")
    if name == "no_fact":
        return "; ".join(f"{mark.version}, paragraph {mark.paragraph}" for mark in value)
    if name == "archived":
        return "; ".join(f"{one.version}: {one.url}" for one in value)
    if name == "files":
        largest = max(value, key=lambda file: file.width)
        return f"{largest.width} × {largest.height} pixels, {len(value)} files ({largest.sha256[:12]})"
    if name in _UIDS:
        return _names(value, labels)
    if isinstance(value, bool):
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _names(value: Any, labels: Labels) -> str:
    if isinstance(value, str):
        return f"{labels[value]} [{value}]" if value in labels else value
    # Within a chain the nearest to the source is first; chains stand side by side.
    joint = "; " if any(isinstance(item, tuple) for item in value) else ", "
    return joint.join(
        " > ".join(_names(uid, labels) for uid in item) if isinstance(item, tuple) else _names(item, labels)
        for item in value
    )


def _date(text: str, sense: str) -> str:
    try:
        told = in_words(text, sense)
    except (DateError, ValueError):
        return text
    return f"{told} ({text})" if told and told != text else text


def _heading(topic: str, aspect: str) -> str:
    for model in words.MODEL:
        if topic in words.TOPICS[model] and (not aspect or f"{topic}.{aspect}" in words.ASPECTS[model]):
            found = words.ASPECTS[model].get(f"{topic}.{aspect}")
            return found.label if found else words.TOPICS[model][topic]
    return aspect or topic


def _citation(citation: docs.Citation, labels: Labels) -> Iterator[tuple[str, _Told]]:
    name = f"Citation {citation.uid}"
    place = f"{citation.version}, paragraph {citation.paragraph}, {citation.start} to {citation.end}"
    yield f"{citation.uid}.place", _Told(f"{name}: passage", f"{place} ({citation.passage_sha256[:12]})")
    for field, told in _fields(citation, labels):
        if field not in ("version", "text_sha256", "paragraph", "start", "end", "passage_sha256"):
            yield f"{citation.uid}.{field}", _Told(f"{name}: {told.label.lower()}", told.text, told.prose)
