"""A page in the language of its address."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from profiles.reading.printing import printed

# What HTML refuses in a text: all controls but tab and the ends of lines, and what is no character.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A public page. What a question brings may have signs that no page may have; documents have none."""
    page = printed(template, context, request)
    if request.GET:
        page = CONTROLS.sub("\ufffd", page)
    return HttpResponse(page, status=status)
