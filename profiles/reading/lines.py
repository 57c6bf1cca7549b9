"""A claim as a page prints it, and a cell: all that one profile answers to one question."""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from profiles.values import dates, speech
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say, say_number
from profiles.values.vocabulary import Aspect

from . import addresses
from .leaf import Leaf, Link, Mark
from .origins import placed
from .sentence import in_arabic
from .timing import Timing
from .values_of import Value, value_of, when_of

UNKNOWN = "unknown"  # the `word` of a claim which tells that a source says it is not known


class Voice(Struct, frozen=True):
    """How firmly a claim is carried, for a reader: the word, its label, and where it is explained."""

    value: str
    label: str
    href: str


class Line(Struct, frozen=True):
    """One claim on one page: the sentence with its links, the typed value, who says so, its marks and its standing."""

    claim: docs.Claim
    aspect: Aspect | None
    value: Value
    statement: tuple[Link, ...]
    see: tuple[Link, ...]
    voice: Voice | None
    said_by: tuple[str, ...]
    marks: tuple[Mark, ...]
    href: str
    when: str
    remarks: tuple[str, ...]
    standing_label: str
    successor: Link | None = None
    timing: Timing | None = None
    lang: str = ""  # of the statement, where it is not that of the page

    @property
    def uid(self) -> str:
        """The claim's uid."""
        return self.claim.uid

    @property
    def standing(self) -> str:
        """The claim's standing."""
        return self.claim.standing


def line_of(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf, steps: Iterable[docs.Claim] = ()) -> Line:
    """A claim as the page of the profile `at` prints it. Its citations become footnotes of the leaf.

    `steps` are those of a listing, by which it answers the time that is asked about.
    """
    made = leaf.made_of(claim, at, aspect, _line_of)
    return replace(made, marks=leaf.cite(claim), timing=leaf.timing(claim, steps))


def _line_of(claim: docs.Claim, at: str, aspect: Aspect | None, leaf: Leaf) -> Line:
    """The line without what differs from place to place of a page."""
    statement, see = linked(claim, at, leaf)
    lang = ""
    if speech.is_arabic():
        told = in_arabic(claim, leaf)
        statement, lang = (told, "") if told else (statement, "en")
    superseding = claim.superseded_by
    return Line(
        claim=claim,
        aspect=aspect,
        value=value_of(claim, at, aspect, leaf),
        statement=statement,
        see=see,
        voice=voice_of(claim.voice, claim.confidence),
        said_by=leaf.speakers(claim) if claim.voice not in ("stated", "assessed") else (),
        marks=(),
        href=addresses.claim(claim.uid),
        when=when_of(claim),
        remarks=tuple(remark.rstrip(".") for remark in remarks(claim)),
        standing_label=words.STANDING.label(claim.standing),
        successor=Link(superseding, addresses.claim(superseding)) if superseding else None,
        lang=lang,
    )


def voice_of(value: str, confidence: str = "") -> Voice | None:
    """The label of a voice; none where the source says it itself."""
    return None if value == "stated" else _voice(value, confidence, speech.language())


@lru_cache(maxsize=128)
def _voice(value: str, confidence: str, language: str) -> Voice:
    label = words.VOICE.label(value)
    if confidence:
        label += say(", %(how)s confidence", how=words.CONFIDENCE.label(confidence))
    return Voice(value, label, addresses.word("voice", value))


def remarks(claim: docs.Claim) -> Iterable[str]:
    """What limits a claim, in words: said of a set, not verified, how far, by reckoning, answered or not."""
    if claim.reach == "collective":
        yield say("said of a set that it belongs to")
    elif claim.reach == "members_together":
        yield say("a total over its members")
    if claim.verification:
        how = words.VERIFICATION.label(claim.verification)
        text = "verification: %(how)s by %(who)s" if claim.verified_by else "verification: %(how)s"
        yield say(text, how=how, who=claim.verified_by)
    if claim.scope:
        yield say("scope: %(scope)s", scope=claim.scope)
    # That a present tense was so on the source's own date is a rule, told once on "About our words".
    if claim.basis == "derived" and claim.sense != "as_of":
        yield say("date derived: %(reckoning)s", reckoning=claim.reckoning)
    if claim.response:
        when = dates.in_words(claim.response_date, "happened") if claim.response_date else ""
        text = "response: %(response)s, %(when)s" if when else "response: %(response)s"
        yield say(text, response=words.RESPONSE.label(claim.response), when=when)
    if claim.outcome:
        yield say("outcome: %(outcome)s", outcome=claim.outcome)
    if claim.evidence == "secondary":
        yield say("evidence: secondary (another source tells of the listing)")
    elif claim.evidence == "primary":
        yield say("evidence: primary (the notice or list entry itself is pinned)")


def linked(claim: docs.Claim, at: str, leaf: Leaf) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The statement with each other profile's name linked where it first stands, and those not named in so many words.

    Only the exact label is linked: a profile is never guessed from other words.
    """
    uids = [uid for uid in (claim.subject, claim.about, *claim.mentions) if uid and uid != at]
    names = {leaf.english_link(uid): uid for uid in dict.fromkeys(uids)}
    links = [link for link in names if link.href]
    spans: list[Link] = [Link(claim.statement)]
    see = []
    # Longer labels first: one may stand inside another.
    for link in sorted(links, key=lambda link: (-len(link.label), link.label)):
        if not _link_first(spans, link):
            see.append(leaf.link(names[link]))
    return tuple(spans), tuple(see)


def _link_first(spans: list[Link], link: Link) -> bool:
    for index, span in enumerate(spans):
        if span.href or link.label not in span.label or not (found := _whole(link.label).search(span.label)):
            continue
        before, after = span.label[: found.start()], span.label[found.end() :]
        pieces = [Link(before), link, Link(after)]
        spans[index : index + 1] = [piece for piece in pieces if piece.label]
        return True
    return False


@lru_cache(maxsize=1024)
def _whole(label: str) -> re.Pattern[str]:
    """A label that is no part of longer words."""
    return re.compile(rf"(?<!\w){re.escape(label)}(?!\w)")


def by_aspect(claims: Iterable[docs.Claim], header: addresses.Profile) -> dict[str, list[docs.Claim]]:
    """Aspect key -> the claims that answer it on this profile's page, in order; unknown aspects stand under other."""
    found: dict[str, list[docs.Claim]] = {}
    for claim in claims:
        aspect = placed(claim, header)
        found.setdefault(aspect.key if aspect else "other.other", []).append(claim)
    return {key: in_order(rows) for key, rows in found.items()}


def in_order(claims: Iterable[docs.Claim]) -> list[docs.Claim]:
    """By date, then uid, but never before a claim that it comes `after`; retracted ones last."""
    left = sorted(claims, key=lambda c: (c.standing == "retracted", dates.sort_key(c.when, c.sense), c.uid))
    if not any(claim.after for claim in left):
        return left
    here = {claim.uid for claim in left}
    placed_uids: set[str] = set()
    made: list[docs.Claim] = []
    while left:
        # A ring of `after` has no right order: the first by date opens it.
        ready = next((c for c in left if not (set(c.after) & here) - placed_uids), left[0])
        left.remove(ready)
        placed_uids.add(ready.uid)
        made.append(ready)
    return made


def silence_in_words(silence: docs.Silence, sources: int) -> str:
    """Say of an emptiness what it is, never a blank: "Not stated in the 1 source read"."""
    if silence.state == "not_stated":
        return say_number(
            "Not stated in the %(count)s source read", "Not stated in the %(count)s sources read", sources
        )
    return words.SILENCE[silence.state].definition.rstrip(".") if silence.state in words.SILENCE else silence.state


def searched_sources(silence: docs.Silence, leaf: Leaf) -> tuple[Link, ...]:
    """The sources in which it was looked for, once each."""
    versions = [leaf.library.get(uid) for uid in silence.searched]
    uids = {version.source for version in versions if isinstance(version, docs.Version)}
    return tuple(leaf.link(uid) for uid in sorted(uids))
