import re
from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.reading import filters
from tests import factory

pytestmark = pytest.mark.django_db
FOUNDED = "The River Guards were founded in around 2013"
LISTED = "The harbour authority listed the River Guards in 2019"


def group(uid, label, *, kind="armed_group", founded="", umbrella="", authority="", leader="", slug=""):
    found = [factory.make_group(uid, label, kind=kind, slug=slug), factory.make_name(f"{uid}-0001", label)]
    if founded:
        found.append(factory.make_claim(
            f"{uid}-0002", f"An article says that {label} was founded.", topic="origins", aspect="founded",
            sense="happened", when=founded, quote=FOUNDED,
        ))  # fmt: skip
    if umbrella:
        found.append(factory.make_claim(
            f"{uid}-0003", f"An article says that {label} belongs to it.", kind="relation", topic="umbrellas",
            aspect="belongs_to", relation="member_of", about=umbrella, reach="collective",
        ))  # fmt: skip
    if authority:
        given = {} if authority == "unstated" else {"authority": authority}
        found.append(factory.make_claim(
            f"{uid}-0004", f"An article says that {label} was listed.", kind="designation", topic="designations",
            aspect="listings", as_stated="listed", evidence="secondary", quote=LISTED, **given,
        ))  # fmt: skip
    return found


GROUND = (factory.make_source(), factory.make_version(), factory.make_authority())
WORLD = (
    *GROUND,
    *group("uu", "Union of Rivers", kind="umbrella"),
    *group("aa", "Alder Guards", founded="2005", umbrella="uu", authority="auth-0001"),
    *group("bb", "Birch Guards", founded="2013~", umbrella="uu", authority="unstated"),
    *group("cc", "Cedar List", kind="electoral_list"),
)


def shown(client, query=""):
    response = client.get(f"/groups/{query}")
    assert response.status_code == 200
    return re.findall(r'class="entry-name"><a href="[^"]*"><bdi>([^<]*)', response.content.decode())


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_a_list_is_in_the_order_of_names(client):
    factory.publish(*WORLD)
    assert shown(client) == ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=umbrella", ["Union of Rivers"]),
        ("?kind=umbrella&kind=electoral_list", ["Cedar List", "Union of Rivers"]),
        ("?umbrella=uu", ["Alder Guards", "Birch Guards"]),
        ("?umbrella=zz", []),
        ("?designated_by=auth-0001", ["Alder Guards"]),
        ("?designated_by=not_stated", ["Birch Guards"]),
        ("?designated_by=auth-0001&designated_by=not_stated", ["Alder Guards", "Birch Guards"]),
        ("?designated_by=auth-0001&kind=umbrella", []),
        ("?since=2005&until=2005", ["Alder Guards"]),
        ("?since=2006", ["Birch Guards"]),
        ("?until=2011", ["Alder Guards"]),
        ("?since=2012&until=2012", ["Birch Guards"]),
        ("?since=&until=&kind=", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
        ("?nothing=known", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
    ],
)
def test_a_list_is_narrowed(client, query, expected):
    factory.publish(*WORLD)
    assert shown(client, query) == expected


def test_a_list_says_how_many_have_no_date_stated(client):
    factory.publish(*WORLD)
    assert "2 more would match, but no date is stated for them." in text(client, "/groups/?since=2005")
    assert "more would match" not in text(client, "/groups/?kind=armed_group")


def test_a_date_that_only_may_lie_in_the_years_is_marked(client):
    factory.publish(*WORLD)
    assert "possibly in these years" in text(client, "/groups/?since=2013&until=2013")
    assert "possibly in these years" not in text(client, "/groups/?since=2005&until=2005")


def test_choices_say_how_many_they_find_under_the_other_filters(client):
    factory.publish(*WORLD)
    page = text(client, "/groups/?umbrella=uu")
    kinds = re.findall(r'name="kind" value="(\w+)".*?class="count">(\d+)<', page)
    assert kinds == [("armed_group", "2")]
    assert re.findall(r'name="umbrella" value="(\w+)"( checked)?>.*?class="count">(\d+)<', page) == [
        ("uu", " checked", "2")
    ]


def test_of_very_many_there_is_no_number(client, monkeypatch):
    factory.publish(*WORLD)
    monkeypatch.setattr(filters, "MOST", 1)
    page = text(client, "/groups/?umbrella=uu")
    assert "More than 1 group matches the choice below." in page
    # Under no other filter, the umbrella's own values were counted by the publication.
    assert re.findall(r'name="umbrella" value="(\w+)"( checked)?>.*?class="count">(\d+)<', page) == [
        ("uu", " checked", "2")
    ]
    kinds = re.findall(r'name="kind" value="(\w+)"> <bdi>[^<]*</bdi> (<span class="count">)?', page)
    assert kinds == [("armed_group", ""), ("umbrella", ""), ("electoral_list", "")]
    assert "More than 1 more would match, but no date is stated for it." in text(client, "/groups/?since=2005")
    assert "1 group matches the choice below." in text(client, "/groups/?kind=umbrella")


def test_what_is_said_of_a_set_is_marked_in_the_row(client):
    factory.publish(*WORLD)
    assert text(client, "/groups/?umbrella=uu").count("as one of a set") == 2


def test_nothing_found_is_said_in_words(client):
    factory.publish(*WORLD)
    page = text(client, "/groups/?kind=umbrella&umbrella=uu")
    assert "No group matches all of these choices." in page
    assert "A choice finds only what a source states." in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?since=x", "From year: Enter a whole number."),
        ("?since=0", "From year: Ensure this value is greater than or equal to 1."),
        ("?until=99999", "To year: Ensure this value is less than or equal to 9998."),
        ("?since=2010&until=2005", "From year: The first year, 2010, is after the second, 2005."),
    ],
)
def test_a_year_that_cannot_be_read_is_answered_in_words(client, query, message):
    assert message in text(client, f"/groups/{query}", 400)


HOSTILE = ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "a\x00b", "\u202eright", "%", "' OR 1=1 --", "x" * 5000]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["kind", "umbrella", "since", "after", "before"])
def test_hostile_queries_break_nothing(client, name, value):
    factory.publish(*WORLD)
    response = client.get("/groups/", {name: value})
    page = response.content.decode()
    assert response.status_code in (200, 400)
    assert re.findall("<script[^>]*>", page) == ['<script src="/static/js/suggest.js" defer>']
    assert "49" not in re.sub(r"[0-9a-f]{12,}", "", page)


def test_a_hostile_name_is_escaped(client):
    name = "<script>alert(1)</script>"
    factory.publish(*GROUND, *group("xx", name, slug="hostile"))
    page = text(client, "/groups/")
    assert re.findall("<script[^>]*>", page) == ['<script src="/static/js/suggest.js" defer>']
    assert escape(name) in page


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def many(count, alone=False):
    """So many groups under one umbrella; each with a person who leads it and an event, unless they stand alone."""
    found = [*GROUND, *group("uu", "Union of Rivers", kind="umbrella")]
    for n in range(count):
        uid = f"g{n:04}"
        found += group(uid, f"Guard {n:04}", founded=str(1900 + n % 100), umbrella="uu", authority="auth-0001")
        found += [] if alone else [
            factory.make_person(f"p{n:04}", f"Person {n:04}"),
            factory.make_name(f"p{n:04}-0001", f"Person {n:04}"),
            factory.make_claim(
                f"p{n:04}-0002", f"An article says that Person {n} leads it.", kind="membership", topic="roles",
                aspect="leads", about=uid, role="leader",
            ),
            factory.make_event(f"e{n:04}", f"Clash {n:04}"),
            factory.make_claim(
                f"e{n:04}-0001", f"An article tells of clash {n}.", kind="part", topic="who", aspect="participants",
                part="participant", about=uid, sense="happened",
            ),
        ]  # fmt: skip
    return found


@pytest.mark.parametrize("count", [3, 300])
def test_lists_cost_the_same_whatever_they_hold(client, count):
    factory.publish(*many(count), pages=False)
    orders = ["/groups/?order=date", "/groups/?order=edition", "/people/?order=edition", "/events/?order=date"]
    assert [queries(client, path) for path in [*orders, "/designations/?order=name"]] == [7, 7, 5, 6, 15]
    arabic = ["/ar/groups/", "/ar/people/", "/ar/events/", "/ar/claims/", "/ar/sources/", "/ar/designations/", "/ar/"]
    assert [queries(client, path) for path in arabic] == [11, 7, 8, 16, 14, 17, 6]
    paths = [
        "/groups/",
        "/groups/?kind=armed_group&umbrella=uu&designated_by=auth-0001&since=1900",
        "/people/",
        "/events/",
    ]
    paths += ["/claims/", "/designations/", "/sources/", "/sources/river-guards/", "/publications/", "/publications/1/"]
    paths += [
        "/claims/g0001-0004/",
        "/claims/g0001-0004.json",
        "/compare/",
        "/compare/?with=guard-0000&with=guard-0001",
    ]
    assert [queries(client, path) for path in paths] == [7, 10, 5, 6, 10, 15, 14, 7, 1, 3, 10, 5, 2, 9]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
        ("?order=", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
        ("?order=name", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
        # Bounds of "2013~" begin in 2012; what has no date comes last, by name.
        ("?order=date", ["Alder Guards", "Birch Guards", "Cedar List", "Union of Rivers"]),
        ("?order=edition", ["Cedar List", "Alder Guards", "Birch Guards", "Union of Rivers"]),
        ("?order=edition&kind=armed_group", ["Alder Guards", "Birch Guards"]),
    ],
)
def test_a_list_is_in_the_order_that_is_asked_for(client, query, expected):
    factory.publish(*WORLD)
    factory.publish(factory.make_claim("cc-0002", "An article says that the Cedar List is a list.", salt="5" * 32,
                                       topic="origins", aspect="purpose", subject="cc", quote=FOUNDED))  # fmt: skip
    assert shown(client, query) == expected


def test_a_list_offers_its_orders_and_refuses_another(client):
    factory.publish(*WORLD)
    page = text(client, "/groups/?order=edition")
    assert re.findall(r'<option value="(\w*)"( selected)?>([^<]*)', page) == [
        ("", "", "by name"), ("date", "", "by founding, earliest first"),
        ("edition", " selected", "newest edition first"),
    ]  # fmt: skip
    assert page.count('class="meta entry-edition"') == 4
    assert "All groups" not in page  # an order narrows nothing
    assert "Order: Select a valid choice." in text(client, "/groups/?order=size", 400)
    assert re.findall(r'<option value="(\w*)"', text(client, "/people/")) == ["", "edition"]


@pytest.mark.parametrize("order", ["date", "edition"])
def test_pages_of_every_order_follow_each_other(client, order):
    factory.publish(*many(120, alone=True), pages=False)
    seen, query = [], f"?order={order}"
    while query:
        page = text(client, f"/groups/{query}")
        seen += re.findall(r'class="entry-name"><a href="[^"]*"><bdi>([^<]*)', page)
        found = re.search(r'rel="next" href="([^"]*)"', page)
        query = found[1].replace("&amp;", "&") if found else ""
    names = [f"Guard {n:04}" for n in range(120)]
    assert seen == ([*sorted(names, key=lambda name: (int(name[6:]) % 100, name))] if order == "date" else names) + [
        "Union of Rivers"
    ]


def test_pages_follow_each_other_both_ways(client):
    factory.publish(*many(120, alone=True), pages=False)
    seen, query = [], ""
    for _ in range(4):
        page = text(client, f"/groups/{query}")
        seen.append(re.findall(r'class="entry-name"><a href="[^"]*"><bdi>([^<]*)', page))
        found = re.search(r'rel="next" href="([^"]*)"', page)
        if not found:
            break
        query = found[1].replace("&amp;", "&")
    assert [len(rows) for rows in seen] == [50, 50, 21]
    everything = [name for rows in seen for name in rows]
    assert everything == sorted(everything)
    back = re.search(r'rel="prev" href="([^"]*)"', page)[1].replace("&amp;", "&")
    assert shown(client, back) == seen[1]


def test_a_page_keeps_its_filters(client):
    factory.publish(*many(60, alone=True), pages=False)
    page = text(client, "/groups/?umbrella=uu&designated_by=auth-0001")
    assert 'rel="next" href="?umbrella=uu&amp;designated_by=auth-0001&amp;after=guard+0049+g0049"' in page


DRAFTS = re.compile(
    r'"profiles_(profile|claim|claimlink|citation|translation|silence|source|sourceversion|speaker|authority|programme'
    r'|place|review|revision|user)"'
)


def test_no_list_record_or_comparison_asks_a_draft_table(client):
    factory.publish(*many(3))
    factory.load(factory.make_claim("g0000-0009", "A leaking draft.", topic="origins", aspect="purpose"))
    paths = ["/groups/", "/people/", "/events/", "/claims/", "/claims/g0000-0004/", "/designations/", "/sources/"]
    paths += ["/sources/river-guards/", "/publications/", "/publications/1/", "/compare/", "/about/words/"]
    paths += ["/compare/?with=guard-0000&with=guard-0001"]
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            page = text(client, path)
        assert [query["sql"] for query in asked if DRAFTS.search(query["sql"])] == [], path
        assert "A leaking draft." not in page
