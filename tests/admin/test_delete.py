"""Deleting: drafts alone, whole, with what is nested; all else is refused, and what depends on it is listed."""

import pytest

from profiles.editorial.edit import Refused
from profiles.editorial.remove import remove
from profiles.editorial.review import open_review
from profiles.models import Citation, Claim, Revision, Source, SourceVersion, Speaker
from tests import cast, factory
from tests.admin.conftest import signed_in


def delete_page(model, uid):
    return f"/admin/profiles/{model}/{uid}/delete/"


def test_a_draft_claim_goes_with_its_nested_rows(desk, ground):
    factory.load(factory.make_claim("rg-0002", mentions=("rg",)))
    assert desk.get(delete_page("claim", "rg-0002")).context["reasons"] == []
    assert desk.post(delete_page("claim", "rg-0002"), {"reason": "typed twice"}).status_code == 302
    assert not Claim.objects.filter(pk="rg-0002").exists()
    assert not Citation.objects.filter(claim="rg-0002").exists()
    made = Revision.objects.first()
    assert (made.by, made.reason) == (cast.editor(), "typed twice")
    (entry,) = made.entries.all()
    assert (entry.uid, bool(entry.before), entry.after) == ("rg-0002", True, "")


def test_its_uid_is_never_given_again(desk, ground):
    from profiles.editorial.edit import next_uid
    from profiles.models import Profile

    factory.load(factory.make_claim("rg-0002"))
    remove(["rg-0002"], by=cast.editor())
    assert next_uid(Profile.objects.get(pk="rg")) == "rg-0003"


def test_what_was_published_is_retracted_instead(desk, public):
    response = desk.post(delete_page("claim", "rg-0001"))
    assert response.status_code == 409
    assert "rg-0001 was put up for review or published: retract it instead." in response.content.decode()
    assert Claim.objects.filter(pk="rg-0001").exists()


def test_looking_at_the_page_claims_no_attempt(desk, public):
    content = desk.get(delete_page("claim", "rg-0001")).content.decode()
    assert "retract it instead." in content
    assert "Nothing was deleted." not in content
    assert "Nothing was deleted." in desk.post(delete_page("claim", "rg-0001")).content.decode()


def test_what_a_review_names_stays(desk, ground):
    factory.load(factory.make_claim("rg-0002"))
    open_review(["rg-0002"], by=cast.editor())
    assert desk.post(delete_page("claim", "rg-0002")).status_code == 409
    assert Claim.objects.filter(pk="rg-0002").exists()


@pytest.mark.parametrize("link", ["conflicts_with", "after", "rests_on"])
def test_a_claim_that_another_names_stays_and_the_other_is_listed(desk, ground, link):
    factory.load(factory.make_claim("rg-0002"), factory.make_claim("rg-0003", "It names it.", **{link: ("rg-0002",)}))
    response = desk.post(delete_page("claim", "rg-0002"))
    assert response.status_code == 409
    assert "(rg-0003) names rg-0002" in response.content.decode()
    assert Claim.objects.filter(pk="rg-0002").exists()


def test_a_designation_with_steps_stays(desk, ground):
    listing = factory.make_claim(
        "rg-0002", kind="designation", as_stated="terror group", evidence="secondary", topic="designations",
        aspect="listings",
    )  # fmt: skip
    step = factory.make_claim(
        "rg-0003", kind="step", designation="rg-0002", step="listed", topic="designations", aspect="listings"
    )
    factory.load(listing, step)
    with pytest.raises(Refused, match="rg-0003"):
        remove(["rg-0002"], by=cast.editor())
    remove(["rg-0002", "rg-0003"], by=cast.editor())
    assert not Claim.objects.filter(pk__in=["rg-0002", "rg-0003"]).exists()


@pytest.mark.parametrize(
    ("model", "uid", "names"),
    [
        ("group", "rg", "rg-0001"),
        ("source", "src-0001", "src-0001-v1"),
        ("speaker", "spk-0001", "rg-0002"),
        ("place", "place-0001", "rg-0002"),
        ("person", "sn", "rg-0002"),
    ],
)
def test_what_evidence_or_claims_depend_on_stays(desk, ground, model, uid, names):
    factory.load(
        factory.make_speaker(),
        factory.make_place(),
        factory.make_person(),
        factory.make_claim(
            "rg-0002",
            place="place-0001",
            mentions=("sn",),
            voice="attributed",
            citations=(factory.make_citation("rg-0002", voice="attributed", speakers=(("spk-0001",),)),),
        ),
    )
    response = desk.post(delete_page(model, uid))
    assert response.status_code == 409
    assert f"({names}) names {uid}" in response.content.decode()


def test_what_nothing_depends_on_goes(desk, ground):
    factory.load(factory.make_speaker(), factory.make_source("src-0002", slug="two"), factory.make_silence())
    for model, uid in (("speaker", "spk-0001"), ("source", "src-0002"), ("silence", "rg-s01")):
        assert desk.post(delete_page(model, uid)).status_code == 302
    assert (Speaker.objects.count(), Source.objects.count()) == (0, 1)


def test_a_cited_version_stays_and_an_uncited_one_goes(ground):
    client = signed_in(cast.superuser())
    assert client.post(delete_page("sourceversion", "src-0001-v1")).status_code == 409
    factory.load(factory.make_version("src-0001-v2", text="Another text."))
    assert client.post(delete_page("sourceversion", "src-0001-v2")).status_code == 302
    assert list(SourceVersion.objects.values_list("pk", flat=True)) == ["src-0001-v1"]


def test_versions_are_never_changed_or_made_by_hand(ground):
    client = signed_in(cast.superuser())
    page = "/admin/profiles/sourceversion/src-0001-v1/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"note": "x"}).status_code == 403
    assert client.get("/admin/profiles/sourceversion/add/").status_code == 403


def test_no_list_offers_to_delete_in_bulk(desk, ground):
    for name in ("group", "claim", "source", "speaker", "silence", "place"):
        page = f"/admin/profiles/{name}/"
        assert "delete_selected" not in desk.get(page).content.decode()
        desk.post(page, {"action": "delete_selected", "_selected_action": ["rg", "rg-0001", "src-0001"], "post": "yes"})
    assert Claim.objects.filter(pk="rg-0001").exists()


def test_the_reviewer_deletes_nothing(review_desk, ground):
    factory.load(factory.make_claim("rg-0002"))
    assert review_desk.post(delete_page("claim", "rg-0002")).status_code == 403
    assert Claim.objects.filter(pk="rg-0002").exists()
