"""A version is read with what rests on it: overlapping passages, what nobody cites, hedges, coverage, whom it feeds."""

import time

import pytest
from django.contrib.contenttypes.models import ContentType

from profiles.models import Capture, Citation, Source
from profiles.values import anchors
from tests import factory

PAGE = "/admin/profiles/sourceversion/src-0001-v1/change/"
FOUNDED = "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa."


def page_at(client, path=PAGE):
    response = client.get(path)
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def told(paragraph):
    """The pieces as (words, passages that they lie in)."""
    return [(piece.words, piece.of) for piece in paragraph.pieces]


def test_passages_that_overlap_are_marked_each_with_its_claims(desk, ground):
    factory.load(
        factory.make_claim("rg-0002", "It began in around 2013.", quote="founded in around 2013 by Salim Nasser"),
        factory.make_claim("rg-0003", "He founded it in Marwa.", quote="by Salim Nasser in the town of Marwa"),
        factory.make_claim("rg-0004", "He founded it there.", quote="by Salim Nasser in the town of Marwa"),
    )
    page, content = page_at(desk)
    paragraph = page.paragraphs[1]
    assert told(paragraph) == [
        ("The River Guards were ", (1,)),
        ("founded in ", (1, 2)),
        ("around", (1, 2)),
        (" 2013", (1, 2)),
        (" ", (2,)),
        ("by Salim Nasser", (2, 3)),
        (" in the town of Marwa", (3,)),
        (".", ()),
    ]
    assert [(note.number, [claim.uid for claim in note.claims]) for note in paragraph.notes] == [
        ("1", ["rg-0001"]),
        ("2", ["rg-0002"]),
        ("3", ["rg-0003", "rg-0004"]),
    ]
    assert '<a href="/admin/profiles/claim/rg-0004/change/" dir="auto">He founded it there.</a>' in content


def test_coverage_is_called_cited_and_leaves_out_what_has_no_fact(desk, ground):
    page, content = page_at(desk)
    cited = len("The River Guards were founded in around 2013".replace(" ", ""))
    total = len(factory.ARTICLE.replace(" ", "").replace("\n", ""))
    assert (page.coverage.cited, page.coverage.total) == (cited, total)
    assert f"{100 * cited // total} % cited" in content
    assert "checked" not in content.casefold()
    Source.objects.update(no_fact=[{"version": "src-0001-v1", "paragraph": 0}])
    page, _ = page_at(desk)
    assert page.coverage.total == total - len("WhoaretheRiverGuards?")
    assert [paragraph.number for paragraph in page.paragraphs if paragraph.no_fact] == [0]
    assert page.paragraphs[0].is_uncited is False


def test_what_no_claim_cites_is_marked_and_can_be_listed_alone(desk, ground):
    factory.load(factory.make_claim("rg-0002", quote=FOUNDED))
    page, content = page_at(desk)
    assert [paragraph.is_uncited for paragraph in page.paragraphs] == [True, False, True, True, True, True, True]
    assert '<span class="reader-uncited">Who are the River Guards?</span>' in content
    _, alone = page_at(desk, f"{PAGE}?show=uncited")
    assert 'id="p0"' in alone and 'id="p1"' not in alone


def test_a_retracted_claim_is_told_and_covers_nothing(desk, ground):
    factory.load(
        factory.make_claim("rg-0002", quote=FOUNDED, standing="retracted", standing_note="It was another town.")
    )
    page, content = page_at(desk)
    assert page.paragraphs[1].is_uncited
    assert "rg-0002 · retracted" in content


def test_hedges_are_marked(desk, ground):
    page, content = page_at(desk)
    hedged = [
        (paragraph.number, piece.words) for paragraph in page.paragraphs for piece in paragraph.pieces if piece.is_hedge
    ]
    assert hedged == [(1, "around"), (2, "about"), (2, "said"), (3, "accuse")]
    assert '<span class="reader-hedge reader-uncited">accuse</span>' in content


def test_the_profiles_that_it_feeds_stand_beside_it_with_their_counts(desk, ground):
    factory.load(
        factory.make_person(),
        factory.make_claim("sn-0001", quote="Salim Nasser", about="rg", topic="affiliations", aspect="belongs_to"),
        factory.make_claim("rg-0002", quote=FOUNDED),
    )
    page, _ = page_at(desk)
    assert [(fed.uid, fed.claims) for fed in page.feeds] == [("rg", 3), ("sn", 1)]


def test_without_its_text_a_version_says_that_the_passages_are_not_at_hand(desk, db):
    factory.load(*factory.make_ground())
    page, content = page_at(desk)
    assert page is None
    assert "The text is not at hand" in content
    start = factory.ARTICLE.index("The River Guards were")
    assert f"rg-0001-c1, {start} to {start + 44} · passage not at hand" in content


def test_words_that_are_not_what_was_pinned_are_told_apart(desk, ground):
    Citation.objects.filter(pk="rg-0001-c1").update(passage_sha256="0" * 64)
    page, content = page_at(desk)
    assert [one.uid for one in page.misplaced] == ["rg-0001"]
    assert "The pinned words are not at their place: 1" in content
    assert page.coverage.cited == 0


def test_the_text_stands_there_letter_by_letter(desk, ground):
    page, _ = page_at(desk)
    assert "\n".join("".join(piece.words for piece in one.pieces) for one in page.paragraphs) == factory.ARTICLE


def long_text(paragraphs):
    """An article with four sentences of differing words a paragraph."""
    return anchors.normalise(
        "\n".join(
            " ".join(
                f"Officials said that unit {number} of the River Guards, in its part {part}, had about {number + 2}00 "
                f"fighters in the town of Marwa in 20{number % 20:02d}."
                for part in range(4)
            )
            for number in range(paragraphs)
        )
    )


def load_long(paragraphs, version="src-0001-v1", subject="rg"):
    """So many paragraphs, each sentence cited by a claim of its own."""
    text = long_text(paragraphs)
    factory.load(factory.make_group(), factory.make_source(), factory.make_version(version, text=text))
    factory.load(
        *(
            factory.make_claim(
                f"{subject}-{number:04d}",
                f"Unit {number // 4} of the River Guards had fighters in Marwa, officials said.",
                citations=(citation(f"{subject}-{number:04d}", text, start, end),),
            )
            for number, (start, end) in enumerate(anchors.sentences(text), 1)
        )
    )
    Capture.objects.create(version_id=version, text=text)


def citation(claim, text, start, end):
    from profiles.values import documents as docs

    return docs.Citation(
        uid=f"{claim}-c1",
        version="src-0001-v1",
        text_sha256=anchors.digest(text),
        paragraph=anchors.paragraph_at(text, start),
        start=start,
        end=end - 1,
        passage_sha256=anchors.digest(text[start : end - 1]),
        bearing="supports",
        voice="stated",
    )


@pytest.mark.parametrize("paragraphs", [1, 500])
def test_a_version_costs_the_same_queries_however_long_it_is(desk, db, django_assert_num_queries, paragraphs):
    load_long(paragraphs)
    ContentType.objects.clear_cache()
    desk.get(PAGE)
    began = time.perf_counter()
    with django_assert_num_queries(8):
        page, _ = page_at(desk)
    print(f"\n{paragraphs} paragraphs, {page.citations} citations: {1000 * (time.perf_counter() - began):.0f} ms")
    assert (page.citations, page.claims) == (4 * paragraphs, 4 * paragraphs)
