"""Staging on the screen: upload files, read the report or the differences, accept, drop."""

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from profiles.admin.form import tidy
from profiles.admin.own_screens import OwnScreens
from profiles.admin.review_action import may_open
from profiles.admin.stage_diff import PAGE, items_of
from profiles.editorial.edit import Refused
from profiles.exchange.acceptance import accept, drop
from profiles.exchange.spool import where
from profiles.exchange.staging import counted, report_rows, stage
from profiles.exchange.tables import template_csv, template_xlsx, write_csv
from profiles.models import Revision, RevisionEntry, Stage

MOST_BYTES = 32 * 2**20
SHOWN_FAULTS = 500
TEMPLATES = {
    "csv": (template_csv, "text/csv; charset=utf-8"),
    "xlsx": (template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class ManyFiles(forms.ClearableFileInput):
    """One control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked for its size."""

    def clean(self, data, initial=None):
        given = (data if isinstance(data, list | tuple) else [data]) or [None]
        found = [super(FilesField, self).clean(one, initial) for one in given]
        for one in found:
            if one.size > MOST_BYTES:
                raise forms.ValidationError(f"{one.name} has more than {MOST_BYTES // 2**20} MB: split it.")
        return found


class UploadForm(forms.Form):
    """Files, and why they are brought in."""

    files = FilesField(
        label="Files",
        widget=ManyFiles(attrs={"accept": ".csv,.xlsx,.yaml,.jsonl"}),
        help_text="Tables of claims (.csv, .xlsx), fixtures (.yaml) or lines (.jsonl). All are read as one set.",
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="Kept in the history with what is accepted.",
    )


@admin.register(Stage)
class StageAdmin(OwnScreens, admin.ModelAdmin):
    """The list of staged sets, the page of one, and what may be done with it."""

    may = staticmethod(may_open)
    list_display = ("number", "state", "names", "staged_by", "at", "left", "faulty")
    list_filter = ("state",)
    list_select_related = ("by",)
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ("css/admin-desk.css",)}
        js = (forms.Script("js/busy.js", defer=True),)

    def get_queryset(self, request):
        left = Count("rows", filter=Q(rows__revision=None), distinct=True)
        return super().get_queryset(request).annotate(waiting=left, wrong=Count("faults", distinct=True))

    # -- columns -----------------------------------------------------------------------------------------

    @admin.display(description="set", ordering="pk")
    def number(self, row):
        return f"Staging {row.pk}"

    @admin.display(description="files")
    def names(self, row):
        return ", ".join(row.files)

    @admin.display(description="by", ordering="by")
    def staged_by(self, row):
        return row.by.get_username() if row.by else "the command line"

    @admin.display(description="waiting")
    def left(self, row):
        return row.waiting if row.state == "staged" else ""

    @admin.display(description="wrong")
    def faulty(self, row):
        return row.wrong or ""

    # -- addresses -----------------------------------------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("template.<str:kind>", wrap(self.template), name="profiles_stage_template"),
            path("<int:pk>/report.csv", wrap(self.report), name="profiles_stage_report"),
            path("<int:pk>/accept/", wrap(self.accept), name="profiles_stage_accept"),
            path("<int:pk>/drop/", wrap(self.drop), name="profiles_stage_drop"),
            *super().get_urls(),
        ]

    # -- screens -------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        self.allowed(request)
        form = UploadForm(request.POST or None, request.FILES or None, initial={"reason": self._reason(request)})
        if request.method == "POST" and form.is_valid():
            files = [(one.name, one.file) for one in form.cleaned_data["files"]]
            made = stage(files, by=request.user, reason=tidy(form.cleaned_data["reason"]))
            for warning in made.warnings:
                messages.warning(request, warning)
            if made.faults:
                messages.error(request, f"Nothing was staged: {len(made.faults)} wrong. Mend them and upload again.")
            else:
                messages.success(request, f"Staged: {made}. No draft was touched yet.")
            if report := self._mended(request):
                drop(report, by=request.user)
                messages.info(request, f"The report of staging {report.pk}, which this stands in for, is dropped.")
            return HttpResponseRedirect(self.address(made.stage.pk))
        return self.respond(request, "stage_upload.html", {"title": "Bring in files", "form": form})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self.allowed(request)
        found = self.found(object_id if object_id.isdigit() else 0)
        return self._page(request, found)

    def report(self, request, pk):
        self.allowed(request)
        found = get_object_or_404(Stage, pk=pk)
        response = StreamingHttpResponse(write_csv(report_rows(found)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="staging-{pk}-report.csv"'
        return response

    def template(self, request, kind):
        self.allowed(request)
        if kind not in TEMPLATES:
            return HttpResponse("There is no such template.", status=404, content_type="text/plain")
        make, content_type = TEMPLATES[kind]
        response = HttpResponse(make(), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="claims-template.{kind}"'
        return response

    # -- acts ----------------------------------------------------------------------------------------------

    def accept(self, request, pk):
        found = self.asked(request, pk)
        if not isinstance(found, Stage):
            return found
        uids = None if "all" in request.POST else request.POST.getlist("uid")
        try:
            outcome = accept(found, uids, by=request.user)
        except Refused as error:
            found.refresh_from_db()
            return self._page(request, found, refused=error.reasons, ticked=set(uids or ()), status=409)
        made = [*outcome.added, *outcome.changed, *outcome.retracted]
        messages.success(
            request,
            f"Accepted as drafts: {len(outcome.added)} new, {len(outcome.changed)} changed, "
            f"{len(outcome.removed)} removed, {len(outcome.retracted)} retracted.",
        )
        if "review" in request.POST and made:
            return HttpResponseRedirect(f"{reverse('admin:profiles_review_add')}?revision={outcome.revision.pk}")
        return HttpResponseRedirect(self.address(pk))

    def drop(self, request, pk):
        found = self.asked(request, pk)
        if not isinstance(found, Stage):
            return found
        try:
            drop(found, by=request.user)
        except Refused as error:
            found.refresh_from_db()
            return self._page(request, found, refused=error.reasons, status=409)
        messages.success(request, f"Dropped: staging {pk}.")
        return HttpResponseRedirect(reverse("admin:profiles_stage_changelist"))

    def _reason(self, request):
        """The reason of the set that a mended file stands in for, so that nobody types it twice."""
        found = self._mended(request)
        return found.reason if found else ""

    def _mended(self, request):
        """The refused set that an upload stands in for."""
        again = request.GET.get("again", "")
        number = int(again) if again.isascii() and again.isdigit() and len(again) < 10 else 0
        return Stage.objects.filter(pk=number, state="refused").first()

    def found(self, pk):
        """A row of this list."""
        return get_object_or_404(Stage.objects.select_related("by"), pk=pk)

    def _page(self, request, found, refused=(), ticked=None, status=200):
        context = {"title": f"Staging {found.pk}", "subtitle": found.get_state_display(), "stage": found,
                   "refused": refused}  # fmt: skip
        if found.state == "refused":
            faults = list(found.faults.all()[: SHOWN_FAULTS + 1])
            context |= {
                "faults": faults[:SHOWN_FAULTS],
                "wrong": found.faults.count(),
                "more": len(faults) > SHOWN_FAULTS,
                "unit": "Row" if any(where(name) == "row" for name in found.files) else "Line",
            }
            return self.respond(request, "stage_report.html", context, status)
        page = Paginator(found.rows.order_by("pk"), PAGE).get_page(request.GET.get("page"))
        context |= {
            "counts": counted(found),
            "page": page,
            "groups": items_of(found, page.object_list, ticked),
            "waiting": found.rows.filter(revision=None).count(),
            "revisions": _accepted(found),
        }
        return self.respond(request, "stage.html", context, status)


def _accepted(found):
    """The revisions that a set was accepted as, each with whether anything stands as it brought it in."""
    later = RevisionEntry.objects.filter(uid=OuterRef("uid"), revision__gt=OuterRef("revision"))
    standing = RevisionEntry.objects.filter(~Exists(later), revision=OuterRef("pk"))
    revisions = Revision.objects.filter(pk__in=found.rows.exclude(revision=None).values("revision"))
    return list(revisions.annotate(stands=Exists(standing)).order_by("pk"))
