"""Whether a sentence gives a number: figures and words for them that are no date. In doubt it does."""

import re
from collections.abc import Iterable

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1\d|20)\d\d"
# What may follow a figure that looks like a year and is none: things that are counted.
_THINGS = (
    r"(?:fighters|people|soldiers|members|men|women|children|civilians|militants|troops|personnel|recruits|volunteers"
    r"|families|prisoners|detainees|attacks|groups|seats|votes|deaths|killed|wounded|injured|dead|bodies|rockets"
    r"|missiles|drones|vehicles|tanks|homes|villages|dollars|euros|pounds|dinars|kilometres|miles)"
)
# One word of any kind may stand between, or two of these: "2000 armed young men".
_KIND = r"(?:active|[\w-]*armed|foreign|former|local|masked|new|other|paid|registered|[\w-]*trained|young)"
_COUNTED = rf" (?:[\w-]+ |{_KIND},? {_KIND} )?{_THINGS}\b| (?:who|whom|strong|of (?:them|these|those|whom))\b"
_NO_MORE = rf"(?!\w|[.,]\d|[-–/]\w| ?%| per ?cent\b|{_COUNTED})"
# "4 May", "4 May 2016", "4-6 May", "2016-05-04".
_DATES = re.compile(
    rf"(?<![\w.,])(?:(?:\d{{1,2}}[-–])?\d{{1,2}} {_MONTH}(?: {_YEAR})?|{_YEAR}-\d\d-\d\d){_NO_MORE}", re.IGNORECASE
)
# A year only after a word that leads to one: "in 2016", "since the early 1990s", "from 2005-2006", "May 2016".
_YEARS = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|before|after|and|between|around|early|late|mid|during"
    rf"|{_MONTH})(?: the)?(?: (?:early|late|mid))?[ -]{_YEAR}(?:s|[-–/](?:{_YEAR}|\d\d))?{_NO_MORE}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<!\w)(?<!\d[.,])\d"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:dozen|score|hundred|thousand|million|billion|third"
    r"|quarter)s?|half|halves|per ?cent)\b",
    re.IGNORECASE,
)
# Stands for a name or a date, so that the signs on either side of it do not come together.
_GONE = "\N{REPLACEMENT CHARACTER}"
_LETTER = re.compile(r"[^\W\d_]")


def counts(said: str, names: Iterable[str] = ()) -> bool:
    """Whether a sentence gives a number outside these names."""
    for name in sorted(filter(_LETTER.search, names), key=len, reverse=True):
        # The whole name alone: "Brigade 45", and neither "Brigade 450" nor "Brigade 45,000".
        said = re.sub(rf"(?<!\w){re.escape(name)}(?!\w|[.,]\d)", _GONE, said)
    return bool(_NUMBERS.search(_YEARS.sub(_GONE, _DATES.sub(_GONE, said))))
