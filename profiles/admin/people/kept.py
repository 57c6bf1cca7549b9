"""No work is lost with a session: what was typed rides along, signed, on the page that asks to sign in again.

It is never stored here. Afterwards the same fields are shown, and sent again with one press by whoever signed in.
"""

from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_SALT = "profiles.admin.people.kept"
# Seconds.
_GOOD_FOR = 24 * 3600


def seal(request: HttpRequest) -> str:
    """The fields of a form and where it was going, signed so that only this site can have made it."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        # It belongs to the page that was sent, not to the work.
        if name != "csrfmiddlewaretoken"
    ]
    return signing.dumps([request.get_full_path(), fields, bool(request.FILES)], salt=_SALT, compress=True)


def unseal(kept: str) -> tuple[str, list[tuple[str, str]], bool] | None:
    """Where a form was going, its fields, and whether a file was left behind; None if it is not ours or a day old."""
    try:
        path, fields, lost = signing.loads(kept, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return None
    return path, [(name, value) for name, value in fields], lost


def send_again(request: HttpRequest, kept: str, status: int = 200) -> HttpResponse | None:
    """The page that shows a kept form and sends it again with one press."""
    opened = unseal(kept)
    if opened is None:
        return None
    path, fields, lost = opened
    context = {
        **admin.site.each_context(request),
        "title": "Go on where you were",
        "path": path,
        "fields": fields,
        "shown": [(name, value) for name, value in fields if _is_typed(name, value)],
        "lost": lost,
    }
    return render(request, "admin/people/send_again.html", context, status=status)


def _is_typed(name: str, value: str) -> bool:
    own = (
        name.startswith("_")
        or "__prefix__" in name
        or name.endswith(("_FORMS", "-id", "password"))
        or name in ("base", "action", "index")
    )
    return bool(value.strip()) and not own
