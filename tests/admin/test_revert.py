"""Undo at the desk: each asks first, shows what it will do, wants a reason; what was edited since is left."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.edit import bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.remove import remove
from profiles.models import Review, Revision
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import claim_page, served
from tests.again import standing

MILL = "The Guards own a mill."


def digests(uids=None):
    return {uid: docs.digest(document) for uid, document in read_rows(uids).items()}


def last():
    return Revision.objects.order_by("-pk").first()


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def shown(response):
    return re.search(r'name="shown" value="([^"]*)"', response.content.decode())[1]


def press(desk, path, **typed):
    """Open the page that asks, and send it with what is typed."""
    page = desk.get(path)
    return desk.post(path, {"shown": shown(page), "reason": "It was right.", **typed})


def save(desk, uid, **typed):
    assert desk.post(claim_page(uid), {**served(desk, claim_page(uid)), **typed}).status_code == 302


@pytest.fixture
@standing
def imported(ground):
    """Two claims brought in at once, one of which somebody else has reworded since."""
    bring_in(
        [factory.make_claim("rg-0002", MILL), factory.make_claim("rg-0003", "The Guards own a boat.")],
        by=cast.editor("ed2"), reason="From a table.",
    )  # fmt: skip
    made = last()
    save(signed_in(cast.editor("edgar")), "rg-0003", statement="The Guards own a red boat.", reason="Its colour.")
    return made


def test_the_history_of_a_claim_tells_who_when_why_and_what_word_by_word(desk, imported):
    page = desk.get("/admin/profiles/claim/rg-0003/history/")
    told = words(page)
    assert "edgar (save) Reason: Its colour. reworded rg-0003 The Guards own a red boat." in told
    assert "ed2 (import) Reason: From a table. added rg-0003 The Guards own a boat." in told
    assert "<ins> red</ins>" in page.content.decode()


def test_the_history_of_a_profile_tells_of_each_claim_in_one_line(desk, imported):
    save(desk, "rg-0002", when="2013~", sense="happened", reason="Dated.")
    save(desk, "rg-0002", **{"citations-0-bearing": "qualifies", "reason": "Weaker."})
    remove(["rg-0003"], by=cast.editor(), reason="Not ours.")
    told = re.findall(r"(added|removed|reworded|re-dated|re-cited|changed) (rg[-0-9]*)", words(
        desk.get("/admin/profiles/group/rg/history/")))  # fmt: skip
    assert told == [
        ("removed", "rg-0003"), ("re-cited", "rg-0002"), ("re-dated", "rg-0002"), ("reworded", "rg-0003"),
        ("added", "rg-0002"), ("added", "rg-0003"), ("added", "rg"), ("added", "rg-0001"),
    ]  # fmt: skip


def test_a_claim_is_put_back_exactly_with_a_reason(desk, imported):
    before = imported.entries.get(uid="rg-0003").after
    path = f"/admin/profiles/revision/revert/rg-0003/{before}/"
    assert path in desk.get("/admin/profiles/claim/rg-0003/history/").content.decode()
    assert "reworded rg-0003 The Guards own a red boat." in words(desk.get(path))
    response = press(desk, path)
    assert (response.status_code, response["Location"]) == (302, f"/admin/profiles/revision/{last().pk}/change/")
    assert digests(["rg-0003"]) == {"rg-0003": before}
    assert (last().act, last().by, last().reason) == ("revert", cast.editor(), "It was right.")
    assert "It is a draft until a second person approves it." in words(desk.get(response["Location"]))


def test_without_a_reason_nothing_is_undone(desk, imported):
    before, path = digests(), f"/admin/profiles/revision/{imported.pk}/undo/"
    response = press(desk, path, reason="  ")
    assert (response.status_code, digests()) == (200, before)
    assert "Say why: the reason is kept in the history." in words(response)


def test_a_removed_claim_is_recovered_from_its_history(desk, imported):
    before = digests(["rg-0002"])
    remove(["rg-0002"], by=cast.editor(), reason="Not ours.")
    page = desk.get("/admin/profiles/claim/rg-0002/history/")
    assert "rg-0002 is not among the drafts now." in words(page)
    path = f"/admin/profiles/revision/revert/rg-0002/{before['rg-0002']}/"
    assert f'href="{path}" aria-label="Recover rg-0002"' in page.content.decode()
    assert press(desk, path).status_code == 302
    assert digests(["rg-0002"]) == before
    assert "recovered rg-0002" in words(desk.get("/admin/profiles/claim/rg-0002/history/"))


def test_what_never_was_there_has_no_history(desk, ground):
    assert desk.get("/admin/profiles/claim/rg-0099/history/").status_code == 302
    assert desk.get("/admin/profiles/speaker/rg-0001/history/").status_code == 302
    assert desk.get(f"/admin/profiles/revision/revert/rg-0099/{'a' * 64}/").status_code == 404


def test_an_import_is_undone_but_for_what_somebody_edited_since(desk, imported):
    kept = digests(["rg-0003"])
    path = f"/admin/profiles/revision/{imported.pk}/undo/"
    told = words(desk.get(path))
    assert "rg-0003 was edited since, and is left as it is." in told
    assert "What it will do to 1 draft" in told
    assert "removed rg-0002 The Guards own a mill." in told
    response = press(desk, path)
    assert response.status_code == 302
    assert digests(["rg-0002", "rg-0003"]) == kept
    assert "rg-0003 was edited since, and is left as it is." in words(desk.get(response["Location"]))


def test_one_claim_of_an_import_is_undone_alone(desk, ground):
    bring_in([factory.make_claim("rg-0002", MILL), factory.make_claim("rg-0003")], by=cast.editor("ed2"))
    path = f"/admin/profiles/revision/{last().pk}/undo/"
    assert words(press(desk, path, chosen="1", uid=[])).count("Nothing is ticked.") == 1
    assert press(desk, path, chosen="1", uid=["rg-0003"]).status_code == 302
    assert set(digests()) & {"rg-0002", "rg-0003"} == {"rg-0002"}


def test_a_profile_is_put_back_whole_to_what_it_was_after_a_revision(desk, imported):
    then = digests()
    at = last().pk
    save(desk, "rg-0002", statement="The Guards own two mills.", reason="Counted.")
    bring_in([factory.make_claim("rg-0004", "A late one.")], by=cast.editor("ed2"))
    remove(["rg-0003"], by=cast.editor(), reason="Not ours.")
    path = f"/admin/profiles/revision/{at}/put-back/rg/"
    assert path in desk.get("/admin/profiles/group/rg/history/").content.decode()
    told = words(desk.get(path))
    assert [one in told for one in ("removed rg-0004", "reworded rg-0002", "added rg-0003")] == [True] * 3
    assert press(desk, path).status_code == 302
    assert digests() == then


def test_what_changed_between_the_look_and_the_act_is_409_and_shown_again(desk, imported):
    path = f"/admin/profiles/revision/{imported.pk}/undo/"
    page = desk.get(path)
    save(signed_in(cast.editor("edgar")), "rg-0002", statement="The Guards own two mills.", reason="Counted.")
    before = digests()
    response = desk.post(path, {"shown": shown(page), "reason": "It was wrong."})
    assert (response.status_code, digests()) == (409, before)
    assert "Somebody has changed something of this meanwhile." in words(response)
    assert "There is nothing to change" not in words(response)


def test_an_undo_that_says_not_what_it_was_shown_is_409(desk, imported):
    path, before = f"/admin/profiles/revision/{imported.pk}/undo/", digests()
    assert desk.post(path, {"reason": "Blind."}).status_code == 409
    assert digests() == before


@pytest.mark.parametrize(("role", "may"), [("editor", True), ("contributor", True), ("reviewer", False), ("", False)])
def test_undoing_takes_the_right_to_change(imported, role, may):
    desk = signed_in(cast.make_user("mina", *([role] if role else [])))
    sha = imported.entries.get(uid="rg-0003").after
    before = digests()
    paths = [f"/admin/profiles/revision/{imported.pk}/undo/", f"/admin/profiles/revision/revert/rg-0003/{sha}/",
             f"/admin/profiles/revision/{imported.pk}/put-back/rg/"]  # fmt: skip
    typed = {"reason": "I say so.", "shown": "x"}
    assert {desk.get(path).status_code for path in paths} == {200 if may else 403}
    assert {desk.post(path, typed).status_code for path in paths} == {409 if may else 403}
    assert digests() == before
    seen = desk.get("/admin/profiles/claim/rg-0003/history/")
    assert ("put back" in seen.content.decode()) is may
    assert seen.status_code == (200 if role else 403)


def test_nothing_is_undone_without_a_token(imported):
    from django.test import Client

    desk = Client(enforce_csrf_checks=True)
    desk.force_login(cast.editor())
    assert desk.post(f"/admin/profiles/revision/{imported.pk}/undo/", {"reason": "So."}).status_code == 403


def test_where_a_claim_comes_from_is_one_click_from_it(desk, imported):
    factory.publish()
    assert 'href="/admin/profiles/claim/rg-0003/provenance/"' in desk.get(claim_page("rg-0003")).content.decode()
    told = words(desk.get("/admin/profiles/claim/rg-0003/provenance/"))
    for one in (
        "published", "Evidence: 1 passage", "src-0001-v1, paragraph 1", "edgar, save", "Its colour.", "ed2, import",
        f"Review {Review.objects.get().pk}, approved: opened by edith", "written by ",
        "rashid: approved", "Publication 1, new",
    ):  # fmt: skip
        assert (one, one in told) == (one, True)


def test_where_a_draft_comes_from_says_what_has_not_been(desk, imported):
    told = words(desk.get("/admin/profiles/claim/rg-0002/provenance/"))
    assert [one in told for one in ("not published", "Never put up for review.", "Never published.")] == [True] * 3
    assert desk.get("/admin/profiles/claim/rg-0099/provenance/").status_code == 302
    assert signed_in(cast.make_user("nobody")).get("/admin/profiles/claim/rg-0002/provenance/").status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_of_what_was_done_cost_the_same_whatever_they_hold(desk, ground, count):
    uids = [f"rg-{n:04}" for n in range(2, count + 2)]
    bring_in([factory.make_claim(uid, f"It is {uid}.") for uid in uids], by=cast.editor())
    for _ in range(min(count, 30)):
        bring_in([factory.make_claim("rg-0002", f"It is {_}.", salt=f"{_:032x}")], by=cast.editor())
    made = Revision.objects.filter(entries__uid=uids[-1]).first()
    found = {}
    for path in (
        "/admin/profiles/claim/rg-0002/history/", "/admin/profiles/group/rg/history/",
        "/admin/profiles/claim/rg-0002/provenance/", f"/admin/profiles/revision/{made.pk}/change/",
        f"/admin/profiles/revision/{made.pk}/undo/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        found[path] = len(asked)
    assert list(found.values()) == [11, 11, 22, 11, 18]
