"""Fixture files read and written: what each may hold, and what is told of one that may not."""

import pytest
from hypothesis import HealthCheck, given, settings

from profiles.exchange.fixtures import file_names, read_file, write_file
from profiles.exchange.lines import read_lines, write_lines
from profiles.exchange.placed import FixtureError
from profiles.exchange.references import complete
from profiles.values import documents as docs
from tests import factory
from tests.editorial.test_mapping import dossiers
from tests.exchange.files import GUARDS, fixture_files, swap


def documents_of(files):
    load, faults = complete(placed for name, data in files.items() for placed in read_file(data, name).placed)
    assert faults == []
    return [document for _, document in load.values()]


def error_of(change, name=GUARDS):
    data = fixture_files()[name].decode()
    with pytest.raises(FixtureError) as refused:
        read_file(change(data).encode(), name)
    return str(refused.value)


def test_a_file_tells_its_kind_its_owner_and_where_each_document_stands():
    file = read_file(fixture_files()[GUARDS], GUARDS)
    assert (file.kind, file.owner) == ("profile", "rg")
    assert [(placed.uid, placed.line) for placed in file.placed][:3] == [("rg", 2), ("rg-0001", 4), ("rg-0002", 24)]
    assert [placed.data["model"] for placed in file.placed] == ["group", *["claim"] * 8, "silence"]
    claim = file.placed[1]
    assert (claim.line_of("statement"), claim.line_of("citations[0].end")) == (8, 19)
    assert (claim.line_of("citations[0].text_sha256"), claim.line_of("nowhere")) == (15, 4)


def test_numbers_and_booleans_are_read_by_the_type_of_their_field():
    data = fixture_files()["speakers.yaml"]
    assert read_file(data, "speakers.yaml").placed[0].data == {
        "model": "speaker",
        "schema": 1,
        "uid": "spk-0001",
        "kind": "official",
        "label": "two officials",
        "anonymous": True,
        "count": 2,
    }


def test_every_file_is_written_back_byte_for_byte():
    files = fixture_files()
    documents = documents_of(files)
    assert {name: write_file(some) for name, some in file_names(documents).items()} == files


def test_profiles_of_two_models_may_share_a_slug():
    named = file_names([factory.make_group(slug="guards"), factory.make_event(slug="guards"), factory.make_person()])
    assert list(named) == ["profiles/guards.event.yaml", "profiles/guards.group.yaml", "profiles/salim-nasser.yaml"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=dossiers())
def test_generated_documents_come_back_from_a_file_and_from_lines(made):
    documents = [factory.make_group(), *made]
    data = write_file(documents)
    version = write_file([factory.make_source(), factory.make_version()])
    back = documents_of({"rg.yaml": data, "river-guards.yaml": version})
    assert {d.uid: docs.canonical(d) for d in back if not d.uid.startswith("src")} == {
        d.uid: docs.canonical(d) for d in documents
    }
    assert write_file(d for d in back if not d.uid.startswith("src")) == data
    lines = b"".join(write_lines(documents))
    load, faults = complete(read_lines(lines, "all.jsonl").placed)
    assert faults == []
    assert b"".join(write_lines(document for _, document in load.values())) == lines


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (swap("    sense: as_of\n", ""), "line 4: rg-0001: sense: this is missing: a claim needs it"),
        (
            swap("  - uid: rg-0001\n    kind: name", "  - kind: name"),
            "line 4: claims[0]: uid: this is missing: a claim needs it",
        ),
        (
            swap("name_sort", "name_sorts"),
            "line 13: rg-0001: name_sorts: a claim has no such field (is name_sort meant?)",
        ),
        (swap("name_sort", "colour"), "line 13: rg-0001: colour: a claim has no such field"),
        (
            swap("start: 0", "start: zero"),
            "line 18: rg-0001: citations[0].start: 'zero' is not a whole number, written like 2300",
        ),
        (
            swap("start: 0", "start: 007"),
            "line 18: rg-0001: citations[0].start: '007' is not a whole number, written like 2300",
        ),
        (swap("start: 0", "start: -1"), "line 18: rg-0001: citations[0].start: -1 is not between 0 and 2147483647"),
        (
            swap("low: 2000", "low: 9999999999"),
            "line 97: rg-0005: low: 9999999999 is not between -2147483648 and 2147483647",
        ),
        (
            swap("name: River Guards", "name: [River, Guards]"),
            "line 12: rg-0001: name: one value is wanted here, not a sequence",
        ),
        (swap("[rg-0004]", "rg-0004"), "line 54: rg-0003: conflicts_with: a list is wanted here"),
        (
            swap("salt: 866e34e564265b0f622c269ecf3bd2f0", "salt: 866E"),
            "line 11: rg-0001: salt: '866E' is not a salt: 32 hexadecimal digits, small letters",
        ),
        (
            swap("version: src-0001-v1", "version: SRC 1"),
            "line 16: rg-0001: citations[0].version: 'SRC 1' is not a uid: "
            "small letters, digits and single hyphens, like kh-0017",
        ),
        (
            swap("name: River Guards", "name: " + "x" * 301),
            "line 12: rg-0001: name: has 301 characters, and may have 300",
        ),
        (
            swap("sense: as_of", "sense: as_of\n    negated: yes"),
            "line 10: rg-0001: negated: 'yes' is neither true nor false",
        ),
        (
            swap("sense: as_of", "sense: as_of\n    subject: rg"),
            "line 10: rg-0001: subject: the file itself says this: leave it out",
        ),
        (
            swap("        start: 0", "        text_sha256: aa\n        start: 0"),
            "line 18: rg-0001: citations[0].text_sha256: the file itself says this: leave it out",
        ),
        (swap("schema: 1\n", "schema: 2\n"), "line 1: schema: this code reads schema 1, not '2'"),
        (swap("schema: 1\n", ""), "line 1: schema: the file does not say its schema"),
        (swap("group: {", "group: rg\n# {"), "line 2: group: a mapping of the header's fields is wanted here"),
        (swap("group: {uid: rg,", "group: {"), "line 2: group: uid: this is missing: a group needs it"),
        (
            swap("schema: 1", "schema: 1\nperson: {uid: sn}"),
            "line 3: one file holds one profile or source, and this has person and group",
        ),
        (
            swap("schema: 1", "schema: 1\nnames: []"),
            "line 2: names: a group's file has no such section: claims, group, pictures, schema, silences",
        ),
        (swap("claims:\n", "claims: none\nx:\n"), "line 3: claims: a list is wanted here"),
        (
            lambda text: "schema: 1\n...\n",
            "line 1: this file holds none of group, person, event, source, speakers, authorities, programmes, places",
        ),
        (lambda text: "- a\n...\n", "line 1: a fixture file is a mapping that begins with schema: 1"),
        (
            lambda text: text[: text.index("  - uid: rg-0003")],
            "line 43: this file seems cut short: the closing ... is missing",
        ),
    ],
)
def test_a_bad_file_is_told_with_line_uid_and_field(change, message):
    assert error_of(change).splitlines()[0] == f"{GUARDS}: {message}"


def test_all_that_is_wrong_in_a_file_is_told_at_once():
    text = "schema: 1\nplaces:\n" + "".join(f"  - uid: place-{n:04}\n    kind: city\n" for n in range(25)) + "...\n"
    with pytest.raises(FixtureError) as refused:
        read_file(text.encode(), "places.yaml")
    told = str(refused.value).splitlines()
    assert told[0] == "places.yaml: line 3: place-0000: label: this is missing: a place needs it"
    assert (len(told), told[-1]) == (21, "and 5 more")


def test_two_headers_or_a_stray_document_are_not_written_as_one_file():
    with pytest.raises(ValueError, match=r"^one file does not hold person as well$"):
        write_file([factory.make_group(), factory.make_person()])
    with pytest.raises(ValueError, match=r"^there is nothing to write, or no header$"):
        write_file([factory.make_claim()])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "line 1: this is not JSON: Input data was truncated"),
        (b"[]", "line 1: a line holds one document: a JSON object"),
        (b"\xff", None),
        (b"[" * 100_000, None),
        (b'{"model":"place"}', "line 1: uid: this is missing: a document needs it"),
        (b'{"uid":"rg"}', "line 1: model: this is missing: a document needs it"),
        (b'{"uid":"place-0001","uid":"place-0001","model":"place"}', "line 1: uid: the key is here twice"),
    ],
)
def test_a_bad_line_is_told_with_its_number(line, message):
    with pytest.raises(FixtureError) as refused:
        read_lines(line, "all.jsonl")
    assert message is None or str(refused.value) == f"all.jsonl: {message}"
    assert str(refused.value).startswith("all.jsonl: line 1: ")
