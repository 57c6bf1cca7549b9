"""What is attacked: drafts, and a review of them."""

import pytest

from profiles.editorial.review import open_review
from tests import cast, factory
from tests.again import standing


@pytest.fixture
def drafts(db):
    factory.load(*factory.make_ground(), by=cast.editor())


@pytest.fixture
@standing
def review(drafts):
    return open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=cast.editor(), kind="new")
