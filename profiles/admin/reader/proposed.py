"""What the panel proposes for a passage: whose claim, which aspect, when, how many, who is heard; claims to choose."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Q

from profiles.admin.citation import Shelf
from profiles.admin.reader.page import Fed, Resting, feeds, resting_on
from profiles.admin.words import aspect_label, topic_label
from profiles.editorial.mapping import read_rows
from profiles.models import Claim, Profile, Speaker
from profiles.values import documents as docs
from profiles.values.aspect_words import aspect_of_passage
from profiles.values.mentions import mentions
from profiles.values.names import fold
from profiles.values.numbers import in_words as number_in_words
from profiles.values.proposals import Proposal, propose
from profiles.values.tense import sense_of
from profiles.values.unnamed import unnamed_speaker
from profiles.values.vocabulary import ASPECTS

HERE, NEAR, FED = "Named here", "Named in the paragraph", "Fed by this version"
# So many claims are offered at a time.
OFFERED = 12
# Kept: names are asked for again with each letter that is typed.
_skeleton = lru_cache(maxsize=131_072)(fold)


@dataclass(frozen=True, slots=True)
class Subject:
    """A profile that the passage may speak of, and the aspect that it would answer of it."""

    uid: str
    label: str
    model: str
    aspect: str
    where: str

    @property
    def wants_number(self) -> bool:
        """Whether its aspect is answered by a number."""
        found = ASPECTS[self.model].get(self.aspect)
        return found is not None and found.value == "number"


@dataclass(frozen=True, slots=True)
class Offered:
    """A claim that the passage may be cited for, as it stands now."""

    claim: docs.Claim
    subject: str
    filed: str

    @property
    def choice(self) -> str:
        """Its uid, and the digest of what was offered: a later state is not changed unseen."""
        return f"{self.claim.uid} {docs.digest(self.claim)}"


class Names:
    """All names that are known: each table asked once."""

    @cached_property
    def profiles(self) -> dict[str, tuple[str, str]]:
        """Uid -> label and model."""
        return {
            uid: (label, model) for uid, label, model in Profile.objects.order_by().values_list("uid", "label", "model")
        }

    @cached_property
    def of_profiles(self) -> list[tuple[str, str]]:
        """Every name of every profile, in any spelling, with its uid."""
        claimed = Claim.objects.filter(kind="name").exclude(standing="retracted").order_by()
        labels = [(label, uid) for uid, (label, _) in self.profiles.items()]
        return sorted({*labels, *claimed.values_list("name", "subject_id")}, key=lambda pair: (pair[1], pair[0]))

    def called(self, word: str) -> set[str]:
        """The profiles with a name that has the word in it, in any spelling."""
        skeleton = fold(word)
        return {uid for name, uid in self.of_profiles if skeleton in _skeleton(name)} if skeleton else set()

    def exactly(self, name: str) -> list[str]:
        """The profiles that are called so, in any spelling; or the one whose uid it is."""
        if name in self.profiles:
            return [name]
        skeleton = fold(name)
        return sorted({uid for known, uid in self.of_profiles if _skeleton(known) == skeleton}) if skeleton else []


class Proposed:
    """What one passage proposes, of a paragraph of a version: "they" are named before it, or in what it feeds."""

    def __init__(self, words: str, paragraph: str, version: str, shelf: Shelf) -> None:
        self.words, self.paragraph, self.version, self.shelf = words, paragraph, version, shelf
        self.names = Names()

    @cached_property
    def read(self) -> Proposal:
        """The passage as it reads by itself."""
        return propose(self.words, self._known, self._speakers)

    @cached_property
    def _known(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for name, uid in self.names.of_profiles:
            known.setdefault(name, uid)
        return known

    @cached_property
    def _speakers(self) -> dict[str, str]:
        """Every label of a speaker, and every name of the profile that it is."""
        rows = list(Speaker.objects.order_by().values_list("uid", "label", "profile_id"))
        found = {label: uid for uid, label, _ in sorted(rows)}
        of_profile = {profile: uid for uid, _, profile in sorted(rows, reverse=True) if profile}
        for name, profile in self.names.of_profiles:
            if profile in of_profile:
                found.setdefault(name, of_profile[profile])
        return found

    @cached_property
    def resting(self) -> list[Resting]:
        """The citations of the version."""
        return resting_on(self.version)

    @cached_property
    def fed(self) -> list[Fed]:
        """The profiles that the version feeds."""
        return feeds(self.resting)

    @cached_property
    def subjects(self) -> list[Subject]:
        """Those that the passage names, then those that its paragraph names, then those that the version feeds."""
        wanted = {mention.uid: HERE for mention in self.read.subjects}
        for mention in mentions(self.paragraph, self._known):
            wanted.setdefault(mention.uid, NEAR)
        for fed in self.fed[:OFFERED]:
            wanted.setdefault(fed.uid, FED)
        found = []
        for uid, where in wanted.items():
            label, model = self.names.profiles[uid]
            found.append(Subject(uid, label, model, aspect_of_passage(self.words, model), where))
        return found

    @property
    def _likeliest(self) -> Subject | None:
        """Whom the passage names first; else the first of the others that it could answer something of."""
        here = [subject for subject in self.subjects if subject.where == HERE]
        answered = [subject for subject in self.subjects if subject.aspect]
        return next(iter([*here, *answered, *self.subjects]), None)

    @property
    def initial(self) -> dict[str, str]:
        """What the form begins with."""
        subject = self._likeliest
        date = self.read.dates[0].reading if self.read.dates else None
        speakers = tuple(dict.fromkeys((mention.uid,) for mention in self.read.speakers))
        return {
            "subject": subject.uid if subject else "",
            "aspect": subject.aspect if subject else "",
            "when": date.edtf if date else "",
            "sense": (date.sense or "happened") if date else sense_of(self.words, ()) or "as_of",
            "number": self.number if subject and subject.wants_number else "",
            "voice": self.read.voice,
            "speakers": self.shelf.told(speakers),
            "bearing": "supports",
            "part": "body",
            **self._unnamed(speakers),
        }

    def _unnamed(self, heard: tuple[tuple[str], ...]) -> dict[str, str]:
        """Who is heard without a name, to be added: where nobody whom the desk knows is heard.

        Nobody where the label is taken: "two officials" of another article are others, and would count as one origin.
        """
        found = None if heard or self.read.voice not in ("attributed", "alleged") else unnamed_speaker(self.words)
        if found is None or Speaker.objects.filter(label__iexact=found.label).exists():
            return {}
        # A newspaper that is not named is no person who asked for it.
        hidden = {} if found.kind == "media" else {"anonymous": "on"}
        return {"speakers": found.label, "new_speaker": found.kind, **hidden}

    @property
    def dates(self) -> list[tuple[str, str]]:
        """Every date in the passage, as EDTF and in words."""
        return list({(found.reading.edtf, found.reading.words): None for found in self.read.dates})

    @property
    def numbers(self) -> list[str]:
        """Every number in the passage whose things we count, in words."""
        return list(dict.fromkeys(_told(found.reading) for found in self.read.numbers if found.reading.counted))

    @property
    def number(self) -> str:
        """The first of them."""
        return next(iter(self.numbers), "")

    def offered(self, typed: str) -> list[Offered]:
        """Claims that have each word that was typed, in the sentence or in a name of whom they are about.

        Without words: the claims of those whom the passage names, on what it speaks of first.
        """
        wanted = Claim.objects.exclude(standing="retracted")
        if typed.split():
            for word in typed.split():
                called = self.names.called(word)
                wanted = wanted.filter(
                    Q(statement__icontains=word) | Q(subject__in=called) | Q(about__in=called) | Q(uid=word)
                )
            uids = list(wanted.order_by("uid").values_list("uid", flat=True)[:OFFERED])
        else:
            named = {subject.uid: subject.aspect for subject in self.subjects if subject.where == HERE}
            rows = wanted.filter(subject__in=named).order_by("uid").values_list("uid", "subject_id", "topic", "aspect")
            ranked = sorted(rows, key=lambda row: (f"{row[2]}.{row[3]}" != named[row[1]], row[0]))
            uids = [row[0] for row in ranked[:OFFERED]]
        found = read_rows(uids)
        return [self._offer(found[uid]) for uid in uids if uid in found]

    def _offer(self, claim: docs.Claim) -> Offered:
        label, model = self.names.profiles.get(claim.subject, (claim.subject, ""))
        filed = f"{topic_label(model, claim.topic)}: {aspect_label(model, claim.topic, claim.aspect)}"
        return Offered(claim, label, filed)


def _told(reading) -> str:
    return number_in_words(reading.precision, reading.low, reading.high, reading.number_words, reading.counted)
