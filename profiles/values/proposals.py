"""What a passage itself proposes for a claim: whom it names, who is heard, in which voice, its dates and numbers.

Proposals only, for a form to show beside the passage: nothing here is stored or decided, and a rule of thumb that is
in doubt proposes the weaker voice, or nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import date_entry, number_entry
from .date_lexicon import LETTERS, NUMBER_OF_MONTH, SIGNS
from .date_text import DateError
from .hedge_marks import voices_of_marks
from .mentions import Mention, mentions
from .number_lexicon import NUMBER_WORDS
from .numbers import SINGULAR
from .vocabulary import COUNTED


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in the passage: its range in code points, and how it is read."""

    start: int
    end: int
    reading: date_entry.Reading


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number in the passage: its range in code points, and how it is read."""

    start: int
    end: int
    reading: number_entry.Reading


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a passage proposes; each list in the passage's own order."""

    subjects: tuple[Mention, ...]
    speakers: tuple[Mention, ...]
    voice: str
    dates: tuple[DateFound, ...]
    numbers: tuple[NumberFound, ...]


def propose(passage: str, names: Mapping[str, str], speakers: Mapping[str, str]) -> Proposal:
    """Read a passage; `names` and `speakers` are known names (any spelling) with the uids that they lead to.

    A speaker is proposed where a word of speech stands beside its name.
    """
    dates = tuple(_dates(passage))
    heard = [mention for mention in mentions(passage, speakers) if _is_heard(passage, mention)]
    return Proposal(
        subjects=tuple(mentions(passage, names)),
        speakers=tuple(heard),
        voice=voice_of(passage),
        dates=dates,
        numbers=tuple(_numbers(passage, [(found.start, found.end) for found in dates])),
    )


# -- voice -------------------------------------------------------------------------------------------------

# The weakest first: in doubt a claim is proposed no firmer than any word of its passage.
_VOICES = [
    (voice, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for voice, pattern in [
        ("alleged", r"accus\w+|blam(?:e|es|ed|ing)|alleg\w+|suspected of"),
        (
            "claimed",
            r"claim(?:s|ed|ing)? (?:sole |joint |the )?(?:responsibility|credit)|responsibility was claimed"
            r"|claim(?:s|ed|ing)? (?:\w+ ){0,3}(?:attacks?|strikes?|operations?)"
            r"|(?:describe|call|present|declare|proclaim)(?:s|d|ed)? itself|says? of itself|self-(?:styled|declared)"
            r"|claim(?:s|ed|ing)? (?:to (?:be|have)|that (?:it|its|they|their))",
        ),
        (
            "reported",
            r"reportedly|(?:is|are|was|were|been) reported|reports? (?:say|suggest)\w*|purported(?:ly)?"
            r"|(?:is|are|was|were) (?:said|believed|thought|understood) to|(?:is|are|was|were|been) described as"
            r"|it is (?:said|believed|thought)|widely (?:seen|viewed|regarded)|apparently|unconfirmed"
            r"|(?:an )?estimated|not (?:been )?(?:independently )?(?:verified|confirmed)",
        ),
        (
            "attributed",
            r"sa(?:ys?|id|ying)|according to|told|tells|state[sd] that|announce[sd]?|wrote|confirmed|den(?:y|ies|ied)"
            r"|claim(?:s|ed|ing)?|as told|estimate[sd]?",
        ),
    ]
]
_SPEECH = (
    r"(?:say|says|said|saying|tells?|told|announce[sd]?|claim(?:s|ed)?|accuse[sd]?|blame[sd]?|allege[sd]?|wrote|added"
    r"|state[sd]|den(?:y|ies|ied)|warn(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|estimate[sd]?|declare[sd]?)"
)
_HEARD_AFTER = re.compile(
    rf"(?: and (?:members|officials|leaders|commanders)(?: of (?:the|its) \w+)?)?,?"
    rf"(?: (?:has|have|had|also|later|since|then|officials?)){{0,3}} {_SPEECH}\b",
    re.IGNORECASE,
)
# "Officials said the group" hears the officials; only after a comma or a quotation is it the group who said it.
_HEARD_BEFORE = re.compile(
    rf"(?:\baccording to|\b{_SPEECH} by|[,\"”’] (?:said|says|added|told))(?: (?:the|an?|\w+ly|\w+i|\w+ian))*\s$",
    re.IGNORECASE,
)


# Of an Arabic or Persian sentence nobody knows here that it keeps no distance.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def voice_of(passage: str) -> str:
    """The voice that the passage's own words propose; `stated` where no word keeps a distance.

    Empty where nothing can be told of it: the editor chooses.
    """
    plain = "" if _RIGHT_TO_LEFT.search(passage) else "stated"
    marked = voices_of_marks(passage)
    return next((voice for voice, words in _VOICES if voice in marked or words.search(passage)), plain)


def _is_heard(passage: str, mention: Mention) -> bool:
    before = passage[max(0, mention.start - 60) : mention.start]
    return bool(_HEARD_AFTER.match(passage, mention.end) or _HEARD_BEFORE.search(before))


# -- dates -------------------------------------------------------------------------------------------------

# Sign for sign, so that every place stays the same.
_SIGNS = {**SIGNS, **{sign: to for sign, to in LETTERS.items() if to}}
_MONTH = rf"\b(?:{'|'.join(sorted(NUMBER_OF_MONTH, key=len, reverse=True))})\b\.?"
_DAY = r"\b\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[89]|20)\d\d\b"
_FULL = (
    rf"(?:{_DAY} (?:of )?{_MONTH},? (?:of )?{_YEAR}|{_MONTH} {_DAY},? {_YEAR}|{_MONTH},? (?:of )?{_YEAR}"
    rf"|(?:spring|summer|autumn|fall) (?:of )?{_YEAR}|(?<![\w$€£])(?<!\d[.,/]){_YEAR}(?:-\d\d-\d\d\b|-\d\d\b)?(?!/\d)"
    rf"|{_YEAR[:-2]}s\b)"
)
_JOIN = r"(?: ?- ?| (?:to|and|or|until|till|through|الي|حتي) | و)"
_HEAD = (
    r"(?:(?:since|until|till|by|before|after|from|between|around|about|circa|in|on|during|as of|early|late|mid|the"
    r"|at least|perhaps|end of|start of|beginning of|beginning in|middle of"
    r"|في|منذ|حتي|من|بين|قبل|بعد|حوالي|نحو|عام|عامي|سنه) |c\. ?|mid-)*"
)
_DATE = re.compile(
    rf"(?<!\w){_HEAD}(?:(?:{_DAY} {_MONTH}|{_MONTH} {_DAY}|{_MONTH}){_JOIN}|{_DAY}{_JOIN}(?={_DAY} {_MONTH}))?"
    rf"{_FULL}(?:{_JOIN}{_HEAD}{_FULL})?"
    r"(?: (?:onwards?|or so|at the latest|or later|or earlier)|(?: ?- ?| to )(?:the )?(?:present|date|now)\b)?",
    re.IGNORECASE,
)
_ONE_DATE = re.compile(_FULL, re.IGNORECASE)
_HARMLESS = re.compile(r"(?:(?:in|on|during|the|في|عام|سنه) )*", re.IGNORECASE)
# Words that turn what follows: "not before 2014", "two years after 2003", "the aftermath of the 2003 invasion".
_TURNED = re.compile(
    r"\b(?:not|never|no|than|years?|months?|weeks?|days?|hours?|shortly|soon|just|long|(?:aftermath|wake|eve) of) $",
    re.I,
)
# A range whose other end is no date that we know: "from 2007 to the war".
_RANGE = re.compile(r"(?:from|between|من|بين) ", re.IGNORECASE)
_CUT_SHORT = re.compile(r" ?(?:-|\b(?:to|and|until|till|through|الي)\b)", re.IGNORECASE)
_THINGS = "|".join([*COUNTED, *SINGULAR.values()])


def _dates(passage: str) -> Iterator[DateFound]:
    plain = passage.translate(_SIGNS)
    for found in _DATE.finditer(plain):
        if _TURNED.search(plain, max(0, found.start() - 40), found.start()) or _counts(plain, found):
            continue
        if _CUT_SHORT.match(plain, found.end()) and _RANGE.match(found[0]):
            continue
        spans = [found.span()]
        try:
            date_entry.read_date(found[0])
        except DateError:
            # "In 2014 and 2015" is two dates; of "since 2014 and 2015" nothing is proposed.
            alone = list(_ONE_DATE.finditer(plain, *found.span()))
            harmless = _HARMLESS.fullmatch(plain, found.start(), alone[0].start()) if alone else None
            spans = [one.span() for one in alone] if harmless else []
        for start, end in spans:
            try:
                yield DateFound(start, end, date_entry.read_date(plain[start:end]))
            except DateError:
                continue


# A bare 2000 of Arabic or Persian is as often a number of men. It is a year after a word for one, ...
_OF_A_YEAR = re.compile(
    r"(?<!\w)[وفبل]?(?:(?:ال|لل)?(?:عام|عامي|سنه|سنوات|اعوام)|منذ|خلال|بحلول|اوائل|اواخر|مطلع|منتصف|نهايه|بدايه"
    r"|ربيع|صيف|خريف|شتاء|سال|سالهاي) (?:نحو |حوالي )?[(]?$"
)
# ... or after "in", "since" and the like, where nothing comes that could be counted.
_OF_A_TIME = re.compile(
    r"(?<!\w)(?<!اكثر )(?<!اقل )(?<!ازيد )(?<!يقرب )[وف]?(?:في|حتي|من|بين|قبل|بعد|در|از|تا) (?:نحو |حوالي )?$"
)
_NOT_COUNTED = re.compile(
    r"\s*(?:$|[^\w\s(]|(?:علي|في|من|الي|حتي|عن|مع|بعد|قبل|حيث|ثم|لكن|ان|التي|الذي|اثر|عندما|به|از|كه|تا|با|را)\b|ال\w)"
)
_ARABIC_LETTER = re.compile("[\u0621-\u06d3]")
_SPELT_OUT = re.compile(rf"{_MONTH}|\d-\d\d(?!\d)", re.IGNORECASE)


def _is_no_year(plain: str, found: re.Match[str]) -> bool:
    """Whether nothing makes a year of a bare number among Arabic letters."""
    at = found.start() + next(place for place, sign in enumerate(found[0]) if sign.isdigit())
    before, after = plain[max(0, at - 40) : at], plain[found.end() : found.end() + 40]
    letter = next((sign for sign in (*reversed(before), *after) if sign.isalpha()), "")
    if not _ARABIC_LETTER.match(letter) or _SPELT_OUT.search(found[0]):
        return False
    if before.endswith("(") and after.startswith(")"):
        return False
    return not (_OF_A_YEAR.search(before) or (_OF_A_TIME.search(before) and _NOT_COUNTED.match(after)))


def _counts(plain: str, found: re.Match[str]) -> bool:
    """Whether a bare year is, or may be, a count of things: 2000 fighters."""
    if _is_no_year(plain, found):
        return True
    return re.match(rf" (?:[\w-]+ ){{0,1}}(?:{_THINGS})\b", plain[found.end() :]) is not None and not re.search(
        _MONTH, found[0], re.IGNORECASE
    )


# -- numbers -----------------------------------------------------------------------------------------------

_BEFORE_NUMBER = (
    r"(?:(?:about|around|some|approximately|roughly|nearly|almost|at least|at most|more than|over|under|fewer than"
    r"|less than|up to|an estimated|estimated|no fewer than|no more than|as many as|between|from|حوالي|نحو) )*"
)
_COUNT = (
    rf"(?:(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?:\.\d+)?)(?: (?:thousand|million|billion))?|{NUMBER_WORDS}"
    r"|(?:several|a few) (?:hundred|thousand|dozen)|(?:tens|hundreds) of (?:thousands|millions)"
    r"|dozens|scores|hundreds|thousands|millions)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,:$€£/-]){_BEFORE_NUMBER}{_COUNT}(?: ?- ?{_COUNT}| (?:to|and|or) {_COUNT})?(?![\w%/-]|[.,:]\d)",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r" ?(?:%|per ?cent\b|(?:months?|years?|weeks?|days?|hours?|minutes?|km|kilomet\w+|miles?|met(?:re|er)s?|dollars?)\b"
    r"|of (?:the|its|them)\b|(?:to|or) \d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:brigades?|unit|article|resolution|no\.?|number|division|group|chapter|page|سال|عام|العام|سنة|سنه) $",
    re.IGNORECASE,
)
_THING = re.compile(rf" (?:of )?(?:[\w-]+ ){{0,3}}?({_THINGS})\b", re.IGNORECASE)


def _numbers(passage: str, dates: list[tuple[int, int]]) -> Iterator[NumberFound]:
    plain = passage.translate(SIGNS)
    for found in _NUMBER.finditer(plain):
        start, end = found.span()
        in_date = any(first < end and start < last for first, last in dates)
        before = plain[max(0, start - 20) : start]
        if in_date or _NUMBERED.search(before) or _TURNED.search(before) or _NO_COUNT.match(plain, end):
            continue
        thing = _THING.match(plain, end)
        if not thing and re.fullmatch(rf"one|hundred|thousand|million|billion|dozen|{_YEAR}", found[0], re.IGNORECASE):
            continue  # more often a pronoun, the rest of a sum of money, or a year
        try:
            reading = number_entry.read_number(f"{found[0]} {thing[1]}" if thing else found[0])
        except number_entry.NumberError:
            continue
        yield NumberFound(start, end, reading)
