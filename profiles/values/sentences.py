"""Where sentences begin and end in normalised text, English and Arabic: a passage is at most one of them."""

import re
from collections.abc import Iterator

# Closing marks may follow the full stop: quotation, bracket, direction mark, a footnote number such as [3].
_CLOSING = r"""(?:["'”’»›)\]}\u200e\u200f\u202c\u2069]|\[\d{1,3}\])*"""
_STOP = re.compile(rf"(?P<marks>[.!?؟…۔]+){_CLOSING}(?= )")
_OPENING = "\"'“‘«‹([{\u200e\u200f\u202a\u202b\u2066\u2067\u2068"

# Never the end of a sentence: a name follows.
_TITLE = re.compile(
    "mrs?|ms|mx|dr|prof|gen|lt|col|maj|capt|cpt|sgt|cpl|pte|pvt|brig|adm|cmdr|sen|rep|gov|amb|hon|rev|fr|st|mt"
    "|ft|messrs|mme|mlle|sheikh|sh|vs?|cf|viz|eg|ie|ca?|al",
    re.IGNORECASE,
)
# Not the end of a sentence where a figure follows.
_BEFORE_FIGURE = re.compile(
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|nos?|arts?|sect?|paras?|pp?|vol|ch|figs?|res|app|ed|approx|ex",
    re.IGNORECASE,
)
# After U.S. or a single letter, only a word that hardly ever goes on with a name begins a new sentence.
_BEGINNER = re.compile(
    r"(?:The|An?|Its?|This|That|These|Those|He|She|They|We|His|Her|Their|There|But|And|In|On|At|By|For|From|As"
    r"|After|Before|When|While|Since|Some|Many|Most|Other|Another|However)\b"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ERA = frozenset(("م", "هـ", "ه"))


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open code point ranges of all sentences, in order, none across paragraphs or with space at its ends.

    A sentence ends at . ! ? ؟ ۔ or … with the closing marks after it, before a space. Not before a lower-case
    letter; not after a title, an initial, a dotted abbreviation (U.S.) or a bare list number; not after
    an abbreviation such as Jan. or No. with a figure behind it. In doubt two sentences stay one.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found.extend(sentences_between(text, start, start + len(line)))
        start += len(line) + 1
    return found


def sentences_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the one paragraph that takes up `start` to `end`."""
    while start < end and text[start] == " ":
        start += 1
    for stop in _STOP.finditer(text, start, end):
        if stop.end() > start and _ends(text, start, stop.start("marks"), stop["marks"], stop.end(), end):
            yield start, stop.end()
            start = stop.end() + 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, start: int, mark: int, marks: str, after: int, end: int) -> bool:
    """Whether the marks at `mark`, followed by a space at `after`, end the sentence that began at `start`."""
    following = text[after + 1 : min(end, after + 40)].lstrip(_OPENING)
    if not following or following[0].islower():
        return False
    if marks != ".":
        return True
    before = text[max(start, mark - 40) : mark]
    word = before.rpartition(" ")[2].lstrip(_OPENING)
    if word.isdigit() and mark - len(word) <= start + 1:
        return False
    if _TITLE.fullmatch(word):
        return False
    if _BEFORE_FIGURE.fullmatch(word):
        return not following[0].isdigit()
    if word in _ERA and before[: -len(word)].rstrip().endswith(tuple("0123456789٠١٢٣٤٥٦٧٨٩")):
        return True
    if _DOTTED.fullmatch(word):
        return _BEGINNER.match(following) is not None
    return True
