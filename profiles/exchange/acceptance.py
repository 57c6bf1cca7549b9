"""A staged set becomes drafts, whole or document by document; or it is dropped."""

import logging
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec
from django.db import IntegrityError, transaction

from profiles.editorial.edit import Outcome, Refused, bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review, with_needed
from profiles.editorial.save import one_at_a_time
from profiles.exchange.placed import Placed
from profiles.exchange.references import disagreements
from profiles.exchange.staging import told
from profiles.exchange.table_claims import Serials
from profiles.models import Claim, Picture, Review, Revision, RevisionEntry, Silence, Stage, StageRow, User
from profiles.models.documents import chunks
from profiles.values import documents as docs

logger = logging.getLogger(__name__)

_BATCH = 1_000
_TOLD = 20
_LINKS = ("designation", "superseded_by", "conflicts_with", "after", "rests_on")


def accept(stage: Stage, uids: Iterable[str] | None = None, *, by: User | None = None) -> Outcome:
    """Make drafts of a staged set, or of some of its documents, in one transaction and one revision.

    Refuses what was changed in the drafts since it was staged, and what names something that is not accepted with it.
    A new claim whose uid somebody took meanwhile is given the next free one.
    """
    _may(by)
    try:
        with transaction.atomic():
            one_at_a_time()
            stage = _locked(stage)
            renamed = _renumber(stage)
            wanted = None if uids is None else {renamed.get(uid, uid) for uid in uids}
            rows = [row for row in _waiting(stage) if wanted is None or row[1] in wanted]
            if not rows:
                raise Refused("Nothing is chosen.")
            _refuse_moved(rows)
            outcome = _bring_in(stage, rows, by)
            _finish(stage, rows, outcome.revision)
    except IntegrityError as error:
        raise Refused("The drafts hold the same slug or aspect meanwhile: stage the files again.") from error
    logger.info("accepted", extra={"stage": stage.pk, "revision": outcome.revision and outcome.revision.pk})
    return outcome


def drop(stage: Stage, *, by: User | None = None) -> None:
    """Let go of what still waits in a set, and of its report; what was accepted stays."""
    _may(by)
    with transaction.atomic():
        if not Stage.objects.filter(pk=stage.pk, state__in=("staged", "refused")).update(state="dropped"):
            raise Refused("Somebody has accepted or dropped this meanwhile.")
        stage.rows.filter(revision=None).delete()
        stage.faults.all().delete()
    logger.info("dropped", extra={"stage": stage.pk})


def put_up(outcome: Outcome, *, by: User, kind: str = "update", note: str = "", remark: str = "") -> Review:
    """Put what was accepted up for review, with all that it needs to be public."""
    documents = read_rows([*outcome.added, *outcome.changed, *outcome.retracted])
    return open_review(with_needed(documents), by=by, kind=kind, note=note, remark=remark)


def _may(by: User | None) -> None:
    if by is not None and not by.has_perm("profiles.open_review"):
        raise Refused("You may not bring in files.")


def _locked(stage: Stage) -> Stage:
    stage = Stage.objects.select_for_update().get(pk=stage.pk)
    if stage.state != "staged":
        raise Refused(f"This set is {stage.get_state_display()}.")
    return stage


_Row = tuple[int, str, str, str]  # primary key, uid, digest of the draft when staged, digest staged


def _waiting(stage: Stage) -> list[_Row]:
    return list(stage.rows.filter(revision=None).order_by("pk").values_list("pk", "uid", "before", "sha256"))


def _refuse_moved(rows: list[_Row]) -> None:
    moved = []
    for at in range(0, len(rows), _BATCH):
        some = rows[at : at + _BATCH]
        now = {uid: docs.digest(document) for uid, document in read_rows(row[1] for row in some).items()}
        moved += [uid for _, uid, before, after in some if now.get(uid, "") not in (before, after)]
    if moved:
        more = [f"And {len(moved) - _TOLD} more."] if len(moved) > _TOLD else []
        raise Refused(
            *(
                f"{uid} was changed in the drafts since this was staged: stage the file again, or leave it out."
                for uid in moved[:_TOLD]
            ),
            *more,
        )


def _bring_in(stage: Stage, rows: list[_Row], by: User | None) -> Outcome:
    gone = {uid for _, uid, _, after in rows if not after}
    owners = _owners_of(gone)
    made = {uid for _, uid, _, after in rows if after}
    kept = _left_in(owners) - gone - made
    reason = stage.reason or f"Staging {stage.pk}: {', '.join(stage.files)}"
    documents = chain(_documents(rows), read_rows(kept).values())
    outcome = bring_in(documents, owners=owners, by=by, reason=reason, act="import")
    # Those only told which of an owner's documents stay.
    outcome.unchanged -= len(kept)
    for some in _placed(rows):
        if faults := disagreements(some, set()):
            raise Refused(*(told(fault) for fault in faults[:_TOLD]))
    return outcome


def _finish(stage: Stage, rows: list[_Row], revision: Revision | None) -> None:
    for at in range(0, len(rows), _BATCH):
        some = StageRow.objects.filter(pk__in=[row[0] for row in rows[at : at + _BATCH]])
        if revision is None:
            some.delete()  # the drafts say it already
        else:
            # The words are in the store of documents now, and nowhere else: there a redaction finds them.
            some.update(revision=revision, body="")
    if not stage.rows.filter(revision=None).exists():
        Stage.objects.filter(pk=stage.pk).update(state="accepted")


def _documents(rows: list[_Row]) -> Iterator[docs.Document]:
    for some in _placed(rows):
        yield from (document for _, document in some.values())


def _placed(rows: list[_Row]) -> Iterator[dict[str, tuple[Placed, docs.Document]]]:
    keys = [row[0] for row in rows if row[3]]
    for at in range(0, len(keys), _BATCH):
        found = StageRow.objects.filter(pk__in=keys[at : at + _BATCH]).order_by("pk")
        yield {row.uid: (Placed({"uid": row.uid}, row.file, row.line), docs.parse(row.body)) for row in found}


def _owners_of(gone: set[str]) -> set[str]:
    return {d.subject for d in read_rows(gone).values() if isinstance(d, docs.OWNED)}


def _left_in(owners: set[str]) -> set[str]:
    """All that some profiles have in the drafts."""
    claims = Claim.objects.filter(subject_id__in=owners).values_list("uid", flat=True)
    silences = Silence.objects.filter(subject_id__in=owners).values_list("uid", flat=True)
    pictures = Picture.objects.filter(subject_id__in=owners).values_list("uid", flat=True)
    return {*claims, *silences, *pictures} if owners else set()


def _renumber(stage: Stage) -> dict[str, str]:
    """Old uid -> new, for new claims whose uid was taken since it was given."""
    given = stage.rows.filter(revision=None, given=True).values_list("uid", flat=True)
    taken: set[str] = set()
    for some in chunks(given):
        taken |= set(Claim.objects.filter(pk__in=some).values_list("pk", flat=True))
        taken |= set(RevisionEntry.objects.filter(uid__in=some).values_list("uid", flat=True))
    if not taken:
        return {}
    serials = Serials()
    renamed = {uid: serials.give(uid.rpartition("-")[0]) for uid in sorted(taken)}
    claims = stage.rows.filter(revision=None, model="claim").exclude(body="")
    for row in list(claims):
        document = docs.parse(row.body)
        if isinstance(document, docs.Claim) and (changed := _with_names(document, renamed)) != document:
            row.uid, row.sha256, row.body = changed.uid, docs.digest(changed), docs.canonical(changed).decode()
            row.save(update_fields=["uid", "sha256", "body"])
    return renamed


def _with_names(claim: docs.Claim, renamed: dict[str, str]) -> docs.Claim:
    uid = renamed.get(claim.uid, claim.uid)
    values: dict[str, object] = {"uid": uid}
    for name in _LINKS:
        linked: tuple[str, ...] | str | None = getattr(claim, name)
        if isinstance(linked, tuple):
            values[name] = tuple(sorted(renamed.get(one, one) for one in linked))
        elif linked:
            values[name] = renamed.get(linked, linked)
    values["citations"] = tuple(
        msgspec.structs.replace(c, uid=f"{uid}-c{c.uid.rpartition('-c')[2]}") for c in claim.citations
    )
    return msgspec.structs.replace(claim, **values)
