"""What stands between somebody and the desk: password, second factor, or nothing any more."""

from django.http import HttpRequest

from profiles.editorial import second_factor
from profiles.editorial.sign_ins import ASKS

# Where a way in begins, by the name of its address.
SIGN_IN, CODE, ENROL = "people:sign_in", "people:code", "people:enrol"


def is_desk(request: HttpRequest) -> bool:
    """Whether a request is to the admin or to the screens of people."""
    match = request.resolver_match
    return bool(match and {"admin", "people"} & set(match.namespaces))


def next_step(request: HttpRequest) -> str:
    """The address that somebody has to pass before the desk, by name; empty where it is open to them.

    Asked by every request: one query only of those who need a second factor and have not shown it.
    """
    user = request.user
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return SIGN_IN
    # Set by django-otp's middleware; a request that signs in has no device yet.
    if getattr(user, "otp_device", None):
        return ""
    needed = second_factor.needs_second_factor(user)
    if not needed and not request.session.get(ASKS):
        return ""
    if second_factor.device_of(user):
        return CODE
    return ENROL if needed else ""
