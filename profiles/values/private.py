"""What is never public, by its looks: ways to reach people, their papers, births and homes, exact places, channels.

Each pattern errs to the side of the honest sentence: a street in a battle, a year of birth, a number of fighters and
the date of an article are none of these. A text is looked at as a reader would see it: full-width signs, Arabic
digits, invisible characters and "name (at) example (dot) org" make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .vocabulary import Words

PRIVATE = Words(
    "never public",
    """
    email | an e-mail address | Take it out.
    phone | a telephone number | Take it out.
    papers | the number of an identity paper or account | Take it out.
    birth | a full date of birth | Give the year only.
    coordinates | coordinates finer than a town | Name the town.
    home | a home address | Name the town.
    channel | a link to a channel, to recruitment or donations | Name the channel in words, without its address.
    """,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, as a word of PRIVATE, and the words that look like it."""

    kind: str
    words: str


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Dashes of any length, and Cyrillic letters that look like Latin ones.
_ALIKE = str.maketrans("‐‑‒–—−аеорсухіАВЕКМНОРСТУХ", "------aeopcyxiABEKMHOPCTYX")
_DIGITS = {ord(one): str(unicodedata.digit(one)) for one in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_DOT = re.compile(r"\s*(?:\[\s*(?:\.|dot)\s*\]|\(\s*(?:\.|dot)\s*\)|\{\s*(?:\.|dot)\s*\})\s*", re.IGNORECASE)
_AT = re.compile(r"\s*(?:\[\s*(?:@|at)\s*\]|\(\s*(?:@|at)\s*\)|\{\s*(?:@|at)\s*\})\s*", re.IGNORECASE)
_URL = re.compile(r"\b(?:https?|hxxps?)://\S+", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|"
    r"كانون(?: الأول| الثاني)?|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين(?: الأول| الثاني)?)"
)
_DAY = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b\.?(?:,?\s+\d{{4}}\b)?|"
    rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+\d{{4}}\b)?|"
    rf"\b{_MONTH}\b\.?,?\s+(?:of\s+)?\d{{4}}\b|\b\d{{1,2}}[./]\d{{4}}\b|"
    r"\b\d{4}-\d{2}(?:-\d{2})?\b(?!-)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)"
)
# Between the word of birth and the date nothing else may happen: no other verb, no year that stands first.
_GAP = (
    r"(?:(?!\b(?:and|but|then|killed|died|joined|was|were|is|has|had|who|whose|led|founded|detained|arrested|"
    r"says?|said|\d{4})\b)[^.;]){0,60}?"
)
_BIRTH_OF_SOMEBODY = (
    r"(?:date\s+of\s+birth|birth\s?dates?|birthday|\bd\.?\s?o\.?\s?b\b\.?|تاريخ الميلاد|مواليد)"
    r"(?:\s+(?:is|was|on|falls)\b)*"
)
_BORN = rf"(?:\bborn\b|{_BIRTH_OF_SOMEBODY}|ولدت?\b|المولود)"
_ADDRESS = r"(?:street|st\.|road|rd\.|avenue|ave\.|lane|alley|boulevard|quarter|district|neighbou?rhood|block)"
# 14 and 17 are the days after which Baghdad's streets are called.
_NUMBERED = (
    rf"\b(?!14\s|17\s)\d{{1,4}}[a-z]?,?\s+(?!{_MONTH}\b)(?:[A-Z][\w'’-]*\s+){{1,3}}"
    r"(?i:street|st\.|road|rd\.|avenue|lane|alley)"
)


_DIGIT = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"


def _any(*patterns: str, case: bool = False) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), 0 if case else re.IGNORECASE)


_EMAIL = _any(
    r"[\w.+-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}",
    r"\b[\w.+-]{2,64}\s+at\s+[\w-]+\s+dot\s+[a-z]{2,}\b",
)
_PHONE = _any(
    r"(?<![\w.])(?:\+\s?|00)[1-9](?:[\s().\-/]{0,2}\d){7,14}(?!\w)",
    r"(?<![\w.,/-])0\d{2,4}[\s.\-/]\d{3}[\s.\-/]?\d{3,4}(?!\w)",
    r"(?<![\w.,/-])0\d{9,10}(?!\w)",
    r"(?<![\w.,/-])0(?:[\s.-]\d){9,10}(?!\w)",
    rf"\b(?:{_DIGIT}\b[\s,.-]*){{7,}}",
    r"(?<![\w-])(?:\(\d{3}\)\s?|\d{3}-)\d{3}-\d{4}(?![\w-])",
    r"(?:\b(?:tele)?phones?|\btel|\bmobile|\bcell|\bwhats\s?app|\bviber|\bhotline|هاتف|موبايل|جوال|واتساب)\b"
    r"(?:\W+(?:no|number|numbers|at|on|is|was|رقم)\b)*\W{1,4}(?!\d{4}-\d{4}\b)\d(?:[\s().-]{0,2}\d){6,}",
)
_PAPERS = _any(
    r"(?:\bpassports?|\bidentity\s+(?:card|document|paper)s?|\bid\s+(?:card|no|number)|\bnational\s+id\w*"
    r"|\bsocial\s+security|\bcivil\s+id|\bdriving\s+licen[cs]e|\btazkira|جواز(?: سفر)?|بطاقة|هوية|الهوية"
    r"|الرقم الوطني)(?:\W+[^\W\d]+){0,4}\W{1,4}(?![a-z]{0,3}[\s-]?\d{4}-\d{4}\b)[a-z]{0,3}[\s-]?\d[\d-]{4,}",
    r"\biban\b\W{0,3}[a-z]{2}\s?\d{2}",
    r"\b(?:bank\s+)?account\s+(?:no|number)\b\W{0,4}\d{5,}",
)
_HOME = _any(
    r"\b(?:home|residential|private|house)\s+address(?:\s+(?:is|was|in|at)\b|\s*:)",
    r"\b(?:his|her|their|whose|['’]s)\s+(?:family\s+)?(?:house|home|flat|apartment|villa|residence)\s+"
    rf"(?:(?:is|stands|lies|was)\s+)?(?:at|on|in)\s+(?:\w+[\s,]+){{0,6}}{_ADDRESS}",
    r"\b(?:mahal+a|zuqaq|zukak)\s*(?:no\.?|number)?\s*\d+",
    r"(?:محلة|زقاق)\s*(?:رقم)?\s*\d+",
    r"(?:عنوانه|عنوان منزله|يسكن|منزله|بيته)(?:\s+\S+){0,6}\s+(?:شارع|محلة|زقاق|دار)",
)
_ACCOUNTS = _any(
    r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b",
    r"\b0x[0-9a-fA-F]{40}\b",
    r"\bbc1[a-z0-9]{20,60}\b",
    r"\bT(?=\w*\d)[1-9A-HJ-NP-Za-km-z]{33}\b",
    r"\b[13](?=\w*[a-z])(?=\w*[A-Z])[1-9A-HJ-NP-Za-km-z]{25,34}\b",
    case=True,
)
_COORDINATES = (
    _any(
        r"(?<![\d.])-?\d{1,3}\.(?!000\b)\d{3,}\s*°?\s*[NS]?\s*(?:[,;/]|\s)\s*-?\d{1,3}\.(?!000\b)\d{3,}(?!\d|\.\d)",
        r"(?<![\d.])-?\d{1,3}\.\d{4,}\s+(?:and|by)\s+-?\d{1,3}\.\d{4,}(?!\d|\.\d|\s*%|\s*per)",
        r"\b\d{1,3}\s*deg(?:rees)?\W+\d{1,2}\s*min(?:utes)?\W+(?:and\s+)?\d{1,2}(?:\.\d+)?\s*sec",
        r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|gps|coordinates?)\b\W{0,4}(?:(?:is|are|of|at)\W{1,3})?-?\d{1,3}\.\d{2,}",
        r"\bإحداثيات\D{0,20}\d{1,3}\.\d{2,}",
    ),
    _any(
        r"(?<![\d.])\d{1,3}\.\d{3,}\s*°\s*[NSEW]?",
        r"\d{1,3}\s*°\s*\d{1,2}\s*['′’]\s*\d{1,2}(?:\.\d+)?\s*(?:[\"″”]|′′|'')",
        r"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b",
        r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
        case=True,
    ),
)
_CHANNELS = _any(
    r"(?<![\w.-])t\s?\.\s?me\s?/",
    r"(?<![\w.-])t\.me\b",
    r"\btelegram\.(?:me|dog)\b",
    r"\btg://",
    r"\bwa\.me\b",
    r"\bchat\.whatsapp\.com\b",
    r"\bwhatsapp\.com/channel\b",
    r"\bdiscord\.(?:gg|com/invite)\b",
    r"\bsignal\.(?:me|group)\b",
    r"\bmatrix\.to\b",
    r"\b(?:paypal\.me|gofundme\.com|patreon\.com|ko-fi\.com|buymeacoffee\.com|launchgood\.com)\b",
    r"\b[a-z2-7]{16,56}\.onion\b",
)
_HANDLE = _any(r"(?<![\w./@])@[^\W\d]\w{3,}(?!\.\w)")
_BIRTH_OF_ANYBODY = _any(rf"{_BIRTH_OF_SOMEBODY}{_GAP}{_DAY}", rf"[(,]\s*(?:who\s+was\s+)?(?:born|b\.){_GAP}{_DAY}")
_BIRTH_OF_PERSON = _any(
    rf"{_BORN}{_GAP}{_DAY}",
    rf"{_BORN}(?:\s+\w+){{0,4}}?\s+\d{{4}},?\s+on\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b(?!,?\s+\d{{4}})",
    rf"\bturned\s+(?:\d+|\w+ty(?:-\w+)?|\w+teen)\s+on\s+{_DAY}",
    rf"(?:^|[.;]\s*|\bon\s+){_DAY}{_GAP}(?:was\s+|were\s+)?{_BORN}",
)
_HOME_OF_PERSON = _any(
    rf"(?-i:{_NUMBERED})",
    r"\b(?:lives?|lived|living|resid(?:es?|ed|ing))\s+(?:at|on)\s+(?:\w+[\s,]+){0,6}"
    rf"(?:{_ADDRESS}|number\s+\d|no\.\s?\d)",
)
BORN = re.compile(_BORN, re.IGNORECASE)
# One look that spares most texts all others: no text without one of these has anything to hide.
_SUSPECT = re.compile(
    r"@|\bat\b|\bdot\b|\d[\d\s().,/°'’′-]{4,}\d|\d\.\d|\.\s?me\b|[\[{]|\(\s*(?:\.|@|at|dot)|\.dog\b|\.gg\b|\.to\b|"
    r"\.com\b|\.group\b|onion|://|"
    r"born|birth|\bb\.|d\.?o\.?b|address|\bliv|\bresid|house|home|flat|villa|mahal|zu[qk]a[qk]|street|\bst\.|road|"
    r"avenue|lane|alley|\bdeg|turned|passport|identity|\bid\b|national|security|licen|account|iban|0x|bc1|"
    rf"[\u0600-\u06ff]|\w{{26}}|\+|\b{_DIGIT}\W+{_DIGIT}\b",
    re.IGNORECASE,
)


_SIGN = {
    "figure": re.compile(rf"\d|\b{_DIGIT}\W+{_DIGIT}\b", re.IGNORECASE),
    "at": re.compile(r"@|\bdot\b", re.IGNORECASE),
}


def private(text: str, *, of_person: bool = False) -> Iterator[Found]:
    """What in a text is never public. `of_person`: a person is concerned, so that "born" tells of one."""
    if not _SUSPECT.search(text) and text.isascii():
        return
    plain = as_seen(text)
    bare = _URL.sub(" ", plain)
    signs = {kind for kind, sign in _SIGN.items() if sign.search(plain)}
    if "figure" in signs:
        for pattern in _COORDINATES:
            yield from _found("coordinates", pattern, plain)
        yield from _found("birth", _BIRTH_OF_PERSON if of_person else _BIRTH_OF_ANYBODY, bare)
    if "at" in signs:
        yield from _found("email", _EMAIL, bare)
        yield from _found("channel", _HANDLE, bare)
    yield from _found("channel", _CHANNELS, plain)
    yield from _found("papers", _ACCOUNTS, bare)
    yield from _found("home", _HOME, bare)
    if of_person:
        yield from _found("home", _HOME_OF_PERSON, bare)
    if "figure" in signs:
        yield from _found("phone", _PHONE, bare)
        yield from _found("papers", _PAPERS, bare)


def as_seen(text: str) -> str:
    """A text with one look for each sign: no invisible characters, plain digits, points and @ where they are spelt."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_DIGITS)
    plain = plain.translate(_ALIKE)
    return _AT.sub("@", _DOT.sub(".", plain))


def _found(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    if found := pattern.search(text):
        yield Found(kind, found[0].strip(" ,;("))
