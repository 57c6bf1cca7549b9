"""A footnote: the words that its editor chose, and the way to them at the source."""

import pytest

from profiles.reading.leaf import Leaf
from profiles.reading.library import Library

from .dossiers import make_citation, make_claim, make_release, make_source, make_version

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


def note(excerpt="", **source):
    claim = make_claim(citations=[{**make_citation("ab-0001-c1", version="src-0009-v1"), "excerpt": excerpt}])
    work = make_source("src-0008", title="The first report")
    library = Library(make_release(make_source("src-0009", **source), make_version("src-0009-v1"), work, claim))
    leaf = Leaf(library)
    leaf.cite(claim)
    return leaf.notes()[0]


@pytest.mark.parametrize(
    ("excerpt", "url", "leads_to"),
    [
        (
            "river-guards, they said",
            "https://a.example/x#top",
            "https://a.example/x#:~:text=river%2Dguards%2C%20they%20said",
        ),
        (
            LONG,
            "https://a.example/x",
            "https://a.example/x#:~:text=one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen",
        ),
        ("", "https://a.example/x", ""),
        ("river", "", ""),
        ("river", "javascript:alert(1)", ""),
    ],
)
def test_an_excerpt_leads_to_its_words_at_the_source(excerpt, url, leads_to):
    made = note(excerpt, url=url)
    assert (made.excerpt, made.at_source) == (excerpt, leads_to)


def test_a_note_names_the_work_that_its_source_derives_from():
    assert note(derives_from="src-0008").work.label == "The first report"
    assert note().work is None
