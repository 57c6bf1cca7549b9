"""Where a draft stands: published as it is, differing, not published, or changed outside the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.html import format_html, format_html_join

from profiles.editorial.mapping import read_rows
from profiles.models import Claim, PublishedDocument, Review, ReviewEntry
from profiles.models.editions import published_digests
from profiles.values import documents as docs

PUBLISHED, DIFFERS, NEW, OUTSIDE = "published", "draft differs", "not published", "row changed outside the desk"
_CLASSES = {PUBLISHED: "ok", DIFFERS: "differs", NEW: "new", OUTSIDE: "outside", "under review": "review"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One word about a row, with its colour."""

    text: str

    @property
    def look(self) -> str:
        """The class that gives the colour."""
        return _CLASSES.get(self.text, "warn")


def marks_of(
    drafts: dict[str, docs.Document], kept: dict[str, str], published: dict[str, str], reviewed: Iterable[str] = ()
) -> dict[str, list[Mark]]:
    """Uid -> its marks. `kept` holds what the last known way in left (`draft_digest`)."""
    found = {}
    under = set(reviewed)
    for uid, document in drafts.items():
        sha = docs.digest(document)
        public = published.get(uid)
        marks = [PUBLISHED if public == sha else DIFFERS if public else NEW]
        if kept.get(uid) != sha:
            marks.append(OUTSIDE)
        if uid in under and public != sha:
            marks.append("under review")
        found[uid] = [Mark(text) for text in marks]
    return found


def marks_html(marks: Iterable[Mark]) -> str:
    """Marks for a cell."""
    return format_html_join(" ", '<span class="mark mark-{}">{}</span>', ((m.look, m.text) for m in marks))


def under_review(uids: Iterable[str]) -> set[str]:
    """Those that a review names which is not closed."""
    found = ReviewEntry.objects.filter(uid__in=list(uids), review__state__in=Review.PENDING)
    return set(found.values_list("uid", flat=True))


def with_published(rows: QuerySet) -> QuerySet:
    """Annotate `published_sha`: what is public under the row's uid."""
    public = PublishedDocument.objects.filter(uid=OuterRef("pk")).values("sha256")[:1]
    return rows.annotate(published_sha=Subquery(public))


def drafts_touching() -> QuerySet:
    """Claims around the outer profile whose draft is not what is published."""
    same = PublishedDocument.objects.filter(uid=OuterRef("pk"), sha256=OuterRef("draft_digest"))
    touching = Claim.objects.filter(Q(subject=OuterRef("pk")) | Q(about=OuterRef("pk"))).order_by()
    return touching.filter(~Exists(same))


class DeskChangeList(ChangeList):
    """A list whose rows know where they stand: a fixed number of queries a page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        mark_rows(self.result_list)


def mark_rows(rows: list[Any]) -> None:
    """Give each row `marks`."""
    uids = [row.pk for row in rows]
    drafts = read_rows(uids) if uids else {}
    kept = {row.pk: row.draft_digest for row in rows}
    found = marks_of(drafts, kept, published_digests(uids))
    for row in rows:
        row.marks = found.get(row.pk, [])


@admin.display(description="draft")
def draft(row):
    """The column of marks."""
    extra = getattr(row, "drafts", 0)
    standing = getattr(row, "standing", "stands")
    told = marks_html([*row.marks, *([Mark(standing)] if standing != "stands" else [])])
    if extra:
        told = format_html('{} <span class="mark mark-differs">{} in claims</span>', told, extra)
    return told


class DraftFilter(admin.SimpleListFilter):
    """Lists by where the draft stands, as the last known way in left it."""

    title = "draft"
    parameter_name = "draft"

    def lookups(self, request, model_admin):
        return [("published", PUBLISHED), ("differs", DIFFERS), ("new", NEW), ("any", "differs or not published")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        rows = with_published(queryset)
        if self.value() == "published":
            return rows.filter(published_sha=F("draft_digest"))
        if self.value() == "differs":
            return rows.filter(published_sha__isnull=False).exclude(published_sha=F("draft_digest"))
        if self.value() == "new":
            return rows.filter(published_sha__isnull=True)
        return rows.filter(Q(published_sha__isnull=True) | ~Q(published_sha=F("draft_digest")))
