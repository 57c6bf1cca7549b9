"""Seven questions of readers, each answered from the first page in at most three clicks, on the demonstration data."""

import re

import pytest
from django.core.management import call_command

from .axe import in_both

SEVEN = [
    "Kataib Hezbollah", "Al Nujaba Movement", "Kataib Sayyid Al Shuhada", "Asaib Ahl Al Haq", "Imam Ali Brigades",
    "Jund Al Imam", "Ansar Allah Al Awfiya",
]  # fmt: skip


class Reader:
    """Begins on the first page, and counts clicks."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0
        page.goto("/")

    def click(self, name, role="link", within="body"):
        found = self.page.locator(within).get_by_role(role, name=name, exact=True).first
        if (found.get_attribute("href") or "").startswith("#"):
            found.click()
        else:
            with self.page.expect_navigation():
                found.click()
        self.clicks += 1
        assert self.clicks <= 3

    def words(self, selector):
        return re.sub(r"\s+", " ", self.page.locator(selector).first.inner_text())

    def row(self, label):
        """The columns of a comparison -> what they answer to a question."""
        row = self.page.locator("table.compare tr").filter(
            has=self.page.locator("th[scope=row]", has_text=re.compile(rf"^\s*{label}"))
        )
        cells = row.first.locator("td[data-label]")
        return {
            cells.nth(n).get_attribute("data-label"): re.sub(r"\s+", " ", cells.nth(n).inner_text())
            for n in range(cells.count())
        }


@pytest.fixture
def opened(transactional_db, new_page):
    call_command("setup_demo", verbosity=0)
    page = new_page(javascript=False)
    return lambda: Reader(page)


def test_seven_questions_are_answered_in_at_most_three_clicks(opened):
    # Which of these groups had the US listed by the end of 2010?
    reader = opened()
    reader.click("Compare these side by side")
    reader.page.fill("#f-on", "2010-12-31")
    reader.click("Show", "button", "main")
    reader.click("Designations", within=".compare-jump")
    listed = reader.row("Listings")
    assert list(listed) == SEVEN
    assert [name for name, told in listed.items() if "listed by 31 December 2010" in told.split(" not on ")[0]] == [
        "Kataib Hezbollah"
    ]
    assert listed["Jund Al Imam"] == "Not stated in the 1 source read"

    # Who led Al Nujaba in 2016, and how sure is that?
    reader = opened()
    reader.click("Al Nujaba Movement")
    reader.page.fill("#f-on", "2016")
    reader.click("Ask", "button")
    assert "Leader Akram Al Kaabi as of 7 April 2025 (derived) possibly in 2016" in reader.words(".glance")

    # In which organisations was Akram Al Kaabi, in order?
    reader = opened()
    reader.click("Akram Al Kaabi")
    told = reader.words(".profile-body")
    belonged = told.split("Affiliations", 1)[1]
    places = [belonged.index(words) for words in ("belonged to the Jaish Al Mahdi", "joined Asaib Ahl Al Haq after")]
    assert places == sorted(places)
    assert "Al Nujaba Movement leader, as of 7 April 2025" in told

    # Which groups existed on 1 January 2007?
    reader = opened()
    reader.click("Groups", within=".site-nav")
    reader.page.fill("#f-on", "2007-01-01")
    reader.click("Show", "button", "main")
    heads = reader.page.locator(".entries-head")
    lists = reader.page.locator("ol.entries")
    found = {
        heads.nth(n).inner_text(): [
            re.sub(r"\s+", " ", name) for name in lists.nth(n).locator(".entry-name > a").all_inner_texts()
        ]
        for n in range(heads.count())
    }  # fmt: skip
    assert found["Certainly founded by 1 January 2007"] == ["Asaib Ahl Al Haq", "Jund Al Imam"]
    assert found["Possibly founded by 1 January 2007"] == ["Kataib Hezbollah"]
    assert "Al Nujaba Movement" in found["Not founded by 1 January 2007: founded later"]
    assert "Iran" in found["Founding not stated, so possible at any time"]

    # Which claims rest on one anonymous source?
    reader = opened()
    reader.click("Those that rest on one unnamed source")
    assert reader.words("main [role=status]") == "27 claims found."

    # Who says when the PMF was formed?
    reader = opened()
    reader.click("Groups", within=".site-nav")
    reader.click("Popular Mobilisation Forces", within=".entry-name")
    told = reader.words("#origins >> xpath=..")
    assert "says that the Popular Mobilisation Forces were formed in 2014" in told
    assert "were formed in 2017" in told

    # Which groups have no stated role in Syria?
    reader = opened()
    reader.click("Compare these side by side")
    reader.click("Areas", within=".compare-jump")
    areas = [told for label in ("Theatres", "Operates") for told in (reader.row(label),)]
    assert [name for name in SEVEN if not any("Syria" in told[name] for told in areas)] == [
        "Al Nujaba Movement",
        "Jund Al Imam",
    ]
    assert areas[0]["Al Nujaba Movement"] == "Not stated in the 1 source read"


def test_axe_finds_nothing_on_a_comparison_of_editions_and_a_diff(transactional_db, new_page):
    from tests import factory
    from tests.world import world

    factory.publish(*world())
    factory.publish(factory.make_claim("rg-0009", "An article says more.", when="2016?", sense="held"), kind="update")
    page = new_page(width=320)
    for path in (
        "/groups/river-guards/editions/1...2/",
        "/groups/river-guards/editions/",
        "/compare/?with=river-guards@1&with=river-guards&with=harbour-brigade&on=2016",
    ):
        assert page.goto(path).status == 200
        assert (path, in_both(page, 1440)) == (path, [])
