"""The Arabic words of the site: plain tables, English to Arabic, a module for each part of the site.

Modern standard Arabic as the Iraqi press writes it: Western digits, months by their names in Iraq (كانون الثاني).
"""

from .pages import PLURALS as PAGE_PLURALS
from .pages import TEXTS as PAGE_TEXTS
from .phrases import PLURALS as PHRASE_PLURALS
from .phrases import TEXTS as PHRASE_TEXTS

# English text -> Arabic text.
TEXTS: dict[str, str] = {**PAGE_TEXTS, **PHRASE_TEXTS}
# English text for many -> its five Arabic forms (see `plural_form`).
PLURALS: dict[str, tuple[str, str, str, str, str]] = {**PAGE_PLURALS, **PHRASE_PLURALS}
