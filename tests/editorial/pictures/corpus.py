"""Files as strangers send them, each made here: honest ones of every sort, and those that mean harm."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

from tests.bombs import packed

GPS = "Marwa 33.3152 44.3661"
SCRIPT = b"<script>alert(document.domain)</script>"


def picture(mode="RGB", size=(400, 300)):
    """Four quarters of different colours: one can tell which side is up."""
    made = Image.new("RGB", size, (200, 30, 30))
    width, height = size
    made.paste((30, 200, 30), (width // 2, 0, width, height // 2))
    made.paste((30, 30, 200), (0, height // 2, width // 2, height))
    return made.convert(mode)


def saved(made, kind, **how):
    out = BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def with_gps(kind="JPEG", orientation=6):
    """A telephone's photograph: on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A telephone"
    exif[0x9286] = GPS
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (33.0, 18.0, 54.7)
    return saved(picture(size=(800, 600)), kind, exif=exif.tobytes())


def with_words():
    """A PNG that says things beside its pixels."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", GPS)
    words.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{GPS}</x:xmpmeta>")
    return saved(picture(), "PNG", pnginfo=words)


def cmyk():
    return saved(picture("CMYK"), "JPEG", quality=95)


def of_other_colours():
    """A JPEG of another space of colours, which says so."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return saved(picture(), "JPEG", icc_profile=profile)


def moving(kind="GIF"):
    frames = [picture("P"), picture("P").rotate(180)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def gif_and_script():
    """A GIF that is also a script: its size field begins a comment, which its trailer closes."""
    data = saved(picture("P"), "GIF")
    return data[:6] + b"/*" + data[8:] + b"*/=1;" + SCRIPT


def jpeg_and_page():
    """A page in a JPEG's comment, and an archive behind its end."""
    return saved(picture(), "JPEG", comment=SCRIPT) + b"PK\x03\x04" + SCRIPT


def png_and_page():
    return saved(picture(), "PNG") + SCRIPT


def svg():
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9"/></svg>'


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width, height, depth=1, pixels=b"", more=()):
    """A PNG that says it has this size, whatever its pixels."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), *more, (b"IDAT", pixels or zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def pixel_flood():
    """One that says it is 20,000 x 20,000, in a few bytes."""
    return png_of(20_000, 20_000)


def pixel_bomb():
    """400 million real pixels of one bit, in fifty kilobytes."""
    return png_of(20_000, 20_000, pixels=zlib.compress(b"\0" * (20_000 * 2_501), 9))


def word_bomb():
    """A small picture with words that unpack to two hundred million bytes."""
    words = b"Comment\0\0" + packed(b"a", 200)
    return png_of(400, 300, pixels=zlib.compress(b"\0" * (300 * 51)), more=[(b"zTXt", words)])


def profile_bomb():
    """The same in the place of a profile of colours."""
    words = b"sRGB\0\0" + packed(b"a", 200)
    return png_of(400, 300, pixels=zlib.compress(b"\0" * (300 * 51)), more=[(b"iCCP", words)])


def gif_flood():
    """A GIF whose screen is 65,535 x 65,535."""
    data = bytearray(saved(picture("P"), "GIF"))
    data[6:10] = b"\xff\xff\xff\xff"
    return bytes(data)


def truncated(kind):
    data = saved(picture(size=(800, 600)).rotate(30), kind)
    return data[: len(data) // 2]


def clear(mode="RGBA"):
    made = picture("RGBA")
    made.putalpha(Image.linear_gradient("L").resize(made.size))
    return saved(made.convert(mode), "PNG" if mode != "P" else "GIF")


def deep():
    return saved(Image.new("I;16", (400, 300), 40_000), "PNG")
