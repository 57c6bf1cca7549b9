"""Rows of a table to citations: the version named, the passage pinned, the speakers in their chains."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from profiles.exchange.columns import CITATION_COLUMNS, citation_field
from profiles.exchange.lookups import Lookups, Unknown, chains_in
from profiles.exchange.tables import Row, Wrong, whole_number
from profiles.models import Document
from profiles.models.documents import chunks
from profiles.values import anchors
from profiles.values import documents as docs

_COLUMNS = ("bearing", "citation_voice", "citation_part", "citation_note", "excerpt", "speakers")


def numbers_given(claims: Iterable[str]) -> dict[str, int]:
    """Claim -> the highest number that any stored state of it ever gave a citation; one query for all."""
    pattern = re.compile(r'"uid":"([^"]+)-c(\d+)"')
    highest: dict[str, int] = {}
    for some in chunks(claims):
        for body in Document.objects.filter(uid__in=some, body__isnull=False).values_list("body", flat=True):
            for claim, number in pattern.findall(body or ""):
                highest[claim] = max(highest.get(claim, 0), int(number))
    return highest


def citations_of(
    claim: str,
    rows: list[Row],
    draft: docs.Claim | None,
    lookups: Lookups,
    numbers: dict[str, int],
    wrong: Callable[[Row, Wrong], None],
) -> tuple[list[Any], tuple[int, ...]]:
    """A claim's citations as plain values, and the row of each. Rows that cite nothing leave those of the draft.

    A citation of the same passage keeps its uid; a new one takes a number that the claim never gave.
    """
    citing = [row for row in rows if any(column in row.cells for column in CITATION_COLUMNS)]
    if not citing:
        return [msgspec.to_builtins(citation) for citation in (draft.citations if draft else ())], ()
    left = list(draft.citations if draft else ())
    number = max([numbers.get(claim, 0), *(int(c.uid.rpartition("-c")[2]) for c in left)])
    made, places = [], []
    for row in citing:
        found = _Citation(row, lookups, wrong)
        pinned = found.pinned()
        if pinned is None:
            continue
        place = (pinned["version"], pinned["start"], pinned["end"])
        same = next((c for c in left if (c.version, c.start, c.end) == place), None)
        if same:
            left.remove(same)
            uid = same.uid
        else:
            number += 1
            uid = f"{claim}-c{number}"
        made.append({**found.values(same), **pinned, "uid": uid})
        places.append(row.number)
    return made, tuple(places)


class _Citation:
    def __init__(self, row: Row, lookups: Lookups, wrong: Callable[[Row, Wrong], None]) -> None:
        self.row, self.cells, self.lookups = row, row.cells, lookups
        self._wrong = wrong

    def pinned(self) -> dict[str, Any] | None:
        """Version and passage; None where they cannot be told."""
        try:
            if "version" not in self.cells:
                raise Wrong("version", "this is missing: a citation needs it")
            try:
                version = self.lookups.version(self.cells["version"])
            except Unknown as error:
                raise Wrong("version", str(error)) from None
            passage = self._passage(version.uid, version.text_length)
        except Wrong as error:
            self._wrong(self.row, error)
            return None
        return {
            "version": version.uid,
            "text_sha256": version.text_sha256,
            "paragraph": passage.paragraph,
            "start": passage.start,
            "end": passage.end,
            "passage_sha256": passage.sha256,
        }

    def values(self, same: docs.Citation | None) -> dict[str, Any]:
        """How the passage bears on the claim, over what the draft has for it."""
        data: dict[str, Any] = msgspec.to_builtins(same) if same else {}
        for column in _COLUMNS:
            text = self.cells.get(column)
            if text == "-":
                data.pop(citation_field(column), None)
            elif text:
                try:
                    data[citation_field(column)] = self._value(column, text)
                except Wrong as error:
                    self._wrong(self.row, error)
        for column, stand_in in (("bearing", "supports"), ("citation_voice", "stated")):
            if citation_field(column) not in data:
                self._wrong(self.row, Wrong(column, "this is missing: a citation needs it"))
                data[citation_field(column)] = stand_in
        return data

    def _value(self, column: str, text: str) -> Any:
        if column == "speakers":
            return [[self._speaker(name) for name in chain] for chain in chains_in(text)]
        return text

    def _speaker(self, name: str) -> str:
        try:
            return self.lookups.one("speaker", name)
        except Unknown as error:
            raise Wrong("speakers", str(error)) from None

    def _number(self, column: str) -> int | None:
        text = self.cells.get(column)
        return whole_number(column, text, least=0) if text else None

    def _passage(self, version: str, length: int) -> anchors.Passage:
        quote = anchors_quote(self.cells.get("quote", ""))
        paragraph, start, end = (self._number(column) for column in ("paragraph", "start", "end"))
        text = self.lookups.texts.get(version)
        if text is not None:
            if quote and start is None:
                return _found(text, quote, self._number("occurrence"))
            return self._by_place(text, quote, paragraph, start, end)
        if not quote and start is None:
            raise Wrong("quote", "this is missing: give the words of the passage, or its paragraph, start and end")
        if not quote or start is None or paragraph is None:
            told = f"the text of {version} is not at hand: attach it, or give quote, paragraph and start together"
            raise Wrong("quote", told)
        if start + len(quote) > length or end not in (None, start + len(quote)):
            raise Wrong("start", "the quote does not fit between start and end in this version")
        return anchors.Passage(paragraph, start, start + len(quote), anchors.digest(quote))

    def _by_place(
        self, text: str, quote: str, paragraph: int | None, start: int | None, end: int | None
    ) -> anchors.Passage:
        if start is None:
            raise Wrong("quote", "this is missing: give the words of the passage, or its paragraph, start and end")
        if end is None and not quote:
            raise Wrong("end", "this is missing: a passage without its words needs start and end")
        stop = end if end is not None else start + len(quote)
        try:
            passage = anchors.pin(text, start, stop)
        except anchors.AnchorError as error:
            raise Wrong("start", str(error)) from None
        if quote and text[start:stop] != quote:
            raise Wrong("quote", f"other words stand at {start} to {stop}")
        if paragraph not in (None, passage.paragraph):
            raise Wrong("paragraph", f"{start} to {stop} stands in paragraph {passage.paragraph}")
        return passage


def anchors_quote(text: str) -> str:
    """A quote as a captured text has it."""
    try:
        return anchors.normalise(text).replace("\n", " ")
    except anchors.AnchorError as error:
        raise Wrong("quote", str(error)) from None


def _found(text: str, quote: str, nth: int | None) -> anchors.Passage:
    try:
        return anchors.find(text, quote, nth)
    except anchors.AnchorError as error:
        # Without the words themselves: they may not be ours to keep.
        message = str(error).removesuffix(f": {quote!r}")
        raise Wrong("occurrence" if nth is not None else "quote", message) from None
