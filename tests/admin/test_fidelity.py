"""Letters that are not the very ones: said wherever a passage of such a text is read, and nowhere else."""

import pytest

from profiles.models import Capture, Review
from profiles.values.vocabulary import TEXT_FIDELITY
from tests import cast, factory
from tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db
TOLD = TEXT_FIDELITY["inexact"].definition
TEXT = "تأسست جماعة حراس النهر عام 2013 في مروة."
QUOTE = "تأسست جماعة حراس النهر"
VERSION = "/admin/profiles/sourceversion/src-0002-v1/"


@pytest.fixture(params=["inexact", ""])
def told(request, public):
    """How often a page says it: once where the text came out of a PDF, never where it is as it was."""
    cited = factory.make_citation("rg-0002", QUOTE, text=TEXT, version="src-0002-v1")
    factory.load(
        factory.make_source("src-0002", "A report", slug="a-report"),
        factory.make_version("src-0002-v1", text=TEXT, fidelity=request.param),
        factory.make_claim("rg-0002", "A report puts the founding in 2013.", citations=(cited,)),
        by=cast.editor(),
    )
    Capture.objects.create(version_id="src-0002-v1", text=TEXT)
    return 1 if request.param else 0


def times(client, path, **headers):
    return client.get(path, headers=headers).content.decode().count(TOLD)


def test_the_reading_view_and_its_panel_say_it(desk, told):
    assert times(desk, f"{VERSION}change/") == told
    assert times(desk, f"{VERSION}cite/?paragraph=0&first=0&last=22") == told
    assert times(desk, f"{VERSION}cite/?paragraph=0&first=0&last=22", **{"X-Reading": "1"}) == told


def test_the_claim_and_what_is_typed_there_say_it(desk, told):
    assert times(desk, "/admin/profiles/claim/rg-0002/change/") == told
    found = desk.post("/admin/profiles/claim/entry/", {"quote": QUOTE, "version": "src-0002-v1"}).json()["passage"]
    assert found["place"].count(TOLD) == told


def test_the_review_says_it(desk, told):
    fields = {"offered": "rg-0002 src-0002 src-0002-v1", "change": ["rg-0002", "src-0002", "src-0002-v1"]}
    desk.post("/admin/profiles/review/add/", {**fields, "kind": "update", "note": "", "remark": ""})
    review = Review.objects.latest("pk")
    assert times(signed_in(cast.reviewer()), f"/admin/profiles/review/{review.pk}/change/") == told
