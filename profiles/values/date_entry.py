"""Dates typed as a text has them ("around 2013", "by 2014", "2005-06"), read into EDTF and told back in words.

What a text leaves open stays open: no bound is made up, no meaning is turned, and what cannot be said in EDTF is
refused with the mend. Plain EDTF passes through.
"""

import re
from dataclasses import dataclass

from . import dates
from .date_lexicon import DIGITS, LONGEST_TEXT, cannot_read, spellings
from .date_phrases import TWO_YEARS, Meaning, in_english, meanings
from .date_text import require
from .vocabulary import SENSE

PART_OF = "names a part of a year or month, which a date cannot say: all of it stands. Write months or days, if given."


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed date as read: EDTF, its words, and the sense that the text itself gives (or that was asked for).

    `alternatives` lists every reading, this one first, as (EDTF, words), where the text has more than one.
    `asks`: the text means two things, and the editor must say which; else the others are only offered.
    `note` says what of the text is not kept.
    """

    edtf: str
    words: str
    sense: str | None
    alternatives: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    note: str = ""


def read_date(text: str, sense: str | None = None) -> Reading:
    """Read a date typed in words, figures or EDTF, in English or with Arabic months; DateError names the mend.

    "After 2003" may still be in 2003, as newspapers write it: the wider reading comes first, the strict one is offered.
    "Early 2014" is read as all of 2014, with a note. `sense` is what the editor has chosen: it settles what
    "by", "between" and a bare date mean.
    """
    if sense is not None:
        require(SENSE, sense)
    typed = text.strip()
    if not typed:
        return Reading("", "", sense)
    if len(typed) > LONGEST_TEXT:
        raise cannot_read(typed, f"is too long: a date has at most {LONGEST_TEXT} characters here")
    plain = _as_edtf(typed.translate(DIGITS))
    groups = [[plain]] if plain else _by_spelling(typed, sense)
    found = {(one.edtf): one for group in groups for one in group}
    first = groups[0][0]
    if sense == "held" and len(found) == 1 and first.sense is None and _is_bare(first.edtf):
        # What was so all through may go on: a bare date says only where it stood.
        found |= {edtf: Meaning(edtf) for edtf in (f"{first.edtf}/..", f"{first.edtf}/")}
    readings = tuple((one.edtf, _words(one, sense)) for one in found.values())
    return Reading(
        edtf=first.edtf,
        words=_words(first, sense),
        sense=sense or first.sense,
        alternatives=readings if len(readings) > 1 else (),
        asks=len({group[0].edtf for group in groups}) > 1,
        note=PART_OF if first.part else "",
    )


def _words(found: Meaning, sense: str | None) -> str:
    return dates.in_words(found.edtf, sense or found.sense or "happened")


def _is_bare(edtf: str) -> bool:
    return "/" not in edtf and not edtf.startswith("[")


def _as_edtf(text: str) -> Meaning | None:
    """EDTF as it stands; not 2005-06, which people also write for two years."""
    if re.fullmatch(r"\d{4}-\d\d", text):
        return None
    try:
        span = dates.parse(text)
    except dates.DateError:
        return None
    is_open = span.interval and (span.start.state, span.end.state) != ("known", "known")
    return Meaning(text, "held" if is_open else None)


def _by_spelling(typed: str, sense: str | None) -> list[list[Meaning]]:
    """What each spelling of the text can mean; those that mean nothing are left out, unless all do."""
    groups: list[list[Meaning]] = []
    errors: list[dates.DateError] = []
    for spelling in spellings(typed):
        phrase = in_english(spelling)
        try:
            found = meanings(phrase, sense)
            for one in found:
                dates.parse(one.edtf)
        except dates.DateError as error:
            errors.append(error)
            continue
        if found:
            groups.append(found)
        elif TWO_YEARS.fullmatch(phrase):
            raise cannot_read(typed, "may name a month or two years: write the month's name, or both years in full")
    if groups:
        return groups
    if errors:
        raise errors[0]
    if re.fullmatch(r"[0-9X/.,\[\]~?%TZ:+-]+", typed):
        dates.parse(typed)  # the mend for mistaken EDTF
    raise cannot_read(typed, "is not a date we can read: write it like June 2014, around 2013 or by 2014")
