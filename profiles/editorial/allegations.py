"""Allegations about living people, asked of all draft rows at once: `accuses` and `accused_of`, as one query."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from profiles.editorial.rules.allegations import ACCUSED_PARTS, ACCUSING
from profiles.models import Attribution, Claim, ClaimLink, PublishedClaim
from profiles.values.vocabulary import SUFFERED


def about_the_living(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those that may accuse a person of whom no public, undisputed claim says that they died.

    A test holds this to the rules.
    """
    where = [word.split(".") for word in sorted(ACCUSING)]
    accuses = reduce(or_, (Q(topic=topic, aspect=aspect) for topic, aspect in where))
    accuses |= Q(voice="alleged") | Q(part__in=ACCUSED_PARTS) | ~Q(ground="")
    died = PublishedClaim.objects.filter(topic="death", aspect="death", to_publication=None, negated=False)
    dead = died.exclude(standing__in=("retracted", "doubted", "contested")).values("subject")
    subject = ~Q(kind="part") & Q(subject__model="person") & ~Q(subject__in=dead)
    about = ~Q(kind="part", part__in=SUFFERED) & Q(about__model="person") & ~Q(about__in=dead)
    heard = Attribution.objects.filter(
        citation__claim=OuterRef("claim"), citation__bearing="supports", speaker__profile=OuterRef("target_profile")
    )
    mentioned = ClaimLink.objects.filter(
        ~Q(target_profile__in=dead),
        ~Exists(heard),
        claim=OuterRef("pk"),
        link="mentions",
        target_profile__model="person",
    )
    return claims.filter(accuses).filter(subject | about | Exists(mentioned))
