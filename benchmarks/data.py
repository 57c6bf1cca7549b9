"""Invented profiles, as many as wanted, the same each time: names in Arabic, dates of all shapes, speakers, listings.

Each profile is made from its own number alone, so a file of any length is written in constant memory:

    python -m benchmarks.data 10000 > many.jsonl
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from profiles.values import documents as docs
from profiles.values.vocabulary import EVENT_TYPE, GROUP_KIND

CLAIMS = 6  # a profile, each with one citation
RICH = 3  # the first profiles are long ones, of which pages are asked
RICH_CLAIMS = 90

SPEAKERS, AUTHORITIES, PLACES = 20, 10, 50
PER_SOURCE = 100  # profiles told of by one source
BLOCK = 25  # profiles that have to do with each other: no page grows with the number of profiles
TEXT_LENGTH, PARAGRAPHS = 20_000, 60

_FIRST = ("River", "Harbour", "Mountain", "Desert", "Northern", "Marsh", "Island", "Valley", "Border", "Coastal")
_SECOND = ("Guards", "Brigade", "Front", "Shield", "Companies", "Vanguard", "Regiment", "League", "Watch", "Banner")
_ARABIC = ("حراس", "لواء", "جبهة", "درع", "سرايا", "طليعة", "فوج", "عصبة", "كتائب", "راية")
_ARABIC_OF = ("النهر", "الميناء", "الجبل", "الصحراء", "الشمال", "الأهوار", "الجزيرة", "الوادي", "الحدود", "الساحل")
_GIVEN = (("Salim", "سليم"), ("Karim", "كريم"), ("Nadia", "نادية"), ("Hassan", "حسن"), ("Layla", "ليلى"))
_FAMILY = (("Nasser", "ناصر"), ("Haddad", "حداد"), ("Mansour", "منصور"), ("Khalil", "خليل"), ("Aziz", "عزيز"))
_KINDS = tuple(kind for kind in GROUP_KIND if kind != "unknown")


def documents(profiles: int, rich: int = 0, seed: int = 2026) -> Iterator[docs.Document]:
    """The small tables, then profile after profile with its claims: `CLAIMS` each, the first `rich` many more."""
    yield from _tables(profiles)
    for number in range(profiles):
        yield from _Profile(number, profiles, rich, Random(f"{seed}:{number}")).documents()  # noqa: S311 (not secret)


def lines(made: Iterable[docs.Document]) -> Iterator[bytes]:
    """Each document on a line, as the bulk format wants it."""
    for document in made:
        yield docs.canonical(document) + b"\n"


def model_of(number: int) -> str:
    """Of twenty profiles twelve are groups, five people and three events; the first three are groups."""
    return "group" if (place := number % 20) < 12 else "person" if place < 17 else "event"


def uid_of(number: int) -> str:
    """The uid of a profile by its number."""
    return f"{model_of(number)[0]}{number:06d}"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _source(number: int) -> str:
    return f"src-{number // PER_SOURCE + 1:04d}"


def _tables(profiles: int) -> Iterator[docs.Document]:
    for n in range(1, (profiles - 1) // PER_SOURCE + 2):
        uid, version = f"src-{n:04d}", f"src-{n:04d}-v1"
        yield docs.Source(
            uid=uid, schema=1, kind="news_article", title=f"Who is who along the river, part {n}",
            slug=f"who-is-who-{n}", publisher="The River Gazette", language="en",
        )  # fmt: skip
        yield docs.Version(
            uid=version, schema=1, source=uid, text_sha256=_sha(version), text_length=TEXT_LENGTH,
            paragraphs=PARAGRAPHS, raw_sha256=_sha(f"{version} raw"), raw_length=TEXT_LENGTH, media_type="text/plain",
            method="text", retrieved="2024-06-01", stamp="2024-05-03T10:00",
        )  # fmt: skip
    for n in range(1, SPEAKERS + 1):
        kind = ("official", "witness", "person")[n % 3]
        yield docs.Speaker(uid=f"spk-{n:04d}", schema=1, kind=kind, label=f"witness {n}", anonymous=n % 2 == 1)
    for n in range(1, AUTHORITIES + 1):
        yield docs.Authority(uid=f"auth-{n:04d}", schema=1, label=f"Harbour Authority {n}")
        yield docs.Programme(uid=f"prog-{n:04d}", schema=1, authority=f"auth-{n:04d}", label=f"Harbour list {n}")
    for n in range(1, PLACES + 1):
        yield docs.Place(uid=f"place-{n:04d}", schema=1, kind="city", label=f"Marwa {n}")


class _Profile:
    """One profile in the making. Whom it has to do with stands in its own block, so that pages keep their length."""

    def __init__(self, number: int, profiles: int, rich: int, random: Random) -> None:
        self.number, self.profiles, self.random = number, profiles, random
        self.model, self.uid = model_of(number), uid_of(number)
        self.claims = RICH_CLAIMS if number < rich else CLAIMS
        self.made = 0
        first, second = random.randrange(10), random.randrange(10)
        self.label, self.arabic = (
            f"{_FIRST[first]} {_SECOND[second]} {number}",
            f"{_ARABIC[second]} {_ARABIC_OF[first]}",
        )
        if self.model == "person":
            given, family = random.choice(_GIVEN), random.choice(_FAMILY)
            self.label, self.arabic = f"{given[0]} {family[0]} {number}", f"{given[1]} {family[1]}"
        elif self.model == "event":
            self.label, self.arabic = f"Shelling of Marwa {number}", f"قصف {_ARABIC_OF[first]}"

    def documents(self) -> Iterator[docs.Document]:
        slug = self.label.lower().replace(" ", "-")
        if self.model == "group":
            yield docs.Group(
                uid=self.uid, schema=1, kind=_KINDS[self.number % len(_KINDS)], label=self.label, slug=slug
            )
        elif self.model == "person":
            yield docs.Person(uid=self.uid, schema=1, kind="individual", label=self.label, slug=slug)
        else:
            kinds = [kind for kind in EVENT_TYPE if kind != "unknown"]
            yield docs.Event(uid=self.uid, schema=1, kind=self.random.choice(kinds), label=self.label, slug=slug)
        makers = {"group": self._group, "person": self._person, "event": self._event}[self.model]()
        first = self.made
        while self.made - first < self.claims:
            yield next(makers)

    def _other(self, model: str) -> str:
        """Another profile of the block; where it has none of the model, any other one."""
        start = self.number // BLOCK * BLOCK
        there = [n for n in range(start, min(start + BLOCK, self.profiles)) if n != self.number]
        return uid_of(self.random.choice([n for n in there if model_of(n) == model] or there or [0]))

    def _date(self) -> str:
        year, month = self.random.randrange(1980, 2023), self.random.randrange(1, 13)
        shape = self.random.randrange(6)
        return (
            f"{year}", f"{year}~", f"{year}-{month:02d}", f"{year}-{month:02d}-{self.random.randrange(1, 29):02d}",
            f"{year}?", f"{year}/{year + 1}",
        )[shape]  # fmt: skip

    def _claim(self, topic: str, aspect: str, statement: str, kind: str = "statement", **values: Any) -> docs.Claim:
        self.made += 1
        uid = f"{self.uid}-{self.made:04d}"
        voice = values.setdefault("voice", "stated")
        start = self.random.randrange(TEXT_LENGTH - 400)
        citation = docs.Citation(
            uid=f"{uid}-c1", version=f"{_source(self.number)}-v1", text_sha256=_sha(f"{_source(self.number)}-v1"),
            paragraph=self.random.randrange(PARAGRAPHS), start=start, end=start + self.random.randrange(20, 300),
            passage_sha256=_sha(uid), bearing="supports", voice=voice,
            speakers=((f"spk-{self.random.randrange(SPEAKERS) + 1:04d}",),) if voice == "attributed" else (),
        )  # fmt: skip
        values = {"sense": "happened", "salt": f"{self.random.getrandbits(128):032x}", **values}
        return docs.Claim(
            uid=uid, schema=1, kind=kind, subject=self.uid, topic=topic, aspect=aspect, statement=statement,
            citations=(citation,), **values,
        )  # fmt: skip

    def _names(self) -> Iterator[docs.Claim]:
        named = {"kind": "name", "sense": "as_of", "when": "2024-05-03"}
        yield self._claim(
            "names", "names", f"A news article of May 2024 speaks of {self.label}.",
            **named, name=self.label, name_sort="primary", language="ar-Latn",
        )  # fmt: skip
        yield self._claim(
            "names", "names", f"A news article of May 2024 writes the name of {self.label} as {self.arabic}.",
            **named, name=self.arabic, name_sort="original_script", language="ar",
        )  # fmt: skip

    def _group(self) -> Iterator[docs.Claim]:
        label, random = self.label, self.random
        yield from self._names()
        yield self._claim(
            "origins", "founded", f"According to a news article of May 2024, {label} came into being then.",
            when=self._date(),
        )  # fmt: skip
        while True:
            authority = random.randrange(AUTHORITIES) + 1
            if random.random() < 0.5:
                listing = self._claim(
                    "designations", "listings", f"Harbour Authority {authority} has listed {label}.", "designation",
                    sense="held", when=f"{random.randrange(2001, 2023)}/..", as_stated="listed", evidence="secondary",
                    authority=f"auth-{authority:04d}", programme=f"prog-{authority:04d}",
                )  # fmt: skip
                yield listing
                yield self._claim(
                    "designations", "listings", f"Harbour Authority {authority} entered {label} on its list.", "step",
                    when=listing.when[:4], designation=listing.uid, step="listed",
                )  # fmt: skip
            low = random.randrange(1, 90) * 100
            yield self._claim(
                "strength", "fighters", f"According to a witness, {label} had about {low} fighters.", "strength",
                sense="as_of", when="2024-05", voice="attributed", precision="about", low=low, counted="fighters",
            )  # fmt: skip
            yield self._claim(
                "umbrellas", "belongs_to", f"A news article of May 2024 counts {label} as a part of another body.",
                "relation", sense="held", when=f"{random.randrange(2003, 2020)}/..", about=self._other("group"),
                relation="member_of", manner="component",
            )  # fmt: skip
            yield self._claim(
                "areas", "operates", f"A news article of May 2024 says that {label} operates around Marwa.", "presence",
                sense="as_of", when="2024-05-03", presence="operates_in", place=f"place-{random.randrange(50) + 1:04d}",
            )  # fmt: skip
            yield self._claim(
                "ideology", "aims", f"According to a witness, {label} wants the river closed to foreign ships.",
                sense="as_of", when="2024-05-03", voice="attributed",
            )  # fmt: skip

    def _person(self) -> Iterator[docs.Claim]:
        yield from self._names()
        while True:
            yield self._claim(
                "roles", "leads", f"A news article of May 2024 says that {self.label} leads an armed group.",
                "membership", sense="held", when=f"{self.random.randrange(2003, 2023)}/..",
                about=self._other("group"), role="leader",
            )  # fmt: skip
            yield self._claim(
                "identity", "nationality", f"A news article of May 2024 describes {self.label} as from the river.",
                sense="as_of", when="2024-05-03",
            )  # fmt: skip
            yield self._claim(
                "statements", "said", f"According to a witness, {self.label} said that the harbour would open.",
                voice="attributed", when=self._date(),
            )  # fmt: skip
            yield self._claim(
                "affiliations", "belongs_to", f"A news article of May 2024 counts {self.label} among its members.",
                "membership", sense="as_of", when="2024-05-03", about=self._other("group"), role="member",
            )  # fmt: skip

    def _event(self) -> Iterator[docs.Claim]:
        yield from self._names()
        while True:
            yield self._claim("when", "date", f"The {self.label} took place then, an article says.", when=self._date())
            yield self._claim(
                "where", "place", f"The {self.label} took place in Marwa, an article says.", "presence",
                when=self._date(), presence="took_place_in", place=f"place-{self.random.randrange(PLACES) + 1:04d}",
            )  # fmt: skip
            yield self._claim(
                "who", "participants", f"An armed group took part in the {self.label}, an article says.", "part",
                when=self._date(), part="participant", about=self._other("group"),
            )  # fmt: skip
            low = self.random.randrange(1, 40)
            yield self._claim(
                "toll", "killed", f"According to a witness, the {self.label} killed at least {low} people.", "part",
                voice="attributed", when=self._date(), part="killed", party="residents", precision="at_least",
                low=low, counted="people",
            )  # fmt: skip


def main() -> None:
    """Write the lines to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profiles", type=int)
    parser.add_argument("--rich", type=int, default=0, help="so many long profiles first")
    asked = parser.parse_args()
    sys.stdout.buffer.writelines(lines(documents(asked.profiles, asked.rich)))


if __name__ == "__main__":
    main()
