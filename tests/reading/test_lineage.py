"""The lineage diagram: right for the real claims, and legible for three and for forty groups."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.reading import lineage as drawing
from profiles.reading.descent import lineage_of
from profiles.reading.leaf import Leaf
from profiles.reading.lineage import Deed, in_order, picture_of
from tests import factory
from tests.models.test_dated import every_form

from .dossiers import make_claim, make_group, make_library
from .real import real_dossiers

FORMS = [text for text in every_form() if text]


def boxes(picture, width, words):
    """Every number, name and label as (what, left, top, right, bottom) in px, on a picture of some width."""
    found = []
    for lane in picture.lanes:
        found.append((lane.name, 0, lane.y + 2, len(lane.name) * drawing.NAME_LETTER, lane.y + 17))
        for mark in lane.marks:
            middle, half = mark.badge * width / 100, drawing.BADGE / 2
            found.append((mark.number, middle - half, mark.y - half, middle + half, mark.y + half))
            if words:
                x, long = mark.label_x * width / 100, len(mark.label) * drawing.LETTER
                left = x if mark.anchor == "start" else x - long
                found.append((mark.label, left, mark.y + 10, left + long, mark.y + 22))
    return found


def overlapping(found):
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(found, 2)
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


def assert_whole(picture):
    """The bands stand one under the other without a gap, and the ties are cut at their edges into what they were."""
    assert [lane.y for lane in picture.lanes] == list(
        itertools.accumulate((lane.band for lane in picture.lanes[:-1]), initial=picture.head)
    )
    drawn = {}
    for lane in picture.lanes:
        for piece in lane.pieces:
            assert lane.y <= min(piece.from_y, piece.to_y) < max(piece.from_y, piece.to_y) <= lane.y + lane.band
            drawn[piece.x] = drawn.get(piece.x, 0) + abs(piece.to_y - piece.from_y)
    wanted, arrows = {}, []
    for mark in picture.marks:
        if mark.to_y is not None:
            wanted[mark.badge] = wanted.get(mark.badge, 0) + abs(mark.to_y - mark.from_y)
            arrows.append((mark.badge, mark.to_y if mark.deed.into else mark.from_y))
    assert drawn == {x: length for x, length in wanted.items() if length}
    assert sorted((p.x, p.to_y) for lane in picture.lanes for p in lane.pieces if p.arrow) == sorted(arrows)


def assert_legible(picture):
    assert_whole(picture)
    for width, words in ((280, False), (320, False), (640, True), (1184, True), (2400, True)):
        found = boxes(picture, width, words)
        assert overlapping(found) == []
        assert [box for box in found if box[1] < -0.1 or box[3] > width + 0.1] == []


def tangle(groups):
    """So many groups, each of which was founded, split from one, joined another, and was led by somebody."""
    names = {f"g{n:02}": f"The Brigade of the Long River Number {n}" for n in range(groups)}
    deeds = []
    for n, uid in enumerate(names):
        year = 1980 + n
        other, later = f"g{n // 3:02}", f"g{(n * 7 + 1) % groups:02}"
        deeds.append(Deed(uid, "Founded", f"{year}~", "happened", (f"{uid}-1",), begins=True))
        if other != uid:
            deeds.append(Deed(uid, f"split from: {names[other]}", str(year), "happened", (f"{uid}-2",), other))
        if later != uid:
            deeds.append(
                Deed(uid, f"joined: {names[later]}", f"{year + 2}/..", "held", (f"{uid}-3",), later, into=True)
            )
        deeds.append(Deed(uid, "leader: Somebody of a Long Name", f"{year}/{year + 1}", "held", (f"{uid}-4",)))
    return names, deeds


@pytest.mark.parametrize("groups", [1, 3, 40])
def test_no_words_stand_over_others_at_any_width(groups):
    names, deeds = tangle(groups)
    picture = picture_of(names, deeds)
    assert len(picture.lanes) == groups
    assert sorted(mark.deed.claims for mark in picture.marks) == sorted(deed.claims for deed in deeds)
    assert_legible(picture)


@given(
    st.lists(
        st.builds(
            Deed,
            lane=st.sampled_from("abcd"),
            label=st.text("xyz ", min_size=1, max_size=80),
            when=st.sampled_from(FORMS),
            sense=st.sampled_from(["happened", "held", "as_of"]),
            claims=st.integers(1, 9).map(lambda n: (f"x-{n}",)),
            other=st.sampled_from(["", "a", "b", "c", "d"]),
            into=st.booleans(),
            person=st.booleans(),
        ),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_told_is_drawn_once_and_stays_legible(deeds):
    picture = picture_of({uid: f"Group {uid}" for uid in "abcd"}, deeds)
    assert sorted(map(str, deeds)) == sorted(str(mark.deed) for mark in picture.marks)
    assert [mark.number for mark in picture.marks] == list(range(1, len(deeds) + 1))
    assert_legible(picture)


def test_what_a_group_came_from_stands_above_it_and_its_tie_leads_down():
    deeds = [
        Deed("old", "Founded", "1990", "happened", ("old-1",), begins=True),
        Deed("new", "Founded", "1980", "happened", ("new-1",), begins=True),
        Deed("new", "split from: old", "1999", "happened", ("new-2",), "old"),
    ]
    assert in_order(deeds) == ["old", "new"]
    picture = picture_of({"old": "Old", "new": "New"}, deeds)
    tie = next(mark for mark in picture.marks if mark.deed.other)
    assert tie.to_y == picture.lanes[0].y + picture.lanes[0].height
    assert tie.to_y < tie.from_y < tie.y


def test_lanes_that_came_from_each_other_in_a_ring_are_all_drawn():
    deeds = [Deed(a, "split from", "1990", "happened", (a,), b) for a, b in ("ab", "bc", "ca")]
    assert sorted(in_order(deeds)) == ["a", "b", "c"]


def lineage(*claims, **options):
    groups = [make_group("ab"), make_group("cd", "Cedar Division"), make_group("pn", "Noor", "person")]
    return lineage_of(claims, Leaf(make_library(*groups, *claims)), **options)


def membership(uid, about, role, when, **fields):
    fields = {"sense": "held", **fields}
    return make_claim(uid, "roles.leads", "membership", subject="pn", about=about, role=role, when=when, **fields)


def told(made):
    return [(tie.mark.deed.lane, tie.label, tie.mark.deed.other) for tie in made.ties]


def test_a_founder_is_drawn_on_the_way_from_one_group_to_the_next():
    made = lineage(membership("pn-0001", "ab", "member", "2003"), membership("pn-0002", "cd", "founder", "2010"))
    assert told(made) == [("ab", "member: Noor", ""), ("cd", "founder: Noor", "ab")]


@pytest.mark.parametrize("earlier", ["[..2020]", "2010"])
def test_no_way_is_drawn_where_the_order_is_not_told(earlier):
    made = lineage(membership("pn-0001", "ab", "commander", earlier), membership("pn-0002", "cd", "leader", "2010"))
    assert sorted(told(made)) == [("ab", "commander: Noor", ""), ("cd", "leader: Noor", "")]


def test_what_is_denied_or_retracted_is_not_drawn_and_what_has_no_date_is_told_apart():
    def split(uid, **fields):
        return make_claim(uid, "origins.parent", "relation", about="cd", relation="split_from", **fields)

    drawn = split("ab-0001", when="2005")
    assert told(lineage(drawn)) == [("ab", "split from: Cedar Division", "cd")]
    assert lineage(split("ab-0001", when="2005", negated=True)) is None
    assert lineage(split("ab-0001", when="2005", standing="retracted", standing_note="Wrong.")) is None
    assert [tie.label for tie in lineage(drawn, split("ab-0002")).undated] == ["split from: Cedar Division"]


def test_the_real_diagram_of_all_groups_holds_what_the_claims_say():
    dossiers, library = real_dossiers()
    claims = {claim.uid: claim for dossier in dossiers.values() for claim in dossier.claims}
    made = lineage_of([claims[uid] for uid in sorted(claims)], Leaf(library))
    by_uid = {uid: tie for tie in made.ties for uid in tie.mark.deed.claims}
    drawn = {
        "aah-0007": ("aah", "split from: Jaish Al Mahdi", "jam", "2005/2006"),
        "aaa-0012": ("aaa", "joined: Popular Mobilisation Forces", "pmf", "2014"),
        "ji-0014": ("ji", "founding member: Popular Mobilisation Forces", "pmf", "2017"),
        "iab-0010": ("prp", "established by: Imam Ali Brigades", "iab", "[..2018]"),
        "ak-0008": ("hn", "founder: Akram Al Kaabi", "aah", "2013~"),
        "ak-0012": ("aah", "co-leader: Akram Al Kaabi", "jam", "[2005..2006]"),
        "pmf-0010": ("pmf", "Founded", "", "2014"),
        "pmf-0011": ("pmf", "Founded", "", "2017"),
        "amm-0003": ("kh", "leader: Abu Mahdi Al Muhandis", "", "/2020"),
    }
    for uid, expected in drawn.items():
        deed = by_uid[uid].mark.deed
        assert (deed.lane, deed.label, deed.other, deed.when) == expected
    # Every dated tie between groups is there, and nothing else ties two lanes but people.
    ties = {
        uid
        for uid, claim in claims.items()
        if claim.relation in ("split_from", "established", "member_of", "wing_of", "personnel_joined") and claim.when
        if claim.standing not in ("retracted", "superseded") and not claim.negated
    }
    tied = {
        uid for tie in made.ties if tie.mark.deed.other and not tie.mark.deed.person for uid in tie.mark.deed.claims
    }
    assert tied == {uid for uid in ties if uid in by_uid and claims[uid].about}
    assert [uid for uid in ties if uid not in by_uid] == []
    assert {tie.mark.number for tie in made.ties if tie.mark.deed.contested} == {
        by_uid[uid].mark.number for uid in by_uid if claims[uid].standing == "contested"
    }
    assert_legible(made.picture)


@pytest.mark.django_db
def test_the_page_of_all_groups_and_of_one_ask_little(client, django_assert_max_num_queries):
    factory.publish(
        *factory.make_ground(),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_claim(
            "rg-0003", "The River Guards split from the Harbour Brigade in 2009.", kind="relation", topic="origins",
            aspect="parent", relation="split_from", about="hb", when="2009", sense="happened",
        ),
    )  # fmt: skip
    for path in ("/lineage/", "/lineage/?of=river-guards"):
        with django_assert_max_num_queries(24):
            html = client.get(path).content.decode()
        assert re.findall(r'class="lineage-name"[^>]*>([^<]+)<', html) == ["Harbour Brigade", "River Guards"]
        assert re.findall(r'<a class="uid" href="([^"]+)"', html) == ["/claims/rg-0003/"]
    assert client.get("/lineage/?of=nobody").status_code == 404
    page = client.get("/groups/river-guards/").content.decode()
    assert re.findall(r'<a class="uid" href="([^"]+)"[^>]*>rg-0003', page.partition('id="lineage"')[2])[0] == "#rg-0003"
