"""Pictures in Chromium: uploaded at the desk, reviewed, shown to readers at each width, light and dark."""

import os
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from profiles.editorial.pictures.store import keep, take
from profiles.editorial.review import all_drafts, open_review
from profiles.exchange.release import release
from tests import cast, factory

from .axe import axe

LOOKS = [{"dark": True}, {"width": 320}]
NAMES = ["dark", "narrow"]


def heron():
    """An emblem of our own, cut out."""
    made = Image.new("RGBA", (900, 900))
    draw = ImageDraw.Draw(made)
    draw.ellipse((20, 20, 880, 880), fill=(24, 62, 96), outline=(210, 170, 60), width=24)
    draw.polygon([(430, 180), (520, 200), (480, 330), (560, 520), (470, 640), (400, 500), (430, 330)], fill="white")
    for line in range(3):
        draw.arc((180, 520 + 60 * line, 720, 760 + 60 * line), 20, 160, fill=(150, 200, 225), width=14)
    return _bytes(made, "PNG")


def face():
    """A portrait of nobody."""
    made = Image.new("RGB", (1200, 1500), (196, 190, 178))
    draw = ImageDraw.Draw(made)
    draw.ellipse((220, 950, 980, 1900), fill=(70, 76, 64))
    draw.ellipse((380, 300, 820, 900), fill=(176, 132, 98))
    draw.pieslice((360, 260, 840, 800), 180, 360, fill=(40, 34, 30))
    return _bytes(made, "JPEG")


def _bytes(made, kind):
    out = BytesIO()
    made.save(out, kind)
    return out.getvalue()


def stored(uid, data, **values):
    taken = take(data)
    keep(taken)
    return factory.make_picture(uid, files=taken.files, **values)


def look(page, name, options):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{NAMES[LOOKS.index(options)]}.png", full_page=True)


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def loaded(page):
    """Whether each img shows a picture, once all were fetched and decoded, lazy ones too."""
    page.evaluate("document.querySelectorAll('img').forEach(img => img.loading = 'eager')")
    # Not wait_for_function: it asks again by eval, which the policy of our pages refuses.
    return page.evaluate("Promise.all([...document.images].map(img => img.decode().then(() => true, () => false)))")


@pytest.fixture
def published(transactional_db):
    factory.publish(
        *factory.make_ground(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002", "Salim Nasser leads the River Guards.", kind="membership", topic="roles", aspect="leads",
            about="rg", role="leader", quote="They are led by Salim Nasser",
        ),
        stored("rg-p01", heron(), caption="The sign as it stands on the group's own notices."),
        stored(
            "sn-p01", face(), kind="portrait", alt="A man with dark hair, from the shoulders up.",
            caption="Salim Nasser in Marwa, May 2024.", credit="Marwa Photo Desk", licence="cc_by_sa_4",
            url="https://photos.example.org/a-rather-long-address/that-says/where-it-was-found",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("options", LOOKS, ids=NAMES)
def test_readers_see_the_picture_with_its_credit(published, new_page, options):
    page = new_page(**options)
    for name, address in (("group", "/groups/river-guards/"), ("person", "/people/salim-nasser/")):
        page.goto(address)
        assert loaded(page) == [True]
        assert page.locator("figure.picture img").evaluate("img => img.currentSrc").endswith(".webp")
        assert axe(page) == []
        assert not wide(page)
        look(page, name, options)


@pytest.mark.parametrize("options", LOOKS, ids=NAMES)
def test_a_picture_is_uploaded_reviewed_and_published(desk, new_page, options, tmp_path):
    file = tmp_path / "heron.png"
    file.write_bytes(heron())
    page = desk(cast.editor(), **options)
    page.goto("/admin/profiles/picture/add/?subject=rg")
    page.set_input_files("#id_upload", file)
    page.fill("#id_alt", "A white heron on blue, above three waves.")
    page.fill("#id_credit", "River Guards")
    page.select_option("#id_licence", "quotation")
    page.fill("#id_url", "https://example.org/heron")
    page.click("input[name=_save]")
    page.wait_for_selector(".desk-seen img")
    assert loaded(page) == [True]
    assert [fault for fault in axe(page) if "select2" not in fault] == []
    assert not wide(page)
    look(page, "desk-picture", options)
    page.goto("/admin/profiles/group/rg/change/#pictures")
    assert loaded(page) == [True]
    assert [fault for fault in axe(page) if "select2" not in fault] == []
    look(page, "desk-profile", options)
    review = open_review(all_drafts(), by=cast.editor(), kind="new", note="")
    page.goto(f"/admin/profiles/review/{review.pk}/change/#rg-p01")
    assert loaded(page) == [True]
    assert [fault for fault in axe(page) if "select2" not in fault] == []
    look(page, "desk-review", options)
    release(review, by=cast.reviewer())
    reader = new_page(**options)
    reader.goto("/groups/river-guards/")
    assert loaded(reader) == [True]
