"""Reviews: what was frozen, before and after, its passages and what stops it; a second person decides."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from profiles.admin.labels import labels, labels_of
from profiles.admin.passages import Shown, beside
from profiles.admin.review_action import choose, may_open, open_chosen, owner_of
from profiles.admin.spelling import AnySpelling, uids_about
from profiles.editorial.edit import Refused
from profiles.editorial.living import people_who_died
from profiles.editorial.reasons import reasons_of
from profiles.editorial.review import drop_review, send_back, why_not_approve
from profiles.editorial.rules import stops
from profiles.exchange.release import release
from profiles.models import Review, ReviewEntry, RevisionEntry
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.deeds import title_of
from profiles.values.diff import Change, changes, spoken


@dataclass(slots=True)
class Item:
    """One frozen change as the reviewer sees it."""

    uid: str
    model: str
    title: str
    what: str
    changes: list[Change]
    context: str = ""
    passages: list[Shown] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    moved: bool = False

    @property
    def statement(self) -> Change | None:
        """The change of the sentence, where it was reworded."""
        return next((change for change in self.changes if change.field == "statement" and change.before), None)

    @property
    def others(self) -> list[Change]:
        """All changes but the sentence's."""
        # What a new document says of its citations stands beneath its passages.
        new = self.what == "new"
        return [
            change
            for change in self.changes
            if change.field not in ("statement", "subject")
            and not (new and self.passages and change.field.endswith((".place", ".bearing", ".voice", ".part")))
        ]


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
        css = {"all": ("css/admin-desk.css",)}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("entries")).prefetch_related("authors")

    def about(self, term):
        """Those whose changes are of, or about, a profile that goes by a name."""
        named = ReviewEntry.objects.filter(uid__in=uids_about(term)).values("review_id")
        return Q(pk__in=named)

    def get_ordering(self, request):
        return (Case(When(state="open", then=Value(0)), default=Value(1)).asc(), "-pk")

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
        return [
            path("<int:pk>/approve/", wrap(self.approve), name="profiles_review_approve"),
            path("<int:pk>/send-back/", wrap(self.send_back), name="profiles_review_send_back"),
            path("<int:pk>/take-back/", wrap(self.take_back), name="profiles_review_take_back"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        if not may_open(request.user):
            raise PermissionDenied
        if request.method == "POST" and "offered" in request.POST:
            return open_chosen(request)
        asked = request.POST if request.method == "POST" else request.GET
        return choose(request, profiles=asked.getlist("profile"), uids=asked.getlist("uid"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = self.get_object(request, unquote(object_id))
        if review is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._page(request, review)

    # -- acts --------------------------------------------------------------------------------------------

    def approve(self, request, pk):
        return self._act(request, pk, lambda review: release(review, by=request.user), "Published: publication {}.")

    def send_back(self, request, pk):
        note = request.POST.get("note", "")
        return self._act(request, pk, lambda review: send_back(review, by=request.user, note=note), "Sent back.")

    def take_back(self, request, pk):
        return self._act(request, pk, lambda review: drop_review(review, by=request.user), "Taken back.", opener=True)

    def _act(self, request, pk, act, said, opener=False):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = get_object_or_404(Review.objects.select_related("opener"), pk=pk)
        own = review.opener_id == request.user.pk
        refusal = (
            ("" if own else "Only who opened a review takes it back.")
            if opener
            else why_not_approve(review, request.user)
        )
        if refusal and review.state == "open":
            return self._refusal(request, review, refusal)
        try:
            made = act(review)
        except Refused as error:
            review.refresh_from_db()
            return self._page(request, review, refused=error.reasons, status=409)
        messages.success(request, said.format(made.pk))
        return HttpResponseRedirect(reverse("admin:profiles_review_change", args=[pk]))

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

    def _page(self, request, review, refused=(), status=200):
        groups, loose = items_of(review)
        flat = [item for _, items in groups for item in items]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Review {review.pk}",
            "subtitle": review.get_state_display(),
            "opts": self.opts,
            "review": review,
            "authors": [user.get_username() for user in review.authors.all()],
            "adopted": adopted_in(review),
            "groups": groups,
            "number": len(flat),
            "stopped": [item for item in flat if item.stops],
            "loose": loose,
            "folded": len(flat) > 60,
            "moved": [item for item in flat if item.moved],
            "why_not": why_not_approve(review, request.user),
            "is_opener": review.opener_id == request.user.pk,
            "refused": refused,
            "media": self.media + forms.Media(),
        }
        return TemplateResponse(request, "admin/desk/review.html", context, status=status)


def adopted_in(review):
    """How many of its changes had no known author, so that they became the opener's."""
    frozen = review.entries.filter(uid=OuterRef("uid"), after=OuterRef("after"))
    adopted = RevisionEntry.objects.filter(Exists(frozen), revision__act="adopt", revision__by=review.opener_id)
    return adopted.values("uid").distinct().count()


def items_of(review):
    """([(heading, items)], stops of no item): the frozen changes by profile; the queries do not grow with them."""
    entries = list(review.entries.order_by("uid"))
    after = read_documents({e.uid: e.after for e in entries if e.after})
    before = read_documents({e.uid: e.before for e in entries if e.before})
    both = [*after.values(), *before.values()]
    names = labels_of(both)
    headings = labels({owner_of(document) for document in both} - {""})
    shown = beside(c for d in after.values() if isinstance(d, docs.Claim) for c in d.citations)
    public, stopped = {}, {}
    if review.state == "open":
        public = published_digests([e.uid for e in entries])
        for stop in stops(after, people_who_died(after), reasons_of(review), note=review.note):
            stopped.setdefault(stop.uid, []).append(stop.message)
    groups = {}
    for entry in entries:
        new, old = after.get(entry.uid), before.get(entry.uid)
        document = new or old
        if document is None:
            item = Item(entry.uid, entry.model, "The text was redacted.", "redacted", [])
            groups.setdefault("Redacted", []).append(item)
            continue
        item = Item(
            entry.uid,
            entry.model,
            title_of(document),
            "changed" if old and new else "new" if new else "taken out",
            changes(old, new, names),
            context_of(document),
            [shown[c.uid] for c in new.citations] if isinstance(new, docs.Claim) else [],
            stopped.pop(entry.uid, []),
            review.state == "open" and public.get(entry.uid, "") != entry.before,
        )
        owner = owner_of(document)
        heading = headings.get(owner, owner) if owner else "Sources, speakers, places and lists"
        groups.setdefault(heading, []).append(item)
    loose = [f"{uid}: {message}" for uid, messages_ in stopped.items() for message in messages_]
    return sorted(groups.items()), loose


def context_of(document):
    """What a changed sentence is read with: its question, date, voice and standing."""
    if not isinstance(document, docs.Claim):
        return ""
    told = [spoken(document, name) for name in ("topic", "aspect", "when", "voice")]
    told += [spoken(document, "standing")] if document.standing != "stands" else []
    return " · ".join(filter(None, told))
