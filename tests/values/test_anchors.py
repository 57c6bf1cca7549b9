"""Normalising, pinning and finding passages again; offsets are code points, whatever the script."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.anchors import (
    AnchorError,
    Coverage,
    Finding,
    Passage,
    compare,
    coverage,
    digest,
    find,
    normalise,
    paragraph_at,
    paragraphs,
    pin,
    refusal,
    sentences,
    verify,
)

TEXT = normalise(
    """
    Brigade of the Lamp

    Two officials said the brigade has about 700 men. It was founded around 2013 by "Abu Lamp".
    The brigade denies it. Nobody was named.
    قال مسؤولان إن اللواء يضم نحو ٧٠٠ رجل. وتأسس عام ٢٠١٣ 😀 تقريبا.
    Photo: a flag 🏴 over the bridge
    """
)

WORDS = st.text(alphabet="abcdeفقكل😀𐤀é", min_size=1, max_size=8)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: "W" + " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=5).map(lambda parts: normalise("\n".join(parts)))


@st.composite
def texts_with_range(draw):
    text = draw(TEXTS)
    first, last = draw(st.sampled_from(sentences(text)))
    start = draw(st.integers(first, last - 1))
    end = draw(st.integers(start + 1, last))
    if not text[start:end].strip():
        start, end = first, last
    return text, start, end


# Normalising


def test_white_space_lines_and_composition_are_made_one():
    assert normalise("\ufeff  cafe\u0301\t \u00a0x \r\n\r\n\u3000\r y\u2028z\x0c\n\n") == "café x\ny z"


def test_zero_width_and_direction_controls_stay():
    text = "مي\u200cخواهم\u200f a\u200bb \u2067ج\u2069"
    assert normalise(text) == text


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1c", "\x7f", "\x92", "\ud800"])
def test_control_characters_are_refused_by_line(char):
    with pytest.raises(AnchorError) as refused:
        normalise(f"a\r\nb{char}c")
    assert str(refused.value) == (
        f"line 2: U+{ord(char):04X} is no character of a text: were the bytes decoded rightly?"
    )


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\t\n\r\f\x85"))))
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert all(line == " ".join(line.split()) and line for line in once.split("\n")) or once == ""


def test_digest_is_sha256_of_utf8():
    assert digest("اللواء 😀") == hashlib.sha256("اللواء 😀".encode()).hexdigest()


# Paragraphs


def test_paragraphs_are_numbered_from_nought_in_code_points():
    text = "😀😀\nلواء\nc"
    assert paragraphs(text) == [(0, 2), (3, 7), (8, 9)]
    assert [paragraph_at(text, offset) for offset in range(len(text))] == [0, 0, 0, 1, 1, 1, 1, 1, 2]
    assert paragraphs("") == []


@pytest.mark.parametrize("offset", [-1, 9])
def test_an_offset_outside_the_text_has_no_paragraph(offset):
    with pytest.raises(AnchorError, match=f"^offset {offset} is outside the text, which has 9 code points$"):
        paragraph_at("😀😀\nلواء\nc", offset)


# Pinning


def test_a_passage_is_pinned_in_code_points_after_astral_letters():
    quote = "تقريبا"
    start = TEXT.index(quote)
    assert find(TEXT, quote) == Passage(3, start, start + 6, digest(quote))
    assert find(TEXT, "🏴 over").start == TEXT.index("🏴")


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (5, 5, "5 to 5 is empty: a passage needs words"),
        (7, 8, "7 to 8 is empty: a passage needs words"),
        (9, 5, "9 to 5 ends before it begins"),
        (-3, 5, "-3 to 5 is outside the text, which has 248 code points"),
        (240, 249, "240 to 249 is outside the text, which has 248 code points"),
        (10, 25, "10 to 25 crosses from one paragraph into the next at 19"),
        (60, 75, "60 to 75 is longer than one sentence (20 to 69): pin each sentence by itself"),
    ],
)
def test_what_is_no_passage_is_refused_with_the_reason(start, end, message):
    with pytest.raises(AnchorError) as refused:
        pin(TEXT, start, end)
    assert str(refused.value) == message
    assert refusal(TEXT, start, end) == message


def test_a_whole_sentence_may_be_pinned():
    assert refusal(TEXT, 20, 69) is None
    assert pin(TEXT, 20, 69).sha256 == digest("Two officials said the brigade has about 700 men.")


def test_a_quote_that_stands_twice_is_refused_until_it_is_said_which():
    with pytest.raises(AnchorError) as refused:
        find(TEXT, "brigade")
    assert str(refused.value) == "these words stand 2 times, at 43, 116: say which, 1 to 2: 'brigade'"
    assert find(TEXT, "brigade", nth=2).start == 116


@pytest.mark.parametrize(
    ("quote", "nth", "message"),
    [
        ("brigadier", None, "these words are not in the text: 'brigadier'"),
        ("brigade", 3, "there is no occurrence 3, only 1 to 2: 'brigade'"),
        ("brigade", 0, "there is no occurrence 0, only 1 to 2: 'brigade'"),
        (" ", None, "the quote is empty: a passage needs words"),
    ],
)
def test_a_quote_that_cannot_be_found_is_refused(quote, nth, message):
    with pytest.raises(AnchorError) as refused:
        find(TEXT, quote, nth)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "fields",
    [(-1, 0, 1, "a" * 64), (0, 1, 1, "a" * 64), (0, -1, 1, "a" * 64), (0, 0, 1, "A" * 64), (0, 0, 1, "")],
)
def test_a_malformed_passage_cannot_be_made(fields):
    with pytest.raises(AnchorError):
        Passage(*fields)


# Verifying with the digest alone


@given(texts_with_range())
def test_what_was_pinned_is_verified(drawn):
    text, start, end = drawn
    passage = pin(text, start, end)
    finding = verify(text, passage)
    assert (finding.state, finding.found, finding.similarity) == ("verified", passage, 1.0)
    assert finding == compare(text, passage, text)


@given(texts_with_range(), st.data())
def test_a_changed_letter_inside_is_never_verified(drawn, data):
    text, start, end = drawn
    at = data.draw(st.integers(start, end - 1))
    changed = text[:at] + ("Z" if text[at] != "Z" else "Y") + text[at + 1 :]
    passage = pin(text, start, end)
    assert verify(changed, passage).state in ("moved", "changed")
    assert compare(text, passage, changed).state != "verified"
    if text[start:end] not in changed:
        assert verify(changed, passage) == Finding(
            "changed", passage, Passage(passage.paragraph, start, end, digest(changed[start:end])), None
        )


@given(texts_with_range(), PARAGRAPHS)
def test_words_shifted_by_text_before_them_are_moved(drawn, inserted):
    text, start, end = drawn
    passage = pin(text, start, end)
    shifted = f"{inserted}\n{text}"
    finding = verify(shifted, passage)
    assert finding.found.sha256 == passage.sha256
    assert start + len(inserted) + 1 in finding.places
    assert finding == compare(text, passage, shifted)
    # The place it had may by chance hold the same words; otherwise it is told as moved.
    if shifted[start:end] != text[start:end]:
        assert finding.state == "moved"


def test_a_moved_passage_is_the_nearest_of_its_places():
    passage = pin("a cat sat\nx\ny", 2, 5)
    finding = verify("cat\nthe cat\n" + "z\n" * 9 + "cat", passage)
    assert finding == Finding("moved", passage, Passage(0, 0, 3, digest("cat")), 1.0, (0, 8, 30))
    assert finding.evidence == "moved: paragraph 0, 2 to 5, now paragraph 0, 0 to 3 (the words stand 3 times)"


def test_the_same_words_in_another_paragraph_at_the_same_offset_have_moved():
    finding = verify("a\ncat", pin("a cat", 2, 5))
    assert (finding.state, finding.found.paragraph, finding.found.start) == ("moved", 1, 2)


def test_part_of_a_word_that_moved_is_found_too():
    assert verify("xx unbrigaded", pin("brigade", 0, 7)).found.start == 5


def test_a_passage_beyond_the_text_is_gone():
    finding = verify("Short.", find(TEXT, "Nobody was named."))
    assert (finding.state, finding.found, finding.evidence) == ("gone", None, "gone: paragraph 2, 135 to 152")


def test_a_passage_cut_by_the_end_of_the_text_is_changed():
    finding = verify("A cat s", pin("A cat sat.", 2, 9))
    assert finding == Finding("changed", finding.pinned, Passage(0, 2, 7, digest("cat s")), None)
    assert finding.evidence == "changed: other words stand at paragraph 0, 2 to 9"


@pytest.mark.parametrize(("size", "seconds"), [(7_000, 0.15), (200_000, 3)])
def test_looking_everywhere_is_quick(size, seconds):
    text = normalise(("The brigade of the lamp said nothing about its men. قال اللواء. " * (size // 64))[:size])
    began = time.process_time()
    assert verify(text, Passage(0, 10, 200, digest("nowhere"))).state == "changed"
    assert time.process_time() - began < seconds


# Comparing with the old text at hand


def test_changed_words_are_shown_with_their_likeness():
    passage = find(TEXT, "It was founded around 2013 by")
    new = "A new first line\n" + TEXT.replace("founded around 2013", "formed about 2014")
    finding = compare(TEXT, passage, new)
    assert finding.state == "changed"
    assert new[finding.found.start : finding.found.end] == "It was formed about 2014 by"
    assert finding.found.paragraph == 2
    assert finding.similarity == pytest.approx(0.79, abs=0.01)
    assert finding.evidence == "changed: paragraph 1, 70 to 99, now paragraph 2, 87 to 114, 79% alike"


def test_a_changed_arabic_sentence_is_found():
    passage = pin(TEXT, *sentences(TEXT)[5])
    new = TEXT.replace("٧٠٠ رجل", "ألف رجل")
    finding = compare(TEXT, passage, new)
    assert (finding.state, finding.found.start) == ("changed", passage.start)
    assert new[finding.found.start : finding.found.end] == "قال مسؤولان إن اللواء يضم نحو ألف رجل."


def test_words_with_no_likeness_left_are_gone():
    passage = find(TEXT, "Nobody was named.")
    finding = compare(TEXT, passage, TEXT.replace(" Nobody was named.", " Rain fell over the hills."))
    assert finding == Finding("gone", passage, None, None)


def test_a_passage_of_another_text_is_not_compared():
    with pytest.raises(AnchorError, match=r"^this is not the text that 0 to 3 was pinned in$"):
        compare("dog", pin("cat", 0, 3), "cat")


# Coverage


def test_coverage_counts_neither_spaces_nor_paragraphs_without_fact():
    text = "Title\nOne two. Three.\nPhoto"
    assert coverage(text, [(6, 14)], no_fact={0, 2}) == Coverage(7, 13, [(15, 21)])
    assert coverage(text, [(6, 14), (15, 21)], no_fact={0, 2}) == Coverage(13, 13, [])
    assert coverage(text, [(9, 16)]) == Coverage(5, 23, [(0, 5), (6, 9), (16, 21), (22, 27)])


def test_ranges_that_overlap_count_once():
    found = coverage("One two.", [(0, 5), (2, 8), (0, 5)])
    assert (found.cited, found.total, found.share) == (7, 7, 1.0)


def test_a_text_with_nothing_to_cite_is_covered():
    assert coverage("Title", [], no_fact={0}).share == 1.0
    assert coverage("", []).share == 1.0


def test_coverage_refuses_what_the_text_has_not():
    with pytest.raises(AnchorError, match=r"^there is no paragraph 1: the text has 1$"):
        coverage("Title", [], no_fact={1})
    with pytest.raises(AnchorError, match=r"^3 to 9 is outside the text, which has 5 code points$"):
        coverage("Title", [(3, 9)])


@given(TEXTS, st.data())
def test_cited_and_uncited_make_the_total(text, data):
    spots = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(spots, spots).map(sorted).map(tuple)))
    no_fact = data.draw(st.sets(st.integers(0, len(paragraphs(text)) - 1)))
    found = coverage(text, ranges, no_fact)
    left = sum(len(text[start:end].replace(" ", "")) for start, end in found.uncited)
    assert found.cited + left == found.total
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found.uncited)
