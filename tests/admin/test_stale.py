"""Two editors at one document: the second is answered 409, with both states, and nothing typed is lost."""

from profiles.editorial.mapping import read_rows
from profiles.models import Claim, Revision
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import claim_page, served, typed_citation

PAGE = claim_page("rg-0001")
THEIRS, OURS = "One name that they wrote is River Guards.", "One name that we wrote is River Guards."


def test_a_stale_save_is_answered_409_with_what_was_typed(desk, ground):
    ours = {**served(desk, PAGE), "statement": OURS, "scope": "in the article"}
    other = signed_in(cast.editor("edgar"))
    assert other.post(PAGE, {**served(other, PAGE), "statement": THEIRS}).status_code == 302
    before = Revision.objects.count()
    response = desk.post(PAGE, ours)
    assert response.status_code == 409
    form = response.context["adminform"].form
    assert (form["statement"].value(), form["scope"].value()) == (OURS, "in the article")
    rows = {row.label: (row.now, row.typed, row.whose) for row in response.context["beside"]}
    assert rows == {"Statement": (THEIRS, OURS, "both"), "Scope": ("", "in the article", "yours")}
    page = response.content.decode()
    assert THEIRS in page and OURS in page
    assert (Claim.objects.get(pk="rg-0001").statement, Revision.objects.count()) == (THEIRS, before)


def test_what_was_typed_can_be_saved_over_the_new_base(desk, ground):
    ours = {**served(desk, PAGE), "statement": OURS}
    other = signed_in(cast.editor("edgar"))
    other.post(PAGE, {**served(other, PAGE), "statement": THEIRS})
    base = desk.post(PAGE, ours).context["base"]
    assert desk.post(PAGE, {**ours, "base": base}).status_code == 302
    assert Claim.objects.get(pk="rg-0001").statement == OURS


def test_a_citation_that_they_removed_is_kept_in_what_was_typed(desk, ground):
    ours = {**served(desk, PAGE), "statement": OURS}
    other = signed_in(cast.editor("edgar"))
    other.post(PAGE, {**served(other, PAGE), "citations-0-DELETE": "on"})
    assert read_rows(["rg-0001"])["rg-0001"].citations == ()
    response = desk.post(PAGE, ours)
    assert response.status_code == 409
    assert desk.post(PAGE, {**ours, "base": response.context["base"]}).status_code == 302
    assert [c.uid for c in read_rows(["rg-0001"])["rg-0001"].citations] == ["rg-0001-c1"]


def test_a_stale_save_that_is_also_wrong_keeps_both_told(desk, ground):
    ours = {**served(desk, PAGE), "statement": OURS, "when": "2013 or so", "voice": "", **typed_citation(1, "nowhere")}
    ours["citations-TOTAL_FORMS"] = "2"
    other = signed_in(cast.editor("edgar"))
    other.post(PAGE, {**served(other, PAGE), "statement": THEIRS})
    response = desk.post(PAGE, ours)
    assert response.status_code == 409
    assert "nowhere" in response.content.decode()
    assert "voice" in response.context["adminform"].form.errors


def test_a_missing_or_forged_digest_is_stale(desk, ground):
    fields = {**served(desk, PAGE), "statement": OURS}
    assert desk.post(PAGE, {**fields, "base": ""}).status_code == 409
    assert desk.post(PAGE, {**fields, "base": "f" * 64}).status_code == 409
    del fields["base"]
    assert desk.post(PAGE, fields).status_code == 409


def test_a_row_changed_outside_the_desk_is_marked_and_makes_the_form_stale(desk, ground):
    fields = {**served(desk, PAGE), "statement": OURS}
    Claim.objects.filter(pk="rg-0001").update(statement="Written by SQL.")
    assert "row changed outside the desk" in desk.get("/admin/profiles/claim/").content.decode()
    assert "row changed outside the desk" in desk.get("/admin/profiles/group/rg/change/").content.decode()
    assert desk.post(PAGE, fields).status_code == 409


def test_profiles_sources_and_silences_are_stale_in_the_same_way(desk, ground):
    factory.load(factory.make_silence(), factory.make_speaker(), factory.make_place(), factory.make_authority())
    pages = {
        "/admin/profiles/group/rg/change/": ("label", "Changed"),
        "/admin/profiles/source/src-0001/change/": ("title", "Changed"),
        "/admin/profiles/silence/rg-s01/change/": ("note", "Changed"),
        "/admin/profiles/speaker/spk-0001/change/": ("label", "Changed"),
        "/admin/profiles/place/place-0001/change/": ("label", "Changed"),
        "/admin/profiles/authority/auth-0001/change/": ("label", "Changed"),
    }
    for page, (field, value) in pages.items():
        old = served(desk, page)
        assert desk.post(page, {**old, field: value}).status_code == 302, page
        response = desk.post(page, {**old, field: "Other"})
        assert response.status_code == 409, page
        assert response.context["adminform"].form[field].value() == "Other"
