"""Who wrote a document, when, why, on what evidence; who decided on it; when it became public."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import Truncator

from profiles.admin.history import acts_of
from profiles.admin.passages import beside
from profiles.editorial.mapping import read_rows
from profiles.models import Decision, Publication, Review, RevisionEntry, StageRow
from profiles.models.editions import published_digests
from profiles.values import documents as docs

MOST = 100  # acts; the history has the rest


class ProvenanceScreen:
    """The page that tells where a document comes from, for its admin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_provenance"
        view = self.admin_site.admin_view(self.provenance_view)
        return [path("<path:object_id>/provenance/", view, name=name), *super().get_urls()]

    def provenance_view(self, request, object_id):
        uid = unquote(object_id)
        row = self.get_object(request, uid)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        current = read_rows([uid])[uid]
        sha, public = docs.digest(current), published_digests([uid]).get(uid, "")
        citations = current.citations if isinstance(current, docs.Claim) else ()
        passages = beside(citations)
        acts, more = acts_of(RevisionEntry.objects.filter(uid=uid).order_by("-revision_id"), page=MOST)
        context = {
            **self.admin_site.each_context(request),
            "title": "Who, when, why, on what evidence",
            "subtitle": Truncator(row).chars(120),
            "object": row,
            "opts": self.opts,
            "sha": sha,
            "public": public,
            "passages": [passages[citation.uid] for citation in citations],
            "is_claim": isinstance(current, docs.Claim),
            "acts": acts,
            "more": more,
            "staged": staged(uid),
            "reviews": reviews_of(uid),
            "publications": publications_of(uid),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/provenance.html", context)


def staged(uid):
    """Revision -> who staged the words that somebody let in with it: they are the stager's."""
    rows = StageRow.objects.filter(uid=uid).exclude(revision=None).exclude(stage__by=None)
    return dict(rows.values_list("revision_id", "stage__by__username"))


def reviews_of(uid):
    """The reviews that it was put to, newest first, each with what was said of this document."""
    found = Review.objects.filter(entries__uid=uid).select_related("opener", "decided_by").order_by("-pk")
    reviews = list(found.prefetch_related("authors"))
    said = {}
    for decision in Decision.objects.filter(uid=uid).select_related("by"):
        said.setdefault(decision.review_id, []).append(decision)
    return [(review, said.get(review.pk, [])) for review in reviews]


def publications_of(uid):
    """The publications that made it public or took it back, newest first."""
    # A take-down has no review, and is found by the triples that its hash covers.
    downs = Q(kind__in=("retraction", "withdrawal", "redaction"), body__contains=f'["{uid}",')
    by_review = Q(pk__in=Review.objects.filter(entries__uid=uid).exclude(publication=None).values("publication"))
    return Publication.objects.filter(downs | by_review).defer("body").order_by("-number")
