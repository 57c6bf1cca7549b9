"""A claim that changed over passages that stayed is looked at a second time: do they still support it?"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused, Stale
from profiles.editorial.mapping import hold_rows
from profiles.models import Claim, SecondLook


def still_supports(shown: Mapping[str, str], *, by: Any) -> list[SecondLook]:
    """Keep that the passages of some claims (uid -> digest as shown) support what they say now.

    Refused where one is not to be looked at, Stale where it is no longer as it was shown.
    """
    if not by.is_active or not by.has_perm("profiles.change_claim"):
        raise Refused("You may not change claims.")
    if not shown:
        raise Refused("Tick the claims that their passages still support.")
    with transaction.atomic():
        hold_rows(shown)
        digests = dict(Claim.objects.filter(pk__in=shown).values_list("pk", "draft_digest"))
        rows = list(SecondLook.objects.waiting().filter(claim__in=shown).select_for_update().order_by("pk"))
        if len(rows) < len(shown):
            raise Refused("Somebody has looked at some of these meanwhile. Look again.")
        if any(digests.get(uid) != sha for uid, sha in shown.items()):
            raise Stale("Somebody has changed one of these meanwhile. Look again.")
        for row in rows:
            row.decision, row.decided = "supports", shown[row.claim]
            row.decided_by, row.decided_at = by, timezone.now()
            record("second_look", by=by, thing=row.claim)
        SecondLook.objects.bulk_update(rows, ["decision", "decided", "decided_by", "decided_at"])
    return rows
