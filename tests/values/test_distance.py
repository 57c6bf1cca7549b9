"""A hedge word keeps a distance where it is meant as one; a label where it names who says so."""

import pytest

from profiles.values.distance import keeps_distance

NAMES = ("River Guards", "Salim Said", "Claim Valley")


@pytest.mark.parametrize(
    "sentence",
    [
        "The River Guards reportedly returned.",
        "Reportedly, the River Guards returned.",
        "An article says that the River Guards returned; it does not say when.",
        "“Some say” so, a paper reported.",
        "The return of the River Guards has not been verified.",
        "Salim Said said that they returned.",
        "The group is reported to have returned.",
    ],
)
def test_a_hedge_keeps_a_distance(sentence):
    assert keeps_distance(sentence, (), NAMES)


@pytest.mark.parametrize(
    "sentence",
    [
        "The River Guards returned.",
        "Salim Said returned.",
        "salim  said returned.",
        "Ahmed Said returned.",
        "Said returned.",
        "They returned to Claim Valley.",
        "Nobody claims otherwise: they shelled Marwa.",
        "They did not deny it, nor was it alleged.",
        "There is no reported doubt that they shelled Marwa.",
        "They have about 2,000 fighters.",
        "They shelled some towns and talked about it around a fire.",
        "The group reports to the harbour authority.",
        "They were told to leave.",
        "Their attack claimed five lives.",
    ],
)
def test_what_only_looks_like_a_hedge_keeps_none(sentence):
    assert not keeps_distance(sentence, (), NAMES)


def test_a_label_is_found_as_whole_words_in_any_case_and_spacing():
    told = "In the words of  Two\u00a0Officials, they returned."
    assert keeps_distance(told, ["two officials"])
    assert not keeps_distance("Twenty-two officials returned.", ["officials’"])
    assert not keeps_distance("The cofficials returned.", ["officials"])
    assert keeps_distance("عادوا، بحسب مسؤولين عراقيين.", ["مسؤولين عراقيين"])
    assert not keeps_distance("They returned.", ["", "?", "—"])
    assert not keeps_distance("They returned to us and the river.", ["US", "the"])
    assert keeps_distance("In the words of the US they returned.", ["US"])


def test_a_label_inside_a_name_is_none():
    assert not keeps_distance(
        "The Harbour Authority Brigade returned.", ["Harbour Authority"], ["Harbour Authority Brigade"]
    )
    assert keeps_distance(
        "The Harbour Authority names the Harbour Authority Brigade.",
        ["Harbour Authority"],
        ["Harbour Authority Brigade"],
    )
