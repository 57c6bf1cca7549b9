"""Sentences, English and Arabic, and the full stops that end none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.anchors import normalise
from profiles.values.sentences import sentences


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It was led by Mr. Salim from Jan. 3 to Sept. 2019.",
        "The U.S. Treasury listed it.",
        "George W. Bush spoke to J. K. Rowling.",
        "It has 7,000 to 10.5 thousand men, i.e. few.",
        "Brig. Gen. Esmail met Lt. Col. Dr. Hadi.",
        "“Who are they?” he asked.",
        "They came ... and left.",
        "See No. 14, para. 3 and p. 7.",
        "1. First of a list",
        "قال د. أحمد إن العدد ٣٫٥ آلاف.",
        "No stop at all",
        "A colon: and a semicolon; are no end.",
    ],
)
def test_one_sentence_stays_one(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["It was founded in 2003.", "It fought in Syria!", "Did it?", "Yes…", "It did."],
        ["“We leave.”", "He left.[12]", "(So did they.)", "«انتهى.»", "End"],
        ["متى تأسست الحركة؟", "تأسست عام ٢٠٠٣.", "قاتلت في سوريا!", "انتهى"],
        ["تأسست عام ٢٠٠٣ م.", "وقال آخرون غير ذلك."],
        ["He went to the U.S.", "The group did not."],
        ["It ended in Jan.", "Then it began again."],
        ["They are about 7,000.", "10 were named."],
    ],
)
def test_each_sentence_is_told_from_the_next(parts):
    assert split(" ".join(parts)) == parts


def test_no_sentence_crosses_a_paragraph():
    assert split("A heading\nOne. Two.\nThree") == ["A heading", "One.", "Two.", "Three"]


def test_an_empty_text_has_no_sentence():
    assert sentences("") == []


@given(st.text(alphabet="aB .?!؟…\n\"'”)د3").map(normalise))
def test_sentences_hold_every_word_once_and_begin_and_end_with_one(text):
    found = sentences(text)
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == "".join(text.split())
    assert all(start < end and text[start:end].strip() == text[start:end] for start, end in found)
    assert all("\n" not in text[start:end] for start, end in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
