"""Finding profiles by a name in any spelling and script, and statements by their words.

Candidates come from the keys of names, from the strictest question to the loosest, until some are like enough; the
names themselves rank them. What is found says by which name, and why.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from profiles.models.finding_names import (
    BESIDE,
    KEYS_OF,
    LONGEST_WORD,
    WORDS_OF,
    Candidate,
    Counts,
    Name,
    Part,
    Parts,
    cut,
    names_shown,
    names_with,
    words_near,
)
from profiles.values import speech
from profiles.values.likeness import LEAST, Form, Question, most_like, why
from profiles.values.mistakes import allowed
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, NAME_SORT

from . import addresses
from .naming import called

LONGEST = 200  # signs of a question that are read
WORDS = 8  # words of it that are looked for
# How many names are looked at: with the words as written; with the same keys; a key that goes on; but one word.
AS_WRITTEN, ALIKE, GOING_ON, BUT_ONE = 40, 100, 20, 60
COMPARED = 24  # profiles, of many, whose names are most like by their letters; of each two names
MEANT = 12  # words that one mistyped word is tried for
ENOUGH = 0.85  # as like as this, nothing looser is asked
ENOUGH_OF_TWO = 0.82  # of two words or more, which are seldom another's by chance
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
    best: dict[str, tuple[float, Candidate]] = {}
    seen: set[int] = set()
    top = 0.0
    for names in _candidates(asked.asked):
        fresh = [name for name in names if name[0] not in seen]
        seen.update(name[0] for name in fresh)
        for name in _likeliest(asked.asked, fresh):
            _, entry, folded, words, keys = name
            score = asked.score(folded, _plain(words), keys.split())
            if score >= LEAST and (entry not in best or _rank(score, name) < _rank(*best[entry])):
                best[entry] = (score, name)
                top = max(top, score)
        if top >= (ENOUGH if len(asked.asked.keys) < 2 else ENOUGH_OF_TWO):
            break
    near = [row for row in best.values() if row[0] >= top - NEAR]
    ranked = sorted(near, key=lambda row: _rank(*row))[:shown]
    told = names_shown([name[0] for _, name in ranked], with_card=speech.is_arabic())
    return [_found(told[name[0]], asked.asked, name, score) for score, name in ranked if name[0] in told]


def _likeliest(asked: Form, names: list[Candidate]) -> list[Candidate]:
    """Of very many names those that are worth comparing word by word; another script is judged by its keys."""
    if len(names) <= COMPARED:
        return names
    latin = asked.latin
    same = [name for name in names if name[2].isascii() == latin]
    other = [name for name in names if name[2].isascii() != latin] if len(same) < len(names) else []
    ordered = [same[n] for n in most_like(" ".join(asked.plain), [name[3] for name in same])]
    return _of_first(ordered) + _of_first([other[n] for n in most_like(" ".join(asked.keys), [n[4] for n in other])])


def _of_first(names: list[Candidate]) -> list[Candidate]:
    """The names of the first profiles, two of each: one that has very many must not hide the others."""
    taken: dict[str, int] = {}
    kept = []
    for name in names:
        before = taken.get(name[1], 0)
        if before < 2 and (before or len(taken) < COMPARED):
            taken[name[1]] = before + 1
            kept.append(name)
    return kept


def _rank(score: float, name: Candidate) -> tuple[object, ...]:
    """The most like first; of those that are as like the shortest."""
    key, entry, folded, *_ = name
    return -score, len(folded), folded, entry, key


def _plain(words: str) -> list[str]:
    return words.partition(BESIDE)[0].split()


def _candidates(asked: Form) -> Iterator[list[Candidate]]:
    """Names by the words of a question, from the strictest to the loosest.

    The very name, all words and all keys; a last key that goes on; the words that are known, and near ones for the
    others; all words or keys but one; near ones for all.
    """
    words, keys = cut(asked.plain[:WORDS]), cut(asked.keys[:WORDS])
    as_typed = asked.folded.split()[-1]
    choices = [_parts(WORDS_OF, words, AS_WRITTEN, begun=len(words[-1]) > 1)]
    if as_typed != words[-1]:
        # A glued article may be the beginning of a word that has none.
        typed = [*words[:-1], as_typed[:LONGEST_WORD]]
        choices.append(_parts(WORDS_OF, typed, AS_WRITTEN, begun=len(as_typed) > 1))
    if keys:
        choices.append(_parts(KEYS_OF, keys, ALIKE))
    counts = Counts()
    yield names_with(choices, counts, asked.folded)
    going_on = []
    if keys and len(keys[-1]) > 1 and len(words[-1]) > SHORT:
        going_on = [_parts(KEYS_OF, keys, GOING_ON, begun=True, longer=True)]
    if len(words) == 1:
        yield names_with([*going_on, *_mistyped(words, set())], counts)
        return
    yield names_with(going_on, counts)
    known = counts.known(words)
    may_be_mistyped = all(word in known or allowed(word) for word in words)
    if may_be_mistyped and 0 < len(known) < len(set(words)):
        yield names_with(_mistyped(words, known), Counts())
    but_one = [
        _parts(table, some, BUT_ONE if len("".join(some)) > 1 else BUT_ONE // 4)
        for table, all_of in ((WORDS_OF, words), (KEYS_OF, keys))
        for some in ([*all_of[:n], *all_of[n + 1 :]] for n in range(len(all_of)))
        if some
    ]
    yield names_with(but_one, counts)
    if may_be_mistyped:
        yield names_with(_mistyped(words, set()), Counts())


def _mistyped(words: list[str], right: set[str]) -> list[Parts]:
    """For names that have each word or one that is near to it, but for those that are right."""
    parts = []
    # The shortest first: what is near to them is sooner asked, and without any there is no such name.
    for word in sorted(set(words), key=len):
        parts.append(Part((word,) if word in right else tuple(words_near(word)[:MEANT])))
        if not parts[-1].either:
            return []
    return [Parts(WORDS_OF, tuple(parts), ALIKE)]


def _parts(table: str, words: list[str], limit: int, begun: bool = False, longer: bool = False) -> Parts:
    """Every word whole; with `begun`, the last may go on."""
    parts = [Part((word,)) for word in words]
    if begun:
        parts[-1] = Part((words[-1],), begun, longer)
    return Parts(table, tuple(dict.fromkeys(parts)), limit)


def _found(told: Name, asked: Form, name: Candidate, score: float) -> Found:
    _, _, folded, words, keys = name
    form = Form(folded, tuple(_plain(words)), tuple(keys.split()))
    return Found(
        label=called(told.label, json.loads(told.card) if told.card else None),
        href=addresses.place(told.model, told.slug),
        kind=say("person") if told.model == "person" else KINDS_BY_MODEL[told.model].label(told.kind),
        name=told.name,
        sort="" if told.sort == "primary" else NAME_SORT.label(told.sort),
        claim=addresses.claim(told.claim),
        why=say(why(asked, form)),
        score=score,
    )
