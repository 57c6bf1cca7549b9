"""Capturing on the screen: give an address, a file or a text; see what was read and what was lost; keep it."""

from itertools import groupby

from django.contrib import admin, messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from profiles.admin.intake_forms import CaptureForm, KeepForm, known_at, proposals_beside
from profiles.admin.own_screens import OwnScreens
from profiles.admin.raw_bytes import raw_response
from profiles.admin.shown_picture import is_picture, picture_response
from profiles.editorial.edit import Refused
from profiles.editorial.intake import ask_for_file, ask_for_text, ask_for_url, drop_intake, lost_of, read_again
from profiles.editorial.keep import keep_intake, same_text
from profiles.models import Intake, Source


def may_capture(user) -> bool:
    """Whether somebody may make versions of sources."""
    return user.is_active and user.has_perm("profiles.add_sourceversion")


@admin.register(Intake)
class IntakeAdmin(OwnScreens, admin.ModelAdmin):
    """The list of captures under way, the form that begins one, and the page of each."""

    may = staticmethod(may_capture)
    folder = "admin/desk/capture"
    list_display = ("what", "state", "of", "asked_by", "at")
    list_filter = ("state",)
    list_select_related = ("by", "source")
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ("css/admin-desk.css", "css/admin-capture.css")}

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw", "text", "transcript", "lost")

    @admin.display(description="what", ordering="pk")
    def what(self, row):
        return str(row)

    @admin.display(description="source", ordering="source")
    def of(self, row):
        return row.source or "a new source"

    @admin.display(description="by", ordering="by")
    def asked_by(self, row):
        return row.by.get_username()

    # -- addresses -----------------------------------------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/state/", wrap(self.state), name="profiles_intake_state"),
            path("<int:pk>/keep/", wrap(self.keep), name="profiles_intake_keep"),
            path("<int:pk>/drop/", wrap(self.drop), name="profiles_intake_drop"),
            path("<int:pk>/again/", wrap(self.again), name="profiles_intake_again"),
            path("<int:pk>/raw/", wrap(self.raw), name="profiles_intake_raw"),
            path("<int:pk>/picture/", wrap(self.picture), name="profiles_intake_picture"),
            *super().get_urls(),
        ]

    # -- screens -------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        self.allowed(request)
        asked = request.GET.get("source", "")
        source = get_object_or_404(Source, pk=asked) if asked else None
        posted = request.method == "POST"
        form = CaptureForm(
            request.POST if posted else None, request.FILES or None, initial={"url": source.url if source else ""}
        )
        if posted and form.is_valid():
            try:
                made = self._ask(form.cleaned_data, by=request.user, source=source)
            except Refused as error:
                for sentence in error.reasons:
                    form.add_error(None, sentence)
            else:
                return HttpResponseRedirect(self.address(made.pk))
        title = "Capture a new version" if source else "Capture a new source"
        return self.respond(request, "ask.html", {"title": title, "form": form, "source": source})

    def _ask(self, given, **values):
        if given["file"]:
            return ask_for_file(
                given["file"].read(), given["file"].name, transcript=given["transcript"], url=given["url"], **values
            )
        if given["text"].strip():
            return ask_for_text(given["text"], url=given["url"], **values)
        return ask_for_url(given["url"], **values)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self.allowed(request)
        found = self.found(object_id if object_id.isdigit() else 0)
        return self._page(request, found)

    def state(self, request, pk):
        self.allowed(request)
        found = Intake.objects.filter(pk=pk).values_list("state", flat=True).first()
        return JsonResponse({"state": found or "gone"})

    def raw(self, request, pk):
        self.allowed(request)
        found = get_object_or_404(Intake, pk=pk, raw__isnull=False)
        return raw_response(bytes(found.raw), found.media_type, f"capture-{pk}")

    def picture(self, request, pk):
        self.allowed(request)
        found = get_object_or_404(Intake, pk=pk, raw__isnull=False)
        return picture_response(bytes(found.raw), found.media_type)

    # -- acts ----------------------------------------------------------------------------------------------

    def keep(self, request, pk):
        found = self.asked(request, pk)
        if not isinstance(found, Intake):
            return found
        form = KeepForm(request.POST, intake=found)
        if not form.is_valid():
            return self._page(request, found, form)
        try:
            made = keep_intake(found, form.wanted(), by=request.user)
        except Refused as error:
            for sentence in error.reasons:
                form.add_error(None, sentence)
            return self._page(request, found, form, status=409)
        version = made.version
        if made.new:
            number = "1 paragraph" if version.paragraphs == 1 else f"{version.paragraphs} paragraphs"
            messages.success(request, f"Kept as {version.pk}: {number}. Read it, and cite from it.")
        else:
            hand = " Its text is at hand now." if made.attached else ""
            messages.info(request, f"No new version: {version.pk} has the very same text.{hand}")
        return HttpResponseRedirect(reverse("admin:profiles_sourceversion_change", args=[version.pk]))

    def drop(self, request, pk):
        found = self.asked(request, pk)
        if not isinstance(found, Intake):
            return found
        drop_intake(found)
        messages.success(request, f"Dropped: {found}. Nothing of it was kept.")
        return HttpResponseRedirect(reverse("admin:profiles_intake_changelist"))

    def again(self, request, pk):
        found = self.asked(request, pk)
        if not isinstance(found, Intake):
            return found
        try:
            read_again(found)
        except Refused as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(self.address(pk))

    # -- beneath -------------------------------------------------------------------------------------------

    def found(self, pk):
        """A row of this list."""
        return get_object_or_404(Intake.objects.select_related("source", "by").defer("raw"), pk=pk)

    def _page(self, request, found, form=None, status=200):
        context = {
            "title": "Look at it before it is kept",
            "subtitle": str(found),
            "intake": found,
            "source": found.source,
        }
        if found.state == "waiting":
            return self.respond(request, "waiting.html", {**context, "title": "It is being read"}, status)
        if found.state == "failed":
            return self.respond(request, "failed.html", {**context, "title": "It could not be read"}, status)
        lost = lost_of(found)
        form = form or KeepForm(None, intake=found)
        text = found.transcript or found.text
        context |= {
            "form": form,
            "paragraphs": text.splitlines(),
            "length": len(text),
            "is_picture": is_picture(found.media_type),
            "lost": _by_kind(one for one in lost if not one.around),
            "around": _by_kind(one for one in lost if one.around),
            "same": same_text(found),
            "beside": proposals_beside(found),
            "known": known_at(found.proposed.get("url") or found.url) if found.source is None else None,
            "open_text": not found.text or "text" in form.errors,
        }
        return self.respond(request, "look.html", context, status)


def _by_kind(lost):
    """[(kind, [words])], kinds in the order in which they first stand on the page."""
    rows = list(lost)
    order = list(dict.fromkeys(one.kind for one in rows))
    rows.sort(key=lambda one: order.index(one.kind))
    return [(kind, [one.words for one in some]) for kind, some in groupby(rows, key=lambda one: one.kind)]
