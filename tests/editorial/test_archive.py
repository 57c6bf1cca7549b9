"""An archived copy found after the capture: in the draft of the source, then reviewed, then with the source."""

import pytest

from profiles.admin.intake_forms import known_at
from profiles.editorial.archive import record_archive
from profiles.editorial.edit import Refused
from profiles.editorial.links import due_links
from profiles.editorial.mapping import read_rows
from profiles.editorial.publish import publish_review
from profiles.editorial.remove import dependents
from profiles.editorial.review import drop_review, open_review, with_needed
from profiles.models import SourceVersion
from profiles.models.editions import published_digests
from profiles.models.projection import Projection
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import desk  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
COPY, PAGE = "https://archive.example/2024/guards", "/admin/profiles/sourceversion/src-0001-v1/"


def source():
    return read_rows(["src-0001"])["src-0001"]


def version():
    return SourceVersion.objects.get(pk="src-0001-v1")


def test_a_copy_is_recorded_changed_and_taken_back_and_the_version_stays():
    factory.load(*factory.make_ground())
    editor, before = cast.editor(), read_rows(["src-0001-v1"])
    start = source()
    assert record_archive(version(), f" {COPY} ", by=editor).changed == ["src-0001"]
    assert source().archived == (docs.Archived(version="src-0001-v1", url=COPY),)
    assert record_archive(version(), COPY, by=editor).revision is None
    assert ("src-0001-v1", COPY) in due_links() and known_at(COPY).pk == "src-0001"
    record_archive(version(), f"{COPY}/2", by=editor)
    assert docs.archive_of(before["src-0001-v1"], source()) == f"{COPY}/2"
    record_archive(version(), "", by=editor)
    assert (source(), read_rows(["src-0001-v1"])) == (start, before)


def test_a_version_with_a_recorded_copy_is_not_removed_before_the_copy_is_taken_back():
    factory.load(*factory.make_ground())
    record_archive(version(), COPY, by=cast.editor())
    named = [one for one in dependents(["src-0001-v1"]) if one.model == "source"]
    assert [(one.uid, one.names) for one in named] == [("src-0001", "src-0001-v1")]
    assert [one for one in dependents(["src-0001", "src-0001-v1"]) if one.model == "source"] == []
    record_archive(version(), "", by=cast.editor())
    assert [one for one in dependents(["src-0001-v1"]) if one.model == "source"] == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("javascript:alert(1)", "no address of the web"),
        ("archive.example/1", "no address of the web"),
        ("https://courier.example/guards", "the page's own"),
        (f"https://archive.example/{'a' * 1000}", "too long"),
    ],
)
def test_what_is_no_copy_is_refused(url, told):
    factory.load(*factory.make_ground(), factory.make_source(url="https://courier.example/guards"))
    with pytest.raises(Refused, match=told):
        record_archive(version(), url, by=cast.editor())
    assert source().archived == ()


def test_a_document_names_each_of_its_own_versions_once_with_an_address_of_the_web():
    copies = [docs.Archived(version=uid, url=url) for uid, url in (("src-0001-v1", "ftp://a"), ("src-0002-v1", COPY))]
    problems = docs.check(factory.make_source(archived=(copies[0], *copies)))
    assert [problem.field for problem in problems] == [
        "archived[0].url", "archived[1].url", "archived[2].version", "archived",
    ]  # fmt: skip


def test_readers_see_it_once_the_source_is_published_again(desk, client):  # noqa: F811 (a fixture)
    factory.publish(*factory.make_ground())
    told = desk.post(f"{PAGE}archive/", {"archive": COPY}, follow=True).content.decode()
    assert "Kept in the draft of its source" in told and "/review/add/?uid=src-0001" in told
    places = ("/sources/river-guards/", "/groups/river-guards/", "/groups/river-guards.ris", "/groups/river-guards.csv")
    before = [client.get(place).content.decode() for place in places]
    assert [COPY in page for page in before] == [False] * 4
    factory.publish(source())
    after = [client.get(place).content.decode() for place in places]
    assert [COPY in page for page in after] == [True] * 4


def test_what_is_refused_is_told_beside_what_was_typed_and_a_reader_may_not(desk, client):  # noqa: F811 (a fixture)
    factory.load(*factory.make_ground())
    told = desk.post(f"{PAGE}archive/", {"archive": "archive.example"}, follow=True).content.decode()
    assert "no address of the web" in told and 'value="archive.example"' in told
    assert desk.get(f"{PAGE}archive/").status_code == 302
    client.force_login(cast.reviewer())
    assert client.post(f"{PAGE}archive/", {"archive": COPY}).status_code == 403
    assert source().archived == ()


def test_a_copy_of_a_version_that_is_not_public_waits_for_it_and_both_go_out_together():
    factory.publish(*factory.make_ground(), pages=False)
    factory.load(factory.make_version("src-0001-v2", stamp="2024-07-01"))
    record_archive(SourceVersion.objects.get(pk="src-0001-v2"), COPY, by=cast.editor())
    alone = factory.decided(open_review(["src-0001"], by=cast.editor()))
    with pytest.raises(Refused, match=r"archived\[0\].version names src-0001-v2, which is not public"):
        publish_review(alone, by=cast.reviewer(), project=lambda release: Projection())
    drop_review(alone, by=cast.editor())
    together = with_needed(read_rows(["src-0001"]))
    assert together == ["src-0001", "src-0001-v2"]
    publish_review(
        factory.decided(open_review(together, by=cast.editor())),
        by=cast.reviewer(),
        project=lambda release: Projection(),
    )
    assert published_digests(together) == {uid: docs.digest(d) for uid, d in read_rows(together).items()}
