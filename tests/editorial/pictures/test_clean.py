"""Whatever is uploaded is refused with a reason, or made again: no metadata, nothing behind it, upright, in sRGB."""

from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from profiles.editorial.pictures import clean
from profiles.editorial.pictures.apart import make_apart
from profiles.editorial.pictures.made import NoPicture
from tests.editorial.pictures import corpus


def opened(file):
    return Image.open(BytesIO(file.data))


def refusal(data):
    with pytest.raises(NoPicture) as refused:
        make_apart(data, folder=str(settings.BASE_DIR))
    return str(refused.value)


# Made by the test that needs it, and not by every process that reads this file.
HONEST = {
    "a photograph": lambda: corpus.saved(corpus.picture(), "JPEG"),
    "a drawing": lambda: corpus.saved(corpus.picture("P"), "PNG"),
    "grey": lambda: corpus.saved(corpus.picture("L"), "PNG"),
    "black and white": lambda: corpus.saved(corpus.picture("1"), "PNG"),
    "webp": lambda: corpus.saved(corpus.picture(), "WEBP"),
    "avif": lambda: corpus.saved(corpus.picture(), "AVIF"),
    "gps": lambda: corpus.with_gps(),
    "gps in webp": lambda: corpus.with_gps("WEBP"),
    "words": lambda: corpus.with_words(),
    "cmyk": lambda: corpus.cmyk(),
    "other colours": lambda: corpus.of_other_colours(),
    "moving": lambda: corpus.moving(),
    "moving webp": lambda: corpus.moving("WEBP"),
    "moving png": lambda: corpus.moving("PNG"),
    "clear": lambda: corpus.clear(),
    "clear gif": lambda: corpus.clear("P"),
    "grey and clear": lambda: corpus.clear("LA"),
    "gif and script": lambda: corpus.gif_and_script(),
    "jpeg and page": lambda: corpus.jpeg_and_page(),
    "png and page": lambda: corpus.png_and_page(),
}


@pytest.mark.parametrize("make", HONEST.values(), ids=HONEST.keys())
def test_what_is_made_again_has_pixels_and_nothing_else(make):
    made = clean.make_again(make())
    kinds = [file.media_type for file in made.files]
    assert kinds == ["image/webp"] * max(3, len(kinds) - 2) + [kinds[-1]] * 2
    assert kinds[-1] in ("image/png", "image/jpeg")
    for file in made.files:
        shown = opened(file)
        assert (shown.format.lower(), shown.size) == (file.media_type.removeprefix("image/"), (file.width, file.height))
        shown.load()
        assert shown.mode in ("RGB", "RGBA")
        assert dict(shown.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment", "photoshop", "Author"} & set(shown.info) == set()
        for secret in (b"<script", b"Marwa", b"telephone", b"xmpmeta", b"Exif", b"PK\x03\x04"):
            assert secret not in file.data


def test_sizes_are_ours_and_none_is_wider_than_what_came():
    wide = clean.make_again(corpus.saved(corpus.picture(size=(3000, 1500)), "JPEG"))
    assert [(file.media_type, file.width, file.height) for file in wide.files] == [
        ("image/webp", 160, 80), ("image/webp", 320, 160), ("image/webp", 640, 320), ("image/webp", 1280, 640),
        ("image/jpeg", 320, 160), ("image/jpeg", 640, 320),
    ]  # fmt: skip
    narrow = clean.make_again(corpus.saved(corpus.picture(size=(100, 200)), "PNG"))
    assert [(file.media_type, file.width, file.height) for file in narrow.files] == [
        ("image/webp", 100, 200), ("image/png", 100, 200),
    ]  # fmt: skip


def corner(file, x, y):
    shown = opened(file).convert("RGB")
    return tuple(round(value / 20) for value in shown.getpixel((int(x * shown.width), int(y * shown.height))))


def test_a_photograph_on_its_side_is_stood_up():
    upright = clean.make_again(corpus.saved(corpus.picture(), "JPEG")).files[2]
    turned = clean.make_again(corpus.with_gps(orientation=6)).files[2]
    assert (upright.width, upright.height) == (400, 300)
    assert (turned.width, turned.height) == (600, 800)
    assert corner(turned, 0.9, 0.9) == corner(upright, 0.9, 0.1)


def test_colours_for_print_become_those_of_screens():
    screen = corner(clean.make_again(corpus.saved(corpus.picture(), "JPEG")).files[2], 0.1, 0.1)
    of_print = corner(clean.make_again(corpus.cmyk()).files[2], 0.1, 0.1)
    assert all(abs(one - other) <= 1 for one, other in zip(of_print, screen, strict=True))


def test_what_shows_through_still_does_and_only_then():
    assert opened(clean.make_again(corpus.clear()).files[-1]).mode == "RGBA"
    opaque = corpus.picture("RGBA")
    assert opened(clean.make_again(corpus.saved(opaque, "PNG")).files[-1]).mode == "RGB"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_the_first_frame_is_taken_and_said_so(kind):
    made = clean.make_again(corpus.moving(kind))
    assert made.told[:1] == ("It moves: its first frame was taken.",)
    assert [getattr(opened(file), "n_frames", 1) for file in made.files] == [1, 1, 1, 1, 1]


def test_what_was_left_out_is_said():
    said = "What the file told of the camera, the place or its maker was left out."
    assert clean.make_again(corpus.with_gps()).told == (said,)
    assert clean.make_again(corpus.saved(corpus.picture(), "PNG")).told == ()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (corpus.pixel_flood, "It has more than 50,000,000 pixels: save it smaller."),
        (corpus.pixel_bomb, "It has more than 50,000,000 pixels: save it smaller."),
        (lambda: corpus.png_of(8_000, 8_000), "It has more than 50,000,000 pixels: save it smaller."),
        (
            lambda: corpus.png_of(40_000, 1_000),
            "It has 40,000 × 1,000 pixels, and 50,000,000 are the most: save it smaller.",
        ),
        (corpus.gif_flood, "It has more than 50,000,000 pixels: save it smaller."),
        (corpus.svg, "It is an SVG drawing, whatever it is called: save it as PNG."),
        (lambda: b"<html>" + corpus.SCRIPT, "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."),
        (lambda: b"%PDF-1.4 1 0 obj", "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."),
        (
            lambda: corpus.saved(corpus.picture(), "TIFF"),
            "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called.",
        ),
        (
            lambda: corpus.saved(corpus.picture(), "BMP"),
            "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called.",
        ),
        (lambda: b"", "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."),
        (
            lambda: corpus.saved(corpus.picture(size=(20, 20)), "PNG"),
            "It has 20 × 20 pixels: too small to see anything, 64 at least.",
        ),
        (corpus.deep, "It has more than 8 bits a colour: save it with 8."),
        (lambda: b"\xff" * (20 * 2**20 + 1), "It has 20,971,521 bytes, and 20,971,520 are the most: save it smaller."),
    ],
)
def test_what_is_refused_says_why(make, told):
    assert refusal(make()) == told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_half_a_file_is_refused(kind):
    told = refusal(corpus.truncated(kind))
    assert told.startswith(("It is damaged, ", "It is none of"))


@pytest.mark.parametrize("make", [corpus.word_bomb, corpus.profile_bomb], ids=["words", "profile"])
def test_what_unpacks_without_end_is_refused_or_left_out(make):
    try:
        made = make_apart(make(), folder=str(settings.BASE_DIR))
    except NoPicture as refused:
        assert str(refused).startswith("It is damaged, cut short, or unpacks to too much")
    else:
        assert max(len(file.data) for file in made.files) < 10_000


def test_the_process_apart_makes_the_same_as_this_one():
    data = HONEST["gps"]()
    assert make_apart(data, folder=str(settings.BASE_DIR)) == clean.make_again(data)


def test_fifty_million_pixels_are_made_within_the_limits():
    made = make_apart(corpus.saved(Image.new("L", (7_000, 7_100), 90), "PNG"), folder=str(settings.BASE_DIR))
    assert made.files[3].width == 1280
