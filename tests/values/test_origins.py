"""Origins are counted, not passages: the last speaker of a chain, else the first work."""

import pytest

from profiles.values.origins import first_work, is_anonymous, origins
from tests import factory

WORKS = [
    factory.make_source(),
    factory.make_version(),
    factory.make_source("src-0002", "Guards of the river", "guards", derives_from="src-0001"),
    factory.make_version("src-0002-v1"),
    factory.make_source("src-0003", "The river, again", "again", derives_from="src-0002"),
    factory.make_version("src-0003-v1"),
    factory.make_speaker(),
    factory.make_speaker("spk-0002", "a clerk", anonymous=True),
    factory.make_speaker("spk-0003", "a porter", anonymous=True),
]
GET = {document.uid: document for document in WORKS}.get


def claim_of(*citations):
    return factory.make_claim(
        citations=tuple(factory.make_citation("rg-0001", number=n, **c) for n, c in enumerate(citations, 1))
    )


@pytest.mark.parametrize(
    ("citations", "found"),
    [
        ([], set()),
        ([{}], {"src-0001"}),
        # Two passages of one work are one origin, and so is a work that retells it.
        ([{}, {}], {"src-0001"}),
        ([{}, {"version": "src-0003-v1"}], {"src-0001"}),
        # Only what supports counts.
        ([{"bearing": "mentions"}], set()),
        # Of a chain the last speaks; parallel chains are speakers of their own.
        ([{"speakers": (("spk-0001", "spk-0002"),)}], {"spk-0002"}),
        ([{"speakers": (("spk-0001",), ("spk-0002",))}], {"spk-0001", "spk-0002"}),
        ([{"speakers": (("spk-0001",),)}, {}], {"spk-0001", "src-0001"}),
    ],
)
def test_origins_are_counted_once(citations, found):
    assert origins(claim_of(*citations), GET) == found


@pytest.mark.parametrize(
    ("citations", "anonymous"),
    [
        ([], False),
        ([{}], False),
        ([{"speakers": (("spk-0002",),)}], True),
        ([{"speakers": (("spk-0002",), ("spk-0003",))}], True),
        ([{"speakers": (("spk-0002",), ("spk-0001",))}], False),
        ([{"speakers": (("spk-0002",),)}, {}], False),
    ],
)
def test_a_claim_is_anonymous_where_each_origin_is(citations, anonymous):
    assert is_anonymous(claim_of(*citations), GET) is anonymous


def test_a_ring_of_works_ends():
    ring = {
        "src-0001": factory.make_source(derives_from="src-0002"),
        "src-0002": factory.make_source("src-0002", "Two", "two", derives_from="src-0001"),
    }
    assert first_work("src-0001", ring.get) in ring
