"""Canonical bytes and digests: golden files hold what schema 1 spells, for ever."""

import json
from pathlib import Path

import msgspec
import pytest

from profiles.values import documents as docs
from tests import factory

GOLDEN = Path(__file__).parent.parent / "golden" / "schema-1"


def every_type():
    """One document of each type, and a claim with everything that a claim may have."""
    citation = factory.make_citation(
        "rg-0002", speakers=(("spk-0001", "spk-0002"), ("spk-0002",)), note="n", excerpt="founded in around 2013"
    )
    full = factory.make_claim(
        "rg-0002",
        "Two officials said that the River Guards “ordered” it; حراس النهر.",
        kind="statement",
        topic="conduct",
        aspect="accusations",
        about="hb",
        when="2013~",
        sense="happened",
        basis="derived",
        reckoning="By counting back.",
        voice="attributed",
        reach="collective",
        verification="unverified",
        verified_by="the article",
        standing="contested",
        standing_note="See the other.",
        conflicts_with=("rg-0003",),
        after=("rg-0004",),
        mentions=("hb", "sn"),
        superseded_by="rg-0005",
        negated=True,
        scope="in Marwa",
        response="not_sought",
        outcome="None stated.",
        precision="between",
        low=-1,
        high=2147483647,
        counted="people",
        translations=(docs.Translation(language="ar", text="قال", sha256="a" * 64),),
        citations=(citation,),
    )
    return [
        full,
        factory.make_claim(),
        factory.make_silence(),
        factory.make_picture(caption="On a wall in Marwa."),
        factory.make_group(),
        factory.make_person(),
        factory.make_event(),
        factory.make_source(unknown=("author", "url"), no_fact=(docs.NoFact(version="src-0001-v1", paragraph=0),)),
        factory.make_version(),
        factory.make_speaker(),
        factory.make_authority(),
        docs.Programme(uid="prog-0001", schema=1, authority="auth-0001", label="Harbour list"),
        factory.make_place(latitude="33.3152", longitude="44.3661"),
    ]


@pytest.mark.parametrize("document", every_type(), ids=lambda d: d.uid)
def test_canonical_bytes_are_those_of_the_golden_file(document):
    golden = GOLDEN / f"{document.uid}.json"
    assert docs.canonical(document) == golden.read_bytes()
    assert docs.digest(document) == (GOLDEN / f"{document.uid}.sha256").read_text().strip()


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.json")), ids=lambda p: p.stem)
def test_golden_files_are_read_and_spelt_again_byte_for_byte(golden):
    document = docs.parse(golden.read_bytes())
    assert docs.check(document) == []
    assert docs.canonical(document) == golden.read_bytes()
    plain = json.dumps(json.loads(golden.read_bytes()), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert plain.encode() == golden.read_bytes()


def test_a_default_that_is_another_object_is_left_out_too():
    worded = factory.make_claim(basis="".join(["sta", "ted"]), reach="".join(["na", "med"]))
    assert docs.digest(worded) == docs.digest(factory.make_claim())


def test_voice_sense_and_bearing_are_always_written():
    written = msgspec.json.decode(docs.canonical(factory.make_claim()))
    assert {"voice", "sense"} <= written.keys()
    assert {"voice", "bearing"} <= written["citations"][0].keys()


def test_dossier_digest_does_not_depend_on_the_order_given():
    pairs = [("rg-0002", "b" * 64), ("rg-0001", "a" * 64)]
    assert docs.dossier_digest("c" * 64, pairs) == docs.dossier_digest("c" * 64, reversed(pairs))
    assert docs.dossier_manifest("c", [("b", "2"), ("a", "1")]) == (
        b'{"documents":[["a","1"],["b","2"]],"header":"c","schema":1}'
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"voice": "firm"}, "voice: 'firm' is not one of stated, attributed, reported, claimed, alleged, assessed"),
        ({"sense": ""}, "sense: '' is not one of happened, held, as_of"),
        ({"statement": "A\tB"}, "statement: has a control character or a line break: take it out"),
        ({"statement": "A\u2028B"}, "statement: has a control character or a line break: take it out"),
        ({"statement": " A"}, "statement: begins or ends with a space"),
        ({"statement": "e\u0301"}, "statement: is not in Unicode NFC: type it again or normalise it"),
        ({"kind": "rumour"}, "kind: 'rumour' is not one of " + ", ".join(docs.SHAPE)),
        ({"role": "leader"}, "role: a statement does not have this"),
        ({"about": "rg"}, "about: a claim is not about its own subject"),
        ({"low": 5}, "precision: a number says how exact it is"),
        ({"basis": "derived"}, "reckoning: say how the date was derived, and only then"),
        ({"conflicts_with": ("rg-0003", "rg-0002")}, "conflicts_with: uids stand once each, in order"),
        ({"mentions": ("hb", "hb")}, "mentions: uids stand once each, in order"),
        ({"uid": "hb-0001"}, "uid: 'hb-0001' belongs to hb, not to rg"),
        ({"uid": "rg-1"}, "uid: 'rg-1' is no uid of this kind: write it like kh-0017"),
        ({"uid": "src-0001"}, "uid: 'src-0001' is no uid of this kind: write it like kh-0017"),
        ({"schema": 2}, "schema: this code reads schema 1, not 2"),
    ],
)
def test_what_is_wrong_with_a_claim_is_named(change, message):
    claim = msgspec.structs.replace(factory.make_claim(citations=()), **change)
    assert message in [str(problem) for problem in docs.check(claim)]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"low": 2**31}, "low"),
        ({"low": 1.5}, "low"),
        ({"rumour": "x"}, ""),
        ({"citations": [{"uid": "rg-0001-c1"}]}, "citations[0]"),
        ({"statement": None}, "statement"),
        ({"salt": "f00"}, "salt"),
    ],
)
def test_malformed_data_is_refused_with_its_place(change, where):
    data = msgspec.json.decode(docs.canonical(factory.make_claim()))
    with pytest.raises(docs.DocumentError) as refused:
        docs.convert({**data, **change})
    assert [p.field for p in refused.value.problems] == [where]


def test_touched_profiles_are_the_subject_and_the_about():
    assert docs.touched(factory.make_claim(about="hb")) == ("rg", "hb")
    assert docs.touched(factory.make_claim(mentions=("hb",))) == ("rg",)
    assert docs.touched(factory.make_silence()) == ("rg",)
    assert docs.touched(factory.make_speaker(profile="rg")) == ()


@pytest.mark.parametrize(
    ("uid", "model"),
    [
        ("kh-0017", "claim"), ("kh-0017-c2", "citation"), ("kh-s03", "silence"), ("kh", "profile"),
        ("src-0001", "source"), ("src-0001-v1", "version"), ("spk-0001", "speaker"), ("place-0001", "place"),
    ],
)  # fmt: skip
def test_a_uid_says_what_it_names(uid, model):
    assert docs.model_of(uid) == model


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("statement", "x" * 5001, "is too long: 5000 characters at most"),
        ("uid", None, "is missing"),
        ("statement", 7, "should be text"),
        ("low", "many", "should be a whole number"),
        ("negated", "no", "should be yes or no (true or false)"),
        ("mentions", "rg", "should be a list"),
        ("low", 2**31, "is too great a number: 2147483647 at most"),
        ("salt", "zz", "is not written in the form that this field has"),
    ],
)
def test_a_wrong_shape_is_told_in_plain_words(field, value, said):
    data = msgspec.to_builtins(factory.make_claim("rg-0002")) | {field: value}
    with pytest.raises(docs.DocumentError) as refused:
        docs.convert(data)
    assert [(p.field, p.message) for p in refused.value.problems] == [(field, said)]


def test_a_missing_and_an_unknown_field_are_named():
    data = msgspec.to_builtins(factory.make_claim("rg-0002"))
    with pytest.raises(docs.DocumentError, match="has a field that is not known: colour"):
        docs.convert(data | {"colour": "red"})
    del data["statement"]
    with pytest.raises(docs.DocumentError, match="lacks the field statement"):
        docs.convert(data)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [("2024-05-03T10:00", "2024-05-03"), ("2024-05", "2024-05-01"), ("2024", "2024-01-01"), ("", "2024-06-01")],
)  # fmt: skip
def test_a_claim_was_last_seen_on_the_first_day_that_its_versions_stamp_may_mean(stamp, day):
    versions = {"src-0001-v1": factory.make_version(stamp=stamp)}
    assert str(docs.seen_on(factory.make_claim(), versions)) == day
