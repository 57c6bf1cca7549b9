"""Words selected in a version are pinned for a claim: proposed, checked, saved as one revision, refused in place."""

import html
import json
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from profiles.editorial.mapping import read_rows
from profiles.models import Claim, Revision, Speaker
from profiles.values import anchors
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import attach, signed_in
from tests.admin.forms import add_page, errors, served

CITE = "/admin/profiles/sourceversion/src-0001-v1/cite/"
STRENGTH = "They are led by Salim Nasser, and have about 2,000 fighters, two officials said."
FOUNDED = "founded in around 2013 by Salim Nasser"


def place_of(words, text=factory.ARTICLE):
    """What the script sends of a selection."""
    at = text.index(words)
    paragraph = anchors.paragraph_at(text, at)
    first = at - (text.rfind("\n", 0, at) + 1)
    return {"paragraph": paragraph, "first": first, "last": first + len(words), "words": words}


def panel(client, words=FOUNDED, **more):
    """The form as proposed for these words."""
    response = client.get(CITE, {**place_of(words), **more}, headers={"X-Reading": "1"})
    assert response.status_code == 200
    return response.context["form"]


def typed(client, words=FOUNDED, **values):
    """What a browser would post."""
    form = panel(client, words)
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in fields.items() if value is not None and value is not False}
    return {**fields, "statement": "An article puts the founding of the River Guards at around 2013.", **values}


def post(client, fields, **headers):
    return client.post(CITE, fields, headers={"X-Reading": "1", **headers})


# -- what is proposed ----------------------------------------------------------------------------------


def test_a_passage_proposes_subject_aspect_date_and_voice(desk, ground):
    factory.load(factory.make_person())
    form = panel(desk, "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa.")
    proposed = {name: form[name].value() for name in ("subject", "aspect", "when", "sense", "voice", "bearing", "mode")}
    assert proposed == {
        "subject": "rg",
        "aspect": "origins.founded",
        "when": "2013~",
        "sense": "happened",
        "voice": "stated",
        "bearing": "supports",
        "mode": "new",
    }


def test_a_passage_proposes_number_and_speaker(desk, ground):
    factory.load(factory.make_speaker())
    form = panel(desk, "have about 2,000 fighters, two officials said")
    proposed = {name: form[name].value() for name in ("aspect", "number", "voice", "speakers", "when", "sense")}
    assert proposed == {
        "aspect": "strength.fighters",
        "number": "about 2,000 fighters",
        "voice": "attributed",
        "speakers": "two officials [spk-0001]",
        "when": "",
        "sense": "as_of",
    }


def test_who_is_heard_without_a_name_is_proposed_to_be_added(desk, ground):
    words = "have about 2,000 fighters, two officials said"
    form = panel(desk, words)
    names = ("voice", "speakers", "new_speaker", "anonymous")
    assert [form[name].value() for name in names] == ["attributed", "two officials", "official", "on"]
    assert post(desk, typed(desk, words, subject="rg")).status_code == 200
    speaker = Speaker.objects.get()
    assert (speaker.label, speaker.kind, speaker.anonymous) == ("two officials", "official", True)
    # Known from now on, so not to be added again.
    assert [panel(desk, words)[name].value() for name in names[1:]] == ["two officials [spk-0001]", None, None]


def test_they_are_those_whom_the_paragraph_names_before(desk, ground):
    text = "The River Guards were founded by Salim Nasser in Marwa. They have about 2,000 fighters."
    factory.load(
        factory.make_person(),
        factory.make_source("src-0002", slug="two"),
        factory.make_version("src-0002-v1", text=text),
    )
    attach("src-0002-v1", text)
    place = place_of("They have about 2,000 fighters.", text)
    response = desk.get(CITE.replace("0001", "0002"), place, headers={"X-Reading": "1"})
    assert [(one.uid, one.where, one.aspect) for one in response.context["proposed"].subjects] == [
        ("rg", "Named in the paragraph", "strength.fighters"),
        ("sn", "Named in the paragraph", ""),
    ]
    form = response.context["form"]
    assert (form["subject"].value(), form["number"].value()) == ("rg", "about 2,000 fighters")


def test_a_name_in_any_spelling_proposes_its_profile(desk, ground):
    factory.load(
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("rg-0002", "حراس النهر", "original_script", language="ar", quote="حراس النهر جماعة مسلحة"),
    )
    assert panel(desk, "حراس النهر جماعة مسلحة تأسست عام 2013.")["subject"].value() == "rg"


def test_claims_of_those_named_are_offered_and_found_by_words_or_by_a_name(desk, ground):
    factory.load(
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Kata'ib al-Mina", quote="Salim Nasser"),
        factory.make_claim("hb-0002", "The brigade began in 2011."),
        factory.make_claim("rg-0002", "They began around 2013.", topic="origins", aspect="founded"),
    )

    def offered(words="The River Guards were " + FOUNDED, **more):
        response = desk.get(CITE, {**place_of(words), **more}, headers={"X-Reading": "1"})
        return [one.claim.uid for one in response.context["offered"]]

    assert offered() == ["rg-0002", "rg-0001"]
    assert offered(offer="began brigade") == ["hb-0002"]
    assert offered(offer="kataib") == ["hb-0001", "hb-0002"]
    assert offered(offer="kataib 2011") == ["hb-0002"]
    assert offered(offer="nothing such") == []


# -- a new claim -------------------------------------------------------------------------------------------


def test_a_new_claim_is_saved_with_its_passage_in_one_revision(desk, ground):
    before = Revision.objects.count()
    response = post(desk, typed(desk, "The River Guards were founded in around 2013"))
    assert response.status_code == 200
    claim = read_rows(["rg-0002"])["rg-0002"]
    start = factory.ARTICLE.index("The River Guards were founded")
    words = "The River Guards were founded in around 2013"
    assert (claim.kind, claim.subject, claim.topic, claim.aspect, claim.when, claim.sense, claim.voice) == (
        "statement", "rg", "origins", "founded", "2013~", "happened", "stated",
    )  # fmt: skip
    (citation,) = claim.citations
    assert (citation.uid, citation.paragraph, citation.start, citation.end) == (
        "rg-0002-c1", 1, start, start + len(words),
    )  # fmt: skip
    assert citation.passage_sha256 == docs.sha256(words.encode())
    assert Revision.objects.count() == before + 1
    assert (Revision.objects.first().by, Revision.objects.first().act) == (cast.editor(), "save")
    answer = json.loads(response.content)
    assert answer["number"] == 1
    assert "rg-0002" in answer["paragraph"] and 'id="p1"' in answer["paragraph"]
    assert "rg-0002-c1" in answer["said"]
    assert "2 claims" in answer["counts"]


def test_a_number_on_an_aspect_of_strength_makes_a_claim_of_strength(desk, ground):
    factory.load(factory.make_speaker())
    words = "have about 2,000 fighters, two officials said"
    said = "Two officials put the strength of the River Guards at about 2,000 fighters."
    assert post(desk, typed(desk, words, statement=said, subject="rg")).status_code == 200
    claim = read_rows(["rg-0002"])["rg-0002"]
    assert (claim.kind, claim.precision, claim.low, claim.counted) == ("strength", "about", 2000, "fighters")
    assert claim.citations[0].speakers == (("spk-0001",),)


def test_a_speaker_who_is_not_known_is_added_where_it_is_said_of_what_kind(desk, ground):
    words = "have about 2,000 fighters, two officials said"
    fields = typed(desk, words, subject="rg", speakers="two officials", new_speaker="")
    del fields["anonymous"]
    response = post(desk, fields)
    assert response.status_code == 422
    assert "No speaker is called “two officials”" in response.content.decode()
    assert not Speaker.objects.exists()
    assert post(desk, {**fields, "new_speaker": "official", "anonymous": "on"}).status_code == 200
    speaker = Speaker.objects.get()
    assert (speaker.label, speaker.kind, speaker.anonymous) == ("two officials", "official", True)
    assert read_rows(["rg-0002"])["rg-0002"].citations[0].speakers == ((speaker.pk,),)
    assert sorted(Revision.objects.first().entries.values_list("uid", flat=True)) == ["rg-0002", speaker.pk]


def test_another_subject_is_found_by_any_of_its_names(desk, ground):
    factory.load(factory.make_person(), factory.make_name("sn-0001", "Sālim Nāṣir", "alias", quote="Salim Nasser"))
    fields = typed(desk, other_subject="salim nasir", aspect="roles.founded")
    assert post(desk, fields).status_code == 200
    assert read_rows(["sn-0002"])["sn-0002"].subject == "sn"
    response = post(desk, {**fields, "other_subject": "nobody"})
    assert "No profile is called “nobody”" in response.content.decode()


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"statement": " "}, "A new claim needs this"),
        ({"subject": ""}, "Say whose claim it is"),
        ({"aspect": "roles.leads"}, "Choose an aspect of a group"),
        ({"when": "in the days of old"}, "is not a date we can read"),
        ({"when": "2005-06"}, "2005-06"),
        ({"sense": ""}, "A new claim needs this"),
        ({"number": "2,000"}, "Say what is counted"),
        ({"number": "many %"}, "share"),
        ({"voice": "attributed", "speakers": ""}, "An attributed passage names its speakers"),
        ({"voice": ""}, "This field is required"),
        ({"words": "other words altogether"}, "Other words stand at that place"),
        ({"last": "4000"}, "is outside paragraph 1"),
        ({"paragraph": "1", "first": "-3"}, "is outside paragraph 1"),
    ],
)
def test_what_is_wrong_is_told_in_place_and_nothing_is_written(desk, ground, over, said):
    before = (Revision.objects.count(), read_rows())
    response = post(desk, typed(desk, subject="rg", aspect="origins.founded") | over)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert (Revision.objects.count(), read_rows()) == before
    if "form" in response.context and "statement" not in over:
        assert response.context["form"]["statement"].value().startswith("An article puts")


def test_a_date_with_several_readings_is_asked_about_once(desk, ground):
    fields = typed(desk, subject="rg", aspect="origins.founded", when="2014", sense="held")
    response = post(desk, fields)
    assert response.status_code == 422
    assert "2014/.." in response.content.decode()
    again = {**fields, "date_asked": response.context["form"]["date_asked"].value()}
    assert post(desk, again).status_code == 200
    assert read_rows(["rg-0002"])["rg-0002"].when == "2014"


def test_a_silence_that_the_claim_answers_is_told(desk, ground):
    factory.load(factory.make_silence("rg-s01", topic="origins", aspect="founded"))
    response = post(desk, typed(desk, "The River Guards were founded in around 2013"))
    assert "rg-s01" in json.loads(response.content)["said"]


# -- a claim that is there ---------------------------------------------------------------------------------


def existing(client, uid="rg-0001", **values):
    claim = read_rows([uid])[uid]
    return typed(client, mode="existing", claim=f"{uid} {docs.digest(claim)}", statement="", **values)


def test_a_passage_is_added_to_a_claim_that_is_there(desk, public):
    was = read_rows(["rg-0001"])["rg-0001"]
    assert post(desk, existing(desk)).status_code == 200
    now = read_rows(["rg-0001"])["rg-0001"]
    assert now.citations[:1] == was.citations
    assert (now.citations[1].uid, now.citations[1].paragraph) == ("rg-0001-c2", 1)
    assert (now.statement, now.voice) == (was.statement, was.voice)
    assert now.salt != was.salt
    assert Revision.objects.first().reason == "Rests on a further passage."


def test_a_published_claim_is_changed_only_with_a_reason(desk, public):
    response = post(desk, existing(desk, reason=""))
    assert response.status_code == 422
    assert "This has been published: say why you change it." in response.content.decode()


def test_a_claim_that_somebody_saved_meanwhile_is_not_changed_unseen(desk, ground):
    fields = existing(desk)
    factory.load(factory.make_name(statement="Changed meanwhile."), by=cast.reviewer())
    response = post(desk, fields)
    assert response.status_code == 409
    assert "Somebody has saved this claim meanwhile" in response.content.decode()
    assert len(read_rows(["rg-0001"])["rg-0001"].citations) == 1


@pytest.mark.parametrize(
    ("claim", "said"),
    [("", "Choose the claim"), ("rg-0077 abc", "There is no claim rg-0077"), ("rg abc", "There is no claim rg")],
)
def test_a_claim_must_be_there(desk, ground, claim, said):
    response = post(desk, {**existing(desk), "claim": claim})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_one_passage_is_not_cited_twice_for_one_claim(desk, ground):
    fields = typed(desk, "The River Guards were founded in around 2013", mode="existing", statement="")
    response = post(desk, {**fields, "claim": f"rg-0001 {docs.digest(read_rows(['rg-0001'])['rg-0001'])}"})
    assert "cites this very passage already" in response.content.decode()


# -- without scripts -----------------------------------------------------------------------------------------


def test_without_scripts_a_passage_is_chosen_by_sentence_or_by_quoted_words(desk, ground):
    page = desk.get(CITE, {"paragraph": "1"}).content.decode()
    sentence = "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa."
    link = f"{CITE}?paragraph=1&amp;first=0&amp;last={len(sentence)}"
    assert f'<a href="{link}" dir="auto">{sentence}</a>' in page
    assert desk.get(link.replace("&amp;", "&")).context["place"].words == sentence
    quoted = desk.get(CITE, {"paragraph": "1", "quote": "in the town  of Marwa"})
    assert quoted.context["place"].words == "in the town of Marwa"
    wrong = desk.get(CITE, {"paragraph": "1", "quote": "in the city of Marwa"})
    assert wrong.status_code == 422
    assert "These words are not in the text" in wrong.content.decode()
    assert "in the city of Marwa" in wrong.content.decode()
    assert desk.get(CITE, {"paragraph": "99"}).status_code == 404


def test_without_scripts_saving_leads_back_to_the_paragraph(desk, ground):
    response = desk.post(CITE, typed(desk, "The River Guards were founded in around 2013"))
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:profiles_sourceversion_change", args=["src-0001-v1"]) + "#p1"
    assert "rg-0002-c1" in desk.get(response["Location"]).content.decode()


def test_without_scripts_claims_are_looked_for_and_nothing_typed_is_lost(desk, ground):
    factory.load(factory.make_claim("rg-0002", "The brigade began in 2011."))
    fields = typed(desk, mode="existing", find="brigade", statement="Half a sen", voice="reported", _find="1")
    response = desk.post(CITE, fields)
    assert [one.claim.uid for one in response.context["offered"]] == ["rg-0002"]
    form = response.context["form"]
    assert [form[name].value() for name in ("statement", "voice", "mode")] == ["Half a sen", "reported", "existing"]


def test_the_whole_form_is_opened_with_the_passage_in_place(desk, ground):
    start = factory.ARTICLE.index(FOUNDED)
    page = add_page("name", version="src-0001-v1", start=start, end=start + len(FOUNDED))
    fields = served(desk, page)
    assert (fields["citations-0-version"], fields["citations-0-start"]) == ("src-0001-v1", str(start))
    fields |= {
        "statement": "It has been called so.", "name": "The Guards", "name_sort": "alias", "sense": "as_of",
        "voice": "stated", "citations-0-bearing": "supports", "citations-0-voice": "stated",
    }  # fmt: skip
    response = desk.post(page, fields)
    assert response.status_code == 302, errors(response)
    (citation,) = read_rows(["rg-0002"])["rg-0002"].citations
    assert (citation.start, citation.passage_sha256) == (start, anchors.digest(FOUNDED))


# -- who, and at what cost ---------------------------------------------------------------------------------


def test_who_writes_no_claims_pins_nothing(review_desk, desk, ground):
    assert review_desk.get(CITE, {"paragraph": "1"}).status_code == 403
    assert post(review_desk, typed(desk)).status_code == 403
    assert Claim.objects.count() == 1
    content = review_desk.get("/admin/profiles/sourceversion/src-0001-v1/change/").content.decode()
    assert "reader-cite" not in content and "data-cite" not in content


def test_without_the_text_nothing_is_pinned(desk, db):
    factory.load(*factory.make_ground())
    assert desk.get(CITE, {"paragraph": "1"}).status_code == 404


def test_hostile_words_are_escaped_in_the_panel(desk, ground):
    text = "<script>alert(1)</script> said <b>so</b>."
    factory.load(factory.make_source("src-0002", slug="two"), factory.make_version("src-0002-v1", text=text))
    attach("src-0002-v1", text)
    page = desk.get(CITE.replace("0001", "0002"), {"paragraph": "0", "first": "0", "last": str(len(text))})
    content = page.content.decode()
    assert "<script>alert" not in content and "<b>so" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; said &lt;b&gt;so&lt;/b&gt;." in content


def test_a_session_that_has_ended_keeps_what_was_typed(desk, ground):
    fields = typed(desk)
    desk.logout()
    response = post(desk, fields)
    assert response.status_code == 403
    assert "X-Reading" not in response.headers
    desk.force_login(cast.editor())
    assert post(desk, fields).status_code == 200


@pytest.mark.parametrize("number", [3, 300])
def test_panel_and_save_cost_the_same_however_much_there_is(
    desk, ground, django_assert_num_queries, django_assert_max_num_queries, number
):
    factory.load(
        *(factory.make_group(f"g{n:04d}", f"Group {n}") for n in range(number)),
        *(factory.make_name(f"g{n:04d}-0001", f"Group {n}") for n in range(number)),
        *(factory.make_claim(f"rg-{n:04d}") for n in range(2, number + 2)),
    )
    ContentType.objects.clear_cache()
    fields = typed(desk, "The River Guards were founded in around 2013")
    with django_assert_num_queries(16):
        panel(desk, "The River Guards were founded in around 2013")
    with django_assert_max_num_queries(30):
        assert post(desk, fields).status_code == 200


def test_a_contributor_pins_too(ground):
    client = signed_in(cast.make_user("carla", "contributor"))
    assert post(client, typed(client)).status_code == 200


def test_another_kind_of_claim_takes_along_what_is_proposed(desk, ground):
    factory.load(factory.make_person(), factory.make_speaker(), factory.make_name("sn-0001", "Salim Nasser"))
    words = "They are led by Salim Nasser, and have about 2,000 fighters, two officials said."
    content = desk.get(CITE, place_of(words), headers={"X-Reading": "1"}).content.decode()
    (href,) = [
        html.unescape(one) for one in re.findall(r'data-carry href="([^"]+)"', content) if "kind=membership" in one
    ]
    response = desk.get(href)
    assert response.status_code == 200
    form, (citation,) = response.context_data["adminform"].form, response.context_data["formset"].forms
    at = factory.ARTICLE.index(words)
    found = {
        name: citation[name].value() for name in ("version", "start", "end", "voice", "bearing", "speakers", "part")
    }
    assert found == {
        "version": "src-0001-v1", "start": str(at), "end": str(at + len(words)), "voice": "attributed",
        "bearing": "supports", "speakers": "two officials [spk-0001]", "part": "body",
    }  # fmt: skip
    assert (form["voice"].value(), form["sense"].value()) == ("attributed", "as_of")
    assert citation.fields["quote"].widget.attrs["placeholder"] == words
