"""The story of the evidence in Chromium: captured, read, cited, published; changed at its source, and worked off."""

import os
import re

from django.core.management import call_command

from profiles.editorial.verify import verify_publications
from profiles.models import Reanchoring
from tests import cast, factory
from tests.editorial.extraction.shapes import article, p

from .acts import decide, enter, open_review, press, tab_to
from .test_reading import select

# The handbook's pictures of it.
HANDBOOK = {"capture-read": "capture", "panel": "reading", "passages": "evidence-passages", "ledger": "evidence-ledger"}

FOUNDED = "The River Guards were founded in around 2013 by Salim Nasser, a former ferryman of the river town of Marwa."
STRENGTH = (
    "They have about 2,000 fighters, two officials said in May, and four boats with engines that were once for hire."
)
FERRIES = "The group guards the ferries and the locks of the Upper Reach, and has its office in the old customs house."
LOCK = "In 2017 the Guards took over the lock at Sefrin, and left it again after a winter of ice and of high water."
BOATS = "Residents of Sefrin said that the Guards take a toll from each boat that goes down to the mouth of the river."
LAST = "The town council has asked for talks four times since then, and has had an answer only to its second letter."
NEW = "On Monday a spokesman of the council said that the old bridge would be open to carts by the end of the month."
BEFORE = article(p(FOUNDED, STRENGTH, FERRIES, LOCK, BOATS, LAST))
AFTER = article(p(FOUNDED, NEW, STRENGTH, FERRIES, LOCK.replace("2017", "2018"), LAST))
HEAD = '<html lang="en"><meta property="article:published_time" content="2024-05-06T09:00:00Z">'
# uid, the sentence cited, the words of it that are selected (none: all of it), what the claim says.
CLAIMS = [
    ("rg-0002", FOUNDED, "", "An article of May 2024 puts the founding of the River Guards at around 2013."),
    ("rg-0003", STRENGTH, "They have about 2,000 fighters, two officials said",
     "Two officials have put the strength of the River Guards at about 2,000 fighters."),
    ("rg-0004", FERRIES, "The group guards the ferries and the locks of the Upper Reach",
     "An article of May 2024 says that the River Guards guard the ferries and locks of the Upper Reach."),
    ("rg-0005", LOCK, "", "An article of May 2024 says that the River Guards took over the lock at Sefrin in 2017."),
    ("rg-0006", BOATS, "", "Residents of Sefrin have said that the River Guards take a toll from each boat."),
]  # fmt: skip
CORRECTED = CLAIMS[3][3].replace("2017", "2018")
NOTE = "The article was changed: it says 2018 now, and said 2017."
GONE = "The article no longer says it, and nobody else does."


def ask_for(page, look, address, name):
    """Ask for an address; it waits for the worker, whose answer the page shows by itself."""
    page.fill("#id_url", address)
    press(page, "Read it")
    page.wait_for_selector("text=is being fetched and read")
    call_command("work", once=True)
    page.wait_for_selector("text=What was left out")
    look(page, f"{name}-read")


def capture(page, look, address):
    page.goto("/admin/profiles/intake/add/")
    ask_for(page, look, address, "capture")
    page.select_option("#id_kind", "news_article")
    page.fill("#id_publisher", "Marwa Courier")
    press(page, "Keep as a version")
    assert page.url.endswith("/sourceversion/src-0002-v1/change/")


def pin_five(page, look):
    """Two by selecting words, three by the sentence; not one page is loaded for it."""
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    for uid, sentence, words, statement in CLAIMS:
        number = page.locator("#reader-text > li").evaluate_all(
            "(all, said) => all.findIndex((one) => one.textContent.includes(said))", sentence
        )
        if words:
            select(page, number, words)
            page.click("#reader-bar-cite")
        else:
            page.click(f"#p{number} .reader-cite")
            page.click(f".cite-sentences a:text-is('{sentence}')")
        page.wait_for_selector("#cite-form")
        page.fill("#id_statement", statement)
        page.select_option("#id_subject", "rg")
        propose(page, uid, look)
        page.click("#cite-save")
        page.wait_for_selector(f"#reader-said:has-text('{uid}')")
    assert loads == []
    look(page, "cited")


def propose(page, uid, look):
    """What the panel proposed for each passage, and what the editor makes of it."""
    proposed = [page.input_value(f"#id_{name}") for name in ("aspect", "when", "number", "voice", "speakers")]
    if uid == "rg-0002":
        assert proposed == ["origins.founded", "2013~", "", "stated", ""]
    elif uid == "rg-0003":
        assert proposed == ["strength.fighters", "", "about 2,000 fighters", "attributed", "two officials [spk-0001]"]
        look(page, "panel")
    elif uid == "rg-0004":
        page.select_option("#id_aspect", "origins.purpose")
    elif uid == "rg-0005":
        page.select_option("#id_aspect", "operations.wars_and_battles")
    else:
        page.select_option("#id_aspect", "money.income")
        page.fill("#id_speakers", "residents of Sefrin")
        page.select_option("#id_new_speaker", "person")
        page.select_option("#id_voice", "attributed")


def put_up(page, look, name):
    """All drafts of the group, from its own page."""
    page.goto("/admin/profiles/group/rg/change/")
    page.click("a[href*='/review/add/?profile=']")
    press(page, "Put up for review")
    page.wait_for_selector("text=is open")


def approve(page, look, name, number):
    """Each claim that takes a decision of its own, then all of it."""
    open_review(page, number)
    if number < 4:
        look(page, f"{name}-review")
    for uid in page.locator("[data-key-item]:has(button[value=supports])").evaluate_all(
        "all => all.map(one => one.id)"
    ):
        if page.is_enabled("input[value='Approve and publish']"):
            break
        decide(page, uid, "supports")
    press(page, "Approve and publish")
    page.wait_for_selector(f"text=Published: publication {number}.")


def read(page, look, path, name):
    page.goto(path)
    look(page, name)
    return page.inner_text("main")


def capture_again(page, look, address):
    """From the source's own page; what was pinned in the older version is looked for at once."""
    page.goto("/admin/profiles/source/src-0002/change/")
    page.click("text=Capture a new version")
    ask_for(page, look, address, "again")
    press(page, "Keep as a version")
    found = dict(Reanchoring.objects.waiting().values_list("claim", "state"))
    assert found == dict(zip([uid for uid, *_ in CLAIMS], ["same", "moved", "moved", "changed", "gone"], strict=True))
    page.goto("/admin/profiles/sourceversion/src-0002-v1/change/")
    look(page, "older-version")
    page.goto("/admin/")
    look(page, "again-front")
    page.click("a[href='/admin/passages/src-0002-v2/']")


def work_off(page, look):
    """What is the same at one press; the changed one looked at; the gone one retracted with a public note."""
    look(page, "passages")
    press(page, "Pin all 3 again in src-0002-v2")
    page.wait_for_selector("text=3 citations pinned again in src-0002-v2")
    look(page, "passages-decide")
    changed = page.locator("article:has(code:text-is('rg-0005-c1'))")
    with page.expect_navigation():
        changed.locator("button[value=repin]").click()
    gone = page.locator("article:has(code:text-is('rg-0006-c1'))")
    gone.locator("input[name=note]").fill(GONE)
    with page.expect_navigation():
        gone.locator("button[value=retract]").click()
    look(page, "worked-off")
    assert not Reanchoring.objects.waiting().exists()


def put_up_the_retraction(page, look):
    """The kind and the public note are there already: the ledger tells of what is taken back."""
    page.click("text=Put it up for review")
    assert (page.input_value("#id_kind"), page.input_value("#id_note")) == ("retraction", GONE)
    press(page, "Put up for review")


def correct(page, look):
    """The claim whose passage says something else now."""
    page.goto("/admin/profiles/claim/rg-0005/change/")
    page.fill("#id_statement", CORRECTED)
    page.fill("#id_when", "2018")
    page.click("#correct > summary")
    page.fill("#id_correction_note", NOTE)
    look(page, "correct")
    press(page, "Save and put up for review")


def told_to_readers(page, look):
    """The ledger has the old words and the new, and why; so have the claims, the profile and what changed."""
    ledger = read(page, look, "/corrections/", "ledger")
    told = [words in ledger for words in (NOTE, GONE, CLAIMS[4][3], CLAIMS[0][3])]
    assert told == [True, True, True, False]
    printed = re.sub("<[^>]+>", "", page.request.get("/corrections/").text())
    assert [words in printed for words in (CLAIMS[3][3], CORRECTED)] == [True, True]
    public = read(page, look, "/groups/river-guards/", "readers-again")
    assert [words in public for words in (CORRECTED, CLAIMS[3][3])] == [True, False]
    assert "Corrected " in public
    assert GONE in read(page, look, "/claims/rg-0006/", "retracted-claim")
    source = read(page, look, "/sources/who-are-the-river-guards/", "public-source")
    assert "src-0002-v1" in source and "src-0002-v2" in source
    cited = page.request.get("/claims/rg-0003.json").text()
    assert "src-0002-v2" in cited


def test_five_passages_from_a_page_to_readers_and_again_when_the_page_changes(people, new_page, look, web):
    ground()
    web.pages["/guards"] = HEAD + BEFORE
    dark = not os.environ.get("HANDBOOK")
    page, other, reader = people(cast.editor()), people(cast.reviewer(), dark=dark), new_page()
    capture(page, look, f"{web.url}/guards")
    pin_five(page, look)
    put_up(page, look, "five")
    approve(other, look, "five", 2)
    public = read(reader, look, "/groups/river-guards/", "readers")
    assert [words in public for *_, words in CLAIMS] == [True] * 5
    web.pages["/guards"] = HEAD + AFTER
    capture_again(page, look, f"{web.url}/guards")
    work_off(page, look)
    put_up_the_retraction(page, look)
    correct(page, look)
    put_up(page, look, "moved")
    for number, name in ((3, "retraction"), (4, "correction"), (5, "moved")):
        approve(other, look, name, number)
    told_to_readers(reader, look)
    found = verify_publications()
    assert found.problems == []


def ground():
    person = factory.make_person(), factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser")
    factory.publish(*factory.make_ground(), *person, factory.make_speaker())


def test_the_main_steps_by_keyboard_alone(people, web):
    ground()
    web.pages["/guards"] = HEAD + article(p(LOCK, FERRIES, LAST, BOATS))
    page, other = people(cast.editor()), people(cast.reviewer())
    tab_to(page, "a[href='/admin/profiles/intake/add/']")
    enter(page)
    tab_to(page, "#id_url")
    page.keyboard.type(f"{web.url}/guards")
    enter(page)
    call_command("work", once=True)
    page.wait_for_selector("text=What was left out")
    tab_to(page, "#id_kind")
    page.keyboard.type("news art")
    tab_to(page, "input[value='Keep as a version']")
    enter(page)
    # The text: its second sentence is that of the lock, after the title.
    tab_to(page, "#reader-text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("getSelection().toString()") == LOCK
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_statement:focus")
    page.keyboard.type(CLAIMS[3][3])
    tab_to(page, "#id_other_subject")
    page.keyboard.type("River Guards")
    tab_to(page, "#id_aspect")
    page.keyboard.type("Wars")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#reader-said:has-text('rg-0002')")
    tab_to(page, ".reader-feeds a")
    enter(page)
    put_up_and_approve(page, other, 2)
    web.pages["/guards"] = HEAD + article(p(LOCK.replace("2017", "2018"), FERRIES, LAST, BOATS))
    page.goto("/admin/profiles/source/src-0002/change/")
    tab_to(page, "a[href$='/intake/add/?source=src-0002']")
    enter(page)
    tab_to(page, "#id_url")
    if not page.input_value("#id_url"):
        page.keyboard.type(f"{web.url}/guards")
    enter(page)
    call_command("work", once=True)
    page.wait_for_selector("text=What was left out")
    tab_to(page, "input[value='Keep as a version']")
    enter(page)
    page.goto("/admin/")
    tab_to(page, "a[href='/admin/passages/src-0002-v2/']")
    enter(page)
    page.keyboard.press("j")
    enter(page, "p")
    page.wait_for_selector("text=1 citation pinned again")
    page.goto("/admin/profiles/group/rg/change/")
    tab_to(page, "a[href$='/claim/rg-0002/change/']")
    enter(page)
    for field, words in (("#id_statement", CORRECTED), ("#id_when", "2018")):
        tab_to(page, field)
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
    tab_to(page, "#correct > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#id_correction_note")
    page.keyboard.type(NOTE)
    tab_to(page, "input[name=_correct]")
    enter(page)
    approve_by_keys(other, 3)
    assert NOTE in other.request.get("/corrections/").text()


def put_up_and_approve(page, other, number):
    tab_to(page, "a[href*='/review/add/?profile=']")
    enter(page)
    tab_to(page, "input[value='Put up for review']")
    enter(page)
    page.wait_for_selector(f"text=Review {number} is open")
    approve_by_keys(other, number)


def approve_by_keys(other, number):
    other.goto("/admin/")
    tab_to(other, f"a[href*='/review/{number}/']")
    enter(other)
    if other.is_disabled("input[value='Approve and publish']"):
        enter(other, "n")
        enter(other, "s")
    enter(other, "Alt+p")
    other.wait_for_selector(f"text=Published: publication {number}.")
