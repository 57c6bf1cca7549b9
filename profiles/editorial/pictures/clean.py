"""Decode a picture within limits and make it again: no metadata, nothing behind it, upright, in sRGB, in our sizes."""

import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from profiles.editorial.pictures.made import Made, MadeFile, NoPicture

# Nothing else is tried: each further decoder is one more that strangers may feed.
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
MOST_BYTES = 20 * 2**20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
SHORTEST_SIDE = 64
# In pixels; never wider than what came. The fallback is for the few browsers that know no WebP.
WIDTHS = (160, 320, 640, 1280)
FALLBACK_WIDTHS = (320, 640)


def make_again(data: bytes) -> Made:
    """The files of one picture. Raises NoPicture with the reason."""
    if len(data) > MOST_BYTES:
        raise NoPicture(f"It has {len(data):,} bytes, and {MOST_BYTES:,} are the most: save it smaller.")
    # What is between Pillow's own limit and twice that would only warn; ours stands below both.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    came = _open(data)
    told = []
    # A camera's second view of one scene (MPO) is no movement.
    if getattr(came, "is_animated", False) and came.format != "MPO":
        told.append("It moves: its first frame was taken.")
    if any(name in came.info for name in ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment")):
        told.append("What the file told of the camera, the place or its maker was left out.")
    lossless = came.format in ("PNG", "GIF")
    picture = _plain(came)
    return Made(tuple(_files(picture, lossless=lossless)), tuple(told))


def _open(data: bytes) -> Image.Image:
    """The picture, its sizes asked before a single pixel is decoded."""
    try:
        came = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture(f"It has more than {MOST_PIXELS:,} pixels: save it smaller.") from None
    except UnidentifiedImageError:
        raise NoPicture(_unknown(data)) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise NoPicture(f"It is damaged, cut short, or unpacks to too much ({error}): save it anew.") from None
    width, height = came.size
    if width * height > MOST_PIXELS or max(came.size) > LONGEST_SIDE:
        raise NoPicture(f"It has {width:,} × {height:,} pixels, and {MOST_PIXELS:,} are the most: save it smaller.")
    if min(came.size) < SHORTEST_SIDE:
        raise NoPicture(f"It has {width} × {height} pixels: too small to see anything, {SHORTEST_SIDE} at least.")
    if came.mode.startswith(("I", "F")):
        raise NoPicture("It has more than 8 bits a colour: save it with 8.")
    try:
        came.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise NoPicture(f"It is damaged, or cut short ({error}).") from None
    return came


def _unknown(data: bytes) -> str:
    head = data[:1000].lstrip().lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "It is an SVG drawing, whatever it is called: save it as PNG."
    return "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."


def _plain(came: Image.Image) -> Image.Image:
    """Upright, in sRGB, with an alpha channel only where something shows through; nothing of the file's own words."""
    picture = ImageOps.exif_transpose(came)
    profile = came.info.get("icc_profile")
    clear = "A" in picture.getbands() or "transparency" in picture.info
    if picture.mode in ("P", "PA", "LA", "1") or (clear and picture.mode != "RGBA"):
        picture = picture.convert("RGBA" if clear else "RGB")
    if profile:
        picture = _in_srgb(picture, profile)
    picture = picture.convert("RGBA" if clear else "RGB")
    if clear and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    # The pixels alone: a copy would keep `info`.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """By the profile that came with it; by Pillow's plain reckoning where that is broken or of another kind."""
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(picture, theirs, ImageCms.createProfile("sRGB"), outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return made or picture


def _files(picture: Image.Image, *, lossless: bool) -> list[MadeFile]:
    """By type, then by width: WebP in all sizes; PNG where it was drawn or something shows through, else JPEG."""
    widths = _of(WIDTHS, picture.width)
    made = [_file(picture, width, "WEBP", quality=82, method=4) for width in widths]
    fallbacks = _of(FALLBACK_WIDTHS, picture.width)
    if picture.mode == "RGBA" or lossless:
        made += [_file(picture, width, "PNG", optimize=True) for width in fallbacks]
    else:
        made += [_file(picture, width, "JPEG", quality=85, progressive=True, optimize=True) for width in fallbacks]
    return made


def _of(widths: tuple[int, ...], own: int) -> list[int]:
    """Those below its own width, and its own where that is below the widest."""
    return [*(width for width in widths if width < own), *([own] if own <= widths[-1] else [])]


def _file(picture: Image.Image, width: int, kind: str, **how: object) -> MadeFile:
    height = max(1, round(picture.height * width / picture.width))
    sized = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    sized.save(out, kind, **how)
    return MadeFile(width, height, f"image/{kind.lower()}", out.getvalue())
