"""The profile page: footnotes both ways, disagreement side by side, silence in words, nothing breaks out."""

import re

import pytest

from tests import factory

pytestmark = pytest.mark.django_db
OFFICIALS = (("spk-0001",),)


def page(client, *documents, path="/groups/river-guards/"):
    factory.publish(*factory.make_ground(), *documents)
    return client.get(path).content.decode()


def words(html):
    """The text of a page, without tags and runs of spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def section(html, topic):
    return html[html.index(f'<h2 id="{topic}"') :].split("<h2 ", 2)[1]


def founded(uid="rg-0002", when="2013~", **values):
    return factory.make_claim(
        uid,
        values.pop("statement", f"An article of May 2024 puts the founding of the River Guards at {when}."),
        topic="origins",
        aspect="founded",
        when=when,
        sense="happened",
        **values,
    )


def strength(**values):
    return factory.make_claim(
        "rg-0003",
        "Two officials have put the strength of the River Guards at about 2,000 fighters.",
        kind="strength",
        topic="strength",
        aspect="fighters",
        precision="about",
        low=2000,
        counted="fighters",
        voice="attributed",
        citations=(
            factory.make_citation(
                "rg-0003", "have about 2,000 fighters, two officials said", voice="attributed", speakers=OFFICIALS
            ),
        ),
        **values,
    )


def test_every_mark_leads_to_a_note_and_every_note_back_to_each_mark(client):
    html = page(client, founded(), founded("rg-0004", "2013", statement="The article dates it to 2013."))
    marks = dict(re.findall(r'<a id="(r\d+-\d+)" href="#(n\d+)"', html))
    notes = dict(re.findall(r'<li id="(n\d+)">(.*?)</li>', html, re.DOTALL))
    backs = {note: re.findall(r'href="#(r\d+-\d+)"', text) for note, text in notes.items()}
    assert marks and set(marks.values()) == set(notes)
    assert {ref: note for note, refs in backs.items() for ref in refs} == marks
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_one_passage_cited_alike_by_two_claims_is_one_note(client):
    html = page(client, founded(), founded("rg-0004", "2013", statement="The article dates it to 2013."))
    # The name, and the founding: each passage once, though three claims cite them.
    assert len(re.findall(r'<li id="n\d+">', html)) == 1


def test_a_note_says_which_passage_of_which_version_of_what_says_it_how(client):
    html = page(client, strength(), factory.make_speaker())
    note = next(text for text in re.findall(r'<li id="n\d+">(.*?)</li>', html, re.DOTALL) if "attributed" in text)
    told = words(note).strip()
    assert told.startswith("1 Who are the River Guards?, paragraph 3 of 7. Heard: two officials.")
    assert "attributed · dated 3 May 2024, 10:00 (zone not stated) · captured 1 June 2024 · passage" in told
    assert told.endswith("back to a b")


def test_a_voice_that_is_not_the_sources_own_is_labelled_wherever_the_value_stands(client):
    html = page(client, strength(), factory.make_speaker())
    label = '<a class="voice voice-attributed" href="/about/words/#voice-attributed">attributed</a>'
    assert html.count(label) == 2
    assert "attributed: two officials" in words(section(html, "strength"))
    glance = words(section(html, "glance"))
    assert "Fighters about 2,000 fighters attributed" in glance


def test_what_was_not_found_and_what_nobody_looked_for_are_told_apart(client):
    html = page(client, factory.make_silence(topic="leadership", aspect="leader"))
    glance = words(section(html, "glance"))
    assert "Not stated in the 1 source read Leader Not researched yet Type, legal status, founded," in glance
    unsaid = words(section(html, "not-stated"))
    assert (
        "Not stated in the 1 source read. A source’s silence is not a “no”. Read: Who are the River Guards?" in unsaid
    )
    assert "Leadership Leader." in unsaid
    unresearched = words(html[html.index("Nobody has looked yet") :]).split(".")[0]
    assert "founded" in unresearched
    assert "leader," not in unresearched


def test_a_silence_beside_a_claim_speaks_of_the_sources_searched_alone(client):
    html = page(client, founded("rg-0002", "2013"), factory.make_silence(topic="origins", aspect="founded"))
    told = words(section(html, "origins"))
    assert "Not stated in Who are the River Guards? Founded." in told
    assert "source read" not in words(html)


def test_a_silence_that_names_no_source_is_left_out_beside_a_claim(client):
    silence = factory.make_silence(topic="origins", aspect="founded", searched=())
    assert "Not stated" not in words(page(client, founded("rg-0002", "2013"), silence))


def test_statements_that_disagree_stand_in_one_figure(client):
    one = founded("rg-0002", "2013", standing="contested", conflicts_with=("rg-0004",))
    two = founded("rg-0004", "2014", standing="contested", conflicts_with=("rg-0002",))
    html = page(client, one, two)
    figures = re.findall(r'<figure class="dispute">(.*?)</figure>', html, re.DOTALL)
    assert len(figures) == 1
    assert 'id="rg-0002"' in figures[0] and 'id="rg-0004"' in figures[0]
    assert "Both are printed; neither is preferred." in figures[0]
    assert "contested" in words(section(html, "glance"))


def test_a_statement_of_another_profile_that_disagrees_is_shown_with_its_place(client):
    other = factory.make_claim(
        "hb-0002",
        "The article says that the Harbour Brigade came first.",
        topic="origins",
        aspect="founded",
        when="2012",
        sense="happened",
        conflicts_with=("rg-0002",),
    )
    html = page(
        client,
        founded(conflicts_with=("hb-0002",)),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        other,
    )
    figure = re.search(r'<figure class="dispute">(.*?)</figure>', html, re.DOTALL)[1]
    assert "came first" in words(figure)
    assert '<a href="/groups/harbour-brigade/#hb-0002">' in figure
    assert 'id="hb-0002"' not in html


def test_a_retracted_claim_is_struck_with_its_reason_and_has_no_value(client):
    html = page(client, founded(standing="retracted", standing_note="The passage is about others."))
    origins = section(html, "origins")
    assert "<del><bdi" in origins
    assert "Retracted: The passage is about others." in words(origins)
    assert "Not researched yet Type, legal status, founded, came out of" in words(section(html, "glance"))


def test_a_listing_shows_its_steps_and_that_it_is_no_screening_list(client):
    quote = "The harbour authority listed the River Guards in 2019"
    html = page(
        client,
        factory.make_claim(
            "rg-0005",
            "The River Guards were listed in 2019; the article does not name the list.",
            kind="designation",
            topic="designations",
            aspect="listings",
            as_stated="listed",
            evidence="secondary",
            quote=quote,
        ),
        factory.make_claim(
            "rg-0006",
            "The article dates the listing of the River Guards to 2019.",
            kind="step",
            topic="designations",
            aspect="listings",
            designation="rg-0005",
            step="listed",
            when="2019",
            sense="happened",
            quote=quote,
        ),
    )
    listing = section(html, "designations")
    assert "Authority not stated" in words(listing)
    assert "As stated“listed”" in words(listing)
    assert '<p class="when">2019 <span class="label">listed</span></p>' in listing
    assert "Not a screening list" in words(listing)
    assert "Listings authority not stated “listed”, 2019" in words(section(html, "glance"))


def test_an_accusation_stands_with_its_answer_and_outcome_on_the_page_of_the_accused(client):
    html = page(
        client,
        factory.make_speaker(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_event(),
        factory.make_claim(
            "sm-0001",
            "Officials accuse Salim Nasser of having “ordered” the shelling of Marwa.",
            kind="part",
            part="accused",
            about="sn",
            topic="attributions",
            aspect="accused",
            voice="alleged",
            when="2016",
            sense="happened",
            response="not_sought",
            outcome="The article gives none.",
            citations=(
                factory.make_citation(
                    "sm-0001",
                    "Officials accuse Salim Nasser of ordering the shelling of Marwa",
                    voice="alleged",
                    speakers=OFFICIALS,
                ),
            ),
        ),
        path="/people/salim-nasser/",
    )
    conduct = words(section(html, "conduct"))
    assert "alleged: two officials" in conduct
    assert "response: not sought by the desk" in conduct
    assert "outcome: The article gives none" in conduct


def test_names_in_other_scripts_are_isolated_and_turned(client):
    html = page(
        client,
        factory.make_name("rg-0002", "حراس النهر", "original_script", language="ar", quote="حراس النهر جماعة مسلحة"),
    )
    assert '<p class="scripts"><bdi lang="ar" dir="rtl">حراس النهر</bdi></p>' in html


def test_the_page_says_how_its_edition_was_reviewed(client):
    html = page(client)
    assert "Reviewed and approved by a second person of the desk." in html
    assert '<a href="/groups/river-guards.json">JSON</a>' in html
    assert "SHA-256 " in html


HOSTILE = "<script>alert(1)</script> \u202egnp.exe {{ 7*7 }} {% raw %} \" onload='x"


def test_hostile_words_are_only_words(client):
    html = page(
        client,
        factory.make_claim("rg-0002", f"The article says {HOSTILE} of the River Guards."),
        factory.make_group("rg", HOSTILE, "river-guards"),
        factory.make_name("rg-0001", HOSTILE, quote="The River Guards"),
    )
    assert re.findall("<script[^>]*>", html) == [
        f'<script src="/static/js/{name}.js" defer>' for name in ("suggest", "notes")
    ]
    assert " onload='x" not in html
    assert "{{ 7*7 }}" in html
    title = re.search(r"<title>(.*?)</title>", html)[1]
    assert "\u202e" not in title
    outside = re.sub(r"<bdi[^>]*>.*?</bdi>", "", html, flags=re.DOTALL)
    assert "\u202e" not in outside


def test_a_chain_of_disagreements_is_one_figure_and_no_statement_stands_twice(client):
    # Its two ends may both be right: what says otherwise must be linked.
    links = {"rg-0002": ("rg-0004",), "rg-0004": ("rg-0002", "rg-0005"), "rg-0005": ("rg-0004",)}
    html = page(
        client,
        *(
            founded(uid, when, standing="contested", conflicts_with=others)
            for when, (uid, others) in zip(("2010", "2012", "2010-06"), links.items(), strict=True)
        ),
    )
    figures = re.findall(r'<figure class="dispute">(.*?)</figure>', html, re.DOTALL)
    assert len(figures) == 1
    assert re.findall(r'<div class="claim" id="(rg-\d+)"', figures[0]) == ["rg-0002", "rg-0004", "rg-0005"]
    assert "All are printed; none is preferred." in figures[0]
