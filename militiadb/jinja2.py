"""How public pages are rendered: Jinja2, everything escaped, an unknown name an error; one environment a language."""

import re
from typing import Any

from django.conf import settings
from jinja2 import Environment
from markupsafe import Markup

from militiadb.templating import Words, quicken
from profiles.reading import addresses, naming
from profiles.reading.citing import ENDINGS, REFERENCES
from profiles.values import date_words, languages, speech, vocabulary
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


def environment(tag: str = speech.ENGLISH, **options: Any) -> Environment:
    """The environment of templates/public: what every template may call beside its own context."""
    options["extensions"] = [*options.get("extensions", ()), Words]
    made = Environment(**options)  # noqa: S701 (Django's backend passes autoescape=True)
    quicken(made)
    speak(made, tag)
    made.globals.update(static=static, addresses=addresses, words=vocabulary, REVIEWED=REVIEWED)
    made.globals.update(ENDINGS=ENDINGS, REFERENCES=REFERENCES)
    made.globals.update(language=languages.in_words, rtl=languages.is_rtl)
    # Where this language's pages begin, and its name in `lang`.
    made.globals.update(tag=tag, base=addresses.root(tag))
    made.globals.update(heading=naming.heading, other_names=naming.other_names, short=naming.short)
    made.globals.update(question=vocabulary.question_label, **_beside(tag))
    made.filters["plain"] = plain
    made.filters["sentence"] = sentence
    made.filters["day"] = date_words.day_in_words
    made.filters["said"] = speech.say
    return made


class Said(dict[str, Markup]):
    """The texts of our templates in one language: each is looked up once."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag

    def __missing__(self, message: str) -> Markup:
        self[message] = Markup(speech.text(message, self.tag))  # noqa: S704 (our own words)
        return self[message]


_LATIN, _ARABIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0600-\u06ff]")


def _unmarked(label: str) -> Markup:
    return Markup()


def _lettered(label: str) -> Markup:
    """The language of a label that stands on an Arabic page: English where it has Latin letters alone."""
    return Markup(' lang="en"') if _LATIN.search(label) and not _ARABIC.search(label) else Markup()


def _beside(tag: str) -> dict[str, Any]:
    """What marks English on an Arabic page: attributes of a text, a link and a label, and words beside a sentence."""
    if tag == speech.ENGLISH:
        return {"foreign": Markup(), "elsewhere": Markup(), "untranslated": Markup(), "lettered": _unmarked}
    return {
        "foreign": Markup(' lang="en" dir="ltr"'),
        "elsewhere": Markup(' hreflang="en"'),
        "lettered": _lettered,
        "untranslated": Markup(' <span class="untranslated">{}</span>').format(speech.text("not yet translated", tag)),
    }


def arabic(**options: Any) -> Environment:
    """The same templates in Arabic."""
    return environment(speech.ARABIC, **options)


def speak(made: Environment, tag: str) -> None:
    """Bind `{% trans %}` and `_()` to one language."""
    made.extend(tag=tag)
    made.newstyle_gettext = True  # type: ignore[attr-defined]

    def one_or_many(one: str, many: str, number: int, /, **values: object) -> Markup:
        return Markup(speech.counted(one, many, number, tag)) % values  # noqa: S704 (our own words)

    made.globals["_"] = Said(tag).__getitem__
    made.globals["ngettext"] = one_or_many
