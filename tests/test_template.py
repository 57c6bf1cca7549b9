"""The copied database is what the migrations make, and is made anew when anything that they follow from changes."""

import pytest
from django.core.management import call_command
from django.db import connection

from profiles.models.guards import missing_guards
from tests import template
from tests.test_layers import ROOT, files, imported


@pytest.mark.django_db
def test_the_copy_has_every_migration_and_every_guard():
    call_command("migrate", check_unapplied=True, verbosity=0)
    assert missing_guards(connection) == []


@pytest.fixture
def tree(tmp_path):
    """A tree with one file in each place that the template follows from."""
    for place in template.FOLLOWS_FROM:
        file = tmp_path / place if place.endswith(".py") else tmp_path / place / "one.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("first")
    return tmp_path


@pytest.mark.django_db
def test_a_file_changed_added_or_gone_makes_another_digest(tree):
    there = sorted(tree.rglob("*.py"))
    known = [template.digest(connection, tree)]
    for file in there:
        file.write_text("second")
        known.append(template.digest(connection, tree))
    added = tree / "profiles" / "models" / "deeper" / "two.py"
    added.parent.mkdir()
    added.write_text("first")
    known.append(template.digest(connection, tree))
    added.with_name("three.py").write_text("first")
    known.append(template.digest(connection, tree))
    assert len(there) == len(template.FOLLOWS_FROM)
    assert len(set(known)) == len(known)
    added.with_name("three.py").unlink()
    assert template.digest(connection, tree) == known[-2]


def test_all_of_ours_that_the_migrations_import_is_in_the_digest():
    elsewhere = {
        (str(file.relative_to(ROOT)), module)
        for layer in ("migrations", "models", "values")
        for file in files(layer)
        for module in imported(file)
        if module.split(".")[1] not in ("models", "values")
    }
    assert elsewhere == set()
