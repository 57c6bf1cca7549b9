"""What it costs to open and to save a claim, however much hangs on it: a save at most 30 queries."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.mapping import read_rows
from tests import factory
from tests.admin.forms import add_page, claim_page, fetched, typed_citation

TYPED = {"aspect_key": "origins.founded", "statement": "A source says so.", "sense": "as_of", "voice": "stated"}
# What SQLite's one writer has already: the lock on giving out uids, or on the other end of a conflict.
LOCK = 1 if connection.vendor == "postgresql" else 0


def cost(act):
    """(What the act gives, how many queries it took), as after a restart."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as used:
        given = act()
    return given, len(used)


def save(desk, page, fields):
    response, used = cost(lambda: desk.post(page, fields))
    assert response.status_code == 302
    return used


def test_a_new_claim_with_its_citation(desk, ground):
    fields, opened = cost(lambda: fetched(desk, add_page()))
    saved = save(desk, add_page(), {**fields, **TYPED, **typed_citation()})
    assert (opened, saved) == (9, 22 + LOCK)


def test_other_words_of_a_claim(desk, ground):
    fields, opened = cost(lambda: fetched(desk, claim_page("rg-0001")))
    saved = save(desk, claim_page("rg-0001"), {**fields, "statement": "Two sources say so."})
    unchanged = save(desk, claim_page("rg-0001"), fetched(desk, claim_page("rg-0001")))
    assert (opened, saved, unchanged) == (28, 22, 13)


@pytest.mark.parametrize("number", [1, 12])
def test_a_claim_costs_the_same_however_many_citations_it_has(desk, ground, number):
    speakers = [factory.make_speaker(f"spk-{n:04d}", f"speaker {n}") for n in range(number + 1)]
    cited = {}
    for n in range(number):
        heard = {"voice": "attributed", "speakers": f"spk-{n + 1:04d}"}
        cited |= typed_citation(n, quote="River Guards", nth="1", **heard)
    factory.load(*speakers, factory.make_person())
    fields = {
        **fetched(desk, add_page()),
        **TYPED,
        **cited,
        "citations-TOTAL_FORMS": str(number),
        "voice": "attributed",
    }
    made = save(desk, add_page(), {**fields, "mentions": ["sn"]})
    fields, opened = cost(lambda: fetched(desk, claim_page("rg-0002")))
    again = {name: "spk-0000" for name in fields if name.endswith("-speakers")}
    saved = save(desk, claim_page("rg-0002"), {**fields, **again, "statement": "They say so.", "mentions": []})
    assert len(read_rows(["rg-0002"])["rg-0002"].citations) == number
    assert (made, opened, saved) == (26 + LOCK, 31, 30)


def test_a_claim_that_comes_into_conflict_with_another(desk, ground):
    factory.load(factory.make_claim("rg-0002"))
    fields = {**fetched(desk, claim_page("rg-0001")), "conflicts_with": ["rg-0002"]}
    assert save(desk, claim_page("rg-0001"), fields) == 29 + LOCK
