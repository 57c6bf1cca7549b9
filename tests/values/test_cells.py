"""Cells of tables that leave us: none is a formula to a spreadsheet, and what comes back is what went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.cells import neutral, quoted, unquoted

FORMULAS = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "|x", "%x", "\uff1d1", "  \uff201"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    assert (neutral(text), quoted(text)) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("text", ["review 12", "", "a=b", "it's", "the guards'-led camp", "2013-05"])
def test_plain_cells_stay(text):
    assert (neutral(text), quoted(text), unquoted(text)) == (text, text, text)


@given(st.text(st.sampled_from("'=+-@ \t\na1")))
def test_what_comes_back_is_what_went(text):
    assert unquoted(quoted(text)) == text
    assert quoted(text)[:1] not in tuple("=+-@\t\n")
