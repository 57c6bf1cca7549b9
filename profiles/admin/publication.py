"""What was published, to look at: nothing here is ever changed."""

from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html

from profiles.models import Edition, Profile, Publication
from profiles.reading import addresses


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list and a page, and no way to change either."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """The chain of publications."""

    list_display = ("number", "kind", "at", "note", "reviewed", "editions_number", "digest")
    ordering = ("-number",)
    list_filter = ("kind",)
    search_fields = ("number", "note", "sha256")
    fields = ("number", "kind", "at", "note", "reviewed", "sha256", "previous", "body")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("editions"))

    @admin.display(description="editions")
    def editions_number(self, row):
        return row.size

    @admin.display(description="digest")
    def digest(self, row):
        return row.sha256[:12]


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The editions of profiles."""

    list_display = ("label", "number", "publication", "digest", "page")
    list_select_related = ("publication",)
    search_fields = ("profile", "sha256")
    ordering = ("-publication", "profile")
    fields = ("profile", "number", "publication", "sha256", "manifest")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        rows = Profile.objects.filter(pk__in=[row.profile for row in changelist.result_list])
        found = {
            uid: (model, slug, label) for uid, model, slug, label in rows.values_list("pk", "model", "slug", "label")
        }
        for row in changelist.result_list:
            row.facts = found.get(row.profile)
        return changelist

    @admin.display(description="profile", ordering="profile")
    def label(self, row):
        return row.facts[2] if row.facts else row.profile

    @admin.display(description="digest")
    def digest(self, row):
        return row.sha256[:12]

    @admin.display(description="page")
    def page(self, row):
        if not row.facts:
            return ""
        path = addresses.edition(addresses.place(*row.facts[:2]), row.number)
        return format_html('<a href="{}">{}</a>', path, "look")
