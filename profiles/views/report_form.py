"""The form by which a reader reports an error: no cookie, so a signed and timed token stands for one."""

import re
import secrets
import unicodedata
from typing import Any

from django import forms
from django.core import signing
from django.utils.functional import lazy

from profiles.values.speech import say

# Seconds: nobody reads the form and writes in less; and for so long a page may lie open.
QUICKEST, OLDEST = 3, 24 * 3600
TEXT, LINK, CONTACT = 5_000, 1_000, 300
KINDS = (
    ("correction", "An error: something in this claim is wrong, misleading or out of date."),
    ("objection", "An objection or a reply: the claim is about me, or about those for whom I speak."),
)
lazily = lazy(say, str)
_signer = signing.TimestampSigner(salt="profiles.report")
_TOO_LONG = "%(show_value)d characters, and %(limit_value)d are the most. Shorten it; nothing is cut off for you."
# Line ends and tabs stay; other control characters come along from documents unseen.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Words(forms.CharField):
    """Free words: line ends as one sign each, canonical form, control characters as spaces."""

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", printable(str(value or ""))).strip()


def printable(text: str) -> str:
    """A text that any page can show: a line end is one sign, a control character a space."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def words(most: int, **options: Any) -> Words:
    """A field of at most so many characters; more is refused with both counts."""
    errors = {"max_length": lazily(_TOO_LONG), **options.pop("errors", {})}
    return Words(max_length=most, error_messages=errors, **options)


class ReportForm(forms.Form):
    """What is wrong, with what evidence, and how to answer. All that was typed is shown again with an error."""

    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages={
            "required": lazily("Choose what kind of message it is."),
            "invalid_choice": lazily("Choose one of the two."),
        },
    )
    text = words(TEXT, errors={"required": lazily("Say what is wrong, or what you object to.")})
    evidence = words(TEXT, required=False)
    link = words(LINK, required=False)
    contact = words(CONTACT, required=False)
    # People do not see it; what fills in every field does.
    website = forms.CharField(required=False)
    token = forms.CharField(required=False)

    def __init__(self, *args: Any, claim: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim

    def clean_link(self) -> str:
        """A web address; `example.org/page` will do."""
        link: str = self.cleaned_data["link"]
        if not link:
            return ""
        try:
            return str(forms.URLField(assume_scheme="https", max_length=LINK).clean(link))
        except forms.ValidationError as error:
            told = "This is no web address, as https://example.org/page. What is none goes into the field above."
            raise forms.ValidationError(say(told)) from error

    def clean_website(self) -> str:
        """Empty, or a machine wrote here."""
        if self.cleaned_data["website"]:
            told = "A hidden field was filled in, perhaps by your browser. It is empty again: please send once more."
            raise forms.ValidationError(say(told))
        return ""

    def clean_token(self) -> str:
        """The random text of a form of ours for this claim, neither too young nor too old."""
        token = self.cleaned_data["token"]
        if (once := opened(token, self.claim)) is None:
            told = "This form has lain open for more than a day, or is not ours. Your words are here: send them again."
            raise forms.ValidationError(say(told), code="old")
        if opened(token, self.claim, QUICKEST) is not None:
            told = "That was sent faster than anybody writes. Look it over once more, and send it again."
            raise forms.ValidationError(say(told), code="quick")
        return once

    def next_token(self) -> str:
        """The token to show: the one that came, while it is good."""
        token = str(self.data.get("token", ""))
        return token if opened(token, self.claim) else new_token(self.claim)

    def shown(self, name: str) -> str:
        """What was typed into a field, with an error or not."""
        typed = self.data.get(name) if self.is_bound else self.initial.get(name)
        return printable(str(typed or ""))


def new_token(claim: str) -> str:
    """A token for a form about one claim."""
    return _signer.sign(f"{claim}:{secrets.token_hex(16)}")


def opened(token: str, claim: str, oldest: float = OLDEST) -> str | None:
    """The random text of a token for this claim, no older than so many seconds; None where it is not that."""
    try:
        about, _, once = _signer.unsign(token, max_age=oldest).partition(":")
    except signing.BadSignature:
        return None
    return once if about == claim else None
