"""What was published, to look at: nothing here is ever changed."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.utils.html import format_html

from profiles.admin.history import deeds_of
from profiles.admin.spelling import AnySpelling, profiles_called
from profiles.admin.take_down import TakeDownScreens
from profiles.editorial.accounts import has_right
from profiles.models import Edition, Profile, Publication, Review
from profiles.models.editions import published_digests
from profiles.reading import addresses

PAGE = 100


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
class PublicationAdmin(AnySpelling, TakeDownScreens, ReadOnlyAdmin):
    """The chain of publications; what one of them changed, and the ways to put that right."""

    list_display = ("number", "kind", "at", "note", "reviewed", "editions_number", "digest")
    ordering = ("-number",)
    list_filter = ("kind",)
    search_fields = ("number", "note", "sha256")
    search_help_text = "Number, digest, words of the note, or a name of a profile, in any spelling."
    spelled_fields = ("note",)

    class Media:
        css = {"all": ("css/admin-desk.css",)}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        # Looked at only: nothing is posted here.
        if not self.has_view_permission(request) or request.method == "POST":
            raise PermissionDenied
        made = self.get_object(request, unquote(object_id))
        if made is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        page = Paginator(made.facts()["triples"], PAGE).get_page(request.GET.get("page"))
        triples = [tuple(triple) for triple in page.object_list]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Publication {made.pk}",
            "subtitle": made.kind,
            "opts": self.opts,
            "made": made,
            "review": Review.objects.filter(publication=made).first(),
            "deeds": list(deeds_of(triples).values()),
            "public": published_digests(uid for uid, *_ in triples),
            "page": page,
            "public_path": addresses.publication(made.pk),
            "may_take_down": has_right(request.user, "take_down"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/publication.html", context)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("editions"))

    def about(self, term):
        """Those that made an edition of a profile that goes by a name."""
        return Q(pk__in=Edition.objects.filter(profile__in=profiles_called(term)).values("publication"))

    @admin.display(description="editions")
    def editions_number(self, row):
        return row.size

    @admin.display(description="digest")
    def digest(self, row):
        return row.sha256[:12]


@admin.register(Edition)
class EditionAdmin(AnySpelling, ReadOnlyAdmin):
    """The editions of profiles."""

    list_display = ("label", "number", "publication", "digest", "page")
    list_select_related = ("publication",)
    search_fields = ("profile", "sha256")
    search_help_text = "Uid or name of the profile, in any spelling, or a digest."
    profile_fields = ("profile",)
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
