"""Each kind's form asks for what its kind needs: from the one SHAPE table, never by an error of the database."""

import pytest

from profiles.models import Claim
from profiles.values.documents import SHAPE
from tests import factory
from tests.admin.forms import add_page, served, undrawn

TYPED = {
    "name": {"name": "حراس النهر", "name_sort": "original_script"},
    "identifier": {"scheme": "wikidata", "identifier": "Q1"},
    "membership": {"about": "gg", "role": "leader"},
    "relation": {"about": "gg", "relation": "split_from"},
    "part": {"part": "killed", "party": "four fishermen"},
    "presence": {"presence": "based_at", "place": "place-0001"},
    "strength": {"precision": "about", "low": "2000", "counted": "fighters"},
    "designation": {"as_stated": "terrorist group", "evidence": "secondary"},
    "step": {"designation": "rg-0005", "step": "designated"},
    "statement": {},
}
SUBJECT = {"membership": "sn", "part": "sm"}
ASPECT = {"membership": "roles.leads", "part": "toll.killed"}


@pytest.fixture
def world(ground):
    factory.load(
        factory.make_group("gg", "Gate Guards"),
        factory.make_person(),
        factory.make_event(),
        factory.make_place(),
        factory.make_claim(
            "rg-0005",
            kind="designation",
            as_stated="terror group",
            evidence="secondary",
            topic="designations",
            aspect="listings",
        ),
    )


def page_of(kind):
    return add_page(kind, SUBJECT.get(kind, "rg"), aspect=ASPECT.get(kind, "identity.type"))


def fields_of(client, kind):
    page = page_of(kind)
    common = {"statement": "A source says so.", "sense": "as_of", "voice": "stated"}
    return page, {**served(client, page), **common, **TYPED[kind]}


@pytest.mark.parametrize("kind", SHAPE)
def test_each_kind_is_saved_with_what_it_needs(desk, world, kind):
    page, fields = fields_of(desk, kind)
    response = desk.post(page, fields)
    assert response.status_code == 302, response.context["errors"]
    assert Claim.objects.filter(kind=kind, statement="A source says so.").count() == 1


SHARED = ("statement", "aspect_key", "sense", "voice")


@pytest.mark.parametrize("kind", SHAPE)
def test_each_required_column_left_blank_is_a_form_error(desk, world, kind):
    page, fields = fields_of(desk, kind)
    columns = [*SHAPE[kind][0], *SHARED]
    told = {}
    with undrawn():
        for column in columns:
            response = desk.post(page, {**fields, column: ""})
            told[column] = (response.status_code, column in response.context_data["adminform"].form.errors)
    assert told == dict.fromkeys(columns, (200, True))
    assert not Claim.objects.filter(statement="A source says so.").exists()


@pytest.mark.parametrize("typed", [{"about": "rg"}, {"party": ""}])
def test_a_part_is_of_a_profile_or_a_party(desk, world, typed):
    page, fields = fields_of(desk, "part")
    response = desk.post(page, {**fields, **typed})
    assert response.status_code == 200
    assert "about" in response.context["adminform"].form.errors


@pytest.mark.parametrize("kind", SHAPE)
def test_columns_of_other_kinds_are_not_shown(desk, world, kind):
    needed, may = SHAPE[kind]
    form = desk.get(page_of(kind)).context["adminform"].form
    own = {name for name in form.fields if name in {c for n, m in SHAPE.values() for c in (*n, *m)}}
    # A list word is asked for only where the subject has an aspect that takes one.
    assert own - {"word"} == {*needed, *may} - {"word"}


@pytest.mark.parametrize("kind", SHAPE)
def test_each_kind_has_its_list(desk, world, kind):
    assert desk.get(f"/admin/profiles/{kind}/").status_code == 200
    assert desk.get(f"/admin/profiles/{kind}/add/?subject={SUBJECT.get(kind, 'rg')}").status_code == 200
