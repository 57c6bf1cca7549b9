"""One table for all kinds: the fences hold in the database, and clean() explains them."""

import json
from datetime import date

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from profiles.editorial.mapping import write_rows
from profiles.models import KIND_MODELS, Claim
from profiles.values import documents as docs
from tests import factory

pytestmark = pytest.mark.django_db

# A good row of each kind.
GOOD = {
    "name": {"name": "River Guards", "name_sort": "primary"},
    "identifier": {"scheme": "wikidata", "identifier": "Q1"},
    "membership": {"about_id": "hb", "role": "leader"},
    "relation": {"about_id": "hb", "relation": "split_from"},
    "part": {"about_id": "hb", "part": "target"},
    "presence": {"presence": "based_at", "place_id": "place-0001"},
    "strength": {"precision": "exact", "low": 5, "counted": "fighters"},
    "designation": {"as_stated": "terrorist group", "evidence": "secondary"},
    "step": {"designation_id": "rg-0009", "step": "listed"},
    "statement": {},
}
EMPTY = {"about_id": None, "place_id": None, "designation_id": None, "low": None}
BLANKED = [(kind, column) for kind, (needed, _) in docs.SHAPE.items() for column in needed]


@pytest.fixture(autouse=True)
def ground():
    listing = {"kind": "designation", "as_stated": "terrorist group", "evidence": "secondary"}
    listed = factory.make_claim("rg-0009", topic="designations", aspect="listings", **listing)
    write_rows([*factory.make_ground(), factory.make_group("hb", "Harbour Brigade"), factory.make_place(), listed])


def row(kind, **values):
    shared = {"uid": "rg-0100", "kind": kind, "subject_id": "rg", "topic": "other", "aspect": "other"}
    shared |= {"statement": "A sentence.", "sense": "as_of", "voice": "stated", "salt": factory.SALT}
    return Claim(**{**shared, **GOOD[kind], **values})


@pytest.mark.parametrize("kind", docs.SHAPE)
def test_a_good_row_of_each_kind_is_accepted(kind):
    claim = row(kind)
    claim.full_clean()
    claim.save()
    assert KIND_MODELS[kind].objects.filter(pk="rg-0100").exists()


@pytest.mark.parametrize(("kind", "column"), BLANKED)
def test_a_blank_required_column_is_refused_and_explained(kind, column):
    attname = column if column in GOOD[kind] else f"{column}_id"
    claim = row(kind, **{attname: EMPTY.get(attname, "")})
    with pytest.raises(ValidationError) as refused:
        claim.clean()
    assert column in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save()


@pytest.mark.parametrize("kind", docs.SHAPE)
def test_a_column_of_another_kind_is_refused_and_explained(kind):
    foreign = {"name": {"role": "leader"}}.get(kind, {"name": "River Guards"})
    claim = row(kind, **foreign)
    with pytest.raises(ValidationError) as refused:
        claim.clean()
    assert refused.value.message_dict[next(iter(foreign))] == [f"a {kind} does not have this"]
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "part", "about_id": None},
        {"kind": "part", "party": "five soldiers"},
        {"kind": "statement", "low": 5},
        {"kind": "statement", "about_id": "rg"},
        {"kind": "statement", "basis": "derived"},
        {"kind": "statement", "reckoning": "By counting."},
    ],
)
def test_what_cannot_be_is_refused_by_the_database(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(**values).save()


def test_an_unknown_kind_is_refused_by_the_database():
    claim = row("statement")
    claim.kind = "rumour"
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save()


def test_bounds_are_right_after_a_raw_load():
    claim = row("statement", when="2005/2006", sense="happened")
    raw = json.loads(serializers.serialize("json", [claim]))
    for name in ("start_earliest", "end_latest"):
        raw[0]["fields"][name] = "1999-01-01"
    for loaded in serializers.deserialize("json", json.dumps(raw)):
        loaded.save()
    stored = Claim.objects.filter(start_earliest=date(2005, 1, 1), end_latest=date(2006, 12, 31))
    assert [c.pk for c in stored] == ["rg-0100"]


def test_bounds_follow_a_changed_date():
    claim = row("statement", when="2005")
    claim.save()
    claim.when = "2010"
    claim.sense = "held"
    claim.save()
    assert Claim.objects.filter(start_earliest=date(2010, 1, 1)).count() == 1


def test_a_refused_date_is_never_stored():
    with pytest.raises(ValueError, match="season"), transaction.atomic():
        row("statement", when="2013-24").save()
    assert not Claim.objects.filter(pk="rg-0100").exists()


def test_cited_and_uncited_claims_are_told_apart():
    write_rows([factory.make_claim("rg-0002", citations=()), factory.make_claim("rg-0003")])
    assert sorted(Claim.objects.uncited().values_list("pk", flat=True)) == ["rg-0002"]
    assert sorted(Claim.objects.cited().values_list("pk", flat=True)) == ["rg-0001", "rg-0003", "rg-0009"]
