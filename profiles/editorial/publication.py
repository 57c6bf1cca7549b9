"""How a publication is made: its release, the body that its hash covers, and the one transaction that writes it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from profiles.editorial.edit import Refused
from profiles.models import Edition, Publication, PublicationCount, PublishedDocument
from profiles.models.documents import bodies, chunks
from profiles.models.editions import GENESIS, head, newest_editions, published_digests, read_documents
from profiles.models.projection import Projection, write_projection
from profiles.values import documents as docs
from profiles.values.release import NewEdition, Release

# Renders pages and rows from a release; the write side may not import the read side, so it is handed in.
Project = Callable[[Release], Projection]
Triple = tuple[str, str, str]


class TryAgain(Refused):
    """Another publication went first. Nothing was changed; the same call may succeed now."""


def refuse_moved(triples: Iterable[Triple]) -> None:
    """Refuse where the published state of a document is no longer what the change was made against."""
    frozen = {uid: before for uid, before, _ in triples}
    public = published_digests(frozen)
    moved = [uid for uid, before in frozen.items() if public.get(uid, "") != before]
    if moved:
        raise Refused(f"Published meanwhile in another state: {', '.join(moved[:10])}. Put them up for review again.")


def make_release(
    changed: dict[str, docs.Document],
    previous: Publication | None,
    *,
    kind: str,
    note: str,
    reviewed: str,
    gone: Iterable[str] = (),
    withdrawn: Iterable[str] = (),
) -> Release:
    """What publishing these documents will make: a new edition for every profile that they touch.

    `gone` are uids that leave the public; `withdrawn` are the profiles among them that are taken down.
    """
    gone, withdrawn = frozenset(gone), frozenset(withdrawn)
    before = read_documents(published_digests({*changed, *gone}))
    digests = {uid: docs.digest(document) for uid, document in changed.items()}
    joins = _by_profile(changed)
    leaves = _by_profile(before)
    touched = (joins.keys() | leaves.keys()) - withdrawn
    newest = newest_editions(touched)
    headers = published_digests(touched)
    made: dict[str, NewEdition] = {}
    for profile in sorted(touched):
        # A profile that was taken down comes back with what this review puts back, and with nothing else.
        contents: dict[str, str] = newest[profile].contents()[1] if profile in headers else {}
        for uid in leaves.get(profile, ()):  # what spoke of this profile until now, and may do so no more
            contents.pop(uid, None)
        contents.update({uid: digests[uid] for uid in joins.get(profile, ())})
        header = digests.get(profile) or headers[profile]
        number = newest[profile].number + 1 if profile in newest else 1
        made[profile] = NewEdition(profile, number, docs.dossier_digest(header, contents.items()), header, contents)
    return Release(
        number=previous.number + 1 if previous else 1,
        at=datetime.now(UTC).replace(microsecond=0),
        kind=kind,
        note=note,
        reviewed=reviewed,
        editions=made,
        documents={uid: (digests[uid], document) for uid, document in changed.items()},
        gone=gone,
        withdrawn=withdrawn,
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
    wanted = {uid for uid in uids if docs.model_of(uid) not in docs.OWNED_TAGS} - release.gone
    fresh = {uid: release.documents[uid][1] for uid in wanted if uid in release.documents}
    return {**read_documents(published_digests(wanted - fresh.keys())), **fresh}


def publication_body(
    release: Release,
    triples: Iterable[Triple],
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


def commit(
    release: Release,
    triples: list[Triple],
    previous: Publication | None,
    project: Project,
    *,
    redacted: Iterable[str] = (),
    with_it: Callable[[Publication], None] = lambda made: None,
) -> Publication:
    """Render, then write the publication and all that follows from it, whole or not at all.

    `with_it` does what belongs to the same transaction. Raises TryAgain where another publication went first.
    """
    body = publication_body(release, triples, previous, _labels(release), redacted)
    projection = project(release)
    try:
        with transaction.atomic():
            made = _write(release, body, triples, previous, projection)
            with_it(made)
    except IntegrityError as error:
        if head() == previous:
            raise
        raise TryAgain("Another publication went first. Try again.") from error
    return made


def _write(
    release: Release,
    body: bytes,
    triples: list[Triple],
    previous: Publication | None,
    projection: Projection,
) -> Publication:
    # Asked again inside: on SQLite the write lock is ours now, on PostgreSQL the unique `previous` decides.
    if head() != previous:
        raise TryAgain("Another publication went first. Try again.")
    refuse_moved(triples)
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
    counted = PublicationCount(number=made.number, documents=len(triples), editions=len(release.editions))
    counted.save(force_insert=True)
    point_at(release)
    write_projection(projection, made.number)
    return made


def point_at(release: Release) -> None:
    """Let each uid of a release point to the document that is public from now on, or to none."""
    rows = [
        PublishedDocument(uid=uid, model=docs.tag_of(document), sha256=sha, publication=release.number)
        for uid, (sha, document) in release.documents.items()
    ]
    for some in chunks([*(row.uid for row in rows), *release.gone]):
        PublishedDocument.objects.filter(uid__in=some).delete()
    PublishedDocument.objects.bulk_create(rows, batch_size=2000)
