"""A profile's page: its identity to edit, its claims to read, at a fixed cost."""

import pytest
from django.contrib.contenttypes.models import ContentType

from profiles.editorial.mapping import read_rows
from profiles.models import Capture, Group, Profile, Revision
from tests import cast, factory
from tests.admin.forms import errors, served

PAGE = "/admin/profiles/group/rg/change/"


@pytest.mark.parametrize("number", [3, 500])
def test_the_page_costs_at_most_sixteen_queries(desk, public, django_assert_num_queries, number):
    factory.load(
        factory.make_person(),
        *(factory.make_claim(f"rg-{n:04d}") for n in range(2, number + 2)),
        *(factory.make_claim(f"sn-{n:04d}", topic="affiliations", aspect="belongs_to", about="rg") for n in (1, 2)),
        factory.make_silence(),
    )
    ContentType.objects.clear_cache()
    with django_assert_num_queries(16):
        response = desk.get(PAGE)
    assert response.context["dossier"].claims == number + 1


def test_claims_stand_under_their_topic_with_their_marks(desk, public):
    factory.load(
        factory.make_name(statement="Changed."),
        factory.make_claim("rg-0002", citations=()),
        factory.make_claim("rg-0003", standing="doubted", standing_note="The place was not checked."),
    )  # fmt: skip
    dossier = desk.get(PAGE).context["dossier"]
    marks = {
        line.uid: (topic.name, [mark.text for mark in line.marks]) for topic in dossier.topics for line in topic.lines
    }
    assert marks == {
        "rg-0001": ("names", ["draft differs"]),
        "rg-0002": ("identity", ["not published", "uncited"]),
        "rg-0003": ("identity", ["not published", "doubted"]),
    }
    assert dossier.drafts == 3


def test_claims_of_others_about_it_stand_apart(desk, ground):
    leads = factory.make_claim(
        "sn-0001", kind="membership", about="rg", role="leader", topic="roles", aspect="leads", statement="He leads it."
    )
    factory.load(factory.make_person(), leads)
    (topic,) = desk.get(PAGE).context["dossier"].elsewhere
    assert (topic.name, [(line.uid, line.of, line.heading) for line in topic.lines]) == (
        "leadership",
        [("sn-0001", "Salim Nasser", "Leader")],
    )


def test_links_lead_to_the_claim_and_to_the_next_one(desk, ground):
    page = desk.get(PAGE).content.decode()
    assert 'href="/admin/profiles/claim/rg-0001/change/"' in page
    assert 'href="/admin/profiles/claim/add/?kind=name&amp;subject=rg"' in page
    assert 'href="/admin/profiles/claim/add/?kind=statement&amp;subject=rg&amp;aspect=leadership.leader"' in page


def test_public_page_and_edition_are_linked_once_there_are_any(desk, ground):
    assert "Not published yet" in desk.get(PAGE).content.decode()
    factory.publish()
    page = desk.get(PAGE).content.decode()
    assert 'href="/groups/river-guards/"' in page
    assert 'href="/groups/river-guards/editions/1/"' in page


def test_identity_is_saved_as_one_revision(desk, ground):
    before = Revision.objects.count()
    fields = {**served(desk, PAGE), "label": "The River Guards", "reason": "as they say it"}
    assert desk.post(PAGE, fields).status_code == 302
    assert Revision.objects.count() == before + 1
    assert read_rows(["rg"])["rg"].label == "The River Guards"
    assert desk.post(PAGE, served(desk, PAGE)).status_code == 302
    assert Revision.objects.count() == before + 1


def test_a_new_profile_is_given_its_uid(desk, db):
    page = "/admin/profiles/group/add/"
    fields = {**served(desk, page), "label": "Gate Guards", "slug": "gate-guards", "kind": "armed_group"}
    assert desk.post(page, fields).status_code == 302
    assert Group.objects.get().pk == "g0001"
    assert desk.post(page, {**fields, "slug": "other"}).status_code == 302
    assert set(Group.objects.values_list("pk", flat=True)) == {"g0001", "g0002"}


def test_a_slug_that_is_taken_is_told(desk, ground):
    fields = {"label": "X", "slug": "river-guards", "kind": "armed_group", "base": ""}
    response = desk.post("/admin/profiles/group/add/", fields)
    assert response.status_code == 200
    assert "Another profile has this slug already." in errors(response)
    fields["kind"] = "attack"
    assert desk.post("/admin/profiles/event/add/", fields).status_code == 302


@pytest.mark.parametrize("term", ["River", "rg", "river-guards", "حراس", "HARAS al nahr"])
def test_profiles_are_found_by_any_name(desk, public, term):
    factory.publish(
        factory.make_name("rg-0002", "حراس النهر", "original_script"),
        factory.make_name("rg-0003", "Ḥarās al-Nahr", "transliteration"),
        factory.make_group("gg", "Gate Guards"),
        factory.make_name("gg-0001", "Gate Guards"),
    )
    response = desk.get("/admin/profiles/group/", {"q": term})
    assert [row.pk for row in response.context["cl"].result_list] == ["rg"]


def test_lists_mark_drafts_and_filter_by_them(desk, public):
    factory.load(factory.make_group("gg", "Gate Guards"), factory.make_claim("rg-0002"))

    def listed(draft):
        query = {"draft": draft} if draft else {}
        return [row.pk for row in desk.get("/admin/profiles/group/", query).context["cl"].result_list]

    assert listed("") == ["gg", "rg"]
    assert (listed("published"), listed("differs"), listed("new"), listed("any")) == (["rg"], [], ["gg"], ["gg", "rg"])
    rows = {row.pk: row for row in desk.get("/admin/profiles/group/").context["cl"].result_list}
    assert [mark.text for mark in rows["rg"].marks] == ["published"]
    assert (rows["rg"].drafts, rows["rg"].claims_count, rows["gg"].drafts) == (1, 2, 0)
    factory.load(factory.make_group("rg", "River Guard", slug="river-guards"))
    assert listed("differs") == ["rg"]
    Profile.objects.filter(pk="gg").update(label="By SQL")
    marks = {row.pk: row.marks for row in desk.get("/admin/profiles/group/").context["cl"].result_list}
    assert [mark.text for mark in marks["gg"]] == ["not published", "row changed outside the desk"]


LISTS = ["group", "claim", "statement", "source", "sourceversion", "speaker", "place", "authority", "silence"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_at_one_and_at_three_rows(desk, ground, django_assert_num_queries, name):
    counts = {"claim": 14, "statement": 14, "silence": 11}

    def rows(number):
        return [
            factory.make_group(f"g{number}", f"Guards {number}"),
            factory.make_claim(f"rg-100{number}", about=f"g{number}"),
            factory.make_source(f"src-000{number + 1}", slug=f"s{number}"),
            factory.make_version(f"src-000{number + 1}-v1"),
            factory.make_speaker(f"spk-000{number}", profile="rg"),
            factory.make_place(f"place-000{number}", within=None if number == 1 else "place-0001"),
            factory.make_authority(f"auth-000{number}", profile="rg"),
            factory.make_silence(f"g{number}-s01"),
        ]

    factory.load(*rows(1))
    ContentType.objects.clear_cache()
    with django_assert_num_queries(counts.get(name, 8)):
        desk.get(f"/admin/profiles/{name}/")
    factory.load(*rows(2), *rows(3))
    with django_assert_num_queries(counts.get(name, 8)):
        assert len(desk.get(f"/admin/profiles/{name}/").context["cl"].result_list) >= 3


def test_hostile_words_are_escaped_everywhere(desk, review_desk, ground):
    from profiles.editorial.review import all_drafts, open_review

    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    factory.load(
        factory.make_group("rg", hostile, slug="river-guards"),
        factory.make_claim("rg-0002", f"The River Guards said {hostile}.", scope=hostile),
        factory.make_speaker("spk-0001", hostile),
        factory.make_source("src-0001", title=hostile, slug="river-guards"),
        by=cast.editor(),
        reason=hostile,
    )
    review = open_review(all_drafts(), by=cast.editor(), note=hostile, remark=hostile)
    for page in (
        PAGE,
        "/admin/profiles/group/",
        "/admin/profiles/claim/",
        "/admin/profiles/claim/rg-0002/change/",
        "/admin/profiles/claim/rg-0002/history/",
        "/admin/profiles/claim/rg-0002/delete/",
        "/admin/profiles/source/src-0001/change/",
        "/admin/profiles/sourceversion/src-0001-v1/change/",
        "/admin/profiles/speaker/spk-0001/change/",
        f"/admin/profiles/review/{review.pk}/change/",
        "/admin/profiles/revision/",
    ):
        content = desk.get(page).content.decode()
        assert "<script>alert" not in content and "<img src=x" not in content, page
        assert "&lt;script&gt;" in content, page


def test_a_captured_text_is_shown_as_text(desk, ground):
    text = "<b>Bold</b> & <script>alert(1)</script>"
    factory.load(factory.make_source("src-0002", slug="two"), factory.make_version("src-0002-v1", text=text))
    Capture.objects.create(version_id="src-0002-v1", text=text)
    page = desk.get("/admin/profiles/sourceversion/src-0002-v1/change/").content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in page


def test_the_index_has_its_sections_in_order(desk, ground):
    response = desk.get("/admin/")
    assert [app["name"] for app in response.context["app_list"]][:4] == [
        "Profiles", "Claims", "Sources", "Review and publication",
    ]  # fmt: skip
    assert [model["object_name"] for model in response.context["app_list"][0]["models"]] == [
        "Group", "Person", "Event", "Picture",
    ]  # fmt: skip
    assert "MilitiaDB desk" in response.content.decode()
