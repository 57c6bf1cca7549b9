"""Numbers as people write them: figures with their signs, number words, orders of size, and what is counted."""

import re
import unicodedata
from decimal import Decimal

from .date_lexicon import DASHES, DIGITS
from .numbers import SINGULAR
from .vocabulary import COUNTED

LARGEST = 2**31 - 1


class NumberError(ValueError):
    """A number that is refused: the message names what is wrong with the text and how to mend it."""


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: number for number, word in enumerate(_SMALL.split())}
_UNITS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join(sorted([*_UNITS, *_SCALES, "hundred", "dozen"], key=len, reverse=True))
_SCALE = "dozen|hundred|thousand|million|billion"
NUMBER_WORDS = rf"(?:half )?(?:a )?\b(?:{_WORD})\b(?:(?: and |[ -])(?:{_WORD})\b)*"
# A number as value_of reads it: figures with their signs and a scale, or words.
FIGURE = (
    rf"(?:(?:\d[\d.,'’ ]*\d|\d)(?: ?k\b| (?:{_SCALE})\b)?"
    rf"|{NUMBER_WORDS})"
)
# Rounded by its very form: nobody counts a million and a half.
ROUNDED = re.compile(r"\d ?k\b|\b(?:dozen|million|billion)\b|\bhalf\b|\d\.\d+ ")

_HEAP = r"(?:tens|dozens|scores|hundreds|thousands|millions|several|many|numerous|a few|a handful|a couple)"
# An order of size: no number can be made of it.
HEAP = (
    rf"{_HEAP}(?: of)?(?: (?:hundreds?|thousands?|millions?|dozens?))?"
    rf"(?:,? (?:or|to|or even|if not|possibly|perhaps) {_HEAP}(?: of)?(?: (?:thousands?|millions?))?)?"
)

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None, "٬": ",", "٫": ".", "،": ","})
_ONE_WAY = [
    (re.compile(pattern), word)
    for pattern, word in [
        (r"(?<=\d)(?=(?:thousand|million|billion)\b)|(?<=\d)-(?=(?:thousand|million|billion)\b)", " "),
        (
            r"\b(?:at (?:the )?least|(?:no|not) (?:fewer|less) than|(?:a )?minimum(?: of)?|upwards of)\b|≥|>=",
            "at-least ",
        ),
        (r"\b(?:at (?:the )?most|(?:no|not) more than|(?:a )?maximum(?: of)?|up to)\b|≤|<=", "at-most "),
        (r"\b(?:(?:just |well )?over|more than|above|in excess of|greater than|exceeding)\b|>", "more-than "),
        (r"\b(?:(?:just )?under|fewer than|less than|below)\b|<", "fewer-than "),
        (r"\bas many as\b", "as-many-as"),
        (r"\b(?:an )?estimated(?: at)?\b|\b(?:an )?(?:estimate|est\.)(?: of)?(?=\s|$)", "estimated"),
        (r"\b(?:nearly|almost|close to|approaching)\b", "nearly"),
        (r"\b(?:approximately|approx\.?|roughly|around|circa|ca?\.|some)(?=[\s\d])|[~≈]", "about "),
        (r"\bor (?:less|under)\b", "or fewer"),
        (r"\bor (?:over|above)\b", "or more"),
        (r"على الاقل|علي الاقل|ما لا يقل عن", "at-least"),
        (r"اكثر من", "more-than"),
        (r"اقل من", "fewer-than"),
        (r"ما يقرب من", "nearly"),
        (r"\b(?:حوالي|نحو|قرابه|زهاء)\b", "about"),
        (r"\bعشرات الالاف\b", "tens of thousands"),
        (r"\bمئات الالاف\b", "hundreds of thousands"),
        (r"\bعشرات\b", "dozens"),
        (r"\bمئات\b", "hundreds"),
        (r"\bالاف\b", "thousands"),
        (r"\bملايين\b", "millions"),
        (r"\bالف\b", "thousand"),
        (r"\bمليون\b", "million"),
        (r"\bالي\b", "to"),
        (r"(?<=[\dk]) ?- ?(?=\d)", " to "),
        (rf"\b(?!(?:{_TENS.replace(' ', '|')})-)({_WORD})-(?=(?:{_WORD})\b)", r"\1 to "),
    ]
]
_REFUSALS = [
    (re.compile(pattern), reason)
    for pattern, reason in [
        (r"%|٪|\bper ?cent\b", "is a share, no count: leave the number empty, and say it in the sentence"),
        (r"[$€£]|\b(?:dollars?|dinars?|euros?|usd|iqd)\b", "is a sum of money, no count: say it in the sentence"),
        (r"^(?:-|minus )\s?\d", "is below zero: a count is 0 or more"),
        (r"\b\d+(?:st|nd|rd|th)\b", "is a rank, no count: leave the number empty"),
        (
            r"^(?:no|none|nobody|not any)\b(?! (?:more|fewer|less))",
            "gives no number: write 0 where the source counts none",
        ),
        (r"\d ?(?:m|mn|b|bn)\b", "has a short form that may be read in two ways: write million or billion in full"),
    ]
]
_NOUNS = {word: word for word in COUNTED} | {one: many for many, one in SINGULAR.items()}
_COUNTED = re.compile(rf"(.+?)(?: of)? ({'|'.join(_NOUNS)})", re.IGNORECASE)
_TWO_SIGNS = re.compile(
    r"([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:['’]\d{3})+|[1-9]\d{0,2}(?:\.\d{3}){2,})"
)


def without_counted(typed: str) -> tuple[str, str]:
    """The number and, where the text ends with one of the things that we count, its word of the closed list."""
    match = _COUNTED.fullmatch(typed)
    return (match[1], _NOUNS[match[2].lower()]) if match else (typed, "")


def in_one_way(typed: str) -> str:
    """A phrase with one word for each thing said: about, around and some are all about."""
    plain = unicodedata.normalize("NFC", typed).translate(DIGITS).translate(DASHES).translate(_LETTERS).casefold()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))
    plain = re.sub(r"\((estimated?)\)", r"\1", " ".join(plain.split()).strip(" .,;"))
    for pattern, reason in _REFUSALS:
        if pattern.search(plain):
            raise cannot_read(typed, reason)
    for pattern, word in _ONE_WAY:
        plain = pattern.sub(word, plain)
    return " ".join(plain.split())


def value_of(figure: str, typed: str) -> int:
    """The whole number of a figure; what may be read in two ways is refused."""
    signs, scale = re.fullmatch(r"([\d.,'’ ]*\d)?\s*(.*)", figure, re.DOTALL).groups()  # type: ignore[union-attr]
    value = _from_words(scale, typed) if signs is None else _from_signs(signs, scale, typed)
    if value > LARGEST:
        raise cannot_read(typed, f"is too large: a count is at most {LARGEST:,}")
    return value


def cannot_read(typed: str, reason: str) -> NumberError:
    """The error that shows what was typed, as far as it shows, and says what to do."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in typed[:60])
    return NumberError(f"“{shown}{'…' if len(typed) > 60 else ''}” {reason}")


def _from_signs(signs: str, scale: str, typed: str) -> int:
    times = {"": 1, "k": 1_000, "dozen": 12, "hundred": 100, **_SCALES}[scale]
    if re.fullmatch(r"0|[1-9]\d*", signs):
        return int(signs) * times
    if _TWO_SIGNS.fullmatch(signs):
        return int(re.sub(r"\D", "", signs)) * times
    if re.fullmatch(r"\d+\.\d{3}", signs):
        raise cannot_read(typed, f"can be read in two ways: write {signs.replace('.', ',')} if it is that, or in full")
    if re.fullmatch(r"\d+,\d+", signs) and scale:
        raise cannot_read(typed, f"has a comma that parts no thousands: write {signs.replace(',', '.')} {scale}")
    if re.fullmatch(r"\d+\.\d+", signs):
        value = Decimal(signs) * times
        if value == int(value):
            return int(value)
        raise cannot_read(typed, "is not a whole number: things are counted in whole numbers")
    raise cannot_read(typed, "has signs in places where no number has them: write it like 1,234 or 50 000")


def _from_words(words: str, typed: str) -> int:
    half = words.startswith("half ")
    said = [word for word in re.split(r"[ -]", words.removeprefix("half ")) if word not in ("a", "and")]
    total, current, last_scale = 0, 0, LARGEST + 1
    for place, word in enumerate(said):
        value = _UNITS.get(word)
        if value is not None:
            fits = current % 100 == 0 or (value in range(1, 10) and current % 10 == 0 and current % 100 >= 20)
            fits = fits and (value > 0 or said == ["zero"])
            current += value
        elif word == "dozen":
            fits, current = place == len(said) - 1 and total == 0, (current or 1) * 12
        elif word == "hundred":
            fits, current = current < 100, (current or 1) * 100
        else:
            scale = _SCALES[word]
            fits, total, current = scale < last_scale, total + (current or 1) * scale, 0
            last_scale = scale
        if not fits:
            raise cannot_read(typed, "is not a number we can read: write it in figures")
    total += current
    if half and (total % 2 or total < 12):
        raise cannot_read(typed, "is not a whole number: write it in figures")
    return total // 2 if half else total
