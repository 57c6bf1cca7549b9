"""Take back in public: retract a claim, withdraw a profile, redact words. One person's act, at once, with a reason.

Putting anything back is a review like any other: it takes two.
"""

from collections.abc import Callable, Iterable

import msgspec
from django.contrib.admin.models import LogEntry
from django.db import connection

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused, bring_in, new_salt, recorded
from profiles.editorial.mapping import read_rows, remove_rows
from profiles.editorial.pictures.store import files_of, forget
from profiles.editorial.publication import Project, Triple, commit, make_release
from profiles.editorial.redaction import forget_beside, public_notes_repeating
from profiles.models import Claim, ClaimLink, Document, Publication, PublishedClaim, Redaction, User, finding
from profiles.models.editions import head, newest_editions, published_digests, read_documents, read_published
from profiles.models.evidence import forget_asked
from profiles.models.reports import forget_reported
from profiles.models.staging import forget_staged
from profiles.values import documents as docs
from profiles.values.repeated import repeats, said_in

RUN_IN_REASON = 4  # words on end that a public reason may not share with what is deleted


def retract(uid: str, *, by: User, reason: str, project: Project) -> Publication:
    """Say in public that a claim should not have been printed: it stays on the page as a retraction with its reason.

    A picture does not stay: who may not be shown is not shown struck out.
    """
    _refuse(by, reason)
    claim = read_published([uid]).get(uid)
    if isinstance(claim, docs.Picture):
        return _retract_picture(claim, by, reason, project)
    if not isinstance(claim, docs.Claim):
        raise Refused(f"{uid} is no published claim.")
    if claim.standing == "retracted":
        raise Refused(f"{uid} is retracted already.")
    retracted = msgspec.structs.replace(claim, standing="retracted", standing_note=reason, salt=new_salt())
    triples = [(uid, docs.digest(claim), docs.digest(retracted))]

    def carry(made: Publication) -> None:
        # What else is in the draft stays there, for a review to come.
        draft = read_rows([uid]).get(uid)
        kept = retracted
        if isinstance(draft, docs.Claim) and draft != claim:
            kept = msgspec.structs.replace(draft, standing="retracted", standing_note=reason, salt=new_salt())
        bring_in([kept], by=by, reason=reason, act="retract")

    return _publish("retraction", reason, {uid: retracted}, triples, by, project, with_it=carry)


def _retract_picture(picture: docs.Picture, by: User, reason: str, project: Project) -> Publication:
    """A picture leaves every page and edition, the drafts with it, and its files are deleted; its words are history."""
    uid = picture.uid

    def carry(made: Publication) -> None:
        lost = files_of([uid])
        with recorded([uid], by=by, reason=reason, act="retract"):
            remove_rows([uid])
        forget(lost)

    return _publish("retraction", reason, {}, [(uid, docs.digest(picture), "")], by, project, with_it=carry)


def withdraw(profile: str, *, by: User, reason: str, project: Project) -> Publication:
    """Take a profile down: its page answers 410 with a dated notice, and every claim that touches it leaves the public.

    The drafts stay: a review puts it back.
    """
    _refuse(by, reason)
    header = read_published([profile]).get(profile)
    if not isinstance(header, docs.PROFILES):
        raise Refused(f"{profile} is no published profile.")
    edition = newest_editions([profile])[profile]
    gone = {profile, *edition.contents()[1]}
    triples = [(uid, sha, "") for uid, sha in published_digests(gone).items()]
    return _publish("withdrawal", reason, {}, triples, by, project, withdrawn=[profile])


def redact(uid: str, *, by: User, reason: str, project: Project) -> Publication:
    """Delete the words of a claim, silence or picture everywhere: in every edition, draft, revision, row and page.

    A designation goes with its steps, a picture with its files. The digests stay, so that the chain still proves the
    rest; nobody can bring the words back. `reason` is public, so it does not repeat them.
    """
    _refuse(by, reason)
    if docs.model_of(uid) not in docs.OWNED_TAGS:
        raise Refused("A claim, a silence or a picture is redacted; a profile is withdrawn.")
    uids, digests = to_redact(uid)
    if not digests:
        raise Refused(f"There is nothing of {uid} to redact.")
    said = _said(digests)
    if repeats(reason, said, RUN_IN_REASON):
        raise Refused("The reason repeats words that are to be deleted, and would stay: say it otherwise.")
    triples = [(gone, sha, "") for gone, sha in published_digests(uids).items()]

    def erase(made: Publication) -> None:
        forget(files_of(uids))
        _remove_drafts(uids, by, reason)
        said_now = sorted({*said, *_said(to_redact(uid)[1])})
        # What the removal stored a moment ago goes too: digests are asked again.
        every = Document.objects.filter(uid__in=uids, body__isnull=False)
        lost = sorted({*digests, *every.values_list("sha256", flat=True)})
        Redaction.objects.bulk_create([Redaction(sha256=sha, publication=made.number) for sha in lost])
        every.update(body=None)
        PublishedClaim.objects.filter(uid__in=uids).delete()
        forget_staged(uids)
        forget_reported(uids)
        forget_asked(uids)
        forget_beside(uids, said_now)
        LogEntry.objects.filter(object_id__in=uids).update(object_repr="(redacted)")

    made = _publish("redaction", reason, {}, triples, by, project, redacted=digests, with_it=erase)
    scrub_free_pages()
    return made


def to_redact(uid: str) -> tuple[list[str], list[str]]:
    """What a redaction of a uid deletes: the uids, a designation's steps with it, and every digest that has words."""
    uids = [uid, *Claim.objects.filter(designation=uid).order_by("uid").values_list("uid", flat=True)]
    stored = Document.objects.filter(uid__in=uids, body__isnull=False).values_list("sha256", flat=True)
    return uids, sorted(stored)


def repeating(uid: str) -> list[tuple[int, str]]:
    """The publications whose public notes repeat words of a uid: a redaction cannot change these."""
    uids, digests = to_redact(uid)
    return public_notes_repeating(uids, _said(digests))


def _said(digests: Iterable[str]) -> list[str]:
    found = read_documents({sha: sha for sha in digests})
    return sorted({text for document in found.values() for text in said_in(document)})


def _remove_drafts(uids: list[str], by: User, reason: str) -> None:
    links = ClaimLink.objects.filter(target_claim__in=uids).exclude(claim__in=uids)
    later = Claim.objects.filter(superseded_by__in=uids).exclude(pk__in=uids)
    naming = {*links.values_list("claim_id", flat=True), *later.values_list("uid", flat=True)}
    with recorded(sorted({*uids, *naming}), by=by, reason=reason, act="redact"):
        links.delete()
        later.update(superseded_by=None)
        ClaimLink.objects.filter(claim__in=uids).delete()
        Claim.objects.filter(pk__in=uids).update(superseded_by=None)
        remove_rows(uids)


def _refuse(by: User, reason: str) -> None:
    if not by.is_active or not by.has_perm("profiles.take_down"):
        raise Refused("You may not take down what is published.")
    if not reason.strip():
        raise Refused("Give the reason: it is printed.")


def _publish(
    kind: str,
    reason: str,
    changed: dict[str, docs.Document],
    triples: Iterable[Triple],
    by: User,
    project: Project,
    *,
    withdrawn: Iterable[str] = (),
    redacted: Iterable[str] = (),
    with_it: Callable[[Publication], None] = lambda made: None,
) -> Publication:
    previous = head()
    listed = sorted(triples)
    release = make_release(
        changed,
        previous,
        kind=kind,
        note=reason,
        reviewed="demonstration" if by.demonstration else "one_person",
        gone=[uid for uid, _, after in listed if not after],
        withdrawn=withdrawn,
    )

    def tell(made: Publication) -> None:
        record("taken_down", by=by, thing=f"publication {made.number}", note=kind)
        with_it(made)

    return commit(release, listed, previous, project, redacted=redacted, with_it=tell)


def scrub_free_pages() -> None:
    """Overwrite what deleted rows left in the database file and its log (SQLite), so that a search finds nothing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        finding.scrub(connection)
        with connection.cursor() as cursor:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement)
