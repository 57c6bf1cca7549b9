"""The history of documents: who changed them, when, why, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator

from profiles.admin.labels import labels_of
from profiles.editorial.accounts import has_right
from profiles.models import Claim, Profile, Revision, RevisionEntry
from profiles.models.editions import read_documents
from profiles.values import documents as docs
from profiles.values.deeds import Deed, deed

PAGE = 20  # acts
_SCREENS = {"version": "sourceversion"}
MOST = 40  # documents of one act; the revision's own page has all


@dataclass(frozen=True, slots=True)
class Act:
    """One revision, as far as it touches the documents asked about; `more` of them are not told."""

    revision: Revision
    uids: tuple[str, ...]
    deeds: tuple[Deed, ...] = ()

    @property
    def by(self) -> str:
        """Who did it."""
        return self.revision.by.get_username() if self.revision.by else "nobody known"

    @property
    def more(self) -> int:
        """How many documents are not told of."""
        return len(self.uids) - len(self.deeds)


def revisions_of(uids: Iterable[str], *, limit: int) -> list[Act]:
    """The newest revisions that touch these documents, without what they did; one query."""
    rows = RevisionEntry.objects.filter(uid__in=list(uids)).order_by("-revision_id", "uid")
    # More entries than acts: an import touches a whole profile at once.
    entries = list(rows.select_related("revision__by")[: limit * 40])
    grouped: dict[int, list[RevisionEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.revision_id, []).append(entry)
    return [Act(some[0].revision, tuple(entry.uid for entry in some)) for some in list(grouped.values())[:limit]]


def entries_of(uid: str) -> QuerySet:
    """What revisions did to a document; of a profile, to all that ever stood under its uid or speaks of it now."""
    rows = RevisionEntry.objects.order_by("-revision_id", "uid")
    if docs.model_of(uid) != "profile":
        return rows.filter(uid=uid)
    about = Claim.objects.filter(about=uid).order_by().values("uid")
    return rows.filter(Q(uid=uid) | Q(uid__startswith=f"{uid}-") | Q(uid__in=about))


def acts_of(entries: QuerySet, *, before: int = 0, page: int = PAGE, most: int = MOST) -> tuple[list[Act], int]:
    """One page of acts, newest first, each with what it did; and the number to go on `before`, 0 at the end.

    The queries do not grow with them.
    """
    rows = entries.filter(revision_id__lt=before) if before else entries
    numbers = list(rows.order_by("-revision_id").values_list("revision_id", flat=True).distinct()[: page + 1])
    more = numbers[page - 1] if len(numbers) > page else 0
    revisions = Revision.objects.select_related("by").in_bulk(numbers[:page])
    triples: dict[int, list[tuple[str, str, str]]] = {number: [] for number in numbers[:page]}
    for number, *triple in entries.filter(revision__in=revisions).values_list("revision_id", "uid", "before", "after"):
        triples[number].append(tuple(triple))
    told = {number: some[:most] for number, some in triples.items()}
    deeds = deeds_of(triple for some in told.values() for triple in some)
    return [
        Act(
            revisions[number],
            tuple(uid for uid, *_ in some),
            tuple(_named(deeds[triple], revisions[number]) for triple in told[number]),
        )
        for number, some in triples.items()
    ], more


def deeds_of(triples: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], Deed]:
    """What became of documents, told in words: one query, and one for each table that they name."""
    wanted = list(triples)
    documents = read_documents({sha: sha for _, *both in wanted for sha in both if sha})
    names = labels_of(documents.values())
    return {
        (uid, before, after): deed(uid, before, after, documents.get(before), documents.get(after), names)
        for uid, before, after in wanted
    }


def _named(one: Deed, revision: Revision) -> Deed:
    return replace(one, verbs=("recovered",)) if revision.act == "revert" and not one.before else one


def address(uid: str, page: str = "change") -> str:
    """Where a document stands at the desk, or its history; empty for a profile that is there no more."""
    model = docs.model_of(uid)
    if model == "profile":
        model = Profile.objects.filter(pk=uid).values_list("model", flat=True).first() or ""
    return reverse(f"admin:profiles_{_SCREENS.get(model, model)}_{page}", args=[uid]) if model else ""


class HistoryScreen:
    """The page that tells a document's history, for its admin; also of one that is there no more."""

    def history_view(self, request, object_id, extra_context=None):
        uid = unquote(object_id)
        row = self.get_object(request, uid)
        entries = entries_of(uid)
        of_ours = docs.model_of(uid) == ("profile" if issubclass(self.model, Profile) else self.tag)
        if row is None and not (of_ours and entries.exists()):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        asked = request.GET.get("before", "")
        acts, more = acts_of(entries, before=int(asked) if asked.isdigit() and len(asked) < 10 else 0)
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": Truncator(row or uid).chars(120),
            "object": row,
            "uid": uid,
            "opts": self.opts,
            "history": acts,
            "more": more,
            "whole": uid if docs.model_of(uid) == "profile" and row else "",
            "may_revert": has_right(request.user, "change"),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)
