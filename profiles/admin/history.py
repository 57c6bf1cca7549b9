"""The history of documents: who changed them, when, why, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from profiles.admin.labels import labels_of
from profiles.models import Revision, RevisionEntry
from profiles.models.editions import read_documents
from profiles.values.diff import Change, changes


@dataclass(frozen=True, slots=True)
class Act:
    """One revision, as far as it touches the documents asked about."""

    revision: Revision
    uids: tuple[str, ...]
    changes: list[Change] = field(default_factory=list)
    gone: bool = False

    @property
    def by(self) -> str:
        """Who did it."""
        return self.revision.by.get_username() if self.revision.by else "nobody known"


def revisions_of(uids: Iterable[str], *, limit: int, told: bool = False) -> list[Act]:
    """The newest revisions that touch these documents; one query, and with `told` their changes in words."""
    rows = RevisionEntry.objects.filter(uid__in=list(uids)).order_by("-revision_id", "uid")
    # More entries than acts: an import touches a whole profile at once.
    entries = list(rows.select_related("revision__by")[: limit * 40])
    grouped: dict[int, list[RevisionEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.revision_id, []).append(entry)
    acts = list(grouped.values())[:limit]
    if not told:
        return [Act(some[0].revision, tuple(entry.uid for entry in some)) for some in acts]
    documents = read_documents({sha: sha for some in acts for e in some for sha in (e.before, e.after) if sha})
    names = labels_of(documents.values())
    return [
        Act(
            some[0].revision,
            tuple(entry.uid for entry in some),
            [
                change
                for e in some
                if e.before
                for change in changes(documents.get(e.before), documents.get(e.after), names)
            ]
            if any(e.after for e in some)
            else [],
            gone=not any(e.after for e in some),
        )
        for some in acts
    ]


class HistoryScreen:
    """The page that tells a document's history, for its admin."""

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": Truncator(row).chars(120),
            "object": row,
            "opts": self.opts,
            "history": revisions_of([row.pk], limit=200, told=True),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)
