"""Pages printed from the templates of the language that is spoken."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template

from profiles.values import speech

ENGINES = {speech.ENGLISH: "jinja2", speech.ARABIC: "arabic"}  # names in settings.TEMPLATES


def printed(template: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
    """A public template with its context, as a page."""
    return str(get_template(template, using=ENGINES[speech.language()]).render(context, request))
