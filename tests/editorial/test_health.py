"""How well claims are founded: what is counted, and what it costs."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from profiles.editorial.health import MEASURES, PARTS, health
from profiles.models import LinkCheck, Source
from tests import cast, factory
from tests.admin.conftest import attach, signed_in
from tests.world import world

pytestmark = pytest.mark.django_db
PAGE = "/admin/evidence/"


def counted():
    found = health()
    return {name: [one.uid for one in found.claims if holds(one)] for name, (_, holds) in MEASURES.items()}


@pytest.fixture
def ground():
    """The world; beside it a work that retells the article, another that does not, a dead link, an uncited claim."""
    retold = factory.make_source("src-0002", "Retold", "retold", derives_from="src-0001")
    other = factory.make_source("src-0003", "Another", "another")
    versions = [factory.make_version("src-0002-v1"), factory.make_version("src-0003-v1")]

    def cited(uid, *versions):
        return tuple(factory.make_citation(uid, number=n, version=v) for n, v in enumerate(versions, 1))

    factory.load(
        *world(), retold, other, *versions,
        factory.make_claim("rg-0010", citations=cited("rg-0010", "src-0001-v1", "src-0002-v1")),
        factory.make_claim("rg-0011", citations=cited("rg-0011", "src-0001-v1", "src-0003-v1")),
        factory.make_claim("rg-0012", citations=cited("rg-0012", "src-0003-v1")),
        factory.make_claim("rg-0013", citations=()),
        factory.make_claim("rg-0014", standing="retracted", standing_note="Wrong."),
    )  # fmt: skip
    attach()
    LinkCheck.objects.create(uid="src-0003", url="https://example.org/", failures=3, checked_at=timezone.now())


def test_each_claim_is_counted_where_it_belongs(ground):
    found = counted()
    assert found["two_origins"] == ["rg-0011"]
    assert found["dead"] == ["rg-0011", "rg-0012"]
    assert set(found["claims"]) - set(found["cited"]) == {"rg-0013"}
    assert set(found["cited"]) - set(found["verified"]) == {"rg-0012"}
    assert (found["listings"], found["primary"], found["waits"]) == (["rg-0005"], [], [])
    assert "rg-0014" not in found["claims"]


def test_a_source_without_an_address_has_no_link_that_could_have_waited(ground):
    found = health()
    day = LinkCheck.objects.get().checked_at
    assert found.linked == set()
    assert found.oldest_check(found.claims) is None
    Source.objects.filter(pk="src-0003").update(url="https://example.org/")
    found = health()
    assert found.oldest_check(found.claims) == day
    Source.objects.filter(pk="src-0001").update(url="https://example.org/a")
    found = health()
    assert found.oldest_check(found.claims) is None


def test_a_speaker_is_the_origin_of_what_two_sources_retell(ground):
    heard = {"speakers": (("spk-0001",),), "voice": "attributed"}
    both = tuple(
        factory.make_citation("rg-0012", number=n, version=f"src-000{v}-v1", **heard) for n, v in ((1, 1), (2, 3))
    )
    factory.load(factory.make_claim("rg-0012", voice="attributed", citations=both))
    one = next(one for one in health().claims if one.uid == "rg-0012")
    assert (len(one.sources), one.origins) == (2, {"spk-0001"})


def test_every_claim_is_in_one_part_of_the_picture(ground):
    for one in health().claims:
        assert [name for name, (_, holds) in PARTS.items() if holds(one)].__len__() == 1


@pytest.mark.parametrize("by", ["profile", "source"])
def test_every_number_of_the_table_leads_to_as_many_claims(ground, by):
    desk = signed_in(cast.editor())
    shown = desk.get(f"{PAGE}?by={by}").context
    assert len(shown["lines"]) == (4 if by == "profile" else 3)
    for line in (*shown["lines"], shown["all"]):
        for number, href in line.numbers:
            assert desk.get(href).context["total"] == number
        assert sum(part[2] for part in line.parts) == line.numbers[0][0]
        assert sum(part[4] for part in line.parts) == 1000
    rest = desk.get(f"{PAGE}claims/?profile=rg&has=verified&not=1").context
    assert [one.uid for one in rest["claims"]] == ["rg-0012", "rg-0013"]


def test_what_is_not_there_is_not_found_and_who_may_not_read_sees_nothing(ground):
    desk, nobody = signed_in(cast.editor()), signed_in(cast.make_user("mina"))
    assert desk.get(f"{PAGE}?by=moon").status_code == desk.get(f"{PAGE}claims/?has=moon").status_code == 404
    assert nobody.get(PAGE).status_code == nobody.get(f"{PAGE}claims/").status_code == 403


def test_ten_thousand_claims_take_few_queries_and_little_time(ground):
    with CaptureQueriesContext(connection) as few:
        health()
    factory.load(*(factory.make_claim(f"rg-{n}") for n in range(10_000, 20_000)))
    begun = time.thread_time()
    with CaptureQueriesContext(connection) as many:
        assert len(health().claims) > 10_000
    assert time.thread_time() - begun < 3
    assert (len(few), len(many)) == (8, 8)
