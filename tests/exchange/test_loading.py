"""Fixtures through Django's own loaddata: in any order, again without a change, or refused with nothing changed."""

import random

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection

from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.exchange.incoming import bring_in_files, read_all
from profiles.exchange.lines import write_lines
from profiles.exchange.placed import FixtureError
from profiles.exchange.references import complete
from profiles.models import Claim, Profile, Revision, SourceVersion
from profiles.values import documents as docs
from tests import cast, factory
from tests.exchange.files import GUARDS, fixture_files, state, swap

pytestmark = pytest.mark.django_db

SOURCE = "sources/river-guards.yaml"
BARE = b"schema: 1\ngroup: {uid: rg, kind: armed_group, label: River Guards, slug: river-guards}\n...\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to load from, where messages name files as they are here."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, files):
    for name, data in files.items():
        path = folder / "fixtures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return [f"fixtures/{name}" for name in files]


def loaddata(*names):
    call_command("loaddata", *names, verbosity=0)


@pytest.mark.parametrize("order", range(4))
def test_any_order_loads_the_same(folder, order):
    names = write(folder, fixture_files())
    random.Random(order).shuffle(names)
    loaddata(*names)
    drafts, documents, revisions, _ = state()
    assert drafts == {uid: docs.digest(document) for uid, document in read_rows().items()}
    assert (len(drafts), documents, revisions) == (24, 24, 1)
    assert Revision.objects.get().by is None
    assert dict(Claim.objects.values_list("uid", "draft_digest")).items() <= drafts.items()


def test_loading_again_changes_nothing_and_files_come_back_byte_for_byte(folder):
    names = write(folder, fixture_files())
    loaddata(*names)
    before = state()
    loaddata(*reversed(names))
    assert state() == before
    call_command("write_fixtures", to=folder / "fixtures", check=True, verbosity=0)
    call_command("write_fixtures", to=folder / "again", verbosity=0)
    assert {
        path.relative_to(folder / "again").as_posix(): path.read_bytes() for path in (folder / "again").rglob("*.yaml")
    } == fixture_files()


def test_the_check_names_files_that_differ_are_missing_or_are_too_many(folder):
    loaddata(*write(folder, fixture_files()))
    root = folder / "fixtures"
    (root / GUARDS).write_bytes((root / GUARDS).read_bytes() + b"# more\n")
    (root / "places.yaml").rename(root / "spots.yaml")
    with pytest.raises(CommandError) as refused:
        call_command("write_fixtures", to=root, check=True)
    assert str(refused.value).splitlines() == [
        f"{root}/{GUARDS} differs",
        f"{root}/places.yaml is missing",
        f"{root}/spots.yaml is not among the drafts",
    ]
    call_command("write_fixtures", to=root, verbosity=0)
    assert (root / GUARDS).read_bytes() == fixture_files()[GUARDS]
    assert (root / "spots.yaml").exists()


def test_a_file_found_by_two_ways_is_one_file(folder, settings):
    settings.FIXTURE_DIRS = [folder / "fixtures"]
    names = write(folder, fixture_files())
    loaddata(*names, *(name.removeprefix("fixtures/") for name in names))
    assert Profile.objects.count() == 4


def test_one_changed_claim_is_one_change(folder):
    loaddata(*write(folder, fixture_files()))
    names = write(folder, fixture_files(profiles_river_guards=swap("about 2,000 fighters.", "about two thousand.")))
    loaddata(*names)
    assert [(e.uid, bool(e.before)) for e in Revision.objects.first().entries.all()] == [("rg-0005", True)]


def test_a_claim_left_out_is_removed_or_retracted_where_published():
    documents = factory.make_ground()
    factory.publish(*documents, factory.make_claim("rg-0002", quote="They are led by Salim Nasser"))
    factory.load(factory.make_claim("rg-0003"), factory.make_silence())
    report = bring_in_files([("rg.yaml", BARE)], by=cast.editor(), reason="tidied")
    assert report.removed == ("rg-0003", "rg-s01")
    assert sorted(report.retracted) == ["rg-0001", "rg-0002"]
    assert str(report) == "2 removed, 2 retracted, 1 unchanged"
    assert (report.revision.by, report.revision.reason) == (cast.editor(), "tidied")
    assert Claim.objects.get(pk="rg-0001").standing == "retracted"


def test_an_uncited_claim_enters_as_a_draft(folder):
    def uncited(text):
        before, _, rest = text.partition("    citations:\n      - uid: rg-0008-c1")
        return before + rest[rest.index("silences:") :]

    loaddata(*write(folder, fixture_files(profiles_river_guards=uncited)))
    assert Claim.objects.uncited().get().pk == "rg-0008"


# Refused


def bomb(text):
    return "schema: 1\na: &a [x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(30)) + "...\n"


BAD = {
    "unknown profile": (
        {"profiles_salim_nasser": swap("about: rg", "about: rx")},
        "fixtures/profiles/salim-nasser.yaml: line 32: sn-0002: about: "
        "there is no profile 'rx', neither in these files nor in the database",
    ),
    "unknown speaker": (
        {"speakers": None},
        f"fixtures/{GUARDS}: line 108: rg-0005: citations[0].speakers: "
        "there is no speaker 'spk-0001', neither in these files nor in the database",
    ),
    "unknown version": (
        {"profiles_river_guards": swap("version: src-0001-v1", "version: src-0009-v1")},
        f"fixtures/{GUARDS}: line 16: rg-0001: citations[0].version: "
        "there is no version 'src-0009-v1', neither in these files nor in the database",
    ),
    "wrong kind of reference": (
        {"profiles_salim_nasser": swap("about: rg", "about: place-0001")},
        "fixtures/profiles/salim-nasser.yaml: line 32: sn-0002: about: "
        "'place-0001' is the uid of a place, and this names a profile",
    ),
    "not a designation": (
        {"profiles_river_guards": swap("designation: rg-0006", "designation: rg-0001")},
        f"fixtures/{GUARDS}: line 150: rg-0007: designation: 'rg-0001' is not a designation of rg",
    ),
    "one-sided conflict": (
        {"profiles_river_guards": swap("    conflicts_with: [rg-0003]\n", "")},
        f"fixtures/{GUARDS}: line 54: rg-0003: conflicts_with: "
        "'rg-0004' does not name this claim in turn: a conflict stands in both",
    ),
    "bad EDTF": (
        {"profiles_river_guards": swap("when: 2013~", "when: 2018/2014")},
        f"fixtures/{GUARDS}: line 53: rg-0003: when: 2018/2014 runs backwards: write 2014/2018",
    ),
    "malformed field": (
        {"profiles_river_guards": swap("start: 26", "start: about 26")},
        f"fixtures/{GUARDS}: line 59: rg-0003: citations[0].start: "
        "'about 26' is not a whole number, written like 2300",
    ),
    "missing field": (
        {"profiles_river_guards": swap("    voice: attributed\n", "")},
        f"fixtures/{GUARDS}: line 85: rg-0005: voice: this is missing: a claim needs it",
    ),
    "field that its kind needs": (
        {"profiles_salim_nasser": swap("    role: leader\n", "")},
        "fixtures/profiles/salim-nasser.yaml: line 24: sn-0002: role: a membership needs this",
    ),
    "wrong word": (
        {"profiles_river_guards": swap("voice: attributed", "voice: whispered")},
        f"fixtures/{GUARDS}: line 91: rg-0005: voice: 'whispered' is not one of "
        "stated, attributed, reported, claimed, alleged, assessed",
    ),
    "topic of another model": (
        {"profiles_salim_nasser": swap("topic: roles", "topic: arsenal")},
        "fixtures/profiles/salim-nasser.yaml: line 26: sn-0002: topic: 'arsenal' is not one of a person's topics: "
        "identity, names, roles, affiliations, background, designations, detention_proceedings, conduct, statements, "
        "death, other",
    ),
    "aspect of another topic": (
        {"profiles_salim_nasser": swap("aspect: leads", "aspect: leader")},
        "fixtures/profiles/salim-nasser.yaml: line 27: sn-0002: aspect: "
        "'leader' is not one of roles's aspects: leads, commands, founded, offices",
    ),
    "passage past the end": (
        {"profiles_river_guards": swap("end: 25", "end: 2500")},
        f"fixtures/{GUARDS}: line 19: rg-0001: citations[0].end: the text of 'src-0001-v1' ends at 383",
    ),
    "duplicate uid": (
        {"profiles_river_guards": swap("uid: rg-0002\n", "uid: rg-0001\n")},
        f"fixtures/{GUARDS}: line 24: rg-0001: uid: this uid is taken already: fixtures/{GUARDS}: line 4",
    ),
    "uid of another profile": (
        {"profiles_salim_nasser": swap("uid: sn-0002\n", "uid: rg-0099\n")},
        "fixtures/profiles/salim-nasser.yaml: line 24: rg-0099: uid: 'rg-0099' belongs to rg, not to sn",
    ),
    "slug taken": (
        {"profiles_harbour_authority": swap("slug: harbour-authority", "slug: river-guards")},
        f"fixtures/{GUARDS}: line 2: rg: slug: 'ha' has this slug already",
    ),
    "truncated file": (
        {"profiles_river_guards": lambda text: text[: text.index("  - uid: rg-0003")]},
        f"fixtures/{GUARDS}: line 43: this file seems cut short: the closing ... is missing",
    ),
    "Latin-1": (
        {"profiles_river_guards": lambda text: text.replace("One name", "Öne name", 1).encode("latin-1", "replace")},
        f"fixtures/{GUARDS}: line 8: byte 0xD6 is not UTF-8: save the file as UTF-8",
    ),
    "UTF-16": (
        {"profiles_river_guards": lambda text: text.encode("utf-16")},
        f"fixtures/{GUARDS}: line 1: this file is UTF-16 or UTF-32: save it as UTF-8",
    ),
    "alias bomb": (
        {"profiles_river_guards": bomb},
        f"fixtures/{GUARDS}: line 2: the anchor '&a' is not allowed",
    ),
    "10 MB of [": (
        {"profiles_river_guards": lambda text: "[" * 10_000_000},
        f"fixtures/{GUARDS}: line 1: nested deeper than 8 levels",
    ),
    "empty file": ({"profiles_river_guards": lambda text: ""}, f"fixtures/{GUARDS}: line 1: this file is empty"),
}  # fmt: skip


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_told_in_one_sentence_and_change_nothing(folder, case, filled):
    changed, message = BAD[case]
    # What a bad file may lean on by mistake is not there: another profile with one claim is.
    if filled:
        factory.load(factory.make_group("zz", "Other"), factory.make_claim("zz-0001", citations=()))
    before = state()
    names = write(folder, fixture_files(**changed))
    with pytest.raises(CommandError) as refused:
        loaddata(*names)
    assert str(refused.value).splitlines()[0] == message
    assert state() == before
    # And the next load is not burdened with the files of the one that failed.
    loaddata(*write(folder, fixture_files()))
    assert Profile.objects.filter(pk="rg").exists()


def test_one_mistake_is_told_once(folder):
    for changed, _ in (BAD["unknown profile"], BAD["duplicate uid"], BAD["bad EDTF"], BAD["wrong word"]):
        with pytest.raises(CommandError) as refused:
            loaddata(*write(folder, fixture_files(**changed)))
        assert len(str(refused.value).splitlines()) == 1


def test_a_reference_may_lead_into_the_database(folder):
    loaddata(*write(folder, fixture_files()))
    before = state()
    loaddata(f"fixtures/{GUARDS}")
    assert state() == before


def test_a_claim_that_its_own_file_left_out_is_unknown_to_the_others(folder):
    loaddata(*write(folder, fixture_files()))

    def without_last(text):
        return text[: text.index("  - uid: rg-0008")] + text[text.index("silences:") :]

    named = swap("role: leader", "after: [rg-0008]\n    role: leader")
    names = write(folder, fixture_files(profiles_river_guards=without_last, profiles_salim_nasser=named))
    with pytest.raises(CommandError) as refused:
        loaddata(*names)
    assert str(refused.value) == (
        "fixtures/profiles/salim-nasser.yaml: line 33: sn-0002: after: "
        "there is no claim 'rg-0008', neither in these files nor in the database"
    )


def test_a_conflict_that_the_database_names_must_be_named_back():
    factory.load(*factory.make_ground(), factory.make_person())
    factory.load(
        factory.make_claim("rg-0002", conflicts_with=("sn-0001",), citations=()),
        factory.make_claim("sn-0001", aspect="nationality", conflicts_with=("rg-0002",), citations=()),
    )
    alone = factory.make_claim("sn-0001", aspect="nationality", citations=())
    with pytest.raises(FixtureError) as refused:
        bring_in_files([("sn.jsonl", docs.canonical(alone))])
    assert str(refused.value) == (
        "sn.jsonl: line 1: sn-0001: conflicts_with: 'rg-0002' names this claim, and is not named here"
    )


def test_a_removed_claim_that_another_names_stays():
    factory.load(*factory.make_ground(), factory.make_person())
    factory.load(
        factory.make_claim("rg-0002", citations=()),
        factory.make_claim("sn-0001", aspect="nationality", after=("rg-0002",), citations=()),
    )
    before = state()
    with pytest.raises(Refused, match=r"^Cannot be removed, since these name it: "):
        bring_in_files([("rg.yaml", BARE)])
    assert state() == before


def test_a_capture_never_changes(folder):
    loaddata(*write(folder, fixture_files()))
    names = write(
        folder, fixture_files(sources_river_guards=swap('retrieved: "2024-06-01"', 'retrieved: "2024-06-02"'))
    )
    with pytest.raises(CommandError) as refused:
        loaddata(*names)
    assert str(refused.value) == (
        f"fixtures/{SOURCE}: line 13: src-0001-v1: uid: "
        "a capture never changes: capture the source again as a new version"
    )
    assert str(SourceVersion.objects.get().retrieved) == "2024-06-01"


def test_a_label_that_is_no_main_name_is_a_warning():
    files = fixture_files(profiles_river_guards=swap("label: River Guards", "label: Guards of the River"))
    report = bring_in_files(files.items())
    assert report.warnings == (
        f"{GUARDS}: line 2: rg: label: 'Guards of the River' is none of the main names claimed in its file",
    )


# Lines


def test_lines_add_and_change_and_take_nothing_out():
    bring_in_files(fixture_files().items())
    before = state()
    every = list(write_lines(read_rows().values()))
    assert bring_in_files([("all.jsonl", b"".join(every))]).revision is None
    assert bring_in_files([("some.jsonl", b"".join(every[:9]))]).unchanged == 9
    assert state() == before


def every_line():
    """The whole set as lines, without a database."""
    load, faults = complete(placed for file in read_all(fixture_files().items()) for placed in file.placed)
    assert faults == []
    return b"".join(write_lines(document for _, document in load.values()))


def test_lines_into_an_empty_database_give_the_same_drafts():
    lines = every_line()
    assert len(bring_in_files([("all.jsonl", lines)]).added) == 24
    assert b"".join(write_lines(read_rows().values())) == lines


def test_a_citation_in_a_line_has_its_versions_digest():
    sha256 = factory.make_version().text_sha256.encode()
    lines = every_line().replace(b'"text_sha256":"' + sha256, b'"text_sha256":"' + b"0" * 64, 1)
    with pytest.raises(FixtureError) as refused:
        bring_in_files([("all.jsonl", lines)])
    assert str(refused.value) == (
        "all.jsonl: line 7: rg-0001: citations[0].text_sha256: "
        f"'src-0001-v1' has another text digest: {sha256.decode()}"
    )
    assert state() == ({}, 0, 0, 0)


# Django's own formats and ways


def test_rows_in_djangos_own_formats_are_refused(folder):
    data = serializers.serialize("json", [cast.editor()])
    (folder / "user.json").write_text(data)
    with pytest.raises(CommandError, match=r"^profiles.User rows are not loaded from fixtures"):
        loaddata("user.json")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            '[{"model": "profiles.publication", "pk": 1, "fields": {"nope": 1}}]',
            r"Publication has no field named 'nope'",
        ),
        ('[{"model": "profiles.nothing", "pk": 1, "fields": {}}]', r"Invalid model identifier: '?profiles\.nothing'?"),
        ('[{"mod', r"'.*bad\.json': Unterminated string starting at: line 1 column 3 \(char 2\)$"),
    ],
)
def test_rows_that_cannot_be_read_are_refused_in_one_sentence(tmp_path, rows, told):
    (tmp_path / "bad.json").write_text(rows)
    with pytest.raises(CommandError, match=told) as refused:
        loaddata(str(tmp_path / "bad.json"))
    assert str(refused.value).startswith("Problem installing fixture") and "\n" not in str(refused.value)


def test_dumpdata_names_the_command_that_writes_fixtures():
    with pytest.raises(CommandError, match=r"whole profiles, not rows: write them with manage.py write_fixtures$"):
        call_command("dumpdata", "profiles.profile", format="yaml")


def test_nothing_is_passed_over_and_only_the_default_database_is_written(folder):
    names = write(folder, fixture_files())
    with pytest.raises(CommandError, match=r"^--ignorenonexistent is not for these files"):
        call_command("loaddata", *names, ignore=True, verbosity=0)
    with pytest.raises(CommandError, match=r"^drafts are kept in the database 'default', not in 'other'$"):
        next(iter(serializers.deserialize("yaml", b"schema: 1\n...\n", using="other")))


def test_sequences_stay_right_after_a_load(folder):
    loaddata(*write(folder, fixture_files()))
    assert connection.ops.sequence_reset_sql(no_style(), [Profile]) == []
    factory.load(factory.make_claim("rg-0050", citations=(factory.make_citation("rg-0050"),)))
