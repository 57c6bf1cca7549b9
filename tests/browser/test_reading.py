"""Reading a source in Chromium, and citing from it: by mouse, by keys alone, by touch at 320 px, without scripts."""

import pytest

from profiles.editorial.mapping import read_rows
from profiles.models import Capture, Citation
from profiles.models.sessions import DeskSession
from profiles.values import anchors
from profiles.values import documents as docs
from tests import cast, factory

from .axe import in_both

PAGE = "/admin/profiles/sourceversion/src-0002-v1/change/"
TEXT = anchors.normalise(
    """Guards of the river 😀

    The River Guards 😀😀 were founded in around 2013 by Salim Nasser. They have about 2,000 fighters, officials said.
    Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016. He denied it in a letter. Others did not.
    تأسست جماعة حراس النهر 😀 عام 2013 في مروة. يقودها سالم ناصر منذ عام 2016.
    The harbour authority listed the River Guards in 2019."""
)


@pytest.fixture
def desk(transactional_db, new_page, enter):
    """Open the version for the editor, signed in."""
    factory.load(
        *factory.make_ground(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_name("rg-0002", "حراس النهر", "original_script", language="ar", quote="حراس النهر جماعة مسلحة"),
        factory.make_source("src-0002", "Guards of the river", slug="guards-of-the-river"),
        factory.make_version("src-0002-v1", text=TEXT),
        by=cast.editor(),
    )
    load_cited()
    Capture.objects.create(version_id="src-0002-v1", text=TEXT)

    def open_page(**options):
        page = new_page(cookies=True, **options)
        enter(page, cast.editor())
        page.goto(PAGE)
        return page

    return open_page


def load_cited():
    def cited(uid, statement, quote, **values):
        made = factory.make_citation(uid, quote, text=TEXT, version="src-0002-v1", voice=values.get("voice", "stated"))
        return factory.make_claim(uid, statement, citations=(made,), **values)

    factory.load(
        cited("rg-0003", "An article puts the founding at around 2013.",
              "The River Guards 😀😀 were founded in around 2013",
              topic="origins", aspect="founded", when="2013~", sense="happened"),
        cited("rg-0004", "An article names Salim Nasser as the founder.", "founded in around 2013 by Salim Nasser",
              topic="origins", aspect="founder", about="sn"),
        cited("rg-0005", "A letter of Salim Nasser denies it.", "He denied it in a letter.", topic="conduct",
              aspect="denials"),
        by=cast.editor(),
    )  # fmt: skip


def select(page, paragraph, words):
    """Select words as a pointer would leave them."""
    page.evaluate(
        """([paragraph, words]) => {
            const p = document.querySelector(`#p${paragraph} > p`);
            const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            const start = p.textContent.indexOf(words), end = start + words.length;
            const range = document.createRange();
            let at = 0;
            while (walker.nextNode()) {
                const node = walker.currentNode, next = at + node.length;
                if (at <= start && start < next) range.setStart(node, start - at);
                if (at < end && end <= next) range.setEnd(node, end - at);
                at = next;
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [paragraph, words],
    )


def pinned(uid):
    """The words that the last citation of a claim pins."""
    citation = read_rows([uid])[uid].citations[-1]
    assert anchors.digest(TEXT[citation.start : citation.end]) == citation.passage_sha256
    return TEXT[citation.start : citation.end]


def test_selected_words_are_pinned_in_four_actions_and_one_page_load(desk):
    page = desk()
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    first = page.locator("#p4 > p")
    box = first.bounding_box()
    # 1: select, by dragging over the whole line.
    page.mouse.move(box["x"] + 1, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 6, steps=5)
    page.mouse.up()
    page.click("#reader-bar-cite")  # 2
    page.wait_for_selector("#cite-form")
    assert page.evaluate("document.activeElement.name") == "statement"
    assert page.input_value("#id_subject") == "rg"
    assert page.input_value("#id_aspect") == "designations.listings"
    assert page.input_value("#id_when") == "2019"
    page.keyboard.type("An article says that the harbour authority listed the River Guards in 2019.")
    page.click("#cite-save")  # 3
    page.wait_for_selector("#reader-said:has-text('rg-0006')")
    assert pinned("rg-0006") == "The harbour authority listed the River Guards in 2019."
    assert page.locator("#p4 mark").count() == 1
    assert page.locator("#p4 .reader-notes a").get_attribute("href") == "/admin/profiles/claim/rg-0006/change/"
    assert loads == []


def test_a_passage_is_pinned_by_keys_alone(desk):
    page = desk()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "reader-text":
            break
    chosen = "getSelection().toString()"
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(chosen) == "They have about 2,000 fighters, officials said."
    page.keyboard.press("ArrowUp")
    assert page.evaluate(chosen) == "The River Guards 😀😀 were founded in around 2013 by Salim Nasser."
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(chosen) == "River"
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(chosen) == "River Guards"
    page.keyboard.press("Shift+ArrowDown")
    assert page.evaluate(chosen) == "River Guards 😀😀 were founded in around 2013 by Salim Nasser."
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate(chosen) == "River Guards 😀😀 were founded in around 2013 by"
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite-form")
    page.keyboard.type("An article puts the founding of the River Guards at around 2013.")
    while page.evaluate("document.activeElement.id") != "cite-save":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-said:has-text('rg-0006')")
    assert pinned("rg-0006") == "River Guards 😀😀 were founded in around 2013 by"
    assert page.evaluate("document.activeElement.id") == "reader-text"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite-form")
    page.keyboard.press("Escape")
    assert page.is_hidden("#reader-panel")
    assert page.evaluate(chosen) == "They have about 2,000 fighters, officials said."


def test_right_to_left_words_are_pinned_where_they_stand(desk):
    page = desk()
    assert page.evaluate("getComputedStyle(document.querySelector('#p3 > p')).direction") == "rtl"
    select(page, 3, "حراس النهر 😀 عام 2013")
    page.click("#reader-bar-cite")
    page.wait_for_selector("#cite-form")
    assert page.input_value("#id_subject") == "rg"
    page.fill("#id_statement", "An article in Arabic puts the founding of the River Guards in 2013.")
    page.select_option("#id_aspect", "origins.founded")
    # Of words in Arabic nobody knows here that they keep no distance.
    assert page.input_value("#id_voice") == ""
    page.select_option("#id_voice", "stated")
    page.click("#cite-save")
    page.wait_for_selector("#reader-said:has-text('rg-0006')")
    assert pinned("rg-0006") == "حراس النهر 😀 عام 2013"
    # The arrow that points to the left goes on in a text that runs to the left.
    page.focus("#reader-text")
    select(page, 3, "تأسست")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "جماعة"
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "جماعة حراس"


def test_a_passage_is_added_to_a_claim_found_by_its_words(desk):
    page = desk()
    select(page, 2, "He denied it in a letter")
    page.click("#reader-bar-cite")
    page.check("input[name=mode][value=existing]")
    page.fill("#id_find", "founder nasser")
    page.wait_for_selector("#cite-offers:not(:has-text('rg-0005')):has-text('rg-0004')")
    page.check("#cite-offers input >> nth=0")
    page.select_option("#id_voice", "reported")
    page.click("#cite-save")
    page.wait_for_selector("#reader-said:has-text('rg-0004-c2')")
    assert pinned("rg-0004") == "He denied it in a letter"


def test_what_is_wrong_is_told_beside_what_was_typed(desk):
    page = desk()
    select(page, 1, "They have about 2,000 fighters, officials said.")
    page.click("#reader-bar-cite")
    page.fill("#id_statement", "Officials put the strength at about 2,000.")
    assert [page.input_value(f"#id_{name}") for name in ("speakers", "new_speaker")] == ["officials", "official"]
    page.fill("#id_speakers", "")
    page.click("#cite-save")
    page.wait_for_selector("#cite-errors:has-text('An attributed passage names its speakers')")
    assert page.evaluate("document.activeElement.id") == "cite-errors"
    assert page.input_value("#id_statement") == "Officials put the strength at about 2,000."
    page.fill("#id_speakers", "officials")
    page.select_option("#id_new_speaker", "official")
    filled = [page.input_value(f"#id_{name}") for name in ("subject", "aspect", "number")]
    assert filled == ["rg", "strength.fighters", "about 2,000 fighters"]
    page.select_option("#id_subject", "sn")
    assert [page.input_value(f"#id_{name}") for name in ("aspect", "number")] == ["statements.said", ""]
    page.select_option("#id_subject", "rg")
    assert [page.input_value(f"#id_{name}") for name in ("aspect", "number")] == filled[1:]
    page.click("#cite-save")
    page.wait_for_selector("#reader-said:has-text('Added: officials')")
    assert read_rows(["rg-0006"])["rg-0006"].citations[0].speakers == (("spk-0001",),)


def test_names_are_not_asked_for_once_the_panel_is_closed(desk):
    page = desk()
    select(page, 1, "They have about 2,000 fighters, officials said.")
    page.click("#reader-bar-cite")
    page.fill("#id_other_subject", "River Guards")
    page.click("#reader-panel [data-close]")
    # Longer than the pause after which they are asked for; `desk` finds the script's error.
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    assert page.locator("#reader-panel").is_hidden()


def test_another_kind_of_claim_takes_along_what_was_typed(desk):
    page = desk()
    select(page, 4, "The harbour authority listed the River Guards in 2019")
    page.click("#reader-bar-cite")
    page.fill("#id_statement", "An article tells of a listing of 2019.")
    page.select_option("#id_voice", "reported")
    page.click("text=Another kind of claim")
    with page.expect_navigation():
        page.click("[data-carry]:text-is('designation')")
    assert page.input_value("#id_statement") == "An article tells of a listing of 2019."
    assert [page.input_value(f"#id_{name}") for name in ("when", "voice", "citations-0-voice")] == [
        "2019", "reported", "reported",
    ]  # fmt: skip
    assert int(page.input_value("#id_citations-0-start")) == TEXT.index("The harbour authority listed")


def test_the_sentences_of_a_paragraph_are_cited_beside_the_text(desk):
    page = desk()
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.focus("#p2 .reader-cite")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cite-sentences a:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite-form")
    assert page.inner_text(".cite-words mark") == "He denied it in a letter."
    page.keyboard.press("Escape")
    assert page.evaluate("getSelection().toString()") == "He denied it in a letter."
    page.click("#p1 .reader-cite")
    page.fill("#cite-quote", "about 2,000 fighters")
    page.click("text=Go on")
    page.wait_for_selector("#cite-form mark:text-is('about 2,000 fighters')")
    page.keyboard.press("Escape")
    page.click("#p1 .reader-cite")
    page.fill("#cite-quote", "never written")
    page.click("text=Go on")
    page.wait_for_selector("#reader-panel .errornote:has-text('not in the text')")
    assert loads == []


def test_a_session_that_ended_costs_nothing_that_was_typed(desk):
    page = desk()
    select(page, 4, "The harbour authority listed the River Guards in 2019")
    page.click("#reader-bar-cite")
    page.fill("#id_statement", "An article tells of a listing of 2019.")
    DeskSession.objects.all().delete()
    page.click("#cite-save")
    page.wait_for_selector("#cite-trouble:has-text('signed out')")
    assert page.input_value("#id_statement") == "An article tells of a listing of 2019."
    page.click("#cite-ordinary")
    page.fill("#id_username", "edith")
    page.fill("#id_password", "correct horse")
    page.click("input[type=submit]")
    page.wait_for_selector("text=An article tells of a listing of 2019.")
    page.click("#send-again input[type=submit]")
    page.wait_for_url(f"**{PAGE}#p4")
    assert pinned("rg-0006") == "The harbour authority listed the River Guards in 2019"


def test_by_touch_at_320_pixels_words_are_selected_and_cited(desk, browser):
    page = desk(width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    select(page, 2, "Officials accuse Salim Nasser")
    bar = page.locator("#reader-bar-cite")
    box = bar.bounding_box()
    assert box["height"] >= 44 and box["x"] + box["width"] <= 320 and box["y"] + box["height"] <= 640
    bar.click()
    page.wait_for_selector("#cite-form")
    assert page.evaluate("document.getElementById('reader-panel').scrollWidth") <= 320
    page.fill("#id_statement", "Officials accuse Salim Nasser of having “ordered” a shelling.")
    page.select_option("#id_voice", "reported")
    page.click("#cite-save")
    page.wait_for_selector("#reader-said:has-text('sn-0002')")
    assert pinned("sn-0002") == "Officials accuse Salim Nasser"


def test_a_selection_over_two_paragraphs_offers_its_first_sentence(desk):
    page = desk()
    page.evaluate(
        """() => getSelection().setBaseAndExtent(
            document.querySelector("#p1 > p").firstChild.firstChild, 0,
            document.querySelector("#p2 > p").lastChild, 1)"""
    )
    page.wait_for_selector("#reader-bar-cite:has-text('Cite the first sentence')")
    page.click("#reader-bar-cite")
    assert page.inner_text(".cite-words mark") == "The River Guards 😀😀 were founded in around 2013 by Salim Nasser."


def test_without_scripts_a_passage_is_pinned_on_ordinary_pages(desk):
    page = desk(javascript=False)
    page.click("#p4 .reader-cite")
    page.click("text=The harbour authority listed the River Guards in 2019.")
    page.fill("#id_statement", "An article tells of a listing of 2019.")
    page.click("#cite-save")
    page.wait_for_url(f"**{PAGE}#p4")
    assert pinned("rg-0006") == "The harbour authority listed the River Guards in 2019."
    page.click("#p1 .reader-notes a >> nth=0")
    page.wait_for_url("**/claim/rg-0003/change/")


def test_a_mark_leads_to_its_claims(desk):
    page = desk()
    page.hover("#p1 mark[data-of='2'] >> nth=0")
    assert page.locator("#p1 [data-note].is-lit").evaluate_all("all => all.map(one => one.dataset.note)") == ["2"]
    page.click("#p1 mark[data-of='2'] >> nth=0")
    assert page.evaluate("document.activeElement.textContent") == "An article names Salim Nasser as the founder."
    page.focus("#p1 [data-note='1'] a")
    lit = page.locator("#p1 mark.is-lit").evaluate_all("all => all.map(one => one.textContent).join('')")
    assert lit == "The River Guards 😀😀 were founded in around 2013"


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_text_or_in_the_panel(desk, width):
    page = desk(width=width)
    found = in_both(page, width)
    select(page, 1, "They have about 2,000 fighters, officials said.")
    page.click("#reader-bar-cite")
    page.wait_for_selector("#cite-form")
    found += in_both(page, width)
    page.click("#cite-save")
    page.wait_for_selector("#cite-errors")
    found += in_both(page, width)
    page.goto("/admin/profiles/sourceversion/src-0002-v1/cite/?paragraph=1")
    found += in_both(page, width)
    assert found == []


def test_a_long_version_is_laid_out_where_it_is_looked_at_and_cited_at_its_end(desk):
    page = desk(width=320, height=640)
    text = "\n".join(
        f"Unit {n} of the River Guards 😀 held Marwa in 2016. It had about 200 fighters there, officials said. "
        f"Unit {n} left in 2017. Nobody knows more of unit {n}."
        for n in range(500)
    )
    factory.load(factory.make_source("src-0003", "Long", slug="long"), factory.make_version("src-0003-v1", text=text))
    Capture.objects.create(version_id="src-0003-v1", text=text)
    factory.load(*(long_claim(n, text, *place) for n, place in enumerate(anchors.sentences(text), 1001)))
    assert Citation.objects.filter(version="src-0003-v1").count() == 2000
    page.goto(PAGE.replace("0002", "0003"))
    seen = "id => document.querySelector(id + ' > p').checkVisibility({contentVisibilityAuto: true})"
    assert [page.evaluate(seen, f"#p{n}") for n in (0, 250, 499)] == [True, False, False]
    slow = page.evaluate(
        """async () => {
            const frames = [];
            let before = performance.now();
            for (let at = 0; at < 60; at += 1) {
                scrollBy(0, 700);
                await new Promise(requestAnimationFrame);
                frames.push(performance.now() - before);
                before = performance.now();
            }
            return frames.sort((a, b) => a - b);
        }"""
    )
    print(f"\nframe of 60 while scrolling: median {slow[30]:.0f} ms, worst {slow[-1]:.0f} ms")
    page.evaluate("document.querySelector('#p499').scrollIntoView()")
    select(page, 499, "Unit 499 left in 2017")
    page.click("#reader-bar-cite")
    page.wait_for_selector("#cite-form")
    page.fill("#id_statement", "An article says that unit 499 left in 2017.")
    page.select_option("#id_subject", "rg")
    page.select_option("#id_aspect", "structure.units")
    page.click("#cite-save")
    page.wait_for_selector("#reader-said:has-text('Pinned')")
    assert Citation.objects.filter(version="src-0003-v1").count() == 2001
    (citation,) = Citation.objects.filter(passage_sha256=anchors.digest("Unit 499 left in 2017"))
    assert text[citation.start : citation.end] == "Unit 499 left in 2017"


def long_claim(number, text, start, end):
    uid = f"rg-{number:04d}"
    passage = anchors.pin(text, start, end)
    made = docs.Citation(
        uid=f"{uid}-c1",
        version="src-0003-v1",
        text_sha256=anchors.digest(text),
        paragraph=passage.paragraph,
        start=start,
        end=end,
        passage_sha256=passage.sha256,
        bearing="supports",
        voice="stated",
    )
    return factory.make_claim(uid, f"Sentence {number} of an article is about a unit in Marwa.", citations=(made,))
