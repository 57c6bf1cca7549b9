"""Finding profiles by a name in any spelling and script, and statements by their words.

Candidates come from the keys of names, from the strictest question to the loosest, until some are like enough; the
names themselves rank them. What is found says by which name, and why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from profiles.models.finding import Part, names_of_words, names_with, words_near
from profiles.models.published import Entry, Spelling
from profiles.values.likeness import LEAST, Form, Likeness, likeness
from profiles.values.speech import say
from profiles.values.vocabulary import KINDS_BY_MODEL, NAME_SORT

from . import addresses
from .naming import heading

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
    asked = Form.of(question)
    if not asked.folded:
        return []
    best: dict[str, tuple[Likeness, str, str, str]] = {}
    seen: set[int] = set()
    for keys in _candidates(asked):
        fresh = set(keys) - seen
        seen |= fresh
        for entry, name, sort, claim in _spellings(fresh):
            like = likeness(asked, Form.of(name))
            if like.score >= LEAST and (entry not in best or like.score > best[entry][0].score):
                best[entry] = (like, name, sort, claim)
        if any(like.score >= ENOUGH for like, *_ in best.values()):
            break
    least = max((like.score for like, *_ in best.values()), default=0) - NEAR
    near = [row for row in best.items() if row[1][0].score >= least]
    ranked = sorted(near, key=lambda row: (-row[1][0].score, len(row[1][1]), row[1][1], row[0]))[:shown]
    entries = Entry.objects.in_bulk([uid for uid, _ in ranked])
    return [_found(entries[uid], *row) for uid, row in ranked if uid in entries]


def _candidates(asked: Form) -> Iterator[list[int]]:
    """Keys of spellings: the very name; its words; its consonants; all but one word; words that are near to them."""
    words, keys = asked.folded.split()[:WORDS], list(asked.keys[:WORDS])
    strict = list(Spelling.objects.filter(skeleton=asked.folded[:300]).values_list("pk", flat=True)[:CANDIDATES])
    by_word = names_with([_parts("folded", words, begun=len(words[-1]) > 1)], CANDIDATES)
    by_key = names_with([_parts("skeleton", keys)], CANDIDATES) if keys else []
    may_go_on = keys and len(keys[-1]) > 1 and len(words[-1]) > SHORT
    begun = names_with([_parts("skeleton", keys, begun=True)], CANDIDATES) if may_go_on else []
    yield [*strict, *by_word, *by_key, *begun]
    if len(keys) > 1:
        yield names_with([_parts("skeleton", [*keys[:i], *keys[i + 1 :]]) for i in range(len(keys))], CANDIDATES)
    yield names_of_words([words_near(word)[:MEANT] for word in asked.plain[:WORDS]], CANDIDATES)


def _parts(column: str, words: list[str], begun: bool = False) -> list[Part]:
    """Every word whole; with `begun`, the last may go on."""
    parts = [Part(column, f" {word} ") for word in words]
    return [*parts[:-1], Part(column, f" {words[-1]}")] if begun else parts


def _spellings(keys: Iterable[int]) -> Iterable[tuple[str, str, str, str]]:
    rows = Spelling.objects.filter(pk__in=keys)
    return rows.values_list("entry_id", "name", "name_sort", "claim").order_by("pk") if keys else []


def _found(entry: Entry, like: Likeness, name: str, sort: str, claim: str) -> Found:
    return Found(
        label=heading(entry),
        href=addresses.place(entry.model, entry.slug),
        kind=say("person") if entry.model == "person" else KINDS_BY_MODEL[entry.model].label(entry.kind),
        name=name,
        sort="" if sort == "primary" else NAME_SORT.label(sort),
        claim=addresses.claim(claim),
        why=say(like.why),
        score=like.score,
    )
