"""Profiles: their identity to edit, and their claims by topic, each changed on its own page."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse

from profiles.admin.checks import checks_of_profile
from profiles.admin.claim import kinds_for
from profiles.admin.desk import DocumentAdmin
from profiles.admin.dossier import dossier_of, with_edition
from profiles.admin.filters import by_words
from profiles.admin.form import DocumentForm
from profiles.admin.history import revisions_of
from profiles.admin.marks import DraftFilter, draft, drafts_touching
from profiles.admin.review_action import may_open, put_up_for_review
from profiles.admin.words import EMPTY
from profiles.models import PROXIES, Claim, Profile, PublishedDocument
from profiles.reading import addresses
from profiles.values.vocabulary import KINDS_BY_MODEL


class ProfileForm(DocumentForm):
    """Identity only: all that is asserted about a profile is a claim."""

    kind = forms.ChoiceField()

    def __init__(self, *args, start, **kwargs):
        super().__init__(*args, start=start, **kwargs)
        kinds = KINDS_BY_MODEL[start["model"]].choices
        self.fields["kind"].choices = kinds if len(kinds) == 1 else [EMPTY, *kinds]
        self.fields["label"].widget.attrs["dir"] = "auto"

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        others = Profile.objects.filter(model=self.start["model"], slug=slug)
        if self.current:
            others = others.exclude(pk=self.current.uid)
        if others.exists():
            raise ValidationError("Another profile has this slug already.")
        return slug


class DraftsFilter(DraftFilter):
    """Profiles by where their header and their claims stand."""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin)[:3], ("any", "something to review")]

    def queryset(self, request, queryset):
        if self.value() != "any":
            return super().queryset(request, queryset)
        same = PublishedDocument.objects.filter(uid=OuterRef("pk"), sha256=OuterRef("draft_digest"))
        return queryset.filter(~Exists(same) | Exists(drafts_touching()))


class ProfileAdmin(DocumentAdmin):
    """Groups, people or events."""

    form = ProfileForm
    change_form_template = "admin/desk/profile.html"
    list_display = ("label", "kind_label", "uid", "claims_number", draft)
    search_fields = ("label", "slug", "uid")
    search_help_text = "Label, slug, uid, or any name, in any script and spelling."
    profile_fields = ("pk",)
    ordering = ("label", "uid")
    prepopulated_fields = {"slug": ("label",)}
    autocomplete_fields = ("merged_into",)
    actions = (put_up_for_review,)

    class Media:
        css = {"all": ("css/admin-checks.css", "css/admin-picture.css")}

    def get_list_filter(self, request):
        kinds = KINDS_BY_MODEL[self.tag].choices if self.tag else []
        return (DraftsFilter, by_words("kind", kinds)) if len(kinds) > 1 else (DraftsFilter,)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name and match.url_name.endswith("_changelist"):
            own = Claim.objects.filter(subject=OuterRef("pk")).order_by().values("subject").annotate(n=Count("pk"))
            # One group over all claims found, since a claim may touch a profile from either end.
            found = drafts_touching().annotate(of=OuterRef("pk")).values("of").annotate(n=Count("pk", distinct=True))
            rows = rows.annotate(
                claims_count=Coalesce(Subquery(own.values("n"), output_field=IntegerField()), 0),
                drafts=Coalesce(Subquery(found.values("n")[:1], output_field=IntegerField()), 0),
            )
        return rows

    # -- columns -----------------------------------------------------------------------------------------

    @admin.display(description="kind", ordering="kind")
    def kind_label(self, row):
        return KINDS_BY_MODEL[row.model].label(row.kind)

    @admin.display(description="claims", ordering="claims_count")
    def claims_number(self, row):
        return row.claims_count

    # -- the page ----------------------------------------------------------------------------------------

    def get_object(self, request, object_id, from_field=None):
        return with_edition(self.get_queryset(request)).filter(pk=object_id).first()

    def fieldsets_of(self, request, start, current):
        fields = [("label", "slug"), ("kind", "merged_into") if current else "kind", "reason"]
        return [(None, {"fields": fields})]

    def more(self, request, row, current):
        if row is None:
            return {}
        found = dossier_of(row, current)
        path = addresses.place(row.model, row.slug)
        return {
            "dossier": found,
            "checks": checks_of_profile(current, found.documents),
            "kinds": kinds_for(row.model),
            "history": revisions_of(list(found.documents), limit=8),
            "public_path": path if row.edition else "",
            "edition_path": addresses.edition(path, row.edition) if row.edition else "",
            "may_open": may_open(request.user),
            "may_add": request.user.has_perm("profiles.add_claim"),
        }

    def saved(self, request, row, *, new, outcome):
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            self.message_user(request, f"{row} is saved." if outcome.revision else "Nothing was changed.")
            return HttpResponseRedirect(reverse(f"admin:profiles_{row.model}_change", args=[row.pk]))
        return super().saved(request, row, new=new, outcome=outcome)


class AnyProfileAdmin(ProfileAdmin):
    """All three at once: looked up by other forms, never listed."""

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            raise PermissionDenied
        row = Profile.objects.filter(pk=object_id).first()
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse(f"admin:profiles_{row.model}_change", args=[row.pk]))


def register_profiles():
    """A screen for groups, people and events each."""
    admin.site.register(Profile, AnyProfileAdmin)
    for tag, model in PROXIES.items():
        admin.site.register(model, type(f"{model.__name__}Admin", (ProfileAdmin,), {"tag": tag}))
