"""A site is brought back from one file, on a machine that has nothing of it, or is left as it was."""

import os
import secrets
import shutil
import stat
import subprocess
import sys
import threading
from io import StringIO

import msgspec
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from profiles.exchange import backup as backups
from profiles.exchange.archive import BackupError, read_archive, write_archive
from profiles.exchange.backup import make_backup, restore_backup
from profiles.models import Capture, Publication, Speaker, files
from profiles.models.guards import missing_guards
from tests import factory
from tests.conftest import missing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def programs():
    """PostgreSQL's own programs make and read its backups."""
    if connection.vendor == "postgresql":
        for name in ("pg_dump", "pg_restore", "psql"):
            shutil.which(name) or missing(f"{name} is not installed")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path_factory):
    """No picture of another test is in these backups."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


@pytest.fixture
def published():
    """The newest publication of a small site that has a captured text."""
    made = factory.publish(*factory.make_ground(), factory.make_claim("rg-0002"))
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE, raw=factory.ARTICLE.encode())
    return made


@pytest.fixture
def empty_machine(tmp_path):
    """The URL of a database that nobody has made tables in; on SQLite not even the folder is there."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/new/site.sqlite3"
        return
    name = f"restored_{secrets.token_hex(4)}"
    known = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    host = f"{known['HOST'] or 'localhost'}:{known['PORT'] or 5432}"
    yield f"postgresql://{known['USER']}:{known['PASSWORD']}@{host}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(url, *command):
    """Run a command in a process of its own, on another database."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def restore(file, **options):
    out = StringIO()
    call_command("restore", str(file), stdout=out, **options)
    return out.getvalue().splitlines()


def rewritten(file, folder, **values):
    """The same backup with another manifest, each digest right."""
    manifest = msgspec.structs.replace(read_archive(file, folder), **values)
    made = folder / "rewritten.tar.gz"
    write_archive(made, manifest, {name: folder / name for name in manifest.files})
    return made


def test_a_backup_brings_a_site_back_on_an_empty_machine(published, tmp_path, empty_machine):
    file = make_backup(tmp_path / "backups").file
    done = manage(empty_machine, "restore", str(file))
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines()[1:] == [
        "The database is empty.",
        "The database is back. Migrating ...",
        "Verified: 1 publications, 1 editions, 5 documents (0 redacted), 1 captures.",
        f"Head: {published.sha256}",
        "The head that you remember is in the chain.",
    ]
    # The guards too: this check fails without them.
    assert manage(empty_machine, "check", "--database", "default").returncode == 0


def test_a_backup_of_an_older_schema_is_migrated(published, tmp_path):
    call_command("migrate", "sessions", "zero", verbosity=0)
    try:
        made = make_backup(tmp_path / "backups")
    finally:
        call_command("migrate", verbosity=0)
    assert ("sessions", "0001_initial") not in made.manifest.migrations
    assert restore(made.file, force=True)[-1] == "The head that you remember is in the chain."
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_what_is_there_is_replaced_only_by_force(published, tmp_path):
    file = make_backup(tmp_path).file
    factory.publish(factory.make_claim("rg-0003"))
    with pytest.raises(CommandError, match="the database is not empty .* FORCE=1 or --force replaces it"):
        restore(file)
    assert Publication.objects.count() == 2
    told = restore(file, force=True)
    assert told[1] == "What the database holds is replaced; its 1 publications newer than the backup go with it."
    assert told[-2:] == [f"Head: {published.sha256}", "The head that you remember is in the chain."]
    assert Publication.objects.count() == 1
    assert Capture.objects.get().text == factory.ARTICLE
    assert missing_guards(connection) == []


def test_a_backup_without_the_head_that_is_remembered_changes_nothing(published, tmp_path):
    file = make_backup(tmp_path).file
    newer = factory.publish(factory.make_claim("rg-0003")).sha256
    with pytest.raises(CommandError, match=f"holds no publication with the digest {newer}: it is older than that"):
        restore(file, force=True, head=newer)
    assert Publication.objects.latest("number").sha256 == newer
    assert restore(file, force=True, head=published.sha256)[-1] == "The head that you remember is in the chain."
    assert Publication.objects.latest("number").sha256 == published.sha256


def flipped(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file):
    file.write_bytes(file.read_bytes()[:-20])


def other(file):
    file.write_bytes(b"SQLite format 3\0")


@pytest.mark.parametrize("damage", [flipped, cut, other])
def test_a_damaged_backup_changes_nothing(published, tmp_path, damage):
    file = make_backup(tmp_path).file
    factory.publish(factory.make_claim("rg-0003"))
    damage(file)
    with pytest.raises(CommandError, match=r"\.tar\.gz: (it is damaged, or no backup|database\.\w+ is not what)"):
        restore(file, force=True)
    assert Publication.objects.count() == 2


def test_each_file_must_have_its_digest(published, tmp_path, monkeypatch):
    file = make_backup(tmp_path).file
    manifest = read_archive(file, tmp_path)
    (name,) = manifest.files
    with (tmp_path / name).open("ab") as stream:
        stream.write(b"\0")
    # A manifest that tells of the file as it was before.
    monkeypatch.setattr("profiles.exchange.archive.Stored", lambda size, digest: manifest.files[name])
    write_archive(tmp_path / "changed.tar.gz", manifest, {name: tmp_path / name})
    monkeypatch.undo()
    with pytest.raises(BackupError, match=f"{name} is not what the manifest says"):
        restore_backup(tmp_path / "changed.tar.gz", force=True)


def test_a_backup_of_newer_code_is_refused(published, tmp_path):
    file = make_backup(tmp_path).file
    file = rewritten(file, tmp_path, migrations=[("profiles", "0001_initial"), ("profiles", "9999_later")])
    with pytest.raises(BackupError, match=r"this MilitiaDB does not know its migrations profiles\.9999_later"):
        restore_backup(file, force=True)
    assert Publication.objects.count() == 1


def test_a_backup_of_the_other_database_is_refused(published, tmp_path):
    file = rewritten(make_backup(tmp_path).file, tmp_path, vendor="oracle")
    with pytest.raises(BackupError, match="it holds a database of oracle, and DATABASE_URL names one of"):
        restore_backup(file, force=True)


def test_a_dry_run_changes_nothing(published, tmp_path):
    file = make_backup(tmp_path).file
    factory.publish(factory.make_claim("rg-0003"))
    assert restore(file, force=True, dry_run=True)[-1] == "Nothing was changed."
    assert Publication.objects.count() == 2


def test_a_backup_that_fails_leaves_nothing(published, tmp_path, monkeypatch):
    def stop(path, manifest, files):
        path.write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr(backups, "write_archive", stop)
    with pytest.raises(CommandError, match="No backup was made: no space left on device"):
        call_command("backup", to=tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_is_for_its_owner_only_and_names_its_head(published, tmp_path):
    out = StringIO()
    call_command("backup", to=tmp_path / "backups", stdout=out)
    (file,) = (tmp_path / "backups").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert out.getvalue().splitlines()[-1] == f"Head: {published.sha256} (publication 1)"
    assert list(read_archive(file, tmp_path).files) == [backups.NAMES[connection.vendor]]


def test_only_the_newest_backups_are_kept(published, tmp_path):
    old = [tmp_path / f"militiadb-2020010{day}T000000Z.tar.gz" for day in (1, 2, 3)]
    notes = tmp_path / "notes.txt"
    for file in (*old, notes):
        file.touch()
    made = make_backup(tmp_path, keep=2)
    assert sorted(tmp_path.iterdir()) == sorted([old[2], made.file, notes])


def test_media_come_back(published, tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    picture = tmp_path / "media" / "2026" / "badge.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\x89PNG")
    file = make_backup(tmp_path / "backups").file
    picture.unlink()
    restore(file, force=True)
    assert picture.read_bytes() == b"\x89PNG"
    settings.MEDIA_ROOT = ""
    with pytest.raises(BackupError, match="it holds media, and this site has no MEDIA_ROOT"):
        restore_backup(file, force=True)


def test_a_published_picture_comes_back_with_its_files(published, tmp_path, client):
    made = factory.made_files()
    factory.publish(factory.make_picture(files=made), kind="update")
    file = make_backup(tmp_path / "backups").file
    for one in made:
        files.delete(one.sha256)
    address = f"/media/pictures/{made[0].sha256}.webp"
    assert client.get(address).status_code == 404
    restore(file, force=True)
    assert b"".join(client.get(address).streaming_content) == b"heron 320 image/webp"
    assert [files.at_hand(one) for one in made] == [True, True]


def test_a_backup_is_of_one_moment_while_others_write(published, tmp_path):
    stop, failed, written = threading.Event(), [], [0]

    def write_pairs():
        from django.db import transaction

        try:
            while not stop.is_set():
                with transaction.atomic():
                    for half in "ab":
                        Speaker.objects.create(uid=f"spk-{written[0]}{half}", kind="official", label="two officials")
                written[0] += 1
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        while written[0] < 20 and not failed:
            pass
        before = written[0]
        file = make_backup(tmp_path).file
        after = written[0]
    finally:
        stop.set()
        writer.join()
    assert failed == []
    restore(file, force=True)
    count = Speaker.objects.count()
    assert count % 2 == 0
    assert before <= count // 2 <= after + 1
