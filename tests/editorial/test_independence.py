"""Sources that retell one another, or quote one mouth, count once, and editors see it."""

import pytest

from profiles.editorial.independence import independence
from profiles.editorial.mapping import read_rows
from tests import cast, factory
from tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground():
    """Three works of which the third retells the second, which retells the first; a fourth of its own; a speaker."""
    works = [
        factory.make_source(f"src-000{n}", f"Work {n}", f"work-{n}", derives_from=first)
        for n, first in ((2, "src-0001"), (3, "src-0002"), (4, None))
    ]
    versions = [factory.make_version(f"src-000{n}-v1") for n in (2, 3, 4)]
    factory.load(*factory.make_ground(), factory.make_speaker(), *works, *versions)


def told(*numbers, **heard):
    cited = tuple(
        factory.make_citation("rg-0002", number=n, version=f"src-000{work}-v1", **heard)
        for n, work in enumerate(numbers, 1)
    )
    factory.load(factory.make_claim("rg-0002", citations=cited), by=cast.editor())
    return str(independence([read_rows(["rg-0002"])["rg-0002"]]).get("rg-0002"))


def test_works_that_retell_one_are_one_origin():
    assert told(1, 2, 3) == "3 sources, 1 origin"
    assert told(3, 4) == "2 sources, 2 origins"
    assert told(4) == "1 source, 1 origin"


def test_works_that_quote_one_mouth_are_one_origin():
    assert told(1, 4, voice="attributed", speakers=(("spk-0001",),)) == "2 sources, 1 origin"


def test_what_supports_nothing_counts_nowhere():
    assert told(1, 4, bearing="mentions") == "None"


@pytest.mark.parametrize(("works", "on_profile"), [((1, 2, 3), True), ((1, 4), False)])
def test_a_claim_tells_its_origins_and_a_profile_where_they_are_fewer(works, on_profile):
    words = told(*works)
    desk = signed_in(cast.editor())
    assert words in desk.get("/admin/profiles/claim/rg-0002/change/").content.decode()
    assert (words in desk.get("/admin/profiles/group/rg/change/").content.decode()) is on_profile
