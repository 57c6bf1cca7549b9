"""An editor with forty claims to enter: keys alone, dates and numbers told while they are typed, nothing lost."""

import pytest

from profiles.editorial.mapping import read_rows
from tests import cast, factory

from .axe import axe, in_both

FOUNDED = "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa."
STRENGTH = "They are led by Salim Nasser, and have about 2,000 fighters, two officials said."
ADD = "/admin/profiles/claim/add/?kind=statement&subject=rg"


def paste(page, words):
    """As a paste does it: at once, in the passage, which has the focus as soon as the form is ready."""
    page.wait_for_selector("#id_citations-0-quote:focus")
    page.keyboard.insert_text(words)
    page.wait_for_selector("#id_citations-0-quote-told span")


def test_a_plain_claim_is_passage_sentence_aspect_enter(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    for number, (quote, sentence) in enumerate([(FOUNDED, "A."), (STRENGTH, "B."), (FOUNDED, "C.")]):
        paste(page, quote)
        page.keyboard.press("Enter")
        page.keyboard.type(f"{sentence} An article says so.")
        page.keyboard.press("Enter")
        if number == 0:
            page.keyboard.type("Founded")
        with page.expect_navigation():
            page.keyboard.press("Enter" if number else "Control+Shift+Enter")
    rows = read_rows(["rg-0002", "rg-0003", "rg-0004"])
    found = [
        (
            row.statement[:2],
            row.topic,
            row.aspect,
            row.voice,
            row.sense,
            row.citations[0].bearing,
            row.citations[0].voice,
        )
        for row in rows.values()
    ]
    assert found == [
        ("A.", "origins", "founded", "stated", "happened", "supports", "stated"),
        # Whatever the tense of its passage: what is filed as a founding happened.
        ("B.", "origins", "founded", "attributed", "happened", "supports", "attributed"),
        ("C.", "origins", "founded", "stated", "happened", "supports", "stated"),
    ]
    assert rows["rg-0003"].citations[0].speakers == (("spk-0001",),)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("around 2013", "around 2013 2013~"),
        ("June 2014", "June 2014 2014-06"),
        ("by 2014", "2014 or earlier [..2014]"),
        ("since 2023", "since 2023 2023/.."),
        ("2005-2006", "some time from 2005 to the end of 2006 2005/2006"),
        ("until 2020", "until 2020, start not known /2020"),
        ("2005-06", "Which is meant? June 2005 2005-06 some time from 2005 to the end of 2006 2005/2006"),
        (
            "two weeks ago",
            "“two weeks ago” is counted from the day of writing: write the date that it means, and mark it derived",
        ),
    ],
)
def test_dates_are_told_in_words_while_they_are_typed(desk, typed, told):
    page = desk(cast.editor())
    page.goto(ADD)
    page.fill("#id_when", typed)
    page.wait_for_selector("#id_when-told *")
    said = " ".join(page.inner_text("#id_when-told").split())
    assert said == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("thousands", "thousands (no bounds: only the word is kept)"),
        ("about 50,000", "about 50,000"),
        ("7,000-10,000", "7,000 to 10,000"),
        ("at least 5", "at least 5"),
    ],
)
def test_numbers_are_told_in_words_and_kept(desk, typed, told):
    page = desk(cast.editor())
    page.goto(ADD.replace("statement", "strength"))
    page.fill("#id_number", typed)
    page.wait_for_selector("#id_number-told *")
    assert page.inner_text("#id_number-told") == told


def test_what_the_words_do_not_tell_is_asked_before_the_form_is_sent(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    paste(page, "They are led by Salim Nasser")
    page.wait_for_selector("#id_sense[data-proposed='the passage']")
    page.keyboard.press("Enter")
    page.keyboard.type("An article names Salim Nasser.")
    page.keyboard.press("Enter")
    page.keyboard.type("Place of founding")
    page.wait_for_selector("#id_sense[data-proposed='the aspect']")
    assert [page.input_value(f"#id_{name}") for name in ("aspect_key", "sense")] == ["origins.place", "happened"]
    page.select_option("#id_aspect_key", "identity.type")
    page.wait_for_selector("#id_sense[data-proposed='the passage']")
    page.fill("#id_citations-0-quote", "by Salim Nasser in the town of Marwa")
    page.wait_for_selector("#id_sense:not([data-proposed])")
    page.focus("#id_aspect_key")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_sense-told:has-text('The words do not tell')")
    assert page.evaluate("document.activeElement.id") == "id_sense"
    page.keyboard.type("as")
    page.keyboard.press("Enter")
    page.wait_for_url("**/group/rg/change/#rg-0002")
    row = read_rows(["rg-0002"])["rg-0002"]
    assert (row.topic, row.aspect, row.sense) == ("identity", "type", "as_of")


def test_a_voice_that_was_proposed_goes_when_the_passage_becomes_an_arabic_one(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    paste(page, FOUNDED)
    assert [page.input_value(f"#id_{name}") for name in ("voice", "citations-0-voice")] == ["stated", "stated"]
    page.fill("#id_citations-0-quote", "حراس النهر جماعة مسلحة")
    page.wait_for_selector("#id_voice:not([data-proposed])")
    assert [page.input_value(f"#id_{name}") for name in ("voice", "citations-0-voice")] == ["", ""]


def test_who_is_chosen_while_a_proposal_of_the_same_comes_in_stays_chosen(desk):
    page, held = desk(cast.editor()), []
    page.route("**/claim/entry/", lambda route: held.append(route))
    page.goto(ADD)
    with page.expect_request("**/claim/entry/"):
        page.fill("#id_citations-0-quote", STRENGTH)
    page.click(".field-heard .select2-selection")
    page.wait_for_selector(".select2-results__option:has-text('two officials')")
    held[0].continue_()
    page.wait_for_selector("text=Found in paragraph 2")
    with page.expect_response("**/autocomplete/**"):
        page.keyboard.type("two off")
    page.wait_for_selector(".select2-results__option:not(.loading-results):has-text('two officials')")
    page.click(".select2-results__option:has-text('two officials')")
    page.wait_for_selector(".field-heard .select2-selection__choice:has-text('two officials')")
    assert page.locator("#id_citations-0-heard").evaluate("it => [...it.selectedOptions].map(one => one.value)") == [
        "spk-0001"
    ]


def test_the_reading_that_is_meant_is_chosen_with_a_press(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    paste(page, FOUNDED)
    page.fill("#id_statement", "A source says so.")
    page.select_option("#id_aspect_key", "origins.founded")
    page.fill("#id_when", "2005-06")
    page.click("#id_when-told button:has-text('June 2005')")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/group/rg/change/#rg-0002")
    assert read_rows(["rg-0002"])["rg-0002"].when == "2005-06"


def test_errors_keep_what_was_typed_and_the_focus_goes_to_the_first(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    page.fill("#id_statement", "Words that must not be lost.")
    page.fill("#id_when", "two weeks ago")
    page.fill("#id_citations-0-quote", "words that stand nowhere")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".errornote")
    assert page.evaluate("document.activeElement.id") == "id_citations-0-quote"
    assert [page.input_value(f"#id_{name}") for name in ("statement", "when", "citations-0-quote")] == [
        "Words that must not be lost.",
        "two weeks ago",
        "words that stand nowhere",
    ]


def test_keys_lead_from_claim_to_claim(desk):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    page = desk(cast.editor())
    page.goto("/admin/profiles/claim/rg-0002/change/")
    page.keyboard.press("n")
    page.wait_for_url("**/rg-0001/change/")
    page.keyboard.press("p")
    page.wait_for_url("**/rg-0002/change/")


def test_work_outlives_its_session(desk):
    page = desk(cast.editor())
    page.goto(ADD)
    paste(page, FOUNDED)
    page.fill("#id_statement", "Words that must not be lost.")
    page.select_option("#id_aspect_key", "origins.founded")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.fill("#id_username", cast.editor().username)
    page.fill("#id_password", "correct horse")
    page.click("input[type=submit]")
    page.click("input[type=submit], button[type=submit]:has-text('end')")
    page.wait_for_url("**/group/rg/change/#rg-0002")
    assert read_rows(["rg-0002"])["rg-0002"].statement == "Words that must not be lost."


def test_axe_finds_nothing_on_the_forms_and_they_fit(desk):
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())
    page = desk(cast.editor(), width=320)
    for path in (ADD, ADD.replace("statement", "strength"), "/admin/profiles/claim/rg-0002/change/",
                 "/admin/profiles/group/rg/change/", "/admin/profiles/claim/add/"):  # fmt: skip
        page.goto(path)
        if path == ADD:
            paste(page, STRENGTH)
            page.fill("#id_when", "2005-06")
            page.wait_for_selector("#id_when-told button")
        assert (path, in_both(page)) == (path, [])
    page.goto(ADD)
    page.click(".field-version .select2-selection")
    page.wait_for_selector(".select2-results__option")
    assert axe(page) == []
