"""Dates as people write them, brought to one spelling: years, months and days as EDTF, the words around them English.

Where a text can be spelt out in two ways (2005-06, 5/6/2014, the 1900s) there are two spellings.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from .date_text import MONTHS, DateError

LONGEST_TEXT = 120
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# One sign for one, so that no place in a text moves.
SIGNS: dict[int, int | str] = {**DIGITS, **DASHES}
_JANUARY_TO_DECEMBER = (
    # Iraq and the Levant; Egypt and the Gulf, with their other spellings.
    "كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, تشرين الأول, تشرين الثاني, كانون الأول",
    "يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
    "ينايير, فبرائر, مارث, ابريل, ماي, يونيه, يوليه, اغسطوس, سبتامبر, اكتوبر, نونبر, دجنبر",
    ", ".join(MONTHS[1:]),
    ", ".join(month[:3] for month in MONTHS[1:]),
)
NUMBER_OF_MONTH = {
    name.strip().translate(LETTERS).lower(): number
    for names in _JANUARY_TO_DECEMBER
    for number, name in enumerate(names.split(","), 1)
} | {"sept": 9}
_NUMBER_OF_SEASON = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23}
_DAYS_OF_WEEK = (
    "monday|mon|الاثنين", "tuesday|tues|tue|الثلاثاء", "wednesday|wed|الاربعاء", "thursday|thurs|thu|الخميس",
    "friday|fri|الجمعه", "saturday|sat|السبت", "sunday|sun|الاحد",
)  # fmt: skip
_ARABIC = [
    (re.compile(rf"\b(?:{arabic})\b"), english)
    for arabic, english in [
        ("في|خلال", "in"), ("منذ", "since"), ("وحتي|حتي", "until"), ("من", "from"), ("الي", "to"), ("بين", "between"),
        ("قبل", "before"), ("بعد", "after"), ("حوالي|نحو|قرابه|زهاء", "around"), ("بحلول", "by"), ("او", "or"),
        ("اوائل|مطلع|بدايه", "early"), ("اواخر", "late"), ("منتصف", "mid"), ("نهايه", "end of"), ("الان|اليوم", "now"),
        ("ربيع", "spring"), ("صيف", "summer"), ("خريف", "autumn"), ("شتاء", "winter"),
        ("عام|عامي|العام|سنه|شهر|شهري|يوم", ""),
    ]
]  # fmt: skip

_MONTH = rf"((?:{'|'.join(sorted(NUMBER_OF_MONTH, key=len, reverse=True))})\b)\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4})\b"
_JOIN = r"(\s*[-,]\s*|\s+(?:to|and|or|until|till|through)\s+)"
_TWO_NAMES = re.compile(rf"\b{_MONTH}\s*[/(]\s*{_MONTH}\)?")
_DAYS_THEN_MONTH = re.compile(rf"\b{_DAY}{_JOIN}{_DAY}(?: of)? {_MONTH},? {_YEAR}")
_MONTH_THEN_DAYS = re.compile(rf"\b{_MONTH} {_DAY}{_JOIN}{_DAY},? {_YEAR}")
_DAY_MONTH_YEAR = re.compile(rf"\b{_DAY}(?: of)? {_MONTH}(?:,| of)? {_YEAR}")
_MONTH_DAY_YEAR = re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?:,| of)? {_YEAR}")
_NO_YEAR_YET = re.compile(rf"\b(?:{_DAY}(?: of)? )?{_MONTH}(?: {_DAY})?{_JOIN}(\d{{4}})=(\d{{2}})")
_SEASON = re.compile(rf"\b(spring|summer|autumn|fall)(?: of|,)? {_YEAR}")
_PART = re.compile(rf"\b(first|second|third|fourth|[hq][1-4])(?: (half|quarter)(?: of)?)?,? {_YEAR}")
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS_OF_WEEK)})\.?,? (?=(\d{{4}})=(\d\d)=(\d\d))")
_WITHIN = [
    (re.compile(r"\ba day in (\d{4}=\d\d)\b"), r"\1=XX"),
    (re.compile(r"\ba day in (\d{4})\b"), r"\1=XX=XX"),
    (re.compile(r"\ba month in (\d{4})\b"), r"\1=XX"),
    (re.compile(r"\bday (\d\d) of an unknown month of (\d{4})\b"), r"\2=XX=\1"),
    (re.compile(r"\bday (\d) of an unknown month of (\d{4})\b"), r"\2=XX=0\1"),
    (re.compile(r"(?<![\d-])(\d{4})[-/.](\d\d)[-/.](\d\d)(?!\d)"), r"\1=\2=\3"),
    (re.compile(r"(?<![\d=/.-])(\d)[/.-](\d{4})(?![\d=/.-])"), r"\2=0\1"),
    (re.compile(r"(?<![\d=/.-])(\d\d)[/.-](\d{4})(?![\d=/.-])"), r"\2=\1"),
    (re.compile(r"(?<=\d)\s*[-/]\s*(?=\d{4}(?!\d))"), " to "),
    (re.compile(r"(?<=\d)\s*-\s*(?=present\b|now\b|today\b|date\b)"), " to "),
]
_DAY_FIRST_OR_MONTH = re.compile(r"(?<![\d=/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/.-])")
_MONTH_OR_YEAR = re.compile(r"(?<![\d=-])(\d{4})(?: ?- ?|/)(\d{1,2})(?![\d=-])")
_DECADE = re.compile(r"\b(\d{3})0['’]?s\b")

_REFUSALS = [
    (re.compile(pattern), reason)
    for pattern, reason in [
        (
            r"\d\s*(ه|هجري|هجريه|ah|a\.h\.)(?!\w)",
            "is of the Islamic calendar: write the common one, marked derived",
        ),
        (r"\d:\d\d", "has a time of day: write the day alone"),
        (r"\b(b\.?c|bce)\b", "is before the year 0001: years run from 0001 to 9999"),
        (r"\b(aftermath|wake|eve|course)\b", "names an event, no date: write the date that the text gives, or none"),
        (
            r"\b(ago|today|yesterday|tomorrow|last|next|recent(ly)?|current(ly)?|this)\b(?! (weeks|months|days) of)",
            "is counted from the day of writing: write the date that it means, and mark it derived",
        ),
        (r"\bwinter\b", "runs over two years: write the months, like from December 2013 to February 2014"),
        (r"\bcentury\b", "is a century: write its first and last year, like between 1901 and 2000"),
        (r"(^|[\s(])['’]\d\d\b|^\d\ds\b|^(?:the )?\d\ds$", "has two figures of a year: write all four, like 1990s"),
        (r"\d\s*-\s*$", "has no end: write since 2014 if it is still so, from 2014 if the end is not known"),
    ]
]


def spellings(text: str) -> list[str]:
    """Each way to spell out a date, two where it has two meanings; DateError names what no date has."""
    plain = _letters(text)
    for pattern, reason in _REFUSALS:
        if pattern.search(plain) and not plain.endswith((" to date", " today", " to now")):
            raise cannot_read(text, reason)
    for arabic, english in _ARABIC:
        plain = arabic.sub(english, plain)
    plain = re.sub(rf"\bو(?=\d|{_MONTH})", "and ", plain)
    plain = _with_months(_TWO_NAMES.sub(_same_month, re.sub(r"\bthe\b", "", plain)), text)
    found = [" ".join(plain.split())]
    for pattern, choose in _CHOICES:
        found = [spelt for one in found for spelt in _branch(one, pattern, choose)]
    for pattern, becomes in _WITHIN:
        found = [pattern.sub(becomes, one) for one in found]
    found = [spelt for one in found for spelt in _branch(one, _MONTH_OR_YEAR, _month_or_year)]
    found = [re.sub(r" - ", " to ", _WEEKDAY.sub(_right_weekday, one)) for one in found]
    return [one.replace("=", "-") for one in found]


def cannot_read(text: str, reason: str) -> DateError:
    """The error that shows what was typed, as far as it shows, and says what to do."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:60])
    return DateError(f"“{shown}{'…' if len(text) > 60 else ''}” {reason}")


def _letters(text: str) -> str:
    """Small letters, one kind of digit, dash and space; no direction marks, no Arabic vowels."""
    text = unicodedata.normalize("NFC", text.replace("هـ", "ه")).translate(DIGITS).translate(DASHES)
    text = text.translate(LETTERS).casefold()
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Mn"))
    text = re.sub(r"(?<=\d)\s?م\b", "", text.replace("،", ","))
    text = re.sub(r" \((?:march to may|june to august|september to november)\)", "", text)
    text = re.sub(r"\b(\d+)(x+)\b", lambda m: m[1] + m[2].upper(), text)
    text = re.sub(r"(?<=-)xx\b", "XX", " ".join(text.split()))
    return re.sub(r"^\((.*)\)$", r"\1", text).strip(" .,;")


def _with_months(text: str, typed: str) -> str:
    """Named months, days and seasons as YYYY=MM=DD: the sign is ours, so that no dash is read twice."""
    text = _DAYS_THEN_MONTH.sub(lambda m: f"{m[1]} {m[4]} {m[5]}{m[2]}{m[3]} {m[4]} {m[5]}", " ".join(text.split()))
    text = _MONTH_THEN_DAYS.sub(lambda m: f"{m[2]} {m[1]} {m[5]}{m[3]}{m[4]} {m[1]} {m[5]}", text)
    text = _DAY_MONTH_YEAR.sub(lambda m: _token(m[3], m[2], m[1]), text)
    text = _MONTH_DAY_YEAR.sub(lambda m: _token(m[3], m[1], m[2]), text)
    text = _MONTH_YEAR.sub(lambda m: _token(m[2], m[1]), text)
    text = _SEASON.sub(lambda m: f"{m[2]}={_NUMBER_OF_SEASON[m[1]]}", text)
    text = _PART.sub(_part_of_year, text)
    while match := _NO_YEAR_YET.search(text):
        day, month, day_after, join, year, later = match.groups()
        if NUMBER_OF_MONTH[month] > int(later):
            raise cannot_read(typed, "runs over the end of a year: write the year of both months")
        text = f"{text[: match.start()]}{_token(year, month, day or day_after)}{join}{text[match.start(5) :]}"
    if re.search(rf"\b{_MONTH}", text):
        raise cannot_read(typed, "names a month without its year: write it like June 2014")
    return text


def _token(year: str, month: str, day: str | None = None) -> str:
    return f"{year}={NUMBER_OF_MONTH[month]:02}" + (f"={int(day):02}" if day else "")


def _same_month(match: re.Match[str]) -> str:
    """Arabic papers give a month both its names: حزيران/يونيو."""
    return match[1] if NUMBER_OF_MONTH[match[1]] == NUMBER_OF_MONTH[match[2]] else match[0]


def _part_of_year(match: re.Match[str]) -> str:
    word, half, year = match.groups()
    if (word[0] in "hq" and len(word) == 2) == bool(half):
        return match[0]
    number = int(word[1]) if len(word) == 2 else ("first", "second", "third", "fourth").index(word) + 1
    length = 6 if half == "half" or word.startswith("h") else 3
    if number * length > 12:
        return match[0]
    return f"[{year}={(number - 1) * length + 1:02}..{year}={number * length:02}]"


def _right_weekday(match: re.Match[str]) -> str:
    try:
        day = date(*map(int, match.groups()[1:]))
    except ValueError:
        return ""  # no such day: that is told when the day itself is read
    if match[1] not in _DAYS_OF_WEEK[day.weekday()].split("|"):
        right = _DAYS_OF_WEEK[day.weekday()].split("|")[0].capitalize()
        raise cannot_read(match[1], f"is not the day of {day.isoformat()}, a {right}: look again which is meant")
    return ""


def _branch(text: str, pattern: re.Pattern[str], choose: Callable[[re.Match[str]], list[str]]) -> list[str]:
    matches = list(pattern.finditer(text))
    if not matches or len(matches) > 3:
        return [text]
    starts = [text[: matches[0].start()]]
    tails = [text[a.end() : b.start()] for a, b in pairwise(matches)] + [text[matches[-1].end() :]]
    for match, tail in zip(matches, tails, strict=True):
        starts = [start + choice + tail for start in starts for choice in choose(match)]
    return starts


def _day_first_or_month(match: re.Match[str]) -> list[str]:
    """5/6/2014 is 5 June or May 6: both, unless only one is a date."""
    a, _, b, year = match.groups()
    days = [(day, month) for day, month in ((a, b), (b, a)) if int(month) <= 12] or [(a, b)]
    return list(dict.fromkeys(f"{year}={int(month):02}={int(day):02}" for day, month in days))


def _month_or_year(match: re.Match[str]) -> list[str]:
    """2005-06 is June 2005 or 2005 to 2006, 2020-21 spring or two years; with a second part too small, a month."""
    year, part = int(match[1]), int(match[2])
    found = [f"{match[1]}={part:02}"] if 1 <= part <= 12 or 21 <= part <= 23 else []
    base = 10 ** len(match[2])
    later = year - year % base + part
    if later < year and len(match[2]) == 2 and later + 100 - year <= 10:
        later += 100  # 1999-02
    if later > year:
        found.append(f"{year:04} to {later:04}")
    return found or [f"{match[1]}={match[2]}"]


def _decade(match: re.Match[str]) -> list[str]:
    """The 1900s may be ten years or a hundred; of our own century nobody means the hundred."""
    return [f"{match[1]}X"] + ([f"{match[1][:2]}XX"] if match[1].endswith("0") and match[1] != "200" else [])


_CHOICES = [(_DAY_FIRST_OR_MONTH, _day_first_or_month), (_DECADE, _decade)]
