"""Passages found again in a later text: by hand, and in a thousand edits of articles in three languages."""

import random
import time

import pytest

from profiles.values.anchors import AnchorError, find, normalise
from profiles.values.reanchor import reanchor, reanchor_blind

from .edited_articles import CAPTIONS, edit, make_article, pinned_in

OLD = normalise(
    """Who are the River Guards?
    The River Guards were founded in around 2013 by Salim Nasser. They have about 2,000 fighters, two officials said.
    Photo: the bridge at Marwa
    Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016. He denies it.
    The harbour authority listed the River Guards in 2019.
    Photo: the bridge at Marwa"""
)


def became(quote, new, nth=None):
    (verdict,) = reanchor(OLD, new, [find(OLD, quote, nth)])
    words = new[verdict.found.start : verdict.found.end] if verdict.found else None
    return verdict.state, words, verdict.sure


def test_words_in_their_place_are_the_same():
    assert became("founded in around 2013", OLD) == ("same", "founded in around 2013", True)


def test_words_are_moved_by_text_before_them_and_with_their_paragraph():
    new = f"Updated.\n{OLD}"
    assert became("about 2,000 fighters", new) == ("moved", "about 2,000 fighters", True)
    lines = OLD.split("\n")
    assert became("listed the River Guards", "\n".join([lines[4], *lines[:4], lines[5]]))[0] == "moved"


def test_other_words_in_their_stead_are_shown():
    new = OLD.replace("about 2,000 fighters", "more than 5,000 fighters")
    assert became("have about 2,000 fighters", new) == ("changed", "have more than 5,000 fighters", False)
    assert became("2,000", new) == ("changed", "than 5,000", False)


def test_the_same_words_in_a_sentence_that_says_otherwise_are_for_an_editor():
    new = OLD.replace("They have about", "It is not true that they have about")
    assert became("about 2,000 fighters", new) == ("changed", "about 2,000 fighters", False)
    (verdict,) = reanchor(OLD, new, [find(OLD, "about 2,000 fighters")])
    assert verdict.evidence == (
        "changed: paragraph 1, 98 to 118, now paragraph 1, 118 to 138; "
        "the words are the same, the sentence around them is not"
    )
    assert new[slice(*verdict.sentence)] == "It is not true that they have about 2,000 fighters, two officials said."


def test_words_cut_out_of_their_sentence_and_sentences_cut_out_are_gone():
    new = OLD.replace(" in around 2013", "").replace(" He denies it.", "")
    assert became("in around 2013", new) == ("gone", None, False)
    assert became("He denies it.", new) == ("gone", None, False)
    (verdict,) = reanchor(OLD, new, [find(OLD, "He denies it.")])
    assert new[: verdict.near].endswith("the shelling of Marwa in 2016.")
    assert verdict.evidence == "gone: paragraph 3, 240 to 253; its words stand nowhere"


def test_a_caption_that_changed_is_not_found_in_its_twin():
    lines = OLD.split("\n")
    new = "\n".join([*lines[:2], "Photo: the market in Marwa", *lines[3:]])
    assert became("the bridge at Marwa", new, 1)[:2] == ("changed", "the market in Marwa")
    assert became("the bridge at Marwa", new, 2) == ("same", "the bridge at Marwa", False)


def test_sentences_that_were_joined_keep_the_words():
    new = OLD.replace("Salim Nasser. They have", "Salim Nasser, and now they have")
    assert became("founded in around 2013 by Salim Nasser", new)[:2] == (
        "changed",
        "founded in around 2013 by Salim Nasser",
    )


def test_a_passage_of_another_text_is_refused():
    with pytest.raises(AnchorError):
        reanchor("Other words.", OLD, [find(OLD, "He denies it.")])


def test_without_the_old_text_the_digest_alone_tells():
    new = f"Updated.\n{OLD}".replace("He denies it.", "He admits it.")
    passages = [find(OLD, "listed the River Guards"), find(OLD, "He denies it.")]
    moved, changed = reanchor_blind(len(OLD), new, passages)
    assert (moved.state, moved.sure, moved.similarity) == ("moved", True, None)
    assert (changed.state, changed.sure) == ("changed", False)
    assert [one.state for one in reanchor_blind(len(OLD), OLD, passages)] == ["same", "same"]


@pytest.mark.parametrize(("language", "seed"), [("en", 1), ("ar", 2), ("fa", 3)])
def test_in_edited_articles_what_did_not_change_is_found_and_nothing_else_is_called_the_same(language, seed):
    """334 edits each: at least 99 % of the unchanged passages at their very place, no wrong "same" or "sure"."""
    chance = random.Random(seed)
    unchanged = found = 0
    wrong = []
    for number in range(334):
        article = make_article(chance, language)
        old, new, pinned = pinned_in(article, edit(article, chance, language), chance, 12)
        for one, verdict in zip(pinned, reanchor(old, new, [one.passage for one in pinned]), strict=True):
            place = verdict.found and (verdict.found.start, verdict.found.end)
            unchanged += one.now is not None
            found += one.now is not None and place == one.now
            # One of several captions of the very same words, put where another was, is that other to any reader.
            twin = place and new[slice(*place)] in CAPTIONS[language]
            if (verdict.sure or (verdict.state == "same" and not twin)) and place != one.now:
                wrong.append((number, old[one.passage.start : one.passage.end], verdict.evidence))
            if verdict.found:
                assert new[verdict.found.start : verdict.found.end].strip()
                assert verdict.similarity is not None and verdict.was and verdict.sentence
            assert verdict.evidence.startswith(verdict.state)
    assert wrong == []
    assert unchanged > 3000
    assert found / unchanged >= 0.99, (found, unchanged)


@pytest.mark.parametrize("edits", ["few", "every sentence"])
def test_two_thousand_passages_take_less_than_ten_seconds(edits):
    chance = random.Random(7)
    article = [paragraph for _ in range(60) for paragraph in make_article(chance, "en")]
    edited = article
    if edits == "few":
        for _ in range(20):
            edited = edit(edited, chance, "en")
    else:
        edited = [[type(s)([*s.words[:1], type(s.words[0])("now"), *s.words[1:]]) for s in p] for p in article]
    old, new, pinned = pinned_in(article, edited, chance, 2100)
    assert len(pinned) >= 2000
    begun = time.thread_time()
    verdicts = reanchor(old, new, [one.passage for one in pinned])
    assert time.thread_time() - begun < 10
    assert len(verdicts) == len(pinned)
