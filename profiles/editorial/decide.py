"""Decisions of a second person on the claims of a review: which need one of their own, what is kept, what blocks."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.flags import Flag, flags_of
from profiles.editorial.public import Public, public_with
from profiles.editorial.review import why_not_approve
from profiles.editorial.rules import accuses
from profiles.models import Capture, Decision, Review, User, bulk
from profiles.models.documents import chunks
from profiles.models.editions import read_documents
from profiles.values import anchors
from profiles.values import documents as docs
from profiles.values.counting import counts

# Uid -> why a claim needs a decision of its own.
Demands: TypeAlias = Mapping[str, tuple[str, ...]]

LONGEST_COMMENT = 5000
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one frozen claim; `sha256` is the digest of the document that they had before them."""

    uid: str
    sha256: str
    verdict: str
    comment: str = ""


def demands(
    after: Mapping[str, docs.Document],
    before: Mapping[str, docs.Document],
    flags: Mapping[str, tuple[Flag, ...]] | None = None,
    public: Public | None = None,
) -> dict[str, tuple[str, ...]]:
    """The claims that need a decision each, with the reasons: the others may be passed together.

    Who has `public_with` and `flags_of` the same documents at hand gives them, and it asks nothing.
    """
    around = public_with(after) if public is None else public
    raised = flags_of(after, around) if flags is None else flags
    found: dict[str, tuple[str, ...]] = {}
    for uid, claim in after.items():
        if isinstance(claim, docs.Claim):
            old = before.get(uid)
            values = {flag.value for flag in raised[uid]}
            reasons = _reasons(claim, old if isinstance(old, docs.Claim) else None, values, around)
            if reasons:
                found[uid] = reasons
    return found


def _reasons(claim: docs.Claim, old: docs.Claim | None, flags: set[str], public: Public) -> tuple[str, ...]:
    told = {
        "alleges": "allegation" in flags or (old is not None and accuses(old)),
        "names a living person": "living" in flags,
        "gives a number": gives_number(claim, _names(claim, public)),
        "changed its voice": old is not None and old.voice != claim.voice,
    }
    return tuple(reason for reason, holds in told.items() if holds)


def gives_number(claim: docs.Claim, names: Iterable[str] = ()) -> bool:
    """Whether a claim gives a number that is no date: in its columns, or in its sentence outside these names."""
    if claim.precision or claim.number_words or claim.low is not None:
        return True
    return counts(claim.statement, names)


def _names(claim: docs.Claim, public: Public) -> list[str]:
    """Stored names that a claim may use: of the profiles, places and bodies that it refers to, and what it stores."""
    named = (getattr(public.get(uid), "label", "") for _, uid in docs.references(claim))
    return [*named, claim.name, claim.name_as_listed]


def decide(review: Review, said: Iterable[Said], *, by: User) -> list[Said]:
    """Keep what a second person says of claims of a review, each on the exact frozen document; one act, whole or not.

    Refuses the opener, the authors and whoever lacks the right; a digest that is not the frozen one; a claim refused
    without a word. What was said before stays: the newest of each person counts.
    """
    wanted = {one.uid: one for one in said}
    with transaction.atomic():
        held = Review.objects.select_for_update().get(pk=review.pk)
        if reason := why_not_approve(held, by):
            raise Refused(reason)
        frozen = frozen_digests(held)
        claims = read_documents({uid: frozen[uid] for uid in wanted if frozen.get(uid)})
        if problems := [told for one in wanted.values() if (told := _problem(one, frozen, claims))]:
            raise Refused(*problems)
        return _keep(held, list(wanted.values()), claims, by)


def pass_rest(review: Review, *, by: User) -> list[Said]:
    """Pass together all claims of a review that need no decision of their own and have none yet."""
    with transaction.atomic():
        held = Review.objects.select_for_update().get(pk=review.pk)
        if reason := why_not_approve(held, by):
            raise Refused(reason)
        after, before = frozen_documents(held)
        rest = undecided(held, after, demands(after, before))
        if not rest:
            raise Refused("Nothing is left that may be passed together.")
        return keep_passes(held, rest, by=by)


def undecided(review: Review, after: Mapping[str, docs.Document], needed: Collection[str]) -> dict[str, docs.Document]:
    """The claims that may be passed together, and of which nobody has said anything yet."""
    known = set(review.decisions.values_list("uid", "sha256"))
    return {
        uid: claim
        for uid, claim in after.items()
        if isinstance(claim, docs.Claim) and uid not in needed and (uid, docs.digest(claim)) not in known
    }


def keep_passes(review: Review, claims: Mapping[str, docs.Document], *, by: User) -> list[Said]:
    """Write that these claims were passed together, in the caller's transaction."""
    passed = [Said(uid, docs.digest(claim), "passed") for uid, claim in claims.items()]
    return _keep(review, passed, claims, by)


def why_undecided(
    review: Review, frozen: Mapping[str, str], needed: Demands, barred: Collection[int] = ()
) -> list[str]:
    """Why a review cannot be approved yet, claim by claim; empty where all that needs a decision has one.

    The newest decision of each person on the frozen document counts; one refusal blocks, whoever else agrees. What
    the `barred` (who opened and wrote it) said counts for nothing.
    """
    newest: dict[tuple[str, int], str] = {}
    rows = review.decisions.order_by("pk").values_list("uid", "sha256", "verdict", "by_id")
    for uid, sha, verdict, by in rows:
        if frozen.get(uid) == sha and by not in barred:
            newest[uid, by] = verdict
    refused = sorted({uid for (uid, _), verdict in newest.items() if verdict == "does_not"})
    settled = {uid for (uid, _), verdict in newest.items() if verdict == "supports"}
    told = [f"{uid}: refused by a reviewer. Send the review back, or decide anew." for uid in refused]
    told += [
        f"{uid}: {' and '.join(needed[uid])}, so that it needs a decision of its own."
        for uid in sorted(needed.keys() - settled - set(refused))
    ]
    return [*told[:_LISTED], f"And {len(told) - _LISTED} more."] if len(told) > _LISTED else told


def wanting(review: Review) -> dict[str, str]:
    """Uid -> frozen digest of the claims of a review that need a decision each."""
    after, before = frozen_documents(review)
    return {uid: docs.digest(after[uid]) for uid in demands(after, before)}


def frozen_digests(review: Review) -> dict[str, str]:
    """Uid -> digest of what a review would make public."""
    return dict(review.entries.values_list("uid", "after"))


def frozen_documents(review: Review) -> tuple[dict[str, docs.Document], dict[str, docs.Document]]:
    """The documents of a review after and before, those redacted left out; three queries."""
    entries = list(review.entries.values_list("uid", "before", "after"))
    after = read_documents({uid: sha for uid, _, sha in entries if sha})
    return after, read_documents({uid: sha for uid, sha, _ in entries if sha})


def _problem(said: Said, frozen: Mapping[str, str], claims: Mapping[str, docs.Document]) -> str:
    if said.uid not in frozen:
        return f"{said.uid} is not in this review."
    if frozen[said.uid] != said.sha256:
        return f"{said.uid} is not what you had before you: look at it again."
    if not isinstance(claims.get(said.uid), docs.Claim):
        return f"{said.uid} is no claim that can be decided on."
    if said.verdict not in ("supports", "does_not"):
        return f"{said.uid}: say whether the passage supports it as worded, or does not."
    if said.verdict == "does_not" and not said.comment.strip():
        return f"{said.uid}: say what the passage does not support, for who mends it."
    if len(said.comment) > LONGEST_COMMENT:
        return f"{said.uid}: a comment has {LONGEST_COMMENT:,} signs at most."
    return ""


def _keep(review: Review, said: list[Said], claims: Mapping[str, docs.Document], by: User) -> list[Said]:
    if not said:
        return []
    seen = _seen(claims.values())
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    bulk.insert(
        Decision,
        ("review_id", "uid", "sha256", "passages", "verdict", "comment", "by_id", "at"),
        (
            (
                review.pk,
                one.uid,
                one.sha256,
                json.dumps(seen(claims[one.uid])),
                one.verdict,
                one.comment.strip(),
                by.pk,
                now,
            )
            for one in said
        ),
    )
    verdicts = [one.verdict for one in said]
    told = [f"{verdicts.count(verdict)} {word}" for verdict, word in Decision.VERDICTS if verdict in verdicts]
    note = f"{said[0].uid}: {told[0].partition(' ')[2]}" if len(said) == 1 else ", ".join(told)
    record("claim_decided", by=by, thing=f"review {review.pk}", note=note)
    return said


def _seen(claims: Iterable[docs.Document]) -> Callable[[Any], list[dict[str, Any]]]:
    """For each citation of a claim its uid, the digest of its passage, and whether its words were at hand."""
    versions = {c.version for claim in claims if isinstance(claim, docs.Claim) for c in claim.citations}
    texts: dict[str, str] = {}
    for some in chunks(sorted(versions)):
        texts.update(Capture.objects.filter(pk__in=some).values_list("version_id", "text"))

    def passages(claim: Any) -> list[dict[str, Any]]:
        return [
            {
                "citation": c.uid,
                "passage": c.passage_sha256,
                "seen": anchors.digest(texts.get(c.version, "")[c.start : c.end]) == c.passage_sha256,
            }
            for c in claim.citations
        ]

    return passages
