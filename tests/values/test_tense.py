"""The sense that the words of a passage, or an aspect, propose."""

import pytest

from profiles.values.proposals import propose
from profiles.values.tense import sense_of, usual_sense


@pytest.mark.parametrize(
    ("passage", "sense"),
    [
        ("They are led by Salim Nasser.", "as_of"),
        ("They were founded in 2013.", "happened"),
        ("It has held the town since 2023.", "held"),
        ("No verb here.", ""),
        ("It guards the ferries and the locks of the Upper Reach", "as_of"),
        ("The group also trains boatmen at night.", "as_of"),
        ("The River Guards control the locks.", "as_of"),
        ("The River Guards controlled the locks.", "happened"),
        ("They guard the ferries.", "as_of"),
        ("It has about 2,000 fighters, two officials said", "as_of"),
        ("The group fought beside other boatmen.", "happened"),
        ("It was armed by the harbour.", "happened"),
        ("the River Guards, a harbour-backed armed group", ""),
        ("Officials accuse the River Guards of shelling Marwa", "happened"),
        ("It has struck the mill several times.", ""),
        ("It has also reportedly been active in Lodra.", ""),
    ],
)
def test_the_tense_of_a_passage_proposes_the_sense(passage, sense):
    assert sense_of(passage, propose(passage, {}, {}).dates) == sense


@pytest.mark.parametrize(
    ("kind", "aspect", "sense"),
    [
        ("name", "names.former", "as_of"),
        ("statement", "origins.founded", "happened"),
        ("statement", "death.death", "happened"),
        ("step", "designations.listings", "happened"),
        ("designation", "designations.listings", "held"),
        ("statement", "names.not_to_be_confused_with", "as_of"),
        ("relation", "origins.parent", "happened"),
        ("statement", "areas.operates", ""),
    ],
)
def test_an_aspect_proposes_the_sense_that_it_always_has(kind, aspect, sense):
    assert usual_sense(kind, aspect) == sense
