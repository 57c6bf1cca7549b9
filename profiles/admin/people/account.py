"""One's own account: second factor, recovery codes, sessions. And the sessions of others, for administrators."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from profiles.admin.people.sign_in import CodeForm, show_codes
from profiles.editorial import people, second_factor
from profiles.editorial.edit import Refused
from profiles.models import DeskSession, User


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, form: CodeForm | None = None) -> HttpResponse:
    """What somebody may see and do about their own account."""
    user = request.user
    device = second_factor.device_of(user)
    context = {
        **admin.site.each_context(request),
        "title": "Your account",
        "roles": ", ".join(user.groups.order_by("name").values_list("name", flat=True)) or "no role",
        "device": device,
        "needed": second_factor.needs_second_factor(user),
        "left": second_factor.recovery_codes_left(user),
        "form": form or CodeForm(),
        "sessions": sessions_of(user, request),
        "owner": user,
    }
    return render(request, "admin/people/account.html", context)


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password: Django's screen; the log tells of it, and one's other sessions end."""
    response = admin.site.password_change(request)
    if request.method == "POST" and response.status_code == 302:
        people.set_password(request.user, by=request.user)
        DeskSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key).delete()
    return response


@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, for a code of now: a desk left open does not give them away."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            second_factor.verify(request.user, form.cleaned_data["code"])
        except Refused as error:
            form.add_error("code", str(error))
        else:
            return show_codes(request, second_factor.make_recovery_codes(request.user))
    return account(request, form)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session, of one's own or of somebody whose account one manages."""
    own = pk == request.user.pk
    if not own and not request.user.has_perm("profiles.change_user"):
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk)
    try:
        people.end_session(user, request.POST.get("session", ""), by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The session is ended.")
    return HttpResponseRedirect(
        reverse("people:account") if own else reverse("admin:profiles_user_change", args=[user.pk])
    )


def sessions_of(user: User, request: HttpRequest) -> list[DeskSession]:
    """Somebody's sessions that have not run out, newest first; `here` marks the one that asks. One query."""
    rows = list(DeskSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-begun"))
    for row in rows:
        row.here = row.session_key == request.session.session_key
    return rows
