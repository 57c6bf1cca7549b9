"""Publish an approved review: what was frozen goes live, by digest, whole or not at all."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.editorial.edit import Refused
from profiles.editorial.review import why_not_approve
from profiles.editorial.rules import stops
from profiles.models import Edition, Publication, PublishedDocument, Review, User
from profiles.models.documents import bodies, chunks
from profiles.models.editions import GENESIS, head, newest_editions, published_digests, read_documents
from profiles.models.projection import Projection, write_projection
from profiles.models.published import PublishedClaim
from profiles.values import documents as docs
from profiles.values.release import NewEdition, Release

logger = logging.getLogger(__name__)

Project = Callable[[Release], Projection]


class TryAgain(Refused):
    """Another publication went first. Nothing was changed; the same call may succeed now."""


def publish_review(review: Review, *, by: User, project: Project) -> Publication:
    """Approve a review and make it public.

    Refuses the opener, every author of the changes and whoever lacks the right; changes whose base has moved; what the
    rules stop. Pages are rendered by `project` before the transaction opens. Raises TryAgain where another publication
    went first.
    """
    if reason := why_not_approve(review, by):
        raise Refused(reason)
    triples = list(review.entries.values_list("uid", "before", "after").order_by("uid"))
    _refuse_moved(triples)
    changed = _frozen(triples)
    found = stops(changed, people_who_died(changed))
    if found:
        raise Refused(*map(str, found))
    previous = head()
    release = make_release(review, changed, previous, demonstration=by.demonstration or review.opener.demonstration)
    body = publication_body(release, triples, previous, _labels(release))
    projection = project(release)
    try:
        with transaction.atomic():
            made = _write(release, body, triples, previous, projection)
            closed = Review.objects.filter(pk=review.pk, state="open").update(
                state="approved", decided_by=by, decided_at=timezone.now(), publication=made
            )
            if not closed:
                raise TryAgain("Somebody has decided on this review meanwhile.")
    except IntegrityError as error:
        if head() == previous:
            raise
        raise TryAgain("Another publication went first. Try again.") from error
    review.refresh_from_db()
    logger.info("published", extra={"publication": made.number, "editions": len(release.editions)})
    return made


def _refuse_moved(triples: Iterable[tuple[str, str, str]]) -> None:
    frozen = {uid: before for uid, before, _ in triples}
    public = published_digests(frozen)
    moved = [uid for uid, before in frozen.items() if public.get(uid, "") != before]
    if moved:
        raise Refused(f"Published meanwhile in another state: {', '.join(moved[:10])}. Put them up for review again.")


def _frozen(triples: Iterable[tuple[str, str, str]]) -> dict[str, docs.Document]:
    digests = {uid: after for uid, _, after in triples}
    documents = read_documents(digests)
    lost = sorted(digests.keys() - documents.keys())
    if lost:
        raise Refused(f"The frozen text is gone: {', '.join(lost[:10])}. Put them up for review again.")
    return documents


def people_who_died(changed: dict[str, docs.Document]) -> set[str]:
    """The people of whom a cited claim, public or among these, says that they died. All others count as living."""
    public = PublishedClaim.objects.filter(topic="death", aspect="death", to_publication=None, negated=False)
    rows = public.exclude(standing__in=("retracted", "doubted", "contested"))
    dead = {subject for uid, subject in rows.values_list("uid", "subject") if uid not in changed}
    for document in changed.values():
        if isinstance(document, docs.Claim) and _tells_death(document):
            dead.add(document.subject)
    return dead


def _tells_death(claim: docs.Claim) -> bool:
    cited = any(c.bearing == "supports" for c in claim.citations)
    return (
        (claim.topic, claim.aspect) == ("death", "death") and cited and not claim.negated and claim.standing == "stands"
    )


def make_release(
    review: Review, changed: dict[str, docs.Document], previous: Publication | None, *, demonstration: bool
) -> Release:
    """What publishing these documents will make: a new edition for every profile that they touch."""
    before = read_documents(published_digests(changed))
    digests = {uid: docs.digest(document) for uid, document in changed.items()}
    joins = _by_profile(changed)
    leaves = _by_profile(before)
    touched = joins.keys() | leaves.keys()
    newest = newest_editions(touched)
    headers = published_digests(touched)
    made: dict[str, NewEdition] = {}
    for profile in sorted(touched):
        contents: dict[str, str] = newest[profile].contents()[1] if profile in newest else {}
        for uid in leaves.get(profile, ()):  # what spoke of this profile until now, and may do so no more
            contents.pop(uid, None)
        contents.update({uid: digests[uid] for uid in joins.get(profile, ())})
        header = digests.get(profile) or headers[profile]
        number = newest[profile].number + 1 if profile in newest else 1
        made[profile] = NewEdition(profile, number, docs.dossier_digest(header, contents.items()), header, contents)
    return Release(
        number=previous.number + 1 if previous else 1,
        at=datetime.now(UTC).replace(microsecond=0),
        kind=review.kind,
        note=review.note,
        reviewed="demonstration" if demonstration else "second_person",
        editions=made,
        documents={uid: (digests[uid], document) for uid, document in changed.items()},
    )


def _by_profile(documents: dict[str, docs.Document]) -> dict[str, list[str]]:
    """Profile uid -> the uids of the documents that stand in its dossier, and an empty list for a bare header."""
    found: dict[str, list[str]] = {}
    for uid, document in documents.items():
        for profile in docs.touched(document):
            found.setdefault(profile, [])
            if uid != profile:
                found[profile].append(uid)
    return found


def _labels(release: Release) -> list[list[str]]:
    """The (uid, header digest) pairs of every header that the pages of the new editions print."""
    contents = {sha for e in release.editions.values() for sha in (e.header, *e.documents.values())}
    own = dict(release.documents.values())
    texts = bodies(contents - own.keys())
    known = [*own.values(), *(docs.parse(text) for text in texts.values() if text is not None)]
    named = {uid for document in known for _, uid in docs.references(document)}
    near = _headers(named, release)
    far = _headers({uid for document in near.values() for _, uid in docs.references(document)}, release)
    pairs = {uid: docs.digest(document) for uid, document in {**near, **far}.items()}
    pairs.update({profile: edition.header for profile, edition in release.editions.items()})
    return [[uid, sha] for uid, sha in sorted(pairs.items())]


def _headers(uids: set[str], release: Release) -> dict[str, docs.Document]:
    wanted = {uid for uid in uids if docs.model_of(uid) not in ("claim", "silence")}
    fresh = {uid: release.documents[uid][1] for uid in wanted if uid in release.documents}
    return {**read_documents(published_digests(wanted - fresh.keys())), **fresh}


def publication_body(
    release: Release,
    triples: Iterable[tuple[str, str, str]],
    previous: Publication | None,
    labels: list[list[str]],
    redacted: Iterable[str] = (),
) -> bytes:
    """The canonical JSON that a publication's hash covers. No name of an editor stands in it, only roles."""
    return docs.canonical(
        {
            "schema": docs.SCHEMA,
            "number": release.number,
            "previous": previous.sha256 if previous else GENESIS,
            "kind": release.kind,
            "at": release.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "note": release.note,
            "reviewed": release.reviewed,
            "opener_role": "editor",
            "approver_role": "reviewer",
            "triples": [list(triple) for triple in sorted(triples)],
            "editions": [[e.profile, e.number, e.sha256] for _, e in sorted(release.editions.items())],
            "withdrawn": sorted(release.withdrawn),
            "redacted": sorted(redacted),
            "labels": labels,
        }
    )


def _write(
    release: Release,
    body: bytes,
    triples: list[tuple[str, str, str]],
    previous: Publication | None,
    projection: Projection,
) -> Publication:
    # Asked again inside: on SQLite the write lock is ours now, on PostgreSQL the unique `previous` decides.
    if head() != previous:
        raise TryAgain("Another publication went first. Try again.")
    _refuse_moved(triples)
    made = Publication.objects.create(
        number=release.number,
        sha256=docs.sha256(body),
        previous=previous.sha256 if previous else GENESIS,
        kind=release.kind,
        at=release.at,
        note=release.note,
        reviewed=release.reviewed,
        body=body.decode(),
    )
    Edition.objects.bulk_create(
        [
            Edition(
                profile=e.profile,
                number=e.number,
                sha256=e.sha256,
                publication=made,
                manifest=docs.dossier_manifest(e.header, e.documents.items()).decode(),
            )
            for _, e in sorted(release.editions.items())
        ],
        batch_size=500,
    )
    point_at(release)
    write_projection(projection, made.number)
    return made


def point_at(release: Release) -> None:
    """Let each uid of a release point to the document that is public from now on."""
    rows = [
        PublishedDocument(uid=uid, model=docs.tag_of(document), sha256=sha, publication=release.number)
        for uid, (sha, document) in release.documents.items()
    ]
    for some in chunks(row.uid for row in rows):
        PublishedDocument.objects.filter(uid__in=some).delete()
    PublishedDocument.objects.bulk_create(rows, batch_size=2000)
