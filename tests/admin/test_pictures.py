"""Pictures at the desk: uploaded and made again, seen by editors alone, reviewed, published, taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from profiles.editorial.mapping import read_rows
from profiles.editorial.review import all_drafts, open_review
from profiles.editorial.take_down import redact, retract
from profiles.editorial.verify import verify_publications
from profiles.exchange.release import release
from profiles.models import AuditEntry, Document, Picture, Revision, files
from profiles.reading.pages import project
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import errors, served
from tests.again import standing
from tests.editorial.pictures import corpus

pytestmark = pytest.mark.django_db
ADD = "/admin/profiles/picture/add/?subject=rg"
CHANGE = "/admin/profiles/picture/rg-p01/change/"
TYPED = {
    "kind": "emblem",
    "alt": "A blue heron above three waves.",
    "credit": "River Guards",
    "licence": "quotation",
    "url": "https://example.org/heron",
}


def upload(data, name="heron.png"):
    return SimpleUploadedFile(name, data, "image/png")


def post(desk, page=ADD, data=None, **typed):
    more = {"upload": upload(data)} if data is not None else {}
    return desk.post(page, {**served(desk, page), **TYPED, **typed, **more})


@standing
def _uploaded(desk):
    assert post(desk, data=corpus.with_gps()).status_code == 302
    picture = read_rows(["rg-p01"])["rg-p01"]
    return picture, [files.path_of(file).read_bytes() for file in picture.files]


@pytest.fixture
def uploaded(desk, ground):
    """One picture, uploaded through the form; its files at hand, whatever became of them in the test before."""
    picture, at_hand = _uploaded(desk)
    for file, data in zip(picture.files, at_hand, strict=True):
        files.keep(file, data)
    return picture


def test_an_upload_is_made_again_and_kept_as_one_revision(desk, ground):
    response = post(desk, data=corpus.with_gps())
    assert (response.status_code, response["Location"]) == (302, CHANGE)
    picture = read_rows(["rg-p01"])["rg-p01"]
    assert {name: getattr(picture, name) for name in TYPED} == TYPED
    assert [(file.media_type, file.width, file.height) for file in picture.files] == [
        ("image/webp", 160, 213), ("image/webp", 320, 427), ("image/webp", 600, 800),
        ("image/jpeg", 320, 427), ("image/jpeg", 600, 800),
    ]  # fmt: skip
    assert [files.at_hand(file) for file in picture.files] == [True] * 5
    assert [entry.uid for entry in Revision.objects.first().entries.all()] == ["rg-p01"]
    said = [str(message) for message in desk.get(CHANGE).context["messages"]]
    assert said == ["Picture rg-p01 is saved. What the file told of the camera, the place or its maker was left out."]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (corpus.svg(), "It is an SVG drawing, whatever it is called: save it as PNG."),
        (corpus.pixel_flood(), "It has more than 50,000,000 pixels: save it smaller."),
        (b"GIF89a" + corpus.SCRIPT, "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."),
        (None, "Choose the file."),
    ],
)
def test_what_is_refused_is_told_at_the_file_and_nothing_is_written(desk, ground, data, told):
    response = post(desk, data=data)
    assert (response.status_code, errors(response)) == (200, [told])
    assert response.context["adminform"].form["alt"].value() == TYPED["alt"]
    assert Picture.objects.count() == 0


def test_a_draft_may_lack_what_a_publication_needs(desk, ground):
    assert post(desk, data=corpus.with_gps(), credit="", licence="", url="", alt="").status_code == 302
    assert read_rows(["rg-p01"])["rg-p01"].licence == ""


def test_a_change_of_words_keeps_the_files_and_a_new_file_keeps_the_words(desk, uploaded):
    assert post(desk, CHANGE, alt="A grey heron.").status_code == 302
    changed = read_rows(["rg-p01"])["rg-p01"]
    assert (changed.alt, changed.files) == ("A grey heron.", uploaded.files)
    assert post(desk, CHANGE, data=corpus.clear(), alt="A grey heron.").status_code == 302
    changed = read_rows(["rg-p01"])["rg-p01"]
    assert (changed.alt, changed.files[-1].media_type) == ("A grey heron.", "image/png")
    assert desk.post(CHANGE, {**served(desk, CHANGE)}).status_code == 302
    assert Revision.objects.filter(entries__uid="rg-p01").count() == 3


def test_a_stale_save_is_answered_with_both_versions(desk, uploaded):
    opened = served(desk, CHANGE)
    assert post(desk, CHANGE, alt="A grey heron.").status_code == 302
    response = desk.post(CHANGE, {**opened, "alt": "A white heron."})
    assert response.status_code == 409
    assert read_rows(["rg-p01"])["rg-p01"].alt == "A grey heron."


def test_without_a_subject_the_desk_asks_whose_it_is(desk, ground):
    assert desk.get("/admin/profiles/picture/add/").context["title"] == "Add picture: whose?"


def address(file, at="/admin/profiles/picture/file/"):
    return f"{at}{file.sha256}.jpg"


def test_a_draft_is_seen_by_the_desk_and_by_nobody_else(desk, review_desk, uploaded):
    file = uploaded.files[-1]
    for client in (desk, review_desk):
        response = client.get(address(file))
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("no-store, private", "nosniff")
    assert Client().get(address(file)).status_code == 302
    assert signed_in(cast.make_user("ada", "administrator")).get(address(file)).status_code == 403
    assert Client().get(address(file, "/media/pictures/")).status_code == 404
    assert desk.get("/admin/profiles/picture/file/" + "0" * 64 + ".jpg").status_code == 404
    assert desk.get(f"/admin/profiles/picture/file/{file.sha256}.exe").status_code == 404


def test_who_may_not_write_may_not_upload(review_desk, uploaded):
    response = review_desk.post(CHANGE, {**TYPED, "upload": upload(corpus.clear())})
    assert response.status_code == 403
    assert read_rows(["rg-p01"])["rg-p01"] == uploaded


def test_the_page_of_the_picture_its_profile_and_its_review_show_it(desk, review_desk, uploaded):
    small = f'<img src="/admin/profiles/picture/file/{uploaded.files[3].sha256}.jpg" width="320" height="427"'
    assert small in desk.get(CHANGE).content.decode()
    assert small in desk.get("/admin/profiles/group/rg/change/").content.decode()
    review = open_review(all_drafts(), by=cast.editor(), kind="new", note="")
    assert small in review_desk.get(f"/admin/profiles/review/{review.pk}/change/").content.decode()


def test_a_picture_that_is_not_at_hand_says_so(desk, ground):
    lost = factory.made_files(seed="lost at the desk")
    for file in lost:
        files.delete(file.sha256)
    factory.load(factory.make_picture(files=lost))
    assert "The picture is not at hand" in desk.get(CHANGE).content.decode()


@pytest.fixture
@standing
def published(uploaded):
    release(open_review(all_drafts(), by=cast.editor(), kind="new", note=""), by=cast.reviewer())
    return uploaded


def statuses(picture):
    return {Client().get(address(file, "/media/pictures/")).status_code for file in picture.files[3:]}


def test_a_published_picture_is_taken_away_with_its_files(desk, published, django_capture_on_commit_callbacks):
    assert statuses(published) == {200}
    page = "/admin/profiles/publication/take-down/take-away/rg-p01/"
    typed = {"shown": desk.get(page).context["shown"], "reason": "Its maker asked."}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, typed).status_code == 302
    assert statuses(published) == {404}
    assert [files.at_hand(file) for file in published.files] == [False] * 5
    assert Picture.objects.count() == 0
    for public in ("/groups/river-guards/", "/groups/river-guards/editions/1/"):
        assert published.files[3].sha256 not in Client().get(public).content.decode()
    assert AuditEntry.objects.filter(act="taken_down", note="retraction").count() == 1
    assert verify_publications().problems == []
    assert "Its maker asked." in Client().get("/corrections/").content.decode()


def test_a_redacted_picture_loses_its_words_too(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        redact("rg-p01", by=cast.editor(), reason="Shows a child.", project=project)
    assert statuses(published) == {404}
    assert [files.at_hand(file) for file in published.files] == [False] * 5
    assert set(Document.objects.filter(uid="rg-p01").values_list("body", flat=True)) == {None}
    assert verify_publications().problems == []


def test_a_file_that_another_picture_has_stays(published, django_capture_on_commit_callbacks):
    factory.load(factory.make_picture("rg-p02", files=published.files))
    with django_capture_on_commit_callbacks(execute=True):
        retract("rg-p01", by=cast.editor(), reason="Its maker asked.", project=project)
    assert statuses(published) == {404}
    assert [files.at_hand(file) for file in published.files] == [True] * 5


def test_a_draft_that_nobody_reviewed_is_deleted_with_its_files(desk, uploaded, django_capture_on_commit_callbacks):
    page = "/admin/profiles/picture/rg-p01/delete/"
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, {"post": "yes", "reason": "A mistake."}).status_code == 302
    assert Picture.objects.count() == 0
    assert [files.at_hand(file) for file in uploaded.files] == [False] * 5


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_list_takes_the_same_queries_for_many(desk, ground, django_assert_num_queries, number):
    factory.load(*(factory.make_picture(f"rg-p{n:02d}") for n in range(1, number + 1)))
    desk.get("/admin/profiles/picture/")
    with django_assert_num_queries(10):
        assert desk.get("/admin/profiles/picture/").status_code == 200
