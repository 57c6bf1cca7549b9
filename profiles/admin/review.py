"""Reviews: the list of them, the page of one, and what a second person or the opener does with it."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Q, Value, When
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from profiles.admin.review_action import choose, left_by, may_open, open_chosen
from profiles.admin.review_page import Outline, adopted_in, read_page, refused_claims
from profiles.admin.spelling import AnySpelling, uids_about
from profiles.editorial.decide import Said, decide, pass_rest
from profiles.editorial.edit import Refused
from profiles.editorial.freeze import freeze_again, why_not_freeze_again
from profiles.editorial.review import drop_review, send_back, why_no_second_person, why_not_approve
from profiles.editorial.schedule import cancel_schedule, schedule_review, why_not_cancel
from profiles.exchange.release import release
from profiles.models import Review, ReviewEntry
from profiles.values.vocabulary import PUBLICATION_KIND


@admin.action(description="Approve and publish", permissions=["approve"])
def approve_and_publish(modeladmin, request, queryset):
    """The chosen reviews, each by itself, the oldest first; what is refused is told with its reasons."""
    for review in Review.objects.filter(pk__in=list(queryset.order_by().values_list("pk", flat=True))).order_by("pk"):
        try:
            made = release(review, by=request.user)
        except Refused as error:
            messages.error(request, f"Review {review.pk} is not published: {' '.join(error.reasons)}")
        else:
            messages.success(request, f"Review {review.pk} is published: publication {made.pk}.")


class ReviewAdmin(AnySpelling, admin.ModelAdmin):
    """The list of reviews, the page of one, and what may be done with it."""

    list_display = ("number", "state", "kind", "opened_by", "opened_at", "changed", "may_decide", "decided_by")
    list_filter = ("state",)
    list_select_related = ("opener", "decided_by", "publication")
    search_fields = ("note", "remark", "entries__uid")
    search_help_text = "Uid of a change, words of the notes, or a name of a profile, in any spelling."
    spelled_fields = ("note", "remark")
    actions = (approve_and_publish,)
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ("css/admin-desk.css", "css/admin-review.css", "css/admin-picture.css")}
        js = (forms.Script("js/busy.js", defer=True),)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("entries")).prefetch_related("authors")

    def about(self, term):
        """Those whose changes are of, or about, a profile that goes by a name."""
        named = ReviewEntry.objects.filter(uid__in=uids_about(term)).values("review_id")
        return Q(pk__in=named)

    def get_ordering(self, request):
        waits = Case(When(state="open", then=Value(0)), When(state="scheduled", then=Value(1)), default=Value(2))
        return (waits.asc(), "-pk")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        for row in changelist.result_list:
            row.why_not = why_not_approve(row, request.user)
        return changelist

    # -- columns -----------------------------------------------------------------------------------------

    @admin.display(description="review", ordering="pk")
    def number(self, row):
        return f"Review {row.pk}"

    @admin.display(description="opened by", ordering="opener")
    def opened_by(self, row):
        return row.opener.get_username()

    @admin.display(description="changes")
    def changed(self, row):
        return row.size

    @admin.display(description="may I decide?")
    def may_decide(self, row):
        return "yes" if not row.why_not else f"no: {row.why_not}"

    # -- rights and addresses ------------------------------------------------------------------------------

    def has_add_permission(self, request):
        return may_open(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_approve_permission(self, request):
        """Asked for the action "approve and publish"."""
        return request.user.is_active and request.user.has_perm("profiles.approve_review")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        acts = {
            "decide": self.decide,
            "pass": self.pass_rest,
            "approve": self.approve,
            "schedule": self.schedule,
            "cancel": self.cancel,
            "send-back": self.send_back,
            "take-back": self.take_back,
            "freeze-again": self.freeze_again,
        }
        return [
            *(
                path(f"<int:pk>/{act}/", wrap(view), name=f"profiles_review_{act.replace('-', '_')}")
                for act, view in acts.items()
            ),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        if not may_open(request.user):
            raise PermissionDenied
        if request.method == "POST" and "offered" in request.POST:
            return open_chosen(request)
        asked = request.POST if request.method == "POST" else request.GET
        uids = [*asked.getlist("uid"), *left_by(asked.get("revision", ""))]
        return choose(request, profiles=asked.getlist("profile"), uids=uids)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = self.get_object(request, unquote(object_id))
        if review is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._page(request, review)

    # -- acts of a second person -----------------------------------------------------------------------------

    def decide(self, request, pk):
        said = Said(
            request.POST.get("uid", "")[:64],
            request.POST.get("sha256", "")[:64],
            request.POST.get("verdict", ""),
            request.POST.get("comment", ""),
        )

        def act(review):
            decide(review, [said], by=request.user)
            outline = Outline(review)
            following = outline.next_after(said.uid)
            return outline.link_to(following) if following else f"?p={outline.page_of(said.uid)}#review-bar"

        return self._act(request, pk, act, "", typed={said.uid: said.comment})

    def pass_rest(self, request, pk):
        def act(review):
            pass_rest(review, by=request.user)
            return "#review-bar"

        return self._act(request, pk, act, "Passed together.")

    def approve(self, request, pk):
        return self._act(request, pk, lambda review: release(review, by=request.user), "Published: publication {}.")

    def schedule(self, request, pk):
        def act(review):
            schedule_review(review, by=request.user, at=_time(request.POST.get("at", "")))

        return self._act(request, pk, act, "Approved: it is published at its time.")

    def send_back(self, request, pk):
        note = request.POST.get("note", "")
        return self._act(request, pk, lambda review: send_back(review, by=request.user, note=note), "Sent back.")

    # -- acts of the opener ----------------------------------------------------------------------------------

    def take_back(self, request, pk):
        return self._act(request, pk, lambda review: drop_review(review, by=request.user), "Taken back.", _not_opener)

    def freeze_again(self, request, pk):
        def act(review):
            made = freeze_again(review, by=request.user)
            return reverse("admin:profiles_review_change", args=[made.pk])

        return self._act(request, pk, act, "Frozen again, as its drafts are now.", _not_opener)

    def cancel(self, request, pk):
        return self._act(
            request, pk, lambda review: cancel_schedule(review, by=request.user), "Open again.", _not_cancel
        )

    def _act(self, request, pk, act, said, why_not=None, typed=None):
        """Do one thing to a review and go back to it; `act` returns where to, or a publication, or nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = get_object_or_404(Review.objects.select_related("opener"), pk=pk)
        if refusal := (why_not or why_no_second_person)(review, request.user):
            return self._refusal(request, review, refusal)
        try:
            made = act(review)
        except Refused as error:
            review.refresh_from_db()
            return self._page(request, review, refused=error.reasons, status=409, typed=typed)
        if said:
            messages.success(request, said.format(getattr(made, "pk", "")))
        here = reverse("admin:profiles_review_change", args=[pk])
        if isinstance(made, str):
            here = made if made.startswith("/") else here + made
        return HttpResponseRedirect(here)

    def _refusal(self, request, review, reason):
        context = {
            **self.admin_site.each_context(request),
            "title": "You may not do this",
            "opts": self.opts,
            "review": review,
            "reason": reason,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/refused.html", context, status=403)

    def _page(self, request, review, refused=(), status=200, typed=None):
        outline = Outline(review)
        asked = request.GET.get("p", "1")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        if typed and (uid := next(iter(typed))) in outline.entries:
            page = outline.page_of(uid)
        read = read_page(outline, page, typed)
        first = outline.waiting[0] if outline.waiting else ""
        soon = timezone.now() + timedelta(hours=1)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Review {review.pk}",
            "subtitle": review.get_state_display(),
            "opts": self.opts,
            "review": review,
            "authors": [user.get_username() for user in review.authors.all()],
            "adopted": adopted_in(review),
            "kind": PUBLICATION_KIND.label(review.kind),
            "outline": outline,
            "read": read,
            "groups": read.groups,
            "number": read.number,
            "first": outline.link_to(first) if first else "",
            "sent_back": refused_claims(outline) if outline.refused else [],
            "why_not": why_not_approve(review, request.user),
            "blocked": bool(read.stopped or read.loose or read.moved or outline.waiting or outline.refused),
            "is_opener": review.opener_id == request.user.pk,
            "may_freeze": not why_not_freeze_again(review, request.user),
            "may_cancel": not why_not_cancel(review, request.user),
            "soon": soon.replace(minute=0, second=0, microsecond=0),
            "refused": refused,
            "media": self.media + forms.Media(),
        }
        return TemplateResponse(request, "admin/desk/review.html", context, status=status)


def _not_opener(review, user):
    return "" if review.opener_id == user.pk else "Only who opened a review does this."


def _not_cancel(review, user):
    # The state is told on the page, with all else that it says.
    return why_not_cancel(review, user) if review.state == "scheduled" else ""


def _time(typed):
    """A time as the field sends it, in UTC."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        raise Refused("Give the time as year-month-day and hour:minute, in UTC: 2026-05-31T18:00.") from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
