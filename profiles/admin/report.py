"""What readers report: a list, and a page on which an editor reads a message, goes to the claim, and closes it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Q, Value, When
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from profiles.admin.form import tidy
from profiles.admin.publication import ReadOnlyAdmin
from profiles.admin.spelling import AnySpelling, uids_about
from profiles.editorial.edit import Refused
from profiles.editorial.reports import close_report
from profiles.models import Claim, Report
from profiles.models.editions import published_digests, read_documents

LONGEST = 5_000


class OverdueFilter(admin.SimpleListFilter):
    """Those whose date has passed."""

    title = "due"
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("1", "overdue")]

    def queryset(self, request, queryset):
        return queryset.overdue(timezone.now().date()) if self.value() else queryset


class AnswerForm(forms.Form):
    """What came of a report; the button says whether it is answered or declined."""

    state = forms.ChoiceField(choices=[("answered", "Answered"), ("declined", "Declined")])
    answer = forms.CharField(
        label="What came of it",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "dir": "auto"}),
        help_text="For the desk: what was found, what was changed, what was written back. Readers never see it.",
        error_messages={
            "required": "Say what came of it.",
            "max_length": "%(show_value)d characters, and %(limit_value)d are the most.",
        },
    )

    def clean_answer(self):
        return tidy(self.cleaned_data["answer"])


@admin.action(description="Decline: not about the claim", permissions=["handle"])
def decline(modeladmin, request, queryset):
    """The chosen open ones, each by itself: for floods."""
    closed = 0
    for report in queryset.waiting().order_by("pk"):
        try:
            close_report(report, "declined", by=request.user, answer="Not about the claim.")
        except Refused as error:
            messages.error(request, f"Report {report.pk}: {error}")
        else:
            closed += 1
    messages.success(request, f"{closed} declined.")


@admin.register(Report)
class ReportAdmin(AnySpelling, ReadOnlyAdmin):
    """Messages of readers, those that wait first."""

    list_display = ("number", "kind", "of_claim", "said", "received", "due_on", "state", "who")
    list_filter = ("state", "kind", OverdueFilter)
    list_select_related = ("handled_by",)
    search_fields = ("claim", "text", "evidence", "link", "answer")
    search_help_text = "Uid of the claim, words of the message, or a name of a profile, in any spelling."
    spelled_fields = ("text", "evidence")
    actions = (decline,)

    class Media:
        css = {"all": ("css/admin-desk.css",)}

    def about(self, term):
        """Those about a claim of, or about, a profile that goes by a name."""
        return Q(claim__in=uids_about(term))

    def get_ordering(self, request):
        return (Case(When(state="open", then=Value(0)), default=Value(1)).asc(), F("due").asc(nulls_last=True), "pk")

    def has_handle_permission(self, request):
        """Asked for the action "decline"."""
        return request.user.is_active and request.user.has_perm("profiles.handle_report")

    # -- columns -----------------------------------------------------------------------------------------

    @admin.display(description="report", ordering="pk")
    def number(self, row):
        return f"Report {row.pk}"

    @admin.display(description="claim", ordering="claim")
    def of_claim(self, row):
        return row.claim

    @admin.display(description="message")
    def said(self, row):
        return format_html('<span class="desk-told-short" dir="auto">{}</span>', Truncator(row.text).chars(120))

    @admin.display(description="due", ordering="due")
    def due_on(self, row):
        if row.due and row.state == "open" and row.due < timezone.now().date():
            return format_html('<span class="mark mark-warn">{}</span>', f"overdue: {row.due:%-d %b %Y}")
        return f"{row.due:%-d %b %Y}" if row.due else ""

    @admin.display(description="closed by", ordering="handled_by")
    def who(self, row):
        return row.handled_by.get_username() if row.handled_by else ""

    # -- the page ----------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = self.get_object(request, unquote(object_id))
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST":
            return self._page(request, report, AnswerForm())
        if not self.has_handle_permission(request):
            raise PermissionDenied
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._page(request, report, form, 400)
        try:
            close_report(report, form.cleaned_data["state"], by=request.user, answer=form.cleaned_data["answer"])
        except Refused as error:
            report.refresh_from_db()
            form.add_error(None, str(error))
            return self._page(request, report, form, 409)
        messages.success(request, f"Report {report.pk} is closed.")
        return HttpResponseRedirect(reverse("admin:index"))

    def _page(self, request, report, form, status=200):
        seen = read_documents({report.claim: report.sha256}).get(report.claim)
        public = published_digests([report.claim]).get(report.claim, "")
        claim = Claim.objects.filter(pk=report.claim).select_related("subject").first()
        context = {
            **self.admin_site.each_context(request),
            "title": f"Report {report.pk}",
            "subtitle": report.get_kind_display(),
            "opts": self.opts,
            "report": report,
            "seen": seen.statement if seen else "",
            "claim": claim,
            "changed": public != report.sha256,
            "public": public,
            "overdue": report.state == "open" and report.due and report.due < timezone.now().date(),
            "form": form,
            "may_handle": self.has_handle_permission(request),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/report.html", context, status=status)
