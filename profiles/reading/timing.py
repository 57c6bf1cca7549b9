"""What a reader asks about a time (`?on=`), and how each claim answers: certainly, possibly, before it, after it.

The one formula is `values.dates.on`; here its answers get their words. A claim without a date is possible at any time,
and says so; of a listing the steps answer, each for itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values.dates import DateError
from profiles.values.listing import stretches
from profiles.values.speech import say

CERTAINLY, POSSIBLY, UNDATED, BEFORE, AFTER = "certainly", "possibly", "undated", "before", "after"
ORDER = (CERTAINLY, POSSIBLY, UNDATED, BEFORE, AFTER)
NOT = (BEFORE, AFTER)
# The steps that make a listing, and those that end or suspend it.
MAKE = (
    "designated",
    "announced",
    "decided",
    "listed",
    "published",
    "effective",
    "relisted",
    "renewed",
    "reviewed_kept",
)
END = ("suspended", "annulled", "revoked_or_delisted", "expired")


@dataclass(frozen=True, slots=True)
class Timing:
    """One answer, with the words that stand beside the claim."""

    answer: str
    words: str

    @property
    def outside(self) -> bool:
        """Whether it cannot be of the time asked for."""
        return self.answer in NOT


@dataclass(frozen=True, slots=True)
class Question:
    """A plain year, month or day, or two joined by `/`."""

    text: str
    first: date
    last: date

    @property
    def when(self) -> str:
        """As a sentence has it: "in 2016", "on 1 January 2007", "between 2007 and 2010"."""
        start, _, end = self.text.partition("/")
        if end:
            return say("between %(start)s and %(end)s", start=_said(start), end=_said(end))
        return say("on %(day)s" if len(start) == len("2007-01-01") else "in %(day)s", day=_said(start))

    def words(self, answer: str) -> str:
        """An answer in words."""
        return {
            CERTAINLY: say("certainly %(when)s", when=self.when),
            POSSIBLY: say("possibly %(when)s", when=self.when),
            UNDATED: say("no date stated"),
            BEFORE: say("not %(when)s: before it", when=self.when),
            AFTER: say("not %(when)s: after it", when=self.when),
        }[answer]

    def timing(self, claim: docs.Claim, seen: date | None, steps: Iterable[docs.Claim] = ()) -> Timing | None:
        """How a claim answers; `seen` is the day up to which an open end is sure. A listing answers by its steps."""
        if claim.kind == "designation":
            return self.listing(steps)
        answer = self.answer(claim.when, claim.sense, seen)
        return Timing(answer, self.words(answer))

    def listing(self, steps: Iterable[docs.Claim]) -> Timing:
        """Whether a listing had been made by the end of the time asked about, and whether it had ended by a step told.

        That it was still in force is not inferred: it is said that no end is stated. Of what was listed again after a
        delisting, the last listing that can have been made by then answers.
        """
        told = [step for step in steps if not step.negated and step.standing not in ("retracted", "superseded")]
        dated = [(s.step or "", dates.bounds(s.when, s.sense)) for s in told if s.when]
        if not any(step in MAKE for step, _ in dated):
            return Timing(UNDATED, say("date of the listing not stated"))
        parts = stretches(dated)
        begun = [part for part in parts if any(s in MAKE and b.start_earliest <= self.last for s, b in part)]
        if not any(step in MAKE for step, _ in parts[0]):
            begun = begun or parts[:1]
        if not begun and parts[0][0][0] == "relisted":
            return Timing(POSSIBLY, say("date of the earlier listing not stated"))
        if not begun:
            return Timing(AFTER, say("not listed %(by)s: listed later", by=self.by))
        made = [b for step, b in begun[-1] if step in MAKE]
        ended = [(step, b) for step, b in begun[-1] if step in END]
        listed = "listed again" if begun[-1] is not parts[0] else "listed"
        if any(step != "suspended" and b.end_latest < self.first for step, b in ended):
            text = "not listed %(when)s: the listing had ended"
            later = ", listed again later" if len(begun) < len(parts) else ""
            return Timing(BEFORE, say(text + later, when=self.when))
        if any(b.start_earliest < self.first for _, b in ended):
            return Timing(POSSIBLY, say(f"{listed} %(by)s; an end is stated, see its steps", by=self.by))
        end = "" if ended else ", no end stated"
        if any(bounds.end_latest <= self.last and not bounds.hedged for bounds in made):
            return Timing(CERTAINLY, say(f"{listed} %(by)s{end}", by=self.by))
        return Timing(POSSIBLY, say(f"possibly {listed} %(by)s", by=self.by))

    @property
    def by(self) -> str:
        """The end of the time, as in "by the end of 2010"."""
        end = self.text.partition("/")[2] or self.text
        return say("by %(day)s" if len(end) == len("2007-01-01") else "by the end of %(day)s", day=_said(end))

    def answer(self, when: str, sense: str, seen: date | None = None) -> str:
        """Certainly, possibly, undated, before or after."""
        if not when:
            return UNDATED
        bounds = dates.bounds(when, sense, seen)
        found = dates.on(bounds, sense, self.text)
        if found == "not":
            return AFTER if bounds.start_earliest > self.last else BEFORE
        return found


def ask(text: str) -> Question:
    """Read a question. Raises DateError, whose words tell how to ask."""
    text = text.strip()[:64]
    return Question(text, *dates.window(text))


def date_problem(error: DateError) -> str:
    """Why a date cannot be asked about, as a sentence; in Arabic how to ask, whatever was wrong."""
    return say("The date %(error)s.", error=error)


def count(timings: Iterable[Timing | None]) -> tuple[tuple[str, int], ...]:
    """Each answer that was given with how often, the surest first."""
    found = Counter(timing.answer for timing in timings if timing)
    return tuple((answer, found[answer]) for answer in ORDER if found[answer])


def rank(timing: Timing | None) -> int:
    """Surest first; what has no answer stands with what has no date."""
    return ORDER.index(timing.answer if timing else UNDATED)


def _said(text: str) -> str:
    return dates.in_words(text, "happened")
