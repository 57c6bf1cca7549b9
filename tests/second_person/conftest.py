"""What is attacked: drafts, and a review of them."""

import pytest

from profiles.editorial.review import open_review
from tests import cast, factory


@pytest.fixture
def drafts(db):
    factory.load(*factory.make_ground(), by=cast.editor())


@pytest.fixture
def review(drafts):
    return open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")
