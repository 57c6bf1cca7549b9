import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from profiles.models.guards import drop_guards

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def policy(response):
    """The directives, in whatever order they were sent."""
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
def test_health_is_ok_after_a_few_queries(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_health_fails_where_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("profiles", max(name for _, name in profiles_migrations()))
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


def profiles_migrations():
    return [key for key in MigrationRecorder(connection).applied_migrations() if key[0] == "profiles"]


@pytest.mark.django_db
def test_health_tells_a_database_in_which_nothing_is(client):
    MigrationRecorder.Migration.objects.all().delete()
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"the database is empty\n")


@pytest.mark.django_db
def test_health_fails_without_guards(client):
    drop_guards(connection)
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"guards are missing\n")


@pytest.mark.django_db
def test_health_fails_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(self, *args):
        raise OperationalError("gone")

    connection.ensure_connection()
    monkeypatch.setattr(CursorWrapper, "execute", refuse)
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_a_public_answer_is_strict_and_sets_no_cookie(client):
    response = client.get("/healthz")
    assert policy(response) == POLICY
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers
    assert len(response.cookies) == 0


@pytest.mark.django_db
def test_the_admin_is_under_the_same_policy(client):
    response = client.get("/admin/login/")
    assert response.status_code == 200
    assert policy(response) == POLICY


def test_a_stranger_host_is_refused(client):
    assert client.get("/healthz", headers={"Host": "elsewhere.example"}).status_code == 400
