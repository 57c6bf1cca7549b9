"""Bulk in, reviewed: files staged whole, every error with row and column, nothing touched before acceptance."""

import csv
import io
import re
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.revert import undo
from profiles.exchange import acceptance, staging, table_claims, tables
from profiles.exchange.columns import COLUMNS, citation_field
from profiles.exchange.fixtures import write_file
from profiles.exchange.lines import write_lines
from profiles.exchange.staging import stage, told
from profiles.models import Capture, Claim, Revision, Stage, StageFault, StageRow
from profiles.models.staging import forget_staged
from profiles.values import documents as docs
from tests import cast, factory
from tests.exchange.files import state

HEADINGS = (
    "row", "uid", "kind", "subject", "about", "topic", "aspect", "statement", "when", "sense", "voice", "role",
    "precision", "low", "counted", "version", "quote", "occurrence", "paragraph", "start", "end", "bearing",
    "citation_voice", "speakers", "scope",
)  # fmt: skip
FOUNDED = "The River Guards were founded in around 2013"


@pytest.fixture(autouse=True)
def ground(db):
    """The River Guards and Salim Nasser, the article with its text, the officials heard in it."""
    factory.load(*factory.make_ground(), factory.make_person(), factory.make_speaker())
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE)


def line(**values):
    """One row: a plain statement with a citation unless told otherwise."""
    return {
        "kind": "statement",
        "subject": "river-guards",
        "topic": "origins",
        "aspect": "purpose",
        "statement": "The River Guards guard a river.",
        "sense": "as_of",
        "voice": "stated",
        "version": "river-guards",
        "quote": FOUNDED,
        "bearing": "supports",
        "citation_voice": "stated",
        **values,
    }


def table(*rows, name="claims.csv", headings=HEADINGS, delimiter=",", encoding="utf-8"):
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return name, io.BytesIO(out.getvalue().encode(encoding))


def book(*rows, headings=HEADINGS, formats=()):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    for cell, shown in formats:
        sheet[cell].number_format = shown
    out = io.BytesIO()
    made.save(out)
    return "claims.xlsx", out


def staged(*rows, **values):
    return stage([table(*rows, **values)], by=cast.editor(), reason="From the desk's table.")


def report(made):
    return [told(fault) for fault in made.faults]


def twelve():
    rows = [line(statement=f"The River Guards guard bend {n}.") for n in range(1, 12)]
    return [*rows, line(subject="sn", kind="membership", about="river-guards", role="leader", topic="roles",
                        aspect="leads", statement="Salim Nasser leads the River Guards.", when="around 2013",
                        quote="They are led by Salim Nasser, and have about 2,000 fighters, two officials said.",
                        voice="attributed", citation_voice="attributed", speakers="two officials")]  # fmt: skip


def test_two_wrong_rows_of_twelve_are_told_and_nothing_is_touched():
    rows = twelve()
    rows[3] = {**rows[3], "aspect": "purposes", "sense": "as-of"}
    rows[8] = {**rows[8], "quote": "The River Guards were founded in 2012", "when": "whenever"}
    before = state()
    made = staged(*rows)
    assert report(made) == [
        "claims.csv: row 5, column sense: rg-0005: 'as-of' is not one of happened, held, as_of",
        "claims.csv: row 5, column aspect: rg-0005: 'purposes' is not one of origins's aspects: "
        "founded, founder, place, parent, purpose, re_formed, renamed",
        "claims.csv: row 10, column when: rg-0010: “whenever” is not a date we can read: "
        "write it like June 2014, around 2013 or by 2014",
        "claims.csv: row 10, column quote: rg-0010: these words are not in the text",
    ]
    assert (made.stage.state, StageRow.objects.count(), StageFault.objects.count()) == ("refused", 0, 4)
    assert state() == before
    with pytest.raises(Refused, match="This set is refused"):
        acceptance.accept(made.stage, by=cast.editor())


def test_mended_they_are_staged_and_accepted_as_one_revision_by_their_author():
    before = state()
    made = staged(*twelve())
    assert (str(made), made.faults, state()) == ("12 new, 0 unchanged", (), before)
    outcome = acceptance.accept(made.stage, by=cast.editor())
    assert outcome.added == [*(f"rg-{n:04d}" for n in range(2, 13)), "sn-0001"]
    revision = Revision.objects.latest("pk")
    assert (outcome.revision, revision.act, revision.by, revision.reason, revision.entries.count()) == (
        revision, "import", cast.editor(), "From the desk's table.", 12,
    )  # fmt: skip
    leads = read_rows(["sn-0001"])["sn-0001"]
    assert (leads.about, leads.role, leads.when, leads.aspect) == ("rg", "leader", "2013~", "leads")
    cited = leads.citations[0]
    assert (cited.uid, cited.version, cited.speakers) == ("sn-0001-c1", "src-0001-v1", (("spk-0001",),))
    assert factory.ARTICLE[cited.start : cited.end].startswith("They are led by")
    made.stage.refresh_from_db()
    assert made.stage.state == "accepted"
    # The words are in one place only, where a redaction finds them.
    assert set(StageRow.objects.values_list("body", "revision")) == {("", revision.pk)}


def test_what_was_accepted_goes_up_for_review_with_what_it_needs():
    outcome = acceptance.accept(staged(*twelve()).stage, by=cast.editor())
    review = acceptance.put_up(outcome, by=cast.editor(), kind="new")
    needed = {"rg", "sn", "src-0001", "src-0001-v1", "spk-0001"}
    assert set(review.entries.values_list("uid", flat=True)) == {*outcome.added, *needed}


def test_an_import_is_taken_back_as_one_act():
    before = state()[0]
    outcome = acceptance.accept(staged(*twelve()).stage, by=cast.editor())
    undone = undo(outcome.revision, by=cast.editor())
    assert (state()[0], undone.left, undone.outcome.revision.act) == (before, {}, "revert")


def test_some_claims_are_accepted_and_the_rest_wait_or_are_dropped():
    made = staged(*twelve()).stage
    acceptance.accept(made, ["rg-0003", "sn-0001"], by=cast.editor())
    assert set(Claim.objects.values_list("pk", flat=True)) == {"rg-0001", "rg-0003", "sn-0001"}
    assert StageRow.objects.waiting().count() == 10
    acceptance.drop(made, by=cast.editor())
    assert (StageRow.objects.count(), Stage.objects.get().state) == (2, "dropped")
    for again in (acceptance.accept, acceptance.drop):
        with pytest.raises(Refused):
            again(made, by=cast.editor())


def test_only_who_may_open_reviews_brings_in():
    made = staged(line())
    for act in (
        lambda: stage([table(line())], by=cast.reviewer()),
        lambda: acceptance.accept(made.stage, by=cast.reviewer()),
        lambda: acceptance.drop(made.stage, by=cast.reviewer()),
    ):
        with pytest.raises(Refused, match="You may not bring in files"):
            act()
    assert Stage.objects.get().state == "staged"


# -- what rows mean ------------------------------------------------------------------------------------------


def test_rows_of_one_claim_add_citations():
    two = {"row": "a", "quote": "The harbour authority listed the River Guards in 2019.", "bearing": "mentions"}
    made = staged(line(row="a"), {**dict.fromkeys(HEADINGS, ""), **line(**two)}, line(statement="Another."))
    assert made.faults == ()
    acceptance.accept(made.stage, by=cast.editor())
    claim = read_rows(["rg-0002"])["rg-0002"]
    assert [(c.uid, c.bearing, c.paragraph) for c in claim.citations] == [
        ("rg-0002-c1", "supports", 1), ("rg-0002-c2", "mentions", 4),
    ]  # fmt: skip


def test_rows_of_one_claim_agree():
    made = staged(line(row="a"), line(row="a", statement="They do not."), line(), line(row="a"))
    assert report(made) == [
        "claims.csv: row 3, column statement: rg-0002: row 2 says otherwise for the same claim",
        "claims.csv: row 5, column row: rg-0004: 'a' stands further up: keep rows of one claim together",
    ]


def test_a_uid_changes_the_claim_that_is_there_cell_by_cell():
    factory.load(factory.make_claim("rg-0002", when="2013", scope="in Marwa"))
    old = read_rows(["rg-0002"])["rg-0002"]
    made = staged({"uid": "rg-0002", "statement": "They are one.", "when": "-"})
    assert str(made) == "1 changed, 0 unchanged"
    acceptance.accept(made.stage, by=cast.editor())
    new = read_rows(["rg-0002"])["rg-0002"]
    assert (new.statement, new.when, new.scope, new.citations) == ("They are one.", "", "in Marwa", old.citations)
    assert new.salt != old.salt
    assert str(staged({"uid": "rg-0002", "statement": "They are one."})) == "1 unchanged"


def test_a_citation_of_the_same_passage_keeps_its_uid_and_numbers_are_not_given_twice():
    first, second = FOUNDED, "The harbour authority listed the River Guards in 2019."
    cites = (factory.make_citation("rg-0002"), factory.make_citation("rg-0002", quote=second, number=2))
    factory.load(factory.make_claim("rg-0002", citations=cites))
    factory.load(factory.make_claim("rg-0002", citations=cites[:1]))
    third = "Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016."
    rows = [{"uid": "rg-0002", "version": "src-0001", "quote": quote, "bearing": "supports",
             "citation_voice": "stated"} for quote in (third, first)]  # fmt: skip
    made = staged(*rows)
    assert made.faults == ()
    acceptance.accept(made.stage, by=cast.editor())
    assert [c.uid for c in read_rows(["rg-0002"])["rg-0002"].citations] == ["rg-0002-c3", "rg-0002-c1"]


def test_new_uids_go_past_all_that_are_named_or_wait():
    assert [row.uid for row in staged(line(), line(uid="rg-0007")).stage.rows.all()] == ["rg-0008", "rg-0007"]
    assert [row.uid for row in staged(line()).stage.rows.all()] == ["rg-0009"]


def test_a_uid_that_was_taken_meanwhile_is_given_anew():
    listed = line(row="x", kind="designation", topic="designations", aspect="listings", as_stated="listed",
                  evidence="secondary", sense="happened")  # fmt: skip
    act = line(kind="step", topic="designations", aspect="listings", designation="x", step="listed", sense="happened")
    made = staged(listed, act, headings=(*HEADINGS, "as_stated", "evidence", "designation", "step"))
    assert made.faults == ()
    factory.load(factory.make_claim("rg-0002", "Written by hand meanwhile."))
    outcome = acceptance.accept(made.stage, ["rg-0002", "rg-0003"], by=cast.editor())
    assert outcome.added == ["rg-0003", "rg-0004"]
    assert Claim.objects.get(pk="rg-0002").statement == "Written by hand meanwhile."
    assert Claim.objects.get(kind="step").designation == Claim.objects.get(kind="designation")
    assert read_rows(["rg-0004"])["rg-0004"].citations[0].uid == "rg-0004-c1"


def test_a_sentence_that_is_there_already_is_told_and_stops_nothing():
    acceptance.accept(staged(line(), line(statement="Another.")).stage, by=cast.editor())
    made = staged(line(), line(statement="A third."))
    assert (made.faults, made.warnings) == (
        (), ("claims.csv: row 2, column statement: rg-0004: rg-0002 says this word for word already",),
    )  # fmt: skip


def test_duplicate_uids_are_told():
    made = stage([table(line(uid="rg-0005"), line(), line(uid="rg-0005")), table(line(uid="rg-0005"), name="b.csv")])
    assert report(made) == [
        "b.csv: row 2, column uid: rg-0005: this uid is taken already: claims.csv: row 2",
        "claims.csv: row 4, column uid: rg-0005: this uid is taken already: claims.csv: row 2",
    ]


def test_unknown_names_are_told_each_in_its_column():
    factory.load(factory.make_speaker("spk-0002"))
    made = staged(
        line(subject="river-gards"), line(about="nobody"), line(version="src-0009"),
        line(speakers="spk-0001 > two officials; a man"), line(speakers="spk-0001 > a man"),
    )  # fmt: skip
    elsewhere = ", neither in these files nor in the database"
    assert report(made) == [
        f"claims.csv: row 2, column subject: there is no profile 'river-gards'{elsewhere}",
        f"claims.csv: row 3, column about: rg-0002: there is no profile 'nobody'{elsewhere}",
        "claims.csv: row 4, column version: rg-0003: there is no source version 'src-0009', "
        "and no source of this name that has one",
        "claims.csv: row 5, column speakers: rg-0004: 'two officials' may mean spk-0001, spk-0002: write the uid",
        f"claims.csv: row 6, column speakers: rg-0005: there is no speaker 'a man'{elsewhere}",
    ]


def test_a_quote_that_stands_twice_asks_which():
    twice = line(quote="Salim Nasser")
    assert report(staged(twice)) == [
        "claims.csv: row 2, column quote: rg-0002: these words stand 3 times, at 74, 125, 207: say which, 1 to 3"
    ]
    made = staged({**twice, "occurrence": 2})
    acceptance.accept(made.stage, by=cast.editor())
    (cited,) = read_rows(["rg-0002"])["rg-0002"].citations
    assert (cited.start, cited.end) == (125, 137)


def test_a_passage_without_its_text_needs_its_place_and_its_words():
    start = factory.ARTICLE.index(FOUNDED)
    factory.load(factory.make_source("src-0002", slug="other"), factory.make_version("src-0002-v1"))
    assert report(staged(line(version="other"), line(version="other", quote="", start=5, end=9))) == [
        "claims.csv: row 2, column quote: rg-0002: the text of src-0002-v1 is not at hand: "
        "attach it, or give quote, paragraph and start together",
        "claims.csv: row 3, column quote: rg-0003: the text of src-0002-v1 is not at hand: "
        "attach it, or give quote, paragraph and start together",
    ]
    made = staged(line(version="other", paragraph=1, start=start))
    acceptance.accept(made.stage, by=cast.editor())
    expected = factory.make_citation("rg-0002", version="src-0002-v1")
    assert read_rows(["rg-0002"])["rg-0002"].citations == (expected,)


def test_a_passage_by_its_place_is_held_against_the_text():
    start = factory.ARTICLE.index(FOUNDED)
    place = {"quote": "", "paragraph": 1, "start": start, "end": start + len(FOUNDED)}
    made = staged(line(**place), line(**{**place, "paragraph": 2}), line(**{**place, "quote": "Other"}))
    assert report(made) == [
        f"claims.csv: row 3, column paragraph: rg-0003: {start} to {start + 44} stands in paragraph 1",
        f"claims.csv: row 4, column quote: rg-0004: other words stand at {start} to {start + 44}",
    ]


def test_an_ambiguous_date_asks_which():
    (told_,) = report(staged(line(when="2005-06", sense="happened")))
    assert told_.startswith("claims.csv: row 2, column when: rg-0002: '2005-06' may mean ")


def test_the_words_in_row_are_the_tables_own():
    made = stage([table(line(row="a")), table(line(row="a"), name="more.csv")])
    assert (made.faults, [row.uid for row in made.stage.rows.all()]) == ((), ["rg-0002", "rg-0003"])


def test_a_broken_workbook_is_told():
    _, good = book(line())
    packed = good.getvalue()
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("xl/workbook.xml", "<x")
    far = openpyxl.Workbook()
    far.active.append(HEADINGS)
    far.active.cell(50_000, 3, "statement")
    last = io.BytesIO()
    far.save(last)
    files = [("a.xlsx", packed[: len(packed) // 2]), ("b.xlsx", packed[:-30]), ("c.xlsx", other.getvalue())]
    made = stage([*((n, io.BytesIO(data)) for n, data in files), ("d.xlsx", last)])
    assert {told(f).partition(" workbook: ")[0] for f in made.faults if f.file < "d"} == {
        f"{n}: row 1: this is not an XLSX" for n, _ in files
    }
    assert {f.line for f in made.faults if f.file == "d.xlsx"} == {50_000}


def test_a_number_as_the_text_has_it():
    of = {"kind": "strength", "topic": "strength", "aspect": "fighters"}
    rows = [line(**of, number=text) for text in ("about 2,000 fighters", "dozens of fighters", "a third", "5-7%")]
    headings = (*HEADINGS, "number")
    assert [(fault.line, fault.field) for fault in staged(*rows, headings=headings).faults] == [
        (4, "number"), (5, "number"),
    ]  # fmt: skip
    found = [docs.parse(row.body) for row in staged(*rows[:2], headings=headings).stage.rows.all()]
    assert [(claim.precision, claim.low, claim.number_words, claim.counted) for claim in found] == [
        ("about", 2000, "", "fighters"), ("order", None, "dozens", "fighters"),
    ]  # fmt: skip


# -- files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "utf-8")])
def test_csv_as_spreadsheets_save_it(delimiter, encoding):
    made = staged(line(statement="حراس النهر، one; two, three."), delimiter=delimiter, encoding=encoding)
    assert made.faults == ()
    assert docs.parse(made.stage.rows.get().body).statement == "حراس النهر، one; two, three."


def test_a_file_that_cannot_be_read_is_told():
    heading = ",".join(HEADINGS)
    files = {
        "a.csv": b"",
        "b.csv": heading.encode(),
        "c.csv": (heading + '\n"open').encode(),
        "d.csv": heading.encode() + b"\n\xe9",
        "e.csv": b"kind,subjekt,subject,kind\nx,y,z,w",
        "f.xlsx": b"no book",
        "g.txt": b"",
        "h.yaml": b"schema: 1",
        "i.csv": (heading + "\n" + "," * len(HEADINGS) + "too many").encode(),
    }
    made = stage([(name, io.BytesIO(data)) for name, data in files.items()])
    told_ = report(made)
    assert told_[:4] == [
        "a.csv: row 1: this table is empty",
        "b.csv: row 1: there is no row below the headings",
        "c.csv: row 2: this is not CSV: unexpected end of data",
        "d.csv: row 2: this is not UTF-8, here or further down: save the file as CSV UTF-8",
    ]
    assert told_[4:10] == [
        "e.csv: row 1, column subjekt: there is no such column (is subject meant?)",
        "e.csv: row 1, column kind: this column is here twice",
        "e.csv: row 1, column aspect: this column is missing: a new claim needs it",
        "e.csv: row 1, column statement: this column is missing: a new claim needs it",
        "e.csv: row 1, column sense: this column is missing: a new claim needs it",
        "e.csv: row 1, column voice: this column is missing: a new claim needs it",
    ]
    assert told_[10] == "f.xlsx: row 1: this is not an XLSX workbook: File is not a zip file"
    assert told_[11] == "g.txt: line 1: a file ends in .yaml, .jsonl, .csv or .xlsx"
    assert "h.yaml: line 1: this file seems cut short: the closing ... is missing" in told_
    assert "i.csv: row 2, column Z: a cell without a heading: is a text with commas unquoted?" in told_


def test_a_workbook_with_dates_and_numbers_in_its_cells():
    number = {"kind": "strength", "topic": "strength", "aspect": "strength.fighters", "precision": "about",
              "counted": "fighters"}  # fmt: skip
    made = stage([book(
        line(**number, low=2000, when=date(2014, 6, 1)),
        line(**number, low=2000.0, when=date(2005, 6, 1)),
        line(**number, low="2,000", when=2013),
        line(**number, low=2000.5, when="=A1"),
        formats=[("I2", "yyyy-mm-dd"), ("I3", "mmm yyyy")],
    )])  # fmt: skip
    assert report(made) == [
        "claims.xlsx: row 5, column when: rg-0005: a formula: paste its value",
        "claims.xlsx: row 5, column low: rg-0005: '2000.5' is not a whole number, written like 2300",
    ]
    made = stage([book(
        line(**number, low=2000, when=date(2014, 6, 1)),
        line(**number, low=2000.0, when=date(2005, 6, 1)),
        line(**number, low="2,000", when=2013),
        formats=[("I2", "yyyy-mm-dd"), ("I3", "mmm yyyy")],
    )])  # fmt: skip
    found = [docs.parse(row.body) for row in made.stage.rows.all()]
    assert [(claim.low, claim.when) for claim in found] == [(2000, "2014-06-01"), (2000, "2005-06"), (2000, "2013")]


def test_an_apostrophe_within_a_cell_stays():
    made = staged(line(statement="A camp of the guards'-led front, an article says."))
    assert docs.parse(made.stage.rows.get().body).statement == "A camp of the guards'-led front, an article says."


def test_no_cell_of_the_templates_is_a_formula():
    sheet = openpyxl.load_workbook(io.BytesIO(tables.template_xlsx())).worksheets[0]
    rows = [*sheet.iter_rows(values_only=True), *csv.reader(io.StringIO(tables.template_csv().decode("utf-8-sig")))]
    cells = [cell for row in rows for cell in row if cell]
    assert len(cells) > 2 * 2 * len(COLUMNS)
    assert [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))] == []


def test_formulas_are_neutral_on_the_way_out_and_come_back_as_they_were():
    texts = ["=1+1", "+1", "-1", "@x", "\t=1", "'=x", "plain", "it's"]
    written = "".join(tables.write_csv([texts]))
    assert written == "\ufeff'=1+1,'+1,'-1,'@x,'\t=1,''=x,plain,it's\r\n"
    made = staged(line(statement="'=HYPERLINK is a formula."))
    assert docs.parse(made.stage.rows.get().body).statement == "=HYPERLINK is a formula."


def test_fixtures_and_a_table_are_one_set_which_may_name_each_other():
    speaker = factory.make_speaker("spk-0007", label="a boatman")
    lines_ = b"".join(write_lines([factory.make_group("wg", "Wood Guards")]))
    made = stage([
        table(line(subject="wood-guards", speakers="a boatman > spk-0001")),
        ("speakers.yaml", io.BytesIO(write_file([speaker]))),
        ("more.jsonl", io.BytesIO(lines_)),
    ])  # fmt: skip
    assert (str(made), made.faults) == ("3 new, 0 unchanged", ())
    with pytest.raises(Refused, match="there is no profile 'wg'"):
        acceptance.accept(made.stage, ["wg-0001", "spk-0007"])
    assert acceptance.accept(made.stage).added == ["spk-0007", "wg", "wg-0001"]


def test_what_a_profiles_file_leaves_out_is_shown_and_taken_out_one_by_one():
    factory.publish()
    factory.load(factory.make_claim("rg-0002"), factory.make_claim("rg-0003"))
    file = "river-guards.yaml", io.BytesIO(write_file([factory.make_group(), factory.make_claim("rg-0004")]))
    made = stage([file])
    assert {row.uid: row.what for row in made.stage.rows.all()} == {
        "rg-0001": "taken out", "rg-0002": "taken out", "rg-0003": "taken out", "rg-0004": "new",
    }  # fmt: skip
    outcome = acceptance.accept(made.stage, ["rg-0001", "rg-0002"])
    assert (outcome.removed, outcome.retracted, outcome.unchanged) == (["rg-0002"], ["rg-0001"], 0)
    assert set(Claim.objects.values_list("pk", "standing")) == {("rg-0001", "retracted"), ("rg-0003", "stands")}


# -- nothing in between --------------------------------------------------------------------------------------


def test_what_was_changed_since_is_refused():
    factory.load(factory.make_claim("rg-0002"))
    made = staged({"uid": "rg-0002", "statement": "They are one."}, line())
    factory.load(factory.make_claim("rg-0002", "Edited meanwhile."))
    before = state()
    with pytest.raises(Refused, match="rg-0002 was changed in the drafts since this was staged"):
        acceptance.accept(made.stage, by=cast.editor())
    assert (state(), StageRow.objects.waiting().count()) == (before, 2)
    assert acceptance.accept(made.stage, ["rg-0003"], by=cast.editor()).added == ["rg-0003"]


def test_a_kill_while_staging_or_accepting_leaves_nothing(monkeypatch):
    class Killed(BaseException):
        pass

    def kill(*args):
        raise Killed

    before = state()
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(staging._Reading, "_rows", kill)
        staged(*twelve())
    assert (Stage.objects.count(), StageRow.objects.count(), state()) == (0, 0, before)
    made = staged(*twelve())
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(acceptance, "_finish", kill)
        acceptance.accept(made.stage, by=cast.editor())
    assert (state(), Stage.objects.get().state, StageRow.objects.waiting().count()) == (before, "staged", 12)


def test_what_is_redacted_is_forgotten_in_every_set():
    factory.load(factory.make_claim("rg-0002"))
    waiting = staged({"uid": "rg-0002", "statement": "They are one."}, line())
    wrong = staged({"uid": "rg-0002", "statement": "They are one.", "sense": "x"})
    acceptance.accept(staged({"uid": "rg-0002", "statement": "They are two."}).stage, by=cast.editor())
    forget_staged(["rg-0002"])
    assert [row.uid for row in waiting.stage.rows.all()] == ["rg-0003"]
    assert not wrong.stage.faults.exists()
    assert StageRow.objects.filter(uid="rg-0002").get().body == ""


# -- very many rows ------------------------------------------------------------------------------------------


def bends(number):
    """Claims one a row, one of them wrong."""
    rows = [line(statement=f"The River Guards guard bend {n}.", when=f"{1900 + n % 100}") for n in range(number)]
    rows[number // 2]["aspect"] = "purposes"
    return table(*rows)


@pytest.mark.slow
def test_the_wrong_row_of_ten_thousand_is_named_with_progress():
    done = []
    made = stage([bends(10_000)], progress=done.append)
    assert [(fault.line, fault.field) for fault in made.faults] == [(5_002, "aspect")]
    assert (sum(done), max(done)) == (20_000, 1_000)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(monkeypatch):
    monkeypatch.setattr(staging, "BATCH", 100)
    monkeypatch.setattr(table_claims, "BATCH", 100)
    peaks = {}
    tracemalloc.start()
    for number in (200, 500):
        file = bends(number)
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        stage([file])
        peaks[number] = tracemalloc.get_traced_memory()[1] - held
    tracemalloc.stop()
    # What a document costs in the index of the spool; its text is on disk.
    assert peaks[500] - peaks[200] < 300 * 1_500


# -- commands ------------------------------------------------------------------------------------------------


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "claims.csv"
        path.write_bytes(table(*rows)[1].getvalue())
        return path

    return write


def called(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out, verbosity=0, **options)
    return out.getvalue()


def test_the_command_stages_and_only_accepts_when_asked(write):
    before, path = state(), write(*twelve())
    said, made = called("stage", path), Stage.objects.get()
    assert said == f"Staging {made.pk}: 12 new, 0 unchanged. Look at it on the desk, under Staging.\n"
    assert (state(), made.by) == (before, None)
    acceptance.drop(Stage.objects.get())
    editor = cast.editor().get_username()
    said, revision = called("stage", path, by=editor, accept=True), Revision.objects.latest("pk")
    assert said == f"Accepted as revision {revision.pk}: 12 added.\n"
    assert (revision.by, Claim.objects.count()) == (cast.editor(), 13)


def test_the_command_fails_and_writes_the_report(write, tmp_path):
    path, out = write(line(), line(aspect="purposes")), tmp_path / "report.csv"
    with pytest.raises(CommandError) as error:
        called("stage", path, report=out, accept=True)
    assert str(error.value).splitlines() == [
        "claims.csv: row 3, column aspect: rg-0003: 'purposes' is not one of origins's aspects: "
        "founded, founder, place, parent, purpose, re_formed, renamed",
        "1 wrong; nothing was staged.",
    ]
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [row[:4] for row in csv.reader(file)] == [
            ["file", "row or line", "uid", "column or field"], ["claims.csv", "3", "rg-0003", "aspect"],
        ]  # fmt: skip
    for options in ({"by": "nobody"}, {"by": cast.reviewer().get_username()}):
        with pytest.raises(CommandError):
            called("stage", write(line()), **options)
    with pytest.raises(CommandError, match="No such file"):
        called("stage", tmp_path / "none.csv")


def test_a_dry_run_keeps_nothing(write):
    assert called("stage", write(line()), dry_run=True) == "All is well: 1 new, 0 unchanged.\n"
    with pytest.raises(CommandError):
        called("stage", write(line(aspect="purposes")), dry_run=True)
    assert (Stage.objects.count(), StageRow.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_every_column_and_its_example_is_a_claim(kind, tmp_path):
    path = tmp_path / f"template.{kind}"
    called("staging_template", path)
    with pytest.raises(CommandError, match="File exists"):
        called("staging_template", path)
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    else:
        rows = [[cell or "" for cell in row] for row in openpyxl.load_workbook(path).active.values]
    assert rows[0] == [column.name for column in COLUMNS]
    assert (rows[1][0][0], rows[2][0]) == ("#", "# example")
    example = {name: text for name, text in zip(rows[0][1:], rows[2][1:], strict=True) if text}
    made = stage([table({**example, "quote": FOUNDED}, headings=[*example])])
    assert made.faults == ()


def test_each_column_is_a_field_and_each_field_is_a_column():
    claim = set(docs.Claim.__struct_fields__) - {"schema", "salt", "translations", "citations"}
    assert {column.name for column in COLUMNS if column.group == "claim"} == claim | {"number"}
    citation = set(docs.Citation.__struct_fields__) - {"uid", "text_sha256", "passage_sha256"}
    named = {citation_field(column.name) for column in COLUMNS if column.group == "citation"}
    assert named == citation | {"quote", "occurrence"}


def test_the_handbook_tells_of_every_column():
    text = (settings.BASE_DIR / "docs" / "staging.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE) == [(c.name, c.help) for c in COLUMNS]
