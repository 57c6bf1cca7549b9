"""Whose words a reason may not repeat."""

from profiles.values.repeated import repeats, said_in
from tests import factory

CLAIM = factory.make_claim("rg-0002", "The guards burned a barn.", about="sn", conflicts_with=("rg-0003",))


def test_a_reason_may_name_what_it_is_about_by_its_uid():
    for reason in ("rg-0002", "rg-0002 named somebody.", "Its citation rg-0002-c1, of src-0001-v1.", "See rg-0003."):
        assert repeats(reason, said_in(CLAIM), 4) is False, reason


def test_and_may_not_repeat_its_words():
    assert repeats("rg-0002 said that the guards burned a barn.", said_in(CLAIM), 4) is True
