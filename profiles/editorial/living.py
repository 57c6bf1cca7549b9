"""Who lives and who died: everybody is living unless a cited claim says otherwise."""

from collections.abc import Mapping

from profiles.models.published import PublishedClaim
from profiles.values import documents as docs


def people_who_died(changed: Mapping[str, docs.Document]) -> set[str]:
    """The people of whom a cited claim, public or among these, says that they died. All others count as living."""
    public = PublishedClaim.objects.filter(topic="death", aspect="death", to_publication=None, negated=False)
    rows = public.exclude(standing__in=("retracted", "doubted", "contested"))
    dead = {subject for uid, subject in rows.values_list("uid", "subject") if uid not in changed}
    for document in changed.values():
        if isinstance(document, docs.Claim) and tells_death(document):
            dead.add(document.subject)
    return dead


def tells_death(claim: docs.Claim) -> bool:
    """Whether a claim says, cited and undisputed, that its subject died."""
    cited = any(c.bearing == "supports" for c in claim.citations)
    return (
        (claim.topic, claim.aspect) == ("death", "death") and cited and not claim.negated and claim.standing == "stands"
    )
