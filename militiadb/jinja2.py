"""How public pages are rendered: Jinja2, everything escaped, an unknown name an error."""

from typing import Any

from django.conf import settings
from jinja2 import Environment

from profiles.reading import addresses
from profiles.reading.citing import ENDINGS, REFERENCES
from profiles.values import languages, vocabulary
from profiles.values.release import REVIEWED


def static(path: str) -> str:
    """The address of a static file: plain, not hashed, so that a page's bytes do not depend on where it was made."""
    return "/" + settings.STATIC_URL.strip("/") + "/" + path


# Embeddings, overrides and isolates: inside a page <bdi> keeps them in, but a title has no elements.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def plain(text: str) -> str:
    """A text without signs that turn the direction of what follows, for titles and descriptions."""
    return text.translate(_BIDI)


def sentence(text: str) -> str:
    """A text with its first letter made great, and no other made small."""
    return text[:1].upper() + text[1:]


def environment(**options: Any) -> Environment:
    """The environment of templates/public: what every template may call beside its own context."""
    made = Environment(**options)  # noqa: S701 (Django's backend passes autoescape=True)
    made.globals.update(static=static, addresses=addresses, words=vocabulary, REVIEWED=REVIEWED)
    made.globals.update(ENDINGS=ENDINGS, REFERENCES=REFERENCES)
    made.globals.update(language=languages.in_words, rtl=languages.is_rtl)
    made.filters["plain"] = plain
    made.filters["sentence"] = sentence
    return made
