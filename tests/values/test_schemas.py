import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.profile_schema import profile_schema
from profiles.values.schemas import document_schema
from tests import factory
from tests.editorial.test_mapping import claims

VALIDATOR = Draft202012Validator(document_schema())
NUMBER = {"precision": "exact", "low": 5, "counted": "people"}
# One claim of each kind, with all that it needs and all that it may have.
FULL = {
    "name": {"name": "River Guards", "name_sort": "primary", "language": "en", "used_by": "self"},
    "identifier": {"scheme": "wikidata", "identifier": "Q1"},
    "membership": {"about": "hb", "role": "leader", "title": "Commander", "end_reason": "death"},
    "relation": {"about": "hb", "relation": "rival_of", "manner": "unspecified"},
    "part": {"part": "killed", "party": "five soldiers", **NUMBER},
    "presence": {"presence": "based_at", "place": "place-0001"},
    "strength": {"number_words": "five", **NUMBER},
    "designation": {
        "as_stated": "terrorist group", "evidence": "secondary", "authority": "auth-0001", "programme": "prog-0001",
        "listing_id": "7", "name_as_listed": "RIVER GUARDS", "ground": "Shelling.",
    },
    "step": {"designation": "rg-0009", "step": "listed", "step_change": next(iter(words.STEP_CHANGE))},
    "statement": {"about": "hb", "place": "place-0001", "word": "active", **NUMBER},
}  # fmt: skip
HEADERS = [
    factory.make_group(merged_into="hb"),
    factory.make_person(),
    factory.make_event(),
    factory.make_source(
        unknown=("author",),
        text_may_travel=True,
        no_fact=(docs.NoFact(version="src-0001-v1", paragraph=0),),
        archived=(docs.Archived(version="src-0001-v1", url="https://archive.example/1"),),
    ),
    factory.make_version(),
    factory.make_speaker(count=2, profile="sn"),
    factory.make_authority(country="IQ"),
    docs.Programme(uid="prog-0001", schema=1, authority="auth-0001", label="Harbour list"),
    factory.make_place(latitude="33.3152", longitude="-44.3661"),
    factory.make_silence(note="Read twice."),
    factory.make_picture(caption="On a wall in Marwa."),
]


def plain(document):
    return msgspec.json.decode(docs.canonical(document))


def full(kind):
    return plain(factory.make_claim(kind=kind, topic="other", aspect="other", **FULL[kind]))


def refused(data):
    return not VALIDATOR.is_valid(data)


def test_the_schemas_are_schemas():
    Draft202012Validator.check_schema(document_schema())
    Draft202012Validator.check_schema(profile_schema())


def test_no_pattern_is_pythons_own():
    text = json.dumps(profile_schema())
    assert re.findall(r"\(\?P<|\\\\Z", text) == []


@pytest.mark.parametrize("document", HEADERS, ids=docs.tag_of)
def test_every_type_of_document_is_valid(document):
    assert docs.check(document) == []
    VALIDATOR.validate(plain(document))


@pytest.mark.parametrize("kind", docs.SHAPE)
def test_every_kind_of_claim_is_valid_with_all_that_it_may_have(kind):
    assert docs.check(docs.convert(full(kind))) == []
    VALIDATOR.validate(full(kind))


@pytest.mark.parametrize("kind", docs.SHAPE)
def test_a_claim_without_what_its_kind_needs_is_refused(kind):
    for column in docs.SHAPE[kind][0]:
        data = full(kind)
        del data[column]
        assert refused(data), column


@pytest.mark.parametrize("kind", docs.SHAPE)
def test_a_claim_with_a_column_of_another_kind_is_refused(kind):
    needed, may = docs.SHAPE[kind]
    values = {column: value for made in FULL.values() for column, value in made.items()}
    others = {column: value for column, value in values.items() if column not in needed and column not in may}
    for column, value in others.items():
        assert refused({**full(kind), column: value}), column


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(claim=claims("rg-0001"))
def test_what_the_check_passes_the_schema_passes(claim):
    assert docs.check(claim) == []
    VALIDATOR.validate(plain(claim))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_the_schema_passes_the_check_passes(data):
    """Fields taken out of a good claim, and columns put in: the schema is never the laxer of the two."""
    claim = plain(data.draw(claims("rg-0001")))
    values = {column: value for made in FULL.values() for column, value in made.items()}
    for column in data.draw(st.sets(st.sampled_from(sorted(claim)), max_size=2)):
        del claim[column]
    claim.update({column: values[column] for column in data.draw(st.sets(st.sampled_from(sorted(values)), max_size=2))})
    if VALIDATOR.is_valid(claim):
        # That a second number is the greater is beyond a schema.
        try:
            assert docs.canonical(docs.convert(claim)) == docs.canonical(claim)
        except docs.DocumentError as error:
            assert [problem.field for problem in error.problems] == ["high"]


@pytest.mark.parametrize(
    "change",
    [
        {"voice": "shouted"},
        {"sense": ""},
        {"topic": "gossip"},
        {"aspect": "leader"},
        {"kind": "rumour"},
        {"model": "rumour"},
        {"schema": 2},
        {"salt": "0"},
        {"uid": "rg-1"},
        {"uid": "src-0001"},
        {"statement": ""},
        {"statement": " The River Guards exist."},
        {"statement": "The River\u2028Guards exist."},
        {"statement": "The River\nGuards exist."},
        {"statement": 7},
        {"negated": False},
        {"reach": "named"},
        {"about": None},
        {"conflicts_with": []},
        {"conflicts_with": ["rg-0002", "rg-0002"]},
        {"basis": "derived"},
        {"reckoning": "Counted back."},
        {"low": 5},
        {"low": 5.5, "precision": "exact", "counted": "people"},
        {"low": 5, "high": 7, "precision": "exact", "counted": "people"},
        {"low": 2**31, "precision": "exact", "counted": "people"},
        {"precision": "order", "counted": "people"},
        {"precision": "exact", "low": 5},
        {"editor": "Edith"},
    ],
    ids=str,
)
def test_a_wrong_claim_is_refused(change):
    good = plain(factory.make_claim())
    assert VALIDATOR.is_valid(good)
    assert refused({**good, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"bearing": "proves"},
        {"voice": "attributed"},
        {"speakers": [[]]},
        {"part": "body"},
        {"start": -1},
        {"passage_sha256": "A" * 64},
        {"excerpt": ""},
        {"excerpt": "x" * 201},
    ],
    ids=str,
)
def test_a_wrong_citation_is_refused(change):
    good = plain(factory.make_claim())
    assert refused({**good, "citations": [{**good["citations"][0], **change}]})


def test_a_field_of_another_type_of_document_is_refused():
    assert refused({**plain(factory.make_group()), "title": "Guards"})
    assert refused({**plain(factory.make_group()), "kind": "attack"})
    assert not refused({**plain(factory.make_event()), "kind": "attack"})


def test_part_takes_a_profile_or_a_party_and_not_both():
    data = full("part")
    assert refused({**data, "about": "hb"})
    del data["party"]
    assert refused(data)
    assert not refused({**data, "about": "hb"})


def test_words_carry_their_definitions():
    voice = document_schema()["$defs"]["word-voice"]["oneOf"][0]
    assert voice == {
        "const": "stated",
        "title": "stated",
        "description": "The source says it in its own voice.",
    }


def test_every_closed_list_of_a_field_is_in_the_schema():
    parts = document_schema()["$defs"]
    for kind, lists in docs.FIELD_WORDS.items():
        for field, found in lists.items():
            reference = parts[kind.__name__]["properties"][field]["$ref"].removeprefix("#/$defs/")
            assert [word["const"] for word in parts[reference]["oneOf"]] == list(found)


def test_described_fields_exist():
    from profiles.values.schemas import FIELDS

    every = {field for kind in (*docs.TYPES.values(), docs.Citation) for field in kind.__struct_fields__} | {"model"}
    assert FIELDS[""].keys() - every == set()
    for name in FIELDS.keys() - {""}:
        assert FIELDS[name].keys() - set(getattr(docs, name).__struct_fields__) == set()


def test_the_example_in_the_digest_rule_is_right():
    text = (Path(__file__).parents[2] / "docs" / "digest-rule.md").read_text()
    examples = re.findall(r"```json\n(.+?)\n```\n\n.*?`([0-9a-f]{64})`", text, re.DOTALL)
    assert len(examples) == 3
    assert [docs.sha256(body.encode()) for body, _ in examples] == [sha for _, sha in examples]
    header, silence = (docs.parse(body) for body, _ in examples[:2])
    assert docs.dossier_digest(docs.digest(header), [(silence.uid, docs.digest(silence))]) == examples[2][1]
