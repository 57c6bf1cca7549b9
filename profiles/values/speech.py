"""In which language our own words are said: English, or Arabic on the pages under /ar/.

English words are the keys of the tables in `arabic/`; what has no Arabic word there is said in English, and a test
finds it. The language holds for what is made within `speaking(...)`, and is never taken from what a reader's browser
prefers. Whatever is made for machines is made outside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .arabic import PLURALS, TEXTS
from .arabic.numbers import plural_form

ENGLISH, ARABIC = "en", "ar"
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The language that is spoken now, as BCP 47 has it."""
    return _language.get()


def is_arabic() -> bool:
    """Whether Arabic is spoken now."""
    return _language.get() == ARABIC


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Say everything that is made within in this language."""
    token = _language.set(tag)
    try:
        yield
    finally:
        _language.reset(token)


def say(message: str, **values: object) -> str:
    """A text of ours in the language spoken now; `values` take the places of `%(name)s`."""
    said = text(message, _language.get())
    return said % values if values else said


def text(message: str, tag: str) -> str:
    """A text in one language, its places not filled yet."""
    return TEXTS.get(message, message) if tag == ARABIC else message


def say_number(one: str, many: str, count: int, **values: object) -> str:
    """A text that goes with a number, in the form that the number asks for."""
    return counted(one, many, count, _language.get()) % {"count": count, **values}


def counted(one: str, many: str, count: int, tag: str) -> str:
    """The form for a number, its places not filled yet."""
    if tag == ARABIC and many in PLURALS:
        return PLURALS[many][plural_form(count)]
    return one if count == 1 else many
