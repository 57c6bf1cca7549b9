"""When a source has a later version, each citation of the older ones is looked for in it, and waits for an editor."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from profiles.models import Capture, Citation, Reanchoring, SourceVersion, bulk
from profiles.models.documents import chunks
from profiles.values.anchors import AnchorError, Passage, digest
from profiles.values.reanchor import Verdict, reanchor, reanchor_blind

Cited = tuple[str, str, Passage]  # uid of the citation, of its claim, and where it is pinned


def reanchor_source(source: str) -> int:
    """Look for the citations of a source's older versions in its newest text; how many were looked for.

    What was asked of this version before is not asked again, but where a text has come to hand since. What still waits
    for a version in between is overtaken. A constant number of queries.
    """
    lengths = dict(SourceVersion.objects.filter(source=source).order_by().values_list("pk", "text_length"))
    if len(lengths) < 2:
        return 0
    with transaction.atomic():
        order = sorted(lengths, key=number_of)
        at_hand = set(Capture.objects.filter(pk__in=order).values_list("pk", flat=True))
        newest = next((uid for uid in reversed(order) if uid in at_hand), order[0])
        older = order[: order.index(newest)]
        cited = _cited(older)
        done, again = _asked(newest, cited, at_hand)
        wanted = {uid: rows for uid, some in cited.items() if (rows := [one for one in some if one[0] not in done])}
        if not wanted:
            return 0
        texts = dict(Capture.objects.filter(pk__in=[newest, *wanted]).values_list("pk", "text"))
        names = [citation for rows in wanted.values() for citation, *_ in rows]
        for some in chunks(names):
            waiting = Reanchoring.objects.filter(citation__in=some, decision="")
            waiting.filter(pk__in=again).delete()
            waiting.exclude(version=newest).update(decision="overtaken", decided_at=timezone.now())
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        made = [
            _row(uid, newest, cited, verdict, uid in texts, at)
            for uid, rows in wanted.items()
            for cited, verdict in _verdicts(rows, texts.get(uid), lengths[uid], texts[newest])
        ]
        bulk.insert(Reanchoring, _COLUMNS, made)
        return len(made)


def number_of(version: str) -> int:
    """The number of a version within its source: v10 comes after v9."""
    return int(version.rpartition("-v")[2])


def _cited(versions: list[str]) -> dict[str, list[Cited]]:
    rows = Citation.objects.filter(version__in=versions).exclude(claim__standing="retracted").order_by("uid")
    found: dict[str, list[Cited]] = defaultdict(list)
    for version, uid, claim, paragraph, start, end, sha256 in rows.values_list(
        "version_id", "uid", "claim_id", "paragraph", "start", "end", "passage_sha256"
    ):
        try:
            found[version].append((uid, claim, Passage(paragraph, start, end, sha256)))
        except AnchorError:
            continue  # could never be a passage: the claim's own checks say so
    return found


def _asked(newest: str, cited: dict[str, list[Cited]], at_hand: set[str]) -> tuple[set[str], list[int]]:
    """The citations that were looked for in this version already; and the rows to make again, now with the old text."""
    done: set[str] = set()
    again = []
    pinned = {uid: version for version, rows in cited.items() for uid, *_ in rows}
    rows = Reanchoring.objects.filter(version=newest).order_by("pk")
    for pk, citation, version, decision, evidence in rows.values_list(
        "pk", "citation", "pinned", "decision", "evidence"
    ):
        if pinned.get(citation) != version:
            continue
        if not decision and not evidence.get("text") and version in at_hand:
            again.append(pk)
        else:
            done.add(citation)
    return done, again


def _verdicts(rows: list[Cited], old: str | None, length: int, new: str) -> Iterator[tuple[Cited, Verdict]]:
    """Each citation with what became of it; by the digest alone where its words are not at hand as they were pinned."""
    holds = [old is not None and digest(old[it.start : it.end]) == it.sha256 for *_, it in rows]
    seen = iter(reanchor(old or "", new, [it for (*_, it), ok in zip(rows, holds, strict=True) if ok]))
    blind = iter(reanchor_blind(length, new, [it for (*_, it), ok in zip(rows, holds, strict=True) if not ok]))
    for row, ok in zip(rows, holds, strict=True):
        yield row, next(seen if ok else blind)


_COLUMNS = (
    "citation", "claim", "pinned", "version", "state", "sure", "paragraph", "start", "end", "passage_sha256",
    "evidence", "decision", "note", "at",
)  # fmt: skip


def _row(pinned: str, version: str, cited: Cited, verdict: Verdict, has_text: bool, at: Any) -> tuple[Any, ...]:
    uid, claim, _ = cited
    found = verdict.found
    # Changed without a place to show is gone, whatever the digest alone can tell.
    state = verdict.state if found else "gone"
    place = (found.paragraph, found.start, found.end, found.sha256) if found else (None, None, None, "")
    evidence = {
        "told": verdict.evidence,
        "alike": None if verdict.similarity is None else round(verdict.similarity * 100),
        "was": verdict.was,
        "sentence": verdict.sentence,
        "near": verdict.near,
        "times": verdict.times,
        "text": has_text,
    }
    return uid, claim, pinned, version, state, verdict.sure, *place, json.dumps(evidence), "", "", at


def reanchor_all(sources: Iterable[str]) -> int:
    """The same for several sources, each by itself: after a fixture has brought versions in."""
    return sum(reanchor_source(source) for source in sources)
