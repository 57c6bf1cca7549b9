"""Versions of sources: never changed; the text of one is read, and cited from, as text and never as a page."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from profiles.admin.desk import DocumentAdmin
from profiles.admin.marks import DraftFilter, draft
from profiles.admin.passages import fidelity_told, texts_of
from profiles.admin.raw_bytes import raw_response
from profiles.admin.reader.cite import cite, may_cite
from profiles.admin.reader.page import feeds, page_of, resting_on
from profiles.admin.review_action import put_up_for_review
from profiles.admin.shown_picture import is_picture, picture_response
from profiles.editorial.archive import LONGEST, record_archive
from profiles.editorial.edit import Refused
from profiles.editorial.reanchor import number_of
from profiles.models import Capture, SourceVersion


def versions(rows):
    """Versions with the number of their citations, and whether the text and the raw bytes are at hand."""
    own = Capture.objects.filter(version=OuterRef("pk"))
    at_hand, has_raw = Exists(own), Exists(own.filter(raw__isnull=False))
    return rows.annotate(cited=Count("citations", distinct=True), at_hand=at_hand, has_raw=has_raw)


def _newest(row):
    """The newest version of the same source where this one is older; else empty."""
    found = max(SourceVersion.objects.filter(source=row.source_id).values_list("pk", flat=True), key=number_of)
    return "" if found == row.pk else found


def archive_at(row):
    """Where an archive keeps a copy of a version, in the drafts."""
    found = (copy["url"] for copy in row.source.archived if copy["version"] == row.pk)
    return next(found, row.archive_url)


def told_of_archive(outcome, row):
    """What became of the archived copy that was typed, and the way to its review."""
    if not outcome.changed:
        return "Nothing changed."
    return format_html(
        'Kept in the draft of its source. <a href="{}?{}">Put it up for review</a>: readers see it then.',
        reverse("admin:profiles_review_add"),
        urlencode({"uid": row.source_id}),
    )


@admin.register(SourceVersion)
class SourceVersionAdmin(DocumentAdmin):
    """Captures: read-only. The text stands there for the editors, escaped, its paragraphs numbered."""

    class Media:
        css = {"all": ("css/admin-reading.css",)}
        js = (Script("js/reading-text.js", defer=True), Script("js/reading-panel.js", defer=True))

    tag = "version"
    list_display = ("uid", "source", "stamp", "retrieved", "method", "cited_number", "hand", draft)
    list_filter = (DraftFilter, "retrieved")
    list_select_related = ("source",)
    search_fields = ("uid", "source__title", "source__slug", "text_sha256")
    spelled_fields = ("source__title",)
    ordering = ("uid",)
    search_help_text = "Uid, title of the source, or digest of the text."
    actions = (put_up_for_review,)

    def get_queryset(self, request):
        return versions(super().get_queryset(request).select_related("source"))

    def offered(self, row):
        """A version as one to choose among others: nobody knows it by its uid."""
        return row.titled

    @admin.display(description="citations")
    def cited_number(self, row):
        return row.cited

    @admin.display(description="text at hand", boolean=True)
    def hand(self, row):
        return row.at_hand

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def raw(self, request, uid):
        """What was captured, as a file to keep."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Capture.objects.select_related("version"), pk=uid, raw__isnull=False)
        return raw_response(bytes(found.raw), found.version.media_type, found.pk)

    def picture(self, request, uid):
        """What was captured, where that is a picture: to be seen beside its transcript."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Capture.objects.select_related("version"), pk=uid, raw__isnull=False)
        return picture_response(bytes(found.raw), found.version.media_type)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None or request.method != "GET":
            return self._not_here(request)
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._version(request, row)

    def get_urls(self):
        pin = self.admin_site.admin_view(self.cite_view)
        raw = self.admin_site.admin_view(self.raw)
        picture = self.admin_site.admin_view(self.picture)
        archive = self.admin_site.admin_view(self.archive_view)
        return [
            path("<str:uid>/archive/", archive, name="profiles_sourceversion_archive"),
            path("<str:uid>/raw/", raw, name="profiles_sourceversion_raw"),
            path("<str:uid>/picture/", picture, name="profiles_sourceversion_picture"),
            path("<path:object_id>/cite/", pin, name="profiles_sourceversion_cite"),
            *super().get_urls(),
        ]

    def archive_view(self, request, uid):
        """Say where an archive keeps a copy of this version; what is refused is told on its page."""
        row = self.get_object(request, uid)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, uid)
        if not request.user.has_perm("profiles.change_source"):
            raise PermissionDenied
        page = reverse("admin:profiles_sourceversion_change", args=[uid])
        if request.method == "POST":
            url = request.POST.get("archive", "")
            try:
                messages.success(request, told_of_archive(record_archive(row, url, by=request.user), row))
            except Refused as error:
                messages.error(request, str(error))
                page += f"?{urlencode({'archive': url[:LONGEST]})}#capture"
        return HttpResponseRedirect(page)

    def cite_view(self, request, object_id):
        """The panel that pins a passage of this version."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "Cite a passage",
            "subtitle": str(row.source),
            "opts": self.opts,
            "media": self.media,
        }
        return cite(request, row, context)

    def _not_here(self, request):
        context = {
            **self.admin_site.each_context(request),
            "title": "Versions are captured",
            "opts": self.opts,
            "reason": "A version is made by a capture, and never changed. Capture the source again, from its page.",
            "media": self.media,
        }
        return self._response(request, "admin/desk/refused.html", context, 403)

    def _version(self, request, row):
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        text = texts_of([row.pk]).get(row.pk)
        page = page_of(row, text) if text is not None else None
        cited = page.misplaced if page else resting_on(row.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Version {row.pk}",
            "subtitle": str(row.source),
            "opts": self.opts,
            "row": row,
            "facts": [
                (field.verbose_name, str(getattr(row, field.name)))
                for field in row._meta.concrete_fields
                if field.name not in ("uid", "source", "draft_digest", "archive_url") and getattr(row, field.name) != ""
            ],
            "page": page,
            "newest": _newest(row),
            "only_uncited": request.GET.get("show") == "uncited",
            "feeds": page.feeds if page else feeds(cited),
            "out_of_sight": cited,
            "may_cite": page is not None and may_cite(request.user),
            "cite_page": reverse("admin:profiles_sourceversion_cite", args=[row.pk]),
            "claim_pages": reverse("admin:profiles_claim_changelist"),
            "has_raw": row.has_raw,
            "is_picture": row.has_raw and is_picture(row.media_type),
            "archive": archive_at(row),
            "archive_typed": request.GET.get("archive", "")[:LONGEST],
            "may_archive": request.user.has_perm("profiles.change_source"),
            "fidelity": fidelity_told(row.fidelity),
            "may_delete": self.has_delete_permission(request, row),
            "media": self.media,
        }
        return self._response(request, "admin/desk/version.html", context, 200)

    def _response(self, request, template, context, status):
        return TemplateResponse(request, template, context, status=status)
