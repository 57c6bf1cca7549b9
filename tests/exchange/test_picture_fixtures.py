"""Pictures in fixture files: their words and digests travel; where the files are not at hand, that is a state."""

import pytest

from profiles.editorial.mapping import read_rows
from profiles.editorial.rules import stops
from profiles.exchange.fixtures import read_file, write_file
from profiles.exchange.incoming import bring_in_files
from profiles.exchange.placed import FixtureError
from profiles.models import Picture, files
from tests import factory

pytestmark = pytest.mark.django_db
GROUP = factory.make_group()


def written(*pictures):
    return write_file([GROUP, *pictures])


def test_a_picture_stands_in_its_profiles_file_and_comes_back_byte_for_byte():
    picture = factory.make_picture(caption="On a wall in Marwa.")
    data = written(picture)
    assert b"subject" not in data
    bring_in_files([("rg.yaml", data)])
    assert read_rows(["rg-p01"]) == {"rg-p01": picture}
    assert write_file(read_rows().values()) == data


def test_a_loaded_picture_without_its_files_is_not_at_hand_until_they_are():
    made = factory.made_files(seed="travels apart")
    for file in made:
        files.delete(file.sha256)
    bring_in_files([("rg.yaml", written(factory.make_picture(files=made)))])
    changed = read_rows(["rg-p01"])
    around = read_rows()
    assert [stop.rule for stop in stops({**around, **changed}, set())] == ["no_file"]
    factory.made_files(seed="travels apart")
    assert stops({**around, **changed}, set()) == []


def test_a_picture_that_the_file_leaves_out_is_removed_where_nobody_saw_it():
    bring_in_files([("rg.yaml", written(factory.make_picture()))])
    bring_in_files([("rg.yaml", written())])
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("licence: quotation", "licence: mine", "licence: 'mine' is not one of public_domain, cc0"),
        ("media_type: image/png", "media_type: image/gif", "files[1].media_type: 'image/gif' is not one of"),
        ("media_type: image/png", "media_type: text/html", "files[1].media_type: 'text/html' is not one of"),
        ("width: 320", "width: 0", "files[0].width: is more than nothing"),
        ("uid: rg-p01", "uid: hb-p01", "'hb-p01' belongs to hb, not to rg"),
        ("https://example.org", "javascript://example.org", "url: an address begins with https:// or http://"),
        ("kind: emblem", "kind: cartoon", "kind: 'cartoon' is not one of portrait, emblem"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told_with_its_place(old, new, told):
    data = written(factory.make_picture()).decode()
    assert old in data
    with pytest.raises(FixtureError) as refused:
        bring_in_files([("rg.yaml", data.replace(old, new, 1).encode())])
    assert told in str(refused.value)


def test_a_picture_needs_no_more_than_it_has():
    bare = factory.make_picture(alt="", credit="", licence="", url="", files=())
    assert [placed.data["uid"] for placed in read_file(written(bare), "rg.yaml").placed] == ["rg", "rg-p01"]
