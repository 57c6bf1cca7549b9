"""A claim is typed, cited by its words, and saved as one revision."""

import pytest

from profiles.editorial.mapping import read_rows
from profiles.models import Citation, Claim, Revision
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.forms import QUOTE, add_page, claim_page, errors, served, typed_citation

SENTENCE = "A news article says that the River Guards came into being around 2013."


def typed(client, **values):
    fields = served(client, add_page(aspect="origins.founded"))
    return {**fields, "statement": SENTENCE, "when": "2013~", "sense": "happened", "voice": "stated", **values}


def test_saving_a_new_claim_makes_one_revision_with_its_author(desk, ground):
    before = Revision.objects.count()
    response = desk.post(add_page(), typed(desk, reason="from the article", **typed_citation()))
    assert response.status_code == 302
    claim = Claim.objects.get(statement=SENTENCE)
    assert (claim.pk, claim.kind, claim.subject_id, claim.topic, claim.aspect) == (
        "rg-0002", "statement", "rg", "origins", "founded",
    )  # fmt: skip
    assert Revision.objects.count() == before + 1
    made = Revision.objects.first()
    assert (made.by, made.reason, made.act) == (cast.editor(), "from the article", "save")
    assert [entry.uid for entry in made.entries.all()] == ["rg-0002"]
    assert claim.draft_digest == docs.digest(read_rows(["rg-0002"])["rg-0002"])


def test_quoted_words_are_found_and_pinned(desk, ground):
    desk.post(add_page(), typed(desk, **typed_citation()))
    citation = Citation.objects.get(claim="rg-0002")
    start = factory.ARTICLE.index(QUOTE)
    assert (citation.pk, citation.paragraph, citation.start, citation.end) == (
        "rg-0002-c1", 1, start, start + len(QUOTE),
    )  # fmt: skip
    assert citation.passage_sha256 == docs.sha256(QUOTE.encode())


def test_pasted_words_may_be_broken_over_lines(desk, ground):
    desk.post(add_page(), typed(desk, **typed_citation(quote=QUOTE.replace(" by ", "\r\nby  "))))
    assert Citation.objects.get(claim="rg-0002").passage_sha256 == docs.sha256(QUOTE.encode())


@pytest.mark.parametrize(
    ("typed_over", "said"),
    [
        ({"quote": "words that stand nowhere"}, "These words are not in the text"),
        ({"quote": "River Guards"}, "times"),
        ({"quote": ""}, "Paste the quoted words"),
        ({"quote": "", "start": "0", "end": "90000"}, "outside the text"),
        ({"quote": QUOTE + " They"}, "not in the text"),
    ],
)
def test_a_passage_that_cannot_be_pinned_is_told(desk, ground, typed_over, said):
    response = desk.post(add_page(), typed(desk, **typed_citation(**typed_over)))
    assert response.status_code == 200
    assert [message for message in errors(response) if said in message]
    assert not Claim.objects.filter(statement=SENTENCE).exists()
    assert response.context["adminform"].form["statement"].value() == SENTENCE


def test_repeated_words_are_pinned_where_the_editor_says(desk, ground):
    response = desk.post(add_page(), typed(desk, **typed_citation(quote="River Guards", nth="2")))
    assert response.status_code == 302
    second = factory.ARTICLE.index("River Guards", factory.ARTICLE.index("River Guards") + 1)
    assert Citation.objects.get(claim="rg-0002").start == second


def test_without_the_text_nothing_can_be_pinned(desk, db):
    factory.load(*factory.make_ground())
    response = desk.post(add_page(), typed(desk, **typed_citation()))
    assert response.status_code == 200
    assert [message for message in errors(response) if "not at hand" in message]


def test_an_uncited_claim_enters_as_a_draft(desk, ground):
    assert desk.post(add_page(), typed(desk)).status_code == 302
    assert Claim.objects.uncited().get().pk == "rg-0002"
    assert "uncited" in desk.get("/admin/profiles/group/rg/change/").content.decode()


def test_saving_without_a_change_changes_nothing(desk, ground):
    before = (Revision.objects.count(), read_rows(), Claim.objects.get(pk="rg-0001").draft_digest)
    response = desk.post(claim_page("rg-0001"), served(desk, claim_page("rg-0001")))
    assert response.status_code == 302
    assert (Revision.objects.count(), read_rows(), Claim.objects.get(pk="rg-0001").draft_digest) == before


def test_saving_the_richest_claim_without_a_change_changes_nothing(desk, ground):
    claim = factory.make_claim(
        "rg-0009",
        "Two officials said that the River Guards have about 2,000 fighters.",
        kind="strength",
        topic="strength",
        aspect="fighters",
        voice="attributed",
        when="2024-05",
        basis="derived",
        reckoning="The stamp of the source.",
        precision="about",
        low=2000,
        counted="fighters",
        conflicts_with=("rg-0010",),
        standing="contested",
        mentions=("sn",),
        response="not_sought",
        translations=(docs.Translation(language="ar", text="قالوا.", sha256="0" * 64),),
        citations=(
            factory.make_citation(
                "rg-0009", "two officials said", voice="attributed", speakers=(("spk-0001", "spk-0002"), ("spk-0002",))
            ),
            factory.make_citation("rg-0009", "They are led", number=4, bearing="mentions", part="caption", note="n"),
        ),
    )
    other = factory.make_claim("rg-0010", conflicts_with=("rg-0009",), standing="contested")
    speakers = (factory.make_speaker(), factory.make_speaker("spk-0002", "a witness"))
    factory.load(claim, other, factory.make_person(), *speakers)
    before = (Revision.objects.count(), read_rows())
    response = desk.post(claim_page("rg-0009"), served(desk, claim_page("rg-0009")))
    assert response.status_code == 302
    assert (Revision.objects.count(), read_rows()) == before


def test_a_published_claim_asks_for_a_reason(desk, public):
    fields = {**served(desk, claim_page("rg-0001")), "statement": "Another name in use is River Guards."}
    response = desk.post(claim_page("rg-0001"), fields)
    assert response.status_code == 200
    assert [message for message in errors(response) if "say why" in message]
    assert desk.post(claim_page("rg-0001"), {**fields, "reason": "better words"}).status_code == 302
    assert Revision.objects.first().reason == "better words"


def test_speakers_are_typed_by_label_or_uid(desk, ground):
    factory.load(factory.make_speaker(), factory.make_speaker("spk-0002", "a witness"))
    fields = typed(
        desk, **typed_citation(voice="attributed", speakers="Two officials > spk-0002\na witness [spk-0002]")
    )
    assert desk.post(add_page(), {**fields, "voice": "attributed"}).status_code == 302
    assert read_rows(["rg-0002"])["rg-0002"].citations[0].speakers == (("spk-0001", "spk-0002"), ("spk-0002",))


def test_an_unknown_speaker_is_named(desk, ground):
    factory.load(factory.make_speaker())
    response = desk.post(add_page(), typed(desk, **typed_citation(speakers="two oficials")))
    assert response.status_code == 200
    assert "No speaker is called “two oficials”. Do you mean “two officials”?" in errors(response)


def test_an_attributed_passage_needs_its_speakers(desk, ground):
    response = desk.post(add_page(), typed(desk, **typed_citation(voice="attributed")))
    assert response.status_code == 200
    assert "An attributed passage names its speakers." in errors(response)


def test_a_conflict_is_written_on_both_claims_in_one_revision(desk, ground):
    factory.load(factory.make_claim("rg-0002"))
    fields = {**served(desk, claim_page("rg-0001")), "conflicts_with": ["rg-0002"]}
    assert desk.post(claim_page("rg-0001"), fields).status_code == 302
    rows = read_rows(["rg-0001", "rg-0002"])
    assert {uid: (row.conflicts_with, row.standing) for uid, row in rows.items()} == {
        "rg-0001": (("rg-0002",), "contested"),
        "rg-0002": (("rg-0001",), "contested"),
    }
    assert [entry.uid for entry in Revision.objects.first().entries.all()] == ["rg-0001", "rg-0002"]
    fields = served(desk, claim_page("rg-0002"))
    del fields["conflicts_with"]
    assert desk.post(claim_page("rg-0002"), fields).status_code == 302
    rows = read_rows(["rg-0001", "rg-0002"])
    assert {(row.conflicts_with, row.standing) for row in rows.values()} == {((), "stands")}


def test_a_removed_citation_number_is_never_given_again(desk, ground):
    desk.post(add_page(), typed(desk, **typed_citation()))
    fields = {**served(desk, claim_page("rg-0002")), "citations-0-DELETE": "on"}
    assert desk.post(claim_page("rg-0002"), fields).status_code == 302
    assert not Citation.objects.filter(claim="rg-0002").exists()
    fields = {**served(desk, claim_page("rg-0002")), **typed_citation(), "citations-TOTAL_FORMS": "1"}
    assert desk.post(claim_page("rg-0002"), fields).status_code == 302
    assert Citation.objects.get(claim="rg-0002").pk == "rg-0002-c2"


def test_only_the_aspects_of_the_subject_are_offered(desk, ground):
    factory.load(factory.make_person())
    assert "leadership.leader" in desk.get(add_page()).content.decode()
    assert "leadership.leader" not in desk.get(add_page(subject="sn")).content.decode()
    response = desk.post(add_page(), typed(desk, aspect_key="death.death"))
    assert response.status_code == 200
    assert [message for message in errors(response) if "valid choice" in message]


def test_a_list_word_belongs_to_its_aspect(desk, ground):
    response = desk.post(add_page(), typed(desk, aspect_key="status.activity", word="unlawful"))
    assert response.status_code == 200
    assert desk.post(add_page(), typed(desk, aspect_key="status.activity", word="active")).status_code == 302
    assert Claim.objects.get(pk="rg-0002").word == "active"


@pytest.mark.parametrize("when", ["2020-21-99", "two weeks ago", "{2005,2006}"])
def test_a_date_that_is_refused_stands_in_the_form_with_the_reason(desk, ground, when):
    response = desk.post(add_page(), typed(desk, when=when))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["when"]
    assert response.context["adminform"].form["when"].value() == when


@pytest.mark.parametrize(
    ("when", "sense", "kept"),
    [
        ("around 2013", "happened", "2013~"),
        ("2013 or so", "happened", "2013~"),
        ("since 2023", "held", "2023/.."),
        ("until 2020", "held", "/2020"),
        ("7 April 2025", "as_of", "2025-04-07"),
        ("2005/2006", "happened", "2005/2006"),
    ],
)
def test_a_date_typed_as_the_text_has_it_is_kept_as_edtf(desk, ground, when, sense, kept):
    assert desk.post(add_page(), typed(desk, when=when, sense=sense)).status_code == 302
    assert Claim.objects.get(pk="rg-0002").when == kept


def sent_again(response, fields, **values):
    asked = response.context["adminform"].form["dates_asked"].value()
    assert f'name="dates_asked" value="{asked}"' in response.content.decode()
    return {**fields, "dates_asked": asked, **values}


@pytest.mark.parametrize(
    ("when", "sense", "named", "kept"),
    [
        ("2005-06", "happened", ("June 2005", "2005/2006"), "2005-06"),
        ("after 2003", "happened", ("[2003..]", "[2004..]"), "[2003..]"),
        ("2014", "held", ("2014/.. (since 2014)", "2014/ (from 2014, end not known)"), "2014"),
        ("2014-05", "held", ("2014-05/..", "2014-05/"), "2014-05"),
        ("early 2014", "happened", ("names a part of a year", "2014"), "2014"),
    ],
)
def test_a_date_of_several_readings_is_asked_about_once(desk, ground, when, sense, named, kept):
    fields = typed(desk, when=when, sense=sense)
    response = desk.post(add_page(), fields)
    (said,) = response.context["adminform"].form.errors["when"]
    assert all(one in said for one in named)
    assert not Claim.objects.filter(statement=SENTENCE).exists()
    assert desk.post(add_page(), sent_again(response, fields)).status_code == 302
    assert Claim.objects.get(pk="rg-0002").when == kept


def test_a_date_that_was_never_edtf_is_asked_about_until_it_is_said(desk, ground):
    fields = typed(desk, when="03/04/2014")
    response = desk.post(add_page(), fields)
    assert "2014-04-03 (3 April 2014); 2014-03-04 (4 March 2014)" in errors(response)[0]
    response = desk.post(add_page(), sent_again(response, fields))
    assert response.status_code == 200
    assert desk.post(add_page(), sent_again(response, fields, when="2014-04-03")).status_code == 302
    assert Claim.objects.get(pk="rg-0002").when == "2014-04-03"


def test_leave_for_one_date_is_none_for_another(desk, ground):
    fields = typed(desk, when="2014", sense="held")
    response = desk.post(add_page(), fields)
    again = sent_again(response, fields, when="2015")
    assert "2015/.." in errors(desk.post(add_page(), again))[0]


def test_a_response_is_dated_as_the_text_has_it(desk, ground):
    fields = typed(desk, response="printed", response_date="May 2024")
    assert desk.post(add_page(), fields).status_code == 302
    assert Claim.objects.get(pk="rg-0002").response_date == "2024-05"


@pytest.mark.parametrize("sense", ["held", "happened"])
def test_a_stored_date_is_told_in_words_and_not_read_again(desk, ground, sense):
    factory.load(factory.make_claim("rg-0002", when="2005-06", sense=sense))
    page = claim_page("rg-0002")
    assert "Saved as: June 2005." in desk.get(page).content.decode()
    assert desk.post(page, {**served(desk, page), "statement": "Other words."}).status_code == 302
    assert Claim.objects.get(pk="rg-0002").when == "2005-06"


def test_a_stored_date_that_is_now_said_to_have_held_is_asked_about(desk, ground):
    factory.load(factory.make_claim("rg-0002", when="2005-06", sense="happened"))
    fields = {**served(desk, claim_page("rg-0002")), "sense": "held"}
    response = desk.post(claim_page("rg-0002"), fields)
    assert "2005-06/.. (since June 2005)" in errors(response)[0]
    assert desk.post(claim_page("rg-0002"), sent_again(response, fields)).status_code == 302
    assert Claim.objects.get(pk="rg-0002").when == "2005-06"


def test_an_overlong_statement_is_told_in_plain_words(desk, ground):
    response = desk.post(add_page(), typed(desk, statement="x" * 5001))
    assert "Is too long: 5000 characters at most." in errors(response)


def test_where_a_silence_says_not_stated_the_desk_warns(desk, ground):
    factory.load(factory.make_silence(topic="origins", aspect="founded"))
    response = desk.post(add_page(), typed(desk), follow=True)
    content = response.content.decode()
    assert 'Silence <a href="/admin/profiles/silence/rg-s01/change/">rg-s01</a> says “not stated”' in content


def test_without_a_silence_there_is_no_warning(desk, ground):
    factory.load(factory.make_silence())
    assert "says “not stated”" not in desk.post(add_page(), typed(desk), follow=True).content.decode()


def test_the_passage_stands_beside_the_statement(desk, ground):
    page = desk.get(claim_page("rg-0001")).content.decode()
    assert "<mark>The River Guards were founded in around 2013</mark>" in page
    assert " by Salim Nasser in the town of Marwa." in page


def test_a_passage_that_is_not_at_hand_is_told(desk, db):
    factory.load(*factory.make_ground())
    assert "Passage not at hand" in desk.get(claim_page("rg-0001")).content.decode()


def test_add_another_goes_on_with_the_same_subject_and_version(desk, ground):
    fields = typed(desk, **typed_citation(), _addanother="1")
    response = desk.post(add_page(), fields)
    assert response.url == (
        "/admin/profiles/claim/add/?subject=rg&kind=statement&aspect=origins.founded&version=src-0001-v1&again=1"
    )


def test_a_claim_is_asked_whose_it_is(desk, ground):
    response = desk.get("/admin/profiles/designation/add/")
    assert "whose?" in response.content.decode()
    assert desk.get("/admin/profiles/designation/add/?subject=rg").status_code == 200


def test_the_reviewer_reads_and_may_not_save(review_desk, desk, ground):
    fields = served(desk, claim_page("rg-0001"))
    assert review_desk.get(claim_page("rg-0001")).status_code == 200
    assert review_desk.post(claim_page("rg-0001"), {**fields, "statement": "Other."}).status_code == 403
    assert Claim.objects.get(pk="rg-0001").statement != "Other."
