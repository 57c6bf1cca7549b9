"""Who sits at the desk, and what stands on it."""

import pytest
from django.test import Client

from profiles.models import Capture
from tests import cast, factory
from tests.again import standing


@pytest.fixture
def desk(db):
    """A client signed in as the editor."""
    return signed_in(cast.editor())


@pytest.fixture
def review_desk(db):
    """A client signed in as the reviewer."""
    return signed_in(cast.reviewer())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
@standing
def ground(db):
    """The River Guards with a main name, the article, and its text at hand. Nothing is published."""
    factory.load(*factory.make_ground(), by=cast.editor())
    attach()


def attach(version="src-0001-v1", text=factory.ARTICLE):
    Capture.objects.create(version_id=version, text=text)


@pytest.fixture
def public(ground):
    """The same, published."""
    factory.publish()
