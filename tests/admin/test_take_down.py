"""Taking down at the desk: one person, a reason, at once; putting back takes two. A correction is three screens."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.mapping import read_rows
from profiles.editorial.verify import verify_publications
from profiles.models import Publication, Review
from profiles.models.editions import published_digests, read_published
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import claim_page, served
from tests.admin.test_revert import shown, words
from tests.again import standing

MILL, MILLS = "The Guards own a mill.", "The Guards own two mills."
RETRACT = "/admin/profiles/publication/take-down/retract/rg-0002/"
WITHDRAW = "/admin/profiles/publication/take-down/withdraw/hb/"
REDACT = "/admin/profiles/publication/take-down/redact/rg-0002/"


@pytest.fixture
@standing
def printed(ground):
    """Two groups that a claim ties together, published, and a claim about a mill."""
    factory.load(
        factory.make_group("hb", "Harbour Brigade"), factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_claim("rg-0002", MILL),
        factory.make_claim("rg-0003", "The Guards share a quay.", topic="allies", aspect="rivals", about="hb"),
        factory.make_silence(), by=cast.editor(),
    )  # fmt: skip
    factory.publish()


def press(desk, path, **typed):
    return desk.post(path, {"shown": shown(desk.get(path)), "reason": "It is another’s.", **typed})


# -- the three acts ----------------------------------------------------------------------------------------


def test_a_claim_is_retracted_at_once_by_one_person_with_a_public_reason(desk, printed, client):
    told = words(desk.get(RETRACT))
    assert (MILL in told, "River Guards" in told) == (True, True)
    response = press(desk, RETRACT)
    assert response["Location"] == "/admin/profiles/publication/2/change/"
    made = Publication.objects.get(pk=2)
    assert (made.kind, made.note, made.reviewed) == ("retraction", "It is another’s.", "one_person")
    assert "It is another’s." in client.get("/groups/river-guards/").content.decode()
    assert "rg-0002 is retracted already." in words(desk.get(RETRACT))


def test_a_profile_is_withdrawn_with_all_that_touches_it(desk, printed, client):
    told = words(desk.get(WITHDRAW))
    assert "3 documents leave the public" in told
    assert "The Guards share a quay. River Guards" in told
    assert press(desk, WITHDRAW).status_code == 302
    assert client.get("/groups/harbour-brigade/").status_code == 410
    assert "share a quay" not in client.get("/groups/river-guards/").content.decode()


def test_words_are_redacted_only_where_the_uid_is_typed(desk, printed, client):
    told = words(desk.get(REDACT))
    assert published_digests(["rg-0002"])["rg-0002"] in told
    assert "public now" in told
    for typed in ("", "rg-0003", "yes"):
        assert "Type rg-0002 to say that you mean it" in words(press(desk, REDACT, confirm=typed))
    assert Publication.objects.count() == 1
    assert press(desk, REDACT, confirm="rg-0002").status_code == 302
    assert read_rows(["rg-0002"]) == {}
    assert client.get("/claims/rg-0002/").status_code == 410
    assert verify_publications().problems == []
    assert "There is nothing of rg-0002 to redact." in words(desk.get(REDACT))


def test_every_state_that_goes_is_named_by_its_digest(desk, printed):
    factory.load(factory.make_claim("rg-0002", MILLS, salt="1" * 32), by=cast.editor())
    page = words(desk.get(REDACT))
    assert "2 states of rg-0002, by digest" in page
    assert [one in page for one in ("public now", "the draft", MILL, MILLS)] == [True] * 4


def test_a_reason_that_repeats_what_goes_is_refused(desk, printed):
    response = press(desk, REDACT, confirm="rg-0002", reason="We said that the Guards own a MILL.")
    assert (response.status_code, Publication.objects.count()) == (409, 1)
    assert "The reason repeats words that are to be deleted" in words(response)


def test_public_notes_that_repeat_what_goes_are_named_since_they_stay(desk, printed):
    factory.publish(
        factory.make_claim("rg-0002", MILLS, salt="1" * 32), kind="correction", note="Guards own two mills!"
    )
    assert "publication 2: Guards own two mills!" in words(desk.get(REDACT))


@pytest.mark.parametrize("path", [RETRACT, WITHDRAW, REDACT])
def test_without_a_reason_nothing_is_taken_down(desk, printed, path):
    response = press(desk, path, reason=" ", confirm="rg-0002")
    assert "Give the reason: it is printed." in words(response)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("path", [RETRACT, WITHDRAW, REDACT])
@pytest.mark.parametrize(
    ("role", "may"),
    [("editor", True), ("reviewer", True), ("contributor", False), ("administrator", False), ("", False)],
)
def test_taking_down_takes_its_right(printed, path, role, may):
    desk = signed_in(cast.make_user("mina", *([role] if role else [])))
    assert desk.get(path).status_code == (200 if may else 403)
    token = shown(desk.get(path)) if may else "x"
    typed = {"shown": token, "reason": "It is another’s.", "confirm": "rg-0002"}
    assert desk.post(path, typed).status_code == (302 if may else 403)
    assert Publication.objects.count() == (2 if may else 1)


def test_what_was_published_between_the_look_and_the_act_is_409(desk, printed):
    token = shown(desk.get(RETRACT))
    factory.publish(factory.make_claim("rg-0002", MILLS, salt="1" * 32), kind="update")
    response = desk.post(RETRACT, {"shown": token, "reason": "It is another’s."})
    assert (response.status_code, Publication.objects.count()) == (409, 2)
    assert MILLS in words(response)


@pytest.mark.parametrize(
    "path", ["retract/hb/", "withdraw/rg-0002/", "redact/hb/", "redact/src-0001/", "burn/rg-0002/", "retract/rg-s01/"]
)
def test_an_act_that_there_is_not_is_not_found(desk, printed, path):
    assert desk.get(f"/admin/profiles/publication/take-down/{path}").status_code == 404


def test_what_never_was_public_is_not_retracted(desk, ground):
    factory.load(factory.make_claim("rg-0002", MILL), by=cast.editor())
    response = desk.get(RETRACT)
    assert (response.status_code, "rg-0002 is not public" in words(response)) == (409, True)
    assert desk.post(RETRACT, {"reason": "So."}).status_code == 409


def test_the_ways_are_on_the_pages_of_claim_profile_and_publication(desk, printed):
    for page, ways in (
        (claim_page("rg-0002"), [RETRACT, REDACT]),
        ("/admin/profiles/group/hb/change/", [WITHDRAW]),
        ("/admin/profiles/publication/1/change/", [RETRACT, WITHDRAW, REDACT]),
    ):
        html = desk.get(page).content.decode()
        assert [f'href="{way}"' in html for way in ways] == [True] * len(ways)
        reader = signed_in(cast.make_user(f"carl{page[-20:-10]}".replace("/", ""), "contributor")).get(page)
        assert "take-down" not in reader.content.decode()


def test_putting_back_takes_two(desk, review_desk, printed, client):
    press(desk, WITHDRAW)
    assert desk.post(
        "/admin/profiles/review/add/",
        {"offered": "hb hb-0001 rg-0003", "change": "hb hb-0001 rg-0003", "kind": "update", "note": "It was right."},
    ).status_code == 302  # fmt: skip
    review = Review.objects.latest("pk")
    approve = f"/admin/profiles/review/{review.pk}/approve/"
    assert desk.post(approve).status_code == 403
    assert client.get("/groups/harbour-brigade/").status_code == 410
    assert review_desk.post(approve).status_code == 302
    assert client.get("/groups/harbour-brigade/").status_code == 200


# -- a correction --------------------------------------------------------------------------------------------


def test_an_urgent_correction_is_three_screens(desk, review_desk, printed, client):
    """Claim, review, approve: what is counted are the pages that somebody has to look at."""
    screens = []

    def look(who, path):
        response = who.get(path)
        assert response.status_code == 200
        screens.append(path)
        return response

    look(desk, claim_page("rg-0002"))
    typed = {**served(desk, claim_page("rg-0002")), "statement": MILLS, "correction_note": "There are two.",
             "correction_kind": "correction", "_correct": "Save and put up for review"}  # fmt: skip
    response = desk.post(claim_page("rg-0002"), typed)
    review = Review.objects.latest("pk")
    assert response["Location"] == f"/admin/profiles/review/{review.pk}/change/"
    assert MILLS.split()[-2] in words(look(desk, response["Location"]))
    assert (review.kind, review.note) == ("correction", "There are two.")
    assert list(review.entries.values_list("uid", flat=True)) == ["rg-0002"]
    look(review_desk, response["Location"])
    factory.decided(review)  # on that same screen: two mills are a number
    assert review_desk.post(f"/admin/profiles/review/{review.pk}/approve/").status_code == 302
    assert len(screens) == 3
    assert read_published(["rg-0002"])["rg-0002"].statement == MILLS
    assert "There are two." in words(client.get("/corrections/"))


def test_a_saved_draft_is_put_up_without_another_change(desk, printed):
    factory.load(factory.make_claim("rg-0002", MILLS, salt="1" * 32), by=cast.editor())
    typed = {"correction_note": "There are two.", "correction_kind": "clarification", "_correct": "1"}
    typed = {**served(desk, claim_page("rg-0002")), **typed}
    assert "/review/" in desk.post(claim_page("rg-0002"), typed)["Location"]
    assert Review.objects.latest("pk").kind == "clarification"


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"statement": MILLS, "reason": "So."}, "Say in public what was wrong"),
     ({"correction_note": "There are two."}, "The draft says what is published"),
     ({"statement": MILLS, "correction_note": "Two.", "correction_kind": "redaction"}, "Choose correction or")],
)  # fmt: skip
def test_what_is_no_correction_is_refused_and_its_note_kept(desk, printed, typed, why):
    fields = {**served(desk, claim_page("rg-0002")), "correction_kind": "correction", "_correct": "1", **typed}
    response = desk.post(claim_page("rg-0002"), fields)
    assert response.status_code == 302
    page = desk.get(response["Location"].partition("#")[0])
    assert f"Not put up: {why}" in words(page)
    assert typed.get("correction_note", "") in unquote(response["Location"]).replace("+", " ")
    assert Review.objects.count() == 1


def test_a_public_claim_is_corrected_and_redacted_by_keys(desk, printed):
    content = desk.get(claim_page("rg-0002")).content.decode()
    keys = dict(re.findall(r'data-key="([cx])(?: Alt\+c)?" data-key-help="([^"]*)"', content))
    assert keys == {"c": "Correct what is public", "x": "Redact: shows first what would go"}


def test_who_may_not_open_a_review_has_no_such_button(printed):
    desk = signed_in(cast.make_user("carl", "contributor"))
    page = claim_page("rg-0002")
    assert "_correct" not in desk.get(page).content.decode()
    desk.post(page, {**served(desk, page), "statement": MILLS, "correction_note": "Two.", "_correct": "1"})
    assert Review.objects.count() == 1


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_that_ask_cost_the_same_whatever_goes(desk, ground, count):
    claims = [factory.make_claim(f"rg-{n:04}", f"It is {n}.") for n in range(2, count + 2)]
    factory.load(*claims, by=cast.editor())
    factory.publish()
    found = []
    for path in (RETRACT, WITHDRAW.replace("/hb/", "/rg/"), REDACT, "/admin/profiles/publication/1/change/"):
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        found.append(len(asked))
    # The first hundred of many come before the sources, so one table fewer is asked for labels.
    assert found == [7, 10, 17, 11 if count == 3 else 10]


def test_the_page_that_asks_has_one_form_that_posts(desk, printed):
    assert re.findall(r'<form method="post">', desk.get(REDACT).content.decode()) == ['<form method="post">']
