"""Signing in and out, as the audit log tells it, and the lock on an account after too many tries.

The one place where signals are received beside `post_migrate`: Django tells of a sign-in in no other way.
Neither an address nor a full user agent is kept anywhere.
"""

import copy
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.second_factor import device_of
from profiles.models import User
from profiles.models.sessions import AGENT, BEGUN

# In a session: when the gate last renewed it, in seconds; whether its owner had a second factor when it began.
SEEN, ASKS = "seen", "asks"
# The first that is found in a user agent names the family: others carry the names of older ones too.
_FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrom", "Chrome or Chromium"),
    ("Safari/", "Safari"),
)


def connect() -> None:
    """Listen to sign-ins and sign-outs, once."""
    user_logged_in.connect(_begin, dispatch_uid="militiadb_sign_in")
    user_logged_out.connect(_end, dispatch_uid="militiadb_sign_out")


def _begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    now = timezone.now()
    request.session[AGENT] = family(request.META.get("HTTP_USER_AGENT", ""))
    request.session[BEGUN] = now.isoformat()
    request.session[SEEN] = int(now.timestamp())
    request.session[ASKS] = device_of(user) is not None
    record("signed_in", by=user, account=user)


def _end(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record("signed_out", by=user, account=user)


def family(agent: str) -> str:
    """The family of a browser, which is all that is kept of its user agent."""
    return next((name for mark, name in _FAMILIES if mark in agent), "another browser")


class Lock(AxesDatabaseHandler):
    """Counts failed tries by the name that was typed: without addresses, browsers, or what else was sent."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count a try. The log tells of tries at accounts that there are, and once of their lock."""
        if request is None:
            return
        already = not AxesProxyHandler.is_allowed(request, credentials)
        # What is kept of a request is read from it: this one has nothing to read.
        bare: Any = copy.copy(request)
        bare.GET = bare.POST = QueryDict("")
        bare.axes_ip_address = None
        bare.axes_user_agent = bare.axes_path_info = bare.axes_http_accept = ""
        super().user_login_failed(sender, credentials, bare, **kwargs)
        for name in ("axes_locked_out", "axes_credentials", "axes_failures_since_start"):
            setattr(request, name, getattr(bare, name))
        # A mistyped name may be a password: only what is an account's is written down.
        account = User.objects.filter(username=credentials.get("username") or "").first()
        if account and not already:
            record("sign_in_failed", account=account)
            if getattr(request, "axes_locked_out", False):
                record("locked", account=account)


def unlock_name(username: str) -> bool:
    """Forget the failed tries at a name; whether there were any."""
    return bool(reset(username=username))
