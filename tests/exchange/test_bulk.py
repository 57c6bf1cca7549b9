"""Very many documents, one a line: checked, written, held against what they name; all of them or none."""

from datetime import date

import msgspec
import pytest
from django.core.management import CommandError, call_command

from profiles.editorial import edit
from profiles.editorial.mapping import read_rows
from profiles.exchange import bulk
from profiles.exchange.lines import write_lines
from profiles.exchange.placed import FixtureError
from profiles.models import Claim, Document, Profile, Revision
from profiles.values import documents as docs
from tests import factory

pytestmark = pytest.mark.django_db


def many(groups=3, claims=4):
    """Groups with claims, each about the next group: references run forward through the whole file."""
    made = [factory.make_source(), factory.make_version()]
    for g in range(groups):
        uid = f"g{g}"
        made.append(factory.make_group(uid, f"Group {g}"))
        about = f"g{(g + 1) % groups}"
        made += [factory.make_claim(f"{uid}-{n:04d}", about=about) for n in range(1, claims + 1)]
    return made


@pytest.fixture
def write(tmp_path):
    def write(lines):
        path = tmp_path / "many.jsonl"
        path.write_bytes(b"".join(lines))
        return path

    return write


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 4)
    monkeypatch.setattr(edit, "_BATCH", 4)


def test_lines_become_drafts_with_documents_and_one_revision(write):
    documents = many()
    outcome = bulk.load_lines(write(write_lines(documents)))
    assert read_rows() == {document.uid: document for document in documents}
    assert (len(outcome.added), Revision.objects.count(), Document.objects.count()) == (17, 1, 17)


def test_claims_before_the_versions_that_they_cite_are_bounded_by_them(write):
    documents = many()
    documents[3] = factory.make_claim("g0-0001", sense="held", when="2013/..")
    bulk.load_lines(write(write_lines(documents)))  # by uid: the source comes last
    assert set(Claim.objects.values_list("seen", flat=True)) == {date(2024, 5, 3)}
    assert Claim.objects.get(pk="g0-0001").end_earliest == date(2024, 5, 3)


def test_the_same_file_again_changes_nothing(write):
    path = write(write_lines(many()))
    bulk.load_lines(path)
    outcome = bulk.load_lines(path)
    assert (outcome.unchanged, outcome.revision, Revision.objects.count()) == (17, None, 1)


def test_lines_that_are_not_canonical_are_read_all_the_same(write):
    lines = [msgspec.json.format(docs.canonical(d), indent=-1).replace(b'":', b'": ') + b"\n" for d in many()]
    assert len(bulk.load_lines(write(lines)).added) == 17


def test_progress_is_told_twice_over_the_file(write):
    path = write(write_lines(many()))
    told = []
    bulk.load_lines(path, progress=told.append)
    assert sum(told) == 2 * path.stat().st_size


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: [*rows, rows[4]], "line 18: g0-0004: uid: this uid is taken already: many.jsonl: line 5"),
        (lambda rows: [*rows[:14], rows[14].replace(b'"g0"', b'"zz"'), *rows[15:]], "about: there is no profile 'zz'"),
        (lambda rows: [*rows[:9], b'{"uid": "x\n'], "many.jsonl: line 10: this is not JSON"),
        (lambda rows: [*rows[:9], rows[9].replace(b'"as_of"', b'"once"')], "line 10: g1-0004: sense: 'once'"),
        (lambda rows: [r.replace(b'"group-2"', b'"group-0"') for r in rows], "line 11: g2: slug: 'g0' has this slug"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_changed(write, spoil, message):
    path = write(spoil(list(write_lines(many()))))
    with pytest.raises(FixtureError) as refused:
        bulk.load_lines(path)
    assert message in str(refused.value)
    assert (Profile.objects.count(), Claim.objects.count(), Document.objects.count()) == (0, 0, 0)
    assert Revision.objects.count() == 0


def test_the_command_tells_what_it_did(write, capsys):
    call_command("load_lines", str(write(write_lines(many()))), verbosity=0)
    assert capsys.readouterr().out == "many.jsonl: 17 added, 0 changed, 0 unchanged.\n"


def test_the_command_names_a_missing_file():
    with pytest.raises(CommandError, match="nowhere.jsonl is not a file"):
        call_command("load_lines", "nowhere.jsonl")
