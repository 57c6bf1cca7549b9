"""Before review an editor reads on the claim's own page what would stop it, and links a conflict with one button."""

import pytest
from django.contrib.contenttypes.models import ContentType

from profiles.editorial.decide import Said, decide
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review
from profiles.models import Revision
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import claim_page, served
from tests.again import standing

PROFILE = "/admin/profiles/group/rg/change/"
LINK = "/admin/profiles/claim/rg-0002/link-conflict/"


def founded(uid, when, **values):
    values = {"topic": "origins", "aspect": "founded", "sense": "happened", **values}
    return factory.make_claim(uid, f"An article puts the founding at {when}.", when=when, **values)


@pytest.fixture
@standing
def two(ground):
    """Two foundings that exclude each other, as drafts."""
    factory.load(founded("rg-0002", "2013"), founded("rg-0003", "2017"), by=cast.editor())


def checks(client, page):
    found = client.get(page).context["checks"]
    return [stop["told"] for stop in found["stops"]], found.get("cautions", [])


def test_stops_and_cautions_are_told_beside_the_claim(desk, ground):
    factory.load(factory.make_claim("rg-0002", "The River Guards came back.", voice="reported"), by=cast.editor())
    stops, cautions = checks(desk, claim_page("rg-0002"))
    assert stops == [
        "Is not the source's own voice, and its sentence names no speaker and keeps no distance: say who says so."
    ]
    assert cautions[0].startswith("Goes back to one origin only, Who are the River Guards?")
    page = desk.get(claim_page("rg-0002")).content.decode()
    assert "Would stop its publication" in page
    assert "To look at" in page


def test_an_honest_claim_is_stopped_by_nothing(desk, ground):
    factory.load(factory.make_claim("rg-0002", "The River Guards reportedly came back.", voice="reported"))
    stops, _ = checks(desk, claim_page("rg-0002"))
    assert stops == []
    assert "Would stop its publication" not in desk.get(claim_page("rg-0002")).content.decode()


def test_what_a_draft_names_and_is_a_draft_itself_does_not_stop_it(desk, ground):
    factory.load(factory.make_person(), factory.make_claim("rg-0002", about="sn"))
    assert checks(desk, claim_page("rg-0002"))[0] == []


def test_a_death_told_in_a_draft_counts_before_review(desk, ground):
    accused = {"topic": "conduct", "aspect": "accusations", "voice": "reported"}
    factory.load(
        factory.make_person(), factory.make_claim("sn-0002", "Salim Nasser reportedly shelled Marwa.", **accused)
    )
    assert len(checks(desk, claim_page("sn-0002"))[0]) == 2
    factory.load(
        factory.make_claim("sn-0003", "Salim Nasser died in 2018.", topic="death", aspect="death", when="2018")
    )
    assert checks(desk, claim_page("sn-0002"))[0] == []


def test_what_a_reviewer_refused_stands_beside_the_claim_till_its_words_change(desk, ground):
    factory.load(factory.make_claim("rg-0002", "The River Guards came back."), by=cast.editor())
    review = open_review(["rg-0002"], by=cast.editor(), kind="new")
    assert desk.get(claim_page("rg-0002")).context["checks"]["refused"] is None
    said = Said("rg-0002", review.entries.get(uid="rg-0002").after, "does_not", "Back from where?")
    decide(review, [said], by=cast.reviewer())
    page = " ".join(desk.get(claim_page("rg-0002")).content.decode().split())
    link = f'<a href="/admin/profiles/review/{review.pk}/change/#rg-0002">'
    assert f"Back from where?</q> rashid, in {link}" in page
    factory.load(factory.make_claim("rg-0002", "The Guards came back from Marwa.", salt="1" * 32), by=cast.editor())
    assert "Back from where?" not in desk.get(claim_page("rg-0002")).content.decode()


def test_a_retracted_claim_and_a_new_one_have_no_box(desk, ground):
    factory.load(factory.make_claim("rg-0002", standing="retracted", standing_note="Wrong."))
    assert desk.get(claim_page("rg-0002")).context["checks"] is None
    assert "checks" not in desk.get("/admin/profiles/claim/add/?kind=statement&subject=rg").context


@pytest.mark.parametrize("page", [claim_page, lambda uid: PROFILE], ids=["claim", "profile"])
def test_a_conflict_is_linked_with_one_button_where_it_is_told(desk, two, page):
    address = page("rg-0002")
    assert checks(desk, address)[0] == [
        "Says otherwise than rg-0003 (2013 or 2017). These conflict: link them on the page of either, or supersede the "
        "older."
    ]
    before = Revision.objects.count()
    response = desk.post(LINK, {"other": "rg-0003", "next": address})
    assert (response.status_code, response["Location"]) == (302, address)
    assert Revision.objects.count() == before + 1
    assert [read_rows([uid])[uid].conflicts_with for uid in ("rg-0002", "rg-0003")] == [("rg-0003",), ("rg-0002",)]
    assert checks(desk, address)[0] == []


def test_a_role_after_a_death_is_told_on_the_persons_page_too(desk, ground):
    factory.load(
        factory.make_person(),
        factory.make_claim("sn-0003", "He died.", topic="death", aspect="death", when="2018-03-05", sense="happened"),
        factory.make_claim(
            "sn-0004", "He led the Guards.", kind="membership", topic="roles", aspect="leads", about="rg",
            role="leader", when="2018-03-06", sense="happened",
        ),
    )  # fmt: skip
    (told,) = checks(desk, "/admin/profiles/person/sn/change/")[0]
    assert told.startswith("A role on 2018-03-06 (sn-0004) is later than the death on 2018-03-05 (sn-0003)")


def test_linking_is_refused_in_words_and_leads_nowhere_else(desk, two):
    response = desk.post(LINK, {"other": "rg-0002", "next": "https://elsewhere.example/"}, follow=True)
    assert response.redirect_chain == [(claim_page("rg-0002"), 302)]
    assert "Only two claims can be linked as a conflict." in response.content.decode()


def test_who_may_only_read_may_not_link(two):
    reader = signed_in(cast.reviewer())
    assert reader.get(claim_page("rg-0002")).context["editable"] is False
    assert reader.post(LINK, {"other": "rg-0003"}).status_code == 403
    assert "as a conflict</button>" not in reader.get(claim_page("rg-0002")).content.decode()


def test_a_get_links_nothing(desk, two):
    assert desk.get(LINK).status_code == 405
    assert desk.post("/admin/profiles/claim/rg-0099/link-conflict/", {"other": "rg-0003"}).status_code == 404


@pytest.mark.parametrize("number", [1, 300])
def test_the_box_costs_the_same_however_much_the_subject_has(desk, ground, django_assert_num_queries, number):
    factory.load(founded("rg-0002", "2013"), *(founded(f"rg-{n:04}", "2013") for n in range(3, 3 + number)))
    desk.get(claim_page("rg-0002"))
    ContentType.objects.clear_cache()
    # One of them looks for the next and the previous claim of the profile.
    with django_assert_num_queries(33):
        desk.get(claim_page("rg-0002"))


def test_the_box_costs_a_save_nothing(desk, ground, django_assert_max_num_queries):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    fields = {**served(desk, claim_page("rg-0002")), "statement": "The River Guards are armed."}
    with django_assert_max_num_queries(30):
        assert desk.post(claim_page("rg-0002"), fields).status_code == 302
