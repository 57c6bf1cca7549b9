"""A picture is shown with its text, credit, licence and origin, and never without its files."""

import pytest

from profiles.models import files
from tests import factory
from tests.editorial.rules.ground import found, stopped

pytestmark = pytest.mark.django_db


def test_a_picture_with_all_of_it_passes():
    assert stopped(factory.make_picture(files=factory.made_files())) == []


@pytest.mark.parametrize("field", ["alt", "credit", "licence", "url"])
def test_a_picture_without_one_of_them_is_stopped(field):
    assert stopped(factory.make_picture(files=factory.made_files(), **{field: ""})) == [("rg-p01", "picture")]


def test_the_desks_own_work_was_found_nowhere():
    own = factory.make_picture(files=factory.made_files(), licence="own_work", url="")
    assert stopped(own) == []


def test_a_picture_without_a_file_is_stopped():
    assert stopped(factory.make_picture(files=())) == [("rg-p01", "no_file")]


def test_a_picture_whose_file_is_not_at_hand_is_stopped():
    made = factory.made_files(seed="lost")
    files.delete(made[1].sha256)
    (stop,) = found(factory.make_picture(files=made))
    assert str(stop) == "rg-p01: 1 of its 2 files are not at hand: upload the picture again."


def test_what_is_never_public_is_stopped_in_its_words_too():
    private = factory.make_picture(files=factory.made_files(), caption="Call him at +964 770 123 4567.")
    assert stopped(private) == [("rg-p01", "private")]


def test_a_picture_of_a_profile_that_is_not_public_is_stopped():
    stray = factory.make_picture("hb-p01", files=factory.made_files())
    assert stopped(stray) == [("hb-p01", "dangling")]
