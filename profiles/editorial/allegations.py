"""Allegations about living people, asked of all draft rows at once: `rules.accuses` and `living`, as one query."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from profiles.models import Claim, PublishedClaim
from profiles.values.vocabulary import SUFFERED

ACCUSING_PARTS = ("perpetrator", "accused")
ACCUSING_ASPECTS = ("accusations", "acts", "investigations", "proceedings")


def about_the_living(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those that accuse a person of whom no public, undisputed claim says that they died.

    Of a part in an event the one accused is `about`, unless it was done to them; of all else it is the subject. A test
    holds this to the rules.
    """
    accuses = (
        Q(voice="alleged")
        | Q(part__in=ACCUSING_PARTS)
        | Q(topic="conduct", aspect__in=ACCUSING_ASPECTS)
        | ~Q(ground="")
    )
    accused = Case(
        When(Q(kind="part") & ~Q(part__in=SUFFERED), then=F("about_id")),
        When(~Q(kind="part"), then=F("subject_id")),
    )
    model = Case(
        When(Q(kind="part") & ~Q(part__in=SUFFERED), then=F("about__model")),
        When(~Q(kind="part"), then=F("subject__model")),
    )
    died = PublishedClaim.objects.filter(
        subject=OuterRef("accused"), topic="death", aspect="death", to_publication=None, negated=False
    ).exclude(standing__in=("retracted", "doubted", "contested"))
    rows = claims.filter(accuses).annotate(accused=accused, accused_model=model)
    return rows.filter(~Exists(died), accused_model="person")
