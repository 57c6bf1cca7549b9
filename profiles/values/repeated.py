"""Whether a text repeats the words of a document: asked before and while these are deleted."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from profiles.values import documents as docs

_WORD = re.compile(r"\w+")


def said_in(document: docs.Document) -> list[str]:
    """Every text of more than one word that a document holds, its citations and translations with it.

    But for why it was retracted: a public note has that already; and for uids, which hold no words and stay.
    """
    named = {document.uid, *(uid for _, uid in docs.references(document))}
    if isinstance(document, docs.Claim):
        named |= {citation.uid for citation in document.citations}
    if isinstance(document, docs.Claim) and document.standing == "retracted":
        document = msgspec.structs.replace(document, standing_note="")
    texts = set(_strings(msgspec.to_builtins(document))) - named
    return sorted(text for text in texts if len(_WORD.findall(text)) > 1)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def repeats(text: str, said: Iterable[str], run: int) -> bool:
    """Whether so many words on end stand in both, in any case and punctuation; of shorter texts, all of them."""
    ours = _words(text)
    return any(set(_runs(ours, some)) & set(_runs(theirs, some)) for theirs, some in _asked(said, run))


def _asked(said: Iterable[str], run: int) -> Iterator[tuple[list[str], int]]:
    for one in said:
        words = _words(one)
        yield words, min(run, len(words))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
