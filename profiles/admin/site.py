"""The desk's front door: its name, and its screens in the order in which an editor meets them."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.urls import path, reverse

from profiles.admin import front
from profiles.admin.empty_lists import WHEN_EMPTY
from profiles.admin.health import claims_behind, evidence
from profiles.admin.reanchor import reanchoring
from profiles.admin.second_look import second_look

SECTIONS = {
    "Profiles": ("Group", "Person", "Event", "Picture"),
    "Claims": (
        "Claim", "Statement", "Name", "Membership", "Relation", "Part", "Presence", "Strength", "Designation", "Step",
        "Identifier", "Silence",
    ),
    "Sources": ("Source", "SourceVersion", "Intake", "Speaker", "Authority", "Programme", "Place"),
    "Review and publication": ("Review", "Publication", "Edition", "Revision"),
    "Readers": ("Report",),
    "Staging": ("Stage",),
    "People": ("User", "AuditEntry"),
}  # fmt: skip


class LookUp(AutocompleteJsonView):
    """What is found for a field, in words that its list may give in `offered`."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        offered = getattr(self.model_admin, "offered", None)
        return {**found, "text": offered(obj)} if offered else found


def install() -> None:
    """Give the admin its name and order."""
    site = admin.site
    site.site_header = site.site_title = "MilitiaDB desk"
    site.index_title = "The desk"
    site.index_template = "admin/desk/index.html"
    index, urls = site.index, site.get_urls
    site.index = lambda request, extra_context=None: index(request, {**front.context(request), **(extra_context or {})})
    site.autocomplete_view = lambda request: LookUp.as_view(admin_site=site)(request)
    site.get_urls = lambda: [
        path("waiting/<slug:name>/", site.admin_view(front.waiting), name="waiting"),
        path("passages/<str:version>/", site.admin_view(reanchoring), name="reanchor"),
        path("changed-claims/", site.admin_view(second_look), name="second_look"),
        path("evidence/", site.admin_view(evidence), name="evidence"),
        path("evidence/claims/", site.admin_view(claims_behind), name="evidence_claims"),
        path("outside/", site.admin_view(front.outside), name="outside"),
        *urls(),
    ]
    for model, screen in site._registry.items():
        screen.when_empty = WHEN_EMPTY.get(model.__name__, "")
    # Nothing goes past editorial.remove.
    site.disable_action("delete_selected")
    build = site._build_app_dict

    def in_sections(request, app_label=None):
        """Sections in the place of apps."""
        found = {
            model["object_name"] if label == "profiles" else f"{label}.{model['object_name']}": model
            for label, app in build(request, app_label).items()
            for model in app["models"]
        }
        sections = []
        for name, wanted in SECTIONS.items():
            models = [found[one] for one in wanted if one in found]
            if models:
                sections.append(
                    {
                        "name": name,
                        "app_label": name.split()[0].lower(),
                        "app_url": reverse("admin:index"),
                        "has_module_perms": True,
                        "models": models,
                    }
                )
        return sections

    site.get_app_list = in_sections
