"""Looked at, nothing to change: one press, from the desk's front page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from profiles.admin.publication import ReadOnlyAdmin
from profiles.editorial.edit import Refused
from profiles.editorial.looks import look_over
from profiles.editorial.queues import SORTS
from profiles.models import Look


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    """Looks are only added; the audit log lists them."""

    def has_add_permission(self, request):
        return request.user.is_active and request.user.has_perm("profiles.add_look")

    def has_view_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """Keep a look at what the form names, and go back to its queue."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            look = look_over(request.POST.get("uid", ""), by=request.user)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{look.uid}: kept that you looked it over.")
        back = request.POST.get("back", "")
        known = any(sort.name == back for sort in SORTS)
        return HttpResponseRedirect(reverse("admin:waiting", args=[back]) if known else reverse("admin:index"))
