"""Revisions: the list of all acts, and the page of one with what it did to each document."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse

from profiles.admin.history import Act, deeds_of
from profiles.admin.publication import ReadOnlyAdmin
from profiles.admin.revert import RevertScreens
from profiles.admin.spelling import AnySpelling, uids_about
from profiles.editorial.accounts import has_right
from profiles.models import Revision, RevisionEntry

PAGE = 100


@admin.register(Revision)
class RevisionAdmin(AnySpelling, RevertScreens, ReadOnlyAdmin):
    """Who changed what, when, and why."""

    list_display = ("number", "act", "who", "at", "reason", "size")
    ordering = ("-pk",)
    list_filter = ("act",)
    list_select_related = ("by",)
    search_fields = ("reason", "entries__uid", "by__username")
    search_help_text = "Uid of a change, words of the reason, who, or a name of a profile, in any spelling."
    spelled_fields = ("reason",)

    class Media:
        css = {"all": ("css/admin-desk.css",)}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(entries_count=Count("entries"))

    def about(self, term):
        """Those whose changes are of, or about, a profile that goes by a name."""
        return Q(pk__in=RevisionEntry.objects.filter(uid__in=uids_about(term)).values("revision"))

    @admin.display(description="revision", ordering="pk")
    def number(self, row):
        return f"Revision {row.pk}"

    @admin.display(description="by", ordering="by")
    def who(self, row):
        return row.by.get_username() if row.by else "nobody known"

    @admin.display(description="documents")
    def size(self, row):
        return row.entries_count

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        revision = self.get_object(request, unquote(object_id))
        if revision is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        entries = revision.entries.order_by("uid").values_list("uid", "before", "after")
        page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
        number = revision.entries_count
        deeds = tuple(deeds_of(page.object_list).values())
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revision {revision.pk}",
            "subtitle": f"{revision.get_act_display()}, {number} document{pluralize(number)}",
            "opts": self.opts,
            "act": Act(revision, tuple(one.uid for one in deeds), deeds),
            "page": page,
            "may_revert": has_right(request.user, "change"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/revision.html", context)
