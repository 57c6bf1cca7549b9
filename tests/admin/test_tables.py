"""Sources, speakers, authorities, programmes, places and silences: listed, searched, edited, each save a revision."""

import pytest

from profiles.editorial.mapping import read_rows
from profiles.models import Place, Revision, Silence
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.forms import errors, served

TYPED = {
    "source": ("src-0002", {"title": "A notice", "slug": "a-notice", "kind": "official_notice"}),
    "speaker": ("spk-0001", {"label": "a witness", "kind": "witness"}),
    "authority": ("auth-0002", {"label": "Port Authority", "country": "XX"}),
    "programme": ("prog-0001", {"label": "List of the port", "authority": "auth-0001"}),
    "place": ("place-0001", {"label": "Marwa", "kind": "city", "latitude": "1.5", "longitude": "-2.25"}),
}


@pytest.fixture
def world(ground):
    factory.load(factory.make_authority())


@pytest.mark.parametrize("name", TYPED)
def test_each_is_added_with_a_uid_and_a_revision(desk, world, name):
    uid, typed = TYPED[name]
    page = f"/admin/profiles/{name}/add/"
    assert desk.post(page, {**served(desk, page), **typed, "reason": "new"}).status_code == 302
    document = read_rows([uid])[uid]
    assert {field: getattr(document, field) for field in typed} == typed
    made = Revision.objects.first()
    assert (made.by, made.reason, [entry.uid for entry in made.entries.all()]) == (cast.editor(), "new", [uid])
    assert desk.get(f"/admin/profiles/{name}/", {"q": uid}).context["cl"].result_count == 1
    page = f"/admin/profiles/{name}/{uid}/change/"
    assert desk.post(page, served(desk, page)).status_code == 302
    assert Revision.objects.first() == made


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("place", {"latitude": "north"}, "latitude"),
        ("place", {"latitude": "1.123456"}, "latitude"),
        ("place", {"kind": ""}, "kind"),
        ("speaker", {"label": ""}, "label"),
        ("programme", {"authority": "auth-0009"}, "authority"),
        ("source", {"slug": "river-guards"}, "slug"),
        ("source", {"slug": "Not a slug"}, "slug"),
        ("source", {"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_is_not_well_formed_is_told_at_its_field(desk, world, name, typed, field):
    page = f"/admin/profiles/{name}/add/"
    response = desk.post(page, {**served(desk, page), **TYPED[name][1], **typed})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert Revision.objects.first().reason != "new"


def test_paragraphs_without_fact_are_typed_by_number(desk, world):
    page = "/admin/profiles/source/src-0001/change/"
    fields = {**served(desk, page), "no_fact": "src-0001-v1: 0, 6", "unknown": ["author", "url"]}
    assert desk.post(page, fields).status_code == 302
    source = read_rows(["src-0001"])["src-0001"]
    assert source.no_fact == tuple(docs.NoFact(version="src-0001-v1", paragraph=n) for n in (0, 6))
    assert source.unknown == ("author", "url")
    assert served(desk, page)["no_fact"] == "src-0001-v1: 0, 6"
    for wrong in ("0, 6", "src-0001-v1: six", "src-0009-v1: 1"):
        response = desk.post(page, {**served(desk, page), "no_fact": wrong})
        assert response.status_code == 200
        assert "no_fact" in response.context["adminform"].form.errors


def test_a_silence_says_what_was_searched(desk, world):
    page = "/admin/profiles/silence/add/?subject=rg&aspect=leadership.deputies"
    assert desk.post(page, {**served(desk, page), "searched": ["src-0001-v1"]}).status_code == 302
    silence = read_rows(["rg-s01"])["rg-s01"]
    assert (silence.topic, silence.aspect, silence.state, silence.searched) == (
        "leadership", "deputies", "not_stated", ("src-0001-v1",),
    )  # fmt: skip
    response = desk.post(page, served(desk, page))
    assert response.status_code == 200
    assert "rg-s01 tells of this aspect already." in errors(response)
    page = "/admin/profiles/silence/rg-s01/change/"
    assert desk.post(page, {**served(desk, page), "note": "Read twice."}).status_code == 302
    assert Silence.objects.get().note == "Read twice."


def test_a_place_is_added_from_a_popup(desk, world):
    page = "/admin/profiles/place/add/?_popup=1"
    response = desk.post(page, {**served(desk, page), **TYPED["place"][1], "_popup": "1"})
    assert response.status_code == 200
    assert "place-0001" in response.content.decode()
    assert Place.objects.get().pk == "place-0001"


def test_look_ups_find_by_label(desk, world):
    query = {"app_label": "profiles", "model_name": "citation", "field_name": "version", "term": "River"}
    found = desk.get("/admin/autocomplete/", query).json()
    assert [row["id"] for row in found["results"]] == ["src-0001-v1"]
    query = {"app_label": "profiles", "model_name": "claim", "field_name": "about", "term": "river"}
    assert [row["id"] for row in desk.get("/admin/autocomplete/", query).json()["results"]] == ["rg"]


def test_an_address_that_names_nothing_leads_back(desk, world):
    for page in ("claim/no-such/change/", "group/4/change/", "review/x/change/", "sourceversion/x/change/",
                 "claim/no-such/delete/", "claim/no-such/history/", "profile/x/change/"):  # fmt: skip
        assert desk.get(f"/admin/profiles/{page}").status_code == 302, page
