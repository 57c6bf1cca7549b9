"""A page in the language of its address."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from profiles.reading.printing import printed


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A public page."""
    return HttpResponse(printed(template, context, request), status=status)
