"""Who is heard without a name is proposed in the passage's own words, with a kind; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.unnamed import Unnamed, unnamed_speaker
from profiles.values.vocabulary import SPEAKER_KIND


@pytest.mark.parametrize(
    ("passage", "label", "kind"),
    [
        ("They have about 2,000 fighters, two officials said in May.", "two officials", "official"),
        ("Residents of Sefrin said that they take a toll.", "residents of Sefrin", "person"),
        ("According to a senior Iraqi security official, they left.", "senior Iraqi security official", "official"),
        ("Iraqi officials have accused the group of it.", "Iraqi officials", "official"),
        ("The raid was at night, eyewitnesses told the paper.", "eyewitnesses", "witness"),
        ("Two residents of the town blamed them.", "two residents of the town", "person"),
    ],
)
def test_those_who_are_heard_without_a_name_are_found(passage, label, kind):
    assert unnamed_speaker(passage) == Unnamed(label, kind)


@pytest.mark.parametrize(
    "passage",
    [
        "",
        "They killed two officials.",
        "Salim Nasser said so.",
        "The group has told officials so.",
        "Karim Hassan, a commander, said he left.",
        "Ahmed Jabbar, the security analyst, told the paper so.",
        "No officials said so.",
        "They were not all residents, said the mayor; no witnesses said more.",
        "قال مسؤولان إنهم رحلوا.",
    ],
)
def test_others_are_not(passage):
    assert unnamed_speaker(passage) is None


WORDS = ("Two", "The", "officials", "residents", "of", "Marwa", "said,", "according", "to", "a", "Iraqi")


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_whoever_is_found_stands_in_the_passage(passage):
    found = unnamed_speaker(passage)
    assert found is None or (found.label.casefold() in passage.casefold() and found.kind in SPEAKER_KIND)
