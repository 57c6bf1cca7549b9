"""Names in any spelling: what is alike is found, what is not is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.names import alike, consonants, fold

ALIKE = [
    ("Kataeb", "Kata'ib Hezbollah"),
    ("kataib hizballah", "Kata’ib Hezbollah"),
    ("Qais", "Qays al-Khazali"),
    ("kais al khazali", "Qays al-Khaz'ali"),
    ("al khazaali", "Qays al-Khaz'ali"),
    ("كتائب حزب الله", "كتائب حزب اللّه"),
    ("کتائب", "كتائب حزب الله"),
    ("Nujaba", "Harakat Hezbollah al-Nujabā’"),
    ("HEZB", "Kata'ib Hezbollah"),
]
NOT_ALIKE = [
    ("Kataeb Badr", "Kata'ib Hezbollah"),
    ("kt", "Kata'ib Hezbollah"),
    ("o", "Kata'ib"),
    ("aei", "Kata'ib Hezbollah"),
    ("", "Kata'ib"),
    ("'", "Kata'ib"),
    ("بدر", "كتائب حزب الله"),
]


@pytest.mark.parametrize(("term", "text"), ALIKE)
def test_spellings_of_one_name_are_alike(term, text):
    assert alike(term)(text)


@pytest.mark.parametrize(("term", "text"), NOT_ALIKE)
def test_other_names_are_not(term, text):
    assert not alike(term)(text)


@given(st.text(max_size=40))
def test_a_name_is_folded_once_and_for_all_and_finds_itself(name):
    folded = fold(name)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFC", name)) == folded
    assert alike(name)(name) is bool(folded)


@given(st.from_regex("[a-z]{1,12}", fullmatch=True))
def test_vowels_and_doubled_letters_make_no_difference(word):
    assert consonants(word) == consonants(word[0] + "".join(sign * 2 for sign in word[1:]))
