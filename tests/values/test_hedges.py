"""Hedges found, hedges left out, words copied: each with its honest twin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.hedges import LONGEST_RUN, hedges, missing_hedges, shared_run
from profiles.values.vocabulary import HEDGES

TEXTS = st.lists(
    st.sampled_from([*HEDGES, "the", "guards", "group", "of", "Marwa,", "“listed”", "it", "is"]), max_size=40
).map(" ".join)


def test_hedges_are_found_where_they_stand():
    text = "Officials Said it reportedly had about 2,000 fighters; it is said to be armed."
    found = hedges(text)
    assert [word for _, _, word in found] == ["said", "reportedly", "about", "it is said"]
    assert [text[start:end].lower() for start, end, _ in found] == [word for _, _, word in found]


@pytest.mark.parametrize("text", ["Saidabad", "The aboutness", "reclaimed", "saying", "awesome"])
def test_hedge_inside_a_word_is_none(text):
    assert hedges(text) == []


@pytest.mark.parametrize("hedge", HEDGES)
def test_each_hedge_is_found_and_kept_by_itself(hedge):
    text = f"The group {hedge.upper()} 20 this."
    assert hedges(text) == [(10, 10 + len(hedge), hedge)]
    assert missing_hedges(text, text) == []
    assert missing_hedges("The group did this.", text) == [hedge]


def test_a_name_is_no_hedge_and_about_is_one_of_a_figure_only():
    assert missing_hedges("They met.", "Ahmed Said spoke about the river; Said left.") == []
    assert missing_hedges("They met.", "Ahmed said so about 20 times.") == ["said", "about"]
    assert missing_hedges("Ahmed Said met them.", "He said so.") == ["said"]


@pytest.mark.parametrize(
    ("statement", "passage", "missing"),
    [
        ("It was reported to be armed.", "It is reportedly armed.", []),
        ("It is armed.", "It is reportedly armed.", ["reportedly"]),
        ("It is said to be armed.", "It is reportedly armed.", []),
        ("Officials say that it killed five.", "Officials accused it of killing five.", ["accused"]),
        ("Officials blamed it for five deaths.", "Officials accused it of killing five.", []),
        ("It has around 2,000 fighters.", "It has some 2,000 fighters.", []),
        ("It has 2,000 fighters.", "It has some 2,000 fighters.", ["some"]),
        ("It claims attacks.", "It claimed attacks, which have not been verified.", ["not been verified"]),
        ("It claims attacks, unverified.", "It claimed attacks, which have not been verified.", []),
        ("It acted.", "It allegedly acted, officials said; it said no.", ["allegedly", "said"]),
        ("The allegation is denied.", "It allegedly acted.", []),
    ],
)
def test_hedge_left_out_is_named_by_family(statement, passage, missing):
    assert missing_hedges(statement, passage) == missing


PASSAGE = "The River Guards quickly made a name for raids on the mills and the harbour of Marwa in those years."


@pytest.mark.parametrize(
    ("statement", "run"),
    [
        # Nine words of the passage, then eight.
        (
            "Two papers say they quickly made a name for raids on the mills.",
            "quickly made a name for raids on the mills",
        ),
        ("Two papers say they made a name for raids on the mills.", ""),
        # Case and punctuation make no difference.
        ("QUICKLY made, a name; for raids on: the Mills!", "QUICKLY made, a name; for raids on: the Mills"),
        # What is quoted counts for none, but what stands around it does.
        ("They quickly made “a name for raids” on the mills and the", ""),
        (
            "They quickly made a name for “raids” on the mills and the harbour",
            "quickly made a name for “raids” on the mills and the harbour",
        ),
        # So does a name.
        ("The River Guards quickly made a name for raids on", ""),
        ("A group quickly made a name for raids on the", ""),
        (
            "made a name for raids on the mills and the harbour of Marwa",
            "made a name for raids on the mills and the harbour of",
        ),
        ("for raids on the mills and the harbour of Marwa", "for raids on the mills and the harbour of"),
        ("Nothing alike", ""),
        ("", ""),
    ],
)
def test_run_of_over_eight_words_is_shown(statement, run):
    assert shared_run(statement, PASSAGE, ["River Guards", "Marwa"]) == run


def test_name_is_not_counted_though_the_same_words_without_it_are():
    passage = "In that year the Guards of the Two Rivers joined the council"
    statement = "In that year the Guards of the Two Rivers joined"
    assert shared_run(statement, passage, ["Guards of the Two Rivers"]) == ""
    assert shared_run(statement, passage) == statement


def test_possessive_is_the_same_word():
    passage = "the group's fighters came back to the river and joined the council"
    assert shared_run(passage.replace("'s", "’s"), passage) == passage.replace("'s", "’s")


@given(TEXTS, TEXTS)
def test_shared_run_stands_in_the_statement_and_is_long(statement, passage):
    run = shared_run(statement, passage)
    assert run in statement
    assert run == "" or len(run.split()) > LONGEST_RUN


@given(TEXTS, TEXTS)
def test_what_is_missing_is_in_the_passage_and_not_in_the_statement(statement, passage):
    missing = missing_hedges(statement, passage)
    assert set(missing) <= {word for _, _, word in hedges(passage)}
    assert not set(missing) & {word for _, _, word in hedges(statement)}
    assert missing_hedges("; ".join([statement, *missing]), passage) == []
