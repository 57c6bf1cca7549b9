"""In which language our own words are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values import speech
from profiles.values.arabic.numbers import plural_form


def test_english_is_spoken_unless_told():
    assert (speech.language(), speech.say("since %(year)s", year=2011)) == ("en", "since 2011")


def test_a_language_ends_with_its_block_even_after_an_error():
    with pytest.raises(ValueError, match="it"), speech.speaking("ar"):
        raise ValueError("it")
    assert speech.language() == "en"


def test_what_has_no_arabic_word_is_said_in_english():
    with speech.speaking("ar"):
        assert speech.say("No such words at %(place)s", place="all") == "No such words at all"


@given(st.text())
def test_a_value_is_never_read_as_a_place_for_another(value):
    assert speech.say("“%(words)s”", words=value) == f"“{value}”"


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, 4), (1, 0), (2, 1), (3, 2), (10, 2), (11, 3), (99, 3), (100, 4), (102, 4), (103, 2), (111, 3)],
)
def test_arabic_has_a_form_for_each_sort_of_number(count, form):
    assert plural_form(count) == form
