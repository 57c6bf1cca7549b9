"""What waits at the desk: each queue is a set of rows that goes when it is worked. Its length makes no more queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from profiles.editorial.allegations import about_the_living
from profiles.editorial.cautions import STALE_AFTER
from profiles.models import (
    Citation,
    Claim,
    Entry,
    Look,
    Publication,
    PublishedDocument,
    Reanchoring,
    Report,
    Review,
    ReviewEntry,
    RevisionEntry,
    SecondLook,
    SourceVersion,
    User,
)
from profiles.models.drafts import DRAFTS

# How long what was approved for a time may stand after it: the worker and the timer look once a minute.
GRACE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits. `model` and `uid` say where it is worked, `at` since when it waits or when it is due."""

    model: str
    uid: str
    title: str
    at: datetime | date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and some of them, the oldest first."""

    name: str
    total: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of queue: the permissions of which its work takes one, and what is in it for somebody."""

    name: str
    needs: tuple[str, ...]
    of: Callable[[User], "_Rows"]

    def read(self, user: User, first: int, last: int) -> Queue:
        """Its length, and the rows from `first` to before `last`: two queries."""
        rows = self.of(user)
        return Queue(self.name, rows.found.count(), [rows.told(row) for row in rows.found[first:last]])


@dataclass(frozen=True, slots=True)
class _Rows:
    found: Any
    told: Callable[[Any], Row]


def queues_for(user: User, rows: int) -> list[Queue]:
    """Every queue that somebody can work, with so many rows of each. The queries depend on their roles alone."""
    return [sort.read(user, 0, rows) for sort in SORTS if _may(user, sort)]


def queue_for(user: User, name: str, first: int, last: int) -> Queue | None:
    """Some rows of one queue; None where there is none of this name for this person."""
    sort = next((sort for sort in SORTS if sort.name == name and _may(user, sort)), None)
    return sort.read(user, first, last) if sort else None


def _may(user: User, sort: Sort) -> bool:
    return user.is_active and any(user.has_perm(f"profiles.{name}") for name in sort.needs)


# -- drafts ------------------------------------------------------------------------------------------------


def _waiting_drafts(of: Q) -> _Rows:
    """Documents of all tables that are neither published as they stand nor frozen so in a review, by their writer."""
    parts = []
    for table, model, title in DRAFTS:
        same = PublishedDocument.objects.filter(uid=OuterRef("pk"), sha256=OuterRef("draft_digest"))
        frozen = ReviewEntry.objects.filter(
            uid=OuterRef("pk"), after=OuterRef("draft_digest"), review__state__in=("open", "scheduled")
        )
        last = RevisionEntry.objects.filter(uid=OuterRef("pk")).order_by("-pk")
        rows = table.objects.order_by().filter(~Exists(same), ~Exists(frozen))
        # A row that is not as its last revision left it was changed outside the desk: nobody is known to have done it.
        rows = rows.annotate(
            last_by=Subquery(last.values("revision__by")[:1]),
            last_after=Subquery(last.values("after")[:1]),
            at=Subquery(last.values("revision__at")[:1]),
        ).annotate(writer=Case(When(last_after=F("draft_digest"), then=F("last_by"))))
        parts.append(
            rows.filter(of).values_list("pk", "at", Value(model, CharField()), Cast(title, TextField()), named=False)
        )
    found = parts[0].union(*parts[1:], all=True).order_by("at", "pk")
    return _Rows(found, lambda row: Row(row[2], row[0], row[3], row[1]))


def _own_drafts(user: User) -> _Rows:
    return _waiting_drafts(Q(writer=user.pk))


def _drafts_of_others(user: User) -> _Rows:
    return _waiting_drafts(Q(writer__isnull=False) & ~Q(writer=user.pk))


def _orphans(user: User) -> _Rows:
    return _waiting_drafts(Q(writer__isnull=True))


# -- reviews -------------------------------------------------------------------------------------------------


def _review_rows(found: QuerySet[Review], at: str, note: Callable[[Review], str]) -> _Rows:
    size = ReviewEntry.objects.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk"))
    rows = found.select_related("opener").annotate(size=Subquery(size.values("n"))).order_by(at, "pk")

    def told(review: Any) -> Row:
        changes = f"{review.size or 0} change{'' if review.size == 1 else 's'}"
        title = f"Review {review.pk}: {changes}, opened by {review.opener.get_username()}"
        return Row("review", str(review.pk), title, getattr(review, at), note(review))

    return _Rows(rows, told)


def _reviews_to_do(user: User) -> _Rows:
    """Open ones that this person may decide on: the same as `why_not_approve`, asked of all at once."""
    written = Review.authors.through.objects.filter(review=OuterRef("pk"), user__in={user.pk, *user.in_one_hand})
    found = Review.objects.filter(state="open").exclude(opener__in={user.pk, *user.in_one_hand})
    return _review_rows(found.exclude(Exists(written)), "opened_at", lambda review: review.remark)


def _sent_back(user: User) -> _Rows:
    """Own ones of which something has not been put up again, and that nobody has set aside."""
    again = ReviewEntry.objects.filter(uid=OuterRef("uid"), review__gt=OuterRef("review")).exclude(
        review__state="dropped"
    )
    left = ReviewEntry.objects.filter(~Exists(again), review=OuterRef("pk"))
    aside = Look.objects.filter(uid=Concat(Value("review:"), Cast(OuterRef("pk"), CharField())))
    found = Review.objects.filter(Exists(left), ~Exists(aside), opener=user, state="sent_back")
    return _review_rows(found, "decided_at", lambda review: review.decision_note)


def _failed(user: User) -> _Rows:
    """Those that something stopped at their time, and those whose time went by and nothing looked."""
    passed = Q(state="scheduled", publish_at__lt=timezone.now() - GRACE)
    found = Review.objects.filter(passed | Q(state__in=("open", "scheduled")) & ~Q(trouble=""))
    return _review_rows(found, "opened_at", lambda review: review.trouble or _overdue(review))


def _overdue(review: Review) -> str:
    return f"Approved for {review.publish_at:%Y-%m-%d %H:%M} UTC. Nothing published it: the log of the site says more."


# -- evidence ------------------------------------------------------------------------------------------------


def _uncited(user: User) -> _Rows:
    found = Claim.objects.uncited().exclude(standing="retracted").select_related("subject").order_by("pk")
    last = RevisionEntry.objects.filter(uid=OuterRef("pk")).order_by("-pk").values("revision__at")[:1]
    rows = found.annotate(at=Subquery(last))
    return _Rows(rows, lambda claim: Row("claim", claim.pk, claim.statement, claim.at, claim.subject.label))


def _not_at_hand(user: User) -> _Rows:
    """Versions that claims cite and whose text nobody has attached: it makes the passages of all visible at once."""
    cited = Citation.objects.filter(version=OuterRef("pk")).exclude(claim__standing="retracted")
    size = cited.order_by().values("version").annotate(n=Count("claim", distinct=True)).values("n")
    rows = SourceVersion.objects.filter(Exists(cited), capture=None).select_related("source")
    rows = rows.annotate(size=Subquery(size)).order_by("-size", "pk")

    def told(version: Any) -> Row:
        note = f"{version.size} claim{'' if version.size == 1 else 's'} cite{'s' if version.size == 1 else ''} it"
        return Row("sourceversion", version.pk, f"{version.source.title} ({version.pk})", version.retrieved, note)

    return _Rows(rows, told)


def _reanchored(user: User) -> _Rows:
    """Later versions of sources, with how many passages of the older ones wait, and how many of these need a look."""
    waiting = Reanchoring.objects.waiting().order_by()
    here = waiting.filter(version=OuterRef("pk"))
    sums = here.values("version").annotate(n=Count("pk"), doubtful=Count("pk", filter=Q(sure=False)))
    rows = SourceVersion.objects.filter(pk__in=waiting.values("version")).select_related("source")
    rows = rows.annotate(size=Subquery(sums.values("n")), doubtful=Subquery(sums.values("doubtful")))

    def told(version: Any) -> Row:
        size = f"{version.size} passage{'' if version.size == 1 else 's'}"
        note = f"{size}, {version.doubtful or 'none'} to decide one by one"
        return Row("reanchoring", version.pk, f"{version.source.title} ({version.pk})", version.retrieved, note)

    return _Rows(rows.order_by("retrieved", "pk"), told)


def _second_look(user: User) -> _Rows:
    """Claims that say something else than when their passages were last looked at."""
    rows = SecondLook.objects.waiting().order_by("at", "pk")
    said = Claim.objects.filter(pk=OuterRef("claim"))
    rows = rows.annotate(said=Subquery(said.values("statement")), subject=Subquery(said.values("subject__label")))
    return _Rows(rows, lambda look: Row("secondlook", look.claim, look.said, look.at, look.subject))


# -- readers -------------------------------------------------------------------------------------------------


def _report_rows(kind: str, order: str) -> _Rows:
    rows = Report.objects.waiting(kind).order_by(order, "pk")
    return _Rows(rows, lambda report: Row("report", str(report.pk), report.text, getattr(report, order), report.claim))


def _corrections(user: User) -> _Rows:
    return _report_rows("correction", "received")


def _objections(user: User) -> _Rows:
    return _report_rows("objection", "due")


# -- what is to be looked at again -----------------------------------------------------------------------------


def _looked(since: datetime) -> Exists:
    return Exists(Look.objects.filter(uid=OuterRef("pk"), at__gte=since))


def _last_look() -> Subquery:
    return Subquery(Look.objects.filter(uid=OuterRef("pk")).order_by("-at").values("at")[:1])


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at), default=None)


def _stale_profiles(user: User) -> _Rows:
    """Published profiles of which nothing was published, and that nobody looked over, for so long."""
    since = timezone.now() - STALE_AFTER
    rows = Entry.objects.filter(~_looked(since), published_at__lt=since).annotate(look=_last_look())
    rows = rows.order_by("published_at", "pk")
    return _Rows(rows, lambda entry: Row("profile", entry.pk, entry.label, _later(entry.published_at, entry.look)))


def _stale_allegations(user: User) -> _Rows:
    """Published allegations about living people that are as they were, and that nobody looked over, for so long."""
    since = timezone.now() - STALE_AFTER
    public = PublishedDocument.objects.filter(uid=OuterRef("pk"))
    made = Publication.objects.filter(number=OuterRef("number")).values("at")[:1]
    rows = about_the_living(Claim.objects.exclude(standing="retracted")).annotate(
        number=Subquery(public.values("publication")[:1])
    )
    rows = rows.annotate(made=Subquery(made), look=_last_look()).filter(~_looked(since), made__lt=since)
    return _Rows(
        rows.select_related("subject").order_by("made", "pk"),
        lambda claim: Row("claim", claim.pk, claim.statement, _later(claim.made, claim.look), claim.subject.label),
    )


SORTS = (
    Sort("objections", ("handle_report",), _objections),
    Sort("corrections", ("handle_report",), _corrections),
    Sort("failed", ("open_review", "approve_review"), _failed),
    Sort("reviews", ("approve_review",), _reviews_to_do),
    Sort("sent_back", ("open_review",), _sent_back),
    Sort("own_drafts", ("change_claim",), _own_drafts),
    Sort("drafts", ("open_review",), _drafts_of_others),
    Sort("orphans", ("open_review",), _orphans),
    Sort("uncited", ("change_claim",), _uncited),
    Sort("reanchored", ("change_claim",), _reanchored),
    Sort("second_look", ("change_claim",), _second_look),
    Sort("not_at_hand", ("add_sourceversion",), _not_at_hand),
    Sort("stale_allegations", ("add_look",), _stale_allegations),
    Sort("stale_profiles", ("add_look",), _stale_profiles),
)
