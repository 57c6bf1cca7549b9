"""The register narrowed, and the matrix of groups and authorities; each says that it is no screening list."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.published import Listing
from profiles.reading import filters, listing_filter
from tests import factory

pytestmark = pytest.mark.django_db
LISTED = "The harbour authority listed the River Guards in 2019"
NOTICE = "This is not a screening list."


def listing(uid, when, authority="auth-0001", step="listed", **values):
    subject = uid.split("-")[0]
    given = {"authority": authority} if authority else {}
    return [
        factory.make_claim(
            uid, f"An article tells of the listing {uid}.", kind="designation", topic="designations", aspect="listings",
            as_stated="listed", evidence="secondary", quote=LISTED, **given, **values,
        ),
        *([factory.make_claim(
            f"{subject}-9{uid[-3:]}", f"The listing {uid} dates from {when}.", kind="step", topic="designations",
            aspect="listings", designation=uid, step=step, when=when, sense="happened", quote=LISTED,
        )] if when else []),
    ]  # fmt: skip


@pytest.fixture
def published():
    factory.publish(
        *factory.make_ground(),
        factory.make_authority(),
        factory.make_authority("auth-0002", "River Council"),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser"),
        factory.make_group("bb", "Birch Guards"),
        factory.make_name("bb-0001", "Birch Guards"),
        *listing("rg-0101", "2019"),
        *listing("rg-0102", "2021-03", "auth-0002"),
        *listing("bb-0101", "", None),
        *listing("sn-0101", "2020"),
    )


def rows(client, query=""):
    response = client.get(f"/designations/{query}")
    assert response.status_code == 200
    page = response.content.decode()
    assert NOTICE in page
    return re.findall(r'<tr id="([^"]*)"', page)


EVERYTHING = ["bb-0101", "rg-0101", "rg-0102", "sn-0101"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYTHING),
        ("?authority=auth-0001", ["rg-0101", "sn-0101"]),
        ("?authority=not_stated", ["bb-0101"]),
        ("?subject=person", ["sn-0101"]),
        ("?profile=rg&authority=auth-0002", ["rg-0102"]),
        ("?evidence=secondary", EVERYTHING),
        ("?evidence=primary", []),
        ("?programme=not_stated", EVERYTHING),
        ("?since=2020&until=2020", ["sn-0101"]),
        ("?since=2021", ["rg-0102"]),
        ("?until=2019", ["rg-0101"]),
        ("?on=2019", ["bb-0101", "rg-0101"]),
        ("?on=2022", EVERYTHING),
        ("?on=2022&status=certainly", ["rg-0101", "rg-0102", "sn-0101"]),
        ("?on=2018&status=not", ["rg-0101", "rg-0102", "sn-0101"]),
        ("?status=certainly", EVERYTHING),
    ],
)
def test_the_register_is_narrowed(client, published, query, expected):
    assert rows(client, query) == expected


def test_a_listing_of_a_person_is_marked(client, published):
    assert client.get("/designations/").content.decode().count("(listing of a person)") == 1


def test_choices_have_counts_under_the_other_filters(client, published):
    page = client.get("/designations/?authority=auth-0001").content.decode()
    assert re.findall(r'name="subject" value="(\w+)".*?class="count">(\d+)<', page) == [("group", "1"), ("person", "1")]
    assert re.findall(r'name="authority" value="([\w-]+)".*?class="count">(\d+)<', page) == [
        ("auth-0001", "2"),
        ("auth-0002", "1"),
        ("not_stated", "1"),
    ]


def test_of_very_many_there_is_no_number(client, published, monkeypatch):
    monkeypatch.setattr(filters, "MOST", 1)
    monkeypatch.setattr(listing_filter, "MOST", 1)
    page = client.get("/designations/?authority=auth-0001").content.decode()
    assert "More than 1 listing found." in page
    assert re.findall(r'name="subject" value="(\w+)"> <bdi>[^<]*</bdi> (<span class="count">)?', page) == [
        ("group", ""),
        ("person", ""),
    ]
    assert re.findall(r'name="authority" value="([\w-]+)".*?class="count">(\d+)<', page) == [
        ("auth-0001", "2"),
        ("auth-0002", "1"),
        ("not_stated", "1"),
    ]
    assert "1 listing found." in client.get("/designations/?authority=auth-0002").content.decode()


def cells(client, query=""):
    response = client.get(f"/designations/matrix/{query}")
    assert response.status_code == 200
    page = response.content.decode()
    assert NOTICE in page
    table = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    found = [re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL) for row in table]
    return [[" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in row] for row in found]


def test_the_matrix_says_of_each_cell_whether_it_was_in_force(client, published):
    assert cells(client, "?on=2020") == [
        ["Birch Guards", "not stated", "not stated", "possibly, date not stated"],
        ["River Guards", "certainly , from 2019", "not in force , from 2021", "not stated"],
    ]


def test_without_a_date_the_matrix_says_what_is_told_of_at_all(client, published):
    assert cells(client)[1] == ["River Guards", "listed , from 2019", "listed , from 2021", "not stated"]


@pytest.mark.parametrize("on", ["soon", "2020~", "2020/..", "\x00", "\u202e2020", "x" * 5000, "<script>", "9999-12-31"])
def test_a_date_that_cannot_be_asked_is_answered_in_words(client, published, on):
    for path in ("/designations/", "/designations/matrix/"):
        response = client.get(path, {"on": on})
        assert (path, response.status_code) in ((path, 400), (path, 200))
        assert "<script>" not in response.content.decode()
    assert client.get("/designations/matrix/", {"on": "soon"}).status_code == 400


def test_a_retracted_listing_is_in_no_matrix_but_stays_in_the_register(client, published):
    from profiles.reading.replay import rebuild

    factory.publish(*listing("rg-0101", "2019", standing="retracted", standing_note="Wrong."), kind="correction")
    assert Listing.objects.get(pk="rg-0101").asserted is False
    assert rows(client) == EVERYTHING
    assert cells(client, "?on=2020")[1] == ["River Guards", "not in force , from 2021", "not stated"]
    before = list(Listing.objects.order_by("pk").values())
    rebuild()
    assert list(Listing.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_cost_the_same_however_many_are_listed(client, count):
    found = [*factory.make_ground(), factory.make_authority()]
    for n in range(count):
        uid = f"g{n:04}"
        found += [factory.make_group(uid, f"Guard {n:04}"), factory.make_name(f"{uid}-0001", f"Guard {n:04}")]
        found += listing(f"{uid}-0101", "2019")
    factory.publish(*found, pages=False)
    asked = []
    for path in ("/designations/", "/designations/?on=2020&authority=auth-0001", "/designations/matrix/?on=2020"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked.append(len(queries))
    assert asked == [15, 13, 4]


def acts(uid, *steps):
    subject = uid.split("-")[0]
    return [
        factory.make_claim(
            f"{subject}-08{n:02}", f"The listing {uid} was {step} in {when}.", kind="step", topic="designations",
            aspect="listings", designation=uid, step=step, when=when, sense="happened", quote=LISTED,
        )
        for n, (step, when) in enumerate(steps)
    ]  # fmt: skip


@pytest.fixture
def listed_again():
    factory.publish(
        *factory.make_ground(),
        factory.make_authority(),
        *listing("rg-0101", ""),
        *acts(
            "rg-0101", ("listed", "2009"), ("revoked_or_delisted", "2015"), ("relisted", "2020"), ("expired", "2022")
        ),
    )


@pytest.mark.parametrize(
    ("on", "status", "told"),
    [
        ("2008", "not in force", "Not listed by the end of 2008: listed later"),
        ("2012", "certainly", "Listed by the end of 2012"),
        ("2015-06", "possibly", "Listed by the end of June 2015; an end is stated, see its steps"),
        ("2017", "not in force", "Not listed in 2017: the listing had ended, listed again later"),
        ("2021", "certainly", "Listed again by the end of 2021"),
        ("2023", "not in force", "Not listed in 2023: the listing had ended"),
    ],
)
def test_what_was_listed_again_was_in_force_twice(client, listed_again, on, status, told):
    asked = {"not in force": "not"}.get(status, status)
    for answer in ("certainly", "possibly", "not"):
        assert rows(client, f"?on={on}&status={answer}") == (["rg-0101"] if answer == asked else [])
    assert cells(client, f"?on={on}") == [["River Guards", f"{status} , from 2009, again from 2020"]]
    profile = client.get("/groups/river-guards/", {"on": on}).content.decode()
    assert f">{told}<" in re.sub(r"\s+", " ", profile)
    assert rows(client, "?since=2019&until=2020") == ["rg-0101"]
    assert rows(client, "?since=2010&until=2014") == []


def test_the_register_is_read_by_number_name_or_date(client, published):
    assert rows(client, "?order=number") == EVERYTHING
    assert rows(client, "?order=name") == ["bb-0101", "rg-0101", "rg-0102", "sn-0101"]
    assert rows(client, "?order=date") == ["rg-0101", "sn-0101", "rg-0102", "bb-0101"]
    assert rows(client, "?order=date&authority=auth-0001") == ["rg-0101", "sn-0101"]
