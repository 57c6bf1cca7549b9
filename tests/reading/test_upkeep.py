"""Stored pages follow the code: made again after it changes, and not otherwise."""

import io

import pytest
from django.core.management import call_command

from profiles.models import Address
from profiles.reading import upkeep
from tests import factory


@pytest.fixture
def kept(tmp_path, monkeypatch):
    path = tmp_path / "militiadb.pages"
    monkeypatch.setattr(upkeep, "mark", lambda: path)
    return path


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "tree"
    names = (
        "templates/public/base.html", "profiles/reading/leaf.py", "profiles/values/documents/types.py",
        "militiadb/jinja2.py", "requirements.txt", "static/css/base.css", "profiles/admin/desk.py",
    )  # fmt: skip
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    return root


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("templates/public/base.html", True),
        ("profiles/reading/leaf.py", True),
        ("profiles/values/documents/types.py", True),
        ("requirements.txt", True),
        ("static/css/base.css", False),
        ("profiles/admin/desk.py", False),
    ],
)
def test_the_digest_is_of_what_shapes_a_page(tree, name, counts):
    before = upkeep.code_digest(tree)
    assert upkeep.code_digest(tree) == before
    (tree / name).write_text("two")
    assert (upkeep.code_digest(tree) != before) is counts


def test_a_new_file_that_shapes_a_page_counts(tree):
    before = upkeep.code_digest(tree)
    (tree / "profiles/reading/new.py").write_text("")
    assert upkeep.code_digest(tree) != before


def prepare():
    told = io.StringIO()
    call_command("prepare", stdout=told, stderr=told)
    return told.getvalue()


@pytest.mark.django_db
def test_a_start_makes_stale_pages_again_and_only_once(kept, client):
    factory.publish(*factory.make_ground())
    kept.write_text("of other code")
    Address.objects.filter(path="/groups/river-guards/").delete()
    assert "Made the rows and pages of 1 publications again." in prepare()
    assert client.get("/groups/river-guards/").status_code == 200
    assert "again" not in prepare()


@pytest.mark.django_db
def test_a_start_with_the_same_code_leaves_the_pages_alone(kept):
    factory.publish(*factory.make_ground())
    upkeep.remember()
    etags = list(Address.objects.values_list("path", "etag"))
    assert "again" not in prepare()
    assert list(Address.objects.values_list("path", "etag")) == etags
