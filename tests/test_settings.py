"""Each case starts a process of its own, since settings are read once."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "a-secret-of-fifty-signs-or-more-for-this-test-alone-0123456789"
PRODUCTION = {"MILITIADB_PRODUCTION": "1", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "militiadb.example"}


def run(*command, **variables):
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**bare, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(name, **variables):
    code = f"from militiadb import settings; print(settings.{name})"
    result = run("-c", code, **{"SECRET_KEY": SECRET, **variables})
    assert result.stderr == ""
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"MILITIADB_DEBUG": "yes"}, "MILITIADB_DEBUG must be 0 or 1, not 'yes'"),
        ({"MILITIADB_PRODUCTION": "True"}, "MILITIADB_PRODUCTION must be 0 or 1, not 'True'"),
        ({"BEHIND_TLS_PROXY": "2"}, "BEHIND_TLS_PROXY must be 0 or 1, not '2'"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ({**PRODUCTION, "HSTS_SECONDS": "1 year"}, "HSTS_SECONDS must be a whole number, not '1 year'"),
        ({**PRODUCTION, "SECRET_KEY": ""}, "MILITIADB_PRODUCTION=1 needs SECRET_KEY and ALLOWED_HOSTS"),
        ({**PRODUCTION, "ALLOWED_HOSTS": ""}, "MILITIADB_PRODUCTION=1 needs SECRET_KEY and ALLOWED_HOSTS"),
        ({**PRODUCTION, "MILITIADB_DEBUG": "1"}, "MILITIADB_DEBUG and MILITIADB_PRODUCTION cannot both be 1"),
        ({"ADMINS": "desk@militiadb.example"}, "ADMINS needs EMAIL_URL"),
        (
            {"ADMINS": "desk@militiadb.example,root", "EMAIL_URL": "smtp://localhost"},
            "ADMINS must be mail addresses with commas between, not 'root'",
        ),
        (
            {"EMAIL_URL": "mail.example:25"},
            "EMAIL_URL must begin with smtp://, smtp+tls://, smtps:// or consolemail://",
        ),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT must be one of json, line, not 'xml'"),
        ({"LOG_LEVEL": "chatty"}, "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'chatty'"),
    ],
)
def test_a_wrong_value_stops_the_start(variables, sentence):
    result = run("-c", "from militiadb import settings", **{"SECRET_KEY": SECRET, **variables})
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {sentence}"


def test_defaults_are_safe():
    assert told("DEBUG") == "False"
    assert told("ALLOWED_HOSTS") == "['127.0.0.1', 'localhost', '[::1]']"
    assert told("DATABASES['default']['OPTIONS']['transaction_mode']") == "IMMEDIATE"
    assert told("DATABASES['default']['NAME']") == str(settings.BASE_DIR / "var" / "militiadb.sqlite3")


def test_postgresql_is_one_variable_away():
    url = "postgresql://desk:p%40ss@db.example:5433/militia"
    assert told("DATABASES['default']['ENGINE']", DATABASE_URL=url) == "django.db.backends.postgresql"
    assert told("DATABASES['default']['PASSWORD']", DATABASE_URL=url) == "p@ss"
    assert told("DATABASES['default']['PORT']", DATABASE_URL=url) == "5433"


def test_errors_are_mailed_through_the_server_that_is_named():
    code = """
import django
django.setup()
from django.conf import settings
from django.core import mail
server = mail.mailers.default if hasattr(mail, "mailers") else mail.get_connection()
print(server.host, server.port, server.username, server.password, server.use_tls, server.timeout)
print(settings.ERRORS_TO, settings.LOGGING["root"]["handlers"])
"""
    variables = {
        "DJANGO_SETTINGS_MODULE": "militiadb.settings",
        "SECRET_KEY": SECRET,
        "EMAIL_URL": "smtp+tls://desk%40militiadb.example:p%23ss@mail.example:587",
        "ADMINS": "one@militiadb.example,two@militiadb.example",
    }
    result = run("-W", "error::PendingDeprecationWarning", "-c", code, **variables)
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "mail.example 587 desk@militiadb.example p#ss True 10",
        "['one@militiadb.example', 'two@militiadb.example'] ['console', 'mail']",
    ]


def test_a_server_logs_json_and_a_desk_lines():
    assert told("LOG_FORMAT") == "line"
    assert told("LOG_FORMAT", **PRODUCTION) == "json"


def test_production_settings_pass_the_deployment_check():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_deployment_check_warns_without_production_settings():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=SECRET)
    assert result.returncode == 1
    assert "security.W008" in result.stderr


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path):
    from militiadb.settings import kept_secret_key

    path = tmp_path / "var" / "secret_key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_in_development_the_site_is_where_it_is_served_and_elsewhere_where_it_is_said_to_be():
    assert told("SITE_URL", PORT="9000") == "http://127.0.0.1:9000"
    assert told("SITE_URL", PORT="9000", SITE_URL="http://desk.example:8080/") == "http://desk.example:8080"
    assert told("SITE_URL", PORT="9000", **PRODUCTION) == "https://militiadb.example"
