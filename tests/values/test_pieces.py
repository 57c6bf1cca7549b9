"""A paragraph is cut without losing a letter, whatever overlaps."""

from hypothesis import given
from hypothesis import strategies as st

from profiles.values.pieces import Piece, cut

TEXT = "Officials say that it began in 2013."


def test_passages_that_overlap_are_told_apart():
    assert cut(TEXT, (0, len(TEXT)), [(0, 18), (14, 36)]) == [
        Piece("Officials say ", (1,)),
        Piece("that", (1, 2), (1,)),
        Piece(" it began in 2013.", (2,), (2,)),
    ]


def test_hedges_and_what_nobody_cites_are_marked_apart():
    assert cut(TEXT, (0, len(TEXT)), [(19, 36)], hedges=[(10, 13)], uncited=[(0, 18)]) == [
        Piece("Officials ", is_uncited=True),
        Piece("say", is_hedge=True, is_uncited=True),
        Piece(" that", is_uncited=True),
        Piece(" "),
        Piece("it began in 2013.", (1,), (1,)),
    ]


def test_the_same_words_cited_twice_end_together():
    assert cut(TEXT, (0, 9), [(0, 9), (0, 9)]) == [Piece("Officials", (1, 2), (1, 2))]


def test_an_empty_paragraph_has_no_pieces():
    assert cut(TEXT, (4, 4), [(0, 9)]) == []


ranges = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda r: (min(r), max(r))), max_size=8)


def apart(found):
    """Of these, what no earlier one touches."""
    kept = []
    for first, last in found:
        if all(last <= a or b <= first for a, b in kept):
            kept.append((first, last))
    return kept


@given(st.text("aب 😀.", min_size=40, max_size=40), ranges, ranges, ranges, st.integers(0, 20), st.integers(20, 40))
def test_pieces_are_the_very_words_each_in_its_passages(text, passages, hedges, uncited, start, end):
    hedges, uncited = apart(hedges), apart(uncited)
    found = cut(text, (start, end), passages, hedges, uncited)
    assert "".join(piece.words for piece in found) == text[start:end]
    at = start
    for piece in found:
        for place in range(at, at + len(piece.words)):
            assert piece.of == tuple(n for n, (a, b) in enumerate(passages, 1) if a <= place < b)
            assert piece.is_hedge == any(a <= place < b for a, b in hedges)
            assert piece.is_uncited == any(a <= place < b for a, b in uncited)
        at += len(piece.words)
        assert set(piece.ends) == {n for n, (a, b) in enumerate(passages, 1) if a < at == min(b, end) and a < b}
