"""The audit log: to read, to filter, and to take away as CSV. Administrators only."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.urls import path

from profiles.admin.publication import ReadOnlyAdmin
from profiles.editorial.audit import as_csv, record
from profiles.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what, when."""

    change_list_template = "admin/people/audit_log.html"
    list_display = ("number", "at", "act", "who", "whose", "thing", "note")
    list_filter = ("act", ("by", admin.RelatedOnlyFieldListFilter), ("account", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "account")
    search_fields = ("thing", "note", "by__username", "account__username")
    date_hierarchy = "at"
    ordering = ("-pk",)

    @admin.display(description="number", ordering="pk")
    def number(self, row):
        return row.pk

    @admin.display(description="by", ordering="by")
    def who(self, row):
        return row.by.get_username() if row.by else "nobody known"

    @admin.display(description="account", ordering="account")
    def whose(self, row):
        return row.account.get_username() if row.account else ""

    def get_urls(self):
        return [
            path("export/", self.admin_site.admin_view(self.export), name="profiles_auditentry_export"),
            *super().get_urls(),
        ]

    def export(self, request):
        """What the list shows, filters and all, as CSV. The export is an entry itself."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        last = record("exported", by=request.user, thing="audit log", note=f"{rows.count()} entries")
        rows = rows.filter(pk__lt=last.pk).select_related("by", "account")
        response = StreamingHttpResponse(as_csv(rows.iterator(2000)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="militiadb-audit-log.csv"'
        return response
