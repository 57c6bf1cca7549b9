"""A withdrawn profile leaves a dated notice, and its name leaves the other pages."""

import re

import pytest
from django.core.management import call_command

from profiles.editorial.take_down import redact, withdraw
from profiles.models import Entry, PublishedClaim
from profiles.reading.pages import project
from tests import cast, factory
from tests.reading.test_pages import everything, ties

pytestmark = pytest.mark.django_db
LEADS = "An article of May 2024 says that Salim Nasser leads the River Guards."


def taken_down():
    factory.publish(*ties())
    return withdraw("sn", by=cast.superuser(), reason="Taken for another.", project=project)


@pytest.mark.parametrize(
    "path", ["/people/salim-nasser/", "/people/salim-nasser.json", "/people/salim-nasser/editions/1/"]
)
def test_a_withdrawn_profile_answers_410_at_every_address_of_its_own(client, path):
    made = taken_down()
    answer = client.get(path)
    text = answer.content.decode()
    assert answer.status_code == 410
    assert f"until {made.at.day} {made.at:%B %Y}" in text
    assert "Taken for another." in text
    assert "Salim Nasser" not in text


def test_what_touched_it_leaves_the_pages_and_older_editions_of_others(client):
    factory.publish(*ties())
    assert LEADS in text_of(client, "/groups/river-guards/")
    withdraw("sn", by=cast.superuser(), reason="Taken for another.", project=project)
    for path in ("/groups/river-guards/", "/groups/river-guards.json", "/groups/river-guards/editions/1/"):
        assert (path, "Salim Nasser" in text_of(client, path)) == (path, False)
    assert "no longer public" in text_of(client, "/groups/river-guards/editions/1/")
    assert list(Entry.objects.values_list("uid", flat=True)) == ["rg"]
    assert set(PublishedClaim.objects.filter(to_publication=2).values_list("uid", flat=True)) == {"sn-0001", "sn-0002"}


def text_of(client, path):
    """The text of a page, its links' own words left in the sentence."""
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_rebuilding_after_take_downs_leaves_the_same_rows():
    taken_down()
    factory.publish(
        factory.make_claim("rg-0002", "An article of May 2024 calls the River Guards a group."), kind="update"
    )
    redact("rg-0002", by=cast.superuser(), reason="It named a witness.", project=project)
    before = everything()
    call_command("rebuild_published", verbosity=0)
    assert everything() == before
