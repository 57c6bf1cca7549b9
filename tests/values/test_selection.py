"""A selection is pinned where its words stand, counted in code points; anything else is refused."""

import pytest

from profiles.values import anchors
from profiles.values.selection import pin_selection

TEXT = anchors.normalise("One 😀 line.\nTwo 😀😀 birds sang. A third.\nحراس النهر جماعة مسلحة.")


def test_places_count_code_points_of_the_paragraph():
    start = TEXT.index("birds")
    passage = pin_selection(TEXT, 1, 7, 12, "birds")
    assert (passage.paragraph, passage.start, passage.end) == (1, start, start + 5)
    assert passage.sha256 == anchors.digest("birds")


def test_spaces_at_the_ends_are_left_out():
    passage = pin_selection(TEXT, 1, 6, 13, " birds ")
    assert TEXT[passage.start : passage.end] == "birds"


def test_right_to_left_text_is_pinned_in_its_logical_order():
    passage = pin_selection(TEXT, 2, 5, 10, "النهر")
    assert TEXT[passage.start : passage.end] == "النهر"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((1, 8, 13, "birds"), "other words"),
        ((1, 7, 12, "bird"), "other words"),
        ((3, 0, 2, "On"), "there is no paragraph 3: the text has 3"),
        ((-1, 0, 2, "On"), "there is no paragraph -1"),
        ((0, 0, 200, "On"), "outside paragraph 0"),
        ((0, 3, 3, ""), "outside paragraph 0"),
        ((0, 3, 4, " "), "is empty"),
        ((1, 0, 27, "Two 😀😀 birds sang. A third."), "longer than one sentence"),
    ],
)
def test_what_does_not_stand_there_is_refused(place, said):
    with pytest.raises(anchors.AnchorError, match=said):
        pin_selection(TEXT, *place)
