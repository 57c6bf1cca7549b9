"""Put up for review: from a list, from a profile, or chosen by hand; one page asks for kind, note and what goes in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from profiles.admin.form import tidy
from profiles.admin.labels import labels, labels_of
from profiles.admin.marks import under_review
from profiles.admin.review_item import owner_of
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows, read_touching
from profiles.editorial.review import open_review, taken_back, with_needed, writers_of_each
from profiles.models import Profile, Review, RevisionEntry, User
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.deeds import title_of
from profiles.values.diff import changes
from profiles.values.vocabulary import PUBLICATION_KIND

# Taking down is an act of its own.
KINDS = [pair for pair in PUBLICATION_KIND.choices if pair[0] not in ("withdrawal", "redaction")]
# Beyond this a box is a profile's, so that the form stays under Django's limit of fields.
BOXES = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: what it stands for, and what would change."""

    value: str
    title: str
    told: str
    ticked: bool
    what: str
    reviewed: bool = False
    by: str = ""
    also: str = ""


class OpenForm(forms.Form):
    """Kind and public note of the publication to be, and a remark for the reviewer's eyes."""

    kind = forms.ChoiceField(choices=KINDS)
    note = forms.CharField(
        label="Public note",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Readers see it beside the publication. No names of ours.",
    )
    remark = forms.CharField(
        label="Remark to the reviewer",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Stays in the house.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["note"] = tidy(cleaned.get("note", ""))
        if cleaned.get("kind") in ("correction", "retraction") and not cleaned["note"]:
            self.add_error("note", "Say in public what was wrong.")
        return cleaned


@admin.action(description="Put up for review", permissions=["open_review"])
def put_up_for_review(modeladmin, request, queryset):
    """The chosen profiles' drafts, or the chosen claims, with what they need to be public."""
    uids = list(queryset.order_by().values_list("pk", flat=True))
    whole = modeladmin.model._meta.concrete_model is Profile
    return choose(request, profiles=uids) if whole else choose(request, uids=uids)


def choose(request: HttpRequest, *, profiles: Iterable[str] = (), uids: Iterable[str] = ()) -> HttpResponse:
    """The page that shows what would go into the review."""
    documents = read_touching(profiles) if profiles else {}
    documents |= read_rows(uids) if uids else {}
    needed = with_needed(documents)
    if not needed:
        messages.info(request, "Nothing there differs from what is published.")
        return HttpResponseRedirect(request.headers.get("Referer") or reverse("admin:index"))
    # Who chose by hand has chosen; of profiles, an editor's own are ticked that no review has, and their needs.
    ticked = {*needed} if uids else _own(request, needed)
    if not ticked:
        messages.info(request, "None of these changes is yours and not under review yet: tick what is to go in.")
    return _page(request, OpenForm(initial=_initial(ticked)), needed, ticked)


def left_by(revision: str) -> list[str]:
    """The uids of what a revision wrote and did not remove; nothing where there is no such revision."""
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    return list(RevisionEntry.objects.filter(revision=number).exclude(after="").values_list("uid", flat=True))


def _own(request: HttpRequest, uids: list[str]) -> set[str]:
    """Those that this editor had a hand in since they were published, with what they need to be public."""
    drafts = read_rows(uids)
    each = _writers(drafts)
    # What a review under way has is not put up twice, but where another change needs it.
    reviewed = under_review(uids)
    own = {uid for uid in uids if request.user.pk in each[uid] and uid not in reviewed}
    return set(with_needed({uid: drafts[uid] for uid in own})) if own else set()


def _writers(drafts: dict[str, docs.Document]) -> dict[str, set[int]]:
    each, _ = writers_of_each({uid: docs.digest(d) for uid, d in drafts.items()}, published_digests(drafts))
    return each


def open_chosen(request: HttpRequest) -> HttpResponse:
    """Open the review of what is ticked; shown again where that needs something which is not."""
    offered = request.POST.get("offered", "").split()
    ticked = {uid for value in request.POST.getlist("change") for uid in value.split()}
    form = OpenForm(request.POST)
    needed = set(with_needed(read_rows(ticked)))
    missing = needed - ticked
    if not form.is_valid():
        return _page(request, form, sorted({*offered, *ticked}), ticked)
    if missing:
        told = ", ".join(sorted(missing)[:12])
        form.add_error(None, f"What you ticked needs these too, and they are ticked now: {told}. Look, and send again.")
        return _page(request, form, sorted({*offered, *ticked, *missing}), ticked | missing)
    try:
        review = open_review(
            ticked,
            by=request.user,
            kind=form.cleaned_data["kind"],
            note=form.cleaned_data["note"],
            remark=form.cleaned_data["remark"],
        )
    except Refused as error:
        for sentence in error.reasons:
            form.add_error(None, sentence)
        return _page(request, form, sorted({*offered, *ticked}), ticked)
    messages.success(request, f"Review {review.pk} is open: a second person decides on it.")
    return HttpResponseRedirect(reverse("admin:profiles_review_change", args=[review.pk]))


def _initial(uids: set[str]) -> dict[str, str]:
    """The kind, and for what is taken back the notes that readers will see at the claims."""
    drafts, public = read_rows(uids), published_digests(uids)
    if taken := taken_back(drafts, public):
        notes = {d.standing_note: None for uid in taken if isinstance(d := drafts[uid], docs.Claim)}
        return {"kind": "retraction", "note": " ".join(filter(None, notes))}
    return {"kind": "update" if public else "new"}


def _page(request: HttpRequest, form: OpenForm, uids: list[str], ticked: set[str]) -> HttpResponse:
    if not may_open(request.user):
        raise PermissionDenied
    drafts = read_rows(uids)
    public = published_digests(uids)
    before = read_documents(public)
    drafts = {uid: d for uid, d in drafts.items() if public.get(uid) != docs.digest(d)}
    names = labels_of([*drafts.values(), *before.values()])
    headings = labels({uid for document in drafts.values() for uid in docs.touched(document)})
    each = _writers(drafts)
    people = dict(User.objects.filter(pk__in=set().union(*each.values())).values_list("pk", "username"))
    reviewed = under_review(drafts)
    groups: dict[str, list[Choice]] = {}
    for uid, document in sorted(drafts.items()):
        told = "; ".join(c.label.lower() for c in changes(before.get(uid), document, names)) if uid in before else ""
        owner = owner_of(document)
        heading = headings.get(owner, owner) if owner else "Sources, speakers, places and lists"
        what = "changed" if uid in before else "new"
        groups.setdefault(heading, []).append(
            Choice(
                uid,
                title_of(document),
                told,
                uid in ticked,
                what,
                uid in reviewed,
                by=", ".join(sorted(people[pk] for pk in each[uid])) or "nobody known",
                also=", ".join(headings.get(one, one) for one in docs.touched(document) if one != owner),
            )
        )
    if len(drafts) > BOXES:
        groups = {heading: list(_boxes_of(heading, some)) for heading, some in groups.items()}
    context = {
        **admin.site.each_context(request),
        "title": "Put up for review",
        "opts": Review._meta,
        "form": form,
        "groups": sorted(groups.items()),
        "offered": " ".join(drafts),
        "number": len(drafts),
        "media": forms.Media(css={"all": ("css/admin-desk.css",)}),
    }
    return TemplateResponse(request, "admin/desk/open_review.html", context)


def _boxes_of(heading: str, some: list[Choice]) -> Iterator[Choice]:
    """One box for what is ticked and one for what is not, so that nobody's changes go in with another's."""
    for ticked in (True, False):
        if here := [choice for choice in some if choice.ticked is ticked]:
            values = " ".join(choice.value for choice in here)
            reviewed = any(choice.reviewed for choice in here)
            yield Choice(values, f"{heading}: {len(here)} documents", "", ticked, "all", reviewed)


def may_open(user: AbstractBaseUser) -> bool:
    """Whether somebody may put changes up for review."""
    return user.is_active and user.has_perm("profiles.open_review")
