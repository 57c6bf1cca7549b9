from types import SimpleNamespace

from profiles import checks
from profiles.checks import check_sqlite_locks_before_it_writes


def refuse(monkeypatch, mode):
    options = {"transaction_mode": mode} if mode else {}
    sqlite = SimpleNamespace(vendor="sqlite", settings_dict={"OPTIONS": options})
    monkeypatch.setattr(checks, "connections", {"default": sqlite})
    return [error.id for error in check_sqlite_locks_before_it_writes(databases=["default"])]


def test_deferred_transactions_on_sqlite_are_refused(monkeypatch):
    assert refuse(monkeypatch, None) == ["profiles.E001"]
    assert refuse(monkeypatch, "DEFERRED") == ["profiles.E001"]


def test_immediate_transactions_on_sqlite_pass(monkeypatch):
    assert refuse(monkeypatch, "IMMEDIATE") == []


def test_the_project_passes_its_own_check(settings):
    assert check_sqlite_locks_before_it_writes(databases=list(settings.DATABASES)) == []
