"""Link two claims that exclude each other: the conflict is written in both, as one revision."""

import msgspec
from django.db import transaction

from profiles.editorial.edit import Outcome, Refused
from profiles.editorial.mapping import hold_rows, read_rows
from profiles.editorial.save import save
from profiles.models import User
from profiles.values import documents as docs

REASON = "They exclude each other: linked as a conflict."


def link_conflict(uid: str, other: str, *, by: User, reason: str = "") -> Outcome:
    """Write in each of two claims that it conflicts with the other; both become contested.

    Refuses whoever may not change claims, one claim twice, what is no claim or was taken back, and what is linked.
    """
    if not by.has_perm("profiles.change_claim"):
        raise Refused("You may not change claims.")
    with transaction.atomic():
        hold_rows([uid, other])
        there = read_rows([uid, other])
        claims = [claim for claim in (there.get(uid), there.get(other)) if isinstance(claim, docs.Claim)]
        if uid == other or len(claims) < 2:
            raise Refused("Only two claims can be linked as a conflict.")
        one, its = claims
        if "retracted" in (one.standing, its.standing):
            raise Refused("One of the two was retracted: nothing conflicts with it any more.")
        if other in one.conflicts_with and uid in its.conflicts_with:
            raise Refused("They are linked already.")
        if other in one.conflicts_with:
            one, its = its, one  # named on one side already: written on the other
        named = tuple(sorted({*one.conflicts_with, its.uid}))
        linked = msgspec.structs.replace(one, conflicts_with=named)
        return save(linked, by=by, reason=reason or REASON, base=docs.digest(one))
