"""What an English phrase around EDTF dates says: since, until, by, before, after, between, around, early, or.

Phrases come from `date_lexicon`, with their dates spelt as EDTF already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import dates
from .date_lexicon import cannot_read
from .date_text import MIN, Span, is_plain


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase can mean: EDTF, the sense it gives of itself, and whether only a part of its date is meant."""

    edtf: str
    sense: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """One date of a phrase; `part`: early in it, or late, or its middle."""

    edtf: str
    part: bool = False

    @property
    def plain(self) -> bool:
        return is_plain(self.edtf)


# -- one way to say each thing -----------------------------------------------------------------------------

_ONE_WAY: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), word)
    for pattern, word in [
        (r"~ ?(?=\d)|\bc\.? ?(?=\d)|\b(?:circa|ca\.?|approximately|approx\.?|roughly|about)(?=\s)", "around "),
        (r"\b(?:possibly|probably|maybe)\b", "perhaps"),
        (r"(?<=\d) ?([~?%])(?= |$)", r"\1"),
        (r"\b(?:on|in|at) or (?=before|after)", "on-or-"),
        (r"\b(?:in|on) or (?=around)|\bat (?=(?:end|close|start|beginning) of|latest|earliest)", ""),
        (r"\b(?:no|not) later than\b|\bon-or-before\b|\blatest by\b", "by"),
        (r"\b(?:no|not) (?:earlier|sooner) than\b|\b(?:not|never) before\b|\bon-or-after\b", "not-before"),
        (r"\bnot after\b", "by"),
        (r"\b(?:prior to|earlier than)\b", "before"),
        (r"\blater than\b", "after"),
        (r"\bup until\b", "until"),
        (r"\bever since\b", "since"),
        (r"\b(?:from )?(\S+) (?:on|onwards?|forwards?)$", r"from \1"),
        (r"\b(?:starting|beginning) (?:in|on|from)\b", "from"),
        (r"\b(?:up to|till|through|thru)\b", "until"),
        (r"\b(?:the )?(?:present(?: day)?|now|today|date)$", "now"),
        (r"\b(?:throughout|all through)\b", "throughout"),
        (r"\b(?:some ?time|at some point) (?:in|on|during|(?=around))", ""),
        (r"\bsometime\b", "some time"),
        (r"\bmid-? ?(?=\d)", "part "),
        (r"\b(?:very )?(?:early|late)(?: in)?\b", "part"),
        (r"\b(?:start|beginning|middle|(?:first|last) (?:weeks|months|days)) of\b", "part"),
        (r"\b(?:end|close) of\b", "end"),
        (r"\b(?:in|on|during)\b(?! or)", ""),
        (r"\byear (?=\d{4})", ""),
        (r"\b(?:part|end) of (?=\d)", "part "),
    ]
]


def in_english(spelling: str) -> str:
    """A phrase with one word for each thing said: about, circa and c. are all around."""
    for pattern, word in _ONE_WAY:
        spelling = pattern.sub(word, spelling)
    return " ".join(spelling.split()).strip(" ,")


# -- what a phrase says ------------------------------------------------------------------------------------

_RULES = [
    (re.compile(pattern), form)
    for pattern, form in [
        (r"since at least (.+)", "since_by"),
        (r"since (.+)|from (.+) (?:to|until) now|(.+) to now", "since"),
        (r"until at least (.+)", "until_after"),
        (r"until (.+?)(?:, start not known)?", "until"),
        (r"from (.+), end not known", "from"),
        (r"some time from (.+?) to (.+)", "window"),
        (r"from (.+?) (?:to|until) (.+)", "range"),
        (r"from (.+)", "from"),
        (r"by (.+)|(.+) latest|latest (.+)", "by"),
        (r"(.+) or (?:earlier|before)", "or_earlier"),
        (r"(.+) or (?:later|after)|not-before (.+)|(.+) earliest|earliest (.+)", "or_later"),
        (r"before (.+)", "before"),
        (r"after (.+)", "after"),
        (r"between (.+?) (?:and|to) (.+)", "between"),
        (r"throughout (.+)", "throughout"),
        (r"(.+?) until (.+)", "range"),
        (r"(.+?) to (.+)", "two"),
    ]
]
# What is left of "by 2005-06" when it is spelt out as two years.
TWO_YEARS = re.compile(r"(?!from|between|some time)(?:[a-z-]+ )+\d{4} to \d{4}")
_CLOSING = {"until", "range", "window", "between", "by", "two"}
_DATE = r"\d[\dX]{3}(?:-[\dX]{2}){0,2}"
_SIDE = re.compile(
    rf"(?P<maybe>perhaps )?(?P<near>around )?(?P<part>part |end )?(?P<date>{_DATE}|\[[^\[\] ]*\])(?P<mark>[~?%]?)"
    r"(?P<so> or so)?"
)
_MEMBERS = [
    (re.compile(rf"({_DATE}) or later"), r"\1.."),
    (re.compile(rf"({_DATE}) or earlier"), r"..\1"),
    (re.compile(rf"some time between ({_DATE}) and (?:end )?({_DATE})"), r"\1..\2"),
    (re.compile(rf"({_DATE})"), r"\1"),
]


def meanings(phrase: str, sense: str | None) -> list[Meaning]:
    """What a phrase can mean, the likeliest first; nothing where it is not a phrase that we know."""
    if whole := _side(phrase):
        return [Meaning(whole.edtf, None, whole.part)]
    if phrase.startswith("as of "):
        return [Meaning(one.edtf, "as_of", one.part) for one in meanings(phrase.removeprefix("as of "), "as_of")]
    for pattern, form in _RULES:
        match = pattern.fullmatch(phrase)
        if not match:
            continue
        texts = [group for group in match.groups() if group]
        sides = [_side(text, closing=form in _CLOSING and text is texts[-1]) for text in texts]
        known = [side for side in sides if side]
        if len(known) == len(sides) and (found := list(_compose(form, known, sense))):
            part = any(side.part for side in known)
            return [Meaning(one.edtf, one.sense, part) for one in found]
    return []


def _compose(form: str, sides: list[_Side], sense: str | None) -> Iterator[Meaning]:
    a, b = sides[0], sides[-1]
    happened = sense == "happened"
    match form:
        case "since" | "from" if happened and a.plain:
            yield Meaning(f"[{a.edtf}..]", "happened")
        case "since" if not happened:
            yield Meaning(f"{a.edtf}/..", "held")
        case "since" | "from":
            yield Meaning(f"{a.edtf}/", "held")
        case "since_by" | "until_after" if sense not in (None, "held"):
            raise cannot_read(a.edtf, "is said of what went on, at least: choose held, or write by or after instead")
        case "since_by" if a.plain:
            yield Meaning(f"[..{a.edtf}]/..", "held")
        case "until_after" if a.plain:
            yield Meaning(f"/[{a.edtf}..]", "held")
        case "until":
            yield Meaning(f"[..{a.edtf}]" if happened and a.plain else f"/{a.edtf}", "held")
        case "range":
            yield Meaning(f"{a.edtf}/{b.edtf}", "held")
        case "window" if sense == "held" and a.plain and b.plain:
            yield Meaning(f"[{a.edtf}..{b.edtf}]")
        case "window":
            yield Meaning(f"{a.edtf}/{b.edtf}", "happened")
        case "two":
            # "Around 2005-2006" is around both.
            mark = "~" if a.edtf.endswith("~") and (b.plain or b.edtf[-1] == "X") else ""
            yield Meaning(f"{a.edtf}/{b.edtf}{mark}")
        case "throughout":
            yield Meaning(a.edtf, "held")
        case "by":
            yield _earlier(a, sense, begun=True)
        case "or_earlier":
            yield _earlier(a, sense)
        case "or_later":
            yield _later(a, sense)
        case "before":
            yield _earlier(a if a.part else _before(a), sense, begun=True)
        case "after":
            yield from _after(a, sense)
        case "between" if a.plain and b.plain and sense != "held":
            yield Meaning(f"[{a.edtf}..{b.edtf}]", "happened")
            if sense is None:
                yield Meaning(f"{a.edtf}/{b.edtf}", "held")
        case "between":
            yield Meaning(f"{a.edtf}/{b.edtf}", sense or "happened")


def _earlier(side: _Side, sense: str | None, begun: bool = False) -> Meaning:
    """It was by then; `begun`: of what held, only that it had begun by then, since its end is not told."""
    if sense == "held":
        last = f"[..{_plain(_sure(side).end.last, side)}]"
        return Meaning(f"{last}/" if begun else last)
    return Meaning(f"[..{side.edtf}]" if side.plain else f"/{side.edtf}", "happened")


def _later(side: _Side, sense: str | None) -> Meaning:
    if sense == "held":
        return Meaning(f"[{_plain(_sure(side).start.first, side)}..]")
    return Meaning(f"[{side.edtf}..]" if side.plain else f"{side.edtf}/", "happened")


def _sure(side: _Side) -> Span:
    span = dates.parse(side.edtf)
    if span.hedged:
        raise cannot_read(side.edtf, "is not sure, so it can be no limit of what held: write a plain date there")
    return span


def _before(side: _Side) -> _Side:
    """The last year, month or day before; of what is not sure, the thing itself, since it may be earlier."""
    span = dates.parse(side.edtf)
    if span.hedged:
        return side
    if span.start.first == MIN:
        raise cannot_read(side.edtf, "has nothing before it: years run from 0001 to 9999")
    return _Side(_plain(span.start.first - timedelta(1), side))


def _after(side: _Side, sense: str | None) -> Iterator[Meaning]:
    """A newspaper's "after 2003" may be within 2003, so that comes first; after a day is after that day."""
    span = dates.parse(side.edtf)
    exact = re.search(r"\d{4}-\d\d-|X", side.edtf) is not None
    if span.hedged or side.part or not exact:
        yield _later(side, sense)
    if not span.hedged and not side.part and span.end.last < dates.MAX:
        yield Meaning(f"[{_plain(span.end.last + timedelta(1), side)}..]", "happened")


def _plain(day: date, side: _Side) -> str:
    """A day, or the month or year that it is in: as finely as the date it is reckoned from."""
    lengths = [len(text) for text in re.findall(r"\d{4}(?:-\d\d){0,2}", side.edtf)] or [4]
    return day.isoformat()[: max(lengths)]


def _side(text: str, closing: bool = False) -> _Side | None:
    """One date, with what surrounds it: around, perhaps, early; or a choice of dates (2005 or 2006)."""
    if match := _SIDE.fullmatch(text):
        marks = match["mark"] + "?" * bool(match["maybe"]) + "~" * bool(match["near"] or match["so"])
        mark = "%" if len(set(marks)) > 1 else marks[:1]
        edtf = match["date"] + mark
        dates.parse(edtf)
        return _Side(edtf, bool(match["part"]) and not (closing and match["part"] == "end "))
    found = []
    for member in re.split(r", (?:or )?| or (?!later|earlier|so)", text.removeprefix("either ")):
        pattern, edtf = next(((p, e) for p, e in _MEMBERS if p.fullmatch(member)), (None, ""))
        if pattern is None or not all(map(is_plain, re.findall(_DATE, member))):
            return None
        found.append(pattern.sub(edtf, member))
    edtf = f"[{','.join(found)}]"
    dates.parse(edtf)
    return _Side(edtf)
