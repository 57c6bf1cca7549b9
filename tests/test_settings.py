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
