"""Files that nothing names are deleted once they are a day old; those of any state of a picture stay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from profiles.editorial.pictures.sweep import orphans, sweep
from profiles.models import Picture, files
from tests import factory

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1, minutes=1)


@pytest.fixture
def kept(settings, tmp_path):
    """The names of files: of a picture now, of what it was before, of no picture, and of what broke off."""
    settings.MEDIA_ROOT = str(tmp_path)
    now, before, nobodys = (factory.made_files(seed=seed) for seed in ("now", "before", "nobodys"))
    factory.load(*factory.make_ground(), factory.make_picture(files=before))
    factory.load(factory.make_picture(files=now))
    left = files.path_of(nobodys[0]).parent / ".tmpleft"
    left.write_bytes(b"half")
    return {"named": names(now + before), "nobodys": names(nobodys) | {left.name}}


def names(made):
    return {files.path_of(file).name for file in made}


def there():
    return {path.name for path in files.folder().rglob("*") if path.is_file()}


def test_what_no_state_of_a_picture_names_goes_after_a_day(kept):
    assert orphans() == []
    assert {path.name for path in sweep(timezone.now() + LATER)} == kept["nobodys"]
    assert there() == kept["named"]
    assert sweep(timezone.now() + LATER) == []


def test_a_row_without_its_document_keeps_its_files(kept):
    made = factory.made_files(seed="row")
    Picture.objects.update(files=[{"sha256": file.sha256} for file in made])
    assert names(made) & {path.name for path in orphans(timezone.now() + LATER)} == set()


def test_the_command_names_before_it_deletes(kept, monkeypatch, capsys):
    real = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: real + LATER)
    call_command("sweep_pictures", "--dry-run")
    *told, last = capsys.readouterr().out.splitlines()
    assert (set(told), last) == (kept["nobodys"], "3 files that no picture names: would be deleted.")
    assert there() == kept["named"] | kept["nobodys"]
    call_command("sweep_pictures")
    assert capsys.readouterr().out == "3 files that no picture names: deleted.\n"
    assert there() == kept["named"]
    call_command("sweep_pictures")
    assert capsys.readouterr().out == "0 files that no picture names: deleted.\n"
