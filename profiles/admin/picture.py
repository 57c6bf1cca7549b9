"""Pictures: uploaded, made again, described, credited; seen by the desk alone until they are published."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse

from profiles.admin.desk import DocumentAdmin
from profiles.admin.filters import BySubject, by_words
from profiles.admin.form import DocumentForm
from profiles.admin.marks import DraftFilter, draft
from profiles.admin.of_profile import OfProfile
from profiles.admin.review_action import may_open, put_up_for_review
from profiles.admin.seen import seen
from profiles.editorial.pictures.clean import MOST_BYTES
from profiles.editorial.pictures.made import NoPicture
from profiles.editorial.pictures.store import keep, take
from profiles.models import Picture
from profiles.models.editions import published_digests
from profiles.values import vocabulary as words
from profiles.values.picture_files import ENDINGS
from profiles.views.pictures import sent

MEDIA_TYPES = {ending: media_type for media_type, ending in ENDINGS.items()}


class PictureForm(DocumentForm):
    """One picture of one profile."""

    upload = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join((*ENDINGS, "image/gif"))}),
        help_text=f"PNG, JPEG, WebP, AVIF or GIF, {MOST_BYTES // 2**20} MB at most. It is made again in our sizes; "
        "what it tells of camera and place is left out, and of what moves the first frame is taken.",
    )

    def __init__(self, *args, start, **kwargs):
        super().__init__(*args, start=start, **kwargs)
        self.fields["alt"].widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        for name in ("alt", "caption", "credit"):
            self.fields[name].widget.attrs["dir"] = "auto"
        if self.current and self.current.files:
            self.fields["upload"].help_text = f"Only to put another in its place. {self.fields['upload'].help_text}"

    def clean(self):
        cleaned = super().clean()
        if self.start["refused"]:
            self.add_error("upload", self.start["refused"])
        elif not self.start["taken"] and not (self.current and self.current.files):
            self.add_error("upload", "Choose the file.")
        return cleaned

    def values(self):
        found = super().values()
        if self.start["taken"]:
            found["files"] = self.start["taken"].files
        return found


@admin.register(Picture)
class PictureAdmin(OfProfile, DocumentAdmin):
    """Pictures, listed and edited."""

    tag = "picture"
    form = PictureForm
    change_form_template = "admin/desk/picture.html"
    list_display = ("uid", "subject", "kind", "alt", "licence_label", draft)
    list_filter = (DraftFilter, by_words("kind", words.PICTURE_KIND.choices), BySubject)
    list_select_related = ("subject",)
    search_fields = ("uid", "subject__label", "alt", "caption", "credit")
    profile_fields = ("subject",)
    actions = (put_up_for_review,)

    class Media:
        css = {"all": ("css/admin-picture.css",)}

    def get_urls(self):
        view = self.admin_site.admin_view(self.file)
        return [
            path("file/<slug:sha256>.<slug:ending>", view, name="profiles_picture_file"),
            *super().get_urls(),
        ]

    def file(self, request, sha256, ending):
        """A file at hand, for who may see drafts: published or not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if ending not in MEDIA_TYPES or not re.fullmatch("[0-9a-f]{64}", sha256):
            raise Http404(sha256)
        response = sent(sha256, MEDIA_TYPES[ending])
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description="licence", ordering="licence")
    def licence_label(self, row):
        return words.LICENCE.label(row.licence) or "—"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.taken, request.refused = None, ""
        # Before the transaction opens: to make a picture again takes seconds, and nobody else could write meanwhile.
        if upload := request.FILES.get("upload"):
            may = self.has_change_permission(request) if object_id else self.has_add_permission(request)
            if not may:
                raise PermissionDenied
            try:
                request.taken = take(upload.read(MOST_BYTES + 1))
            except NoPicture as error:
                request.refused = str(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def begun(self, request, subject):
        return {
            "kind": {"person": "portrait", "group": "emblem"}.get(subject.model, "photograph"),
            "taken": request.taken,
            "refused": request.refused,
        }

    def _form(self, request, start, current):
        return super()._form(request, {"taken": request.taken, "refused": request.refused, **start}, current)

    def fieldsets_of(self, request, start, current):
        return [(None, {"fields": ["upload", "kind", "alt", "caption", "credit", "licence", "url", "reason"]})]

    def more(self, request, row, current):
        return {
            "seen": seen(current),
            "sizes": current.files if current else (),
            "largest": max(current.files, key=lambda file: file.width) if current and current.files else None,
            "published": published_digests([row.pk]).get(row.pk, "") if row else "",
            "may_open": may_open(request.user),
        }

    def saved(self, request, row, *, new, outcome):
        told = ()
        if request.taken:
            keep(request.taken)
            told = request.taken.told
        said = f"Picture {row.pk} is saved." if outcome.revision else "Nothing was changed."
        self.message_user(request, " ".join((said, *told)), messages.SUCCESS)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(f"{reverse('admin:profiles_picture_add')}?subject={row.subject_id}")
        return HttpResponseRedirect(reverse("admin:profiles_picture_change", args=[row.pk]))
