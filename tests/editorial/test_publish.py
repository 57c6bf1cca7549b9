"""Nothing bypasses review: what goes live, who may let it, what is refused."""

import msgspec
import pytest
from django.db import connection

from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.publish import publish_review
from profiles.editorial.review import all_drafts, drafts_of, drop_review, open_review, send_back
from profiles.editorial.verify import verify_publications
from profiles.models import Claim, Edition, Publication, PublishedDocument, Review, Revision, RevisionEntry
from profiles.models.editions import published_digests
from profiles.models.guards import guards_down
from profiles.models.projection import Projection
from profiles.values import documents as docs
from tests import cast, factory
from tests.again import standing

pytestmark = pytest.mark.django_db


def no_pages(release):
    return Projection()


def publish(review, by=None):
    return publish_review(factory.decided(review), by=by or cast.reviewer(), project=no_pages)


def reworded(claim, statement):
    return msgspec.structs.replace(claim, statement=statement, salt="1" * 32)


@pytest.fixture
def claims():
    return [factory.make_claim(f"rg-000{n}", f"The article calls them group {n}.") for n in (2, 3)]


@pytest.fixture
@standing
def published(claims):
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    return publish(open_review(all_drafts(), by=cast.editor(), kind="new"))


def test_a_publication_makes_an_edition_with_the_digest_of_its_dossier(published, claims):
    edition = Edition.objects.get(profile="rg")
    pairs = [(d.uid, docs.digest(d)) for d in (factory.make_name(), *claims)]
    assert edition.sha256 == docs.dossier_digest(docs.digest(factory.make_group()), pairs)
    assert docs.sha256(edition.manifest.encode()) == edition.sha256
    assert docs.sha256(published.body.encode()) == published.sha256
    assert published.facts()["editions"] == [["rg", 1, edition.sha256]]


def test_publications_are_chained(published, claims):
    bring_in([reworded(claims[0], "Another sentence.")], by=cast.editor())
    second = publish(open_review(["rg-0002"], by=cast.editor()))
    assert (second.number, second.previous) == (2, published.sha256)
    assert list(Edition.objects.filter(profile="rg").values_list("number", flat=True)) == [2, 1]


def test_no_name_of_an_editor_stands_in_a_publication(published):
    assert "edith" not in published.body
    assert "rashid" not in published.body


def test_the_opener_cannot_approve(claims):
    both = cast.make_user("both", "editor", "reviewer")
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    review = open_review(all_drafts(), by=both)
    with pytest.raises(Refused, match="You opened this review"):
        publish(review, by=both)
    assert not Publication.objects.exists()


def test_an_author_cannot_approve(claims):
    both = cast.make_user("both", "editor", "reviewer")
    bring_in([*factory.make_ground(), *claims], by=both)
    with pytest.raises(Refused, match="You wrote some of these changes"):
        publish(open_review(all_drafts(), by=cast.editor()), by=both)


def test_an_author_whose_words_were_written_over_cannot_approve_either(published, claims):
    both = cast.make_user("both", "editor", "reviewer")
    bring_in([reworded(claims[0], "First.")], by=both)
    bring_in([reworded(claims[0], "Second.")], by=cast.editor())
    with pytest.raises(Refused, match="You wrote some of these changes"):
        publish(open_review(["rg-0002"], by=cast.editor()), by=both)


def test_an_author_of_a_change_older_than_the_last_publication_cannot_approve(published, claims):
    both = cast.make_user("both", "editor", "reviewer")
    bring_in([reworded(claims[0], "First.")], by=cast.editor())
    review = open_review(["rg-0002"], by=cast.editor())
    bring_in([reworded(claims[0], "Second.")], by=both)
    publish(review)
    with pytest.raises(Refused, match="You wrote some of these changes"):
        publish(open_review(["rg-0002"], by=cast.editor()), by=both)


def test_a_superuser_is_no_exception(claims):
    sue = cast.superuser()
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    with pytest.raises(Refused, match="You opened this review"):
        publish(open_review(all_drafts(), by=sue), by=sue)
    bring_in([reworded(claims[0], "By Sue.")], by=sue)
    with pytest.raises(Refused, match="You wrote some of these changes"):
        publish(open_review(all_drafts(), by=cast.editor()), by=sue)


def test_a_superuser_who_wrote_nothing_may_approve(claims):
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    assert publish(open_review(all_drafts(), by=cast.editor()), by=cast.superuser()).number == 1


def test_who_lacks_the_right_neither_opens_nor_approves(claims):
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    with pytest.raises(Refused, match="You may not put changes up"):
        open_review(all_drafts(), by=cast.reviewer())
    with pytest.raises(Refused, match="You may not approve"):
        publish(open_review(all_drafts(), by=cast.editor()), by=cast.make_user("reader"))


def test_a_deactivated_reviewer_cannot_approve(claims):
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    gone = cast.make_user("gone", "reviewer", is_active=False)
    with pytest.raises(Refused, match="You may not approve"):
        publish(open_review(all_drafts(), by=cast.editor()), by=gone)


def test_what_is_published_is_what_was_frozen(published, claims):
    bring_in([reworded(claims[0], "Reviewed words.")], by=cast.editor())
    review = open_review(["rg-0002"], by=cast.editor())
    bring_in([reworded(claims[0], "Later words.")], by=cast.editor())
    publish(review)
    frozen = docs.digest(reworded(claims[0], "Reviewed words."))
    assert published_digests(["rg-0002"]) == {"rg-0002": frozen}
    assert Claim.objects.get(pk="rg-0002").statement == "Later words."


def test_two_reviews_of_one_profile_that_touch_different_claims_both_publish(published, claims):
    bring_in([reworded(c, f"New words for {c.uid}.") for c in claims], by=cast.editor())
    first, second = (open_review([c.uid], by=cast.editor()) for c in claims)
    publish(second)
    publish(first)
    contents = Edition.objects.get(profile="rg", number=3).contents()[1]
    assert [contents[c.uid] for c in claims] == [docs.digest(reworded(c, f"New words for {c.uid}.")) for c in claims]


def test_a_moved_base_is_refused(published, claims):
    bring_in([reworded(claims[0], "One.")], by=cast.editor())
    first = open_review(["rg-0002"], by=cast.editor())
    bring_in([msgspec.structs.replace(claims[0], statement="Two.", salt="2" * 32)], by=cast.editor())
    second = open_review(["rg-0002"], by=cast.editor())
    publish(first)
    with pytest.raises(Refused, match="Published meanwhile in another state: rg-0002"):
        publish(second)


def test_a_review_is_approved_once(published, claims):
    bring_in([reworded(claims[0], "One.")], by=cast.editor())
    review = open_review(["rg-0002"], by=cast.editor())
    publish(review)
    with pytest.raises(Refused, match="This review is approved already"):
        publish(review)


def test_an_uncited_claim_enters_as_a_draft_and_cannot_be_published():
    bring_in([*factory.make_ground(), factory.make_claim("rg-0002", citations=())], by=cast.editor())
    assert Claim.objects.filter(pk="rg-0002").exists()
    with pytest.raises(Refused, match="rg-0002: has no citation that supports it"):
        publish(open_review(all_drafts(), by=cast.editor()))
    assert not Publication.objects.exists()


def test_a_reference_to_what_is_not_public_is_refused():
    bring_in(
        [*factory.make_ground(), factory.make_group("hb", "Harbour Brigade"), factory.make_claim("rg-0002", about="hb")]
    )
    with pytest.raises(Refused, match="rg-0002: about names hb, which is not public"):
        publish(open_review(["rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"], by=cast.editor()))


def test_drafts_of_a_profile_bring_what_they_need():
    group = factory.make_group("hb", "Harbour Brigade")
    bring_in(
        [
            *factory.make_ground(),
            group,
            factory.make_name("hb-0001", "Harbour Brigade"),
            factory.make_claim("rg-0002", about="hb"),
        ]
    )
    assert drafts_of(["rg"]) == ["hb", "rg", "rg-0001", "rg-0002", "src-0001", "src-0001-v1"]


def test_a_claim_about_another_profile_makes_an_edition_of_both(published):
    bring_in([factory.make_group("hb", "Harbour Brigade"), factory.make_claim("rg-0009", about="hb")], by=cast.editor())
    made = publish(open_review(all_drafts(), by=cast.editor()))
    assert [[p, n] for p, n, _ in made.facts()["editions"]] == [["hb", 1], ["rg", 2]]


def test_a_claim_that_leaves_a_profile_is_gone_from_its_new_edition(published):
    others = [factory.make_group("hb", "Harbour Brigade"), factory.make_group("mb", "Marsh Band")]
    claim = factory.make_claim("rg-0009", about="hb")
    bring_in([*others, claim], by=cast.editor())
    publish(open_review(all_drafts(), by=cast.editor()))
    bring_in([msgspec.structs.replace(claim, about="mb", salt="2" * 32)], by=cast.editor())
    publish(open_review(["rg-0009"], by=cast.editor()))
    assert [list(Edition.objects.get(profile=p, number=2).contents()[1]) for p in ("hb", "mb")] == [[], ["rg-0009"]]


def test_a_row_changed_in_sql_is_a_draft_and_its_opener_counts_as_author(published):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_claim SET statement = 'Slipped in.' WHERE uid = 'rg-0002'")
    assert all_drafts() == ["rg-0002"]
    review = open_review(all_drafts(), by=cast.editor("ed2"))
    adopted = Revision.objects.get(act="adopt")
    assert (adopted.by.username, adopted.entries.get().uid) == ("ed2", "rg-0002")
    assert review.entries.get().before == published_digests(["rg-0002"])["rg-0002"]


def test_a_revision_holds_before_and_after(published, claims):
    outcome = bring_in([reworded(claims[0], "One.")], by=cast.editor(), reason="Clearer.")
    entry = RevisionEntry.objects.get(revision=outcome.revision)
    wanted = (docs.digest(claims[0]), docs.digest(reworded(claims[0], "One.")))
    assert (entry.before, entry.after) == wanted
    assert (outcome.revision.by.username, outcome.revision.reason) == ("edith", "Clearer.")


def test_an_absent_claim_is_removed_before_and_retracted_after_publication(published, claims):
    bring_in([factory.make_claim("rg-0007")])
    outcome = bring_in([*factory.make_ground(), claims[0]], owners=["rg"])
    assert (outcome.removed, outcome.retracted) == (["rg-0007"], ["rg-0003"])
    assert read_rows(["rg-0003"])["rg-0003"].standing == "retracted"


def test_a_capture_cannot_be_changed_by_bringing_in():
    bring_in(factory.make_ground())
    with pytest.raises(Refused, match="src-0001-v1 is a capture and cannot be changed"):
        bring_in([factory.make_version(stamp="2020")])


def test_a_review_sent_back_or_taken_back_publishes_nothing(published, claims):
    bring_in([reworded(claims[0], "One.")], by=cast.editor())
    review = send_back(open_review(["rg-0002"], by=cast.editor()), by=cast.reviewer(), note="Who says so?")
    with pytest.raises(Refused, match="This review is sent back already"):
        publish(review)
    with pytest.raises(Refused, match="Say why"):
        send_back(open_review(["rg-0002"], by=cast.editor()), by=cast.reviewer(), note=" ")
    with pytest.raises(Refused, match="Only who opened"):
        drop_review(Review.objects.first(), by=cast.reviewer())
    drop_review(Review.objects.first(), by=cast.editor())
    assert Publication.objects.count() == 1


def test_nothing_to_review_is_refused(published):
    with pytest.raises(Refused, match="Nothing here differs"):
        open_review(["rg-0002"], by=cast.editor())


def test_what_demonstration_accounts_approve_says_so(claims):
    bring_in([*factory.make_ground(), *claims], by=cast.editor())
    demo = cast.make_user("demo", "reviewer", demonstration=True)
    made = publish(open_review(all_drafts(), by=cast.editor()), by=demo)
    assert (made.reviewed, made.facts()["reviewed"]) == ("demonstration", "demonstration")


def test_each_uid_points_to_what_is_public(published):
    drafts = read_rows()
    wanted = {uid: docs.digest(document) for uid, document in drafts.items()}
    assert dict(PublishedDocument.objects.values_list("uid", "sha256")) == wanted


def test_a_save_after_the_freezing_leaves_the_frozen_words_their_author(published, claims):
    outcome = bring_in([reworded(claims[0], "Reviewed words.")], by=cast.editor())
    review = open_review(["rg-0002"], by=cast.editor())
    later = bring_in([reworded(claims[0], "Later words.")], by=cast.editor("ed2"))
    # As two clocks of two processes may have it: saved before it was frozen, by the time that stands there.
    with guards_down(connection):
        Revision.objects.filter(pk=later.revision.pk).update(at=outcome.revision.at)
    publish(review)
    assert published_digests(["rg-0002"]) == {"rg-0002": docs.digest(reworded(claims[0], "Reviewed words."))}


def test_what_was_printed_is_retracted_under_a_kind_that_the_ledger_tells_of(published, claims):
    gone = msgspec.structs.replace(claims[0], standing="retracted", standing_note="Nobody says so.", salt="1" * 32)
    bring_in([gone], by=cast.editor())
    for kind in ("new", "update", "clarification"):
        with pytest.raises(Refused) as refused:
            open_review(["rg-0002"], by=cast.editor(), kind=kind)
        assert str(refused.value) == (
            "rg-0002: what was printed is retracted here, and readers must be told. "
            "Choose the kind retraction, or correction, and say why in the public note."
        )
    assert not Review.objects.filter(state="open").exists()
    again = publish(open_review(["rg-0002"], by=cast.editor(), kind="retraction", note="Nobody says so."))
    assert again.kind == "retraction"
    # What is retracted already, or never was public, takes nothing back.
    bring_in([msgspec.structs.replace(gone, standing_note="Nobody says so now.", salt="2" * 32)], by=cast.editor())
    bring_in([factory.make_claim("rg-0004", "Nobody.", standing="retracted", standing_note="No.")], by=cast.editor())
    assert open_review(["rg-0002", "rg-0004"], by=cast.editor()).kind == "update"


def later_version(uid):
    """A claim of a version that is not public yet."""
    text = "A later text of the article."
    cited = factory.make_citation(uid, "later text", text=text, version="src-0001-v2")
    version = factory.make_version("src-0001-v2", text=text)
    bring_in(
        [version, factory.make_claim(uid, f"The later text has claim {uid}.", citations=(cited,))], by=cast.editor()
    )
    return open_review([uid, "src-0001-v2"], by=cast.editor())


def test_of_two_reviews_that_need_the_same_new_version_the_first_publishes_it(published):
    one, other = later_version("rg-0004"), later_version("rg-0005")
    assert dict(other.entries.values_list("uid", "before")) == {"rg-0005": "", "src-0001-v2": ""}
    first, second = publish(one), publish(other)
    assert [triple[0] for triple in first.facts()["triples"]] == ["rg-0004", "src-0001-v2"]
    assert [triple[0] for triple in second.facts()["triples"]] == ["rg-0005"]
    assert verify_publications().problems == []


def test_what_is_all_public_already_is_not_published_twice(published):
    bring_in([factory.make_claim("rg-0004", "The article calls them a group.")], by=cast.editor())
    one, other = (open_review(["rg-0004"], by=cast.editor()) for _ in range(2))
    publish(one)
    with pytest.raises(Refused) as refused:
        publish(other)
    assert str(refused.value) == "All of this is public already, as it is frozen here: drop the review."
    assert Publication.objects.count() == 2
