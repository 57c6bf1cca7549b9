"""Deleting one document: through editorial.remove, or refused with what depends on it."""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.views.decorators.csrf import csrf_protect

from profiles.editorial.edit import Refused
from profiles.editorial.remove import remove, why_not_remove


class DeletionScreen:
    """The page that asks, deletes or says why not, for an admin of documents."""

    @method_decorator(csrf_protect)
    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        reasons, status = why_not_remove([row.pk]), 200
        if request.method == "POST":
            try:
                remove([row.pk], by=request.user, reason=request.POST.get("reason", ""))
            except Refused as error:
                reasons, status = error.reasons, 409
            else:
                self.message_user(request, f"Deleted: {row}", messages.SUCCESS)
                return self.response_post_save_change(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": "Delete" if not reasons else "This cannot be deleted",
            "subtitle": Truncator(row).chars(120),
            "object": row,
            "opts": self.opts,
            "reasons": reasons,
            "tried": request.method == "POST",
            "change_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            "object_id": quote(row.pk),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/delete.html", context, status=status)
