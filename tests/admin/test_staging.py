"""Staging on the screen: upload, report, differences, ticks, and who may not."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from profiles.models import Claim, Review, Revision, Stage, StageRow
from tests import cast, factory
from tests.exchange.files import state
from tests.exchange.test_staging import line, table

ADD = "/admin/profiles/stage/add/"
LIST = "/admin/profiles/stage/"


@pytest.fixture
def ready(ground):
    """The ground, and the second profile and the speaker that the tables name."""
    factory.load(factory.make_person(), factory.make_speaker())


def page(pk, act="change"):
    return f"/admin/profiles/stage/{pk}/{act}/"


def upload(client, *files, **fields):
    made = [SimpleUploadedFile(name, data.getvalue()) for name, data in files]
    return client.post(ADD, {"files": made, "reason": "From the table.", **fields})


def staged(client, *rows, **values):
    response = upload(client, table(*rows, **values))
    assert response.status_code == 302, response.context["form"].errors
    return Stage.objects.latest("pk")


def rows(number):
    return [line(statement=f"The River Guards guard bend {n}.", speakers="two officials") for n in range(number)]


def items(response):
    return {item.uid: item for _, some in response.context["groups"] for item in some}


def test_wrong_rows_are_reported_on_a_page_and_as_csv(desk, ready):
    before = state()
    wrong = [*rows(2), line(aspect="purposes", subject="=cmd")]
    made = staged(desk, *wrong)
    response = desk.get(page(made.pk))
    told = [(f.file, f.line, f.field, f.message) for f in response.context["faults"]]
    elsewhere = "neither in these files nor in the database"
    assert told == [("claims.csv", 4, "subject", f"there is no profile '=cmd', {elsewhere}")]
    download = desk.get(f"/admin/profiles/stage/{made.pk}/report.csv")
    text = b"".join(download.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["file", "row or line", "uid", "column or field", "what is wrong"],
        ["claims.csv", "4", "", "subject", f"there is no profile '=cmd', {elsewhere}"],
    ]
    assert desk.post(page(made.pk, "accept"), {"all": "1"}).status_code == 409
    assert state() == before


def test_a_mended_file_stands_in_for_its_report(desk, ready):
    wrong = staged(desk, line(aspect="purposes"))
    other = staged(desk, line(aspect="purposes"))
    again = {"files": [SimpleUploadedFile("claims.csv", table(*rows(1))[1].getvalue())]}
    assert desk.post(f"{ADD}?again={wrong.pk}", again).status_code == 302
    states = {pk: (state, faults) for pk, state, faults in Stage.objects.values_list("pk", "state", Count("faults"))}
    assert states == {wrong.pk: ("dropped", 0), other.pk: ("refused", 1), other.pk + 1: ("staged", 0)}
    assert desk.get(f"{ADD}?again={wrong.pk}").context["form"].initial == {"reason": ""}


def test_cells_that_look_like_formulas_are_neutral_in_the_report(desk, ready):
    made = staged(desk, line(uid="=2+2"))
    text = b"".join(desk.get(f"/admin/profiles/stage/{made.pk}/report.csv").streaming_content).decode("utf-8-sig")
    assert {row[2] for row in csv.reader(io.StringIO(text))} == {"uid", "'=2+2"}


def test_differences_are_shown_and_what_is_ticked_is_accepted(desk, ready):
    factory.publish()
    factory.load(factory.make_claim("rg-0002", "The River Guards are one."), by=cast.editor())
    made = staged(desk, *rows(2), {"uid": "rg-0002", "statement": "The River Guards are two."},
                  {"uid": "rg-0001", "scope": "in Marwa"})  # fmt: skip
    found = items(desk.get(page(made.pk)))
    assert {uid: (item.what, item.ticked) for uid, item in found.items()} == {
        "rg-0001": ("changed", True), "rg-0002": ("changed", True), "rg-0003": ("new", True), "rg-0004": ("new", True),
    }  # fmt: skip
    assert [change.sentence for change in found["rg-0002"].changes] == [
        "Statement: “The River Guards are one.” became “The River Guards are two.”."
    ]
    assert (found["rg-0001"].public, found["rg-0003"].passages[0].words) == (
        [], "The River Guards were founded in around 2013",
    )  # fmt: skip
    response = desk.post(page(made.pk, "accept"), {"uid": ["rg-0002", "rg-0004"]})
    assert response.status_code == 302
    revision = Revision.objects.latest("pk")
    assert (revision.by, revision.act, revision.reason, set(revision.entries.values_list("uid", flat=True))) == (
        cast.editor(), "import", "From the table.", {"rg-0002", "rg-0004"},
    )  # fmt: skip
    found = items(desk.get(page(made.pk)))
    assert {uid for uid, item in found.items() if item.revision} == {"rg-0002", "rg-0004"}
    assert found["rg-0002"].changes[0].before == "The River Guards are one."


def test_a_draft_that_differs_from_what_is_published_is_shown_against_both(desk, ready):
    factory.publish()
    factory.load(factory.make_name("rg-0001", scope="in Marwa"), by=cast.editor())
    made = staged(desk, {"uid": "rg-0001", "scope": "in the port"})
    item = items(desk.get(page(made.pk)))["rg-0001"]
    assert [(change.before, change.after) for change in item.changes] == [("in Marwa", "in the port")]
    assert [(change.before, change.after) for change in item.public] == [("", "in the port")]


def test_accepted_then_put_up_for_review(desk, ready):
    made = staged(desk, *rows(3))
    response = desk.post(page(made.pk, "accept"), {"all": "1", "review": "1"})
    # A page of its own, to be loaded again without accepting twice.
    assert response.url == f"/admin/profiles/review/add/?revision={Revision.objects.latest('pk').pk}"
    response = desk.get(response.url)
    assert response.context["offered"].split() == [
        "rg", "rg-0002", "rg-0003", "rg-0004", "spk-0001", "src-0001", "src-0001-v1",
    ]  # fmt: skip
    fields = {"offered": response.context["offered"], "change": response.context["offered"].split(), "kind": "new"}
    assert desk.post("/admin/profiles/review/add/", fields).status_code == 302
    assert Review.objects.get().opener == cast.editor()


def test_an_import_is_taken_back_from_its_page(desk, ready):
    before = state()[0]
    made = staged(desk, *rows(3))
    desk.post(page(made.pk, "accept"), {"all": "1"})
    revision = Revision.objects.latest("pk")
    way = f"/admin/profiles/revision/{revision.pk}/undo/"
    assert f'href="{way}">Take revision {revision.pk} back</a>' in desk.get(page(made.pk)).content.decode()
    shown = desk.get(way).context["shown"]
    # It is looked at first, and wants a reason.
    assert desk.post(way, {"shown": shown}).context["reasons"] == ["Say why: the reason is kept in the history."]
    assert desk.post(way, {"shown": shown, "reason": "A wrong table."}).status_code == 302
    assert state()[0] == before
    content = desk.get(page(made.pk)).content.decode()
    assert "</a>. All of it was changed or taken back since.</p>" in content
    assert way not in content


def test_what_stands_of_an_import_is_taken_back_and_what_was_edited_since_is_left(desk, ready):
    made = staged(desk, *rows(3))
    desk.post(page(made.pk, "accept"), {"all": "1"})
    revision = Revision.objects.latest("pk")
    factory.load(factory.make_claim("rg-0003", "Edited since."), by=cast.editor())
    way = f"/admin/profiles/revision/{revision.pk}/undo/"
    assert way in desk.get(page(made.pk)).content.decode()
    left = desk.get(way).context["left"]
    assert left == [("rg-0003", "rg-0003 was edited since, and is left as it is.")]
    desk.post(way, {"shown": desk.get(way).context["shown"], "reason": "A wrong table."})
    assert set(Claim.objects.values_list("pk", flat=True)) == {"rg-0001", "rg-0003"}
    assert way not in desk.get(page(made.pk)).content.decode()


def test_what_moved_is_marked_and_refused(desk, ready):
    factory.load(factory.make_claim("rg-0002"))
    made = staged(desk, {"uid": "rg-0002", "statement": "They are two."}, line())
    factory.load(factory.make_claim("rg-0002", "Edited meanwhile."))
    assert {uid: item.moved for uid, item in items(desk.get(page(made.pk))).items()} == {
        "rg-0002": True, "rg-0003": False,
    }  # fmt: skip
    response = desk.post(page(made.pk, "accept"), {"uid": ["rg-0002"]})
    assert response.status_code == 409
    assert response.context["refused"] == (
        "rg-0002 was changed in the drafts since this was staged: stage the file again, or leave it out.",
    )
    assert {uid for uid, item in items(response).items() if item.ticked} == {"rg-0002"}
    assert Claim.objects.get(pk="rg-0002").statement == "Edited meanwhile."


def test_what_waits_is_dropped(desk, ready):
    made = staged(desk, *rows(2))
    assert desk.get(page(made.pk, "drop")).status_code == 405
    assert desk.post(page(made.pk, "drop")).status_code == 302
    assert (Stage.objects.get().state, StageRow.objects.count()) == ("dropped", 0)
    assert desk.post(page(made.pk, "drop")).status_code == 409


def test_an_upload_without_files_or_too_large_is_told(desk, ready, monkeypatch):
    assert desk.post(ADD, {"reason": "x"}).context["form"].errors["files"] == ["This field is required."]
    monkeypatch.setattr("profiles.admin.staging.MOST_BYTES", 10)
    response = upload(desk, table(line()))
    assert response.context["form"].errors["files"] == ["claims.csv has more than 0 MB: split it."]
    assert not Stage.objects.exists()


def test_several_files_are_one_set(desk, ready):
    upload(desk, table(line()), table(line(), name="more.csv"))
    assert Stage.objects.get().files == ["claims.csv", "more.csv"]
    assert list(StageRow.objects.values_list("uid", "file")) == [("rg-0002", "claims.csv"), ("rg-0003", "more.csv")]


def test_templates_are_served_and_hold_no_claim(desk, ready):
    for kind in ("csv", "xlsx"):
        response = desk.get(f"/admin/profiles/stage/template.{kind}")
        assert response.status_code == 200
        made = upload(desk, (f"claims.{kind}", io.BytesIO(response.content)))
        assert made.status_code == 302
        faults = [fault.message for fault in Stage.objects.latest("pk").faults.all()]
        assert faults == ["there is no row below the headings"]
    assert desk.get("/admin/profiles/stage/template.exe").status_code == 404


def test_only_who_may_open_reviews_stages(desk, review_desk, ready):
    made = staged(desk, *rows(1))
    gets = [ADD, LIST, page(made.pk), f"/admin/profiles/stage/{made.pk}/report.csv",
            "/admin/profiles/stage/template.csv"]  # fmt: skip
    assert [desk.get(address).status_code for address in gets] == [200] * 5
    assert [review_desk.get(address).status_code for address in gets] == [403] * 5
    posts = [page(made.pk, act) for act in ("accept", "drop")]
    assert [review_desk.post(address, {"all": "1"}).status_code for address in posts] == [403] * 2
    assert upload(review_desk, table(line())).status_code == 403
    assert (StageRow.objects.waiting().count(), Stage.objects.count()) == (1, 1)
    index = desk.get("/admin/").content.decode()
    assert 'href="/admin/profiles/stage/add/"' in index
    assert "/admin/profiles/stage/" not in review_desk.get("/admin/").content.decode()


def test_the_pages_ask_as_little_for_300_rows_as_for_3(desk, ready):
    factory.load(*(factory.make_claim(f"rg-{n:04d}") for n in range(2, 10)))
    asked = {}
    for number in (3, 300):
        made = staged(desk, {"uid": "rg-0002", "scope": "in Marwa"}, *rows(number))
        wrong = staged(desk, *(line(aspect="purposes") for _ in range(number)))
        for name, address in {"diff": page(made.pk), "report": page(wrong.pk), "list": LIST}.items():
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            asked[name, number] = len(queries)
    assert [asked[name, 300] for name in ("diff", "report", "list")] == [
        asked[name, 3] for name in ("diff", "report", "list")
    ]
    assert max(asked.values()) <= 25, asked


def test_no_page_has_script_or_style_of_its_own(desk, ready):
    made = staged(desk, *rows(1))
    wrong = staged(desk, line(aspect="purposes"))
    for address in (ADD, page(made.pk), page(wrong.pk)):
        content = desk.get(address).content.decode()
        own = content.partition('id="content-main"')[2].partition("</main>")[0]
        assert own
        assert re.findall(r"<script|<style|\bstyle=|\bon[a-z]+=", own) == []
