"""Very many published profiles that are only names, and what finding one of them costs."""

from datetime import UTC, datetime
from functools import partial
from random import Random
from statistics import median
from typing import Any

from django.db import transaction
from django.test import Client

from benchmarks.measuring import median_of
from profiles.models import Entry
from profiles.models.projection import Projection, write_projection
from profiles.models.published import Spelling
from profiles.reading.search import find_names
from profiles.values.names import fold

_FIRST = (
    "Kata'ib", "Liwa", "Harakat", "Saraya", "Firqat", "Fawj", "Jaysh", "Jabhat", "Usbat", "Quwwat", "Rayat", "Ansar",
)  # fmt: skip
_SECOND = (
    "al-Nahr", "al-Mina", "al-Jabal", "al-Sahra", "al-Shamal", "al-Ahwar", "al-Jazira", "al-Wadi", "al-Hudud",
    "al-Sahil", "al-Khalij", "al-Furat", "al-Dijla", "al-Badiya", "al-Qasr", "al-Hisn",
)  # fmt: skip
_SIGNS = "bdfhjklmnqrstwyz"
# In another spelling, with a mistake, one word of it, what is nowhere; in another spelling a word that a twelfth have.
QUESTIONS = ("Kataib al Nahr {word}", "Kata'ib al-Nahhr {word}", "{word}", "zzyzx qqq", "Kataeb")
LISTS = ("/groups/", "/groups/?kind=armed_group", "/groups/?after={middle}", "/search/?q={word}", "/sitemap.xml")


def names(count: str) -> dict[str, Any]:
    """Write so many entries, each with two names of which a word is its own."""
    number = int(count)
    with transaction.atomic():
        for start in range(0, number, 5_000):
            made = [_named(n) for n in range(start, min(start + 5_000, number))]
            entries = [entry for entry, _ in made]
            write_projection(Projection(entries=entries, spellings=[one for _, some in made for one in some]), 1)
    return {"entries": Entry.objects.count()}


def _word(number: int) -> str:
    """A word that this profile alone has: six consonants with vowels between."""
    random = Random(number)  # noqa: S311 (not secret)
    return "".join(random.choice(_SIGNS) + random.choice("aiu") for _ in range(4)).capitalize()


def _named(number: int) -> tuple[Entry, list[Spelling]]:
    random, uid = Random(f"n{number}"), f"n{number:06d}"  # noqa: S311 (not secret)
    label = f"{random.choice(_FIRST)} {random.choice(_SECOND)} {_word(number)}"
    if number == 0:
        label = f"{_FIRST[0]} {_SECOND[0]} {_word(0)}"
    entry = Entry(
        uid=uid, model="group", slug=uid, label=label, kind="armed_group" if number % 2 else "umbrella",
        sort_key=f"{fold(label)} {uid}", edition=1, publication=1, published_at=datetime(2026, 1, 1, tzinfo=UTC),
        card={"names": [], "lines": []},
    )  # fmt: skip
    other = f"{random.choice(_SECOND)} {_word(number)} Brigade"
    spellings = [
        Spelling(entry_id=uid, name=name, skeleton=fold(name)[:300], name_sort=sort, claim=f"{uid}-000{place}")
        for place, (name, sort) in enumerate(((label, "primary"), (other, "translation")), 1)
    ]
    return entry, spellings


def ask_names() -> dict[str, Any]:
    """Each question by the index and by LIKE, and each list: milliseconds of CPU, medians."""
    word, client = _word(0), Client(headers={"host": "127.0.0.1"})
    middle = Entry.objects.order_by("sort_key")[Entry.objects.count() // 2].sort_key
    told: dict[str, Any] = {"questions": {}, "lists": {}}
    for question in QUESTIONS:
        asked = question.format(word=word)
        find_names(asked)
        words = fold(asked).split()
        works = (partial(find_names, asked), partial(_like, words[-1]), partial(_like_all, words))
        # In turns, so that what else the machine does falls on all alike.
        rounds = [[median_of(3, work) for work in works] for _ in range(7)]
        told["questions"][question.format(word="Abc")] = [median(times) for times in zip(*rounds, strict=True)]
    for path in LISTS:
        told["lists"][path.format(middle="...", word="Abc")] = _list(client, path.format(middle=middle, word=word))
    return told


def _list(client: Client, path: str) -> float:
    # Nothing is published, so no page is kept: each is made anew.
    if client.get(path).status_code != 200:
        raise RuntimeError(path)
    return median_of(9, partial(client.get, path))


def _like(word: str) -> list[str]:
    """What a first Django project would ask."""
    rows = Spelling.objects.filter(skeleton__icontains=word).order_by("name")
    return list(rows.values_list("name", flat=True)[:20])


def _like_all(words: list[str]) -> list[Spelling]:
    """The same for every word of the question, with what a page shows of each profile."""
    rows = Spelling.objects.select_related("entry").order_by("name")
    for word in words:
        rows = rows.filter(skeleton__icontains=word)
    return list(rows[:20])
