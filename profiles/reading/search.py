"""Finding profiles by a name in any spelling and script, and statements by their words.

Candidates come from the keys of names, from the strictest question to the loosest, until some are like enough; the
names themselves rank them. What is found says by which name, and why.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from profiles.models.finding_names import (
    KEYS_OF,
    LONGEST_WORD,
    WORDS_OF,
    Name,
    Part,
    Parts,
    cut,
    entries_named,
    names_with,
    words_near,
)
from profiles.values.likeness import LEAST, Form, Question, why
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, NAME_SORT

from . import addresses
from .naming import called, columns

LONGEST = 200  # signs of a question that are read
WORDS = 8  # words of it that are looked for
CANDIDATES = 100  # of each question to the index
MEANT = 12  # words that one mistyped word is tried for
ENOUGH = 0.85  # as like as this, nothing looser is asked
NEAR = 0.25  # what is less like than the best by more than this was not meant
SHOWN = 20
SHORT = 3  # a word of so few letters is whole: of its consonants too many words begin


@dataclass(frozen=True, slots=True)
class Found:
    """A profile, the name of it that is most like what was asked for, what sort of name that is, and why it fits."""

    label: str
    href: str
    kind: str
    name: str
    sort: str
    claim: str
    why: str
    score: float

    @property
    def by_label(self) -> bool:
        """Whether the name that fits is the heading itself."""
        return self.name == self.label


def read_question(text: str) -> str:
    """What of a question is looked for: its beginning, on one line, without signs that do not print."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST])
    return " ".join(shown.split())


def find_names(question: str, shown: int = SHOWN) -> list[Found]:
    """The profiles whose names are most like the question, best first."""
    asked = Question(Form.of(question))
    if not asked.asked.folded:
        return []
    best: dict[str, tuple[float, Name]] = {}
    seen: set[int] = set()
    for names in _candidates(asked.asked):
        for name in names:
            if name.key in seen:
                continue
            seen.add(name.key)
            score = asked.score(name.form)
            if score >= LEAST and (
                name.entry not in best or (-score, name.key) < (-best[name.entry][0], best[name.entry][1].key)
            ):
                best[name.entry] = (score, name)
        if any(score >= ENOUGH for score, _ in best.values()):
            break
    least = max((score for score, _ in best.values()), default=0) - NEAR
    near = [row for row in best.values() if row[0] >= least]
    ranked = sorted(near, key=lambda row: (-row[0], len(row[1].name), row[1].name, row[1].entry))[:shown]
    entries = entries_named([name.entry for _, name in ranked], columns("label", "model", "slug", "kind"))
    return [_found(entries[name.entry], asked.asked, name, score) for score, name in ranked if name.entry in entries]


def _candidates(asked: Form) -> Iterator[list[Name]]:
    """Names: the very one; by its words; by its consonants; by all but one of them; by words that are near to them."""
    words, keys = cut(asked.plain[:WORDS]), cut(asked.keys[:WORDS])
    as_typed = asked.folded.split()[-1]
    choices = [_parts(WORDS_OF, words, begun=len(words[-1]) > 1)]
    if as_typed != words[-1]:
        # A glued article may be the beginning of a word that has none.
        choices.append(_parts(WORDS_OF, [*words[:-1], as_typed[:LONGEST_WORD]], begun=len(as_typed) > 1))
    if keys:
        choices.append(_parts(KEYS_OF, keys))
        if len(keys[-1]) > 1 and len(words[-1]) > SHORT:
            choices.append(_parts(KEYS_OF, keys, begun=True, longer=True))
    yield names_with(choices, CANDIDATES, folded=asked.folded)
    if len(keys) > 1:
        yield names_with([_parts(KEYS_OF, [*keys[:i], *keys[i + 1 :]]) for i in range(len(keys))], CANDIDATES)
    yield names_with([Parts(WORDS_OF, tuple(Part(tuple(words_near(word)[:MEANT])) for word in words))], CANDIDATES)


def _parts(table: str, words: list[str], begun: bool = False, longer: bool = False) -> Parts:
    """Every word whole; with `begun`, the last may go on."""
    parts = [Part((word,)) for word in words]
    if begun:
        parts[-1] = Part((words[-1],), begun, longer)
    return Parts(table, tuple(dict.fromkeys(parts)))


def _found(entry: tuple[Any, ...], asked: Form, name: Name, score: float) -> Found:
    label, model, slug, kind, *card = entry
    return Found(
        label=called(label, json.loads(card[0]) if card else None),
        href=addresses.place(model, slug),
        kind=say("person") if model == "person" else KINDS_BY_MODEL[model].label(kind),
        name=name.name,
        sort="" if name.sort == "primary" else NAME_SORT.label(name.sort),
        claim=addresses.claim(name.claim),
        why=say(why(asked, name.form)),
        score=score,
    )
