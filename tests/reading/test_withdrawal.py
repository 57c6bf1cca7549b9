"""A withdrawn profile leaves a dated notice, and its name leaves the other pages."""

from datetime import UTC, datetime

import pytest

from profiles.models import Entry, PublishedClaim
from profiles.models.projection import write_projection
from profiles.reading.pages import project
from profiles.values.release import Release
from tests import factory

pytestmark = pytest.mark.django_db


def test_a_withdrawn_profile_answers_410_at_every_address_of_its_own(client):
    factory.publish(*factory.make_ground(), factory.make_person(), factory.make_name("sn-0001", "Salim Nasser"))
    at = datetime(2026, 11, 22, tzinfo=UTC)
    release = Release(2, at, "withdrawal", "Taken for another.", "second_person", {}, {}, frozenset({"sn"}))
    write_projection(project(release), 2)
    for path in ("/people/salim-nasser/", "/people/salim-nasser.json", "/people/salim-nasser/editions/1/"):
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 410)
        text = answer.content.decode()
        assert "until 22 November 2026" in text
        assert "Taken for another." in text
        assert "Salim Nasser" not in text
    assert client.get("/groups/river-guards/").status_code == 200
    assert list(Entry.objects.values_list("uid", flat=True)) == ["rg"]
    assert list(PublishedClaim.objects.filter(to_publication=2).values_list("uid", flat=True)) == ["sn-0001"]
