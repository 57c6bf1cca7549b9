"""Lists whose rows are made and worked on screens of ours: one right opens all of them, Django's own forms none."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse


class OwnScreens:
    """Rights and answers for such a list; `may(user)` is the right, `folder` where its templates are."""

    folder = "admin/desk"

    def has_module_permission(self, request):
        return self.may(request.user)

    def has_view_permission(self, request, obj=None):
        return self.may(request.user)

    def has_add_permission(self, request):
        return self.may(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def allowed(self, request):
        """Refuse who has not the right."""
        if not self.may(request.user):
            raise PermissionDenied

    def asked(self, request, pk):
        """The row that a POST is about; a response where the asking is wrong."""
        self.allowed(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self.found(pk)

    def address(self, pk):
        """The page of a row."""
        return reverse(f"admin:profiles_{self.opts.model_name}_change", args=[pk])

    def respond(self, request, name, context, status=200):
        """A page from one of its templates."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, f"{self.folder}/{name}", context, status=status)
