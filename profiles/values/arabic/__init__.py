"""The Arabic words of the site: plain tables, English to Arabic, a module for each part of the site.

Modern standard Arabic as the Iraqi press writes it: Western digits, months by their names in Iraq (كانون الثاني).
"""

import re

from .pages import PLURALS as PAGE_PLURALS
from .pages import TEXTS as PAGE_TEXTS
from .phrases import PLURALS as PHRASE_PLURALS
from .phrases import TEXTS as PHRASE_TEXTS
from .programmers import TEXTS as PROGRAMMER_TEXTS

_NUMBERS = re.compile(r"\d{4}[-/]\d{2,4}(?:-\d{2})?")


def _led(text: str) -> str:
    """A text with a left-to-right mark before each 2016-05-01 or 2019/2021: after Arabic letters they would turn round."""
    return _NUMBERS.sub(lambda found: f"\u200e{found[0]}", text)


# English text -> Arabic text.
TEXTS: dict[str, str] = {
    english: _led(told) for english, told in (PAGE_TEXTS | PHRASE_TEXTS | PROGRAMMER_TEXTS).items()
}
# English text for many -> its five Arabic forms (see `plural_form`).
PLURALS: dict[str, tuple[str, str, str, str, str]] = {**PAGE_PLURALS, **PHRASE_PLURALS}
