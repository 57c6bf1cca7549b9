"""Signing in: the password, then the code; setting the second factor up. A form that came too late rides along."""

import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_otp import login as show_device

from profiles.admin.people.kept import send_again
from profiles.admin.people.steps import CODE, ENROL, SIGN_IN, next_step
from profiles.editorial.edit import Refused
from profiles.editorial.second_factor import confirm, device_to_confirm, recovery_codes_left, secret_of, verify

_TITLES = {SIGN_IN: "Sign in", CODE: "Your code", ENROL: "Set up your second factor"}
_both = require_http_methods(["GET", "POST"])


class CodeForm(forms.Form):
    """The second step."""

    code = forms.CharField(
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false", "class": "vTextField"}
        ),
    )


@never_cache
@sensitive_post_parameters()
@_both
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.method == "GET":
        return ask(request, SIGN_IN) if next_step(request) == SIGN_IN else go_on(request)
    form = AdminAuthenticationForm(request, request.POST)
    if not form.is_valid():
        return ask(request, SIGN_IN, form=form)
    login(request, form.get_user())
    return go_on(request)


@never_cache
@sensitive_post_parameters()
@_both
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the app, or a recovery code."""
    if next_step(request) != CODE:
        return go_on(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _pass_with(request, verify(request.user, form.cleaned_data["code"]))
        except Refused as error:
            form.add_error("code", str(error))
        else:
            if (left := recovery_codes_left(request.user)) < 3:
                messages.warning(request, f"You have {left} recovery codes left: make new ones on your account's page.")
            return go_on(request)
    return ask(request, CODE, form=form)


@never_cache
@sensitive_post_parameters()
@_both
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: the app's picture, the first code, the recovery codes, once."""
    if next_step(request) in (SIGN_IN, CODE):
        return go_on(request)
    form = CodeForm(request.POST if request.method == "POST" and "code" in request.POST else None)
    if form.is_valid():
        try:
            device, codes = confirm(request.user, form.cleaned_data["code"], _session(request))
        except Refused as error:
            form.add_error("code", str(error))
        else:
            _pass_with(request, device)
            return show_codes(request, codes)
    return ask(request, ENROL, form=form)


@never_cache
@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The picture that the app reads, while the second factor is being set up; never afterwards."""
    if next_step(request) in (SIGN_IN, CODE):
        raise Http404
    try:
        device = device_to_confirm(request.user, _session(request))
    except Refused:
        raise Http404 from None
    response = HttpResponse(content_type="image/svg+xml")
    segno.make(device.config_url, error="m").save(response, kind="svg", scale=5, border=4, light="white")
    return response


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The recovery codes, this once."""
    context = {
        **admin.site.each_context(request),
        "title": "Your recovery codes",
        "codes": codes,
        "next": where(request),
        "kept": request.POST.get("kept", ""),
    }
    return render(request, "admin/people/codes.html", context)


def _session(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _pass_with(request: HttpRequest, device: object) -> None:
    # A new key, since the session opens more from now on.
    request.session.cycle_key()
    show_device(request, device)


def ask(
    request: HttpRequest,
    step: str,
    *,
    form: forms.Form | None = None,
    kept: str = "",
    status: int = 200,
    locked: int = 0,
) -> HttpResponse:
    """The page of a step; a kept form rides along. `locked`: for so many minutes."""
    context = {
        **admin.site.each_context(request),
        "title": _TITLES[step],
        "form": form or (AdminAuthenticationForm(request) if step == SIGN_IN else CodeForm()),
        "action": reverse(step),
        "next": where(request),
        "kept": kept or request.POST.get("kept", ""),
        "locked": locked,
    }
    if step == ENROL:
        try:
            context["secret"] = secret_of(device_to_confirm(request.user, _session(request)))
        except Refused as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("people:account"))
    return render(request, f"admin/people/{step.partition(':')[2]}.html", context, status=status)


def go_on(request: HttpRequest) -> HttpResponse:
    """The next step, else the kept form, else where somebody was going."""
    kept = request.POST.get("kept", "")
    if step := next_step(request):
        if kept:
            return ask(request, step, kept=kept)
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': where(request)})}")
    page = send_again(request, kept) if kept else None
    return page or HttpResponseRedirect(where(request))


def where(request: HttpRequest) -> str:
    """Where somebody was going, on this site; the desk's front page otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("admin:index")


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """Too many tries at one name: say so, and until when. The same for a name that nobody has."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return ask(request, SIGN_IN, status=429, locked=minutes)
