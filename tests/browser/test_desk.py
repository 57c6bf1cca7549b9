"""The desk in Chromium: strict CSP on the admin too, and a claim written, stopped, mended, reviewed, published."""

from profiles.editorial.mapping import read_rows
from profiles.models import Review
from profiles.models.editions import published_digests
from tests import cast, factory

from .axe import in_both

QUOTE = "They are led by Salim Nasser, and have about 2,000 fighters, two officials said."


def test_an_editor_writes_a_claim_and_a_second_person_publishes_it(desk):
    page = desk(cast.editor())
    page.goto("/admin/profiles/group/rg/change/")
    page.click("#topic-leadership a:has-text('Leader') >> nth=0")
    page.fill("#id_statement", "Two officials said that the River Guards are led by Salim Nasser.")
    page.select_option("#id_sense", "as_of")
    page.select_option("#id_voice", "attributed")
    page.fill("#id_citations-0-quote", QUOTE.replace("officials said", "officials told"))
    page.select_option("#id_citations-0-bearing", "supports")
    page.select_option("#id_citations-0-voice", "attributed")
    page.click(".field-heard .select2-selection")
    page.keyboard.type("two off")
    page.click(".select2-results__option:has-text('two officials')")
    page.wait_for_selector(".field-heard .select2-selection__choice:has-text('two officials')")
    page.click("text=Add another citation")
    page.click("#citations-1 .inline-deletelink")
    page.click("input[name=_save]")
    # Not the word that is told while one types: that of the form, once it is served again.
    page.wait_for_selector(".errorlist:has-text('These words are not in the text')")
    page.fill("#id_citations-0-quote", QUOTE)
    page.wait_for_selector("text=Found in paragraph 2")
    with page.expect_navigation():
        page.click("input[name=_save]")
    assert page.locator(".errornote, .errorlist").all_inner_texts() == []
    page.wait_for_url("**/admin/profiles/group/rg/change/#rg-0002")
    claim = read_rows(["rg-0002"])["rg-0002"]
    assert [(c.voice, c.speakers) for c in claim.citations] == [("attributed", (("spk-0001",),))]
    page.click("text=Put up for review >> nth=0")
    page.click("input[value='Put up for review']")
    page.wait_for_selector("text=You may not approve reviews. A reviewer decides on this one.")
    review = page.url
    # "Two officials" gives a number, so that it needs a decision of its own.
    factory.decided(Review.objects.get())
    other = desk(cast.reviewer())
    other.goto(review)
    other.click("input[value='Approve and publish']")
    other.wait_for_selector("text=Published: publication 1.")
    assert "rg-0002" in published_digests()


def test_axe_finds_nothing_in_what_is_ours(desk):
    factory.load(factory.make_claim("rg-0002"), factory.make_silence(), by=cast.editor())
    factory.publish()
    factory.load(factory.make_claim("rg-0002", "Other words.", standing="doubted"), by=cast.editor())
    page = desk(cast.editor(), width=320)
    page.goto("/admin/profiles/review/add/?profile=rg")
    found = in_both(page)
    page.click("input[value='Put up for review']")
    page.wait_for_url("**/review/*/change/")
    found += in_both(page)
    for path in (
        "/admin/profiles/group/rg/change/",
        "/admin/profiles/claim/rg-0002/change/",
        "/admin/profiles/claim/add/?kind=statement&subject=rg",
        "/admin/profiles/claim/rg-0002/history/",
        "/admin/profiles/claim/rg-0002/delete/",
        "/admin/profiles/source/src-0001/change/",
        "/admin/profiles/sourceversion/src-0001-v1/change/",
    ):
        page.goto(path)
        found += [f"{path}: {fault}" for fault in in_both(page)]
    assert found == []
