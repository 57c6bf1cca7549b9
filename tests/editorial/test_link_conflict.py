"""Two claims are linked as a conflict in one act: written in both, in one revision, for one person."""

import pytest

from profiles.editorial.edit import Refused
from profiles.editorial.link_conflict import link_conflict
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import all_drafts, open_review
from profiles.exchange.release import release
from profiles.models import Revision
from tests import cast, factory

pytestmark = pytest.mark.django_db


def founded(uid, when, **values):
    values = {"topic": "origins", "aspect": "founded", "sense": "happened", **values}
    return factory.make_claim(uid, f"An article puts the founding in {when}.", when=when, **values)


@pytest.fixture
def two():
    """Two foundings; nothing is published."""
    factory.load(*factory.make_ground(), founded("rg-0002", "2013"), founded("rg-0003", "2017"), by=cast.editor())
    return "rg-0002", "rg-0003"


def test_both_name_each_other_in_one_revision(two):
    before = Revision.objects.count()
    outcome = link_conflict(*two, by=cast.editor())
    one, other = (read_rows(two)[uid] for uid in two)
    assert (one.conflicts_with, one.standing) == (("rg-0003",), "contested")
    assert (other.conflicts_with, other.standing) == (("rg-0002",), "contested")
    assert Revision.objects.count() == before + 1
    assert outcome.changed == ["rg-0002", "rg-0003"]
    assert (outcome.revision.by, outcome.revision.reason) == (
        cast.editor(),
        "They exclude each other: linked as a conflict.",
    )


def test_unlinked_they_cannot_be_published_and_linked_they_can(two):
    review = open_review(all_drafts(), by=cast.editor(), kind="new")
    with pytest.raises(Refused, match="link them"):
        release(review, by=cast.reviewer())
    link_conflict(*two, by=cast.editor())
    assert release(open_review(all_drafts(), by=cast.editor(), kind="new"), by=cast.reviewer()).number == 1


def test_a_link_of_one_side_is_completed(two):
    factory.load(founded("rg-0002", "2013", conflicts_with=("rg-0003",), standing="contested"), by=cast.editor())
    assert link_conflict(*two, by=cast.editor()).changed == ["rg-0003"]
    assert [read_rows(two)[uid].conflicts_with for uid in two] == [("rg-0003",), ("rg-0002",)]


def test_what_cannot_be_linked_is_refused_with_nothing_written(two):
    factory.load(
        founded("rg-0004", "2018", standing="retracted", standing_note="Wrong."),
        factory.make_silence(),
        by=cast.editor(),
    )
    before = Revision.objects.count()
    for other, told in (
        ("rg-0002", "Only two claims"), ("rg-s01", "Only two claims"), ("rg-0099", "Only two claims"),
        ("rg", "Only two claims"), ("rg-0004", "was retracted"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=told):
            link_conflict("rg-0002", other, by=cast.editor())
    with pytest.raises(Refused, match="may not change claims"):
        link_conflict(*two, by=cast.make_user("nobody"))
    assert Revision.objects.count() == before
    link_conflict(*two, by=cast.editor())
    with pytest.raises(Refused, match="linked already"):
        link_conflict(*reversed(two), by=cast.editor())
