"""What a profile's page lists: its claims by topic, those of others about it, its silences, where each draft stands."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from profiles.admin.marks import Mark, marks_of
from profiles.admin.seen import Seen, seen
from profiles.admin.words import kind_of, topic_label
from profiles.editorial.independence import Independence, independence
from profiles.editorial.mapping import read_rows
from profiles.models import Claim, Edition, Profile, PublishedDocument, Review, ReviewEntry
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.dates import DateError, in_words


@dataclass(slots=True)
class Line:
    """One claim, silence or picture, read-only."""

    uid: str
    document: docs.Claim | docs.Silence | docs.Picture
    heading: str
    marks: list[Mark]
    of: str = ""
    when: str = ""
    supporting: int = 0
    origins: Independence | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it differs from what is published."""
        return any(mark.text in ("draft differs", "not published") for mark in self.marks)


@dataclass(slots=True)
class Pictured(Line):
    """One picture."""

    seen: Seen | None = None


@dataclass(slots=True)
class Topic:
    """The claims under one heading."""

    name: str
    label: str
    lines: list[Line] = field(default_factory=list)
    # What no claim answers yet: aspect, label, and the kind that most likely would.
    empty: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Dossier:
    """All that a profile's page lists."""

    topics: list[Topic]
    elsewhere: list[Topic]
    silences: list[Line]
    pictures: list[Pictured]
    drafts: int
    documents: dict[str, docs.Document]
    header: list[Mark]
    claims: int


def dossier_of(profile: Profile, header: docs.Document) -> Dossier:
    """The draft dossier of a profile, with its marks: a fixed number of queries."""
    claims = Claim.objects.filter(Q(subject=profile) | Q(about=profile)).order_by()
    # One query for both: uid, what the last known way in left, what is public, whether under review, whose it is.
    beside = (_standings(profile.silences.order_by()), _standings(profile.pictures.order_by()))
    rows = list(_standings(claims).union(*beside, all=True))
    documents = read_rows(row[0] for row in rows) | {profile.pk: header}
    rows.append((profile.pk, profile.draft_digest, profile.published_sha, profile.reviewed, profile.pk, profile.label))
    marks = marks_of(
        documents,
        {row[0]: row[1] for row in rows},
        {row[0]: row[2] for row in rows if row[2]},
        {row[0] for row in rows if row[3]},
    )
    names = {row[4]: row[5] for row in rows}
    own = _topics(profile.model)
    elsewhere: dict[str, Topic] = {}
    silences, pictures = [], []
    for uid, document in sorted(documents.items()):
        if isinstance(document, docs.Silence):
            silences.append(_line(document, profile.model, marks[uid], names))
        elif isinstance(document, docs.Picture):
            pictures.append(Pictured(uid, document, document.kind, marks[uid], seen=seen(document)))
        elif isinstance(document, docs.Claim) and document.subject == profile.pk:
            topic = own.get(document.topic) or own.setdefault(document.topic, Topic(document.topic, document.topic))
            topic.lines.append(_line(document, profile.model, marks[uid], names))
        elif isinstance(document, docs.Claim):
            aspect = words.place_at_about(
                document.kind, docs.word_of(document), profile.model, document.topic, document.aspect
            )
            label = topic_label(profile.model, aspect.topic)
            line = _line(document, profile.model, marks[uid], names)
            line.heading = aspect.label
            elsewhere.setdefault(aspect.topic, Topic(aspect.topic, label)).lines.append(line)
    _order(own, profile.model)
    lines = [line for topic in (*own.values(), *elsewhere.values()) for line in topic.lines]
    founded = independence(one for one in documents.values() if isinstance(one, docs.Claim))
    for line in lines:
        line.origins = founded.get(line.uid)
    drafts = sum(line.is_draft for line in (*lines, *silences, *pictures))
    order = list(own)
    return Dossier(
        list(own.values()),
        sorted(elsewhere.values(), key=lambda topic: order.index(topic.name) if topic.name in order else 99),
        silences,
        pictures,
        drafts + any(mark.text in ("draft differs", "not published") for mark in marks[profile.pk]),
        documents,
        marks[profile.pk],
        sum(len(topic.lines) for topic in own.values()),
    )


def neighbours(claim: Claim) -> tuple[str, str]:
    """The claims before and after this one on its subject's page; empty at the ends. One query."""
    place = {key: number for number, key in enumerate(words.ASPECTS[claim.subject.model])}
    rows = Claim.objects.filter(subject=claim.subject_id).order_by().values_list("uid", "topic", "aspect")
    order = [uid for _, uid in sorted((place.get(f"{topic}.{aspect}", len(place)), uid) for uid, topic, aspect in rows)]
    at = order.index(claim.pk)
    return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""


def _topics(model: str) -> dict[str, Topic]:
    return {name: Topic(name, label) for name, label in words.TOPICS[model].items()}


def _order(topics: dict[str, Topic], model: str) -> None:
    """Claims in the order of their aspects; what a topic has no claim on is told too."""
    for topic in topics.values():
        aspects = {a.name: a for a in words.ASPECTS[model].values() if a.topic == topic.name}
        order = list(aspects)
        topic.lines.sort(
            key=lambda line: (
                order.index(line.document.aspect) if line.document.aspect in aspects else len(order),
                line.uid,
            )
        )
        there = {line.document.aspect for line in topic.lines}
        topic.empty = [(a.key, a.label, kind_of(a)) for name, a in aspects.items() if name not in there]


def _line(document: docs.Claim | docs.Silence, model: str, marks: list[Mark], names: dict[str, str]) -> Line:
    found = words.aspect_of(model, document.topic, document.aspect)
    heading = found.label if found else document.aspect
    if isinstance(document, docs.Silence):
        return Line(document.uid, document, f"{topic_label(model, document.topic)}: {heading}", marks)
    marks = list(marks)
    supporting = sum(citation.bearing == "supports" for citation in document.citations)
    if not supporting and document.standing != "retracted":
        marks.append(Mark("uncited"))
    if document.standing != "stands":
        marks.append(Mark(document.standing))
    try:
        told = in_words(document.when, document.sense)
    except (DateError, ValueError):
        told = document.when
    return Line(document.uid, document, heading, marks, names.get(document.subject, document.subject), told, supporting)


def _standings(rows: QuerySet) -> QuerySet:
    public = PublishedDocument.objects.filter(uid=OuterRef("pk")).values("sha256")[:1]
    under = ReviewEntry.objects.filter(uid=OuterRef("pk"), review__state__in=Review.PENDING)
    found = rows.annotate(public=Subquery(public), under=Exists(under))
    return found.values_list("uid", "draft_digest", "public", "under", "subject_id", "subject__label")


def with_edition(rows: QuerySet) -> QuerySet:
    """Annotate profiles with their newest edition, and with where their header stands."""
    newest = Edition.objects.filter(profile=OuterRef("pk")).order_by("-number")
    public = PublishedDocument.objects.filter(uid=OuterRef("pk"))
    under = ReviewEntry.objects.filter(uid=OuterRef("pk"), review__state__in=Review.PENDING)
    return rows.annotate(
        edition=Subquery(newest.values("number")[:1]),
        edition_sha=Subquery(newest.values("sha256")[:1]),
        published_sha=Subquery(public.values("sha256")[:1]),
        reviewed=Exists(under),
    )
