"""Pages printed from the templates of the language that is spoken."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template

from profiles.values import speech

from . import addresses

ENGINES = {speech.ENGLISH: "jinja2", speech.ARABIC: "arabic"}  # names in settings.TEMPLATES


def printed(template: str, context: dict[str, Any], request: HttpRequest | None = None, place: str = "") -> str:
    """A public template with its context, as a page; `place` is its address, where no request tells it.

    A page without an address (nothing is there, it was taken down) leads to the first page of the other language.
    """
    place = place or (request.get_full_path() if request else "")
    both = addresses.in_both(place)
    return str(get_template(template, using=ENGINES[speech.language()]).render({**context, "both": both}, request))
