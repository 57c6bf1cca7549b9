"""The JSON API: described as it answers, narrowed and paged by keyset, refusing with a problem that names the mend."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate

from profiles.reading.openapi import openapi
from profiles.reading.resources import RESOURCES
from tests import factory
from tests.views.test_profiles import many
from tests.world import world

pytestmark = pytest.mark.django_db


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    assert not response.cookies
    return response.json()


def test_the_description_is_openapi(client):
    made = get(client, "/api/openapi.json")
    validate(made)
    assert list(made["paths"]) == [path for name in RESOURCES for path in (f"/api/{name}", f"/api/{name}/{{key}}")]


@pytest.fixture
def one_connection():
    """The test's own connection stays open between requests, as the test client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", openapi()["paths"])
def test_schemathesis_finds_nothing_wrong(one_connection, path):
    # It takes seconds to import, which only the process that comes here spends.
    import schemathesis

    factory.publish(*world())
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    quick = settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @quick
    @given(case=schema[path]["GET"].as_strategy())
    def asked(case):
        case.call_and_validate()

    asked()


def test_each_list_leads_to_each_of_its_things(client):
    factory.publish(*world())
    for name, resource in RESOURCES.items():
        found = get(client, f"/api/{name}")
        assert found["next"] is None
        for item in found["items"]:
            assert get(client, f"/api/{name}/{item[resource.key]}") == item
    said = get(client, "/api/claims/rg-0004")
    assert (said["voice"], said["attributed_to"]) == ("attributed", ["two officials"])


def test_claims_are_narrowed_by_what_they_say(client):
    factory.publish(*world())

    def uids(query):
        return [item["uid"] for item in get(client, f"/api/claims?{query}")["items"]]

    assert uids("voice=attributed") == ["rg-0004"]
    assert uids("subject=sn&topic=roles&aspect=leads") == ["sn-0002"]
    assert uids("about=rg") == ["sn-0002"]
    assert uids("voice=assessed") == []
    found = get(client, "/api/designations?authority=auth-0001")["items"]
    assert [item["uid"] for item in found] == ["rg-0005"]


def test_pages_follow_each_other_without_a_gap(client):
    factory.publish(*world())
    everything = [item["uid"] for item in get(client, "/api/claims")["items"]]
    seen, path = [], "/api/claims?limit=3"
    while path:
        found = get(client, path)
        seen += [item["uid"] for item in found["items"]]
        path = found["next"] and found["next"].removeprefix("http://127.0.0.1:8000")
    assert seen == everything


@pytest.mark.parametrize(
    "query", ["voice=loud", "limit=0", "limit=1000", "limit=x", "after=%00", "nonsense=1", "voice=stated&voice=stated"]
)
def test_what_is_not_taken_is_refused_with_the_mend(client, query):
    factory.publish(*world())
    response = client.get(f"/api/claims?{query}")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code == 400
    assert response.json()["detail"].startswith(query.partition("=")[0])


def test_what_is_not_there_is_a_problem_too(client):
    for path in ("/api/claims/rg-9999", "/api/claims/%00", "/api/nothing", "/api/publications/x"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    response = client.post("/api/claims")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("count", [3, 300])
def test_a_page_costs_the_same_whatever_there_is(client, count):
    factory.publish(*factory.make_ground(), *many(count), pages=False)
    asked = {}
    for name in RESOURCES:
        with CaptureQueriesContext(connection) as queries:
            get(client, f"/api/{name}")
        asked[name] = len(queries)
    assert asked == {"profiles": 1, "claims": 6, "designations": 1, "sources": 3, "publications": 1}
