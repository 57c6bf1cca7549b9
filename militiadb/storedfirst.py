"""Before Django: what is stored at the path is sent at once, byte for byte as Django would send it, only sooner.

Whatever is not surely the same goes to Django: a query, a cookie, another method, a host that is not ours, a request
without TLS where it is asked for, a path that no stored page can have, a database that does not answer.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from http.client import responses
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.module_loading import import_string

from militiadb.requestlog import under_way, write_line
from profiles.models.published import Address
from profiles.views.profiles import stored
from profiles.views.stored import answer

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# They add the same headers to every answer of ours.
ADDING = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
# They leave a page without a cookie as it is, or their part is done here.
PASSING = {
    "militiadb.requestlog.RequestLog",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "profiles.admin.people.gate.Gate",
    "axes.middleware.AxesMiddleware",
}
# What may change the address or the answer, and is Django's to judge where it stands in the request.
LEFT_TO_DJANGO = ("QUERY_STRING", "HTTP_COOKIE", "CONTENT_TYPE", "SCRIPT_NAME", "SCRIPT_URL", "REDIRECT_URL")


class StoredFirst:
    """The WSGI application: a stored page if there is one, else what Django answers."""

    def __init__(self, django: Application) -> None:
        self.django = django
        self.path = stored_paths() if is_known() else None
        self.added = {secure: added(secure) for secure in (False, True)} if self.path else {}
        self.redirects = settings.SECURE_SSL_REDIRECT
        self.proxy: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
        self.allowed = lru_cache(maxsize=256)(is_allowed)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        if self.may_be_stored(environ):
            secure = self.is_secure(environ)
            if (secure or not self.redirects) and self.allowed(environ.get("HTTP_HOST", "")):
                body = self.send(environ, start_response, secure, began)
                if body is not None:
                    return body
        return self.django(environ, start_response)

    def may_be_stored(self, environ: Environ) -> bool:
        """Whether a stored page alone can be the answer."""
        if self.path is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return False
        for name in LEFT_TO_DJANGO:
            if environ.get(name):
                return False
        return self.path(environ.get("PATH_INFO", "")) is not None

    def is_secure(self, environ: Environ) -> bool:
        """Whether the reader came by TLS, as `HttpRequest.scheme` knows it."""
        if self.proxy and (told := environ.get(self.proxy[0])) is not None:
            return bool(told.partition(",")[0].strip() == self.proxy[1])
        return bool(environ.get("wsgi.url_scheme") == "https")

    def send(
        self, environ: Environ, start_response: StartResponse, secure: bool, began: float
    ) -> Iterable[bytes] | None:
        """Send what is stored; nothing where nothing is, or where the database does not answer."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        asked = {
            "If-None-Match": environ.get("HTTP_IF_NONE_MATCH", ""),
            "Accept-Encoding": environ.get("HTTP_ACCEPT_ENCODING", ""),
        }
        try:
            ready()
            made = answer(path, method, asked)
        except Exception:
            # Django asks again over a new connection, and tells what is wrong.
            with suppress(Exception):
                connections[Address.objects.db].close()
            return None
        if made is None:
            return None
        with under_way(environ) as number:
            headers = [*made.headers.items(), *self.added[secure], ("X-Request-ID", number)]
            if "Content-Length" not in made.headers:
                headers.append(("Content-Length", "0"))
            start_response(f"{made.status} {responses[made.status]}", headers)
            write_line(method, path, made.status, began)
        return [made.body]


def ready() -> None:
    """This thread's connection, closed if it is too old; it is not asked whether it lives, since Django asks again."""
    connection = connections[Address.objects.db]
    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = True


def is_known() -> bool:
    """Whether it is known here what every middleware and setting does to a stored page; else Django answers all."""
    plain = not (
        settings.FORCE_SCRIPT_NAME
        or settings.USE_X_FORWARDED_HOST
        or settings.PREPEND_WWW
        or settings.DISALLOWED_USER_AGENTS
    )
    return plain and set(settings.MIDDLEWARE) == {*ADDING, *PASSING}


def is_allowed(host: str) -> bool:
    """Whether the site answers to a Host header."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def added(secure: bool) -> list[tuple[str, str]]:
    """The headers that middleware adds to an answer of ours."""

    def nothing(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Type": "none"})

    handler: Callable[[HttpRequest], HttpResponse] = nothing
    for name in reversed(ADDING):
        handler = import_string(name)(handler)
    request = HttpRequest()
    request._get_scheme = lambda: "https"  # type: ignore[method-assign]
    response = handler(request)
    del response["Content-Type"]
    return [(name, value) for name, value in response.items() if secure or name != "Strict-Transport-Security"]


def stored_paths() -> Callable[[str], re.Match[str] | None]:
    """Matches the paths that the site's addresses send to stored pages."""
    found = [f"(?:{regex})" for regex in _regexes(get_resolver().url_patterns, "")]
    return re.compile("|".join(found)).fullmatch


def _regexes(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        here = before + _regex(one)
        if isinstance(one, URLResolver):
            yield from _regexes(one.url_patterns, here)
        elif one.callback is stored:
            yield "/" + re.sub(r"\?P<\w+>", "", here)


def _regex(pattern: URLPattern | URLResolver) -> str:
    route = pattern.pattern
    text: str = route._regex if isinstance(route, RegexPattern) else re.escape(str(route))  # type: ignore[attr-defined]
    return text.removeprefix("^").removesuffix("$")
