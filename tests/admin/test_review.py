"""Review on the screen: what is put up, what a second person sees, and who may not decide."""

import pytest

from profiles.editorial.decide import Said, decide, wanting
from profiles.editorial.mapping import read_rows
from profiles.models import Claim, Profile, Publication, Review
from profiles.models.editions import published_digests, read_published
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import signed_in

ADD = "/admin/profiles/review/add/"


def page(review, act="change"):
    return f"/admin/profiles/review/{review.pk}/{act}/"


def put_up(client, *uids, **values):
    fields = {"offered": " ".join(uids), "change": list(uids), "kind": "update", "note": "", "remark": "", **values}
    response = client.post(ADD, fields)
    assert response.status_code == 302, response.context["form"].errors
    return Review.objects.latest("pk")


def test_a_profile_is_put_up_with_what_it_needs(desk, ground):
    factory.load(factory.make_claim("rg-0002"))
    response = desk.get(ADD, {"profile": "rg"})
    offered = [choice.value for _, choices in response.context["groups"] for choice in choices]
    assert sorted(offered) == ["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"]
    assert response.context["form"]["kind"].value() == "new"


def test_an_editors_own_changes_are_ticked_and_a_shared_claim_tells_whose_page_it_changes(desk, public):
    factory.load(factory.make_claim("rg-0002"), factory.make_group("hb", "Harbour Brigade"), by=cast.editor("ed2"))
    factory.load(factory.make_claim("rg-0003", about="hb"), by=cast.editor())
    response = desk.get(ADD, {"profile": "rg"})
    found = {c.value: (c.ticked, c.by, c.also) for _, choices in response.context["groups"] for c in choices}
    assert found == {
        "hb": (True, "ed2", ""), "rg-0002": (False, "ed2", ""), "rg-0003": (True, "edith", "Harbour Brigade"),
    }  # fmt: skip
    other = signed_in(cast.editor("ed3"))
    response = other.get(ADD, {"profile": "rg"})
    assert not any(c.ticked for _, choices in response.context["groups"] for c in choices)
    assert "None of these changes is yours" in response.content.decode()


def test_what_a_review_has_already_is_ticked_only_where_another_change_needs_it(desk, public):
    claims = factory.make_claim("rg-0002"), factory.make_claim("rg-0003")
    version = factory.make_version("src-0001-v2", text="A later text.")
    cited = factory.make_citation("rg-0004", "later text", text="A later text.", version="src-0001-v2")
    factory.load(*claims, version, factory.make_claim("rg-0004", citations=(cited,)), by=cast.editor())
    put_up(desk, "rg-0002", "src-0001-v2")
    response = desk.get(ADD, {"profile": "rg"})
    found = {c.value: (c.ticked, c.reviewed) for _, choices in response.context["groups"] for c in choices}
    assert found == {
        "rg-0002": (False, True), "rg-0003": (True, False), "rg-0004": (True, False), "src-0001-v2": (True, True),
    }  # fmt: skip


def test_what_is_taken_back_is_offered_as_a_retraction_with_its_note(desk, public):
    gone = factory.make_name(standing="retracted", standing_note="Nobody calls them so.")
    factory.load(gone, by=cast.editor())
    form = desk.get(ADD, {"uid": "rg-0001"}).context["form"]
    assert (form["kind"].value(), form["note"].value()) == ("retraction", "Nobody calls them so.")
    factory.load(factory.make_name(), factory.make_claim("rg-0002"), by=cast.editor())
    assert desk.get(ADD, {"uid": "rg-0002"}).context["form"]["kind"].value() == "new"


def test_chosen_claims_alone_are_put_up(desk, public):
    factory.load(factory.make_claim("rg-0002"), factory.make_claim("rg-0003"))
    response = desk.post(ADD, {"uid": ["rg-0003"]})
    assert response.context["offered"] == "rg-0003"
    review = put_up(desk, "rg-0003", note="Told more.", remark="Please look at the date.")
    assert [(e.uid, e.before) for e in review.entries.all()] == [("rg-0003", "")]
    assert (review.opener, review.kind, review.note, review.remark) == (
        cast.editor(), "update", "Told more.", "Please look at the date.",
    )  # fmt: skip


def test_unticking_what_is_needed_is_told(desk, ground):
    fields = {"offered": "rg rg-0001 src-0001 src-0001-v1", "change": ["rg-0001"], "kind": "new"}
    response = desk.post(ADD, fields)
    assert response.status_code == 200
    assert "needs these too" in str(response.context["form"].errors)
    ticked = {c.value for _, choices in response.context["groups"] for c in choices if c.ticked}
    assert ticked == {"rg", "rg-0001", "src-0001", "src-0001-v1"}
    assert not Review.objects.exists()


def test_a_correction_needs_its_public_note(desk, public):
    factory.load(factory.make_claim("rg-0002"))
    fields = {"offered": "rg-0002", "change": ["rg-0002"], "kind": "correction", "note": ""}
    assert desk.post(ADD, fields).status_code == 200
    assert desk.post(ADD, {**fields, "note": "We had it wrong."}).status_code == 302


def test_hundreds_of_changes_are_chosen_by_profile(desk, ground):
    factory.load(*(factory.make_claim(f"rg-{n:04d}") for n in range(2, 450)), by=cast.editor())
    response = desk.get(ADD, {"profile": "rg"})
    boxes = [c.value for _, choices in response.context["groups"] for c in choices]
    assert len(boxes) == 2
    assert desk.post(ADD, {"offered": response.context["offered"], "change": boxes, "kind": "new"}).status_code == 302
    assert Review.objects.get().entries.count() == 452


def test_lists_offer_to_put_up_for_review(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"))
    for name, chosen in (("claim", "rg-0002"), ("group", "rg"), ("statement", "rg-0002")):
        response = desk.post(
            f"/admin/profiles/{name}/", {"action": "put_up_for_review", "_selected_action": [chosen], "index": "0"}
        )
        assert response.context["offered"] == "rg-0002"
    assert "put_up_for_review" not in review_desk.get("/admin/profiles/claim/").content.decode()
    assert review_desk.get(ADD, {"uid": "rg-0002"}).status_code == 403
    assert review_desk.post(ADD, {"offered": "rg-0002", "change": "rg-0002", "kind": "new"}).status_code == 403


def test_the_second_person_sees_the_change_and_its_passage_and_publishes(desk, review_desk, public):
    before = read_rows(["rg-0001"])["rg-0001"].statement
    Claim.objects.filter(pk="rg-0001").update(statement="One name in wide use is River Guards.")
    review = put_up(desk, "rg-0001", kind="clarification")
    response = review_desk.get(page(review))
    content = response.content.decode()
    assert before != "" and "<ins> wide</ins>" in content
    marked = '<mark>The River Guards were founded in <em class="review-hedge">around</em> 2013</mark>'
    assert marked in content
    assert "Approve and publish" in content
    assert review_desk.post(page(review, "approve")).status_code == 302
    assert read_published(["rg-0001"])["rg-0001"].statement == "One name in wide use is River Guards."
    assert "publication 2" in review_desk.get(page(review)).content.decode()


def test_what_came_by_a_shell_is_told_as_adopted_by_the_opener(desk, review_desk, public):
    Claim.objects.filter(pk="rg-0001").update(statement="One name in wide use is River Guards.")
    content = review_desk.get(page(put_up(desk, "rg-0001"))).content.decode()
    assert "adopted 1 change that nobody is known to have made" in content
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    assert "adopted" not in review_desk.get(page(put_up(desk, "rg-0002"))).content.decode()


@pytest.mark.parametrize("number", [3, 300])
def test_the_page_of_a_review_costs_the_same_at_three_and_at_three_hundred(
    desk, review_desk, public, django_assert_max_num_queries, number
):
    """With all that claims may name, so that each table of labels is asked."""
    ground = (factory.make_person(), factory.make_speaker(), factory.make_authority(), factory.make_place())
    cited = {"citations": (factory.make_citation("rg-0002", voice="attributed", speakers=(("spk-0001",),)),)}
    factory.load(
        *ground,
        factory.make_claim(
            "rg-0002", kind="designation", as_stated="listed", evidence="secondary", authority="auth-0001", **cited
        ),
        factory.make_claim("rg-0003", kind="presence", presence="based_at", place="place-0001", after=("rg-0002",)),
        *(factory.make_claim(f"rg-{n:04d}", f"It has {n} men.", about="sn") for n in range(4, number + 1)),
    )
    uids = [*(document.uid for document in ground), *(f"rg-{n:04d}" for n in range(2, number + 1))]
    put_up(desk, *uids)
    review = Review.objects.latest("pk")
    decide(review, [Said(uid, sha, "supports") for uid, sha in [*wanting(review).items()][::2]], by=cast.reviewer())
    with django_assert_max_num_queries(40):
        response = review_desk.get(page(review))
    assert response.context["number"] == number + 3
    assert len([item for group in response.context["groups"] for item in group.items]) == min(100, number + 3)


def test_the_list_of_reviews_says_who_may_decide_and_why_not(desk, review_desk, public, django_assert_num_queries):
    for number in range(2, 5):
        factory.load(factory.make_claim(f"rg-000{number}"), by=cast.editor())
        put_up(desk, f"rg-000{number}")
        rows = desk.get("/admin/profiles/review/").context["cl"].result_list
    assert [row.state for row in rows] == ["open", "open", "open", "approved"]
    assert [row.why_not for row in rows] == ["You may not approve reviews."] * 3 + ["This review is approved already."]
    with django_assert_num_queries(8):
        rows = review_desk.get("/admin/profiles/review/").context["cl"].result_list
    assert [(row.why_not, row.size) for row in rows[:3]] == [("", 1)] * 3


def publish_ticked(client, *reviews):
    fields = {"action": "approve_and_publish", "_selected_action": [review.pk for review in reviews], "index": "0"}
    return client.post("/admin/profiles/review/", fields, follow=True)


def test_ticked_reviews_are_published_and_refusals_are_told_each(desk, review_desk, public):
    factory.load(*(factory.make_claim(f"rg-000{n}") for n in (2, 3)), by=cast.editor())
    factory.load(factory.make_claim("rg-0004", citations=()), by=cast.editor())
    first, second, stopped = (put_up(desk, f"rg-000{n}") for n in (2, 3, 4))
    response = publish_ticked(review_desk, stopped, second, first)
    told = [(message.level_tag, str(message)) for message in response.context["messages"]]
    assert told[:2] == [
        ("success", f"Review {first.pk} is published: publication 2."),
        ("success", f"Review {second.pk} is published: publication 3."),
    ]
    assert told[2][0] == "error"
    assert told[2][1].startswith(f"Review {stopped.pk} is not published: ")
    assert "has no citation that supports it" in told[2][1]
    assert {"rg-0002", "rg-0003"} <= published_digests().keys()
    again = publish_ticked(review_desk, first).context["messages"]
    assert [str(message) for message in again] == [
        f"Review {first.pk} is not published: This review is approved already."
    ]
    assert Publication.objects.count() == 3


def test_nobody_publishes_their_own_review_from_the_list(desk, public):
    client = signed_in(both_rights("olga", is_superuser=True))
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    review = put_up(client, "rg-0002")
    told = [str(message) for message in publish_ticked(client, review).context["messages"]]
    assert told[-1].endswith("is not published: You opened this review: a second person decides on it.")
    assert "approve_and_publish" not in desk.get("/admin/profiles/review/").content.decode()
    publish_ticked(desk, review)
    review.refresh_from_db()
    assert (review.state, Publication.objects.count()) == ("open", 1)


def both_rights(name, **values):
    return cast.make_user(name, "editor", "reviewer", **values)


@pytest.mark.parametrize("superuser", [False, True])
def test_an_opener_is_refused_on_the_screen_and_by_direct_post(public, superuser):
    user = both_rights("olga", is_superuser=superuser)
    client = signed_in(user)
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    review = put_up(client, "rg-0002")
    content = client.get(page(review)).content.decode()
    assert "Approve and publish" not in content
    assert "You opened this review: a second person decides on it." in content
    for act in ("approve", "send-back"):
        response = client.post(page(review, act), {"note": "n"})
        assert response.status_code == 403
        assert "You opened this review" in response.content.decode()
    review.refresh_from_db()
    assert (review.state, Publication.objects.count()) == ("open", 1)


@pytest.mark.parametrize("superuser", [False, True])
def test_an_author_is_refused_on_the_screen_and_by_direct_post(desk, public, superuser):
    author = both_rights("anna", is_superuser=superuser)
    client = signed_in(author)
    factory.load(factory.make_claim("rg-0002"), by=author)
    review = put_up(desk, "rg-0002")
    assert "Approve and publish" not in client.get(page(review)).content.decode()
    response = client.post(page(review, "approve"))
    assert response.status_code == 403
    assert "You wrote some of these changes" in response.content.decode()
    review.refresh_from_db()
    assert (review.state, Publication.objects.count()) == ("open", 1)


def test_an_editor_without_the_right_is_refused(desk, public):
    other = signed_in(cast.editor("edgar"))
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    review = put_up(desk, "rg-0002")
    assert other.post(page(review, "approve")).status_code == 403
    assert Publication.objects.count() == 1
    assert other.get(page(review, "approve")).status_code == 405


def test_a_reader_without_a_place_at_the_desk_sees_nothing(public, client):
    assert client.get("/admin/profiles/claim/").status_code == 302
    client.force_login(cast.make_user("rita"))
    assert client.get("/admin/profiles/claim/").status_code == 403
    assert client.get("/admin/profiles/claim/rg-0001/change/").status_code == 403
    assert client.get("/admin/profiles/sourceversion/src-0001-v1/change/").status_code == 403
    assert client.get("/admin/profiles/review/1/change/").status_code == 403


def test_what_stops_a_publication_is_told_before_and_after(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002", citations=()), by=cast.editor())
    review = put_up(desk, "rg-0002")
    content = review_desk.get(page(review)).content.decode()
    assert "has no citation that supports it" in content
    response = review_desk.post(page(review, "approve"))
    assert response.status_code == 409
    assert "has no citation that supports it" in response.content.decode()
    assert Publication.objects.count() == 1


def test_a_review_is_sent_back_with_a_note(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    review = put_up(desk, "rg-0002")
    response = review_desk.post(page(review, "send-back"), {"note": " "})
    assert response.status_code == 409
    assert "Say why you send it back." in response.content.decode()
    assert review_desk.post(page(review, "send-back"), {"note": "Which year?"}).status_code == 302
    assert "Which year?" in desk.get(page(review)).content.decode()
    assert review_desk.post(page(review, "approve")).status_code == 409


def test_the_opener_alone_takes_a_review_back(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    review = put_up(desk, "rg-0002")
    assert review_desk.post(page(review, "take-back")).status_code == 403
    assert desk.post(page(review, "take-back")).status_code == 302
    review.refresh_from_db()
    assert review.state == "dropped"


def test_two_reviews_of_one_profile_with_different_claims_both_publish(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"), factory.make_claim("rg-0003"), by=cast.editor())
    first, second = put_up(desk, "rg-0002"), put_up(desk, "rg-0003")
    assert review_desk.post(page(second, "approve")).status_code == 302
    assert review_desk.post(page(first, "approve")).status_code == 302
    assert {"rg-0002", "rg-0003"} <= published_digests().keys()


def test_what_is_published_is_what_was_reviewed(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    frozen = docs.digest(read_rows(["rg-0002"])["rg-0002"])
    review = put_up(desk, "rg-0002")
    factory.load(factory.make_claim("rg-0002", "Edited meanwhile."), by=cast.editor())
    Profile.objects.filter(pk="rg").update(label="By SQL")
    assert review_desk.post(page(review, "approve")).status_code == 302
    assert published_digests(["rg-0002"]) == {"rg-0002": frozen}
    assert "Edited meanwhile." in desk.get("/admin/profiles/group/rg/change/").content.decode()


def test_a_base_that_moved_is_told_and_refused(desk, review_desk, public):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    first = put_up(desk, "rg-0002")
    factory.load(factory.make_claim("rg-0002", "Better words."), by=cast.editor())
    second = put_up(desk, "rg-0002")
    assert review_desk.post(page(second, "approve")).status_code == 302
    assert "Published meanwhile in another state" in review_desk.get(page(first)).content.decode()
    assert review_desk.post(page(first, "approve")).status_code == 409


def test_published_things_are_looked_at_only(desk, public):
    for path in ("publication/", "publication/1/change/", "edition/", "revision/", "review/"):
        assert desk.get(f"/admin/profiles/{path}").status_code == 200
    client = signed_in(cast.superuser())
    for path in ("publication/1/", "edition/1/", "revision/1/", "review/1/"):
        assert client.post(f"/admin/profiles/{path}delete/", {"post": "yes"}).status_code == 403
    assert client.post("/admin/profiles/publication/1/change/", {"note": "x"}).status_code == 403
