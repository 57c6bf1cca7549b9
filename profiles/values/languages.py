"""Languages and scripts in words, for the tags of BCP 47 that names and sources carry."""

from .speech import say

RTL = ("ar", "fa", "ckb", "he", "ur")
_LANGUAGES = {
    "ar": "Arabic",
    "ckb": "Central Kurdish",
    "de": "German",
    "en": "English",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "kmr": "Northern Kurdish",
    "ku": "Kurdish",
    "ru": "Russian",
    "syr": "Syriac",
    "tr": "Turkish",
    "ur": "Urdu",
}
_SCRIPTS = {"Latn": "Latin", "Arab": "Arabic", "Hebr": "Hebrew", "Cyrl": "Cyrillic", "Syrc": "Syriac"}


def in_words(tag: str) -> str:
    """ "fa-Latn" is "Persian in Latin letters"; a tag that the tables do not know stays as it is."""
    language, _, rest = tag.partition("-")
    if language not in _LANGUAGES or (rest and rest not in _SCRIPTS):
        return tag
    named = say(_LANGUAGES[language])
    return say("%(language)s in %(script)s letters", language=named, script=say(_SCRIPTS[rest])) if rest else named


def is_rtl(tag: str) -> bool:
    """Written from right to left; what is spelt in Latin letters is not."""
    return tag in RTL
