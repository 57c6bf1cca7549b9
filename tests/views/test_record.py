"""What a page said on a date: the edition that was public then, or why none was."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.take_down import withdraw
from profiles.models import Publication
from profiles.models.editions import Edition
from profiles.reading.pages import project
from tests import cast, factory
from tests.again import standing

pytestmark = pytest.mark.django_db
PATH = "/groups/river-guards/record/"


@pytest.fixture
def published_on(monkeypatch):
    """Publish as if it were another time."""

    def publish(at, *documents, **values):
        clock = SimpleNamespace(now=lambda zone: at)
        monkeypatch.setattr("profiles.editorial.publication.datetime", clock)
        return factory._publish(documents, values.get("kind", "update"), note="", pages=True)

    return publish


@pytest.fixture
@standing
def days(published_on):
    """Editions 1 and 2 on 10 January, edition 3 on 5 March."""
    published_on(datetime(2026, 1, 10, 9, tzinfo=UTC), *factory.make_ground(), kind="new")
    said = ("An article calls the River Guards a group.", "An article calls the River Guards armed.")
    published_on(datetime(2026, 1, 10, 17, 30, tzinfo=UTC), factory.make_claim("rg-0002", said[0]))
    published_on(datetime(2026, 3, 5, tzinfo=UTC), factory.make_claim("rg-0003", said[1]))


@pytest.mark.parametrize(
    ("day", "number"),
    [("2026-01-10", 2), ("2026-01-11", 2), ("2026-03-04", 2), ("2026-03-05", 3), ("2026-11-01", 3)],
)
def test_the_record_names_the_edition_of_that_day_with_its_proof(client, days, day, number):
    response = client.get(f"{PATH}?said={day}")
    text = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert f"edition {number} was public" in text
    url = f"/groups/river-guards/editions/{number}/"
    assert f'<a href="{url}">http://127.0.0.1:8000{url}</a>' in text
    shas = [Edition.objects.get(profile="rg", number=number).sha256, Publication.objects.get(pk=number).sha256]
    assert [sha in text for sha in (*shas, Publication.objects.get(pk=3).sha256)] == [True] * 3
    assert "An article calls the River Guards a group." in text
    assert ("An article calls the River Guards armed." in text) == (number == 3)
    assert ("Earlier that day" in text) == (day == "2026-01-10")


def test_an_edition_that_stood_for_hours_is_named_with_its_end(client, days):
    text = client.get(f"{PATH}?said=2026-01-10").content.decode()
    assert '<a href="/groups/river-guards/editions/1/">edition 1</a>, replaced at 17:30 UTC' in text


def test_before_the_first_edition_there_is_a_page_that_says_so(client, days):
    response = client.get(f"{PATH}?said=2026-01-09")
    assert response.status_code == 404
    assert "Nothing was public on 9 January 2026." in response.content.decode()
    assert 'href="/groups/river-guards/editions/1/"' in response.content.decode()


@pytest.mark.parametrize("asked", ["2026-02-30", "yesterday", "9999-01-01", "<b>", "2026"])
def test_what_is_no_day_is_refused_with_the_mend(client, days, asked):
    response = client.get(PATH, {"said": asked})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_without_a_day_the_page_asks_for_one(client, days):
    assert client.get(PATH).status_code == 200
    assert client.get("/groups/nobody/record/").status_code == 404


def test_a_profile_that_was_down_on_that_day_has_no_record_of_it(client, published_on, days):
    number = Publication.objects.count()
    down = withdraw("rg", by=cast.superuser(), reason="Asked for.", project=project)
    assert client.get(f"{PATH}?said=2026-03-06").status_code == 410
    assert down.number == number + 1


def test_a_record_costs_the_same_whatever_it_holds(client, days):
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{PATH}?said=2026-03-05")
    assert len(queries) == 11
