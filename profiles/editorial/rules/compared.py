"""The public claims that changed ones are compared with: other answers to their question, deaths beside roles."""

from collections.abc import Mapping

from django.db.models import Q

from profiles.models.documents import chunks
from profiles.models.editions import read_documents
from profiles.models.published import PublishedClaim
from profiles.values import documents as docs
from profiles.values.contradiction import SINGLE


def compared_with(changed: Mapping[str, docs.Document]) -> dict[str, docs.Claim]:
    """Uid -> public claim that may exclude one of these; none where nothing is asked that has one answer.

    Two queries for each ten thousand subjects.
    """
    digests: dict[str, str] = {}
    for some in chunks(sorted(_subjects(changed))):
        rows = PublishedClaim.objects.filter(comparable(some, published=True), to_publication=None).order_by()
        digests.update({uid: sha for uid, sha in rows.values_list("uid", "sha256") if uid not in changed})
    return {uid: one for uid, one in read_documents(digests).items() if isinstance(one, docs.Claim)}


def _subjects(changed: Mapping[str, docs.Document]) -> set[str]:
    """The subjects of changed claims that have one answer, are denied, or tell of a role, a step or a death."""
    found: set[str] = set()
    for claim in changed.values():
        if isinstance(claim, docs.Claim) and claim.standing not in ("retracted", "superseded"):
            found.add(claim.subject)
            if claim.kind == "part" and claim.part == "killed" and claim.about:
                found.add(claim.about)
    return found


def comparable(subjects: list[str], *, published: bool) -> Q:
    """Which claims of these subjects can exclude another, in the words of the table of drafts or of the published."""
    subject, about = ("subject", "about") if published else ("subject_id", "about_id")
    of_subject = Q(**{f"{subject}__in": subjects})
    single = Q()
    for key in SINGLE:
        topic, aspect = key.split(".")
        single |= Q(topic=topic, aspect=aspect)
    told = single | Q(negated=True) | Q(kind__in=("membership", "step"))
    return (of_subject & told) | Q(**{f"{about}__in": subjects}, kind="part", topic="toll", aspect="killed")
