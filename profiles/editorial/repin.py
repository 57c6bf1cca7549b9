"""Decide what becomes of citations whose source has a later version: pinned again, kept with a note, or retracted.

Each act is one revision of drafts, which a review carries like any other; keeping changes no document.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.edit import Outcome, Refused, settle
from profiles.editorial.mapping import hold_rows, read_rows
from profiles.models import Capture, Reanchoring, SourceVersion
from profiles.models.documents import chunks
from profiles.values import documents as docs
from profiles.values.anchors import Passage

_TOLD_ANEW = "Somebody has decided on some of these meanwhile. Look again."


def repin(
    rows: Iterable[int], *, by: Any, chosen: Mapping[int, Passage] | None = None, note: str = "", reason: str = ""
) -> Outcome:
    """Pin the citations of some rows where their words stand in the later version, or where the editor says: `chosen`.

    One revision. Words to print that no longer stand in the passage are dropped. Refused where one is decided, or has
    no place to be pinned at.
    """
    _may(by)
    chosen = chosen or {}
    with transaction.atomic():
        found = _held(rows)
        lost = [row.citation for row in found if row.start is None and row.pk not in chosen]
        if lost:
            raise Refused(f"{lost[0]} is gone from the later version: say which words are to be pinned.")
        wanted = {row.citation: (row.version, chosen.get(row.pk) or _proposed(row)) for row in found}
        versions = {version for version, _ in wanted.values()}
        texts = dict(Capture.objects.filter(pk__in=versions).values_list("pk", "text"))
        digests = dict(SourceVersion.objects.filter(pk__in=versions).values_list("pk", "text_sha256"))
        there, made = _claims(found), {}
        for uid, claim in there.items():
            cited = tuple(
                _moved(one, *wanted[one.uid], digests, texts) if one.uid in wanted else one for one in claim.citations
            )
            made[uid] = msgspec.structs.replace(claim, citations=cited)
        outcome = _save(there, made, by, reason or f"Pinned again in {', '.join(sorted(versions))}.")
        _decide(found, "repinned", by, note)
    return outcome


def keep(rows: Iterable[int], *, by: Any, note: str) -> list[Reanchoring]:
    """Leave citations at the older version, which stays what it was; the note says why. No document changes."""
    _may(by)
    if not note.strip():
        raise Refused("Say why it is kept as it is.")
    with transaction.atomic():
        found = _held(rows)
        kept = _decide(found, "kept", by, note)
        for version in sorted({row.version for row in found}):
            record("passages_kept", by=by, thing=version, note=f"{len(found)} citations")
    return kept


def retract_claims(rows: Iterable[int], *, by: Any, note: str) -> Outcome:
    """Mark the claims of some rows as retracted, in the draft, in one revision; the note is public once reviewed."""
    _may(by)
    if not note.strip():
        raise Refused("Say why the claim is retracted: it is printed.")
    with transaction.atomic():
        found = _held(rows)
        there = _claims(found)
        # All that waits of them, since nothing of a retracted claim waits any more.
        others = list(Reanchoring.objects.waiting().filter(claim__in=list(there)))
        changed = {
            uid: msgspec.structs.replace(claim, standing="retracted", standing_note=note.strip())
            for uid, claim in there.items()
        }
        outcome = _save(there, changed, by, note.strip())
        _decide(others, "retracted", by, note)
    return outcome


def _may(by: Any) -> None:
    if not by.is_active or not by.has_perm("profiles.change_claim"):
        raise Refused("You may not change claims.")


def _held(rows: Iterable[int]) -> list[Reanchoring]:
    """The rows, as nobody else can decide on them now; Refused where one does not wait any more."""
    wanted = sorted(set(rows))
    if not wanted:
        raise Refused("Tick what is to be decided.")
    found: list[Reanchoring] = []
    for at in range(0, len(wanted), 5000):
        some = wanted[at : at + 5000]
        list(Reanchoring.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
        hold_rows(Reanchoring.objects.filter(pk__in=some).order_by().values_list("claim", flat=True))
        found += Reanchoring.objects.waiting().filter(pk__in=some)
    if len(found) != len(wanted):
        raise Refused(_TOLD_ANEW)
    return found


def _claims(found: Iterable[Reanchoring]) -> dict[str, docs.Claim]:
    there = read_rows({row.claim for row in found})
    return {uid: document for uid, document in there.items() if isinstance(document, docs.Claim)}


def _save(there: Mapping[str, docs.Claim], made: Mapping[str, docs.Claim], by: Any, reason: str) -> Outcome:
    outcome = Outcome()
    before = {uid: docs.digest(document) for uid, document in there.items()}
    settle(outcome, before, dict(made), False, there=there, by=by, reason=reason, act="save")
    return outcome


def _proposed(row: Reanchoring) -> Passage:
    return Passage(row.paragraph or 0, row.start or 0, row.end or 0, row.passage_sha256)


def _moved(
    cited: docs.Citation, version: str, passage: Passage, digests: Mapping[str, str], texts: Mapping[str, str]
) -> docs.Citation:
    words = texts.get(version, "")[passage.start : passage.end]
    same = cited.passage_sha256 == passage.sha256
    return msgspec.structs.replace(
        cited,
        version=version,
        text_sha256=digests[version],
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        passage_sha256=passage.sha256,
        excerpt=cited.excerpt if same or cited.excerpt in words else "",
    )


def _decide(found: Iterable[Reanchoring], decision: str, by: Any, note: str) -> list[Reanchoring]:
    """Write the decision into each row; one that was decided before, and put back, gets a row of its own."""
    decided = {"decision": decision, "decided_by": by, "decided_at": timezone.now(), "note": note.strip()}
    by_age: dict[bool, list[Reanchoring]] = defaultdict(list)
    for row in found:
        by_age[bool(row.decision)].append(row)
        for name, value in decided.items():
            setattr(row, name, value)
    for some in chunks(str(row.pk) for row in by_age[False]):
        Reanchoring.objects.filter(pk__in=some).update(**decided)
    for row in by_age[True]:
        row.pk = None
    Reanchoring.objects.bulk_create(by_age[True])
    return [*by_age[False], *by_age[True]]
