"""The Arabic site: the pages of readers a second time, under /ar/. The address alone says which language is meant."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.urls.resolvers import RegexPattern
from django.utils import translation

from profiles.values import speech

View = Callable[..., HttpResponse]


def in_arabic(view: View) -> View:
    """The same view, all of it said in Arabic: our words, and Django's where a form refuses something."""

    @wraps(view)
    def answered(request: HttpRequest, **place: Any) -> HttpResponse:
        with speech.speaking(speech.ARABIC), translation.override(speech.ARABIC):
            response = view(request, **place)
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers["Content-Language"] = speech.ARABIC
        return response

    return answered


def arabic_patterns(patterns: list[URLPattern]) -> list[URLPattern]:
    """The addresses under /ar/ of some pages."""
    return [_arabic(one) for one in patterns]


def _arabic(one: URLPattern) -> URLPattern:
    route = str(one.pattern)
    view, name = in_arabic(one.callback), f"ar-{one.name}"
    if isinstance(one.pattern, RegexPattern):
        return re_path(f"^ar/{route.removeprefix('^')}", view, one.default_args, name=name)
    return path(f"ar/{route}", view, one.default_args, name=name)
