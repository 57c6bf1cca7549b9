"""What the page of a profile said at the end of a day: which edition was public then, and proof of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from profiles.models.editions import Edition, Publication, head
from profiles.values.date_words import day_in_words
from profiles.values.speech import say


@dataclass(frozen=True, slots=True)
class Said:
    """The state of a profile at the end of a day (UTC). Without `edition` nothing was public, and `why` says it."""

    day: date
    edition: Edition | None
    why: str = ""
    first: Edition | None = None
    earlier_that_day: tuple[Edition, ...] = ()
    chain: Publication | None = None
    now: Publication | None = None
    withdrawal: Publication | None = None


def said(profile: str, day: date) -> Said:
    """What was public of a profile at the end of a day: five queries at most, none for each edition."""
    end = datetime.combine(day, time(), UTC) + timedelta(days=1)
    rows = Edition.objects.filter(profile=profile).select_related("publication")
    row = rows.filter(publication__at__lt=end).order_by("-number").first()
    if row is None:
        return Said(day, None, say("Nothing was published of it by then."), rows.order_by("number").first())
    down = _taken_down(profile, row, end)
    if down is not None:
        why = say("It had been taken down on %(on)s.", on=day_in_words(down.at))
        return Said(day, None, why, rows.order_by("number").first(), withdrawal=down)
    begin = end - timedelta(days=1)
    earlier = rows.filter(publication__at__gte=begin, number__lt=row.number).order_by("number").defer("manifest")
    chain = Publication.objects.defer("body").filter(at__lt=end).order_by("-number").first()
    return Said(day, row, earlier_that_day=tuple(earlier), chain=chain, now=head())


def _taken_down(profile: str, row: Edition, end: datetime) -> Publication | None:
    """The withdrawal of a profile after an edition and before a moment."""
    later = Publication.objects.filter(
        kind="withdrawal", number__gt=row.publication_id, at__lt=end, body__contains=f'"{profile}"'
    )
    return next((one for one in later.order_by("-number") if profile in one.facts()["withdrawn"]), None)
